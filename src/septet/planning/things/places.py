"""Places: which things of a text a change or a cut touches."""

from __future__ import annotations

from bisect import bisect_right

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from .thing import Thing


def touched(found: Sequence[Thing], start: int, end: int) -> Sequence[Thing]:
    """Those of a text's things, given in their order, that have a character in ``text[start:end]``.

    If `start` is `end`, as for a cut and for an insertion: the one that has this place inside.
    """
    first = bisect_right(found, start, key=lambda thing: thing.end)
    last = first
    while last < len(found) and found[last].start < end:
        last += 1
    return found[first:last]
