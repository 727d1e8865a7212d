"""Texts on a page: a message in its bubbles, segment by segment, and what was written, with their marks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from septet.gsm.segmentation import MOST_SEGMENTS
from septet.views.drawing.facts import count_of
from septet.views.drawing.glyphs import Form, Glyph, glyphs
from septet.views.drawing.marks import Mark, Marks, mark_of

from .page import SCREEN, Node, line_break, tag

if TYPE_CHECKING:
    from septet.planning.plans import Plan

#: Of what was cut off, and of the text as it was written, so many characters are shown.
MOST_CUT, MOST_WRITTEN = 2000, 20_000

#: The class of each mark in the style sheet.
CLASSES = {
    Mark.LOST: "lost",
    Mark.FORCES_UCS2: "forces",
    Mark.CHANGED: "changed",
    Mark.COSTS_MORE: "costs",
    Mark.DELETED: "deleted",
    Mark.MENTION: "mention",
}

_WORDS = {
    Mark.LOST: "cannot be sent",
    Mark.FORCES_UCS2: "forces UCS-2",
    Mark.CHANGED: "changed",
    Mark.COSTS_MORE: "costs more than one unit",
    Mark.DELETED: "something was deleted here",
    Mark.MENTION: "the opt-out mention",
}


def bubbles(plan: Plan, marks: Marks, most: int = MOST_SEGMENTS) -> Element:
    """The phone: a bubble for each of the first `most` segments, with its marks and how full it is."""
    items = [_bubble(plan, marks, number) for number in range(min(len(plan.segments), most))]
    if not plan.segments:
        nothing = tag("p", "The phone would show nothing.", class_="none")
        items.append(tag("li", tag("div", nothing, class_="bubble")))
    if len(plan.segments) > most:
        items.append(tag("li", f"and {count_of(len(plan.segments) - most, 'more segment')}", class_="soft"))
    return tag("ol", items, class_="phone", aria_label="The message on the phone, segment by segment")


def _bubble(plan: Plan, marks: Marks, number: int) -> Element:
    segment, whole = plan.segments[number], plan.text
    shown = list(_marked(glyphs(whole, SCREEN, segment.start, segment.end), whole, marks))
    behind = marks.behind(len(whole)) if segment.end == len(whole) else None
    if behind is not None:
        shown.append(_mark(behind, behind.sign, " "))
    used = 100 * segment.units / segment.capacity
    return tag(
        "li",
        tag(
            "div",
            tag("strong", f"Segment {number + 1} of {len(plan.segments)}"),
            tag("span", f"{segment.units} of {segment.capacity} units"),
            class_="segment",
        ),
        tag("div", tag("div", shown, class_="text", dir="auto"), class_="bubble"),
        tag("div", tag("span", style=f"width:{min(used, 100):.1f}%"), class_="usage", aria_hidden="true"),
    )


def _marked(parts: Iterable[Glyph], text: str, marks: Marks) -> Iterator[Node]:
    """Glyphs, those with a mark in an element of their own."""
    plain = ""
    mention: list[str] = []
    for glyph in parts:
        mark = marks.of(glyph)
        written = text[glyph.start : glyph.end]
        if mark is Mark.MENTION and glyph.form is not Form.LINE_BREAK:
            mention.append(written)
            continue
        if mark is None and glyph.form is not Form.LINE_BREAK:
            plain += written
            continue
        yield plain
        plain = ""
        shown = line_break() if glyph.form is Form.LINE_BREAK else [written]
        if mark is None:
            yield from shown
        else:
            yield _mark(mark, marks.sign(glyph), *shown)
    yield plain
    if mention:  # it stands at the end, and is one mark
        yield _mark(Mark.MENTION, None, "".join(mention))


def _mark(mark: Mark, sign: str | None, *shown: Node) -> Element:
    return tag("mark", *shown, class_=CLASSES[mark], data_sign=sign, title=_WORDS[mark])


def written(plan: Plan) -> Element:
    """The text as it was given, with what was changed or cut marked in it."""
    original = plan.original
    parts: list[Node] = []
    place = 0
    for change in plan.changes:
        if change.start >= MOST_WRITTEN:
            break
        mark = mark_of(change)
        if mark is None:
            continue
        parts.extend(_lines(original[place : change.start]))
        is_cut = change.reason == "truncated"
        source = change.source[: MOST_CUT if is_cut else None]
        class_, title = ("cut", "cut off") if is_cut else (CLASSES[mark], _WORDS[mark])
        parts.append(tag("mark", *_lines(source), class_=class_, title=title))
        parts.extend(_more(len(change.source) - len(source)))
        place = change.end
    end = max(place, min(MOST_WRITTEN, len(original)))
    parts.extend(_lines(original[place:end]))
    parts.extend(_more(len(original) - end))
    return tag("p", *parts, class_="written", dir="auto")


def _more(characters: int) -> list[Element]:
    """How many characters are not shown."""
    return [tag("span", f" and {characters} more characters", class_="soft")] if characters > 0 else []


def _lines(text: str) -> Iterator[Node]:
    """A text with its line breaks, where white space is kept."""
    first, *others = text.replace("\r\n", "\n").split("\n")
    yield first
    for line in others:
        yield from line_break()
        yield line
