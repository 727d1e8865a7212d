"""Evidence: the hypotheses that the rows support, from the number of rows that each would change.

Rows are counted by a set of hypotheses, as bits. For a row that agrees, these are the hypotheses that would
change it, which it is evidence against; for a row that differs, those that explain it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import log
from typing import NamedTuple

#: How much likelier than accidents a named cause has to be, as the logarithm of the odds: some fifty
#: hypotheses are tried, and hardly one log in a hundred may get a false cause. Where most rows that it
#: would change are unchanged, the cause may be something like it, and more evidence is needed.
_CERTAIN, _CERTAIN_OF_A_PART = 9.0, 20.0
# Even where all rows differ, an accident is not the expected cause.
_MOST_ACCIDENTS = 0.9
#: The fewest rows that are evidence: a single one could be an accident.
_FEWEST = 2


class Named(NamedTuple):
    """A hypothesis that the rows are evidence of."""

    #: Its place among all.
    place: int
    #: The rows that it explains and that no other before it does; those that agree and that it would change.
    rows: int
    against: int
    #: The sets of hypotheses of the rows that it explains.
    patterns: tuple[int, ...]
    #: The places of those that explain exactly the same rows.
    alike: tuple[int, ...]


def named(agreeing: Mapping[int, int], differing: Mapping[int, int], places: Sequence[int]) -> list[Named]:
    """The hypotheses that explain rows that differ, the likeliest first.

    Where several explain the same rows equally well, the first is taken, and the others are listed with it.
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
        # In a log of few rows nothing is certain: a hypothesis that explains all rows that differ, and that
        # no row contradicts, is reported.
        if score < needed and (rows < differ or against[place] or found):
            break
        found.append(_named(place, left, differing, against))
        for pattern in found[-1].patterns:
            del left[pattern]
    return found


def named_together(
    agreeing: Mapping[int, int], differing: Mapping[int, int], left: Mapping[int, int], places: Sequence[int]
) -> list[Named]:
    """The hypotheses, each made of several causes, that explain the remaining rows."""
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
    """A hypothesis with the remaining rows that it explains, and those that explain the same of all rows."""

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

    Accidents are equally likely in any row, as often as rows differ, and at most half of them give what the
    hypothesis predicts. Where it holds, it holds with the same probability for each row that it would
    change: 1, or less where it holds for only a part of the log.
    """
    accident = min(_MOST_ACCIDENTS, differ / (differ + agreed))
    chance = accident / (2 - accident)
    score = _likelier(rows, against, chance)
    if rows >= against:
        # Where most rows differ, a hypothesis that explains them all is no accident either.
        score = max(score, _likelier(rows, differ - rows, 0.5))
    return score


def _likelier(happened: int, others: int, chance: float) -> float:
    """How much likelier this many rows are at their own rate than by chance, as a logarithm; 0 for fewer
    rows than by chance."""
    share = happened / (happened + others)
    if share <= chance:
        return 0.0
    score = happened * log(share / chance)
    return score + others * log((1 - share) / (1 - chance)) if others else score


def bits_of(places: Sequence[int]) -> int:
    """The set of some hypotheses."""
    return sum(1 << place for place in set(places))
