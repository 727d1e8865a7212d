"""Written spreadsheets (.xlsx, by XlsxWriter): texts stay texts, figures are numbers.

No cell is a formula or a link, whatever its text begins with. A sheet ends at 1,048,576 rows
(ECMA-376, 18.3.1.73, the limit of Excel): further rows go into another sheet, under the same names.
"""

from __future__ import annotations

import contextlib
import json
import os
from typing import IO, TYPE_CHECKING, Any

from septet.errors import CampaignError
from septet.wording.extras import Needed

from .cells import json_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: The rows of a sheet, and the UTF-16 units of a cell's text, at most.
MOST_ROWS, LONGEST_TEXT = 1 << 20, 32_767
# Not all whole numbers beyond this can be numbers of a sheet, which has 64 bits for digits and exponent.
_MOST = 1 << 53


class Spreadsheet:
    """Something with `write` for RecordBatches of a schema, and `close`, which leaves the stream open."""

    def __init__(self, stream: IO[bytes], schema: Any) -> None:
        with Needed("writing a spreadsheet", "campaign", "xlsxwriter"):
            import xlsxwriter
        self._book = xlsxwriter.Workbook(stream, {"constant_memory": True, "in_memory": False})
        self._book.use_zip64()
        self._names = list(schema.names)
        self._sheet: Any = None
        self._row = 0
        #: How many rows are in the sheets before.
        self._before = 0
        self._open()

    def _open(self) -> None:
        self._sheet = self._book.add_worksheet()
        for column, name in enumerate(self._names):
            self._sheet.write_string(0, column, name)
        self._sheet.freeze_panes(1, 0)
        self._row = 1

    def write(self, batch: Any) -> None:
        """Adds the rows of a RecordBatch. Raises CampaignError for a text that no cell can hold."""
        columns = [_values(column) for column in batch.columns]
        for row in zip(*columns, strict=True):
            if self._row == MOST_ROWS:
                self._before += self._row - 1
                self._open()
            for column, value in enumerate(row):
                if value is not None:
                    self._put(column, value)
            self._row += 1

    def _put(self, column: int, value: Any) -> None:
        if not isinstance(value, str):
            self._sheet.write_number(self._row, column, value)
        elif self._sheet.write_string(self._row, column, value) == -2:
            raise CampaignError(
                f"row {self._before + self._row}, {self._names[column]!r}: the text has more than the "
                f"{LONGEST_TEXT} characters of a cell: write .csv instead"
            )

    def close(self) -> None:
        """Ends the file. Raises OSError where it cannot be written."""
        from xlsxwriter.exceptions import FileCreateError

        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError(*getattr(error.args[0], "args", error.args)) from None

    def abandon(self) -> None:
        """Deletes the temporary files."""
        self._book.fileclosed = True
        for sheet in self._book.worksheets():
            with contextlib.suppress(OSError, AttributeError):
                sheet.row_data_fh.close()
            with contextlib.suppress(OSError, TypeError):
                os.unlink(sheet.row_data_filename)


def _values(column: Any) -> Sequence[Any]:
    """A column as texts and numbers."""
    import pyarrow as pa

    types, kind = pa.types, column.type
    values: Sequence[Any] = column.to_pylist()
    if types.is_integer(kind):
        as_cell: Callable[[Any], Any] = _whole
    elif types.is_floating(kind) or types.is_decimal(kind):
        as_cell = _number
    elif types.is_string(kind) or types.is_large_string(kind) or types.is_null(kind):
        return values
    else:
        as_cell = _text
    return [None if value is None else as_cell(value) for value in values]


def _whole(value: int) -> int | str:
    return value if -_MOST <= value <= _MOST else str(value)


def _number(value: Any) -> float | str:
    number = float(value)
    return number if number - number == 0 else str(value)


def _text(value: Any) -> str:
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, default=json_value)
    return value if isinstance(value, str) else json_value(value)
