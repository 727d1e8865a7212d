"""Android's `strings.xml`: strings, plurals and arrays.

How a resource becomes a text: https://developer.android.com/guide/topics/resources/string-resource#FormattingAndStyling
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from septet.lint.entries import Entry
from septet.lint.places import Mapping, Spots

from .files import File, Unreadable
from .xml_trees import Document, Element, document, parts

_LEAVES = frozenset({"string", "item"})
#: White space, an escape, or a quotation mark: all that is not sent unchanged.
_SPECIAL = re.compile(r"([ \t\n\r]+)|\\(?:u([0-9A-Fa-f]{4})|(.))|(\")", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t"}
#: A text that is the name of another resource.
_REFERENCE = re.compile(r"[@?](?:\+?[a-z]+:)?[a-z]+/[\w.]+")


def entries(file: File) -> Iterator[Entry]:
    """The strings of a resource file; each quantity and each item by itself."""
    found = document(file, _LEAVES)
    if found.root.name != "resources":
        raise Unreadable("expected <resources>, as Android has them", found.root.start)
    about = file.about
    for element in found.root.children:
        name = element.attributes.get("name", "")
        if element.name == "string" and not element.comments and "formatted" not in element.attributes:
            text, spots, quoting = _text(file, found, element)
            if text and text[0] not in "@?":
                yield Entry(name, text, spots, quoting, about)
                continue
        shared: dict[str, Any] = {"comments": element.comments}
        if element.attributes.get("formatted") == "false":
            shared["dialects"] = tuple(dialect for dialect in file.dialects if dialect != "percent")
        if element.name == "string" or (
            element.name == "item" and element.attributes.get("type") == "string"
        ):
            yield from _entry(file, found, element, name, shared)
        elif element.name == "plurals":
            for item in element.children:
                quantity = item.attributes.get("quantity", "")
                yield from _entry(
                    file, found, item, f"{name}.{quantity}", shared, plural=quantity, aliases=(name,)
                )
        elif element.name in ("string-array", "array"):
            for number, item in enumerate(element.children):
                yield from _entry(file, found, item, f"{name}.{number}", shared, aliases=(name,))


def _entry(
    file: File, found: Document, element: Element, key: str, shared: dict[str, Any], **more: Any
) -> Iterator[Entry]:
    comments = (*shared["comments"], *element.comments) if more else element.comments
    text, spots, quoting = _text(file, found, element)
    if not _REFERENCE.fullmatch(text):
        yield file.entry(key, text, spots, quoting, **{**shared, "comments": comments, **more})


def _text(file: File, found: Document, element: Element) -> tuple[str, Spots | int, str]:
    """The text of the resource: quotes and escapes decoded, white space outside quotes as one blank."""
    source, start, end = file.text, element.start, element.end
    stripped = source[start:end]
    if stripped and not _ODD.search(stripped):
        return stripped, start, "android"
    mapping = Mapping()
    blank: tuple[int, int] | None = None
    quoted = False
    for kind, text, first, last, _ in parts(file, found, start, end):
        if kind in ("open", "close", "empty"):
            continue
        if kind == "entity":
            # A reference is not white space, even if it means some.
            if blank and len(mapping):
                mapping.written(" ", *blank)
            blank = None
            mapping.written(text, first, last)
            continue
        if kind == "break":
            text = source[first:last]
        place = first
        for special in _SPECIAL.finditer(text):
            where = first + special.start(), first + special.end()
            if blank is not None and (where[0] > place or not special[1]):
                if len(mapping):
                    mapping.written(" ", *blank)
                blank = None
            mapping.plain(source[place : where[0]], place)
            place = where[1]
            white, unit, letter, quote = special.groups()
            if quote:
                quoted = not quoted
            elif white and quoted:
                mapping.plain(white, where[0])
            elif white:
                blank = where if blank is None else (blank[0], where[1])
            elif unit:
                mapping.written(chr(int(unit, 16)), *where)
            else:
                mapping.written(_LETTERS.get(letter, letter), *where)
        if place < last:
            if blank is not None and len(mapping):
                mapping.written(" ", *blank)
            blank = None
            mapping.plain(source[place:last], place)
    quoting = "android-quoted" if '"' in stripped else "android"
    if not len(mapping):
        return "", start, quoting
    return mapping.text, mapping.spots(file.source), quoting


#: White space that may not be sent as written: anything but one blank between two signs.
_ODD = re.compile(r"[\\\"<&\t\n\r]|\A | \Z|  ")
