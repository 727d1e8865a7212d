"""Blocks of delimited files: parsed by Arrow, octets as they are, or row by row where it cannot.

A block that was cut wrongly, or that Arrow does not take, or that is no UTF-8, is gone through row by
row (`cells`). A row of more or fewer cells than others is set aside by Arrow and looked at by itself:
an empty cell too many is no cell, a last one that is missing and that nobody reads is empty, as
spreadsheets save them. A row of nothing but empty cells is no row. Clean blocks are never looked at twice.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from septet import _kernel
from septet.campaign.pipelines import stop_if_cancelled
from septet.campaign.rejects import Reject, bad_octet, readable
from septet.campaign.tallies import BLANK_ROW, MISSING_CELL, SURPLUS_CELLS, Tally
from septet.files.spreadsheet_cells import APOSTROPHE, unguarded
from septet.wording.messages import said

from .cell_counts import CellCounts, Odd
from .cells import Row, cells_of, first_line, is_blank, row_at, rows_of
from .lines import LONGEST_ROW, Attempt, Block, in_utf8, is_ascii
from .row_places import RowPlaces

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from septet.campaign.estimators import Estimator, Outcome
    from septet.campaign.findings import Finding

    from .headers import Header


class DelimitedFile(Protocol):
    """What is known of the file that the blocks are of."""

    columns: tuple[str, ...]
    header: Header
    mark: bytes
    token: bytes
    room: int
    line_end: bytes
    file_encoding: str
    is_ascii_so_far: bool
    is_guarded: bool

    @property
    def octet_encoding(self) -> str:
        """What the octets of a block are in."""
        ...

    def cut(self, octets: memoryview, closely: bool) -> int:
        """How much of a block is whole rows."""
        ...


class _Found(NamedTuple):
    """The rows of a block."""

    batch: pa.RecordBatch
    #: The places of its rows among all rows of the block; None where these are all.
    places: np.ndarray[Any, Any] | None
    #: Those that are rejected, by their places.
    broken: list[tuple[int, str, str]]
    #: What is to be told of the others.
    counts: dict[Any, int]


class BlockParser:
    """Parses and measures blocks of one file."""

    def __init__(self, file: DelimitedFile, estimator: Estimator, whole_rows: bool) -> None:
        import pyarrow as pa
        import pyarrow.csv

        self._csv = pyarrow.csv
        self._file = file
        self._estimator = estimator
        self._whole_rows = whole_rows
        self._spaced = file.header.spaced
        #: How far the file was read where a problem was found.
        self._seen: dict[str, int] = {}
        names = file.columns
        self._width = len(names)
        needed = estimator.columns_among(names)
        #: The places of the columns that a row cannot do without.
        self._needed = {names.index(name) for name in needed}
        self._counts = CellCounts(self._width, self._needed)
        #: Arrow's own names for the columns, since those of the file may be alike.
        self._places = list(range(len(names))) if whole_rows else [names.index(name) for name in needed]
        self._names = list(names if whole_rows else needed)
        self._cells = file.header.cells
        if self._cells < self._width and self._width - 1 in self._needed:
            self._cells = self._width
        columns = [str(place) for place in range(self._cells)]
        self._columns = columns
        self._surplus = columns[self._width :]
        read = [str(place) for place in self._places if place < self._cells] or ["0"]
        self._convert = self._csv.ConvertOptions(
            check_utf8=False,
            include_columns=[*read, *self._surplus],
            column_types=dict.fromkeys(columns, pa.binary()),
            strings_can_be_null=False,
        )
        cells = [b""] * self._cells
        cells[int(read[0])] = file.token
        self._last_row = file.mark.join(cells) + b"\n"

    def attempt(self, block: Block, encoding: str | None) -> Attempt:
        """Measures the rows of a block; of the first one, those behind the header."""
        block = in_utf8(block, encoding, self._file.room)
        octets = block.octets[: block.length]
        start = self._file.header.start if block.first else 0
        # In a text beyond ASCII, most blocks are; whether they are UTF-8 is what counts.
        ascii_alone = self._file.is_ascii_so_far and is_ascii(octets)
        utf8 = ascii_alone or (self._file.file_encoding != "ascii" and _kernel.is_utf8(octets))
        quick = utf8 and not self._spaced
        found, rest = self._quickly(block, start) if quick else None, b""
        if found is None and quick and not block.last:
            # Perhaps it was cut within a cell: the row that begins there goes before the next block.
            whole = self._file.cut(octets, closely=True)
            if start < whole < block.length:
                rest = bytes(octets[whole:])
                found = self._quickly(block._replace(length=whole), start)
                octets[whole:] = rest
                if found is not None:
                    block = block._replace(length=whole)
        if found is None:
            outcome, rejects, rest, shown = self._slowly(block.plain, start, block.last)
        else:
            outcome, rejects = self._measured(found, block, start)
            shown = self._on_their_lines(block, start, found, outcome)
        octets = octets[: len(octets) - len(rest)]
        lines = _kernel.count_octet(octets, self._file.line_end[0])
        return Attempt(outcome, rejects, lines, rest, ascii_alone, utf8, encoding, shown)

    def _quickly(self, block: Block, start: int) -> _Found | None:
        """The rows of a block as Arrow reads them, or None where it does not, or not to the block's end."""
        import pyarrow as pa

        octets, end = block.octets, block.length
        last_row = self._last_row
        if end > start and octets[end - 1] not in b"\r\n":
            last_row = b"\n" + last_row
        octets[end : end + len(last_row)] = last_row
        end += len(last_row)
        odd: list[Odd] = []

        def set_aside(row: Any) -> str:
            if '"' in row.text:
                return "error"  # who knows where it ends
            odd.append(Odd(row.number - 1, row.text.encode().split(self._file.mark)))
            return "skip"

        try:
            table = self._csv.read_csv(
                pa.BufferReader(pa.py_buffer(octets[start:end])),
                read_options=self._csv.ReadOptions(
                    use_threads=False, block_size=end - start + 1, column_names=self._columns
                ),
                parse_options=self._csv.ParseOptions(
                    delimiter=self._file.mark.decode(), invalid_row_handler=set_aside
                ),
                convert_options=self._convert,
            )
        except pa.ArrowInvalid:
            return None
        rows = table.num_rows - 1
        if rows < 0 or table.column(0)[rows].as_py() != self._file.token:
            return None
        # Fewer rows than lines: cells of several lines, or a quote that hides what is behind it.
        lines = _kernel.count_octet(octets[start : block.length], self._file.line_end[0])
        if rows + len(odd) < lines and _kernel.quotes_torn(octets[start : block.length], self._file.mark[0]):
            return None
        columns = [column.combine_chunks().slice(0, rows) for column in table.columns]
        empty = self._empty(columns, rows)
        if self._surplus and not all(mask.all() for mask in empty[-len(self._surplus) :]):
            return None  # a text under no name
        return self._found(block, start, columns, empty, odd)

    def _empty(self, columns: list[Any], rows: int) -> list[np.ndarray[Any, Any]]:
        """Of each column, which rows are empty; none of it where the rows have one cell."""
        import numpy as np

        if self._cells == 1:
            return []
        masks = []
        for column in columns:
            offsets = np.frombuffer(column.buffers()[1], np.int32)[column.offset :][: rows + 1]
            masks.append(offsets[1:] == offsets[:-1])
            if not self._surplus and not masks[0].any():
                break
        return masks

    def _found(
        self,
        block: Block,
        start: int,
        columns: list[Any],
        empty: list[np.ndarray[Any, Any]],
        odd: list[Odd],
    ) -> _Found:
        """What Arrow read, without the rows that are none, and with those that it set aside."""
        import numpy as np
        import pyarrow as pa

        rows = len(columns[0])
        places = np.arange(rows)
        if odd:
            aside = np.zeros(rows + len(odd), bool)
            aside[[row.place for row in odd]] = True
            places = np.flatnonzero(~aside)
        counts: dict[Any, int] = {}
        if empty and len(blank := np.flatnonzero(np.logical_and.reduce(empty))):
            where, mark = (
                RowPlaces.of(block.plain, start, self._file.mark, self._file.line_end),
                self._file.mark,
            )
            blank = np.array(
                [row for row in blank.tolist() if is_blank(cells_of(where.row(places[row]), mark))]
            )
            if len(blank):
                counts[BLANK_ROW] = len(blank)
                kept = np.ones(rows, bool)
                kept[blank] = False
                columns = [column.filter(pa.array(kept)) for column in columns]
                places = places[kept]
        if self._cells != self._width and len(places):
            counts[SURPLUS_CELLS if self._surplus else MISSING_CELL] = len(places)
        columns = self._filled(columns, len(places))
        mended, broken = self._counts.look_at(odd, counts)
        if mended:
            places = np.concatenate([places, [row.place for row in mended]])
            order = pa.array(np.argsort(places))
            more = zip(*(row.cells for row in mended), strict=True)
            own = list(more)
            columns = [
                pa.concat_arrays([column, pa.array(own[place], pa.binary())]).take(order)
                for column, place in zip(columns, self._places or [0], strict=True)
            ]
            places = np.sort(places)
        return _Found(self._batch(columns), places if counts or odd else None, broken, counts)

    def _filled(self, columns: list[Any], rows: int) -> list[Any]:
        """The columns that are read, those empty that most rows leave out."""
        import pyarrow as pa

        there = iter(columns)
        return [
            next(there) if place < self._cells else pa.repeat(pa.scalar(b"", pa.binary()), rows)
            for place in self._places or [0]
        ]

    def _measured(self, found: _Found, block: Block, start: int) -> tuple[Outcome, list[Reject]]:
        """What became of the rows of a block, those rejected with their lines."""
        outcome = self._estimator.measure(found.batch, self._whole_rows)
        if found.counts:
            outcome = outcome._replace(tally=outcome.tally + Tally(found.counts))
        if not (outcome.faults or found.broken):
            return outcome, []
        where = RowPlaces.of(block.plain, start, self._file.mark, self._file.line_end)
        places = found.places
        wrong = found.broken + [
            (fault.row if places is None else int(places[fault.row]), fault.code, fault.reason)
            for fault in outcome.faults
        ]
        return outcome, [
            Reject(where.line(place), code, why, where.row(place)) for place, code, why in sorted(wrong)
        ]

    def _on_their_lines(self, block: Block, start: int, found: _Found, outcome: Outcome) -> list[Finding]:
        """The findings of a block; rows are looked for only where they are not lines."""
        wanted = [
            finding for finding in outcome.findings if self._seen.get(finding.code, block.done) >= block.done
        ]
        if not wanted:
            return []
        end = self._file.line_end
        octets = block.octets
        before = _kernel.count_octet(octets[:start], end[0])
        lines = _kernel.count_octet(octets[start : block.length], end[0])
        lines += block.length > start and octets[block.length - 1] != end[0]
        if found.places is not None:
            where = RowPlaces.of(block.plain, start, self._file.mark, end)
            shown = [one._replace(line=where.line(int(found.places[one.line]))) for one in wanted]
        elif found.batch.num_rows == lines:
            shown = [one._replace(line=one.line + before) for one in wanted]
        else:
            plain = block.plain
            last = max(one.line for one in wanted)
            starts = [row.start for row in islice(rows_of(plain, self._file.mark, start), last + 1)]
            shown = [one._replace(line=plain.count(end, 0, starts[one.line])) for one in wanted]
        # Later blocks need not look for what an earlier one has.
        for one in shown:
            self._seen[one.code] = min(block.done, self._seen.get(one.code, block.done))
        return shown

    def _batch(self, columns: list[Any]) -> pa.RecordBatch:
        import pyarrow as pa

        if self._file.is_guarded:
            columns = [_unguarded(column) for column in columns]
        if self._whole_rows:
            columns = [column.cast(pa.string()) for column in columns]
        rows = len(columns[0])
        names = self._names
        if not names:  # a template without fields
            return pa.RecordBatch.from_arrays([pa.nulls(rows)], [""])
        return pa.RecordBatch.from_arrays(columns[: len(names)], names)

    def _slowly(
        self, block: bytes, start: int, last: bool
    ) -> tuple[Outcome, list[Reject], bytes, list[Finding]]:
        """The same row by row: what is broken is rejected, the rest measured, an unfinished row left."""
        import pyarrow as pa

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
                if (mended := self._counts.mended(own, counts)) is not None:
                    good.append(row)
                    cells.append(mended)
                    continue
                broken.append((row, *self._counts.wrong_number(len(own), counts)))
                continue
            if fault[0] == "unclosed-quote":
                row = first_line(block, row)
                start = row.after
            counts["rejected", fault[0]] = counts.get(("rejected", fault[0]), 0) + 1
            broken.append((row, *fault))
        columns = [pa.array([row[place] for row in cells], pa.binary()) for place in self._places or [0]]
        outcome = self._estimator.measure(self._batch(columns), self._whole_rows)
        outcome = outcome._replace(tally=outcome.tally + Tally(counts))
        placed = [(good[fault.row], fault.code, fault.reason) for fault in outcome.faults]
        rejects = self._with_lines(block, sorted([*broken, *placed]))
        end = self._file.line_end
        shown = [one._replace(line=block.count(end, 0, good[one.line].start)) for one in outcome.findings]
        return outcome, rejects, block[start:], shown

    def _fault(self, block: bytes, row: Row) -> tuple[str, str] | None:
        """What is wrong with a row, before anyone looks into its cells."""
        width = self._width
        if not row.closed or row.torn or (row.cells != width and self._swallows(block, row)):
            return "unclosed-quote", said("a quoted cell begins in this line and is not closed")
        octets = block[row.start : row.end]
        try:
            octets.decode(self._file.octet_encoding)
        except UnicodeDecodeError as error:
            if (
                row.cells != width
                and self._counts.mended(cells_of(octets, self._file.mark, self._spaced), {}) is None
            ):
                return None  # its cells come first
            octet = block[row.start + error.start]
            return "bad-bytes", bad_octet(octet, error.start + 1, self._file.file_encoding)
        return None

    def _swallows(self, block: bytes, row: Row) -> bool:
        """Whether a row of several lines hides one that is a row by itself."""
        line = first_line(block, row)
        if line.after >= row.end:
            return False
        cells = row_at(block, line.after, self._file.mark, self._spaced).cells
        return cells in (self._width, self._cells)

    def _with_lines(self, block: bytes, found: list[tuple[Row, str, str]]) -> list[Reject]:
        line, place, rejects = 0, 0, []
        for row, code, why in found:
            line += block.count(self._file.line_end, place, row.start)
            place = row.start
            rejects.append(Reject(line, code, why, block[row.start : row.end]))
        return rejects


def _unguarded(column: pa.Array) -> pa.Array:
    """A column of octets without the apostrophes that kept a spreadsheet from running its texts."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if not pc.any(pc.starts_with(column, APOSTROPHE)).as_py():
        return column
    return pa.array([unguarded(readable(cell)).encode() for cell in column.to_pylist()], pa.binary())
