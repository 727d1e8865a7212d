"""Runs: the segments of a marked text, cut where their marks change."""

from __future__ import annotations

from bisect import bisect_left

from septet import _kernel

from .marks import COSTS_MORE, SIGNS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from septet.planning.composed import Segment

    from .marked import Marked, Style
    from .speaker import Speaker


def drawn(segments: Sequence[Segment], marked: Marked, speak: Speaker) -> list[dict[str, Any]]:
    """Each segment with its runs, which join to its text; their units sum to the segment's."""
    looks = [_look(style, marked, speak) for style in marked.styles]
    boxes = any(style.boxed for style in marked.styles)
    found = []
    places = sorted(marked.deleted)
    for number, segment in enumerate(segments, 1):
        runs = _kernel.runs(
            marked.text, marked.at, marked.units, segment.start, segment.end, looks, "text", "units"
        )
        if boxes:
            _write_boxes(runs)
        if places:
            runs = _with_deletions(runs, segment.start, number == len(segments), places, marked, speak)
        found.append({"number": number, "units": segment.units, "capacity": segment.capacity, "runs": runs})
    return found


def _look(style: Style, marked: Marked, speak: Speaker) -> dict[str, Any]:
    """A run of a style, without its text and units."""
    entry, cost, boxed = style
    mark = reason = None
    sign = ""
    if entry is not None:
        cause = marked.legend.entries[entry].cause
        mark = cause.mark
        sign = "" if mark is None or mark == COSTS_MORE else SIGNS[mark]
        sign = f"{sign}{cost}" if cost else sign
        reason = None if cause.reason is None else cause.reason(speak)
    box = "" if boxed else None
    return {
        "text": "",
        "units": 0,
        "mark": mark,
        "sign": sign,
        "reason": reason,
        "legend": entry,
        "box": box,
    }


def _write_boxes(runs: Iterable[dict[str, Any]]) -> None:
    """Writes the code points of what is in boxes."""
    for run in runs:
        if run["box"] is not None:
            run["box"] = " ".join([f"U+{ord(character):04X}" for character in run["text"]])


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
    """A part of a run that ends at `end`: from `begin` to `stop`."""
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
