"""Whole files: written beside their place and moved there when they are complete, or not at all."""

from __future__ import annotations

import atexit
import contextlib
import errno
import io
import os
import stat

from septet.errors import FileError

from .leftovers import held, name_beside, sweep

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import BinaryIO, Self

    from _typeshed import ReadableBuffer

_BUFFER = 1 << 16

#: The unfinished files, by the process that writes them. An interruption may come between any two steps,
#: before any caller knows of a file that has to be discarded: this discards it at the end.
_unfinished: dict[str, int] = {}


@atexit.register
def _discard_unfinished() -> None:
    for name, process in list(_unfinished.items()):
        if process == os.getpid():
            with contextlib.suppress(OSError):
                os.unlink(name)


class WholeFile:
    """A file being written; an older one in its place stays there until `keep`.

    Used with ``with``: without `keep`, and after any error or interruption, nothing is left. A
    process that is killed outright leaves a hidden file that ends in ``.part``, which the next one that
    writes to the same place removes. From its first octet the file can be read by nobody who cannot read
    the one in its place. Raises FileError where something other than a regular file is in the place,
    OSError, which names the place, where nothing can be written. Several files that belong together are
    each completed before the first is kept.
    """

    #: The path to write to, in bytes.
    file: BinaryIO

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        # A link stays a link: its target is replaced.
        self._target = os.path.realpath(self.path)
        self._beside = ""
        self._lock = -1
        self._replaced: os.stat_result | None = None
        self._is_complete = False
        with contextlib.suppress(FileNotFoundError):
            status = os.stat(self.path)  # the target of a link may have no name, such as a pipe
            if not stat.S_ISREG(status.st_mode):
                raise FileError(f"{self.path} is not a regular file: expected the name of one, new or old")
            if not os.access(self._target, os.W_OK):
                raise PermissionError(errno.EACCES, "the file that is there is read-only", self.path)
            self._replaced = status

    def __enter__(self) -> Self:
        sweep(*os.path.split(self._target))
        with self._named():
            self.file = io.BufferedWriter(_Beside(self._opened(), "wb", self.path), _BUFFER)
            if self._replaced is not None:
                try:
                    _make_like(self._beside, self._replaced)
                except BaseException:
                    self.discard()
                    raise
        return self

    def _opened(self) -> int:
        """A file beside the place, held by this process."""
        folder, name = os.path.split(self._target)
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        # A new file gets the permissions of the umask (only their owner may read those of tempfile). A file
        # that replaces another is at first readable only by its owner, since its group is not known before.
        mode = 0o666 if self._replaced is None else self._replaced.st_mode & stat.S_IRWXU
        while True:
            self._beside = os.path.join(folder, name_beside(name))
            _unfinished[self._beside] = os.getpid()
            descriptor = os.open(self._beside, flags, mode)
            lock = held(descriptor, self._beside)
            if lock is not None:
                self._lock = lock
                return descriptor
            # Another process swept it between two steps, as if its writer were gone.
            os.close(descriptor)
            _unfinished.pop(self._beside, None)

    def _let_go(self) -> None:
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    def complete(self) -> None:
        """Writes everything to the disk; nothing can be added afterwards."""
        with self._named():
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
        self._is_complete = True

    def keep(self) -> None:
        """Completes the file, if not yet done, and puts it in its place."""
        if not self._is_complete:
            self.complete()
        with self._named():
            os.replace(self._beside, self._target)
        _unfinished.pop(self._beside, None)
        self._beside = ""
        self._let_go()
        _sync_folder(os.path.dirname(self._target))

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.discard()

    def discard(self) -> None:
        """Deletes a file that was not kept."""
        if self._beside:
            # Data that could not be written a moment ago cannot be written on closing either.
            with contextlib.suppress(OSError):
                self.file.close()
            with contextlib.suppress(OSError):
                os.unlink(self._beside)
            _unfinished.pop(self._beside, None)
        self._let_go()

    @contextlib.contextmanager
    def _named(self) -> Iterator[None]:
        """Makes an OSError name the requested path, not the file beside it."""
        try:
            yield
        except OSError as error:
            raise OSError(error.errno, error.strerror, self.path) from None


def _make_like(path: str, other: os.stat_result) -> None:
    """Gives a file the owner, the group and the permissions of another, as far as the system allows.

    Where the group cannot be set, neither group gets permissions that were only for the other.
    """
    own = os.stat(path)
    mode = other.st_mode & (stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)
    if (own.st_uid, own.st_gid) != (other.st_uid, other.st_gid):
        for owner in (other.st_uid, -1):
            with contextlib.suppress(OSError):
                os.chown(path, owner, other.st_gid)
                break
        else:
            common = (mode >> 3) & mode & stat.S_IRWXO
            mode = mode & stat.S_IRWXU | common << 3 | common
    os.chmod(path, mode)


class _Beside(io.FileIO):
    """A file whose errors name its final path."""

    def __init__(self, descriptor: int, mode: str, place: str) -> None:
        super().__init__(descriptor, mode)
        self._place = place

    def write(self, data: ReadableBuffer, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            raise OSError(error.errno, error.strerror, self._place) from None


def _sync_folder(folder: str) -> None:
    """Writes the new name in the folder to the disk, where the system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
