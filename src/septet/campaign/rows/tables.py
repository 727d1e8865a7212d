"""Tables: what Arrow reads or hands over, Parquet among them, and rows that Python holds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sized
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from septet.campaign.pieces import ROWS
from septet.campaign.rejects import Part, Reject, half_a_pair
from septet.campaign.tallies import Tally
from septet.errors import CampaignError
from septet.files.octets import reason
from septet.planning.columns import made_of
from septet.templates.written_values import in_full
from septet.wording.messages import said
from septet.wording.quoting import printable

if TYPE_CHECKING:
    import os

    import pyarrow as pa

    from septet.campaign.estimators import Estimator, Outcome
    from septet.campaign.pipelines import Pool

#: The rows of a batch where each row is slow: fewer rows wait for one another, and less memory is used.
_ROWS_OF_PLANS = 1 << 11
#: The octets that are read at a time from each column of a Parquet file.
_BUFFER = 1 << 20


class Batches:
    """A source of record batches. `total` is its number of rows, where known."""

    delimiter = None
    file_encoding = None

    def __init__(self, name: str, schema: pa.Schema, total: int | None, format: str = "arrow") -> None:
        self.name = name
        self.columns = tuple(schema.names)
        self.total = total
        self.format = format

    def batches(self, columns: list[str] | None, most: int) -> Iterator[pa.RecordBatch]:
        """All rows, with at least these columns; None: with all columns. At most `most` rows are read at a
        time."""
        raise NotImplementedError

    def parts(self, pool: Pool, estimator: Estimator, whole_rows: bool) -> Iterator[Part]:
        """The rows, measured, in their order."""
        estimator.check(self.columns, self.name, whole_rows)

        def work(batch: pa.RecordBatch) -> tuple[Outcome, list[Reject]]:
            outcome = estimator.measure(batch, whole_rows)
            return outcome, [
                Reject(fault.row, fault.code, fault.reason, _as_json(batch, fault.row))
                for fault in outcome.faults
            ]

        done = 0
        wanted = None if whole_rows else estimator.columns_among(self.columns)
        most = ROWS if estimator.is_quick else _ROWS_OF_PLANS
        for batch, future in pool.ahead(work, _in_pieces(self._read(wanted, most), most)):
            outcome, found = future.result()
            rejects = [reject._replace(line=reject.line + done + 1) for reject in found]
            shown = [finding._replace(line=finding.line + done + 1) for finding in outcome.findings]
            done += batch.num_rows
            yield Part(outcome.tally, rejects, outcome.batch, done, shown, outcome.people)

    def _read(self, columns: list[str] | None, most: int) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        try:
            yield from map(without_views, self.batches(columns, most))
        except (pa.ArrowException, OSError) as error:
            raise CampaignError(f"{self.name}: it cannot be read: {reason(error)}") from None

    def close(self) -> None:
        """Nothing is held open between batches."""


def without_views(batch: pa.RecordBatch) -> pa.RecordBatch:
    """A batch with large types instead of views for texts and octets: Arrow takes no rows of views."""
    kinds = [_without_views(field.type) for field in batch.schema]
    if kinds == [field.type for field in batch.schema]:
        return batch
    import pyarrow as pa

    columns = [_as(column, kind) for column, kind in zip(batch.columns, kinds, strict=True)]
    return pa.RecordBatch.from_arrays(columns, names=batch.schema.names)


def _as(column: pa.Array, kind: pa.DataType) -> pa.Array:
    """A column in the type that `_without_views` gives."""
    import pyarrow as pa

    if column.type != kind and pa.types.is_dictionary(column.type):
        return column.dictionary.cast(kind).take(column.indices)  # Arrow decodes no dictionary of views
    return column.cast(kind)


def _without_views(kind: pa.DataType) -> pa.DataType:
    """The type with large texts and octets instead of views."""
    import pyarrow as pa

    types = pa.types
    if types.is_string_view(kind):
        return pa.large_string()
    if types.is_binary_view(kind):
        return pa.large_binary()
    if types.is_dictionary(kind):
        value = _without_views(kind.value_type)
        return kind if value == kind.value_type else value
    if types.is_struct(kind):
        return pa.struct([field.with_type(_without_views(field.type)) for field in kind])
    if types.is_list(kind) or types.is_large_list(kind):
        make = pa.list_ if types.is_list(kind) else pa.large_list
        return make(kind.value_field.with_type(_without_views(kind.value_type)))
    return kind


def _in_pieces(batches: Iterable[pa.RecordBatch], most: int) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        for start in range(0, batch.num_rows, most):
            yield batch.slice(start, most)


def _as_json(batch: pa.RecordBatch, row: int) -> bytes:
    """A row as JSON; values without a JSON type as their text, and octets that are not text escaped."""
    import pyarrow as pa

    def value(column: pa.Array) -> Any:
        one = column.slice(row, 1)
        if pa.types.is_string(one.type) or pa.types.is_large_string(one.type):
            one = one.cast(pa.large_binary())  # Arrow does not promise that a string is UTF-8
        return one[0].as_py()

    def text(value: object) -> str:
        return value.decode("utf-8", "backslashreplace") if isinstance(value, bytes) else str(value)

    values = {name: value(column) for name, column in zip(batch.schema.names, batch.columns, strict=True)}
    return json.dumps(values, ensure_ascii=False, default=text).encode("utf-8", "backslashreplace")


class Dataset(Batches):
    """An Arrow dataset: read bit by bit, by its own threads."""

    def __init__(self, dataset: Any) -> None:
        super().__init__("the dataset", dataset.schema, None)
        self._dataset = dataset

    def batches(self, columns: list[str] | None, most: int) -> Iterator[pa.RecordBatch]:
        yield from self._dataset.to_batches(
            columns=columns, batch_size=most, batch_readahead=4, fragment_readahead=1
        )


class Parquet(Batches):
    """A Parquet file, read page by page: never a whole row group. CampaignError where it is not one."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        import pyarrow as pa
        import pyarrow.parquet

        try:
            self._file = pyarrow.parquet.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False)
        except (pa.ArrowException, OSError) as error:
            raise CampaignError(f"{path}: expected a Parquet file: {reason(error)}") from None
        super().__init__(str(path), self._file.schema_arrow, self._file.metadata.num_rows, "parquet")

    def batches(self, columns: list[str] | None, most: int) -> Iterator[pa.RecordBatch]:
        if columns == []:
            columns = list(self.columns[:1])  # for the number of rows
        yield from self._file.iter_batches(most, columns=columns, use_threads=False)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()


