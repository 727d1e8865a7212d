"""Replacements that lead to letters of UCS-2: a vendor that replaces first, whatever the encoding."""

from __future__ import annotations

import pytest

import septet

RULES = r"""
extends = "gsm"
without = ["languages"]

[substitution]
policy = "always"
source = "my own page"

[[substitutions]]
rows = [["ế", "ê"], ["ǆ", "dž"], ["’", "'"], ["\u200b", ""]]
source = "my own page"
"""


def test_a_letter_becomes_another_one_of_ucs2() -> None:
    own = septet.Profile.from_toml(RULES)
    for text, shown, encoding, units in (
        ("tiếng’s", "tiêng's", "ucs2", 7),
        ("ǆ\u200bx", "džx", "ucs2", 3),
        ("it’s", "it's", "gsm7", 4),
        ("Ê’", "Ê'", "ucs2", 2),
    ):
        plan = septet.plan(text, own)
        assert (plan.text, plan.encoding, plan.units) == (shown, encoding, units)
        assert plan.ok
        assert septet.Planner(own).measure(text)[:2] == (encoding, units)
    # 67 in each of several, and an expansion may be cut.
    for length, segments in ((70, 1), (71, 2), (134, 2), (135, 3)):
        assert septet.count("ế" * length, own) == len(septet.plan("ế" * length, own).segments) == segments
    assert septet.count("ǆ" * 67, own) == 2
    assert septet.Planner(own).count_many(["ế" * 71, "ǆ" * 36, "’" * 160]) == [2, 2, 1]


def test_forced_gsm7_has_neither() -> None:
    plan = septet.plan("tiếng", septet.Profile.from_toml(RULES), encoding="gsm7")
    assert plan.text == "ti?ng"
    assert [problem.code for problem in plan.problems] == ["unmapped-character"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('policy = "always"', 'policy = "in-gsm7"', 'others are for policy = "always"'),
        ('["ế", "ê"]', '["e", "ê"]', "expected a replacement of characters of the alphabet, found"),
        ('["ế", "ê"]', '["ế", "🎉"]', "expected a replacement of characters of the alphabet"),
    ],
)
def test_elsewhere_they_are_refused(old: str, new: str, expected: str) -> None:
    with pytest.raises(septet.errors.ProfileError) as error:
        septet.Profile.from_toml(RULES.replace(old, new))
    assert expected in str(error.value)
