"""The command `estimate`: real files, real faults, in its own process where that matters."""

from __future__ import annotations

import contextlib
import csv
import gzip
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from command_line import COMMAND, environment, in_terminal, invoke, one_complaint, posix_only, run
from sources import ROOT

import septet
from septet import campaign
from septet.cli import progress
from septet.views.terminal.estimate import report

pytest.importorskip("pyarrow")
pytest.importorskip("phonenumbers")

import pyarrow as pa
import pyarrow.parquet as pq

SAMPLE = ROOT / "docs" / "clients.csv"

# One segment, two (UCS-2 because of ’), and 161 units that an escape pair makes of 160 characters.
TEXTS = ["Bonjour", "l’été" * 20, "a" * 159 + "€"]


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    """Three rows, each measured."""
    path = tmp_path / "clients.csv"
    path.write_text("prenom;message\n" + "".join(f"Zoé;{text}\n" for text in TEXTS), "utf-8")
    return path


def answer(*arguments: str | Path, code: int = 0, stdin: bytes = b"") -> Any:
    """What the command answers in JSON."""
    result = invoke("estimate", *map(str, arguments), "--json", stdin=stdin)
    assert result.exit_code == code, result.stderr or result.exception
    return json.loads(result.stdout)


def refused(*arguments: str | Path) -> str:
    return one_complaint(invoke("estimate", *map(str, arguments)))


# --- the answer -------------------------------------------------------------------------


