"""Delimiters: which character parts the cells of a file, judged by its first rows."""

from __future__ import annotations

import pytest

from septet.files.delimiters import LIKELY, Look, can_part, likeliest


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (["to;text", "06;a, b, c"], ";"),
        (["a;b,text", "1,2;3,4"], ","),  # as `text` is known
        (["a|b|c;d", "1|2|3"], "|"),  # as the others differ in their cells
        (["a;b,c"], ";"),  # of equals the first
    ],
)
def test_the_delimiter_that_fits_best_is_taken(rows: list[str], found: str) -> None:
    def look(delimiter: str) -> Look:
        cells = [row.split(delimiter) for row in rows]
        return Look.of("text" in cells[0], [len(row) for row in cells])

    assert likeliest(LIKELY, look) == found


def test_none_is_found_where_all_are_out_of_the_question() -> None:
    assert likeliest(LIKELY, lambda delimiter: None) is None


def test_what_has_a_meaning_of_its_own_parts_nothing() -> None:
    assert [text for text in (*LIKELY, "", '"', "\r", "\n", ";;") if not can_part(text)] == [
        *("", '"', "\r", "\n", ";;")
    ]
