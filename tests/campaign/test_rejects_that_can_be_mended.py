"""Rejects that can be corrected: a corrected file of them is a campaign again, for every kind of input."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import sheet_files

from septet.campaign import estimate, open_source
from septet.campaign.outputs.outputs import publishing
from septet.campaign.outputs.rejects import RejectsOutput
from septet.files.workbooks.workbooks import read_sheet

ROWS = [["=nom", "num", "message"], ["'d", "x", "=1+1"], ["Zoé", "+33612345678", "ok"], ["", "0612", "’a\nb"]]


def _csv() -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\n")
    writer.writerows(ROWS)
    return text.getvalue().encode()


def _objects() -> list[dict[str, str]]:
    return [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]


INPUTS = {
    "in.csv": _csv,
    "in.ndjson": lambda: "".join(json.dumps(row) + "\n" for row in _objects()).encode(),
    "in.json": lambda: json.dumps({"contacts": _objects()}, indent=1).encode(),
    "in.xlsx": lambda: sheet_files.xlsx(ROWS),
}


def rejects_of(path: Path, out: Path, **options: Any) -> Any:
    """The estimate of a file, whose rejects are written."""
    with open_source(path, columns=("message", "num")) as source:
        output = RejectsOutput(
            out, source.columns, source.cells, delimiter=";", always_cells=source.format != "ndjson"
        )
        with publishing([output]):
            return estimate(source, recipient="num", rejects=lambda one: output.add(*one), **options)


def rows_of(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".csv":
        return list(csv.DictReader(io.StringIO(path.read_text("utf-8"), newline=""), delimiter=";"))
    if path.suffix == ".ndjson":
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    header, *rows = read_sheet(path, "x").rows
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("out", ["out.csv", "out.ndjson", "out.parquet", "out.xlsx"])
@pytest.mark.parametrize("name", INPUTS)
def test_rejects_have_the_columns_of_the_input_and_are_one_again(name: str, out: str, tmp_path: Path) -> None:
    path, first, second = tmp_path / name, tmp_path / out, tmp_path / f"again-{out}"
    path.write_bytes(INPUTS[name]())
    found = rejects_of(path, first)
    assert (found.measured, found.rejected) == (1, 2)
    rows = rows_of(first)
    guard = "'" if out == "out.csv" else ""
    assert list(rows[0])[:6] == [f"{guard}=nom", "num", "message", "line", "code", "reason"]
    assert [(row["num"], row["message"], row["code"]) for row in rows] == [
        ("x", f"{guard}=1+1", "bad-number"),
        ("0612", "’a\nb", "bad-number"),
    ]
    assert [row["reason"] for row in rows] == [
        "no numbering plan has the phone number x",
        "the number 0612 is a national one, and the country is not known: set it, as in --country FR",
    ]
    # Unchanged, it gives the same result; corrected, its texts are those of the input.
    again = rejects_of(first, second)
    assert (again.measured, again.rejected, again.rejects) == (0, 2, {"bad-number": 2})
    assert list(rows_of(second)[0])[:6] == list(rows[0])[:6]
    texts: list[dict[str, Any]] = []
    mended = estimate(first, template="{=nom}|{message}", sink=lambda batch: texts.extend(batch.to_pylist()))
    assert mended.rejects == {"missing-field": 1}
    assert texts[0]["message"] == "'d|=1+1"


def test_a_row_of_other_cells_stays_one(tmp_path: Path) -> None:
    path, first, second = tmp_path / "in.csv", tmp_path / "out.csv", tmp_path / "again.csv"
    path.write_bytes(b"id;num;message\n1;+33612345678;a;b\n2;+33612345678\n3;+33612345678;ok\n")
    assert rejects_of(path, first).rejects == {"wrong-number-of-fields": 2}
    lines = list(csv.reader(io.StringIO(first.read_text("utf-8")), delimiter=";"))
    assert lines[1][:6] == ["1", "+33612345678", "a", "b", "2", "wrong-number-of-fields"]
    assert lines[2][:5] == ["2", "+33612345678", "", "3", "wrong-number-of-fields"]
    # The one with a cell too many is rejected again; the other lacks its text, which is reported.
    found = rejects_of(first, second)
    assert found.rejects == {"wrong-number-of-fields": 1}
    assert found.problems["empty-message"] == 1


def test_octets_that_are_none_of_the_encoding_are_shown(tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.csv"
    path.write_bytes(b"num;message\n" + b'1;caf\xe9 \\ "\n' + "2;é\n3;ü\n".encode())
    assert rejects_of(path, out).rejects["bad-bytes"] == 1
    assert rows_of(out)[0]["message"] == 'caf\\xe9 \\\\ "'


def test_a_line_that_is_no_object_stands_by_itself(tmp_path: Path) -> None:
    path, out = tmp_path / "in.ndjson", tmp_path / "out.csv"
    path.write_text('{"num": "+33612345678", "message": "a"}\n{"num": 5\n{"num": "6", "message": "b"}\n')
    assert rejects_of(path, out).rejects == {"bad-number": 1, "not-json": 1}
    assert [(row["num"], row["line"], row["row"]) for row in rows_of(out)] == [
        ("", "2", '{"num": 5'),
        ("6", "3", ""),
    ]
