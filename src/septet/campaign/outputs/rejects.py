"""Rejects that can be repaired: the rows that could not be measured, in the columns of their input.

After these come the line, the code and the reason. Once a row is repaired, the file can be estimated as it
is: a source that has these three columns loses the apostrophes that guarded its cells.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Sequence
from typing import IO, Any

from septet.campaign.rejects import ADDED, readable
from septet.files.spreadsheet_cells import guarded

from .formats import Format, Gzip
from .outputs import Output, said_of

#: The column of a whole row whose cells cannot be assigned to columns.
ROW = "row"
#: The column of the name of a row's file, where there are several.
FILE = "file"

# This many rejects are gathered before they are written together.
_TOGETHER = 4096


class RejectsOutput(Output):
    """A file of rejected rows. Used by `publishing`."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        columns: Sequence[str] = (),
        cells: Callable[[bytes], list[str | None] | None] | None = None,
        *,
        delimiter: str = ",",
        marked: bool = False,
        always_cells: bool = False,
        several_files: bool = False,
    ) -> None:
        """`columns` are those of the input; `cells` gives the cells of one of its rows, or None.

        Without `cells`, and for a row that has none, the row is written unchanged under `ROW`;
        `always_cells` says that there is no such row. With `several_files`, each row has the name of its
        own.
        """
        import pyarrow as pa

        self._columns = [] if cells is None else list(columns)
        # If the input was a file of rejects itself, these columns of it are old.
        old = {*ADDED, ROW, FILE} if set(ADDED) <= set(self._columns) else set(ADDED)
        self._kept = [place for place, name in enumerate(self._columns) if name not in old]
        self._cells = cells
        names = [self._columns[place] for place in self._kept]
        self._rows: list[list[Any]] = []
        text = pa.string()
        #: Whether a row with more cells than columns is written unchanged, so that it is seen.
        self._ragged = Format.of(path).name == "csv"
        fields = [*((name, text) for name in names), ("line", pa.int64()), ("code", text), ("reason", text)]
        self._has_file = several_files
        if several_files:
            fields.append((FILE, text))
        self._has_row = not (always_cells and self._ragged)
        if self._has_row:
            fields.append((ROW, text))
        super().__init__(path, delimiter=delimiter, marked=marked, schema=pa.schema(fields))

    def add(self, line: int, code: str, reason: str, row: bytes, file: str | None = None) -> None:
        """Adds a rejected row."""
        found = None if self._cells is None else self._cells(row)
        if found is not None and len(found) == len(self._columns):
            found = [found[place] for place in self._kept]
        elif not self._ragged:
            found = None
        whole = None if found is not None else readable(row)
        width = len(self._kept)
        kept: Sequence[str | None] = [*(found or ()), *[None] * (width - len(found or ()))]
        added = [line, code, reason, *([file] if self._has_file else [])]
        self._rows.append([*kept, *added, *([whole] if self._has_row else [])])
        if len(self._rows) == _TOGETHER:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows and self._ragged:
            with said_of(self._draft.name):
                if self._writer is None:
                    self._open(self._schema)
                self._writer.write(self._rows)
        elif self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [
                pa.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)
            ]
            self.write(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._rows = []

    def _open(self, schema: Any) -> None:
        if not self._ragged:
            super()._open(schema)
            return
        stream = self._draft.stream
        self._writer = _Ragged(stream, self._format, self._schema.names, self._delimiter, self._marked)

    def close(self) -> None:
        """Ends the file; it has its name only after `publish`."""
        self._flush()
        super().close()


class _Ragged:
    """A CSV file in which a row may have more cells than the header."""

    def __init__(
        self, stream: IO[bytes], kind: Format, names: Sequence[str], delimiter: str, marked: bool
    ) -> None:
        self._packed = Gzip(stream) if kind.gzip else None
        self._stream: Any = self._packed or stream
        self._delimiter = delimiter
        if marked:
            self._stream.write(b"\xef\xbb\xbf")
        self.write([list(names)])

    def write(self, rows: Sequence[Sequence[Any]]) -> None:
        lines = io.StringIO(newline="")
        writer = csv.writer(
            lines, delimiter=self._delimiter, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC
        )
        for row in rows:
            writer.writerow([guarded(cell or "") if not isinstance(cell, int) else cell for cell in row])
        self._stream.write(lines.getvalue().encode("utf-8", "backslashreplace"))

    def close(self) -> None:
        if self._packed:
            self._packed.close()

    def abandon(self) -> None:
        if self._packed:
            self._packed.abandon()
