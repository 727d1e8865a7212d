"""XML: its elements with the places of their content. Expat decides whether it is well formed.

Entities that refer to others, and those of other files, are refused: a few lines of them can make more text
than any machine holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from septet.lint.places import Mapping

from .files import File, Unreadable

#: The parts between two tags, text and other things.
_MARKUP = re.compile(
    r"<!--(?P<comment>.*?)-->|<!\[CDATA\[(?P<cdata>.*?)\]\]>|<\?.*?\?>"
    r"|<(?P<close>/)?(?P<name>[^\s/>]+)(?P<attributes>(?:\s+[^\s=>/]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)\s*(?P<empty>/)?>"
    r"|&(?P<entity>[^;]+);|(?P<break>\r\n?)",
    re.DOTALL,
)
#: A tag, already checked by expat.
_TAG = re.compile(r"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_ATTRIBUTE = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_PREDEFINED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
#: A file with elements nested deeper than this is not a message file.
_DEEPEST = 100
#: Entities may make a text at most this many times as long as the file.
_MOST = 16


class Element:
    """An element; `start` to `end` is the part of the file's text between its tags."""

    __slots__ = ("attributes", "children", "comments", "end", "name", "start")

    def __init__(self, name: str, attributes: dict[str, str], start: int, comments: tuple[str, ...]) -> None:
        self.name = name
        self.attributes = attributes
        self.start = self.end = start
        self.children: list[Element] = []
        #: The comments before it, after the previous element.
        self.comments = comments


class Document(NamedTuple):
    """A whole file: its outermost element, and the entities that it declares."""

    root: Element
    entities: dict[str, str]


