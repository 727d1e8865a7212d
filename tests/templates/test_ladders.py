"""A template that is made to fit: fields are cut in their order, no further than needed."""

from __future__ import annotations

from typing import Any

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

import septet
from septet.campaign import Template

TEMPLATE = Template("Bonjour {prenom}, au magasin {centre} de {ville}. " + "x" * 80 + " https://ex.fr/a")
FIXED = len(TEMPLATE.fill({"prenom": "-", "centre": "-", "ville": "-"})) - 3
ROW = {"prenom": "Anne", "centre": "C" * 20, "ville": "V" * 20}
VALUES = st.text(st.sampled_from("abcdéçœ😀 -"), min_size=1, max_size=60).filter(str.strip)


def fitted(row: dict[str, Any] = ROW, **options: Any) -> str:
    return TEMPLATE.fit(septet.Planner("gsm"), row, **options).original


def test_fields_are_cut_in_their_order_and_no_further_than_needed() -> None:
    room = 160 - FIXED - len("Anne")
    assert room < 40
    kept = room - 20
    assert fitted(shrink=("centre", "ville")) == TEMPLATE.fill(ROW | {"centre": "C" * kept})
    # The first no further than its own least, then the second.
    assert fitted(shrink=("ville", "centre"), least={"ville": 19, "centre": 5}) == TEMPLATE.fill(
        ROW | {"ville": "V" * 19, "centre": "C" * (room - 19)}
    )


def test_the_mark_counts_and_stands_behind_what_was_cut() -> None:
    text = fitted(shrink=("centre",), mark="..")
    assert ".. de " in text
    assert len(text) == 160
    # A mark that GSM-7 lacks halves the room: nothing fits one segment, and two are not allowed.
    assert fitted(shrink=("centre",), mark="…") == TEMPLATE.fill(ROW)


def test_the_ladder_goes_up_a_rung_where_the_least_is_too_much() -> None:
    planner = septet.Planner("gsm")
    long = ROW | {"centre": "C" * 200}
    one = TEMPLATE.fit(planner, long, shrink=("centre",), max_segments=3, least=1)
    two = TEMPLATE.fit(planner, long, shrink=("centre",), max_segments=3, least=30)
    none = TEMPLATE.fit(planner, long, shrink=("centre",), max_segments=1, least=30)
    assert (one.billed_segments, two.billed_segments) == (1, 2)
    assert two.original.count("C") > 30
    assert none.original == TEMPLATE.fill(long)
    assert [problem.code for problem in none.problems] == ["too-long"]


def test_a_tail_where_it_is_free() -> None:
    row = {"prenom": "A", "centre": "B", "ville": "C"}
    free = 160 - FIXED - 3
    for tail, added in (("t" * free, True), ("t" * (free + 1), False)):
        assert fitted(row, if_free=tail) == TEMPLATE.fill(row) + tail * added


@examples(200)
@given(
    VALUES,
    VALUES,
    st.integers(1, 3),
    st.integers(1, 12),
    st.sampled_from(["", ".", "…"]),
    st.sampled_from(["gsm", "smsmode", "twilio", "smspartner"]),
)
def test_what_is_cut_is_a_beginning_and_fits(
    centre: str, ville: str, most: int, least: int, mark: str, profile: str
) -> None:
    planner = septet.Planner(profile)
    row = {"prenom": "Anne", "centre": centre, "ville": ville}
    options: dict[str, Any] = {"shrink": ("centre", "ville"), "least": least, "mark": mark}
    plan = TEMPLATE.fit(planner, row, max_segments=most, **options)
    whole = TEMPLATE.fill(row)
    if plan.original == whole:
        assert plan.billed_segments <= planner.count(whole)
        return
    assert plan.billed_segments < planner.count(whole) or planner.count(whole) > most
    assert plan.billed_segments <= most
    assert plan.original.endswith("https://ex.fr/a")
    ways = (
        {**row, "centre": first, "ville": second}
        for first in cuts(centre, least, mark)
        for second in cuts(ville, least, mark)
    )
    assert plan.original in {TEMPLATE.fill(way) for way in ways}


def cuts(value: str, least: int, mark: str) -> list[str]:
    """All that may be left of a value, by trying."""
    kept = (value[:end].rstrip() for end in range(least, len(value)))
    return [value, *(beginning + mark for beginning in kept if len(beginning) >= least)]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"shrink": ("center",)}, "no field 'center'"),
        ({"shrink": "centre"}, "expected a tuple of fields"),
        ({"shrink": ("centre",), "least": 0}, "expected a whole number"),
        ({"shrink": ("centre",), "least": {"ville": 3}}, "expected fields that may be cut"),
        ({"shrink": ("centre",), "mark": None}, "mark: expected a str"),
        ({"max_segments": 0}, "max_segments"),
        ({"if_free": 3}, "if_free: expected a str"),
    ],
)
def test_what_cannot_be(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        fitted(**options)
