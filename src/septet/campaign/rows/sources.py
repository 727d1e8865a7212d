"""Sources: anything that holds the rows of a campaign, opened by its kind."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING, Any

from septet.errors import OptionError, shown
from septet.files import encodings
from septet.wording.extras import Needed
from septet.wording.quoting import printable

from .delimited import Delimited
from .frames import frame_of
from .headers import checked_line
from .json_rows import fields_of
from .lines import campaign_errors
from .opened_files import ENDINGS, FORMATS, Written, checked_sheet, open_file
from .several import Several, are_files
from .tables import Dataset, Stream, TextColumn, Texts

if TYPE_CHECKING:
    from septet.campaign.estimators import Estimator
    from septet.campaign.pipelines import Pool
    from septet.campaign.rejects import Part
    from septet.files.watches import Watch

    from .opened_files import Rows


class Source:
    """The rows of a campaign, opened. It can be read once; close it, or use it in a `with`."""

    def __init__(self, rows: Rows, watch: Watch | None = None) -> None:
        self.rows = rows
        self._watch = watch

    def parts(self, pool: Pool, estimator: Estimator, whole_rows: bool) -> Iterator[Part]:
        """The rows, measured, in their order. Raises CampaignError where the file ends too early."""
        yield from self.rows.parts(pool, estimator, whole_rows)
        if self._watch is not None:
            with campaign_errors():
                self._watch.check()

    @property
    def name(self) -> str:
        """Its name in messages."""
        return self.rows.name

    @property
    def format(self) -> str:
        """The format of the file: one of `FORMATS`; ``"arrow"`` or ``"python"`` for other sources."""
        return self.rows.format

    @property
    def delimiter(self) -> str | None:
        """The delimiter between the cells of a CSV file."""
        return self.rows.delimiter  # type: ignore[no-any-return]

    @property
    def file_encoding(self) -> str | None:
        """The encoding of a text file, as far as it was read."""
        return self.rows.file_encoding  # type: ignore[no-any-return]

    @property
    def sheet(self) -> str | None:
        """The sheet, in a workbook of several; None where there is no choice."""
        several = getattr(self.rows, "sheets", 1) > 1
        return self.rows.sheet if several else None  # type: ignore[attr-defined]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns; for NDJSON, the fields of the first lines."""
        return self.rows.columns

    def cells(self, row: bytes) -> list[str | None] | None:
        """The cells of a row as in a `Reject`, by their columns; None where they cannot be told apart.

        A row of a CSV file may have more or fewer cells.
        """
        if isinstance(self.rows, (Delimited, Several)):
            return self.rows.cells(row)
        return fields_of(row, self.columns)

    @property
    def total(self) -> int | None:
        """The octets of a file or the rows of a table; None where unknown."""
        return self.rows.total

    def close(self) -> None:
        """Closes the file."""
        self.rows.close()

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_source(
    source: Any,
    format: str | None = None,
    delimiter: str | None = None,
    file_encoding: str | None = None,
    columns: Sequence[str] = (),
    header_line: int | None = None,
    sheet: str | int | None = None,
) -> Source:
    """Opens a file, a binary stream, a list of files to read one after the other, or another source of rows.

    `format`, `delimiter` and `file_encoding` are detected if not given; `columns` are names that the rows
    should have, which helps detection. `header_line` is the line of a CSV file or of a sheet that
    names its columns, where that is not the first with anything in it; the lines above are skipped.
    With 0 or False there is none, and the columns are named 1, 2, 3 and so on. `sheet` is the name of a
    spreadsheet's sheet, or its number from 1; by default, the first that holds anything. Raises
    CampaignError for a source that cannot be read or is not what its name says, ValueError for an unknown
    format, delimiter or encoding.
    """
    if format is not None and format not in FORMATS:
        message = f"format: expected one of {', '.join(FORMATS)}, found {shown(format)}"
        raise OptionError(message, "format", tuple(FORMATS))
    line, chosen = checked_line(header_line), checked_sheet(sheet)
    encoding = None if file_encoding is None else encodings.known(file_encoding)
    written = Written(format, delimiter, encoding, columns, line, chosen)
    with Needed("estimating a campaign", "campaign", "pyarrow", "numpy"):
        if isinstance(source, (str, os.PathLike)) or hasattr(source, "read"):
            return _opened(source, written)
        if isinstance(source, (list, tuple)) and are_files(source, tuple(ENDINGS)):
            one_by_one = partial(_opened, written=written)
            return one_by_one(source[0]) if len(source) == 1 else Source(Several(source, one_by_one))
        return Source(_table(source))