def test_the_sample_is_estimated_as_the_plans_of_its_rows_say() -> None:
    with open(SAMPLE, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    plans = [septet.plan(row["message"], "smsmode", commercial=True, encoding="auto") for row in rows]
    found = answer(
        SAMPLE, "-p", "smsmode", "--commercial", "--encoding", "auto", "--price", "0,045", "--currency", "EUR"
    )
    assert (found["rows"], found["measured"], found["rejected"]) == (len(rows), len(rows), 0)
    assert found["segments"] == sum(plan.billed_segments for plan in plans)
    assert Decimal(found["cost"]) == sum(plan.cost("0.045") for plan in plans)
    assert found["currency"] == "EUR"


def test_the_summary_reads_well(clients: Path) -> None:
    result = invoke("estimate", str(clients), "--price", "0.05", "--currency", "EUR")
    assert (result.exit_code, result.stderr) == (0, "")
    shown = result.stdout
    # A long path is parted where a line ends.
    assert "".join(f"The standard, GSM 03.38, without a vendor, {clients}".split()) in "".join(shown.split())
    assert "Rows      3 = 3 measured + 0 rejected" in shown
    assert "Segments  5" in shown
    assert "Cost      0.25 EUR" in shown
    # Each costs one segment more than without it.
    line = next(line for line in shown.splitlines() if "U+2019" in line)
    assert "forces UCS-2" in line
    assert "+1 segment" in line
    assert "0.05 EUR" in line
    line = next(line for line in shown.splitlines() if "U+20AC" in line)
    assert "counts double" in line
    bars = [line for line in shown.splitlines() if "━" in line]
    assert [line.split()[0] for line in bars] == ["1", "2"]
    assert [line.count("━") for line in bars] == sorted(line.count("━") for line in bars)
    assert "✓ All rows may be sent." in shown


@pytest.mark.parametrize("width", [20, 40, 61, 100])
@pytest.mark.parametrize("codec", ["utf-8", "ascii", "cp1252"])
def test_the_summary_fits_the_width(width: int, codec: str, clients: Path) -> None:
    found = campaign.estimate(clients, price="0.05", optout_rate="0.1", max_segments=1)
    profile = septet.profile("gsm")
    shown = report(found, profile, "clients.csv", width=width, colour=False, encoding=codec, rejects="r.csv")
    shown.encode(codec)
    assert max(map(len, shown.splitlines())) <= width
    assert "Rows" in shown
    assert "too-long" in shown


def test_the_summary_of_nothing(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("message\n")
    result = invoke("estimate", str(path), "--price", "1")
    assert result.exit_code == 0
    assert "0 = 0 measured + 0 rejected" in result.stdout
    assert "There are no rows." in result.stdout
    out, rejects = tmp_path / "out.parquet", tmp_path / "rejects.csv"
    answer(path, "--out", out, "--rejects", rejects)
    assert pq.read_table(out).schema.names[:2] == ["message", "encoding"]
    assert read(rejects) == []


def test_many_characters_and_lengths_are_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    forcing = "çêëîïôûœâáíóú"
    rows = [character + "x" * 80 for character in forcing] + ["x" * 153 * n for n in range(2, 15)]
    path.write_text("message\n" + "".join(f"{row}\n" for row in rows), "utf-8")
    result = invoke("estimate", str(path))
    assert f"and {len(forcing) - 10} more; --json lists them all" in result.stdout
    labels = [line.split("━")[0].strip() for line in result.stdout.splitlines() if "━" in line]
    # Rows of 2 to 14 segments, and rows of 2 with a character that forces UCS-2.
    assert labels == ["2", "3", "4", "5", "6", "7", "8", "9", "10", "11 and more"]


def test_a_terminal_gets_colour_and_a_bar_that_is_gone_at_the_end(clients: Path) -> None:
    written = in_terminal(["estimate", str(clients)], 80)
    assert "\x1b[" in written
    assert "All rows may be sent." in written


def test_names_and_texts_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m.csv"
    path.write_text("message\n\u202e\x07" + "x" * 69 + "\n", "utf-8")
    result = invoke("estimate", str(path))
    assert all(line.isprintable() for line in result.stdout.splitlines())


@pytest.mark.parametrize("name", ["clients.ndjson", "clients.jsonl.gz", "clients.parquet", "clients.csv.gz"])
def test_other_formats_have_the_same_answer(name: str, clients: Path, tmp_path: Path) -> None:
    path = tmp_path / name
    if name.endswith(".parquet"):
        pq.write_table(pa.table({"prenom": ["Zoé"] * 3, "message": TEXTS}), path)
    else:
        text = clients.read_text("utf-8")
        if "csv" not in name:
            text = "".join(json.dumps({"prenom": "Zoé", "message": text}) + "\n" for text in TEXTS)
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
    expected = answer(clients)
    found = answer(path)
    for key in ("rows", "measured", "segments", "encodings", "lengths", "characters"):
        assert found[key] == expected[key], key


@pytest.mark.parametrize(
    ("codec", "delimiter", "options"),
    [
        ("utf-8", ";", []),
        ("utf-8-sig", ",", []),
        ("cp1252", ";", []),
        ("iso-8859-15", "\t", ["--file-encoding", "iso-8859-15"]),
        ("utf-16", ";", []),
        ("utf-8", "|", ["--delimiter", "|"]),
        ("utf-8", "\t", ["--delimiter", "tab"]),
    ],
)
def test_encodings_and_delimiters(codec: str, delimiter: str, options: list[str], tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_bytes(f"prenom{delimiter}message\r\nZoé{delimiter}été à 10 h\r\n".encode(codec))
    for source, stdin in ((str(path), b""), ("-", path.read_bytes())):
        found = answer(source, *options, stdin=stdin, code=0)
        assert (found["rows"], found["segments"]) == (1, 1)
        assert [share["value"] for share in found["encodings"]] == ["gsm7"]


def test_a_template_takes_the_columns_and_the_vendors_merge_fields(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("name;code\nZoé;1\n;2\nLi;3\n", "utf-8")
    out, rejects = tmp_path / "out.csv", tmp_path / "rejects.csv"
    found = answer(
        *(path, "--template", "Bonjour %%name%% : {code}", "-p", "encom", "--out", out, "--rejects", rejects),
        code=1,
    )
    assert (found["rows"], found["measured"], found["rejected"]) == (3, 2, 1)
    rows = read(out)
    assert [row["message"] for row in rows] == ["Bonjour Zoé : 1", "Bonjour Li : 3"]
    (rejected,) = read(rejects)
    assert (rejected["line"], rejected["name"]) == ("3", "")
    assert "name" in rejected["reason"]


def test_a_price_list_and_the_countries_mentions(tmp_path: Path) -> None:
    prices = tmp_path / "prices.csv"
    prices.write_text("destination;currency;price;from\nFR;EUR;0,045;\nBE;EUR;0,07;\nFR;EUR;9;2030-01-01\n")
    path = tmp_path / "clients.csv"
    # 160 units: with " STOP 36034" or " no-sms.eu" two segments; with 150 it is the mention that decides.
    path.write_text(f"mobile;message\n0612345678;{'a' * 150}\n+32470123456;{'a' * 150}\n")
    out = tmp_path / "out.csv"
    options = ("-p", "smsmode", "--commercial", "--prices", prices, "--recipient", "mobile", "--out", out)
    found = answer(path, *options, "--on", "2026-11-22")
    # sMsmode, 2 Envoi de SMS, « Paramètre STOP SMS »: STOP 36034 in France, no-sms.eu abroad.
    assert [row["billed_segments"] for row in read(out)] == ["2", "1"]
    assert [Decimal(row["cost"]) for row in read(out)] == [Decimal("0.09"), Decimal("0.07")]
    assert Decimal(found["cost"]) == Decimal("0.16")


def test_unsubscriptions_cost_where_the_vendor_bills_them(clients: Path) -> None:
    result = invoke("estimate", str(clients), "-p", "smsmode", "--optout-rate", "0,5", "--price", "1")
    # sMsmode, 2 Envoi de SMS, « Paramètre STOP SMS »: one credit each; half of three rows.
    assert "1.5 expected at 50 %, 1 segment each: 1.5" in " ".join(result.stdout.split())


def read(path: Path) -> list[dict[str, str]]:
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


# --- outputs ------------------------------------------------------------------------------


def test_out_has_the_inputs_columns_and_what_each_row_costs(clients: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    answer(clients, "--price", "0,05", "--out", out, "--max-segments", "1")
    assert list(read(out)[0]) == [
        *("prenom", "message", "encoding", "units", "billed_segments", "cost", "problems"),
    ]
    expected = []
    for text in TEXTS:
        plan = septet.plan(text, max_segments=1)
        codes = " ".join(sorted({problem.code for problem in plan.problems}))
        expected.append((text, plan.encoding, str(plan.units), str(plan.billed_segments), codes))
    found = [
        (row["message"], row["encoding"], row["units"], row["billed_segments"], row["problems"])
        for row in read(out)
    ]
    assert found == expected
    assert [Decimal(row["cost"]) for row in read(out)] == [Decimal("0.05"), Decimal("0.10"), Decimal("0.10")]


def test_formulas_are_not_made_live(tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text('name;message\n"=HYPERLINK(""x"")";a\n@SUM(1);b\n+1;c\n=1+1;b;too many\n')
    out, rejects = tmp_path / "out.csv", tmp_path / "rejects.csv"
    answer(path, "--out", out, "--rejects", rejects, code=1)
    assert [row["name"] for row in read(out)] == ['\'=HYPERLINK("x")', "'@SUM(1)", "+1"]
    [row] = list(csv.reader(io.StringIO(rejects.read_text("utf-8")), delimiter=";"))[1:]
    assert row[:5] == ["'=1+1", "b", "too many", "5", "wrong-number-of-fields"]


@pytest.mark.parametrize("name", ["out.parquet", "out.ndjson", "out.csv.gz"])
def test_out_in_other_formats(name: str, clients: Path, tmp_path: Path) -> None:
    out = tmp_path / name
    answer(clients, "--price", "0.05", "--out", out)
    if name == "out.parquet":
        rows = pq.read_table(out).to_pylist()
    elif name == "out.ndjson":
        rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    else:
        rows = list(csv.DictReader(io.StringIO(gzip.decompress(out.read_bytes()).decode()), delimiter=";"))
    assert [str(row["billed_segments"]) for row in rows] == ["1", "2", "2"]
    assert [Decimal(row["cost"]) for row in rows] == [Decimal("0.05"), Decimal("0.10"), Decimal("0.10")]


BROKEN = (
    b'prenom;message\nZo\xc3\xa9;ok\nZo\xe9;bad bytes\nLi;ok\nAl\nBo;"two\nlines"\nCy;too;many\nDi;last\n'
)


def test_broken_rows_are_rejected_with_their_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    path, rejects, out = tmp_path / "clients.csv", tmp_path / "rejects.csv", tmp_path / "out.csv"
    path.write_bytes(BROKEN)
    options = ("--file-encoding", "utf-8", "--delimiter", ";", "--rejects", rejects, "--out", out)
    found = answer(path, *options, code=1)
    assert (found["rows"], found["measured"], found["rejected"]) == (7, 4, 3)
    with open(rejects, encoding="utf-8", newline="") as file:
        header, *refused_rows = csv.reader(file, delimiter=";")
    assert header == ["prenom", "message", "line", "code", "reason"]
    assert [row[:-1] for row in refused_rows] == [
        ["Zo\\xe9", "bad bytes", "3", "bad-bytes"],
        ["Al", "", "5", "wrong-number-of-fields"],
        ["Cy", "too", "many", "8", "wrong-number-of-fields"],
    ]
    assert [row["prenom"] for row in read(out)] == ["Zoé", "Li", "Bo", "Di"]
    result = invoke("estimate", str(path), *map(str, options))
    assert result.exit_code == 1
    shown = " ".join(result.stdout.split())
    assert "Rows 7 = 4 measured + 3 rejected" in shown
    assert "3 rows rejected: wrong-number-of-fields 2, bad-bytes 1" in shown
    assert f"see{rejects}" in "".join(shown.split())


# --- faults -------------------------------------------------------------------------------


def test_a_missing_column_names_the_nearest(clients: Path) -> None:
    said = refused(clients, "--column", "mesage")
    assert 'did you mean "message"?' in said
    said = refused(clients, "--template", "Bonjour {prenon}")
    assert 'did you mean "prenom"?' in said
    assert 'did you mean "prenom"?' in refused(
        clients, "--recipient", "prenm", "--price", "1"
    ) or "prenm" in refused(clients, "--recipient", "prenm", "--price", "1")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("clients.parquet", b"prenom;message\nZo\xc3\xa9;a\n"),
        ("clients.csv.gz", b"prenom;message\nZo\xc3\xa9;a\n"),
        ("clients.csv", gzip.compress(b"prenom;message\nZo\xc3\xa9;a\n", mtime=0)),
        ("clients.csv", b"PAR1\x15\x04\x15\x00PAR1"),
        ("clients.csv", b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00" + bytes(100)),
        ("clients.ndjson", b"prenom;message\nZo\xc3\xa9;a\n"),
        ("clients.csv.gz", gzip.compress(b"prenom;message\n" + b"Zoe;a\n" * 1000, mtime=0)[:-20]),
        ("clients.csv", b""),
        ("clients.parquet", b""),
    ],
)
def test_a_file_that_is_not_what_its_name_says(name: str, content: bytes, tmp_path: Path) -> None:
    path, out = tmp_path / name, tmp_path / "out.csv"
    path.write_bytes(content)
    said = refused(path, "--out", out)
    assert str(path) in said
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("name", ["no/such.csv", ".", "a\x00b.csv"])
def test_a_file_that_cannot_be_read(name: str) -> None:
    refused(name)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "no file: expected FILE, or - for standard input"),
        (["{}", "--price", "1", "--prices", "p.csv"], "--price and --prices are both given"),
        (["{}", "--prices", "p.csv"], "--prices: expected --recipient NAME"),
        (["{}", "--currency", "EUR"], "--currency: expected --price"),
        (["{}", "--on", "2026-01-01"], "--on: expected --prices"),
        (["{}", "--prices", "p.csv", "--recipient", "a", "--on", "1/1/26"], "--on: expected a day such as"),
        (["{}", "--prices", "no.csv", "--recipient", "a"], "no.csv: the price list cannot be read"),
        (["{}", "--price", "cheap"], "--price: expected a number such as 0.045 or 0,045"),
        (["{}", "--price", "-1"], "--price: expected a number"),
        (["{}", "--optout-rate", "2 %"], "--optout-rate: expected a share"),
        (
            ["{}", "--optout-rate", "2"],
            "--optout-rate: expected a share from 0 to 1 such as 0.02, found '2'\n",
        ),
        (["{}", "-p", "smsmod"], 'did you mean "smsmode"?'),
        (["{}", "--encoding", "utf8"], "--encoding: expected one of"),
        (["{}", "--template", "{a.b}"], "--template: character 1: expected the plain name of a column"),
        (["{}", "--file-encoding", "latin-nein"], "--file-encoding"),
        (["{}", "--format", "docx"], "--format"),
        (["{}", "--delimiter", ";;"], "--delimiter"),
        (["{}", "--out", "{}"], "is the file to read: expected another name"),
        (["{}", "--rejects", "{}"], "is the file to read: expected another name"),
        (["{}", "--prices", "p.csv", "--recipient", "a", "--out", "./p.csv"], "./p.csv is that of --prices"),
        (["{}", "-p", "./my.toml", "--report", "my.toml"], "my.toml is that of --profile: expected another"),
        (["{}", "--out", ""], "--out: expected the name of a file, found none"),
        (["{}", "--report", "/dev/null"], "/dev/null is not a regular file"),
        (["{}", "--out", "x.csv", "--rejects", "./x.csv"], "--out and --rejects name the same file"),
        (["{}", "--out", "no/such/x.csv"], "no/such/x.csv cannot be written: No such file or directory"),
        (["{}", "--out", "x.xls"], "x.xls cannot be written: expected a name that ends in .csv"),
        (["{}", "--report", "-"], "--report: expected the name of a file, found -"),
        (["--bounds", "prenom=2..20"], "--bounds: expected --template TEXT"),
        (["{}", "--template", "{a}", "--bounds", "a=2..20"], "--bounds is for a template without a file"),
        *(
            (["--template", "{a}", "--bounds", "a=2", option, value], f"{option} is for a file of messages")
            for option, value in {
                "--prices": "p.csv",
                "--recipient": "mobile",
                "--on": "2026-01-01",
                "--optout-rate": "0.02",
                "--out": "out.csv",
                "--rejects": "rejects.csv",
                "--report": "report.html",
                "--format": "csv",
                "--delimiter": ";",
                "--file-encoding": "utf-8",
            }.items()
        ),
        (["--template", "{a}", "--bounds", "a=2", "--currency", "EUR"], "--currency: expected --price"),
        (["--template", "{a}", "--bounds", "a=20..2"], "--bounds: a: expected the fewest and the most"),
        (["--template", "{a}", "--bounds", "a:2"], "--bounds: expected, say, prenom=2..20, found 'a:2'"),
        (
            ["--template", "{a}", "--bounds", "a=0..99999999999999"],
            "--bounds: a: expected at most 10000 characters in all fields, found 99999999999999",
        ),
        (
            ["--template", "{a}{b}", "--bounds", "a=6000", "--bounds", "b=6000"],
            "--bounds: b: expected at most",
        ),
        (["--template", "{a}{a}", "--bounds", "a=6000"], "--bounds: a: expected at most 10000 characters"),
        (["--template", "{a}", "--bounds", "a=1.." + "9" * 5000], "--bounds: expected, say, prenom=2..20"),
        (["--template", "{a}", "--bounds", "b=2"], "--bounds: the template has no field 'b'"),
    ],
)
def test_what_makes_no_sense(arguments: list[str], says: str, clients: Path, tmp_path: Path) -> None:
    with contextlib.chdir(tmp_path):
        assert says in refused(
            *(argument.format(str(clients)) if argument == "{}" else argument for argument in arguments)
        )
    assert os.listdir(tmp_path) == ["clients.csv"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def many(path: Path, rows: int = 20_000) -> Path:
    with open(path, "w", encoding="utf-8") as file:
        file.write("number;message\n")
        file.writelines(
            f"{number};Bonjour numéro {number:x}, {hash((number, 1)):x}\n" for number in range(rows)
        )
    return path


def test_a_full_disk_is_one_line(small_disk: Path, tmp_path: Path) -> None:
    path = many(tmp_path / "clients.csv")
    done = run("estimate", str(path), "--out", str(small_disk / "out.csv"))
    assert done.returncode == 2
    says = f"{small_disk / 'out.csv'} cannot be written: No space left on device; nothing of it is kept"
    assert done.stderr == f"septet: {says}\n"
    assert done.stdout == ""
    assert os.listdir(small_disk) == []


@posix_only
def test_a_file_size_limit_is_one_line(tmp_path: Path) -> None:
    path = many(tmp_path / "clients.csv")
    script = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "sys.argv[0] = 'septet'; from septet.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "estimate", str(path), "--out", str(tmp_path / "out.parquet")],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.endswith("out.parquet cannot be written: File too large; nothing of it is kept\n")
    assert done.stderr.count("\n") == 1
    assert os.listdir(tmp_path) == ["clients.csv"]


def waiting(tmp_path: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """The command, at work: it has begun an output, and will not come to an end by itself."""
    process = subprocess.Popen(
        [*COMMAND, "estimate", "-", "--out", str(tmp_path / "out.csv"), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    assert process.stdin is not None
    block = b"message\n" + b"Bonjour a tous\n" * 400_000
    with contextlib.suppress(BrokenPipeError):
        process.stdin.write(block)
        process.stdin.flush()
    while not os.listdir(tmp_path) and process.poll() is None:
        time.sleep(0.01)
    return process


@posix_only
def test_interrupted_it_says_how_far_it_came_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("older")
    rejects = tmp_path / "rejects.csv"
    process = waiting(tmp_path, "--rejects", str(rejects))
    while not rejects_draft(tmp_path) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    # Its standard input stays open: it has to end although nothing comes.
    assert process.wait(timeout=60) == 130
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdin is not None
    assert process.stdout.read() == b""
    said = process.stderr.read().decode()
    assert said.startswith("septet: interrupted after ")
    assert said.endswith("; nothing was written\n")
    assert said.count("\n") == 1
    assert os.listdir(tmp_path) == ["out.csv"]
    assert (tmp_path / "out.csv").read_text() == "older"
    for stream in (process.stdin, process.stdout, process.stderr):
        with contextlib.suppress(BrokenPipeError):
            stream.close()


def rejects_draft(folder: Path) -> list[str]:
    return [name for name in os.listdir(folder) if name.startswith(".rejects.csv.")]


@posix_only
@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_in_the_middle_of_a_file(asked: signal.Signals, tmp_path: Path) -> None:
    path = many(tmp_path / "clients.csv", 200_000)
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "out.csv"
    # Whether a mention is free has to be planned for each row, which takes a while.
    process = subprocess.Popen(
        [*COMMAND, "estimate", str(path), "-p", "smsmode", "--optout", "if-free", "--out", str(out)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
    )
    while not os.listdir(folder) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(asked)
    output, error = process.communicate(timeout=60)
    assert (process.returncode, output) == (130, b"")
    assert error.decode().startswith("septet: interrupted after ")
    assert os.listdir(folder) == []


@posix_only
def test_killed_nothing_looks_finished(tmp_path: Path) -> None:
    process = waiting(tmp_path)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    (left,) = os.listdir(tmp_path)
    assert left.startswith(".out.csv.")
    assert left.endswith(".part")


@posix_only
def test_an_output_where_nothing_may_be_written(tmp_path: Path, clients: Path) -> None:
    place = tmp_path / "theirs"
    place.mkdir(mode=0o555)
    reason = "Permission denied"
    if os.getuid() == 0:  # who may write anywhere but there
        command = ["mount", "-t", "tmpfs", "-o", "ro", "tmpfs", str(place)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("mounting a read-only disk is not allowed here")
        reason = "Read-only file system"
    try:
        said = refused(clients, "--out", place / "out.csv")
    finally:
        if os.getuid() == 0:
            subprocess.run(["umount", "-l", str(place)], check=True)
    assert said == f"septet: {place / 'out.csv'} cannot be written: {reason}; nothing of it is kept\n"


@pytest.mark.parametrize("missing", ["pyarrow", "phonenumbers"])
def test_without_the_extra_it_says_how_to_get_it(missing: str, clients: Path) -> None:
    script = f"import sys; sys.modules[{missing!r}] = None; from septet.__main__ import main; main()"
    prices = clients.with_name("prices.csv")
    prices.write_text("destination;currency;price\nFR;EUR;1\n")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            script,
            "estimate",
            str(clients),
            "--prices",
            str(prices),
            "--recipient",
            "prenom",
        ],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert 'pip install "septet[' in done.stderr
    assert done.stderr.count("\n") == 1


# --- bounds -------------------------------------------------------------------------------


def test_bounds_before_there_is_a_file() -> None:
    result = invoke(
        *("estimate", "--template", "Bonjour {prenom}, " + "x" * 140, "--bounds", "prenom=2..20"),
        *("--price", "0,05", "--currency", "EUR"),
    )
    assert (result.exit_code, result.stderr) == (0, "")
    # 10 + 140 characters and 2 to 20 more of 1 or 2 septets; in UCS-2 152 to 190 code units.
    assert "GSM-7  1 to 2 segments (0.05 to 0.10 EUR)" in result.stdout
    assert "UCS-2 3 segments (0.15 EUR), where a field holds a character" in " ".join(result.stdout.split())
    assert "lower-case accents" in result.stdout
    plain = json.loads(invoke("estimate", "--template", "{a}", "--bounds", "a=3", "--json").stdout)
    assert (plain["fewest"], plain["most"]) == (1, 1)


def test_bounds_of_vendors_whose_bill_is_no_sum() -> None:
    result = invoke("estimate", "--template", "👩{a}👩", "--bounds", "a=1..200", "-p", "twilio")
    assert "A range: no value costs less or more" in result.stdout
    latin1 = ("-p", "smpp", "--encoding", "latin1")
    result = invoke("estimate", "--template", "x{a}", "--bounds", "a=1..200", *latin1)
    assert "Latin-1  1 to 2 segments" in result.stdout
    assert "The message is always Latin-1" in result.stdout
    assert "A range" not in result.stdout


def test_bounds_need_no_pyarrow() -> None:
    script = "import sys; sys.modules['pyarrow'] = None; from septet.__main__ import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "estimate", "--template", "{a}", "--bounds", "a=2..3", "--json"],
        capture_output=True,
        check=True,
        env=environment(),
    )
    assert json.loads(done.stdout)["most"] == 1


# --- progress -----------------------------------------------------------------------------


def test_garbled_rows_are_said_before_any_figure(tmp_path: Path) -> None:
    garbled = tmp_path / "garbled.csv"
    garbled.write_text("message\nBonjour\ncolis arrivÃ©\nl\u00e2\u20ac\u2122été\n", "utf-8")
    shown = invoke("estimate", str(garbled)).stdout
    told = "! Rows that were probably read in the wrong charset: suspect-encoding 2\n"
    assert told + '  line 3: suspect-encoding: "Ã©"\n' in shown.partition("Rows  ")[0]
    assert "All rows may be sent" not in shown
    french = invoke("estimate", str(garbled), "--lang", "fr").stdout
    assert "Lignes probablement lues dans un mauvais encodage" in french
    assert campaign.estimate(str(garbled)).garbled == 2
    assert campaign.estimate(["Bonjour"]).garbled == 0


def test_progress_in_plain_lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    with progress.ProgressDisplay("clients.csv", clock=lambda: now[0]) as display:
        display.update(1000, 50, 1000)
        now[0] = 20.0
        display.update(2_000_000, 250, 1000)
        display.update(2_000_001, 250, 1000)
        now[0] = 40.0
        display.update(3_000_000, 250, None)
        assert display.so_far() == "3 000 000 rows"
    assert capsys.readouterr().err == (
        "septet: clients.csv: 2 000 000 rows, 25 %, 100 000 rows/s, 1 min 00 s left\n"
        "septet: clients.csv: 3 000 000 rows, 75 000 rows/s\n"
    )


def test_progress_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        encoding = "utf-8"

        def isatty(self) -> bool:
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "100")
    now = [0.0]
    with progress.ProgressDisplay("clients[red]\x1b.csv", clock=lambda: now[0]) as display:
        now[0] = 4.0
        display.update(2_000_000, 250, 1000)
    shown = terminal.getvalue()
    assert "clients[red]␛.csv" in shown
    assert "25%" in shown
    assert "500 000 rows/s, 12 s left" in shown