class Stream(Batches):
    """Record batches from the caller."""

    def __init__(
        self, batches: Iterable[pa.RecordBatch], schema: pa.Schema, total: int | None = None
    ) -> None:
        super().__init__("the table", schema, total)
        self._batches = batches

    def batches(self, columns: list[str] | None, most: int) -> Iterator[pa.RecordBatch]:
        for batch in self._batches:
            yield batch if columns is None else batch.select(list(dict.fromkeys(columns)))


class TextColumn(Stream):
    """A column of texts from the caller: a table with that one column, whatever its name."""

    def __init__(self, column: pa.ChunkedArray) -> None:
        import pyarrow as pa

        table = pa.table([column], [""])
        super().__init__(table.to_batches(), table.schema, table.num_rows)
        self.columns = ()

    def parts(self, pool: Pool, estimator: Estimator, whole_rows: bool) -> Iterator[Part]:
        """The rows, measured, in their order."""
        if estimator.template is not None or estimator.recipient is not None:
            raise CampaignError("a template and a recipient need rows with fields: expected a table")
        self.columns = (estimator.column,)
        self._batches = [batch.rename_columns(list(self.columns)) for batch in self._batches]
        return super().parts(pool, estimator, whole_rows)


class Texts:
    """Texts, or mappings of a row's fields, as Python objects."""

    delimiter = None
    file_encoding = None
    format = "python"
    name = "the rows"

    def __init__(self, rows: Iterable[Any]) -> None:
        self._rows = iter(rows)
        self.total = len(rows) if isinstance(rows, Sized) else None
        first = list(islice(self._rows, 1))
        self._rows = chain(first, self._rows)
        self._mappings = bool(first) and isinstance(first[0], Mapping)
        self.columns = tuple(map(str, first[0])) if self._mappings else ()

    def parts(self, pool: Pool, estimator: Estimator, whole_rows: bool) -> Iterator[Part]:
        """The rows, measured, in their order."""
        if self._mappings:
            estimator.check(self.columns, self.name, whole_rows)
        elif estimator.template is not None or estimator.recipient is not None:
            raise CampaignError("a template and a recipient need rows with fields: expected mappings")
        names = (
            list(self.columns if whole_rows else estimator.columns_among(self.columns))
            if self._mappings
            else [estimator.column]
        )
        done = 0
        while chunk := list(islice(self._rows, ROWS)):
            yield self._part(chunk, names, estimator, whole_rows, done)
            done += len(chunk)

    def _part(
        self, chunk: list[Any], names: list[str], estimator: Estimator, whole_rows: bool, done: int
    ) -> Part:
        import pyarrow as pa

        rows, places, rejects = [], [], []
        broken: dict[Any, int] = {}
        for place, row in enumerate(chunk):
            found = self._fields(row, names)
            if isinstance(found, list):
                rows.append(found)
                places.append(place)
            else:
                rejects.append(Reject(done + place + 1, *found, _shown(row)))
                broken["rejected", found[0]] = broken.get(("rejected", found[0]), 0) + 1
        columns = [made_of([row[place] for row in rows], pa.large_string()) for place in range(len(names))]
        if not columns:
            names, columns = [""], [pa.nulls(len(rows))]
        outcome = estimator.measure(pa.RecordBatch.from_arrays(columns, names), whole_rows)
        for fault in outcome.faults:
            place = places[fault.row]
            rejects.append(Reject(done + place + 1, fault.code, fault.reason, _shown(chunk[place])))
        shown = [f._replace(line=done + places[f.line] + 1) for f in outcome.findings]
        tally, done = outcome.tally + Tally(broken), done + len(chunk)
        return Part(tally, sorted(rejects), outcome.batch, done, shown, outcome.people)

    def _fields(self, row: Any, names: list[str]) -> list[str | None] | tuple[str, str]:
        """The texts of a row, or the code and the reason why there are none."""
        if self._mappings and not isinstance(row, Mapping):
            return "not-text", said("expected a mapping, found %(type)s", type=type(row).__name__)
        values = []
        for name in names:
            value = row.get(name) if self._mappings else row
            if isinstance(value, float) and value != value:  # some libraries write a missing value so
                value = None
            if value is not None and not isinstance(value, str):
                # Numbers, dates and the like are written as Python writes them; a message must be a text.
                if not self._mappings or isinstance(value, (bool, bytes, Mapping, list, tuple, set)):
                    return "not-text", said("expected a text, found %(type)s", type=type(value).__name__)
                value = in_full(value) if isinstance(value, float) else str(value)
            if value is not None:
                value = str.__str__(value)
                try:
                    value.encode("utf-8")
                except UnicodeEncodeError:
                    return "bad-bytes", half_a_pair(printable(name))
            values.append(value)
        return values

    def close(self) -> None:
        """Nothing is held open."""


def _shown(row: Any) -> bytes:
    if isinstance(row, Mapping):
        row = {str(name): value for name, value in row.items()}
    return json.dumps(row, ensure_ascii=False, default=repr).encode("utf-8", "backslashreplace")
