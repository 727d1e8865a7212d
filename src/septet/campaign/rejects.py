"""Rejects: rows that could not be measured, with where they stand and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

    from .tallies import Tally

#: Why a row is rejected, in plain words.
CODES = {
    "bad-bytes": "it holds octets that its encoding does not have",
    "wrong-number-of-fields": "it has more or fewer fields than the header",
    "unclosed-quote": "a quoted cell in it is never closed",
    "not-json": "it is no JSON object",
    "not-text": "its message is no text",
    "missing-field": "it has nothing for a field of the template",
    "long-field": "it has more for a field than the template's merge tag takes",
    "bad-number": "its recipient is no phone number",
    "no-price": "the price list has no price for its recipient",
}


class Reject(NamedTuple):
    """A row that could not be measured."""

    #: The line of the file where the row starts, from 1, the header's included; in Parquet and in
    #: what has no lines, the row's number from 1.
    line: int
    #: One of `CODES`.
    code: str
    #: What is wrong with this row, in one line.
    reason: str
    #: The row as it was, in UTF-8 but for bad octets, which stay; where it had no text, as JSON.
    row: bytes


class Progress(NamedTuple):
    """How far an estimate has come."""

    rows: int
    rejected: int
    segments: int
    #: Octets of the file that were read, of all that it has; rows, of a table. None: not known.
    done: int
    total: int | None


class Part(NamedTuple):
    """The next rows of a source, measured."""

    tally: Tally
    rejects: list[Reject]
    batch: pa.RecordBatch | None
    #: How far the source was read.
    done: int
