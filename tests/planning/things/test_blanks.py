"""Blanks at the ends of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septet.planning.things.blanks import outer_blanks


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" Bonjour", (1, 0)),
        ("Bonjour ", (0, 1)),
        ("\n\nBonjour\r\n", (2, 2)),
        ("\u00a0Bonjour\t \u202f", (1, 3)),
        ("   ", (3, 0)),
        ("\n", (1, 0)),
        ("  a  b   ", (2, 3)),
        ("Bonjour", None),
        ("Bonjour  Anne", None),
        ("", None),
        ("\u200b\u200bYour code is 123456", None),
        ("Bonjour\ufeff", None),
        ("\ud800", None),
    ],
)
def test_blanks_at_the_ends(text: str, expected: tuple[int, int] | None) -> None:
    assert outer_blanks(text) == expected


@given(st.text(st.characters()))
def test_without_its_outer_blanks_a_text_has_none(text: str) -> None:
    found = outer_blanks(text)
    if found is None:
        assert text == text.strip()
    else:
        assert text[found.before : len(text) - found.behind] == text.strip()
        assert text != text.strip()
