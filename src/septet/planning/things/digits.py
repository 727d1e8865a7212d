"""Digits: where a text has some, and the matches of patterns there, so that these are tried nowhere else."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Runs = Sequence[tuple[int, int]]

#: Fractions that are one character.
FRACTIONS = "½¼¾"
_RUN = re.compile(rf"[\d{FRACTIONS}]\d*+")


def runs(text: str) -> Runs:
    """The runs of digits of a text, as (start, end); a fraction begins one."""
    return [run.span() for run in _RUN.finditer(text)]


def found_at(pattern: re.Pattern[str], text: str, digits: Runs) -> Iterator[re.Match[str]]:
    """The matches of a pattern that begins with the first digit of a run, as `finditer` finds them."""
    end = 0
    for start, _ in digits:
        if start >= end and (match := pattern.match(text, start)) is not None:
            yield match
            end = match.end()


def found_near(pattern: re.Pattern[str], text: str, digits: Runs, before: int) -> Iterator[re.Match[str]]:
    """As `found_at`, for a pattern with at most so many characters before its first digit.

    No match begins or ends within a run. The search for each goes on from the end of the one before, so that
    the work is linear.
    """
    end = 0
    for start, _ in digits:
        if start >= end:
            match = pattern.search(text, max(end, start - before))
            if match is None:
                return
            yield match
            end = match.end()
