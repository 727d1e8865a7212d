"""Places: the place of each character of a message in its file.

A text that was unescaped or unfolded differs from the file. `Spots` keeps the correspondence in runs: a run
of characters that stand for themselves, or one character and everything that writes it.
"""

from __future__ import annotations

import codecs
import re
from array import array
from bisect import bisect_right
from operator import itemgetter
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\n|\r")
#: Octets are counted from the nearest of these marks, so that no look-up goes through the whole file.
_STEP = 4096
_MARKS = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}


class Place(NamedTuple):
    """A place in a file as editors count it: both from 1, columns in code points."""

    line: int
    column: int


class Source:
    """A text file: its octets, its text, and how places in both correspond."""

    __slots__ = ("_lines", "_octets_before", "encoding", "octets", "skipped", "text")

    def __init__(self, octets: bytes, encoding: str = "utf-8") -> None:
        """Raises UnicodeDecodeError for octets that the encoding does not have."""
        mark = _MARKS.get(encoding, b"")
        self.octets = octets
        self.encoding = encoding
        #: The octets of a byte order mark, which is not a character of the text.
        self.skipped = len(mark) if mark and octets.startswith(mark) else 0
        self.text = octets[self.skipped :].decode(encoding)
        self._lines: array[int] | None = None
        self._octets_before: array[int] | None = None

    def place(self, offset: int) -> Place:
        """The line and column of a character of the text."""
        if self._lines is None:
            self._lines = array("q", [0, *(found.end() for found in _LINE_END.finditer(self.text))])
        line = bisect_right(self._lines, offset)
        return Place(line, offset - self._lines[line - 1] + 1)

    def octet(self, offset: int) -> int:
        """How many octets of the file are before a character of the text."""
        if len(self.text) == len(self.octets) - self.skipped:
            return self.skipped + offset
        if self._octets_before is None:
            self._octets_before = array("q", [self.skipped])
            for start in range(0, len(self.text), _STEP):
                size = len(self.text[start : start + _STEP].encode(self.encoding))
                self._octets_before.append(self._octets_before[-1] + size)
        mark = offset // _STEP
        return self._octets_before[mark] + len(self.text[mark * _STEP : offset].encode(self.encoding))


_beginning = itemgetter(0)


class Spots:
    """Maps each character of a message to what writes it in the file. Immutable.

    A run has its beginning in the message, and the beginning and end of what writes it in the file. Where
    characters stand for themselves, both have the same length; otherwise the run is one character.
    """

    __slots__ = ("length", "runs", "source")

    def __init__(self, source: Source, runs: tuple[tuple[int, int, int], ...], length: int) -> None:
        self.source = source
        self.runs = runs
        self.length = length

    def offsets(self, index: int) -> tuple[int, int]:
        """The span of the file's text that writes a character of the message."""
        number = bisect_right(self.runs, index, key=_beginning) - 1
        start, source, end = self.runs[number]
        following = self.runs[number + 1][0] if number + 1 < len(self.runs) else self.length
        if end - source == following - start:
            return source + index - start, source + index - start + 1
        return source, end

    def place(self, index: int) -> Place:
        """The place of a character of the message; for the place after the last one, the end of that."""
        runs = self.runs
        if len(runs) == 1 and runs[0][2] - runs[0][1] == self.length:
            return self.source.place(runs[0][1] + min(index, self.length))
        if index >= self.length:
            return self.source.place(runs[-1][2])
        return self.source.place(self.offsets(index)[0])

    def octets(self, start: int, end: int) -> tuple[int, int]:
        """The octets of the file that write a span of the message, which must not be empty."""
        first, last = self.offsets(start)[0], self.offsets(end - 1)[1]
        return self.source.octet(first), self.source.octet(last)

    def is_unbroken(self, start: int, end: int) -> bool:
        """Whether the file has nothing between the parts that write the characters of a span."""
        span = self.offsets(start)
        for index in range(start + 1, end):
            following = self.offsets(index)
            if following != span and following[0] != span[1]:
                return False
            span = following
        return True

    def shares(self, start: int, end: int) -> bool:
        """Whether the part of the file that writes a span also writes a character beside it, as an entity
        does."""
        first, last = self.offsets(start), self.offsets(end - 1)
        return (start > 0 and self.offsets(start - 1) == first) or (
            end < self.length and self.offsets(end) == last
        )


def run(source: Source, start: int, end: int) -> Spots:
    """The places of characters that all stand for themselves."""
    return Spots(source, ((0, start, end),), end - start)


class Mapping:
    """Builds a message from pieces of a file, and remembers where each came from."""

    __slots__ = ("_length", "_pieces", "_runs")

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._runs: list[tuple[int, int, int]] = []
        self._length = 0

    def plain(self, text: str, start: int) -> None:
        """Adds characters that stand for themselves, from `start` on."""
        if text:
            self._runs.append((self._length, start, start + len(text)))
            self._pieces.append(text)
            self._length += len(text)

    def written(self, text: str, start: int, end: int) -> None:
        """Adds characters with another spelling: each is written by everything from `start` to `end`."""
        for character in text:
            self._runs.append((self._length, start, end))
            self._pieces.append(character)
            self._length += 1

    def __len__(self) -> int:
        return self._length

    @property
    def text(self) -> str:
        """The message so far."""
        return "".join(self._pieces)

    def spots(self, source: Source) -> Spots:
        """The places of its characters."""
        return Spots(source, tuple(self._runs), self._length)
