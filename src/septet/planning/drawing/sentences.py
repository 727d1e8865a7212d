"""Sentences: the problems of a message for people; the same words about several places appear once."""

from __future__ import annotations

from septet.wording.problems import SEVERITY_ORDER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from typing import Any

    from septet.wording.problems import Problem

    from .speaker import Speaker

# Problems with the same words name so many places in their sentence; all places are listed.
_NAMED_PLACES = 6


def sentences(
    problems: Sequence[Problem], speak: Speaker, placed: Callable[[dict[str, Any]], dict[str, Any]]
) -> list[dict[str, Any]]:
    """What the sender must know, the worst first, in plain JSON types. `placed` counts `start` and `end`."""
    if not problems:
        return []
    return [
        {
            "severity": alike[0].severity,
            "code": alike[0].code,
            "text": sentence(alike, speak),
            "places": [
                placed({"start": problem.start, "end": problem.end})
                for problem in alike
                if problem.start is not None
            ],
        }
        for alike in sorted(said_once(problems), key=lambda alike: SEVERITY_ORDER.index(alike[0].severity))
    ]


def said_once(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Groups problems with the same words about several places."""
    found: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.code, problem.message, problem.vendor_code), []).append(problem)
    return list(found.values())


def sentence(problems: Sequence[Problem], speak: Speaker) -> str:
    """Problems that only differ in their places, in plain words on one line, with the vendor's own code.

    Places are counted from 1, in characters.
    """
    problem = problems[0]
    words = speak.words(problem.message)
    if problem.vendor_code is not None and problem.vendor_message:
        words = speak.said(
            "%(message)s (vendor code %(code)s: %(vendor)s)",
            message=words,
            code=problem.vendor_code,
            vendor=problem.vendor_message,
        )
    elif problem.vendor_code is not None:
        words = speak.said("%(message)s (vendor code %(code)s)", message=words, code=problem.vendor_code)
    if problem.start is None:
        return words
    return speak.counted(
        "character %(places)s: %(message)s",
        "characters %(places)s: %(message)s",
        len(problems) if len(problems) > 1 else (problem.end or 0) - problem.start,
        places=_places(problems, speak),
        message=words,
    )


def _places(problems: Sequence[Problem], speak: Speaker) -> str:
    listed = ", ".join(map(_place, problems[:_NAMED_PLACES]))
    more = len(problems) - _NAMED_PLACES
    return speak.said("%(places)s and %(number)s more", places=listed, number=more) if more > 0 else listed


def _place(problem: Problem) -> str:
    first, last = (problem.start or 0) + 1, problem.end or 0
    return f"{first}\u2013{last}" if last > first else str(first)
