"""Standard input as a stream of octets; an interrupt always ends the wait for it."""

from __future__ import annotations

import io
import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO

from .input import UsageError

if TYPE_CHECKING:
    from typing_extensions import Buffer


@contextmanager
def standard_input() -> Iterator[BinaryIO]:
    """Standard input, to be read in the main thread. Raises `UsageError` where it is closed.

    The system may deliver an interrupt to any thread of a process, and a thread that waits in a read would
    not notice it. So the main thread waits for either, octets or a signal.
    """
    if sys.stdin is None:
        raise UsageError("standard input is closed: give the name of a file")
    stream: BinaryIO = sys.stdin.buffer
    try:
        descriptor = stream.fileno()
        heard, woken = os.pipe()
    except (OSError, ValueError):  # it has no file of the system
        yield stream
        return
    try:
        os.set_blocking(heard, False)
        os.set_blocking(woken, False)
        try:
            before = signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
        except ValueError:  # not the main thread: no signal would reach it anyway
            yield stream
            return
        try:
            # Windows can only wait for sockets.
            waits = sys.platform != "win32"
            yield io.BufferedReader(_Waiting(descriptor, heard), 1 << 20) if waits else stream
        finally:
            signal.set_wakeup_fd(before)
    finally:
        os.close(heard)
        os.close(woken)


class _Waiting(io.RawIOBase):
    """A file of the system that is read when there is something to read, or a signal has come."""

    def __init__(self, descriptor: int, heard: int) -> None:
        self._descriptor = descriptor
        self._heard = heard

    def readable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def readinto(self, buffer: Buffer, /) -> int:
        while True:
            ready, _, _ = select.select([self._descriptor, self._heard], [], [])
            if self._heard in ready:
                os.read(self._heard, 512)  # Python acts on the signal as soon as this is back
            else:
                return os.readv(self._descriptor, [buffer])
