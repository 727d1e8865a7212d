"""The formats that rows are written in: CSV, one JSON object a line, Parquet, spreadsheets."""

from __future__ import annotations

import contextlib
import json
import os
from typing import IO, Any, NamedTuple

from septet.errors import CampaignError

from .cells import as_cells, json_value

_ENDINGS = {".csv": "csv", ".ndjson": "ndjson", ".jsonl": "ndjson", ".parquet": "parquet", ".xlsx": "xlsx"}

# Each write to Parquet makes a row group; many small ones are slow to read.
_ROW_GROUP = 131_072


class Format(NamedTuple):
    """The format of a file, by its name."""

    name: str
    gzip: bool

    @classmethod
    def of(cls, path: str | os.PathLike[str]) -> Format:
        """The format of a file to write. Raises CampaignError for an unknown ending."""
        lower = os.fspath(path).lower()
        bare = lower.removesuffix(".gz")
        name = _ENDINGS.get(os.path.splitext(bare)[1])
        if name is None or (name in ("parquet", "xlsx") and bare != lower):
            raise CampaignError(
                f"{os.fspath(path)} cannot be written: expected a name that ends in .csv, .csv.gz, .ndjson, "
                ".ndjson.gz, .parquet or .xlsx"
            )
        return cls(name, bare != lower)


def row_writer(kind: Format, stream: IO[bytes], schema: Any, delimiter: str, marked: bool) -> Any:
    """Something with `write` for RecordBatches of a schema, and `close`, which leaves the stream open.

    Its `packed`, if not None, has to be closed before an abandoned stream is.
    """
    if kind.name == "parquet":
        return _Parquet(stream, schema)
    if kind.name == "xlsx":
        from .spreadsheets import Spreadsheet

        return Spreadsheet(stream, schema)
    packed = Gzip(stream) if kind.gzip else None
    target = packed or stream
    if kind.name == "csv":
        return _Csv(target, schema, delimiter, marked, packed)
    return _Ndjson(target, packed)


class Gzip:
    """A packed stream into another one; `close` ends only the packing."""

    def __init__(self, stream: IO[bytes]) -> None:
        import gzip

        self._file = gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=stream, mtime=0)
        self.write = self._file.write
        self.flush = self._file.flush
        self.close = self._file.close

    def abandon(self) -> None:
        """A writer that is left open would, when it is collected, write to a file that is gone."""
        with contextlib.suppress(OSError, ValueError):
            self._file.close()


class _Csv:
    def __init__(self, stream: Any, schema: Any, delimiter: str, marked: bool, packed: Gzip | None) -> None:
        import pyarrow as pa
        import pyarrow.csv

        if marked:
            stream.write(b"\xef\xbb\xbf")
        header = as_cells(pa.RecordBatch.from_arrays([pa.array([], f.type) for f in schema], schema=schema))
        options = pyarrow.csv.WriteOptions(delimiter=delimiter)
        self._schema = header.schema
        self._writer = pyarrow.csv.CSVWriter(_Kept(stream), header.schema, write_options=options)
        self._packed = packed

    def write(self, batch: Any) -> None:
        self._writer.write_batch(as_cells(batch))

    def close(self) -> None:
        self._writer.close()
        if self._packed:
            self._packed.close()

    def abandon(self) -> None:
        if self._packed:
            self._packed.abandon()


class _Ndjson:
    def __init__(self, stream: Any, packed: Gzip | None) -> None:
        self._stream = stream
        self._packed = packed

    def write(self, batch: Any) -> None:
        rows = (json.dumps(_finite(row), ensure_ascii=False, default=json_value) for row in batch.to_pylist())
        self._stream.write("".join(f"{row}\n" for row in rows).encode("utf-8", "backslashreplace"))

    def close(self) -> None:
        if self._packed:
            self._packed.close()

    def abandon(self) -> None:
        if self._packed:
            self._packed.abandon()


class _Parquet:
    def __init__(self, stream: Any, schema: Any) -> None:
        import pyarrow.parquet

        self._schema = schema
        self._kept = _Kept(stream)
        self._writer = pyarrow.parquet.ParquetWriter(self._kept, schema)
        self._batches: list[Any] = []
        self._rows = 0

    def write(self, batch: Any) -> None:
        self._batches.append(batch)
        self._rows += batch.num_rows
        if self._rows >= _ROW_GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_batches(self._batches, self._schema))
        self._batches, self._rows = [], 0

    def close(self) -> None:
        if self._batches:
            self._flush()
        self._writer.close()

    def abandon(self) -> None:
        self._kept.forget()


class _Kept:
    """A stream for pyarrow's writers, which close theirs: this one stays open."""

    closed = False

    def __init__(self, stream: Any) -> None:
        self.write = stream.write
        self.flush = stream.flush

    def forget(self) -> None:
        """Keeps nothing from now on: a writer ends its file when it is collected, for whatever reason."""
        self.write = len
        self.flush = _nothing

    def close(self) -> None:
        pass


def _nothing() -> None:
    pass


def _finite(row: dict[str, Any]) -> dict[str, Any]:
    """JSON has no NaN and no infinity: null is written for them."""
    return {
        name: None if isinstance(value, float) and value - value != 0 else value
        for name, value in row.items()
    }
