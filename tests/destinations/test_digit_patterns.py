"""Patterns of digits: what follows them, compared with Python's `re`."""

from __future__ import annotations

import random
import re

import pytest

from septet.destinations.digit_patterns import expression

PATTERNS = (
    r"[67]\d{8}",
    r"6(?:[0-24-8]\d|3[0-8]|9[589])\d{6}|7[3-9]\d{7}",
    r"(?:1\d|[2-9])\d{2,4}",
    r"0?(?:(11|2(?:2(?:02?|[13]))?)15)?",
    r"([2-9]\d{6})$|1",
    r"(?:0|90)(?:(1[245]|2[1-35])(\d{10,11}))?",
    r"80[0-5]\d{4,6}|80",
)


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_says_what_python_says_and_is_decided_only_where_no_digit_matters(pattern: str) -> None:
    dice, found, compiled = random.Random(pattern), expression(pattern), re.compile(pattern)
    undecided = 0
    for _ in range(400):
        digits = "".join(dice.choices("0126789", k=dice.randrange(1, 13)))
        looked_at = dice.randrange(len(digits) + 1)
        others = len(digits) - looked_at
        whole = compiled.fullmatch(digits) is not None
        assert found.after(digits).decided(0) is whole
        decided = found.after(digits[:looked_at]).decided(others)
        undecided += decided is None
        assert decided in (whole, None)
        if not found.after(digits[:looked_at]).may_end_within(others):
            match = compiled.match(digits)
            assert match is None or match.end() <= looked_at
    assert undecided


@pytest.mark.parametrize("pattern", [r"6\w", "6(7", "(?=6)7", "6+", "6)"])
def test_what_no_numbering_plan_writes_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="expected a pattern of digits"):
        expression(pattern)


def test_equal_patterns_are_one_expression() -> None:
    assert expression(r"[06]\d{3}").after("0") is expression(r"7\d{3}").after("7")
    assert expression(r"1\d|2\d").after("1") is expression(r"1\d|2\d").after("2")
