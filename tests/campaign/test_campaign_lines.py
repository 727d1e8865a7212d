"""NDJSON read in whole blocks: each row has its own line, whatever comes before and after it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pyarrow")

from septet.campaign import estimate
from septet.campaign.rows.line_places import LinePlaces

objects = st.sampled_from(
    ['{"message":"a ","n":"1"}', ' {"message": " b", "n": null}\t', '{"n":"2","message":"c"}']
)
# A line that is not a row, an empty row, and one that Arrow would read as two.
others = st.sampled_from(["", " ", "\t ", "[1]", '{"message":1.50}', '{"message":"d"}{"message":"e"}', "{"])


def measured(lines: list[str], end: str, **options: Any) -> tuple[Any, list[tuple[int, str, bytes]]]:
    rejects: list[Any] = []
    content = io.BytesIO(end.join(['{"message":"first","n":"0"}', *lines]).encode())
    found = estimate(content, format="ndjson", rejects=rejects.append, **options)
    return found, [(reject.line, reject.code, reject.row) for reject in rejects]


@given(st.lists(st.one_of(objects, objects, objects, others), max_size=12), st.sampled_from(["\n", "\r\n"]))
@examples(40)
def test_rows_are_those_of_each_line_by_itself(lines: list[str], end: str) -> None:
    rows, wrong, blank = [], [], None
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        try:
            message = json.loads(line)["message"]
        except (ValueError, TypeError):
            wrong.append(number)
            continue
        message = message if isinstance(message, str) else "1.50"
        rows.append(message)
        blank = blank or (number if message != message.strip() else None)
    written: list[Any] = []
    for options in ({}, {"sink": lambda batch: written.extend(batch.to_pylist())}):
        found, rejects = measured(lines, end, **options)
        assert (found.measured, [line for line, _, _ in rejects]) == (1 + len(rows), wrong)
        assert [row.decode() for _, _, row in rejects] == [lines[line - 2] for line in wrong]
        assert found.to_dict()["problems"].get("outer-blanks") == (
            None if blank is None else sum(row != row.strip() for row in rows)
        )
        shown = [one["line"] for code, one in found.to_dict()["examples"].items() if code == "outer-blanks"]
        assert shown == ([] if blank is None else [blank])
    assert [row["message"] for row in written] == ["first", *rows]


def test_faults_are_named_with_their_lines() -> None:
    lines = ["", '{"message":"a","n":""}', " ", '{"message":"b","n":"1"}', '{"message":"c"}']
    found, rejects = measured(lines, "\r\n", template="{message}{n}")
    assert found.measured == 2
    assert rejects == [
        (3, "missing-field", b'{"message":"a","n":""}'),
        (6, "missing-field", b'{"message":"c"}'),
    ]


@pytest.mark.parametrize(
    ("octets", "rows"),
    [
        (b"", 0),
        (b"{}", 1),
        (b"{}\n", 1),
        (b"{}\n{}", 2),
        (b'{"a": "b"}\r\n{}\r\n', 2),
        (b"{}\n\n{}", 2),
        (b" \n{}\n", 1),
    ],
)
def test_the_lines_that_are_rows_are_counted(octets: bytes, rows: int) -> None:
    places = LinePlaces(memoryview(octets))
    assert [number for number in range(5) if places.are_rows(number)] == [rows]
