"""Sheets of spreadsheets: rows of cells, each a text, a number or a day, measured as the texts they show.

Lines are those of the sheet. A row with an error where a column is read is rejected; recipients' numbers
without their first 0, which only a format showed, are counted.
"""

from __future__ import annotations

import json
from array import array
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from septet.campaign.pieces import ROWS
from septet.campaign.rejects import Part, Reject
from septet.campaign.tallies import BLANK_ROW, LOST_ZERO, Tally
from septet.errors import CampaignError
from septet.files.column_names import places_of
from septet.files.header_cells import value_among
from septet.files.workbooks.cells import cell_text
from septet.files.workbooks.marks import NO_VALUE
from septet.files.workbooks.workbooks import read_sheet
from septet.planning.columns import column, made_of
from septet.wording.messages import said
from septet.wording.quoting import printable

from .headers import named, points_further_down

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from septet.campaign.estimators import Estimator, Outcome
    from septet.campaign.findings import Finding
    from septet.campaign.pipelines import Pool
    from septet.wording.messages import Words

# Names of columns are looked for in this many rows below the first.
_LOOKED_AT = 20


class SheetRows:
    """The rows of one sheet. CampaignError where its columns are not named; FileError, OptionError."""

    delimiter = None
    file_encoding = None

    def __init__(
        self,
        source: str | os.PathLike[str] | Any,
        where: str,
        sheet: str | None = None,
        columns: Sequence[str] = (),
        header_line: int | None = None,
    ) -> None:
        found = read_sheet(source, where, sheet)
        self.name = where
        self.format = found.kind
        #: The sheet that is read, and how many the workbook has.
        self.sheet, self.sheets = found.name, len(found.names)
        self.total: int | None = found.height
        self._width = found.width
        self._errors: dict[int, dict[int, str]] = {}
        for (row, place), error in found.marks.errors.items():
            if 0 <= place - found.column < found.width:
                self._errors.setdefault(row, {})[place - found.column] = error
        #: The place in the sheet, from 0, of the next row of `_rows`.
        self._next = found.row
        self._rows: Iterator[list[Any]] = found.rows
        if not found.height:
            raise CampaignError(f"{where}: sheet {printable(found.name)!r} is empty")
        self.columns = self._header(header_line, columns, found.column)

    def _header(self, line: int | None, wanted: Sequence[str], first: int) -> tuple[str, ...]:
        """The names of the columns; the rows after them are left to be read."""
        places = range(first + 1, first + self._width + 1)
        if line == 0:
            return tuple(map(str, places))
        if line is not None:
            skipped = line - 1 - self._next
            header = next(islice(self._rows, skipped, None), None) if skipped >= 0 else None
            if header is None or not any(cell != "" for cell in header):
                raise CampaignError(f"{self.name}: line {line} is empty: expected the names of its columns")
            self._next = line - 1
        else:
            header = next(self._rows)
        number = self._next + 1
        self._next += 1
        names = list(map(cell_text, header))
        head = list(islice(self._rows, _LOOKED_AT))
        self._rows = chain(head, self._rows)
        known = bool(wanted) and all(places_of(one, names) for one in wanted)
        if wanted and not known:
            for below, row in enumerate(head, number + 1):
                if all(places_of(one, list(map(cell_text, row))) for one in wanted):
                    raise CampaignError(points_further_down(self.name, number, below, wanted[0]))
        if found := value_among(names, known):
            raise CampaignError(f"{self.name}: line {number} {found}")
        return tuple(named(names, places))

    def parts(self, pool: Pool, estimator: Estimator, whole_rows: bool) -> Iterator[Part]:
        """The rows, measured, in their order."""
        estimator.check(self.columns, self.name, whole_rows)
        needed = estimator.columns_among(self.columns)
        names = list(self.columns) if whole_rows else needed
        places = range(self._width) if whole_rows else [self.columns.index(name) for name in names]
        read = {self.columns.index(name) for name in needed}
        recipient = None
        if estimator.recipient is not None:
            recipient = places_of(estimator.recipient, self.columns)[0]

        def work(piece: tuple[int, list[list[Any]]]) -> tuple[Tally, list[Reject], Outcome, list[Finding]]:
            start, rows = piece
            kept, lines, rejects, counts = self._sorted_out(start, rows, read)
            lost = set() if recipient is None else _lacking_zeros(kept, recipient, estimator.home)
            texts = [_texts([row[place] for row in kept]) for place in places]
            import pyarrow as pa

            batch = (
                pa.RecordBatch.from_arrays(texts, names)
                if names
                else pa.RecordBatch.from_arrays([pa.nulls(len(kept))], [""])
            )
            outcome = estimator.measure(batch, whole_rows)
            faults = {fault.row: fault for fault in outcome.faults}
            if recipient is not None:
                for row in lost & {row for row, fault in faults.items() if fault.code == "bad-number"}:
                    faults[row] = faults[row]._replace(reason=_lost(kept[row][recipient]))
                counts[LOST_ZERO] = len(lost - set(faults))
            rejects += [
                Reject(lines[fault.row], fault.code, fault.reason, self._as_json(kept[fault.row]))
                for fault in faults.values()
            ]
            shown = [one._replace(line=lines[one.line]) for one in outcome.findings]
            return outcome.tally + Tally(counts), sorted(rejects), outcome, shown

        done = self._next
        for (start, rows), future in pool.ahead(work, self._pieces()):
            tally, rejects, outcome, shown = future.result()
            done = start + len(rows)
            seen = min(done, self.total or done)
            yield Part(tally, rejects, outcome.batch, seen, shown, outcome.people)

    def _pieces(self) -> Iterator[tuple[int, list[list[Any]]]]:
        start = self._next
        while rows := list(islice(self._rows, ROWS)):
            yield start, rows
            start += len(rows)

    def _sorted_out(
        self, start: int, rows: list[list[Any]], read: set[int]
    ) -> tuple[list[list[Any]], Sequence[int], list[Reject], dict[Any, int]]:
        """The rows to measure with their lines, those with an error, and the number of empty ones."""
        blank = [""] * self._width
        wrong = {row: self._errors[row] for row in self._errors if start <= row < start + len(rows)}
        if not wrong and blank not in rows:
            return rows, range(start + 1, start + len(rows) + 1), [], {}
        kept, lines, rejects = [], [], []
        counts: dict[Any, int] = {}
        for number, row in enumerate(rows, start):
            errors = wrong.get(number)
            if errors is None and row == blank:
                counts[BLANK_ROW] = counts.get(BLANK_ROW, 0) + 1
                continue
            if errors is not None:
                for place, error in errors.items():
                    row[place] = error
                if met := [place for place in sorted(errors) if place in read]:
                    why = _error(self.columns[met[0]], errors[met[0]])
                    rejects.append(Reject(number + 1, "error-cell", why, self._as_json(row)))
                    key = "rejected", "error-cell"
                    counts[key] = counts.get(key, 0) + 1
                    continue
            kept.append(row)
            lines.append(number + 1)
        return kept, lines, rejects, counts

    def _as_json(self, row: list[Any]) -> bytes:
        values = dict(zip(self.columns, map(cell_text, row), strict=True))
        return json.dumps(values, ensure_ascii=False).encode()

    def close(self) -> None:
        """Nothing is held open."""


