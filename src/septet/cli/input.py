"""The text of a message, from an argument, standard input or a file."""

from __future__ import annotations

import codecs
import os
import sys

STANDARD_INPUT = "-"

# The codecs that give a byte order mark as a character of the text.
_KEEPING_THE_MARK = frozenset({"utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-7"})


class UsageError(Exception):
    """The arguments of a command are wrong; the message is for the person who typed them."""


def message_text(
    text: str | None, file: str | None, file_encoding: str | None = None, keep_newline: bool = False
) -> str:
    """The text to plan.

    `text` is the text itself, or ``-`` for standard input; `file` is a path, or ``-``. Bytes are read in
    `file_encoding` (UTF-8 by default; a byte order mark is dropped), and one final line break is removed
    unless `keep_newline`. Raises `UsageError`.
    """
    if text is not None and file is not None:
        raise UsageError("a text and --file are both given: expected one of them")
    if text is None and file is None:
        raise UsageError("no text: expected TEXT, - for standard input, or --file FILE")
    if text is not None and text != STANDARD_INPUT:
        return _argument(text)
    codec = _codec("utf-8" if file_encoding is None else file_encoding)
    if file is None or file == STANDARD_INPUT:
        where, content = "standard input", _read_standard_input()
    else:
        where, content = file, _read(file)
    found = _decode(content, codec, where)
    return found if keep_newline else _without_final_newline(found)


def _argument(text: str) -> str:
    """An argument as its author meant it: bytes that Python could not decode are decoded again."""
    if sys.platform == "win32" or not any("\udc80" <= character <= "\udcff" for character in text):
        return text
    try:
        content = os.fsencode(text)
    except UnicodeEncodeError:
        return text  # other lone surrogates: no shell wrote that
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise UsageError(
            f"TEXT is not UTF-8: byte 0x{content[error.start]:02X} at offset {error.start}; "
            "give the text with --file and --file-encoding"
        ) from None


def _codec(name: str) -> codecs.CodecInfo:
    # Only loaded for a file: it looks up encodings.
    from septet.files.encodings import as_python_names, is_for_files

    try:
        name = as_python_names(name)
        found = codecs.lookup(name)
        "".encode(name)  # refuses codecs that are not between text and bytes, such as rot13
        b"".decode(name)
        if is_for_files(name):
            return found
    except (LookupError, ValueError):
        pass
    raise UsageError(
        f"--file-encoding: {name!r} is not a known encoding: expected, say, utf-8, cp1252 or iso-8859-15"
    )


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except (OSError, ValueError) as error:
        raise UsageError(f"--file: {path!r} cannot be read: {_reason(error)}") from None


def _read_standard_input() -> bytes:
    if sys.stdin is None:
        raise UsageError("standard input is closed: give the text as TEXT or with --file")
    try:
        return sys.stdin.buffer.read()
    except (OSError, ValueError) as error:
        raise UsageError(f"standard input cannot be read: {_reason(error)}") from None


def _reason(error: Exception) -> str:
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error)


def _decode(content: bytes, codec: codecs.CodecInfo, where: str) -> str:
    try:
        text = content.decode(codec.name)
    except UnicodeDecodeError as error:
        # A codec that drops a byte order mark may count from the place after it.
        offset = len(content) - len(error.object) + error.start
        raise UsageError(
            f"{where}: byte 0x{content[offset]:02X} at offset {offset} is not {codec.name}; "
            f"say how it is written, such as --file-encoding {'cp1252' if codec.name == 'utf-8' else 'utf-8'}"
        ) from None
    except ValueError as error:
        raise UsageError(
            f"{where}: not {codec.name} ({error}); say how it is written with --file-encoding"
        ) from None
    return text.removeprefix("\ufeff") if codec.name in _KEEPING_THE_MARK else text


def _without_final_newline(text: str) -> str:
    return text.removesuffix("\n").removesuffix("\r") if text.endswith("\n") else text
