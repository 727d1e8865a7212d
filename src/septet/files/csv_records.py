"""Records of a CSV file: each with the line where it begins, and an error of one line where it is not CSV."""

from __future__ import annotations

import csv
import io
from contextlib import contextmanager

from septet.errors import FileError
from septet.wording.messages import said
from septet.wording.problems import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO


def records(
    lines: Iterable[str], delimiter: str, where: str, skipped: int = 0, *, strict: bool = False
) -> Iterator[tuple[int, list[str]]]:
    """The records of a file, blank lines left out, each with its first line, counted from 1.

    `skipped` lines come before these.

    Text after a quoted cell belongs to it, as in lenient readers of RFC 4180: ``"TV 32" promo`` is ``TV 32
    promo``. This is an error where `strict`, as in a vendor's own file. Raises
    `FileError`, with the line, where a quoted cell is never closed or hides other rows: from there on,
    records cannot be told apart.
    """
    held, start, line = "", 1 + skipped, skipped
    try:
        for text in lines:
            line += 1
            if not held:
                start = line
                if '"' not in text:
                    if bare := text.rstrip("\r\n"):
                        yield line, bare.split(delimiter)
                    continue
            several = bool(held)
            held += text
            if several and '"' not in text and len(held) < csv.field_size_limit():
                continue  # nothing closes the open cell
            record = _whole(held, delimiter, where, start, several or strict)
            if record is not None:
                held = ""
                yield start, record
    except UnicodeError as error:
        raise FileError(_not_decoded(error), where, line + 1) from None
    if held:
        raise FileError(_NEVER_CLOSED, where, start)


_NEVER_CLOSED = "a quotation mark is opened in this row and never closed: close it, or double it in a text"
# A character that no text holds.
_END = "\x00\x1f"


def _whole(held: str, delimiter: str, where: str, start: int, strict: bool) -> list[str] | None:
    """The record of some lines, or None where a quoted cell of it is still open."""
    bare = held.removesuffix("\n").removesuffix("\r")
    try:
        found = next(csv.reader([bare + delimiter + _END], delimiter=delimiter))
        if found[-1] != _END:
            return None
        if strict:  # also of several lines: text after such a cell means that its quote belonged to another
            next(csv.reader([bare], delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise FileError(_reason(str(error)), where, start) from None
    return found[:-1]


def _reason(said: str) -> str:
    if "field limit" in said:
        limit = csv.field_size_limit()
        return f"a field has more than {limit} characters: most likely its quotation mark is not closed"
    return f'the quotation marks do not pair ({said}): a " inside a text is written ""'


def _not_decoded(error: UnicodeError) -> str:
    if not isinstance(error, UnicodeDecodeError):
        return f"the file cannot be decoded ({error}): say how it is encoded"
    byte = error.object[error.start]
    # Text is decoded in blocks, so that the byte may be in one of the following lines.
    return f"here or soon after, byte 0x{byte:02X} is not {error.encoding}: say how the file is encoded"


def wrong_number_of_fields(expected: int, found: int) -> Problem:
    """The problem of a record that is longer or shorter than its header."""
    figures = {"actual": found, "limit": expected}
    message = said(
        "The row has %(actual)s fields, but the header has %(limit)s. Write one field for each column.",
        **figures,
    )
    if found > expected:
        message = said(
            "The row has %(actual)s fields, but the header has %(limit)s. Put a text that contains the "
            "delimiter in quotation marks. Write one field for each column.",
            **figures,
        )
    return Problem.of("row-fields", message, **figures)


@contextmanager
def decoded(file: BinaryIO, charset: str) -> Iterator[Iterator[str]]:
    """The lines of a file with their line ends; the file stays open, as its opener closes it."""
    text = io.TextIOWrapper(file, encoding=charset, newline="")
    try:
        yield text
    finally:
        text.detach()
