"""Line places: where the lines of a block stand that hold anything, all found at once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

_LINE_FEED, _BRACE = b"\n{"


class LinePlaces:
    """The lines of a block of JSON objects, one to a line; those of nothing but blanks are no rows."""

    def __init__(self, octets: memoryview) -> None:
        import numpy as np

        self._octets = octets
        found = np.frombuffer(octets, np.uint8)
        #: Where each line ends: at its line feed, the last one perhaps at the end of the block.
        self._ends = np.flatnonzero(found == _LINE_FEED)
        #: How many line feeds there are.
        self.line_feeds = len(self._ends)
        if found.size and found[-1] != _LINE_FEED:
            self._ends = np.append(self._ends, found.size)
        self._starts = np.concatenate([[0], self._ends[:-1] + 1])[: len(self._ends)]
        #: Whether each line begins with an object, so that none is empty.
        self._are_objects = bool((found.take(self._starts) == _BRACE).all())

    @cached_property
    def _rows(self) -> np.ndarray[Any, Any]:
        """The number of each line that is a row, from 0."""
        import numpy as np

        if self._are_objects:
            return np.arange(len(self._ends))
        lines = bytes(self._octets).split(b"\n")
        return np.array([number for number, line in enumerate(lines) if line.strip()], np.int64)

    def are_rows(self, rows: int) -> bool:
        """Whether there are so many lines that hold anything."""
        return rows == (len(self._ends) if self._are_objects else len(self._rows))

    def number(self, row: int) -> int:
        """The number of the line that a row stands in, from 0."""
        return row if self._are_objects else int(self._rows[row])

    def line(self, row: int) -> bytes:
        """The line that a row stands in, without its end."""
        number = self.number(row)
        return bytes(self._octets[self._starts[number] : self._ends[number]]).rstrip(b"\r")
