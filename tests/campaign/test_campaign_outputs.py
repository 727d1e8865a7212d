"""Outputs: complete or absent, whatever happens, and without a text that a spreadsheet would run."""

from __future__ import annotations

import csv
import errno
import gc
import gzip
import io
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

pa = pytest.importorskip("pyarrow")

import pyarrow.compute as pc  # noqa: E402
import pyarrow.parquet  # noqa: E402

from septet.campaign.outputs.cells import as_cells, guarded, readable  # noqa: E402
from septet.campaign.outputs.outputs import Draft, Output, publishing  # noqa: E402
from septet.campaign.outputs.rejects import RejectsOutput  # noqa: E402
from septet.errors import CampaignError  # noqa: E402
from septet.files import spreadsheet_cells  # noqa: E402

NAMES = ["out.csv", "out.CSV", "out.csv.gz", "out.ndjson", "out.jsonl", "out.ndjson.gz", "out.parquet"]

ROWS = pa.record_batch(
    {
        "prenom": ["Zoé", "a;b", None, 'say "hi"\nthere', ""],
        "points": [1, -2, None, 4, 5],
        "day": [date(2026, 1, 2), None, None, None, None],
        "cost": pa.array([Decimal("0.045")] * 5, pa.decimal128(38, 3)),
        "kind": pa.array(["x", "y", "x", "y", None]).dictionary_encode(),
    }
)


def rows_of(path: Path) -> list[dict[str, Any]]:
    """The rows of a file, read by others than those who wrote it."""
    name = path.name.lower()
    if name.endswith(".parquet"):
        found: list[dict[str, Any]] = pyarrow.parquet.read_table(path).to_pylist()
        return found
    content = path.read_bytes()
    text = (gzip.decompress(content) if name.endswith(".gz") else content).decode("utf-8-sig")
    if ".csv" in name:
        return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("name", NAMES)
def test_rows_come_back_as_they_went(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with publishing([output := Output(path, delimiter=";")]):
        for _ in range(3):
            output.write(ROWS)
        assert not path.exists()
    found = rows_of(path)
    assert len(found) == 15
    texts = [row["prenom"] or None for row in found[5:10]]
    assert texts == ["Zoé", "a;b", None, 'say "hi"\nthere', None]
    assert [str(row["cost"]) for row in found] == ["0.045"] * 15
    assert [str(row["day"] or "") for row in found[:2]] == ["2026-01-02", ""]
    assert [str(row["points"]) for row in found[:2]] == ["1", "-2"]
    assert os.listdir(tmp_path) == [name]


@pytest.mark.parametrize("name", NAMES)
def test_rejected_rows_are_kept_as_they_were(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    with publishing([output := RejectsOutput(path, delimiter=";")]):
        for line in range(1, 10_001):
            output.add(line, "bad-bytes", "byte 0xE9 is not UTF-8", b"caf\xe9;\\x")
    found = rows_of(path)
    assert [int(row["line"]) for row in found] == list(range(1, 10_001))
    assert found[7777]["code"] == "bad-bytes"
    assert found[7777]["reason"] == "byte 0xE9 is not UTF-8"
    assert found[7777]["row"] == "caf\\xe9;\\\\x"


@pytest.mark.parametrize("name", NAMES)
def test_without_rejected_rows_there_is_a_file_that_says_so(name: str, tmp_path: Path) -> None:
    with publishing([RejectsOutput(tmp_path / name, delimiter=";")]):
        pass
    assert rows_of(tmp_path / name) == []
    if ".csv" in name.lower():
        content = (tmp_path / name).read_bytes()
        content = gzip.decompress(content) if name.endswith(".gz") else content
        assert content == b'"line";"code";"reason";"row"\n'


def test_octets_that_are_no_text_can_be_read_back() -> None:
    octets = "é\\xe9".encode() + b"\xe9\\"
    assert readable(octets) == "é\\\\xe9\\xe9\\\\"
    assert readable("é\\xe9".encode()) == "é\\xe9"


def test_a_byte_order_mark_for_spreadsheets(tmp_path: Path) -> None:
    with publishing([output := Output(tmp_path / "out.csv", marked=True)]):
        output.write(ROWS)
    assert (tmp_path / "out.csv").read_bytes().startswith(b'\xef\xbb\xbf"prenom",')


# --- formulas -----------------------------------------------------------------------------

FORMULAS = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    '"=1',
    "'=1",
    "\u00a0\ufeff=1",
    "\x00=1",
    "＝1",
    "-",
    "-1-1",
    "+33 6 12(1)",
    "'",
    "'a",
]

HARMLESS = ["", "a", "a=1", "1-2", "-12,50", "+33612345678", "+33 6 12 34 56 78", "-1.5", "10 €", "l'été"]


def test_no_cell_is_a_live_formula() -> None:
    cells = guarded(pa.array([*FORMULAS, *HARMLESS, None])).to_pylist()
    assert cells == [*(f"'{text}" for text in FORMULAS), *HARMLESS, None]


@given(st.lists(st.text(st.sampled_from("=+-@\t\r\n '\"a1.\u00a0＝é"), max_size=6)))
@example(FORMULAS)
def test_taking_one_apostrophe_away_gives_the_cells_back(texts: list[str]) -> None:
    for kind in (pa.string(), pa.large_string()):
        cells = guarded(pa.array(texts, kind)).to_pylist()
        assert [cell.removeprefix("'") for cell in cells] == texts
    for cell in cells:
        begins = cell.lstrip(' "\u00a0')
        assert begins[:1] not in ("=", "@", "＝", "\t", "\r", "\n")
        if begins[:1] in ("+", "-"):
            assert set(cell[1:]) <= set("0123456789 .,")


def test_no_text_that_could_run_begins_with_a_harmless_octet() -> None:
    first = [chr(code) for code in (*range(0x80), *range(0xC0, 0x600))]
    harmless = [sign for sign in first if sign.encode()[0] in spreadsheet_cells.HARMLESS_FIRST]
    assert {"a", "É", "Ω", "ש", "~"} < set(harmless)
    for behind in ("=1+1", "-", "@a"):
        found = pc.match_substring_regex(
            pa.array([sign + behind for sign in harmless]), spreadsheet_cells.COULD_RUN
        )
        assert not pc.any(found).as_py()


@given(st.lists(st.text(st.sampled_from("=+-@\t\r\n '\"a1.,\u00a0\u2028\u200b\x85\x00＝é😀"), max_size=6)))
@example([*FORMULAS, *HARMLESS])
def test_a_cell_alone_is_guarded_as_in_a_column(texts: list[str]) -> None:
    cells = guarded(pa.array(texts, pa.string())).to_pylist()
    assert [spreadsheet_cells.guarded(text) for text in texts] == cells
    assert [spreadsheet_cells.unguarded(cell) for cell in cells] == texts


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), "dictionary"]
)
def test_formulas_in_every_kind_of_column(kind: Any, tmp_path: Path) -> None:
    column = pa.array(["=1"]).dictionary_encode() if kind == "dictionary" else pa.array(["=1"]).cast(kind)
    batch = pa.RecordBatch.from_arrays([column], names=["=HYPERLINK(1)"])
    cells = as_cells(batch)
    assert cells.schema.names == ["'=HYPERLINK(1)"]
    assert cells.column(0).to_pylist() == ["'=1"]
    with publishing([output := Output(tmp_path / "out.csv")]):
        output.write(batch)
    assert (tmp_path / "out.csv").read_text("utf-8") == '"\'=HYPERLINK(1)"\n"\'=1"\n'


