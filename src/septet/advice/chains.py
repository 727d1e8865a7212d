"""Chains: two sets of ways, one after the other, combined into ways for the text itself."""

from __future__ import annotations

from typing import NamedTuple

from .rewriting import rewritten
from .ways import Way

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class _Placed(NamedTuple):
    """A way, and its place in the text between the two sets."""

    start: int
    end: int
    is_first: bool
    way: Way


def chained(text: str, first: Sequence[Way], second: Sequence[Way]) -> list[Way]:
    """The ways with the same result for a text as `first` and then `second`.

    If both touch the same characters, they become one way, with the step that shows more; but
    markup stays markup, whatever its character becomes.
    """
    if not first or not second:
        return list(first or second)
    between = rewritten(text, first)
    placed = sorted(_placed(first, second), key=lambda one: (one.start, one.end))
    found: list[Way] = []
    shift = number = 0  # from the text to the text between
    while number < len(placed):
        together, end = [placed[number]], placed[number].end
        number += 1
        while number < len(placed) and placed[number].start < end:
            together.append(placed[number])
            end = max(end, placed[number].end)
            number += 1
        start = together[0].start
        at = start - shift
        shift += sum(len(one.way.replacement) - len(one.way.source) for one in together if one.is_first)
        if len(together) == 1:
            found.append(together[0].way._replace(start=at, end=end - shift))
            continue
        later = [
            one.way._replace(start=one.start - start, end=one.end - start)
            for one in together
            if not one.is_first
        ]
        source, written = text[at : end - shift], rewritten(between[start:end], later)
        worst = max((one.way for one in together), key=_weight)
        found.append(Way(at, end - shift, source, written, worst.step, worst.loss))
    return found


def _weight(way: Way) -> tuple[bool, int]:
    return way.step == "markup", way.loss


def _placed(first: Sequence[Way], second: Sequence[Way]) -> Iterator[_Placed]:
    shift = 0
    for way in first:
        start = way.start + shift
        yield _Placed(start, start + len(way.replacement), True, way)
        shift += len(way.replacement) - len(way.source)
    for way in second:
        yield _Placed(way.start, way.end, False, way)


def still_seen(mended: Sequence[Way], made: Sequence[Way]) -> list[Way]:
    """Those of `mended` that still show in the result where other ways change the same text.

    A blank before an emoji goes with the emoji at the end of a line.
    """
    blanks = {way.start for way in made if way.replacement.startswith(" ")}
    return [way for way in mended if way.step != "blank" or way.start in blanks]
