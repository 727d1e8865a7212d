"""Outputs: files of measured and of rejected rows, which appear when they are whole or not at all.

What is written goes into a file beside, named ``.NAME.….part``, and takes its name at the end. So
whatever stops the work, a full disk or ``kill -9``, nothing is left that looks finished, and an
older file of that name is still there.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from septet.errors import CampaignError

from .output_formats import Format, row_writer

if TYPE_CHECKING:
    from collections.abc import Sequence

# Rejects are gathered to so many before they are written together.
_TOGETHER = 4096


class Draft:
    """A file that is not there yet: `stream` writes it, `publish` gives it its name.

    Raises CampaignError, in one line, where it cannot be written.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.name = os.fspath(path)
        # A link stays one: what it leads to is written anew.
        self._target = os.path.realpath(self.name)
        folder, base = os.path.split(self._target)
        self._path = os.path.join(folder, f".{base}.{secrets.token_hex(4)}.part")
        with said_of(self.name):
            mode = self._mode_of_target()
            handle = os.open(
                self._path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666
            )
            self.stream: IO[bytes] = os.fdopen(handle, "wb", buffering=1 << 20)
            if mode is not None:
                with contextlib.suppress(OSError):
                    os.chmod(self._path, mode)

    def _mode_of_target(self) -> int | None:
        """The permissions of the file that is there already; None where there is none."""
        try:
            found = os.stat(self._target)
        except FileNotFoundError:
            return None
        if not stat.S_ISREG(found.st_mode):
            raise CampaignError(f"{self.name} cannot be written: it is there already, and no file")
        if not os.access(self._target, os.W_OK):
            raise CampaignError(f"{self.name} cannot be written: the file that is there is read-only")
        return stat.S_IMODE(found.st_mode)

    def close(self) -> None:
        """Writes all there is to the disk."""
        with said_of(self.name):
            self.stream.flush()
            os.fsync(self.stream.fileno())
            self.stream.close()

    def publish(self) -> None:
        """Gives the file, which is closed, its name."""
        with said_of(self.name):
            os.replace(self._path, self._target)

    def discard(self) -> None:
        """Leaves nothing of it."""
        # What is still in the buffer may not fit; nobody wants it.
        with contextlib.suppress(OSError, ValueError):
            self.stream.close()
        with contextlib.suppress(OSError):
            os.unlink(self._path)


@contextlib.contextmanager
def said_of(name: str) -> Iterator[None]:
    """An error of the system while a file is written, as one line that names it."""
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

        `schema` is that of a file without rows. Raises CampaignError for a name that says no format
        known here, and where nothing can be written.
        """
        self._format = Format.of(path)
        self._delimiter = delimiter
        self._marked = marked
        self._schema = schema
        self._writer: Any = None
        self._draft = Draft(path)

    def write(self, batch: Any) -> None:
        """Adds the rows of a RecordBatch; all have one schema."""
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
        """Leaves nothing of it."""
        self._draft.discard()


class RejectsOutput(Output):
    """A file of rejected rows: line, code, reason, and the row as it was."""

    def __init__(self, path: str | os.PathLike[str], *, delimiter: str = ",", marked: bool = False) -> None:
        import pyarrow as pa

        self._rows: list[tuple[int, str, str, str]] = []
        text = pa.string()
        schema = pa.schema([("line", pa.int64()), ("code", text), ("reason", text), ("row", text)])
        super().__init__(path, delimiter=delimiter, marked=marked, schema=schema)

    def add(self, line: int, code: str, reason: str, row: bytes) -> None:
        """Adds a rejected row."""
        from .output_cells import readable

        self._rows.append((line, code, reason, readable(row)))
        if len(self._rows) == _TOGETHER:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._rows:
            columns = zip(*self._rows, strict=True)
            arrays = [
                pa.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)
            ]
            self._rows = []
            self.write(pa.RecordBatch.from_arrays(arrays, schema=self._schema))

    def close(self) -> None:
        """Ends the file; it has its name only after `publish`."""
        self._flush()
        super().close()


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
        # What has its name already is not touched by this.
        for output in outputs:
            output.discard()