def test_formulas_in_rejected_rows(tmp_path: Path) -> None:
    with publishing([output := RejectsOutput(tmp_path / "rejects.csv")]):
        output.add(2, "wrong-number-of-fields", "expected 3 fields, found 1", b"=cmd|' /C calc'!A0")
    assert "'=cmd|' /C calc'!A0" in (tmp_path / "rejects.csv").read_text("utf-8")


def test_other_formats_keep_the_texts_as_they_are(tmp_path: Path) -> None:
    batch = pa.record_batch({"a": FORMULAS})
    for name in ("out.ndjson", "out.parquet"):
        with publishing([output := Output(tmp_path / name)]):
            output.write(batch)
        assert [row["a"] for row in rows_of(tmp_path / name)] == FORMULAS


def test_nested_values_and_numbers_that_are_none(tmp_path: Path) -> None:
    batch = pa.record_batch(
        {
            "l": pa.array([[1], None], pa.list_(pa.int8())),
            "f": [float("nan"), float("inf")],
            "o": [b"\xe9", b"a"],
        }
    )
    for name in ("out.csv", "out.ndjson"):
        with publishing([output := Output(tmp_path / name, delimiter=";")]):
            output.write(batch)
    assert rows_of(tmp_path / "out.csv")[0] == {"l": "[1]", "f": "nan", "o": "\\xe9"}
    assert rows_of(tmp_path / "out.ndjson") == [
        {"l": [1], "f": None, "o": "\\xe9"},
        {"l": None, "f": None, "o": "a"},
    ]


# --- faults -------------------------------------------------------------------------------


def test_a_fault_while_rows_come_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("older")
    outputs = [Output(tmp_path / "out.csv"), RejectsOutput(tmp_path / "rejects.csv")]

    def interrupted() -> None:
        with publishing(outputs):
            outputs[0].write(ROWS)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert os.listdir(tmp_path) == ["out.csv"]
    assert (tmp_path / "out.csv").read_text() == "older"


