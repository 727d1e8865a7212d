"""The file that a reader reads: what all its entries share, and how one of them is made."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from septet.lint.entries import Entry
from septet.lint.places import Mapping, Source, Spots

from .languages import language_of

#: The categories of plurals that CLDR knows: https://cldr.unicode.org/index/cldr-spec/plural-rules
PLURALS = ("zero", "one", "two", "few", "many", "other")


class Unreadable(Exception):  # noqa: N818 (said of a file, which others follow)
    """A file that is not what its format asks for: why, and where that was seen."""

    def __init__(self, reason: str, offset: int | None = None, line: int | None = None) -> None:
        super().__init__(reason, offset, line)
        self.reason = reason
        #: A place in the file's text, or
        self.offset = offset
        #: its line, from 1.
        self.line = line


class File:
    """A file of messages that is being read."""

    def __init__(self, path: str, source: Source, format: str, dialects: tuple[str, ...]) -> None:
        self.path = path
        self.source = source
        self.text = source.text
        self.format = format
        self.dialects = dialects
        self.language = language_of(path)

    def entry(self, key: str, text: str, spots: Spots, quoting: str, **more: Any) -> Entry:
        """An entry of this file; what is not said is the file's own."""
        if "language" not in more:
            more["language"] = self.language
        if "dialects" not in more:
            more["dialects"] = self.dialects
        if not text and "state" not in more:
            more["state"] = "untranslated"
        return Entry(self.path, self.format, key, text, spots, quoting=quoting, **more)

    def run(self, start: int, end: int) -> Spots:
        """The places of characters that all stand for themselves."""
        return Spots(self.source, ((0, start, end),), end - start)


def decoded(
    mapping: Mapping,
    text: str,
    start: int,
    end: int,
    escapes: re.Pattern[str],
    decode: Callable[[re.Match[str]], str],
) -> None:
    """Adds a span of a file to a message, each of its escapes decoded."""
    place = start
    for found in escapes.finditer(text, start, end):
        mapping.plain(text[place : found.start()], place)
        written = decode(found)
        mapping.written(written, found.start(), found.end())
        place = found.end()
    mapping.plain(text[place:end], place)


def plural_of(keys: list[str]) -> bool:
    """Whether the keys of a tree are the forms of one message."""
    return "other" in keys and all(key in PLURALS for key in keys)
