"""Outputs: files of measured and of rejected rows, which appear when they are whole or not at all.

The rows are written to a file beside, named ``.NAME.….part``, which takes its name at the end. So whatever
stops the work, a full disk or ``kill -9``, no file is left that looks finished, and an older file of that
name is still there.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from septet.errors import CampaignError
from septet.files.octets import reason
from septet.files.whole_files import WholeFile

from .formats import Format, row_writer

if TYPE_CHECKING:
    from collections.abc import Sequence


class Draft:
    """A file before it has its name: `stream` writes it, `publish` gives it the name.

    Raises CampaignError, in one line, where it cannot be written.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.name = os.fspath(path)
        with said_of(self.name):
            try:
                self._file = WholeFile(path).__enter__()
            except ValueError as error:
                raise CampaignError(str(error)) from None
        self.stream: IO[bytes] = self._file.file

    def close(self) -> None:
        """Writes everything to the disk."""
        with said_of(self.name):
            self._file.complete()

    def publish(self) -> None:
        """Gives the file, which is closed, its name."""
        with said_of(self.name):
            self._file.keep()

    def discard(self) -> None:
        """Deletes it."""
        self._file.discard()


@contextlib.contextmanager
def said_of(name: str) -> Iterator[None]:
    """An error of the system while a file is written, as one line that names the file."""
    try:
        yield
    except OSError as error:
        raise CampaignError(
            f"{name} cannot be written: {error.strerror or error}; nothing of it is kept"
        ) from None


class Output:
    """A file of rows, in the format that its name says. Used by `publishing`."""

    def __init__(
        self, path: str | os.PathLike[str], *, delimiter: str = ",", marked: bool = False, schema: Any = None
    ) -> None:
        """`delimiter` and `marked`, a byte order mark in front, are for CSV.

        `schema` is that of a file without rows. Raises CampaignError for a name of no known format, and
        where nothing can be written.
        """
        self._format = Format.of(path)
        self._delimiter = delimiter
        self._marked = marked
        self._schema = schema
        self._writer: Any = None
        self._draft = Draft(path)

    def write(self, batch: Any) -> None:
        """Adds the rows of a RecordBatch; all have one schema.

        Raises CampaignError, in one line, where they cannot be written.
        """
        import pyarrow as pa

        try:
            self._write(batch)
        except pa.ArrowException as error:
            raise CampaignError(
                f"{self._draft.name} cannot be written: {reason(error)}; nothing of it is kept"
            ) from error

    def _write(self, batch: Any) -> None:
        with said_of(self._draft.name):
            if self._writer is None:
                self._open(batch.schema)
            self._writer.write(batch)

    def _open(self, schema: Any) -> None:
        self._writer = row_writer(self._format, self._draft.stream, schema, self._delimiter, self._marked)

    def close(self) -> None:
        """Ends the file; it has its name only after `publish`."""
        with said_of(self._draft.name):
            if self._writer is None and self._schema is not None:
                self._open(self._schema)
            if self._writer is not None:
                self._writer.close()
        self._draft.close()

    def publish(self) -> None:
        """Gives the closed file its name."""
        self._draft.publish()

    def discard(self) -> None:
        """Deletes it."""
        if self._writer is not None:
            self._writer.abandon()
        self._draft.discard()


@contextlib.contextmanager
def publishing(outputs: Sequence[Output | Draft]) -> Iterator[None]:
    """Publishes all of the outputs when the block ends well, none of them otherwise."""
    try:
        yield
        for output in outputs:
            output.close()
        for output in outputs:
            output.publish()
    finally:
        # A file that has its name already is not touched by this.
        for output in outputs:
            output.discard()
