"""Which things a change or a cut touches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septet.planning.things.places import touched
from septet.planning.things.recognition import things

TEXT = "Le 03/12 à 14h30 : https://ex.fr/a, 10 €"


@pytest.mark.parametrize(
    ("start", "end", "kinds"),
    [
        (0, 0, []),
        (3, 3, []),
        (4, 4, ["date"]),
        (8, 8, []),
        (7, 8, ["date"]),
        (8, 9, []),
        (2, 4, ["date"]),
        (5, 12, ["date", "hour"]),
        (0, len(TEXT), ["date", "hour", "link", "amount"]),
        (len(TEXT), len(TEXT), []),
    ],
)
def test_the_things_at_a_place(start: int, end: int, kinds: list[str]) -> None:
    assert [thing.kind for thing in touched(things(TEXT), start, end)] == kinds


@given(st.lists(st.sampled_from(["12", " ", "a", "ex.fr/a", "€", "14h"])).map("".join), st.data())
def test_a_thing_is_touched_where_it_has_a_character(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = things(text)
    assert touched(found, start, end) == tuple(t for t in found if t.start < end and t.end > start)
