"""Leftovers: unfinished files of killed processes, and which ones are still being written.

The process that writes a file holds a lock on it (flock) from its first octet until it has its place or is
gone; the system releases the locks of a process that ends, in whatever way. Where there are no such locks,
as on Windows, an open file cannot be removed, which has the same effect.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import stat

try:
    import fcntl
except ImportError:  # Windows has none
    fcntl = None  # type: ignore[assignment]

# The random part of a name, in octets, each of which makes two digits.
_RANDOM = 6


def name_beside(name: str) -> str:
    """An unused name for an unfinished file that will get another name."""
    return f"{_beginning(name)}{secrets.token_hex(_RANDOM)}.part"


def _beginning(name: str) -> str:
    # Shortened, so that no name becomes too long for the system.
    return f".{name[:40]}."


def held(descriptor: int, path: str) -> int | None:
    """A descriptor that holds the lock on an open unfinished file; None where the file was swept before.

    Close it when the file has its place or is gone; -1 where there is nothing to hold.
    """
    if fcntl is None:
        return -1
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
    except OSError:  # a file system without locks: no process gets one, and so none sweeps
        return -1
    if not _is_at(descriptor, path):
        return None
    # The lock outlives the descriptor for writing: a complete file waits for others.
    return os.dup(descriptor)


def _is_at(descriptor: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    except FileNotFoundError:
        return False


def sweep(folder: str, name: str) -> None:
    """Removes unfinished files for a name where the processes that wrote them are gone.

    A file that cannot be read, locked or removed stays: it is not ours, or is still being written.
    """
    pattern = re.compile(re.escape(_beginning(name)) + f"[0-9a-f]{{{2 * _RANDOM}}}" + r"\.part")
    with contextlib.suppress(OSError), os.scandir(folder or os.curdir) as entries:
        for path in [entry.path for entry in entries if pattern.fullmatch(entry.name)]:
            with contextlib.suppress(OSError):
                _sweep_one(path)


def _sweep_one(path: str) -> None:
    """Removes a file that no process holds; OSError where one does, or where it is not ours to remove."""
    if fcntl is None:
        os.unlink(path)
        return
    # No link is followed, and a pipe of that name does not block.
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if stat.S_ISREG(os.fstat(descriptor).st_mode) and _is_at(descriptor, path):
            os.unlink(path)
    finally:
        os.close(descriptor)
