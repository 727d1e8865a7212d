"""Pages: HTML in one file, which runs nothing and asks the network for nothing.

A page is a tree of elements, never pasted text, so only the serializer writes a ``<``. Characters without
a shape of their own (control characters, direction overrides, zero-width characters, lone surrogates) go
into the tree as code points, in boxes: all texts come in through `tag`, and through nothing else.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple
from xml.etree.ElementTree import Element, tostring

from septet.views.drawing.glyphs import Form, glyphs, visible
from septet.views.drawing.screen import Screen
from septet.wording.speaking import language_spoken, spoken


class _Screen(Screen):
    """A page shows all of Unicode except the pictures of control characters: it shows their code points."""

    def holds(self, character: str) -> bool:
        return not "\u2400" <= character <= "\u2421" and super().holds(character)


#: The screen for texts on a page.
SCREEN = _Screen(80, False)

#: Nothing may be loaded, run, framed or submitted; styles and drawings are in the page itself.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

Node = Element | str


class Numbers(NamedTuple):
    """The heading of a column of numbers."""

    heading: str


# Written without an underscore at the end: they are words of Python.
_KEYWORDS = {"class_": "class", "for_": "for"}


def tag(name: str, /, *children: Node | Iterable[Node], **attributes: str | None) -> Element:
    """An element with its content. A string is text, whatever is in it; never markup.

    Words are in the language in use. In the names of attributes ``_`` means ``-``
    (``aria_label``, ``class_``); those that are None are left out.
    """
    element = Element(name)
    for key, value in attributes.items():
        if value is not None:
            element.set(_KEYWORDS.get(key, key.replace("_", "-")), visible(spoken(value), SCREEN))
    for child in children:
        for node in [child] if isinstance(child, (str, Element)) else child:
            _append(element, node)
    return element


def _append(element: Element, node: Node) -> None:
    if isinstance(node, str):
        for piece in _pieces(spoken(node)):
            _put(element, piece)
    else:
        _put(element, node)


def _put(element: Element, node: Node) -> None:
    """Adds a node after the others; a string unchanged."""
    if not isinstance(node, str):
        element.append(node)
    elif len(element):
        element[-1].tail = (element[-1].tail or "") + node
    else:
        element.text = (element.text or "") + node


def _pieces(text: str) -> Iterator[Node]:
    """A text with its shapeless characters as boxes."""
    if text.isascii() and text.isprintable():
        yield text
        return
    for glyph in glyphs(text, SCREEN):
        written = text[glyph.start : glyph.end]
        if glyph.form is Form.STAND_IN:
            yield box(written)
        elif glyph.form is Form.LINE_BREAK:
            yield glyph.shown
        else:
            yield written


def box(character: str) -> Element:
    """The code point of a character, if the character itself would not be seen or would act."""
    element = Element("span", {"class": "box"})
    element.text = f"U+{ord(character):04X}"
    if name := unicodedata.name(character, ""):
        element.set("title", name)
    return element


def line_break() -> list[Node]:
    """The sign of a line break, and the break if white space is kept."""
    sign = Element("span", {"class": "line-break", "aria-hidden": "true"})
    sign.text = SCREEN.symbols.line_break
    sign.tail = "\n"
    return [sign]


def table(
    caption: str, headings: Iterable[str | Numbers], rows: Iterable[Iterable[Node | Iterable[Node]]]
) -> Element:
    """A table whose first column names its rows."""
    named = list(headings)
    kinds = ["number" if isinstance(name, Numbers) else None for name in named]
    names = (name.heading if isinstance(name, Numbers) else name for name in named)
    head = [tag("th", name, scope="col", class_=kind) for name, kind in zip(names, kinds, strict=True)]
    body = []
    for row in rows:
        cells = [
            tag("td" if place else "th", content, class_=kinds[place], scope=None if place else "row")
            for place, content in enumerate(row)
        ]
        body.append(tag("tr", *cells))
    whole = tag("table", tag("caption", caption), tag("thead", tag("tr", *head)), tag("tbody", *body))
    # A table that is too wide scrolls in its own frame, also with the keyboard; the page never does.
    return tag("div", whole, class_="wide", tabindex="0", role="region", aria_label=caption)


def page(title: str, *content: Node | Iterable[Node]) -> str:
    """A whole page of HTML."""
    style = Element("style")
    style.text = stylesheet()
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", visible(spoken(title), SCREEN)),
        # Browsers ask for an icon by themselves, unless there is one.
        tag("link", rel="icon", href="data:,"),
        style,
    )
    whole = tag("html", head, tag("body", tag("main", *content)), lang=language_spoken())
    return "<!DOCTYPE html>\n" + tostring(whole, encoding="unicode", method="html") + "\n"


@lru_cache(maxsize=1)
def stylesheet() -> str:
    """The style of all pages."""
    return files(__package__).joinpath("page.css").read_text("utf-8")