def _opened(source: Any, written: Written) -> Source:
    """A file or a stream; its errors become errors of the campaign."""
    with campaign_errors():
        return Source(*open_file(source, written))


def _table(source: Any) -> Rows:
    """A source of rows that is not a file."""
    import pyarrow as pa

    if isinstance(source, pa.Table):
        return Stream(source.to_batches(), source.schema, source.num_rows)
    if isinstance(source, pa.RecordBatch):
        return Stream([source], source.schema, source.num_rows)
    if isinstance(source, pa.RecordBatchReader):
        return Stream(source, source.schema)
    if (kind := _class_of("pyarrow.dataset", "Dataset")) is not None and isinstance(source, kind):
        return Dataset(source)
    if isinstance(source, (pa.Array, pa.ChunkedArray)):
        return _column(source)
    if (frame := frame_of(source)) is not None:
        return frame
    if (series := _class_of("pandas", "Series")) is not None and isinstance(source, series):
        try:
            return _column(pa.array(source, from_pandas=True))
        except (pa.ArrowException, UnicodeEncodeError):  # texts mixed with others: each is a row
            return Texts(source.astype(object).where(source.notna(), None).tolist())
    if hasattr(source, "__arrow_c_stream__"):
        try:
            reader = pa.RecordBatchReader.from_stream(source)
        except pa.ArrowInvalid:  # not rows of fields, but a column
            return _column(pa.chunked_array(source))
        return Stream(reader, reader.schema)
    if isinstance(source, (bytes, bytearray, Mapping)) or not isinstance(source, Iterable):
        raise TypeError(
            "source: expected a path, a binary stream, texts, mappings or an Arrow table, "
            f"found {type(source).__name__}"
        )
    rows = iter(source)
    first = next(rows, None)
    if _holds_rows(first):
        schema = _as_table(first).schema
        return Stream(_one_after_the_other(chain([first], rows), schema), schema)
    if isinstance(first, (pa.Array, pa.Scalar)):
        raise TypeError(f"source: expected texts, mappings or tables, found {type(first).__name__} in it")
    if isinstance(source, Sequence):
        return Texts(source)
    return Texts(chain([first], rows) if first is not None else rows)


def _class_of(module: str, name: str) -> Any:
    """A class of a module that is slow to load; None where it is not loaded, so that no value is of it."""
    return getattr(sys.modules.get(module), name, None)


def _column(column: Any) -> Rows:
    """The rows of an Arrow column: texts, or structs with all fields of a table."""
    import pyarrow as pa

    chunked = pa.chunked_array([column]) if isinstance(column, pa.Array) else column
    if pa.types.is_struct(chunked.type):
        table = pa.Table.from_struct_array(chunked)
        return Stream(table.to_batches(), table.schema, table.num_rows)
    return TextColumn(chunked)


def _holds_rows(one: Any) -> bool:
    """Whether something is a table, or else a batch or a frame that can become one."""
    import pyarrow as pa

    # The frames of pandas before 2.2 have no stream of Arrow.
    kinds = (pa.RecordBatch, pa.Table, _class_of("pandas", "DataFrame") or pa.Table)
    return isinstance(one, kinds) or hasattr(one, "__arrow_c_stream__")


def _as_table(one: Any) -> Any:
    """Some rows as an Arrow table. TypeError for anything else."""
    import pyarrow as pa

    try:
        if isinstance(one, pa.RecordBatch):
            return pa.Table.from_batches([one])
        if _holds_rows(one):
            return one if isinstance(one, pa.Table) else pa.table(one)
    except (pa.ArrowException, TypeError, ValueError):
        pass
    raise TypeError(f"source: expected tables or record batches, found {type(one).__name__} among them")


def _one_after_the_other(tables: Iterable[Any], schema: Any) -> Iterator[Any]:
    """The batches of tables, all with the columns of the first. TypeError for one with others."""
    import pyarrow as pa

    for one in tables:
        table = _as_table(one)
        if not table.schema.equals(schema):
            try:
                table = table.select(schema.names).cast(schema)
            except (pa.ArrowException, KeyError, ValueError):
                raise TypeError(
                    "source: expected tables with the columns of the first, "
                    f"{_columns(schema)}; found {_columns(table.schema)}"
                ) from None
        yield from table.to_batches()


def _columns(schema: Any) -> str:
    return printable(", ".join(f"{field.name} ({field.type})" for field in schema), 200)