def _error(column: str, error: str) -> Words:
    if error == NO_VALUE:
        return said(
            'the formula in "%(column)s" was saved without its value: open the file in a spreadsheet and '
            "save it again",
            column=printable(column),
        )
    return said(
        '"%(column)s" holds a spreadsheet error, %(error)s: correct its formula',
        column=printable(column),
        error=printable(error),
    )


def _lost(value: object) -> Words:
    return said(
        "the number %(number)s has no first 0, because the format of the sheet hid it: format the column as "
        "text, or set the country, as in --country FR",
        number=printable(cell_text(value)),
    )


def _lacking_zeros(rows: list[list[Any]], place: int, home: str | None) -> set[int]:
    """The rows with a number that is valid only with a 0 before it, which a sheet does not keep.

    Where a country is known, they get the 0 back.
    """
    from septet.destinations.phone_numbers import lacks_zero

    lacking = set()
    for number, row in enumerate(rows):
        if isinstance(row[place], (float, int)) and lacks_zero(text := cell_text(row[place]), home):
            lacking.add(number)
            if home is not None:
                row[place] = f"0{text}"
    return lacking


def _texts(cells: Sequence[Any]) -> pa.Array:
    """A column of cells as texts."""
    import pyarrow as pa

    kinds = set(map(type, cells))
    if kinds == {float}:
        numbers = column(pa, pa.float64(), pa.py_buffer(array("d", cells)))
        try:
            return numbers.cast(pa.int64()).cast(pa.large_string())
        except pa.ArrowInvalid:  # not all of them are whole numbers
            pass
    if kinds - {str}:
        cells = [cell if type(cell) is str else cell_text(cell) for cell in cells]
    return made_of(cells, pa.large_string())
