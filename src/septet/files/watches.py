"""Watches: whether a file at the end is still the one that it was when reading began."""

from __future__ import annotations

import os
import stat

from septet.errors import FileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Watch:
    """The system's facts about a file before it is read; none for anything but a regular file.

    A file whose name is gone at the end was read anyway: an open file stays.
    """

    def __init__(self, source: str | os.PathLike[str] | Any, where: str) -> None:
        self._source = source
        self._where = where
        self._before = self._look()

    def check(self) -> None:
        """Raises FileError where the file was cut, written to or replaced since."""
        after = None if self._before is None else self._look()
        if self._before is None or after is None or after == self._before:
            return
        sizes = f"{self._before[0]} octets at first, {after[0]} at the end"
        what = "was replaced" if after[2:] != self._before[2:] else "has changed"
        raise FileError(
            f"it {what} while it was read ({sizes}): no figure of it would be right; wait until it is whole",
            self._where,
        )

    def _look(self) -> tuple[int, int, int, int] | None:
        try:
            if isinstance(self._source, (str, os.PathLike)):
                found = os.stat(self._source)
            else:
                found = os.fstat(self._source.fileno())
        except (AttributeError, OSError, ValueError):
            return None
        if not stat.S_ISREG(found.st_mode):
            return None
        return found.st_size, found.st_mtime_ns, found.st_ino, found.st_dev
