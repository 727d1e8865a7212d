"""Whole columns are searched by their octets: no row that matters is missed, wherever it is."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from septet.campaign.signs import (
    DOUBLED,
    ENTITY,
    GARBLED,
    GLUED,
    TAG,
    has_follower,
    pairs,
    with_outer_blanks,
)
from septet.campaign.text_columns import Column, column_of
from septet.planning.misreadings import FOLLOWERS, LEADS
from septet.planning.things.blanks import outer_blanks, padding
from septet.planning.things.links import glued
from septet.planning.things.markup import markup_in

_PIECES = st.sampled_from(
    [
        *(
            "https://",
            "www.",
            "WWW.",
            "ex.fr/",
            "ex.fr",
            "ex.\u017fhop/",
            "ftp://9",
            "a",
            "é",
            "9",
            "Ж",
            "中",
            "🎉",
        ),
        *("©", "²", "(", ")", "[", "{", "{{ ", " }}", "）", ".", ":", "/", "-", "x" * 40, "’", "»"),
        *(
            " ",
            "\n",
            "\u00a0",
            "\x1c",
            "\x85",
            "\u1680",
            "\u2003",
            "\u2029",
            "\u202f",
            "\u205f",
            "\u3000",
            "\u200b",
        ),
        *("Ã", "â", "€", "™", "\x80", "Â", "ï", "»", "¿", "‼", "⁉", "&amp;", "&#39;", "<br>", "</a>", "<"),
    ]
)


def marks_of(column: Column) -> Any:
    marks = np.empty(column.rows, np.uint16)
    pairs().mark(column.data, column.offsets, column.rows, memoryview(marks))
    return marks


_TEXTS = st.one_of(st.text(), st.lists(_PIECES, max_size=8).map("".join)).filter(
    lambda text: not any("\ud800" <= c <= "\udfff" for c in text)
)


@given(st.lists(st.none() | _TEXTS, max_size=8), st.integers(0, 3), st.booleans())
@example(["", "https://ex.fr/a", "🎉", "", "a."], 0, False)
@example(["ex.fr/{{ nom }}🎉", "ex.fr/a.", "www.9)a"], 0, True)
@example(["commencé", "\u2029", "d’à", "Ã", "©"], 1, True)
def test_each_row_is_asked_for_itself(rows: list[str | None], first: int, wide: bool) -> None:
    column = column_of(pa.array(rows, pa.large_string() if wide else pa.string()).slice(first))
    texts = [text or "" for text in rows[first:]]
    assert with_outer_blanks(column).tolist() == [outer_blanks(text) is not None for text in texts]
    for marks, text in zip(marks_of(column).tolist(), texts, strict=True):
        assert marks & GLUED or not glued(text)
        assert marks & (ENTITY | TAG) or not markup_in(text)
        assert marks & DOUBLED or not any(padding(text))
        is_garbled = any(c in LEADS and behind in FOLLOWERS for c, behind in pairwise(text))
        assert has_follower(text) == is_garbled
        assert marks & GARBLED or not is_garbled


@pytest.mark.parametrize(
    "quiet",
    [
        "Bonjour, 49,90 € (payé). Merci : 9h30 [1]",
        "Total: 49.90 EUR (3.50 port) le 12.05 (à 9:30)",
        "ex.fr/a et (plus tard) 🎉",
        "https://ex.fr/a (voir la suite)",
        "Fin.",
    ],
)
def test_most_rows_are_kept_back(quiet: str) -> None:
    column = column_of(pa.array([quiet, "A bientôt", quiet, "Bonjour"]))
    assert not (marks_of(column) & (GLUED | ENTITY | TAG | DOUBLED | GARBLED)).any()
    assert not with_outer_blanks(column).any()


def test_columns_of_many_rows_and_of_long_ones_are_asked_in_parts() -> None:
    rows: list[Any] = ["a" * 90, "https://ex.fr/a🎉", " b", "", None, "c\u2003"] * 5000
    rows.insert(7, "x" * 300_000 + "ex.fr/b)See ")
    column = column_of(pa.array(rows))
    texts = [text or "" for text in rows]
    assert with_outer_blanks(column).tolist() == [outer_blanks(text) is not None for text in texts]
    assert ((marks_of(column) & GLUED) != 0).tolist() == ["ex.fr" in text for text in texts]


def test_a_column_of_nothing() -> None:
    for column in (column_of(pa.array([], pa.string())), column_of(pa.array(["", None]))):
        assert marks_of(column).tolist() == [0] * column.rows
        assert with_outer_blanks(column).tolist() == [False] * column.rows
