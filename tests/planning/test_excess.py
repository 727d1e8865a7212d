"""Excess units: what has to go from the end for one segment less."""

from __future__ import annotations

import pytest
from effort import examples
from hypothesis import assume, given
from hypothesis import strategies as st

import septet


def tried(planner: septet.Planner, text: str) -> int:
    """The same by trying: the shown units of the shortest end without which a segment less is billed."""
    whole = planner.plan(text)
    for end in range(len(text) - 1, 0, -1):
        plan = planner.plan(text[:end])
        if plan.billed_segments < whole.billed_segments:
            return whole.units - plan.units
    return 0


@pytest.mark.parametrize(
    ("text", "excess"),
    [
        ("", 0),
        ("a", 0),
        ("a" * 160, 0),
        ("a" * 161, 1),
        ("a" * 306, 146),
        ("a" * 307, 1),
        ("]" * 153, 2),
        ("a" * 159 + "]", 2),
        ("я" * 71, 1),
        ("😀" * 67, 2),
    ],
)
def test_excess_of_plain_texts(text: str, excess: int) -> None:
    plan = septet.plan(text)
    assert plan.excess_units == plan.to_dict()["excess_units"] == excess


def test_the_mention_stays() -> None:
    # 149 of the text and 11 of " STOP 36034" are one segment.
    plan = septet.plan("a" * 152, "smsmode", commercial=True)
    assert (plan.billed_segments, plan.excess_units) == (2, 3)


def test_a_mention_alone_leaves_nothing_to_save() -> None:
    plan = septet.plan("a", "smsmode", commercial=True, optout_text="x" * 200, optout="always")
    assert plan.billed_segments == 2
    assert plan.excess_units == 0


TEXTS = st.builds(
    lambda filler, times, end: (filler * times)[:700] + end,
    st.sampled_from(["a", "€", "a€", "aa]", "я", "😀", "я😀", "œ", "ab\n"]),
    st.integers(1, 700),
    st.text(st.sampled_from("a€]œ"), max_size=8),
)


@pytest.mark.parametrize("profile", ["gsm", "smsmode", "smspartner", "twilio", "telnyx"])
@pytest.mark.parametrize("commercial", [False, True])
@given(text=TEXTS, coding=st.sampled_from(["gsm7", "ucs2"]))
@examples(40)
def test_excess_is_the_least_that_has_to_go(profile: str, commercial: bool, text: str, coding: str) -> None:
    try:
        planner = septet.Planner(profile, commercial=commercial, encoding=coding, truncate=False)
    except ValueError:
        assume(False)
        return
    plan = planner.plan(text)
    assume(plan.billed_segments < 60)
    # A replacement of two characters could be cut in half if the vendor made it; the sender's is not.
    assert tried(planner, text) - plan.excess_units in ((0, 1) if "œ" in text else (0,))
