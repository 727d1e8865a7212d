"""Delimited files: CSV in its kinds, parsed by Arrow in blocks, octets as they are.

A block is cut at its last line break, and a row of our own behind it shows whether that was right:
inside a quoted cell it would be swallowed. In a file where it once was, line breaks with an odd
number of quotes before them are passed over. A block that was cut wrongly, or that Arrow does not
take, or that is no UTF-8, is gone through row by row (`cells`); so are blocks with rows to reject,
for their lines. Clean files are never looked at twice.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any

from septet import _kernel
from septet.campaign.pipelines import stop_if_cancelled
from septet.campaign.rejects import Reject, bad_octet
from septet.campaign.tallies import Tally
from septet.errors import CampaignError, OptionError
from septet.files.delimiters import LIKELY, Look, can_part, likeliest
from septet.wording.messages import counted, said

from .cells import Row, cells_of, first_line, row_at, rows_of
from .lines import LONGEST_ROW, Attempt, Block, LineFile, in_utf8, is_ascii, last_line_end

if TYPE_CHECKING:
    import pyarrow as pa

    from septet.campaign.estimators import Estimator, Outcome
    from septet.campaign.findings import Finding
    from septet.files.octets import Octets

#: Where a header has one column, no delimiter is needed; this one stands in no text.
_NONE = "\x1f"
#: To find the delimiter, so many rows are enough.
_ROWS_LOOKED_AT = 101


class Delimited(LineFile):
    """A delimited file. Raises CampaignError where it cannot be one."""

    format = "csv"

    def __init__(
        self,
        octets: Octets,
        delimiter: str | None = None,
        file_encoding: str | None = None,
        columns: Sequence[str] = (),
    ) -> None:
        super().__init__(octets, file_encoding)
        found = delimiter or likeliest(LIKELY, partial(_look, self.sample, columns)) or _NONE
        if not (can_part(found) and found.isascii()):
            expected = "one character of ASCII such as ; or ,"
            raise OptionError(f"delimiter: expected {expected} found {delimiter!r}", "delimiter", expected)
        #: None where there is one column, which needs none.
        self.delimiter = None if found == _NONE else found
        self.mark = found.encode()
        header = next(rows_of(self.sample, self.mark), None)
        if header is None:
            raise CampaignError(f"{self.name}: it has no header: expected the names of its columns")
        try:
            names = cells_of(self.sample[header.start : header.end], self.mark)
            self.columns = tuple(name.decode("utf-8") for name in names)
        except UnicodeDecodeError:
            raise CampaignError(
                f"{self.name}: its header is not {self.file_encoding}: say how it is written (file_encoding)"
            ) from None
        #: What Arrow has to find behind a block, in the first column that it reads.
        self.token = secrets.token_hex(8).encode()
        self.room = len(self.token) + len(self.columns) + 2

    def parser(self, estimator: Estimator, whole_rows: bool) -> _Parser:
        """What measures the blocks of this file. Raises CampaignError for columns that are not there."""
        estimator.check(self.columns, self.name, whole_rows)
        return _Parser(self, estimator, whole_rows)

    def cut(self, octets: memoryview, closely: bool) -> int:
        """Behind the last line end; looking closely, the last one before which the quotes are even."""
        if self.line_end == b"\r":
            octets = octets[:-1]  # a line feed may be what comes next
        cut = last = last_line_end(octets, self.line_end)
        if not closely:
            return last
        odd = _kernel.count_octet(octets[:cut], ord('"')) & 1
        for _ in range(1000):
            if not odd or not cut:
                break
            earlier = last_line_end(octets[: cut - 1], self.line_end)
            odd ^= _kernel.count_octet(octets[earlier:cut], ord('"')) & 1
            cut = earlier
        return cut or last


class _Parser:
    """Parses and measures blocks of one file."""

    def __init__(self, file: Delimited, estimator: Estimator, whole_rows: bool) -> None:
        import pyarrow as pa
        import pyarrow.csv

        self._csv = pyarrow.csv
        self._file = file
        self._estimator = estimator
        self._whole_rows = whole_rows
        #: How far the file was read where a problem was found.
        self._seen: dict[str, int] = {}
        names = file.columns
        wanted = names if whole_rows else estimator.columns
        #: Arrow's own names for the columns, since those of the file may be alike.
        self._places = list(range(len(names))) if whole_rows else [names.index(name) for name in wanted]
        self._places = self._places or [0]  # a template without fields
        self._names = list(wanted)
        columns = [str(place) for place in range(len(names))]
        self._columns = columns
        self._parse = self._csv.ParseOptions(delimiter=file.mark.decode())
        read = [str(place) for place in self._places]
        self._convert = self._csv.ConvertOptions(
            check_utf8=False,
            include_columns=read,
            column_types=dict.fromkeys(columns, pa.binary()),
            strings_can_be_null=False,
        )
        cells = [b""] * len(names)
        cells[int(read[0])] = file.token
        self._last_row = file.mark.join(cells) + b"\n"

    def attempt(self, block: Block, encoding: str | None) -> Attempt:
        """Measures the rows of a block; of the first one, those behind the header."""
        block = in_utf8(block, encoding, self._file.room)
        octets = block.octets[: block.length]
        start = 0
        if block.first:
            start = next(rows_of(self._file.sample, self._file.mark)).after
        # In a text beyond ASCII, most blocks are; whether they are UTF-8 is what counts.
        ascii_alone = self._file.is_ascii_so_far and is_ascii(octets)
        utf8 = ascii_alone or (self._file.file_encoding != "ascii" and _kernel.is_utf8(octets))
        batch, rest = self._quickly(block, start) if utf8 else None, b""
        if batch is None and utf8 and not block.last:
            # Perhaps it was cut within a cell: the row that begins there goes before the next block.
            whole = self._file.cut(octets, closely=True)
            if start < whole < block.length:
                rest = bytes(octets[whole:])
                batch = self._quickly(block._replace(length=whole), start)
                octets[whole:] = rest
                if batch is not None:
                    block = block._replace(length=whole)
        if batch is None:
            outcome, rejects, rest, found = self._slowly(block.plain, start, block.last)
        else:
            outcome, rejects = self._estimator.measure(batch, self._whole_rows), []
            if outcome.faults:
                rows = list(rows_of(block.plain, self._file.mark, start))
                rejects = self._with_lines(block.plain, _placed(rows, outcome))
            found = self._on_their_lines(block, start, batch.num_rows, outcome)
        octets = octets[: len(octets) - len(rest)]
        lines = _kernel.count_octet(octets, self._file.line_end[0])
        return Attempt(outcome, rejects, lines, rest, ascii_alone, utf8, encoding, found)

    def _quickly(self, block: Block, start: int) -> pa.RecordBatch | None:
        """The rows of a block as Arrow reads them, or None where it does not, or not to the block's end."""
        import pyarrow as pa

        octets, end = block.octets, block.length
        last_row = self._last_row
        if end > start and octets[end - 1] not in b"\r\n":
            last_row = b"\n" + last_row
        octets[end : end + len(last_row)] = last_row
        end += len(last_row)
        try:
            table = self._csv.read_csv(
                pa.BufferReader(pa.py_buffer(octets[start:end])),
                read_options=self._csv.ReadOptions(
                    use_threads=False, block_size=end - start + 1, column_names=self._columns
                ),
                parse_options=self._parse,
                convert_options=self._convert,
            )
        except pa.ArrowInvalid:
            return None
        rows = table.num_rows - 1
        if rows < 0 or table.column(0)[rows].as_py() != self._file.token:
            return None
        # Fewer rows than lines: cells of several lines, or a quote that hides what is behind it.
        lines = _kernel.count_octet(octets[start : block.length], self._file.line_end[0])
        if rows < lines and _kernel.quotes_torn(octets[start : block.length], self._file.mark[0]):
            return None
        return self._batch([column.combine_chunks().slice(0, rows) for column in table.columns])

    def _batch(self, columns: list[Any]) -> pa.RecordBatch:
        import pyarrow as pa

        if self._whole_rows:
            columns = [column.cast(pa.string()) for column in columns]
        rows = len(columns[0])
        names = self._names
        if not names:  # a template without fields
            return pa.RecordBatch.from_arrays([pa.nulls(rows)], [""])
        return pa.RecordBatch.from_arrays(columns[: len(names)], names)

    def _on_their_lines(self, block: Block, start: int, rows: int, outcome: Outcome) -> list[Finding]:
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
        if rows == lines:
            found = [finding._replace(line=finding.line + before) for finding in wanted]
        else:
            plain = block.plain
            last = max(finding.line for finding in wanted)
            starts = [row.start for row in islice(rows_of(plain, self._file.mark, start), last + 1)]
            found = [f._replace(line=plain.count(end, 0, starts[f.line])) for f in wanted]
        # Later blocks need not look for what an earlier one has.
        for finding in found:
            self._seen[finding.code] = min(block.done, self._seen.get(finding.code, block.done))
        return found

    def _slowly(
        self, block: bytes, start: int, last: bool
    ) -> tuple[Outcome, list[Reject], bytes, list[Finding]]:
        """The same row by row: what is broken is rejected, the rest measured, an unfinished row left."""
        import pyarrow as pa

        mark = self._file.mark
        good: list[Row] = []
        broken: list[tuple[Row, str, str]] = []
        while start < len(block):
            stop_if_cancelled()
            row = row_at(block, start, mark)
            unfinished = row.after == len(block) and not (row.closed and row.end < row.after)
            if unfinished and not last and len(block) - start <= LONGEST_ROW:
                break
            start = row.after
            if row.end == row.start:
                continue
            fault = self._fault(block, row)
            if fault is None:
                good.append(row)
                continue
            if fault[0] == "unclosed-quote":
                row = first_line(block, row)
                start = row.after
            broken.append((row, *fault))
        cells = [cells_of(block[row.start : row.end], mark) for row in good]
        columns = [pa.array([row[place] for row in cells], pa.binary()) for place in self._places]
        outcome = self._estimator.measure(self._batch(columns), self._whole_rows)
        rejected: dict[Any, int] = {}
        for _, code, _ in broken:
            rejected["rejected", code] = rejected.get(("rejected", code), 0) + 1
        outcome = outcome._replace(tally=outcome.tally + Tally(rejected))
        rejects = self._with_lines(block, sorted([*broken, *_placed(good, outcome)]))
        end = self._file.line_end
        found = [f._replace(line=block.count(end, 0, good[f.line].start)) for f in outcome.findings]
        return outcome, rejects, block[start:], found

    def _fault(self, block: bytes, row: Row) -> tuple[str, str] | None:
        """What is wrong with a row, before anyone looks into its cells."""
        width = len(self._file.columns)
        if not row.closed or row.torn or (row.cells != width and self._swallows(block, row)):
            return "unclosed-quote", said("a quoted cell begins in this line and is not closed")
        if row.cells != width:
            found = counted(
                "%(number)s field, where the header has %(width)s",
                "%(number)s fields, where the header has %(width)s",
                row.cells,
                width=width,
            )
            return "wrong-number-of-fields", found
        try:
            block[row.start : row.end].decode(self._file.octet_encoding)
        except UnicodeDecodeError as error:
            octet = block[row.start + error.start]
            return "bad-bytes", bad_octet(octet, error.start + 1, self._file.file_encoding)
        return None

    def _swallows(self, block: bytes, row: Row) -> bool:
        """Whether a row of several lines hides one that is a row by itself."""
        line = first_line(block, row)
        if line.after >= row.end:
            return False
        return row_at(block, line.after, self._file.mark).cells == len(self._file.columns)

    def _with_lines(self, block: bytes, found: list[tuple[Row, str, str]]) -> list[Reject]:
        line, place, rejects = 0, 0, []
        for row, code, why in found:
            line += block.count(self._file.line_end, place, row.start)
            place = row.start
            rejects.append(Reject(line, code, why, block[row.start : row.end]))
        return rejects


def _placed(rows: list[Row], outcome: Outcome) -> list[tuple[Row, str, str]]:
    return [(rows[fault.row], fault.code, fault.reason) for fault in outcome.faults]


def _look(text: bytes, columns: Sequence[str], delimiter: str) -> Look | None:
    """What the beginning of a file looks like under a delimiter; None where its header is one cell."""
    mark = delimiter.encode()
    rows = list(islice(rows_of(text[: 1 << 16], mark), _ROWS_LOOKED_AT))
    if not rows or rows[0].cells == 1:
        return None
    names = set(cells_of(text[rows[0].start : rows[0].end], mark))
    wanted = {column.encode() for column in columns}
    # Nothing can be measured with some of the columns: to know them all is what counts.
    return Look.of(bool(wanted) and wanted <= names, [row.cells for row in rows])
