"""Several files as one source, one after the other; all must have the columns that are read of the first."""

from __future__ import annotations

import os
from contextlib import closing
from typing import TYPE_CHECKING, Any, Protocol

from septet.errors import CampaignError, shown_path
from septet.files.column_names import places_of
from septet.wording.quoting import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from septet.campaign.estimators import Estimator
    from septet.campaign.pipelines import Pool
    from septet.campaign.rejects import Part

#: The most names in a message.
_NAMED = 3


class One(Protocol):
    """An opened file: the part of it that is used here."""

    format: str
    delimiter: str | None
    file_encoding: str | None
    columns: tuple[str, ...]
    total: int | None

    def cells(self, row: bytes) -> list[str | None] | None:
        """The cells of a row by their columns."""
        ...

    def parts(self, pool: Pool, estimator: Estimator, whole_rows: bool) -> Iterator[Part]:
        """The rows, measured, in their order."""
        ...

    def close(self) -> None:
        """Closes it."""
        ...


class Several:
    """The rows of several files. A file is opened when its turn comes; the first at once.

    Raises CampaignError for a missing file, and, when its turn comes, for one that cannot be read or has
    other columns.
    """

    def __init__(self, paths: Sequence[str | os.PathLike[str]], opened: Callable[[Any], Any]) -> None:
        self._paths = [os.fspath(path) for path in paths]
        for path in self._paths:
            if not os.path.exists(path):
                raise CampaignError(f"{shown_path(path)}: it cannot be read: no such file")
        self._opened = opened
        self._sizes = [os.path.getsize(path) for path in self._paths]
        first: One = opened(self._paths[0])
        self._first: One | None = first
        self.name = names_of(self._paths)
        self.format, self.delimiter, self.file_encoding = first.format, first.delimiter, first.file_encoding
        self.columns = first.columns
        self._open = first
        self.total: int | None = sum(self._sizes)

    def parts(self, pool: Pool, estimator: Estimator, whole_rows: bool) -> Iterator[Part]:
        """The rows, measured, in their order."""
        before, schema = 0, None
        for path, size in zip(self._paths, self._sizes, strict=True):
            source, self._first = self._first or self._opened(path), None
            self._open = source
            with closing(source):
                if whole_rows and source.columns != self.columns:
                    self._check(path, source.columns)
                for part in source.parts(pool, estimator, whole_rows):
                    batch = part.batch
                    if batch is not None:
                        schema = schema or batch.schema
                        batch = batch if batch.schema == schema else _alike(batch, schema, path)
                    share = part.done / source.total if source.total else 1
                    yield part._replace(
                        batch=batch,
                        done=before + round(size * min(share, 1)),
                        rejects=[reject._replace(file=path) for reject in part.rejects],
                        findings=[finding._replace(file=path) for finding in part.findings],
                    )
            before += size

    def cells(self, row: bytes) -> list[str | None] | None:
        """The cells of a row in the file that is being read."""
        return self._open.cells(row)

    def _check(self, path: str, columns: Sequence[str]) -> None:
        if len(columns) == len(self.columns) and all(
            len(places_of(name, columns)) == 1 for name in self.columns
        ):
            return
        shown = (printable(", ".join(names), 200) for names in (self.columns, columns))
        raise CampaignError(
            "{}: expected the columns of {}, which are {}; found {}".format(path, self._paths[0], *shown)
        )

    def close(self) -> None:
        """Closes the first file, if it was not read."""
        if self._first is not None:
            self._first.close()


def names_of(paths: Sequence[str]) -> str:
    """The name of several files together."""
    named = ", ".join(paths[:_NAMED])
    return named if len(paths) <= _NAMED else f"{named}, … ({len(paths)} files)"


def _alike(batch: Any, schema: Any, path: str) -> Any:
    """A batch with the columns of another file, in that file's order and types."""
    import pyarrow as pa

    names = batch.schema.names
    columns = [batch.column(places_of(name, names)[0]) for name in schema.names]
    try:
        cast = [column.cast(field.type) for column, field in zip(columns, schema, strict=True)]
    except pa.ArrowException as error:
        raise CampaignError(f"{path}: its columns are not those of the first file: {error}") from None
    return pa.RecordBatch.from_arrays(cast, schema=schema)


def are_files(items: Sequence[Any], endings: Sequence[str]) -> bool:
    """Whether the items of a list are files: path objects, or names of existing files.

    Raises CampaignError for a list of texts that look like names of files, but are not.
    """
    if not items or not all(isinstance(item, (str, os.PathLike)) for item in items):
        return False
    names = [item for item in items if isinstance(item, str)]
    if not all(_has_ending(name, endings) for name in names):
        return False
    for name in names:
        if not os.path.isfile(name):
            raise CampaignError(
                f"source: {printable(name, 80)!r} looks like the name of a file, as all of the list do, and "
                "is none that is there: expected files, or texts"
            )
    return True


def _has_ending(name: str, endings: Sequence[str]) -> bool:
    bare = name.lower().removesuffix(".gz").removesuffix(".gzip")
    return "\n" not in name and any(bare.endswith(ending) and bare != ending for ending in endings)
