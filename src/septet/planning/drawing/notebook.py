"""Notebooks: a drawing as a piece of HTML for use within another page, with its own styles.

All texts are escaped here, and characters without a shape of their own are shown by their code points.
"""

from __future__ import annotations

from html import escape

from .shapes import Shape, shape_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

# The most segments, lines of the legend and sentences that a notebook shows.
_MOST_SEGMENTS, _MOST_LINES = 20, 40

_COLOURS = {
    "lost": "#b3261e",
    "forces-ucs2": "#8a2be2",
    "changed": "#00707a",
    "costs-more": "#8a5a00",
    "deleted": "#b3261e",
    "added": "#1b6e3c",
    "mention": "#1b6e3c",
}
_LINES = {"lost": "double", "changed": "dashed", "added": "dotted", "mention": "dotted"}
_BUBBLE = (
    "white-space:pre-wrap;border:1px solid #8888;border-radius:.2em 1em 1em 1em;"
    "padding:.3em .8em;max-width:32em"
)


def notebook(drawing: dict[str, Any]) -> str:
    """A drawing as HTML."""
    segments = drawing["segments"]
    parts = [
        _tag("p", "", _text(drawing["verdict"]), style="font-weight:600"),
        *(_segment(segment, len(segments)) for segment in segments[:_MOST_SEGMENTS]),
    ]
    if len(segments) > _MOST_SEGMENTS:
        parts.append(_tag("p", "", f"… {len(segments) - _MOST_SEGMENTS}"))
    parts.append(_list(_legend(drawing["legend"])))
    parts.append(_list(_text(sentence["text"]) for sentence in drawing["sentences"]))
    facts = (f"<b>{_text(fact['label'])}</b> {_text(fact['text'])}" for fact in drawing["facts"])
    parts.append(_list(facts))
    return _tag("div", "septet-plan", "".join(parts), lang=drawing["lang"])


def _segment(segment: dict[str, Any], of: int) -> str:
    head = f"{segment['number']}/{of} · {segment['units']}/{segment['capacity']}"
    runs = "".join(map(_run, segment["runs"]))
    return _tag("small", "", head) + _tag("div", "septet-segment", runs, style=_BUBBLE, dir="auto")


def _run(run: dict[str, Any]) -> str:
    shown = _boxed(run["box"]) if run["box"] else _text(run["text"])
    mark = run["mark"]
    if mark is None:
        return shown
    style = f"color:{_COLOURS[mark]};background:none;border-bottom:2px {_LINES.get(mark, 'solid')}"
    sign = _tag("sup", "", escape(run["sign"])) if mark not in ("added", "mention") else ""
    return _tag("mark", f"septet-{mark}", shown + sign, style=style, title=run["reason"])


def _legend(entries: Iterable[dict[str, Any]]) -> Iterable[str]:
    for entry in entries:
        examples = " ".join(_example(example) for example in entry["examples"])
        yield f"<b>{escape(entry['sign'])}</b> {_text(entry['text'])}: {examples}"


def _example(example: dict[str, Any]) -> str:
    became = f" → {_text(example['becomes'])}" if example["becomes"] else ""
    return _tag("bdi", "", _text(example["text"]) + became, title=example["name"])


def _list(items: Iterable[str]) -> str:
    listed = [*items]
    shown = "".join(_tag("li", "", item) for item in listed[:_MOST_LINES])
    if len(listed) > _MOST_LINES:
        shown += _tag("li", "", f"… {len(listed) - _MOST_LINES}")
    return _tag("ul", "", shown, style="list-style:none;padding:0") if listed else ""


def _text(text: str) -> str:
    """A text as HTML; characters that would not be seen are shown by their code points."""
    if text.isascii() and text.isprintable():
        return escape(text)
    return "".join(
        _boxed(f"U+{ord(character):04X}") if shape_of(character) is Shape.NONE else escape(character)
        for character in text
    )


def _boxed(points: str) -> str:
    style = "border:1px solid;border-radius:.25em;font:.75em monospace"
    return "".join(_tag("span", "septet-box", point, style=style) for point in points.split(" "))


def _tag(name: str, class_: str, content: str, **attributes: str | None) -> str:
    """An element; its content is already HTML, its attributes are texts."""
    named = {"class": class_ or None, **attributes}
    written = "".join(f' {key}="{escape(value)}"' for key, value in named.items() if value is not None)
    return f"<{name}{written}>{content}</{name}>"
