"""Output: what a command writes, and the properties of the place it writes to."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from typing import Any, BinaryIO, TextIO

from septet.wording.speaking import spoken

from .input import UsageError

#: The name for standard output, instead of a file's.
STANDARD_OUTPUT = "-"

_CLOSED = "cannot write the output: standard output is closed"


def prepare() -> None:
    """Makes both outputs take any character: one that they cannot encode is spelled out, not fatal.

    Raises `UsageError` where standard output is closed, before any work is done: every command answers
    there, and a script must not mistake silence for an answer.
    """
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
    if sys.stdout is None:
        raise UsageError(_CLOSED)


def write(text: str) -> None:
    """Writes to standard output, with words in the reader's language. A reader that has gone away is not an
    error.

    Raises `UsageError` where the output is lost in another way.
    """
    if sys.stdout is None:
        raise UsageError(_CLOSED)
    _write(sys.stdout, spoken(text))


def write_octets(source: BinaryIO) -> None:
    """Writes the content of a file to standard output, octet by octet."""
    if sys.stdout is None:
        raise UsageError("standard output is closed: give the name of a file")
    try:
        sys.stdout.flush()
        shutil.copyfileobj(source, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except OSError as error:
        _lose(sys.stdout, error)


def write_json(value: Any) -> None:
    """Writes a value as JSON in ASCII, so that any text passes through any pipe."""
    import json

    write(json.dumps(value, ensure_ascii=True) + "\n")


def write_error(text: str) -> None:
    """Writes to standard error, words in the reader's language."""
    with contextlib.suppress(UsageError):  # no output is left to report it
        _write(sys.stderr, spoken(text))


def encoding() -> str:
    """The codec of standard output."""
    return getattr(sys.stdout, "encoding", None) or "ascii"


def error_encoding() -> str:
    """The codec of standard error."""
    return getattr(sys.stderr, "encoding", None) or "ascii"


def width() -> int:
    """The terminal's width in cells (or what COLUMNS says); 80 where there is no terminal."""
    return shutil.get_terminal_size().columns


def colour() -> bool:
    """Whether standard output is to be coloured: a terminal is, unless NO_COLOR; FORCE_COLOR colours all."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    if sys.stdout is None or not sys.stdout.isatty() or os.environ.get("TERM") == "dumb":
        return False
    return not (sys.platform == "win32" and _is_legacy_windows())


def _is_legacy_windows() -> bool:
    from rich.console import detect_legacy_windows

    return detect_legacy_windows()


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:
        return
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        _lose(stream, error)


def _lose(stream: TextIO, error: OSError) -> None:
    """Handles a lost output; a reader that has gone away is not an error."""
    _silence(stream)
    # On Windows a closed pipe is reported as an invalid argument.
    if error.errno not in (errno.EPIPE, errno.EINVAL):
        raise UsageError(lost(error)) from None


def lost(error: OSError) -> str:
    """The error where the output is lost."""
    return f"cannot write the output: {error.strerror or error}"


def _silence(stream: TextIO) -> None:
    """Discards the rest of a broken stream's buffer: otherwise the interpreter would complain at its end."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