def test_an_older_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("older")
    path.chmod(0o640)
    (tmp_path / "link.csv").symlink_to(path)
    with publishing([output := Output(tmp_path / "link.csv")]):
        output.write(ROWS)
    assert (tmp_path / "link.csv").is_symlink()
    assert path.read_text("utf-8").startswith('"prenom"')
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("name", ["out.xls", "out", "out.parquet.gz", "out.csv.zip", ".csv/"])
def test_a_name_that_says_no_format(name: str, tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match=r"cannot be written: expected a name that ends in \.csv, "):
        Output(tmp_path / name)
    assert os.listdir(tmp_path) == []


def test_places_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a file")
    (tmp_path / "folder.csv").mkdir()
    os.mkfifo(tmp_path / "pipe.csv")
    for name, reason in [
        ("none/out.csv", "cannot be written: No such file or directory"),
        ("a.csv/out.csv", "cannot be written: Not a directory"),
        ("folder.csv", "is not a regular file"),
        ("pipe.csv", "is not a regular file"),
        ("x" * 300 + ".csv", "cannot be written: File name too long"),
    ]:
        with pytest.raises(CampaignError, match=reason) as caught:
            Output(tmp_path / name)
        assert "\n" not in str(caught.value)


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting a small disk needs root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(path: Path) -> None:
    batch = pa.record_batch({"a": [os.urandom(600).hex() for _ in range(100)]})
    with publishing([output := Output(path)]):
        for _ in range(2000):
            output.write(batch)


@pytest.mark.parametrize("name", NAMES)
def test_a_full_disk_leaves_nothing(name: str, full_disk: Path) -> None:
    (full_disk / name).write_bytes(b"older")
    with pytest.raises(
        CampaignError, match=r"cannot be written: No space left on device; nothing of it is kept"
    ):
        fill(full_disk / name)
    assert os.listdir(full_disk) == [name]
    assert (full_disk / name).read_bytes() == b"older"


@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_cannot_be_written_is_named(name: str, full_disk: Path) -> None:
    path = full_disk / name
    with pytest.raises(CampaignError, match=f"^{re.escape(str(path))} cannot be written: "):
        fill(path)


def test_a_file_that_cannot_get_its_name_is_named(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    draft = Draft(path)
    draft.close()
    path.mkdir()
    with pytest.raises(CampaignError, match=f"^{re.escape(str(path))} cannot be written: "):
        draft.publish()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_size_limit_leaves_nothing(name: str, tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, before[1]))
    try:
        with pytest.raises(CampaignError, match=os.strerror(errno.EFBIG)):
            fill(tmp_path / name)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert os.listdir(tmp_path) == []


def test_a_folder_that_belongs_to_others(tmp_path: Path) -> None:
    if os.getuid():
        folder = tmp_path / "folder"
        folder.mkdir(mode=0o555)
        with pytest.raises(CampaignError, match=r"out\.csv cannot be written: Permission denied"):
            Output(folder / "out.csv")
        return
    # Root may write anywhere: someone else tries.
    script = (
        "import os, sys; from septet.campaign.outputs.outputs import Output; os.setuid(65534)\n"
        "try: Output(sys.argv[1])\nexcept ValueError as error: print(error)"
    )
    path = tmp_path / "out.csv"
    done = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{path} cannot be written: Permission denied; nothing of it is kept\n"


def test_killed_at_once_nothing_looks_finished(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys, pyarrow as pa\n"
        "from septet.campaign.outputs.outputs import Output, publishing\n"
        "with publishing([output := Output(sys.argv[1])]):\n"
        "    for _ in range(2000): output.write(pa.record_batch({'a': ['x' * 500] * 10}))\n"
        "    os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path / "out.csv")], check=False)
    assert done.returncode == -9
    left = os.listdir(tmp_path)
    assert len(left) == 1
    assert left[0].startswith(".out.csv.")
    assert left[0].endswith(".part")


@pytest.mark.parametrize("name", ["rows.csv", "rows.csv.gz", "rows.ndjson.gz", "rows.parquet"])
def test_what_is_discarded_is_silent_when_it_is_forgotten(name: str, tmp_path: Path) -> None:
    output = Output(tmp_path / name)
    output.write(pa.record_batch({"a": ["x"] * 1000}))
    output.discard()
    del output
    gc.collect()  # an error in there is an error of this test
    assert os.listdir(tmp_path) == []


def test_what_no_one_discards_is_gone_when_the_process_ends(tmp_path: Path) -> None:
    # As if an interruption comes before the file is known.
    script = "import sys; from septet.campaign.outputs.outputs import Output; kept = [Output(sys.argv[1])]"
    script += "; import os; print(len(os.listdir(os.path.dirname(sys.argv[1]))))"
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "rows.csv")], capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"
    assert os.listdir(tmp_path) == []
