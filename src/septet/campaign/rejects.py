"""Rejects: rows that could not be measured, with their place and the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from septet.wording.messages import said

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from septet.wording.messages import Words

    from .findings import Finding
    from .people import People
    from .tallies import Tally

#: Why a row is rejected, in plain words.
CODES = {
    "bad-bytes": said("it has octets that are not valid in its encoding"),
    "wrong-number-of-fields": said("it has more or fewer fields than the header"),
    "unclosed-quote": said("a quoted cell in it is never closed"),
    "not-json": said("it is not a JSON object"),
    "unknown-field": said("it has a field that none of the first lines has"),
    "error-cell": said("a cell that is read holds a spreadsheet error"),
    "not-text": said("its message is not a text"),
    "missing-field": said("it has no value for a field of the template"),
    "long-field": said("a value is longer than its merge tag in the template allows"),
    "bad-number": said("its recipient is not a phone number"),
    "no-price": said("the price list has no price for its recipient"),
}


#: The columns after those of the input in a file of rejects.
ADDED = ("line", "code", "reason")


def readable(octets: bytes) -> str:
    """Octets as text, without loss.

    Where they are not UTF-8, ``\\xe9`` stands for a wrong octet and ``\\\\`` for a ``\\``.
    """
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.replace(b"\\", b"\\\\").decode("utf-8", "backslashreplace")


def bad_octet(octet: int, place: int, encoding: str) -> Words:
    """That an octet of a row is not in its file's encoding; places count from 1."""
    return said(
        "octet 0x%(octet)s at place %(place)s is not %(encoding)s",
        octet=f"{octet:02X}",
        place=place,
        encoding=encoding,
    )


def half_a_pair(field: str) -> Words:
    """That the text of a field is not valid text."""
    return said('the field "%(field)s" holds half a surrogate pair', field=field)


class Reject(NamedTuple):
    """A row that could not be measured."""

    #: The line of the file where the row starts, from 1, the header included; in Parquet and in sources
    #: without lines, the row's number from 1.
    line: int
    #: One of `CODES`.
    code: str
    #: What is wrong with this row, in one line.
    reason: str
    #: The row as it was, in UTF-8 except for bad octets, which stay; as JSON where it had no text.
    row: bytes
    #: Its file, where there are several.
    file: str | None = None


class Progress(NamedTuple):
    """How far an estimate has come."""

    rows: int
    rejected: int
    segments: int
    #: Octets read, of all octets of the file; rows, for a table. None: not known.
    done: int
    total: int | None


class Part(NamedTuple):
    """The next rows of a source, measured."""

    tally: Tally
    rejects: list[Reject]
    batch: pa.RecordBatch | None
    #: How far the source was read.
    done: int
    #: The first of these rows with each problem that has an example.
    findings: Sequence[Finding] = ()
    #: Their recipients, where they are known or asked for.
    people: People | None = None
