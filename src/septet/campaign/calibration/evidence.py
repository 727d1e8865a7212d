"""Evidence: which hypotheses the rows speak for, from how many rows each of them would change.

Rows are counted by the set of hypotheses that hold for them, as bits: of a row that agrees, those that
would have it otherwise, which it speaks against; of a row that differs, those that explain it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

#: How much likelier than accidents what is named has to be, as the logarithm of the odds: some fifty
#: hypotheses are tried, and hardly one log in a hundred may have a cause that none has. Where most rows
#: that it would change are not, something like it may be at work, and more has to speak for it.
_CERTAIN, _CERTAIN_OF_A_PART = 9.0, 20.0
# Even where all rows differ, an accident is not what is to be expected.
_MOST_ACCIDENTS = 0.9
#: So many rows show what one could by accident.
_FEWEST = 2


class Named(NamedTuple):
    """A hypothesis that the rows speak for."""

    #: Its place among all.
    place: int
    #: The rows that it explains, and no other before it; those that agree and that it would change.
    rows: int
    against: int
    #: The sets of hypotheses of the rows that it explains.
    patterns: tuple[int, ...]
    #: The places of those that explain the very same rows.
    alike: tuple[int, ...]


def named(agreeing: Mapping[int, int], differing: Mapping[int, int], places: Sequence[int]) -> list[Named]:
    """Those of some hypotheses that explain rows that differ, the likeliest first.

    Of several that explain the same rows as well, the first; the others are told beside it.
    """
    agreed = sum(agreeing.values())
    against = {place: _rows_with(agreeing, place) for place in places}
    left = dict(differing)
    found: list[Named] = []
    while left:
        differ = sum(left.values())
        scores = [
            (_score(rows, against[place], differ, agreed), -place)
            for place in places
            if (rows := _rows_with(left, place)) >= _FEWEST
        ]
        if not scores:
            break
        score, place = max(scores)
        place = -place
        rows = _rows_with(left, place)
        needed = _CERTAIN if rows >= against[place] else _CERTAIN_OF_A_PART
        # In a log of few rows nothing is certain: what explains all, and is spoken against by none, is told.
        if score < needed and (rows < differ or against[place] or found):
            break
        found.append(_named(place, left, differing, against))
        for pattern in found[-1].patterns:
            del left[pattern]
    return found


def named_together(
    agreeing: Mapping[int, int], differing: Mapping[int, int], left: Mapping[int, int], places: Sequence[int]
) -> list[Named]:
    """Those of some hypotheses, each made of several causes, that explain what is left of the rows."""
    against = {place: _rows_with(agreeing, place) for place in places}
    rest = dict(left)
    found: list[Named] = []
    for place in sorted(places, key=lambda place: -_rows_with(rest, place)):
        if _rows_with(rest, place):
            found.append(_named(place, rest, differing, {place: against[place]}))
            for pattern in found[-1].patterns:
                del rest[pattern]
    return found


def _named(
    place: int, left: Mapping[int, int], differing: Mapping[int, int], against: Mapping[int, int]
) -> Named:
    """A hypothesis with what it explains of what is left, and those that explain the very same of all."""

    def explained(one: int) -> list[int]:
        return [pattern for pattern in differing if pattern >> one & 1]

    alike = tuple(
        other
        for other in against
        if other != place and against[other] == against[place] and explained(other) == explained(place)
    )
    patterns = tuple(pattern for pattern in left if pattern >> place & 1)
    return Named(place, _rows_with(left, place), against[place], patterns, alike)


def _rows_with(patterns: Mapping[int, int], place: int) -> int:
    return sum(rows for pattern, rows in patterns.items() if pattern >> place & 1)


def _score(rows: int, against: int, differ: int, agreed: int) -> float:
    """The logarithm of how much likelier a hypothesis makes its rows than mere accidents would.

    Accidents happen to any row alike, as often as rows differ, and half of them at most come to what the
    hypothesis says. Where it holds, it holds for the rows that it would change with the same probability: 1,
    or less where it holds for a part of the log alone.
    """
    accident = min(_MOST_ACCIDENTS, differ / (differ + agreed))
    chance = accident / (2 - accident)
    score = _likelier(rows, against, chance)
    if rows >= against:
        # Where most rows differ, what explains them all does so by no accident either.
        score = max(score, _likelier(rows, differ - rows, 0.5))
    return score


def _likelier(happened: int, others: int, chance: float) -> float:
    """How much likelier so many are at their own rate than by chance, as a logarithm; 0 for fewer."""
    share = happened / (happened + others)
    if share <= chance:
        return 0.0
    score = happened * log(share / chance)
    return score + others * log((1 - share) / (1 - chance)) if others else score


def bits_of(places: Sequence[int]) -> int:
    """The set of some hypotheses."""
    return sum(1 << place for place in set(places))
