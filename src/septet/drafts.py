"""Drafts: files that are not there yet, and take their names when they are whole or not at all.

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
from typing import IO

from .errors import OutputError


class Draft:
    """A file that is not there yet: `stream` writes it, `publish` gives it its name.

    Raises `OutputError`, in one line, where it cannot be written.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.name = os.fspath(path)
        with said_of(self.name):
            # A link stays one: what it leads to is written anew.
            self._target = os.path.realpath(self.name)
            folder, base = os.path.split(self._target)
            self._path = os.path.join(folder, f".{base}.{secrets.token_hex(4)}.part")
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
            raise OutputError(f"{self.name} cannot be written: it is there already, and no file")
        if not os.access(self._target, os.W_OK):
            raise OutputError(f"{self.name} cannot be written: the file that is there is read-only")
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


def write_whole(path: str | os.PathLike[str], text: str) -> None:
    """Writes a file of text, in UTF-8, whole or not at all. Raises `OutputError`."""
    draft = Draft(path)
    try:
        with said_of(draft.name):
            draft.stream.write(text.encode("utf-8"))
        draft.close()
        draft.publish()
    finally:
        # What has its name already is not touched by this.
        draft.discard()


@contextlib.contextmanager
def said_of(name: str) -> Iterator[None]:
    """An error of the system while a file is written, as one line that names it."""
    try:
        yield
    except OutputError:
        raise
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise OutputError(f"{name} cannot be written: {reason}; nothing of it is kept") from None
