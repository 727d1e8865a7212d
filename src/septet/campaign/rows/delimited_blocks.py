"""Blocks of delimited files: parsed by Arrow as octets, or row by row where it cannot.

A block that was cut wrongly, or that Arrow does not take, or that is not UTF-8, is read row by row. Clean
blocks are never read twice.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from septet import _kernel
from septet.campaign.pieces import in_pieces
from septet.campaign.rejects import Reject, readable
from septet.campaign.tallies import Tally
from septet.files.spreadsheet_cells import APOSTROPHE, unguarded
from septet.planning.columns import made_of

from .arrow_rows import ArrowRows
from .cells import rows_of
from .lines import Attempt, Block, in_own_memory, in_utf8, is_ascii
from .read_columns import ReadColumns
from .row_places import LazyPlaces
from .rows_one_by_one import RowsOneByOne

if TYPE_CHECKING:
    from typing import Any

    import pyarrow as pa

    from septet.campaign.estimators import Estimator
    from septet.campaign.findings import Finding
    from septet.campaign.pieces import Pieces

    from .arrow_rows import Found
    from .read_columns import DelimitedFile


class BlockParser:
    """Parses and measures blocks of one file."""

    def __init__(self, file: DelimitedFile, estimator: Estimator, whole_rows: bool) -> None:
        self._file = file
        self._estimator = estimator
        self._whole_rows = whole_rows
        self._read = ReadColumns(file, estimator, whole_rows)
        self._by_arrow = ArrowRows(file, self._read)
        self._one_by_one = RowsOneByOne(file, self._read)
        #: How far the file was read where a problem was found.
        self._seen: dict[str, int] = {}

    def attempt(self, block: Block, encoding: str | None) -> Attempt:
        """Measures the rows of a block; in the first one, those after the header."""
        block = in_utf8(block, encoding, self._file.room)
        octets = block.octets[: block.length]
        start = self._file.header.start if block.first else 0
        # In a file beyond ASCII, most blocks are; only whether they are UTF-8 matters.
        ascii_alone = self._file.is_ascii_so_far and is_ascii(octets)
        utf8 = ascii_alone or (self._file.file_encoding != "ascii" and _kernel.is_utf8(octets))
        quick = utf8 and not self._file.header.spaced
        where = LazyPlaces(block, start, self._file)
        lines = self._lines(octets)
        found, rest = self._by_arrow.read(block, start, where, lines) if quick else None, b""
        if found is None and quick and not block.last:
            # Perhaps it was cut within a cell: the row that begins there is added before the next block.
            whole = self._file.cut(octets, closely=True)
            if start < whole < block.length:
                rest = bytes(octets[whole:])
                # Arrow's last row is written behind it, where the block goes on. Another thread may be
                # reading the block at this moment, to put it behind the rest of the one before.
                shorter = in_own_memory(block, octets[:whole], self._file.room)
                where = LazyPlaces(shorter, start, self._file)
                found = self._by_arrow.read(shorter, start, where, self._lines(octets[:whole]))
                if found is not None:
                    block = shorter
        if found is None:
            pieces, rejects, rest, shown = self._slowly(block.plain, start, block.last)
        else:
            pieces, rejects = self._measured(found, where)
            shown = self._on_their_lines(block, start, found, where, pieces.findings)
        if found is None or rest:
            lines = self._lines(octets[: len(octets) - len(rest)])
        return Attempt(pieces.outcomes, rejects, lines, rest, ascii_alone, utf8, encoding, shown)

    def _lines(self, octets: memoryview) -> int:
        """How many lines end in a part of a block."""
        return _kernel.count_octet(octets, self._file.line_end[0])

    def _measured(self, found: Found, where: LazyPlaces) -> tuple[Pieces, list[Reject]]:
        """The results of the rows of a block, rejected ones with their lines."""
        # A block that Arrow reads was checked to be UTF-8 as a whole.
        batch = self._batch(found.columns, safe=False)
        pieces = in_pieces(self._estimator, batch, self._whole_rows, is_utf8=True)
        if found.counts:
            pieces = pieces.and_counted(Tally(found.counts))
        if not (pieces.faults or found.broken):
            return pieces, []
        rows = where.rows
        places = found.places
        wrong = found.broken + [
            (fault.row if places is None else int(places[fault.row]), fault.code, fault.reason)
            for fault in pieces.faults
        ]
        return pieces, [
            Reject(rows.line(place), code, why, rows.row(place)) for place, code, why in sorted(wrong)
        ]

    def _on_their_lines(
        self, block: Block, start: int, found: Found, where: LazyPlaces, findings: list[Finding]
    ) -> list[Finding]:
        """The findings of a block with their lines; rows are looked for only where a row is not a line."""
        wanted = [finding for finding in findings if self._seen.get(finding.code, block.done) >= block.done]
        if not wanted:
            return []
        end = self._file.line_end
        octets = block.octets
        before, lines = self._lines(octets[:start]), self._lines(octets[start : block.length])
        lines += block.length > start and octets[block.length - 1] != end[0]
        if found.places is not None:
            shown = [one._replace(line=where.rows.line(int(found.places[one.line]))) for one in wanted]
        elif len(found.columns[0]) == lines:
            shown = [one._replace(line=one.line + before) for one in wanted]
        else:
            plain = block.plain
            last = max(one.line for one in wanted)
            starts = [row.start for row in islice(rows_of(plain, self._file.mark, start), last + 1)]
            shown = [one._replace(line=plain.count(end, 0, starts[one.line])) for one in wanted]
        # Later blocks need not look for a problem that an earlier one has.
        for one in shown:
            self._seen[one.code] = min(block.done, self._seen.get(one.code, block.done))
        return shown

    def _batch(self, columns: list[Any], safe: bool = True) -> pa.RecordBatch:
        import pyarrow as pa

        if self._file.is_guarded:
            columns = [_unguarded(column) for column in columns]
        if self._whole_rows:
            columns = [column.cast(pa.string(), safe=safe) for column in columns]
        rows = len(columns[0])
        names = self._read.names
        if not names:  # a template without fields
            return pa.RecordBatch.from_arrays([pa.nulls(rows)], [""])
        return pa.RecordBatch.from_arrays(columns[: len(names)], names)

    def _slowly(
        self, block: bytes, start: int, last: bool
    ) -> tuple[Pieces, list[Reject], bytes, list[Finding]]:
        """The same row by row: broken rows are rejected, the others measured, and an unfinished one is
        left."""
        import pyarrow as pa

        gone = self._one_by_one.read(block, start, last)
        columns = [
            made_of([row[place] for row in gone.cells], pa.binary()) for place in self._read.places or [0]
        ]
        pieces = in_pieces(self._estimator, self._batch(columns), self._whole_rows)
        placed = [(gone.good[fault.row], fault.code, fault.reason) for fault in pieces.faults]
        rejects = self._one_by_one.rejects(block, sorted([*gone.broken, *placed]))
        end = self._file.line_end
        shown = [one._replace(line=block.count(end, 0, gone.good[one.line].start)) for one in pieces.findings]
        return pieces.and_counted(Tally(gone.counts)), rejects, block[gone.rest :], shown


def _unguarded(column: pa.Array) -> pa.Array:
    """A column of octets without the apostrophes that stopped spreadsheets from running its texts."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pc.any(pc.starts_with(column, APOSTROPHE)).as_py():
        return column
    return made_of([unguarded(readable(cell)) for cell in column.to_pylist()], pa.binary())
