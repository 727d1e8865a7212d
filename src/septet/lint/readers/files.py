"""The file that a reader reads: what all its entries share, and how one of them is made."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from septet.lint.entries import About, Entry
from septet.lint.places import Mapping, Source, Spots

from .languages import language_of

#: The categories of plurals that CLDR knows: https://cldr.unicode.org/index/cldr-spec/plural-rules
PLURALS = ("zero", "one", "two", "few", "many", "other")


class Unreadable(Exception):  # noqa: N818 (said of a file, which others follow)
    """A file that does not follow its format: the reason and the place."""

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
        self._about: About | None = None

    @property
    def about(self) -> About:
        """The facts of an entry with nothing of its own in the file."""
        known = self._about
        if known is None or known.language != self.language or known.dialects != self.dialects:
            known = self._about = About(self.path, self.format, self.source, self.language, self.dialects)
        return known

    def entry(self, key: str, text: str, spots: Spots | int, quoting: str, **more: Any) -> Entry:
        """An entry of this file; facts that are not given are those of the file.

        `spots` may be the place of the text, where all its characters stand for themselves.
        """
        if not text and "state" not in more:
            more["state"] = "untranslated"
        about = self.about
        if more:
            named = {"language": self.language, "dialects": self.dialects, **more}
            about = About(self.path, self.format, self.source, **named)
        return Entry(key, text, spots, quoting, about)


def decoded(
    mapping: Mapping,
    text: str,
    start: int,
    end: int,
    escapes: re.Pattern[str],
    decode: Callable[[re.Match[str]], str],
) -> None:
    """Adds a span of a file to a message, with its escapes decoded."""
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
