"""Row places: the place and the line of each row of a block, for rows that messages name."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from .cells import rows_of

if TYPE_CHECKING:
    import numpy as np

    from .lines import Block
    from .read_columns import DelimitedFile


class RowPlaces(NamedTuple):
    """The rows of a block, without those of no octet at all."""

    block: bytes
    starts: np.ndarray[Any, Any]
    ends: np.ndarray[Any, Any]
    #: The line of each, from 0, the block's first.
    lines: np.ndarray[Any, Any]

    @classmethod
    def of(cls, block: bytes, start: int, mark: bytes, line_end: bytes) -> RowPlaces:
        """The rows from a place of a block on. Without quotes and unusual line ends, a line is a row."""
        if b'"' in block[start:] or not _ends_alike(block, line_end):
            return cls._one_by_one(block, start, mark, line_end)
        import numpy as np

        octets = np.frombuffer(block, np.uint8)
        ends = np.flatnonzero(octets == line_end[0])
        before = int(np.searchsorted(ends, start))
        ends = ends[before:]
        starts = np.concatenate([[start], ends + 1])
        ends = np.concatenate([ends, [len(block)]])
        if line_end == b"\n" and len(block):
            last = octets[np.maximum(ends - 1, 0)]
            ends = ends - ((last == ord("\r")) & (ends > starts))
        whole = np.flatnonzero(ends > starts)
        return cls(block, starts[whole], ends[whole], whole + before)

    @classmethod
    def _one_by_one(cls, block: bytes, start: int, mark: bytes, line_end: bytes) -> RowPlaces:
        import numpy as np

        found = [(row.start, row.end) for row in rows_of(block, mark, start)]
        line, place, lines = 0, 0, []
        for begin, _ in found:
            line += block.count(line_end, place, begin)
            place = begin
            lines.append(line)
        starts, ends = zip(*found, strict=True) if found else ((), ())
        return cls(block, *(np.array(numbers, np.int64) for numbers in (starts, ends, lines)))

    def row(self, place: int) -> bytes:
        """A row, unchanged."""
        return self.block[int(self.starts[place]) : int(self.ends[place])]

    def line(self, place: int) -> int:
        """Its line, from 0."""
        return int(self.lines[place])


class LazyPlaces:
    """The rows of a block, looked for once, and only where messages name some."""

    def __init__(self, block: Block, start: int, file: DelimitedFile) -> None:
        self._block, self._start, self._file = block, start, file

    @cached_property
    def rows(self) -> RowPlaces:
        """The rows from the start on."""
        return RowPlaces.of(self._block.plain, self._start, self._file.mark, self._file.line_end)


def _ends_alike(block: bytes, line_end: bytes) -> bool:
    """Whether all lines end in the same way: a lone line feed or carriage return is a line end, too."""
    returns = block.count(b"\r")
    if line_end == b"\n":
        return returns == block.count(b"\r\n")
    return b"\n" not in block
