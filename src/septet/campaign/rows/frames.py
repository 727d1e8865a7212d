"""Frames: rows that pandas or Polars hold, where Arrow does not take them as they are.

A frame may have columns of Python objects, texts mixed with other things. Columns that are not read do not
matter. Where one is read, its rows are read one by one, and each that is not a text is rejected. A query of
Polars is run only for the columns that are read.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from septet.errors import CampaignError
from septet.wording.quoting import printable

from .tables import Batches, Stream, Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from septet.campaign.estimators import Estimator
    from septet.campaign.pipelines import Pool
    from septet.campaign.rejects import Part

#: The rows that a query returns at a time.
_ROWS = 1 << 16


def frame_of(source: Any) -> PandasFrame | PolarsFrame | Query | None:
    """A frame or a query of a library that is already imported; None for anything else."""
    pandas, polars = sys.modules.get("pandas"), sys.modules.get("polars")
    if pandas is not None and isinstance(source, pandas.DataFrame):
        return PandasFrame(source)
    if polars is not None and isinstance(source, polars.LazyFrame):
        return Query(source)
    if polars is not None and isinstance(source, polars.DataFrame) and polars.Object in source.dtypes:
        return PolarsFrame(source)
    return None


class _Frame:
    """Rows whose columns Arrow takes one by one, if at all."""

    delimiter = None
    file_encoding = None
    format = "arrow"
    name = "the table"

    def __init__(self, frame: Any, columns: Any) -> None:
        self._frame = frame
        self.columns = tuple(map(str, columns))
        self.total: int | None = len(frame)

    def parts(self, pool: Pool, estimator: Estimator, whole_rows: bool) -> Iterator[Part]:
        """The rows, measured, in their order."""
        import pyarrow as pa

        estimator.check(self.columns, self.name, whole_rows)
        read = estimator.columns_among(self.columns)
        columns: dict[str, pa.Array | pa.ChunkedArray | None] = {}
        for name in self.columns if whole_rows else read:
            columns[name] = self._column(self.columns.index(name))
        if any(columns[name] is None for name in read):
            return Texts(self._rows(list(columns))).parts(pool, estimator, whole_rows)
        for name, column in columns.items():
            if column is None:  # it is passed on, and not read
                columns[name] = pa.array(self._as_text(self.columns.index(name)), pa.large_string())
        if not columns:
            columns = {"": pa.nulls(len(self._frame))}  # for the number of rows
        table = pa.table(columns)
        rows = Stream(table.to_batches(), table.schema, table.num_rows)
        return rows.parts(pool, estimator, whole_rows)

    def _column(self, place: int) -> pa.Array | pa.ChunkedArray | None:
        """A column as an Arrow array; None where it holds values of several types."""
        raise NotImplementedError

    def _values(self, place: int) -> list[Any]:
        """The values of a column as Python objects."""
        raise NotImplementedError

    def _as_text(self, place: int) -> list[str | None]:
        texts = (None if value is None else str(value) for value in self._values(place))
        return [None if text is None else text.encode("utf-8", "replace").decode() for text in texts]

    def _rows(self, names: list[str]) -> list[dict[str, Any]]:
        values = [self._values(self.columns.index(name)) for name in names]
        return [dict(zip(names, row, strict=True)) for row in zip(*values, strict=True)]

    def close(self) -> None:
        """Nothing is held open."""


class PandasFrame(_Frame):
    """A frame of pandas, with the named levels of its index before its columns."""

    def __init__(self, frame: Any) -> None:
        levels = [name for name in frame.index.names if name is not None and name not in frame.columns]
        frame = frame.reset_index(level=levels) if levels else frame
        super().__init__(frame, frame.columns)

    def _column(self, place: int) -> pa.Array | pa.ChunkedArray | None:
        import pyarrow as pa

        try:
            return pa.array(self._frame.iloc[:, place], from_pandas=True)
        except (pa.ArrowException, UnicodeEncodeError, TypeError, ValueError):
            return None

    def _values(self, place: int) -> list[Any]:
        column = self._frame.iloc[:, place]
        values = column.astype(object)
        return list(values.where(column.notna(), None))


class PolarsFrame(_Frame):
    """A frame of Polars with columns of Python objects, which Arrow would take for octets."""

    def __init__(self, frame: Any) -> None:
        super().__init__(frame, frame.columns)

    def _column(self, place: int) -> pa.Array | pa.ChunkedArray | None:
        import polars

        column = self._frame.to_series(place)
        return None if column.dtype == polars.Object else column.to_arrow()

    def _values(self, place: int) -> list[Any]:
        return list(self._frame.to_series(place).to_list())


class Query(Batches):
    """A query of Polars, run for the columns that are read, in pieces where Polars knows how.

    Raises CampaignError for a query that fails.
    """

    def __init__(self, query: Any) -> None:
        import polars

        self._query, self._wrong = query, polars.exceptions.PolarsError
        try:
            schema = query.collect_schema()
        except self._wrong as error:
            raise self._refused(error) from None
        self.name, self.columns, self.total = "the query", tuple(schema.names()), None
        self.format = "arrow"

    def batches(self, columns: list[str] | None, most: int) -> Iterator[pa.RecordBatch]:
        """All rows, with at least these columns; None: with all columns."""
        wanted = list(self.columns) if columns is None else list(dict.fromkeys(columns))
        query = self._query.select(wanted or list(self.columns[:1]))  # one for the number of rows
        try:
            if hasattr(query, "collect_batches"):
                frames = query.collect_batches(chunk_size=_ROWS, maintain_order=True)
            else:
                frames = [query.collect()]
            for frame in frames:
                yield from frame.to_arrow().to_batches()
        except self._wrong as error:
            raise self._refused(error) from None

    @staticmethod
    def _refused(error: Exception) -> CampaignError:
        reason = printable(str(error).strip().partition("\n")[0], 200)
        return CampaignError(f"the query: it has no answer: {reason}")
