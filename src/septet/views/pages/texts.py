"""Texts on a page: a message in its bubbles, segment by segment, and the written text, with marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from septet.gsm.segmentation import MOST_SEGMENTS
from septet.planning.drawing.marks import cause_of
from septet.planning.drawing.speaker import speaker
from septet.wording.messages import counted, said
from septet.wording.speaking import language_spoken, spoken

from .page import Node, box, line_break, tag

if TYPE_CHECKING:
    from typing import Any

    from septet.planning.plans import Plan

    Drawn = dict[str, Any]

#: So many characters are shown of what was cut off, and of the text as it was written.
MOST_CUT, MOST_WRITTEN = 2000, 20_000

#: The class of each mark in the style sheet.
CLASSES = {
    "lost": "lost",
    "forces-ucs2": "forces",
    "changed": "changed",
    "costs-more": "costs",
    "deleted": "deleted",
    "added": "mention",
    "mention": "mention",
}


def bubbles(drawing: Drawn, most: int = MOST_SEGMENTS) -> Element:
    """The phone: a bubble for each of the first `most` segments, with its marks and how full it is."""
    segments = drawing["segments"]
    items = [_bubble(segment, len(segments)) for segment in segments[:most]]
    if not segments:
        nothing = tag("p", said("The phone would show nothing."), class_="none")
        items.append(tag("li", tag("div", nothing, class_="bubble")))
    if (more := len(segments) - most) > 0:
        words = counted("and %(number)s more segment", "and %(number)s more segments", more)
        items.append(tag("li", words, class_="soft"))
    label = spoken(said("The message on the phone, segment by segment"))
    return tag("ol", items, class_="phone", aria_label=label)


def _bubble(segment: Drawn, of: int) -> Element:
    used = 100 * segment["units"] / segment["capacity"]
    runs = segment["runs"]
    # The sign of a deletion at the end is on a blank; elsewhere it is where the text continues.
    shown = [node for run in runs[:-1] for node in _run(run)]
    shown += _run(runs[-1], blank=segment["number"] == of)
    return tag(
        "li",
        tag(
            "div",
            tag("strong", said("Segment %(number)s of %(of)s", number=segment["number"], of=of)),
            tag("span", said("%(number)s of %(of)s units", number=segment["units"], of=segment["capacity"])),
            class_="segment",
        ),
        tag("div", tag("div", shown, class_="text", dir="auto"), class_="bubble"),
        tag("div", tag("span", style=f"width:{min(used, 100):.1f}%"), class_="usage", aria_hidden="true"),
    )


def _run(run: Drawn, *, blank: bool = False) -> Iterator[Node]:
    """A run, in an element of its own if it is marked; on a blank if it has no character."""
    shown = map(box, run["text"]) if run["box"] else _lines(run["text"])
    if run["mark"] is None:
        yield from shown
        return
    sign = None if run["mark"] in ("added", "mention") else run["sign"]
    content = shown if run["text"] or not blank else " "
    yield tag("mark", content, class_=CLASSES[run["mark"]], data_sign=sign, title=run["reason"])


def written(plan: Plan) -> Element:
    """The text as it was given, with marks on what was changed or cut."""
    original, speak = plan.original, speaker(language_spoken())
    parts: list[Node] = []
    place = 0
    for change in plan.changes:
        if change.start >= MOST_WRITTEN:
            break
        is_cut = change.reason == "truncated"
        cause = None if is_cut else cause_of(change)
        if cause is not None and cause.reason is None:
            continue
        parts.extend(_lines(original[place : change.start]))
        source = change.source[: MOST_CUT if is_cut else None]
        class_, title = "cut", spoken(said("cut off"))
        if cause is not None and cause.reason is not None:
            class_, title = CLASSES[cause.mark or ""], cause.reason(speak)
        parts.append(tag("mark", *_lines(source), class_=class_, title=title))
        parts.extend(_more(len(change.source) - len(source)))
        place = change.end
    end = max(place, min(MOST_WRITTEN, len(original)))
    parts.extend(_lines(original[place:end]))
    parts.extend(_more(len(original) - end))
    return tag("p", *parts, class_="written", dir="auto")


def _more(characters: int) -> list[Element]:
    """How many characters are not shown."""
    words = counted(" and %(number)s more character", " and %(number)s more characters", characters)
    return [tag("span", words, class_="soft")] if characters > 0 else []


def _lines(text: str) -> Iterator[Node]:
    """A text with its line breaks, if white space is kept."""
    first, *others = text.replace("\r\n", "\n").split("\n")
    yield first
    for line in others:
        yield from line_break()
        yield line
