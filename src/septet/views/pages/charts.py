"""Charts: bars as drawings within a page, drawn by Matplotlib.

Their colours and their type are those of the page, light or dark: the drawing gets the variables of the
style sheet, and text stays text.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Sequence
from typing import Any, NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from septet.wording.messages import joined, said
from septet.wording.speaking import spoken

# The colours for Matplotlib, each a placeholder for a colour of the page.
_COLOURS = {
    "#010203": "var(--accent)",
    "#020304": "var(--second)",
    "#030405": "currentColor",
    "#040506": "var(--soft)",
}
_BAR, _OTHER_BAR, _INK, _SOFT = _COLOURS

# In points of the drawing, which is as wide as its place in the page.
_WIDTH, _ROW, _BAR_HEIGHT, _TYPE = 420, 34, 20, 13

# About the width of a character at that size.
_LETTER = 8.4


class Bar(NamedTuple):
    """A bar: the text before it, its length relative to the others, the text after it."""

    label: str
    length: float
    words: str
    #: Drawn in the second colour.
    stands_out: bool = False


def bar_chart(title: str, bars: Sequence[Bar]) -> Element:
    """A drawing of bars, one below the other, from zero on. `title` is for those who do not see it.

    Raises ModuleNotFoundError if Matplotlib is not installed.
    """
    from matplotlib import rc_context
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    height = _ROW * len(bars)
    before = 12 + _LETTER * max(len(bar.label) for bar in bars)
    behind = 10 + _LETTER * max(len(bar.words) for bar in bars)
    room = max(_WIDTH - before - behind, 40)
    longest = max(bar.length for bar in bars) or 1
    # Text stays text.
    settings: dict[Any, Any] = {"svg.fonttype": "none", "font.size": _TYPE, "text.parse_math": False}
    with rc_context(settings), warnings.catch_warnings():
        # Warnings about characters that its own type lacks: the reader's type has them.
        warnings.simplefilter("ignore")
        figure = Figure(figsize=(_WIDTH / 72, height / 72))
        figure.patch.set_visible(False)
        plane = figure.add_axes((0, 0, 1, 1))
        plane.set_axis_off()
        plane.set_xlim(0, _WIDTH)
        plane.set_ylim(height, 0)
        for number, bar in enumerate(bars):
            middle = _ROW * (number + 0.5)
            # Anything above zero stays visible.
            length = max(room * bar.length / longest, 2) if bar.length else 0
            colour = _OTHER_BAR if bar.stands_out else _BAR
            plane.text(before - 8, middle, bar.label, ha="right", va="center_baseline", color=_INK)
            plane.barh(middle, length, _BAR_HEIGHT, left=before, color=colour, clip_on=False)
            plane.text(before + length + 6, middle, bar.words, va="center_baseline", color=_INK)
        plane.plot([before, before], [3, height - 3], color=_SOFT, linewidth=1, clip_on=False)
        drawing = io.BytesIO()
        FigureCanvasSVG(figure).print_svg(drawing, metadata={"Date": None})  # type: ignore[no-untyped-call]
    told = joined(said("; "), (said("%(label)s: %(words)s", label=b.label, words=b.words) for b in bars))
    words = spoken(said("%(title)s. %(figures)s", title=title, figures=told))
    return _at_home(ElementTree.fromstring(drawing.getvalue()), words)


def _at_home(drawing: Element, words: str) -> Element:
    """A drawing as a part of a page: without names of its own, in the page's colours and type."""
    shown = _part(drawing)
    shown.attrib = {
        "viewBox": drawing.get("viewBox", ""),
        "font-size": str(_TYPE),
        "role": "img",
        "aria-label": words,
    }
    return shown


def _part(element: Element) -> Element:
    name = element.tag.rpartition("}")[2]
    style = re.sub(r"#0\d0\d0\d", lambda found: _COLOURS[found.group()], element.get("style", ""))
    # Versions of Matplotlib differ in how they write the type; it is the page's, in one size.
    style = re.sub(r"\bfont[a-z-]*: [^;]*;?", "", style).strip()
    kept = {key: value for key, value in element.items() if key in ("d", "transform", "x", "y")}
    part = Element(name, {**kept, **({"style": style} if style else {})})
    part.text, part.tail = element.text, element.tail
    # Its style sheet would apply to the whole page, and its metadata are useless there.
    part.extend(_part(child) for child in element if child.tag.rpartition("}")[2] in ("g", "path", "text"))
    return part
