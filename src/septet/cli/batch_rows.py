"""The rows of a table as rows of a batch, and the file of the refused ones."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence

from septet.destinations.phone_numbers import lacks_zero
from septet.files.csv_records import wrong_number_of_fields
from septet.files.header_cells import WAYS_OUT
from septet.files.spreadsheet_cells import guarded, unguarded
from septet.files.workbooks.marks import NO_VALUE
from septet.sending.batch.rows import CONTENTS, BatchFault, BatchRow
from septet.wording.messages import Words, said
from septet.wording.problems import SEVERITY_ORDER, Problem
from septet.wording.speaking import spoken

from . import output
from .arguments import quoted
from .input import UsageError
from .places import Place
from .table import SheetNumber, Table, columns

_ROWS_BETWEEN_LOOKS = 256


class Rows:
    """The rows of a table, one after the other; `record` is the last one given.

    Where the table is one of refused rows, the apostrophes that guard its cells are removed.
    """

    def __init__(
        self, table: Table, wanted: Mapping[str, Sequence[str]], where: str, home: str | None = None
    ) -> None:
        """`home` is the country of numbers without a prefix."""
        self._home = home
        #: How many numbers of a sheet lacked their first 0.
        self.lost_zeros = 0
        self._are_guarded = set(Rejects.ADDED) <= set(table.header)
        table = table._replace(header=self._texts(table.header))
        self.table = table
        self.record: list[str] = []
        self.advance: Callable[[], None] = lambda: None
        try:
            self._places = columns(table.header, wanted)
        except ValueError as error:
            raise UsageError(f"{where}: {error}") from None
        for content in ("recipient", "text"):
            if content not in self._places:
                raise UsageError(
                    f"{where}: no column holds the {content}: expected {' or '.join(wanted[content])}, found "
                    f"{', '.join(map(quoted, table.header[:10]))}; name it with --{content}-column, or give "
                    f"the --delimiter; {WAYS_OUT}"
                )
        unused = [
            name
            for place, name in enumerate(table.header)
            if place not in self._places.values() and name not in Rejects.ADDED
        ]
        if unused:
            names = ", ".join(map(quoted, unused))
            words = said("%(file)s: columns not used: %(names)s", file=where, names=names)
            output.write_error(words + "\n")

    def __iter__(self) -> Iterator[BatchRow | BatchFault]:
        columns = len(self.table.header)
        for number, (line, record) in enumerate(self.table.records):
            self.record = record = self._texts(record)
            if number % _ROWS_BETWEEN_LOOKS == 0:
                self.advance()
            if not any(record):
                continue  # spreadsheets leave lines of only delimiters
            # Also empty cells after the last column, or no cell for one that is not read.
            if len(record) > columns and not any(cell.strip() for cell in record[columns:]):
                self.record = record = record[:columns]
            elif len(record) == columns - 1 and columns - 1 not in self._places.values():
                self.record = record = [*record, ""]
            if len(record) != columns:
                problem = wrong_number_of_fields(columns, len(record))
                yield BatchFault(line, tuple(record), (problem,), True)
                continue
            places = self._places
            wrong = [self.table.errors.get((line, place)) for place in places.values()]
            if met := [error for error in wrong if error is not None]:
                yield BatchFault(line, tuple(record), (error_of_a_cell(met[0]),), True)
                continue
            record = self._with_zero(record)
            yield BatchRow(line, *(record[places[c]] if c in places else "" for c in CONTENTS))

    def _with_zero(self, record: list[str]) -> list[str]:
        """A record with the first 0 of its number restored, where only the format of a sheet showed it."""
        place = self._places["recipient"]
        number = record[place]
        if isinstance(number, SheetNumber) and lacks_zero(number, self._home):
            self.lost_zeros += 1
            self.record = record = [*record[:place], f"0{number}", *record[place + 1 :]]
        return record

    def _texts(self, record: list[str]) -> list[str]:
        return [unguarded(cell) for cell in record] if self._are_guarded else record


def error_of_a_cell(error: str) -> Problem:
    """The problem of a row with an error of its sheet in a cell."""
    if error == NO_VALUE:
        message = said(
            "A formula was saved without its value. Open the file in a spreadsheet, and save it again."
        )
    else:
        message = said("A cell holds a spreadsheet error, %(error)s. Correct its formula.", error=error)
    return Problem.of("cell-error", message, error=error)


class Rejects:
    """The refused rows, as in the table, each with its line and what is wrong with it.

    A spreadsheet can open it, and no cell is a formula; once it is corrected, it can be the table of
    another batch.
    """

    ADDED = ("line", "problem")

    def __init__(self, place: Place, rows: Rows) -> None:
        self.place = place
        self._rows = rows
        header = rows.table.header
        self._kept = [number for number, name in enumerate(header) if name not in self.ADDED]
        self._width = len(header)
        place.file.write(codecs.BOM_UTF8)
        self._write([*(header[number] for number in self._kept), *self.ADDED])

    def add(self, fault: BatchFault) -> None:
        record = self._rows.record
        fields = record if len(record) != self._width else [record[number] for number in self._kept]
        told = "; ".join(
            f"{spoken(problem.message)} [{problem.code}]"
            for problem in sorted(fault.problems, key=lambda one: SEVERITY_ORDER.index(one.severity))
        )
        # A record of a wrong length keeps its fields, and the line and the reason follow them.
        blanks = [""] * max(len(self._kept) - len(fields), 0)
        self._write([*fields, *blanks, str(fault.line), told])

    def _write(self, fields: Sequence[str]) -> None:
        line = io.StringIO(newline="")
        csv.writer(line, delimiter=self._rows.table.delimiter).writerow(map(guarded, fields))
        self.place.file.write(line.getvalue().encode("utf-8", "replace"))


def with_warnings(rows: int) -> list[Words]:
    """The sentence on how many rows have warnings, if any."""
    return [said("%(number)s with warnings", number=rows)] if rows else []
