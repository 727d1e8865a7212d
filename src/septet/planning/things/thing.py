"""A thing: a part of a text that means something only as a whole, such as a link or a price."""

from __future__ import annotations

from typing import NamedTuple


class Thing(NamedTuple):
    """``text[start:end]``, which must reach the phone as it is or not at all."""

    #: One of `KINDS`.
    kind: str
    start: int
    end: int


#: All kinds; if the same characters have two readings, the one that comes first here is taken.
KINDS = (
    "link",
    "email",
    "machine-line",
    "app-hash",
    "field",
    "date",
    "hour",
    "code",
    "phone",
    "amount",
    "reference",
    "number",
)
