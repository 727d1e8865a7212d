"""Rows of a block of delimited text one by one: the slow way, for blocks that Arrow cannot take as they are.

Broken rows are set aside with the reason, the others are kept, and an unfinished row is left over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from septet.campaign.pipelines import stop_if_cancelled
from septet.campaign.rejects import Reject, bad_octet
from septet.campaign.tallies import BLANK_ROW
from septet.wording.messages import said

from .cells import Row, cells_of, first_line, is_blank, row_at
from .lines import LONGEST_ROW

if TYPE_CHECKING:
    from .read_columns import DelimitedFile, ReadColumns


class Gone(NamedTuple):
    """The rows that were found in a block."""

    good: list[Row]
    #: Of each good row.
    cells: list[list[bytes]]
    broken: list[tuple[Row, str, str]]
    counts: dict[Any, int]
    #: The beginning of what is left over.
    rest: int


class RowsOneByOne:
    """Reads the blocks of one file."""

    def __init__(self, file: DelimitedFile, read: ReadColumns) -> None:
        self._file = file
        self._read = read
        self._spaced = file.header.spaced

    def read(self, block: bytes, start: int, last: bool) -> Gone:
        """The rows of a block from a place on; `last` says that the file ends with it."""
        mark, spaced = self._file.mark, self._spaced
        good: list[Row] = []
        cells: list[list[bytes]] = []
        broken: list[tuple[Row, str, str]] = []
        counts: dict[Any, int] = {}
        while start < len(block):
            stop_if_cancelled()
            row = row_at(block, start, mark, spaced)
            unfinished = row.after == len(block) and not (row.closed and row.end < row.after)
            if unfinished and not last and len(block) - start <= LONGEST_ROW:
                break
            start = row.after
            if row.end == row.start:
                continue
            fault = self._fault(block, row)
            if fault is None:
                own = cells_of(block[row.start : row.end], mark, spaced)
                if is_blank(own):
                    counts[BLANK_ROW] = counts.get(BLANK_ROW, 0) + 1
                    continue
                if (mended := self._read.counts.mended(own, counts)) is not None:
                    good.append(row)
                    cells.append(mended)
                    continue
                broken.append((row, *self._read.counts.wrong_number(len(own), counts)))
                continue
            if fault[0] == "unclosed-quote":
                row = first_line(block, row)
                start = row.after
            counts["rejected", fault[0]] = counts.get(("rejected", fault[0]), 0) + 1
            broken.append((row, *fault))
        return Gone(good, cells, broken, counts, start)

    def rejects(self, block: bytes, found: list[tuple[Row, str, str]]) -> list[Reject]:
        """Broken rows in their order, with their lines, which count from 0."""
        line, place, rejects = 0, 0, []
        for row, code, why in found:
            line += block.count(self._file.line_end, place, row.start)
            place = row.start
            rejects.append(Reject(line, code, why, block[row.start : row.end]))
        return rejects

    def _fault(self, block: bytes, row: Row) -> tuple[str, str] | None:
        """What is wrong with a row, before its cells are read."""
        width = self._read.width
        if not row.closed or row.torn or (row.cells != width and self._swallows(block, row)):
            return "unclosed-quote", said("a quoted cell begins in this line and is not closed")
        octets = block[row.start : row.end]
        try:
            octets.decode(self._file.octet_encoding)
        except UnicodeDecodeError as error:
            if (
                row.cells != width
                and self._read.counts.mended(cells_of(octets, self._file.mark, self._spaced), {}) is None
            ):
                return None  # its cells come first
            octet = block[row.start + error.start]
            return "bad-bytes", bad_octet(octet, error.start + 1, self._file.file_encoding)
        return None

    def _swallows(self, block: bytes, row: Row) -> bool:
        """Whether a row of several lines hides another row."""
        line = first_line(block, row)
        if line.after >= row.end:
            return False
        cells = row_at(block, line.after, self._file.mark, self._spaced).cells
        return cells in (self._read.width, self._read.cells)
