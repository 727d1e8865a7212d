"""Octets: the content of a file or a stream, unpacked if it was packed, and how far it was read."""

from __future__ import annotations

import gzip
import io
import os
import stat
import zlib
from types import TracebackType
from typing import Any

from septet.errors import FileError, shown_path
from septet.wording.quoting import printable

_GZIP = b"\x1f\x8b"
_SAMPLE = 1 << 18


class Octets:
    """A file or a binary stream, read once from its beginning; FileError for an unreadable one."""

    def __init__(self, source: str | os.PathLike[str] | Any) -> None:
        self._owned = not hasattr(source, "read")
        self.read = 0
        if self._owned:
            path = os.fspath(source)
            #: For messages; its endings are also a hint of its content; "" for a stream without a name.
            self.name = path
            try:
                raw: Any = io.FileIO(path)
            except (OSError, ValueError) as error:
                raise FileError(f"it cannot be read: {reason(error)}", shown_path(path)) from None
        else:
            named = getattr(source, "name", "")
            self.name = named if isinstance(named, str) else ""
            raw = source
        self._raw = _Counted(raw)
        self._buffered = io.BufferedReader(self._raw, _SAMPLE)
        #: The number of octets of the file, as far as known.
        self.total = _size(raw)
        packed = self._guard(lambda: self._buffered.peek(2)[:2]) == _GZIP
        self._plain: Any = gzip.GzipFile(fileobj=self._buffered) if packed else self._buffered
        self.packed = packed
        self._head = b""

    @property
    def where(self) -> str:
        """Its name in messages."""
        return self.name or "the input"

    @property
    def done(self) -> int:
        """How many octets of the file were read so far, packed ones where it is packed."""
        return self._raw.count

    def peek(self, count: int = _SAMPLE) -> bytes:
        """The next octets, without consuming them; fewer at the end."""
        while len(self._head) < count:
            more = self._guard(lambda: self._plain.read(count - len(self._head)))
            if not more:
                break
            self._head += more
        return self._head[:count]

    def fill(self, view: memoryview) -> int:
        """Reads as much as the view holds, and returns how much that was; less only at the end."""
        filled = min(len(view), len(self._head))
        view[:filled] = self._head[:filled]
        self._head = self._head[filled:]
        while filled < len(view):
            more = self._guard(lambda start=filled: self._plain.readinto(view[start:]))
            if not more:
                break
            filled += more
        return filled

    def read_some(self, count: int) -> bytes:
        """The next octets, fewer only at the end."""
        view = memoryview(bytearray(count))
        return bytes(view[: self.fill(view)])

    def reader(self) -> io.BufferedReader:
        """The unread rest, as a file of its own."""
        return io.BufferedReader(_Left(self), _SAMPLE)

    def _guard(self, work: Any) -> Any:
        try:
            return work()
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise FileError(f"its gzip data is damaged: {reason(error)}", self.where) from None
        except (OSError, ValueError) as error:
            raise FileError(f"it cannot be read: {reason(error)}", self.where) from None

    def close(self) -> None:
        """Closes what was opened here; a stream that was given stays open."""
        self._raw.source = None if not self._owned else self._raw.source
        self._buffered.close()

    def __enter__(self) -> Octets:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _Left(io.RawIOBase):
    """The unread rest, in the form that the io module needs."""

    def __init__(self, octets: Octets) -> None:
        self._octets = octets

    def readable(self) -> bool:
        return True

    def readinto(self, view: Any) -> int:
        return self._octets.fill(memoryview(view))


class _Counted(io.RawIOBase):
    """Any object to read octets from, in the form that the io module needs; counts the octets."""

    def __init__(self, source: Any) -> None:
        self.source = source
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, view: Any) -> int:
        if hasattr(self.source, "readinto"):
            count = self.source.readinto(view) or 0
        else:
            found = self.source.read(len(view))
            if not isinstance(found, (bytes, bytearray)):
                raise ValueError(f"expected octets, found {type(found).__name__}: open it as binary")
            count = len(found)
            view[:count] = found
        self.count += count
        return int(count)

    def close(self) -> None:
        if not self.closed and self.source is not None:
            self.source.close()
        super().close()


def _size(raw: Any) -> int | None:
    try:
        status = os.fstat(raw.fileno())
    except (AttributeError, OSError, ValueError):
        return None
    return status.st_size if stat.S_ISREG(status.st_mode) else None


def reason(error: Exception) -> str:
    """Why something failed, in the words of the system where there are some."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return printable(str(error), 120)
