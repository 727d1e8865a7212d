"""Apple's `.strings`.

The format: https://developer.apple.com/library/archive/documentation/Cocoa/Conceptual/LoadingResources/Strings/Strings.html
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from septet.lint.entries import Entry
from septet.lint.places import Mapping, Spots

from .files import File, Unreadable, decoded

_TOKEN = re.compile(
    r"(?P<blank>\s+)|/\*(?P<comment>.*?)\*/|//(?P<line>[^\n\r]*)"
    r"|\"(?P<string>[^\"\\]*(?:\\.[^\"\\]*)*)\"|(?P<bare>[A-Za-z0-9_.$/:-]+)|(?P<sign>[=;])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:[Uu]([0-9A-Fa-f]{4})|([0-7]{1,3})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}


def entries(file: File) -> Iterator[Entry]:
    """The pairs of the file, each with the comments above it."""
    text, place = file.text, 0
    comments: list[str] = []
    spans: list[tuple[int, int]] = []
    expected = "key"
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise Unreadable(
                f"expected {_EXPECTED[expected]}; every string is closed, every pair ends in ;", place
            )
        place = found.end()
        kind = found.lastgroup
        if kind == "blank":
            continue
        if kind in ("comment", "line"):
            if expected == "key":
                comments.append(" ".join(found[kind].split()))
            continue
        if kind == "sign":
            if (found[0] == "=") != (expected == "=") or (found[0] == ";") != (expected in (";", "= or ;")):
                raise Unreadable(f"expected {_EXPECTED[expected]}, found {found[0]}", found.start())
            if found[0] == "=":
                expected = "value"
                continue
        elif expected in ("key", "value"):
            assert kind is not None
            spans.append(found.span(kind))
            expected = "=" if expected == "key" else ";"
            continue
        else:
            raise Unreadable(f"expected {_EXPECTED[expected]}", found.start())
        key = _text(file, *spans[0])[0]
        value, spots = _text(file, *spans[1])
        is_quoted = text[spans[1][0] - 1 : spans[1][0]] == '"'
        yield file.entry(key, value, spots, "apple" if is_quoted else "", comments=tuple(comments))
        comments, spans, expected = [], [], "key"
    if expected != "key":
        raise Unreadable(f"the file ends where {_EXPECTED[expected]} was expected", len(text))


_EXPECTED = {
    "key": "a key",
    "=": "= behind a key",
    "value": "a text in quotation marks",
    ";": "; behind a text",
}


def _text(file: File, start: int, end: int) -> tuple[str, Spots | int]:
    if file.text.find("\\", start, end) < 0:
        return file.text[start:end], start
    mapping = Mapping()
    decoded(mapping, file.text, start, end, _ESCAPE, _decode)
    return mapping.text, mapping.spots(file.source)


def _decode(found: re.Match[str]) -> str:
    unit, octal, letter = found.groups()
    if unit or octal:
        return chr(int(unit, 16) if unit else int(octal, 8))
    return _LETTERS.get(letter, letter)
