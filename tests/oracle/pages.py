"""Pages as a browser would read them: elements, attributes and texts, found by the parser of Python."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

# All that a page is made of: nothing that runs, loads, submits or leads elsewhere.
_SKELETON = {"head", "meta", "link", "title", "style", "body", "main", "header", "footer", "section", "div"}
_TEXT = {"h1", "h2", "h3", "p", "ol", "ul", "li", "dl", "dt", "dd", "mark", "span", "strong", "code", "bdi"}
_TABLES = {"table", "caption", "thead", "tbody", "tr", "th", "td"}
_CHARTS = {"svg", "g", "path", "text"}
ELEMENTS = _SKELETON | _TEXT | _TABLES | _CHARTS

# No event handler and no address among them, except that of the absent icon.
_OF_META = {"charset", "http-equiv", "content", "name", "rel", "href"}
_OF_TEXT = {"class", "title", "style", "dir", "lang", "scope", "data-sign"}
_FOR_READERS = {"role", "tabindex", "aria-label", "aria-hidden", "aria-labelledby"}
_OF_CHARTS = {"viewbox", "d", "transform", "x", "y", "font-size"}
ATTRIBUTES = _OF_META | _OF_TEXT | _FOR_READERS | _OF_CHARTS

VOID = frozenset({"meta", "link", "br"})


class Found:
    """An element: its attributes, and what it holds in order, texts as strings."""

    def __init__(self, name: str, attributes: dict[str, str | None]) -> None:
        self.name = name
        self.attributes = attributes
        self.content: list[Found | str] = []

    @property
    def classes(self) -> list[str]:
        return (self.attributes.get("class") or "").split()

    @property
    def text(self) -> str:
        """All text within."""
        return "".join(part if isinstance(part, str) else part.text for part in self.content)

    def all(self, name: str = "", class_: str = "") -> Iterator[Found]:
        """The elements within, in order, of that name and class if they are given."""
        for part in self.content:
            if isinstance(part, Found):
                if (not name or part.name == name) and (not class_ or class_ in part.classes):
                    yield part
                yield from part.all(name, class_)

    def one(self, name: str = "", class_: str = "") -> Found:
        (found,) = self.all(name, class_)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Found("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = Found(tag, dict(attrs))
        assert len(found.attributes) == len(attrs), "an attribute twice"
        self.open[-1].content.append(found)
        if tag not in VOID:
            self.open.append(found)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> in <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a processing instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data}")


def read(html: str) -> Found:
    """The ``html`` element of a page that is well formed and holds nothing that acts."""
    html.encode("utf-8")
    reader = _Reader()
    reader.feed(html)
    reader.close()
    (top,) = reader.open
    whole = top.one("html")
    for element in whole.all():
        assert element.name in ELEMENTS, element.name
        assert set(element.attributes) <= ATTRIBUTES, (element.name, element.attributes)
    assert [link.attributes for link in whole.all("link")] == [{"rel": "icon", "href": "data:,"}]
    style = "".join(element.text for element in whole.all("style"))
    assert "url(" not in style
    assert "@import" not in style
    assert "<" not in style
    for element in whole.all():
        assert "url(" not in (element.attributes.get("style") or "")
    # Nothing in it acts on a reader: no control characters, no direction overrides, nothing of no width.
    hidden = re.search(
        r"[^\n\t\x20-\x7e\xa0-\U0010ffff]|[\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]", html
    )
    assert hidden is None, repr(hidden)
    return whole


def as_written(element: Found) -> str:
    """The text that an element shows, with the characters behind boxes."""
    parts = []
    for part in element.content:
        if isinstance(part, str):
            parts.append(part)
        elif "box" in part.classes:
            parts.append(chr(int(part.text.removeprefix("U+"), 16)))
        elif "line-break" not in part.classes:
            parts.append(as_written(part))
    return "".join(parts)
