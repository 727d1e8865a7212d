"""Rows of a block of delimited text as Arrow reads them: all at once, and a clean block only once.

Arrow sets aside a row with more or fewer cells than others, which is then read by itself. A surplus empty
cell is ignored, and a missing last cell that is not read counts as empty, since spreadsheets save them so.
A row of only empty cells is not a row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from septet import _kernel
from septet.campaign.arrow_columns import kept, taken
from septet.campaign.tallies import BLANK_ROW, MISSING_CELL, SURPLUS_CELLS
from septet.campaign.text_columns import in_one
from septet.planning.columns import made_of

from .cell_counts import Odd
from .cells import cells_of, is_blank

if TYPE_CHECKING:
    import numpy as np

    from .lines import Block
    from .read_columns import DelimitedFile, ReadColumns
    from .row_places import LazyPlaces


class Found(NamedTuple):
    """The rows of a block."""

    #: The columns that are read, as octets.
    columns: list[Any]
    #: The places of these rows among all rows of the block; None where these are all.
    places: np.ndarray[Any, Any] | None
    #: The rejected rows, by their places.
    broken: list[tuple[int, str, str]]
    #: What was counted of the others.
    counts: dict[Any, int]


class ArrowRows:
    """Parses the blocks of one file with Arrow, and reads the rows that it sets aside."""

    def __init__(self, file: DelimitedFile, read: ReadColumns) -> None:
        import pyarrow as pa
        import pyarrow.csv

        self._csv = pyarrow.csv
        self._file = file
        self._read = read
        #: Arrow's own names for the columns, since those of the file may be alike.
        self._columns = [str(place) for place in range(read.cells)]
        self._surplus = self._columns[read.width :]
        own = [str(place) for place in read.places if place < read.cells] or ["0"]
        self._convert = self._csv.ConvertOptions(
            check_utf8=False,
            include_columns=[*own, *self._surplus],
            column_types=dict.fromkeys(self._columns, pa.binary()),
            strings_can_be_null=False,
        )
        cells = [b""] * read.cells
        cells[int(own[0])] = file.token
        self._last_row = file.mark.join(cells) + b"\n"

    def read(self, block: Block, start: int, where: LazyPlaces, lines: int) -> Found | None:
        """The rows of a block as Arrow reads them; None where it cannot, or not to the block's end.

        `lines` are the line ends of the block.
        """
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
                return "error"  # its end is unknown
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
        # Fewer rows than lines: cells of several lines, or a quote that hides what follows it.
        lines -= _kernel.count_octet(octets[:start], self._file.line_end[0])
        if rows + len(odd) < lines and _kernel.quotes_torn(octets[start : block.length], self._file.mark[0]):
            return None
        columns = [in_one(column).slice(0, rows) for column in table.columns]
        empty = self._empty(columns, rows)
        if self._surplus and not all(mask.all() for mask in empty[-len(self._surplus) :]):
            return None  # a text without a column
        return self._found(where, columns, empty, odd)

    def _empty(self, columns: list[Any], rows: int) -> list[np.ndarray[Any, Any]]:
        """For each column, which rows are empty; nothing where the rows have one cell."""
        import numpy as np

        if self._read.cells == 1:
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
        where: LazyPlaces,
        columns: list[Any],
        empty: list[np.ndarray[Any, Any]],
        odd: list[Odd],
    ) -> Found:
        """The rows that Arrow read, without empty ones, and with those that it set aside."""
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
            rows_of_block, mark = where.rows, self._file.mark
            blank = np.array(
                [row for row in blank.tolist() if is_blank(cells_of(rows_of_block.row(places[row]), mark))]
            )
            if len(blank):
                counts[BLANK_ROW] = len(blank)
                others = np.ones(rows, bool)
                others[blank] = False
                columns = [kept(column, others) for column in columns]
                places = places[others]
        if self._read.cells != self._read.width and len(places):
            counts[SURPLUS_CELLS if self._surplus else MISSING_CELL] = len(places)
        columns = self._filled(columns, len(places))
        mended, broken = self._read.counts.look_at(odd, counts)
        if mended:
            places = np.concatenate([places, [row.place for row in mended]])
            order = np.argsort(places)
            more = zip(*(row.cells for row in mended), strict=True)
            own = list(more)
            columns = [
                taken(pa.concat_arrays([column, made_of(own[place], pa.binary())]), order)
                for column, place in zip(columns, self._read.places or [0], strict=True)
            ]
            places = np.sort(places)
        return Found(columns, places if counts or odd else None, broken, counts)

    def _filled(self, columns: list[Any], rows: int) -> list[Any]:
        """The columns that are read; those that most rows leave out are empty."""
        import pyarrow as pa

        there = iter(columns)
        return [
            next(there) if place < self._read.cells else made_of([b""] * rows, pa.binary())
            for place in self._read.places or [0]
        ]
