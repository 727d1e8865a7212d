"""Runs: the segments of a marked text, cut where what they are marked with changes."""

from __future__ import annotations

import re
from bisect import bisect_left

from .marks import COSTS_MORE, SIGNS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from septet.planning.composed import Segment

    from .marked import Marked, Style
    from .speaker import Speaker

    # The mark, its sign, the reason, the line of the legend, and whether it is boxed.
    Look = tuple[str | None, str, str | None, int | None, bool]

# Characters of the same style, and that style.
_ALIKE = re.compile(r"((.)\2*)", re.DOTALL)


def drawn(segments: Sequence[Segment], marked: Marked, speak: Speaker) -> list[dict[str, Any]]:
    """Each segment with its runs, which join to its text; their units sum to the segment's."""
    looks = {chr(place): _look(style, marked, speak) for place, style in enumerate(marked.styles)}
    found = []
    places = sorted(marked.deleted)
    for number, segment in enumerate(segments, 1):
        runs = _runs(segment.start, segment.end, marked, looks)
        if places:
            runs = _with_deletions(runs, segment.start, number == len(segments), places, marked, speak)
        found.append({"number": number, "units": segment.units, "capacity": segment.capacity, "runs": runs})
    return found


def _look(style: Style, marked: Marked, speak: Speaker) -> Look:
    entry, cost, boxed = style
    if entry is None:
        return None, "", None, None, boxed
    cause = marked.legend.entries[entry].cause
    sign = "" if cause.mark is None or cause.mark == COSTS_MORE else SIGNS[cause.mark]
    reason = None if cause.reason is None else cause.reason(speak)
    return cause.mark, f"{sign}{cost}" if cost else sign, reason, entry, boxed


def _runs(start: int, end: int, marked: Marked, looks: dict[str, Look]) -> list[dict[str, Any]]:
    """The parts of a segment that have one style each."""
    text, units_of, heavy = marked.text, marked.units, marked.heavy
    parts = _ALIKE.findall(marked.at, start, end) if marked.at else [(text[start:end], "\0")]
    runs = []
    for part, style in parts:
        stop = start + len(part)
        mark, sign, reason, entry, boxed = looks[style]
        characters = text[start:stop]
        runs.append(
            {
                "text": characters,
                "units": sum(units_of[start:stop]) if heavy else stop - start,
                "mark": mark,
                "sign": sign,
                "reason": reason,
                "legend": entry,
                "box": " ".join([f"U+{ord(character):04X}" for character in characters]) if boxed else None,
            }
        )
        start = stop
    return runs


def _with_deletions(
    runs: list[dict[str, Any]], start: int, last: bool, places: list[int], marked: Marked, speak: Speaker
) -> list[dict[str, Any]]:
    """The same, with an empty run at each of the places where something was deleted."""
    found = []
    begin = start
    for run in runs:
        text = run["text"]
        end = begin + len(text)
        for place in places[bisect_left(places, begin) : bisect_left(places, end)]:
            if place > begin:
                found.append(_part(run, text, begin, place, end, marked))
            found.append(_empty(marked.deleted[place], marked, speak))
            begin = place
        found.append(_part(run, text, begin, end, end, marked))
        begin = end
    if last and begin in marked.deleted:
        found.append(_empty(marked.deleted[begin], marked, speak))
    return found


def _part(run: dict[str, Any], text: str, begin: int, stop: int, end: int, marked: Marked) -> dict[str, Any]:
    """A run from one place to another, where it ends at a third."""
    if stop - begin == len(text):
        return run
    first = len(text) - (end - begin)
    boxes = run["box"] and run["box"].split(" ")[first : first + stop - begin]
    return run | {
        "text": text[first : first + stop - begin],
        "units": sum(marked.units[begin:stop]),
        "box": boxes and " ".join(boxes),
    }


def _empty(entry: int, marked: Marked, speak: Speaker) -> dict[str, Any]:
    cause = marked.legend.entries[entry].cause
    return {
        "text": "",
        "units": 0,
        "mark": cause.mark,
        "sign": SIGNS[cause.mark or ""],
        "reason": cause.reason and cause.reason(speak),
        "legend": entry,
        "box": None,
    }
