"""Runs of blanks that a vendor collapses: their places, the text without them, and the signs of them."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

import septet
from septet.planning.white_space import WhiteSpace

RULES = [
    {"characters": characters, "line_breaks": line_breaks}
    for characters in (" ", "\t", " \t", " \u00a0\u3000", "\t\u00a0")
    for line_breaks in (None, 0, 1, 2, 3)
]
SHORT = ["".join(signs) for length in range(5) for signs in itertools.product("a \n\r\t", repeat=length)]


def texts() -> list[str]:
    dice = random.Random("blanks")
    long = ["".join(dice.choices("ab\u00a0\u3000 \t\r\n", k=dice.randint(6, 60))) for _ in range(500)]
    return SHORT + long


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_a_text_is_collapsed_as_its_runs_are(rule: dict[str, object]) -> None:
    white_space = WhiteSpace(rule)
    for text in texts():
        parts, place = [], 0
        for start, end, shown in white_space.runs(text):
            parts += text[place:start], shown
            place = end
        assert white_space.collapsed(text) == "".join([*parts, text[place:]]), text


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_only_texts_with_a_sign_have_runs(rule: dict[str, object]) -> None:
    white_space = WhiteSpace(rule)
    signs = white_space.signs
    assert signs is not None
    for text in texts():
        has_sign = any(
            sign in text if isinstance(sign, str) else not set(sign[0]).isdisjoint(text) for sign in signs
        )
        assert has_sign == any(white_space.runs(text)), text


def test_a_long_run_takes_no_longer_than_a_long_text() -> None:
    white_space = WhiteSpace({"characters": " \t", "line_breaks": 9})
    for run, shown in ((" " * 1_000_000, " "), ("\n \t" * 1_000_000, "\n" * 9)):
        assert white_space.collapsed(f"a{run}b") == f"a{shown}b"


def test_placeholders_are_replaced_among_blanks_that_are_collapsed(tmp_path: Path) -> None:
    """Each run of blanks counts as one, and each placeholder as what replaces it, in one text."""
    path = tmp_path / "mine.toml"
    rules = """
        extends = "gsm"
        [white_space]
        characters = " "
        source = "made"
        [[placeholders]]
        text = "[STOP]"
        replaced_by = "36180"
        meaning = "a number"
        source = "made"
    """
    path.write_text(rules, "utf-8")
    plan = septet.Planner(path).plan("a   b [STOP]  [STOP]c")
    assert (plan.text, plan.units) == ("a b 36180 36180c", 16)
    assert [change.source for change in plan.changes] == ["   ", "[STOP]", "  ", "[STOP]"]
