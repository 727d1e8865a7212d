"""Differing rows: some of those that were not billed as planned, to be shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, NamedTuple

from septet.destinations.masks import masked
from septet.wording.quoting import printable

from .cells import NO_PRICE, unscaled
from .ways import ENCODINGS

#: The most characters of a text to show.
_SHOWN = 60


class DifferingRow(NamedTuple):
    """One row that was not billed as planned."""

    #: The kind of rows that it is an example of, and its number among them.
    code: str
    #: The line of the file where it starts, from 1; of a batch, its place from 0.
    line: int
    #: The beginning of the text as logged, with the middle of phone numbers hidden.
    text: str
    planned: int
    billed: int
    planned_encoding: str
    #: None where the log has none, or an unknown one.
    billed_encoding: str | None
    price: Decimal | None
    expected_price: Decimal | None
    #: The sets of hypotheses that explain its segments, and its price; None where these agree.
    segments_by: int | None
    price_by: int | None
    #: Its file, where there are several.
    file: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """In plain JSON types; amounts as texts, so that none is rounded."""
        return {
            "line": self.line,
            "file": self.file,
            "text": self.text,
            "planned": {
                "segments": self.planned,
                "encoding": self.planned_encoding,
                "price": _text(self.expected_price),
            },
            "billed": {"segments": self.billed, "encoding": self.billed_encoding, "price": _text(self.price)},
        }


def excerpt(text: str) -> str:
    """The beginning of a text, with no whole phone number in it."""
    # Masked first, since half a number would not be recognised.
    return printable(masked(text), _SHOWN)


def money(units: int) -> Decimal | None:
    """An amount of a row; None without one."""
    return None if units == NO_PRICE else unscaled(units)


def encoding_named(place: int) -> str | None:
    """An encoding by its place; None without one."""
    return ENCODINGS[place] if place >= 0 else None


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"