class _Reader:
    def __init__(self, text: str, leaves: frozenset[str]) -> None:
        self._text = text
        self._octets = text.encode()
        self._is_ascii = len(self._octets) == len(text)
        self._mark = (0, 0)
        self._leaves = leaves
        self._depth = 0
        self._inside = 0
        self._comments: list[str] = []
        self._stack: list[Element] = []
        self.root: Element | None = None
        self.entities: dict[str, str] = {}
        parser = expat.ParserCreate("utf-8", namespace_separator=None)
        parser.StartElementHandler = self._started
        parser.EndElementHandler = self._ended
        parser.CommentHandler = self._commented
        parser.EntityDeclHandler = self._declared
        self._parser = parser

    def read(self) -> None:
        try:
            self._parser.Parse(self._octets, True)
        except expat.ExpatError as error:
            raise Unreadable(f"not valid XML: {expat.ErrorString(error.code)}", line=error.lineno) from None

    def _offset(self) -> int:
        octet = self._parser.CurrentByteIndex
        if self._is_ascii:
            return octet
        last, character = self._mark
        character += len(self._octets[last:octet].decode())
        self._mark = octet, character
        return character

    def _started(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Unreadable("elements nested too deep to be messages", line=self._parser.CurrentLineNumber)
        if self._inside:
            self._inside += 1
            return
        offset = self._offset()
        found = _TAG.match(self._text, offset)
        element = Element(name, attributes, found.end() if found else offset, tuple(self._comments))
        if self._comments:
            self._comments.clear()
        if self._stack:
            self._stack[-1].children.append(element)
        self._stack.append(element)
        if name in self._leaves:
            self._inside = 1

    def _ended(self, name: str) -> None:
        self._depth -= 1
        if self._inside > 1:
            self._inside -= 1
            return
        self._inside = 0
        if self._comments:
            self._comments.clear()
        element = self._stack.pop()
        element.end = max(self._offset(), element.start)
        if not self._stack:
            self.root = element

    def _commented(self, text: str) -> None:
        if not self._inside:
            self._comments.append(" ".join(text.split()))

    def _declared(
        self,
        name: str,
        is_parameter: bool,
        value: str | None,
        base: object,
        system: str | None,
        *rest: object,
    ) -> None:
        if is_parameter or value is None or "&" in value or "<" in value:
            raise Unreadable(
                f"its entity {name[:40]} refers to another, or to another file: expected plain text",
                line=self._parser.CurrentLineNumber,
            )
        self.entities[name] = value


def document(file: File, leaves: frozenset[str]) -> Document:
    """The elements of a file; elements within `leaves` belong to their texts. Raises `Unreadable`."""
    reader = _Reader(file.text, leaves)
    reader.read()
    assert reader.root is not None  # expat refuses a file without an element
    return Document(reader.root, reader.entities)


class Part(NamedTuple):
    """A piece of an element's content."""

    #: "text", "break", "entity", "cdata", "open", "close" or "empty".
    kind: str
    #: Its text; the element's name where it is a tag.
    text: str
    start: int
    end: int
    attributes: dict[str, str]


_NONE: dict[str, str] = {}


def parts(file: File, document: Document, start: int, end: int) -> Iterator[Part]:
    """The content of a span of the file, piece by piece, without comments and instructions."""
    place, left = start, _MOST * (end - start) + 4096
    for found in _MARKUP.finditer(file.text, start, end):
        if found.start() > place:
            yield Part("text", file.text[place : found.start()], place, found.start(), _NONE)
        place = found.end()
        if found["break"]:
            yield Part("break", "\n", *found.span(), _NONE)
        elif (entity := found["entity"]) is not None:
            said = _entity(entity, document.entities)
            left -= len(said)
            if left < 0:
                raise Unreadable("its entities stand for more text than anyone has written", found.start())
            yield Part("entity", said, *found.span(), _NONE)
        elif found["cdata"] is not None:
            yield Part("cdata", found["cdata"], *found.span("cdata"), _NONE)
        elif name := found["name"]:
            kind = "close" if found["close"] else "empty" if found["empty"] else "open"
            yield Part(kind, name, *found.span(), _attributes(found["attributes"]))
    if place < end:
        yield Part("text", file.text[place:end], place, end, _NONE)


def _attributes(written: str) -> dict[str, str]:
    return {found[1]: _unescaped(found[2] or found[3] or "") for found in _ATTRIBUTE.finditer(written)}


def _unescaped(text: str) -> str:
    return re.sub(r"&([^;]+);", lambda found: _entity(found[1], {}), text) if "&" in text else text


def _entity(name: str, declared: dict[str, str]) -> str:
    if name.startswith("#"):
        return chr(int(name[2:], 16) if name[1:2] in "xX" else int(name[1:]))
    return _PREDEFINED.get(name) or declared.get(name, f"&{name};")


def placed(file: File, document: Document, start: int, end: int) -> tuple[Mapping, list[tuple[int, int]]]:
    """The text of a span as XML has it, tags left out; and the spans of it that stand for placeholders.

    Those are what XLIFF's elements for codes hold (`<ph>`, `<x/>`, `<bpt>`, …).
    """
    mapping, spans = Mapping(), []
    codes: list[int] = []
    for kind, text, first, last, attributes in parts(file, document, start, end):
        if kind == "text":
            mapping.plain(text, first)
        elif kind == "cdata":
            place = first
            for found in re.finditer("\r\n?", text):
                mapping.plain(text[place - first : found.start()], place)
                mapping.written("\n", first + found.start(), first + found.end())
                place = first + found.end()
            mapping.plain(text[place - first :], place)
        elif kind in ("break", "entity"):
            mapping.written(text, first, last)
        elif text in _CODES:
            if kind == "open":
                codes.append(len(mapping))
            elif kind == "close" and codes:
                before = codes.pop()
                if len(mapping) > before and text != "bpt" and text != "ept":
                    spans.append((before, len(mapping)))
            elif kind == "empty":
                before = len(mapping)
                mapping.written(f"{{{attributes.get('id', '')}}}", first, last)
                spans.append((before, len(mapping)))
    return mapping, spans


#: https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html#Struct_InLine
_CODES = frozenset({"x", "ph", "it", "bx", "ex", "bpt", "ept"})
