"""Line places: which lines of a block are rows, and where they are; only looked for as far as needed."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from septet import _kernel

if TYPE_CHECKING:
    import numpy as np

_LINE_FEED, _BRACE = b"\n{"
# The octets compared at a time: as many as stay in the processor's cache.
_AT_ONCE = 1 << 17


class LinePlaces:
    """The lines of a block of JSON objects, one per line; lines of only blanks are not rows."""

    def __init__(self, octets: memoryview) -> None:
        self._octets = octets
        #: How many line feeds there are.
        self.line_feeds = _kernel.count_octet(octets, _LINE_FEED)
        self._lines = self.line_feeds + (len(octets) > 0 and octets[-1] != _LINE_FEED)

    @cached_property
    def _are_objects(self) -> bool:
        """Whether each line begins with an object, so that none is empty."""
        import numpy as np

        octets = np.frombuffer(self._octets, np.uint8)
        if not octets.size or octets[0] != _BRACE:
            return not octets.size
        for start in range(0, octets.size - 1, _AT_ONCE):
            some = octets[start : start + _AT_ONCE + 1]
            if ((some[:-1] == _LINE_FEED) & (some[1:] != _BRACE)).any():
                return False
        return True

    @cached_property
    def _ends(self) -> np.ndarray[Any, Any]:
        """Where the line feeds are, and the end of the block."""
        import numpy as np

        octets = np.frombuffer(self._octets, np.uint8)
        return np.append(np.flatnonzero(octets == _LINE_FEED), octets.size)

    @cached_property
    def _rows(self) -> list[int]:
        """The number of each line that is a row, from 0."""
        lines = bytes(self._octets).split(b"\n")
        return [number for number, line in enumerate(lines) if line.strip()]

    def are_rows(self, rows: int) -> bool:
        """Whether this many lines are not blank."""
        return rows == (self._lines if self._are_objects else len(self._rows))

    def number(self, row: int) -> int:
        """The number of a row's line, from 0."""
        return row if self._are_objects else self._rows[row]

    def line(self, row: int) -> bytes:
        """The line of a row, without its line end."""
        number = self.number(row)
        start = int(self._ends[number - 1]) + 1 if number else 0
        return bytes(self._octets[start : self._ends[number]]).rstrip(b"\r")
