"""Java's `.properties`.

The format: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from septet.lint.entries import Entry
from septet.lint.places import Mapping, Spots

from .files import File, Unreadable, decoded

#: A logical line: an odd number of backslashes at its end joins the next one.
_LINE = re.compile(
    r"[ \t\f]*(?:(?P<comment>[#!][^\r\n]*)|(?P<pair>[^\\\r\n]*(?:\\(?:\r\n|.|\Z)[^\\\r\n]*)*))", re.DOTALL
)
_KEY = re.compile(
    r"((?:[^\\=: \t\f\r\n]|\\(?:\r\n|.))*)(?:\\(?:\r\n|[\r\n])[ \t\f]*|[ \t\f])*[=:]?[ \t\f]*", re.DOTALL
)
_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
    r"|u([0-9a-fA-F]{4})|((?:\r\n|[\r\n])[ \t\f]*)|(.)|\Z)",
    re.DOTALL,
)
_WRONG = re.compile(r"(?<!\\)(?:\\\\)*(\\u(?![0-9a-fA-F]{4}))")
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}


def entries(file: File) -> Iterator[Entry]:
    """The pairs of the file, each with the comments above it."""
    text, place = file.text, 0
    if wrong := _WRONG.search(text):
        raise Unreadable("\\u is followed by four hexadecimal digits", wrong.start(1))
    comments: list[str] = []
    about = file.about
    while place < len(text):
        if text[place] in "\r\n":
            # An empty line separates a comment from what follows.
            place += 1
            if text.startswith(("\n", "\r"), place) and text[place - 1 : place + 1] != "\r\n":
                comments = []
            continue
        found = _LINE.match(text, place)
        assert found is not None  # it may be empty
        place = max(found.end(), place + 1)
        if found["comment"] is not None:
            comments.append(found["comment"].lstrip("#! ").rstrip())
        elif found["pair"]:
            start, end = found.span("pair")
            key = _KEY.match(text, start, end)
            assert key is not None
            name, _ = _text(file, *key.span(1))
            value, spots = _text(file, key.end(), end)
            if value and not comments:
                yield Entry(name, value, spots, "properties", about)
                continue
            yield file.entry(name, value, spots, "properties", comments=tuple(comments))
            comments = []


def _text(file: File, start: int, end: int) -> tuple[str, Spots | int]:
    if file.text.find("\\", start, end) < 0:
        return file.text[start:end], start
    mapping = Mapping()
    decoded(mapping, file.text, start, end, _ESCAPE, _decode)
    if not len(mapping):
        return "", start
    return mapping.text, mapping.spots(file.source)


def _decode(found: re.Match[str]) -> str:
    high, low, unit, joined, letter = found.groups()
    if high:
        return chr(0x10000 + ((int(high, 16) & 0x3FF) << 10) + (int(low, 16) & 0x3FF))
    if unit:
        return chr(int(unit, 16))
    return "" if joined is not None or letter is None else _LETTERS.get(letter, letter)
