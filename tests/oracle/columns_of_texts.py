"""What columns of texts are compared by: texts of every kind that counting rules differ in, and planners."""

from __future__ import annotations

from functools import cache, lru_cache
from random import Random
from typing import Any, NamedTuple

from mechanisms import TRIED

import septet

#: Written by hand: some profile cuts, replaces, refuses or counts each of them in its own way.
_BY_HAND = [
    "abc",
    "",
    " ",
    "ça … €",
    "é€" * 60,
    "😀" * 70,
    "STOP 36034",
    "stop au 36111 déjà",
    "a\r\nb\rc\n",
    "\r",
    "^~[]{}\\|",
    "x" * 800,
    "]" * 153,
    "ğü ışık",
    "“Sale” — 50 % off… " * 8,
    "“Sale” — 50 % off… 😀" * 8,
    "👍🏽" * 40,
    "👩\u200d👩\u200d👧 en famille",
    "Cafe\u0301 offert",
    "STOP au [STOP_CODE]",
    "\0\x1b",
    "tab\there",
    "NBSP\u00a0narrow\u202fend",
    "ﬁn de l’été",
    "reçu",
    "https://example.com/a?b=[1]",
    "Пример",
]
_PIECES = [
    "Bonjour ",
    "’",
    "ç",
    "ê",
    "€",
    "[",
    "\r\n",
    "\r",
    "😀",
    "é",
    "e\u0301",
    "STOP",
    "x" * 40,
    "—",
    "ñ",
    "\u200d",
]


def texts() -> list[str]:
    """The texts by hand, and as many drawn from pieces; the same each time."""
    chance = Random("columns of texts")
    drawn = ["".join(chance.choices(_PIECES, k=chance.randrange(1, 24))) for _ in _BY_HAND]
    return [*_BY_HAND, *drawn]


def with_nulls(rows: list[str]) -> list[str | None]:
    """The same with nulls in between, at the beginning and at the end."""
    found: list[str | None] = [None]
    for place, row in enumerate(rows):
        found += [row, None] if place % 5 == 0 else [row]
    return [*found, None]


#: Options that make a difference to what is shown or billed; each holds for some profiles.
_OPTIONS: list[dict[str, Any]] = [
    {"commercial": True},
    {"encoding": "gsm7"},
    {"encoding": "ucs2", "commercial": True},
    {"optout": "if-free", "commercial": True},
    {"truncate": True, "max_segments": 1},
    {"truncate": "words", "truncate_mark": "...", "max_segments": 1, "commercial": True},
    {"language": "auto"},
]


@lru_cache(maxsize=1)
def planners() -> tuple[septet.Planner, ...]:
    """For the profiles that differ by mechanism, a planner without options and two with some offered."""
    found = []
    for number, profile in enumerate(TRIED):
        found.append(septet.Planner(profile))
        offered = [options for options in _OPTIONS if _takes(profile, options)]
        found += [septet.Planner(profile, **offered[(2 * number + place) % len(offered)]) for place in (0, 1)]
    return tuple(found)


def _takes(profile: str, options: dict[str, Any]) -> bool:
    try:
        septet.Planner(profile, **options)
    except septet.OptionError:
        return False
    return True


class Answer(NamedTuple):
    """The facts of a plan about a text."""

    measure: septet.Measure
    text: str


def answers(part: slice = slice(None)) -> dict[septet.Planner, tuple[Answer | None, ...]]:
    """What some planners say of the texts with nulls, by `septet.plan`; all unless a part is named.

    A step of 3 leaves one of each profile.
    """
    return {planner: _answers(planner) for planner in planners()[part]}


@cache
def _answers(planner: septet.Planner) -> tuple[Answer | None, ...]:
    rows = with_nulls(texts())
    return tuple(None if row is None else _answer(planner.plan(row)) for row in rows)


def _answer(plan: septet.Plan) -> Answer:
    return Answer(septet.Measure(plan.encoding, plan.units, plan.billed_segments), plan.text)
