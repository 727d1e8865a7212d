"""A million characters: the work is counted, not timed.

Everything that weighs a text goes through `Weights.codes` in the kernel's Python twin, so that
the characters handed to it are the work done.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import septet
from septet import _kernel
from septet._kernel import python as twin
from septet.planning import planner as planning

pytestmark = pytest.mark.long

MILLION = 1_000_000

CASES: list[tuple[str, str, dict[str, Any]]] = [
    ("gsm", "a", {}),
    ("gsm", "€", {}),
    ("gsm", "я", {}),
    ("gsm", "😀", {}),
    ("gsm", "\ud83d", {}),
    ("gsm", "a", {"truncate": True}),
    ("gsm", "e\u0301", {"truncate": True, "max_segments": 1}),
    ("gsm", "\u0301", {"truncate": True, "max_segments": 1}),
    ("gsm", "🇫", {"truncate": True, "max_segments": 2}),
    ("gsm", "😀\u200d", {"truncate": True, "max_segments": 3}),  # all of it is one cluster
    ("encom", "STOP AU ", {"commercial": True}),
    ("smspartner", "œ^", {"commercial": True}),
    ("smspartner", "\r\n", {"truncate": True}),
    ("smspartner", "…", {"encoding": "auto"}),
    ("smspartner", ":br:", {}),
    ("smsmode", "ç", {"commercial": True}),
    ("smsmode", "€ ", {"optout": "if-free"}),
    ("envoyersmspro", "^\n", {"truncate": True, "max_segments": 3}),
    ("gsm", "mot ", {"truncate": "words", "truncate_mark": "...", "max_segments": 2}),
    ("gsm", "a", {"truncate": "words", "max_segments": 2}),
    ("gsm", "12 ", {"truncate": "words", "max_segments": 2}),
    ("gsm", "https://ex.fr/a ", {"truncate": "words", "max_segments": 2}),
    ("gsm", "\u0301", {"truncate": "words", "max_segments": 2}),
    ("gsm", "😀\u200d", {"truncate": "words", "max_segments": 2}),
    ("smspartner", "\r\n", {"truncate": "words", "max_segments": 2}),
]
IDS = [f"{profile} {text!a} {' '.join(options)}".strip() for profile, text, options in CASES]


class Scale:
    """How many characters were weighed, in how many pieces of which length."""

    def __init__(self) -> None:
        self.lengths: list[int] = []

    def take(self) -> list[int]:
        taken, self.lengths = self.lengths, []
        return taken


@pytest.fixture
def scale() -> Iterator[Scale]:
    scale = Scale()

    class Weights(twin.Weights):
        def codes(self, text: str) -> bytes:
            scale.lengths.append(len(text))
            return super().codes(text)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_kernel, "Weights", Weights)
        patch.setattr(_kernel, "Candidate", twin.Candidate)
        patch.setattr(_kernel, "Meter", twin.Meter)
        planning.forget_planners()
        yield scale
    planning.forget_planners()


@pytest.mark.parametrize(("profile", "text", "options"), CASES, ids=IDS)
def test_a_million_characters_are_weighed_a_few_times(
    scale: Scale, profile: str, text: str, options: dict[str, Any]
) -> None:
    planner = septet.Planner(profile, **options)
    scale.take()
    long = text * (MILLION // len(text))
    planner.count(long)
    assert sum(scale.take()) <= 10 * MILLION
    planner.plan(long)
    assert sum(scale.take()) <= 10 * MILLION


@pytest.mark.parametrize("text", ["a", "€", "я", "e\u0301", "\u0301", "œ^"], ids=ascii)
def test_a_cut_looks_only_near_it(scale: Scale, text: str) -> None:
    """Beside passes over the whole text, what is weighed does not grow with it."""
    planner = septet.Planner("smspartner", encoding="auto", commercial=True, truncate=True, max_segments=2)
    near = []
    for times in (50_000, 100_000):
        long = text * times
        scale.take()
        assert planner.plan(long).truncated > 0
        near.append(sum(length for length in scale.take() if length < len(long)))
    assert near[0] == near[1] < 20_000
