"""Cells: what the columns of a log hold besides its texts, each distinct value read once."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.campaign.arrow_columns import in_numpy

from .ways import ENCODINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    import pyarrow as pa

#: Prices are counted in whole units of this many digits after the point.
DIGITS = 10
#: Cells without a number of segments: an empty one, and one that holds something else.
EMPTY, NO_NUMBER = -1, -2
#: A cell without a price, or with one that cannot be read.
NO_PRICE = -(1 << 62)

_COUNT = re.compile(r"([0-9]{1,6})(?:[.,]0+)?")
_UNIT = r"(?:[A-Z]{3}|[€$£])?"
_PRICE = re.compile(
    rf"{_UNIT} ?[-+−]? ?{_UNIT} ?(?P<amount>[0-9]*[.,]?[0-9]+)(?P<power>[eE]-?[0-9]{{1,2}})? ?{_UNIT}"
)
# A day as ISO 8601 writes it, or with the day first, as most spreadsheets write it.
_ISO = re.compile(r"([0-9]{4})[-/]([0-9]{2})[-/]([0-9]{2})(?![0-9])")
_UNIX_SECONDS = re.compile(r"[12][0-9]{9}")
_DAY_FIRST = re.compile(r"([0-9]{1,2})[./]([0-9]{1,2})[./]([0-9]{4})(?![0-9])")


class Values(NamedTuple):
    """The values of a column, each once, and the place of each row's among them."""

    places: np.ndarray[Any, np.dtype[np.int64]]
    #: As texts; None for a cell without any.
    distinct: list[str | None]

    def read(self, read: Callable[[str | None], Any], kind: Any) -> np.ndarray[Any, Any]:
        """What a reader returns for each row's value."""
        import numpy as np

        known: np.ndarray[Any, Any] = np.array([*map(read, self.distinct)] or [read(None)], kind)[self.places]
        return known


def values_of(column: pa.Array) -> Values:
    """The values of a column."""
    import numpy as np
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    distinct = [_as_text(value) for value in column.dictionary.to_pylist()]
    places = column.indices
    missing = len(distinct)
    if places.null_count:
        distinct.append(None)
    return Values(in_numpy(places, missing).astype(np.int64), distinct)


def _as_text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip() or None


def count_of(written: str | None) -> int:
    """A number of segments; `EMPTY` for an empty cell, `NO_NUMBER` for anything else."""
    if written is None:
        return EMPTY
    found = _COUNT.fullmatch(written)
    return int(found[1]) if found else NO_NUMBER


def price_of(written: str | None) -> int:
    """An amount of money without its sign, in units of `DIGITS`; `NO_PRICE` for anything else.

    Some vendors write what they bill as a negative amount.
    """
    found = None if written is None else _PRICE.fullmatch(written)
    if found is None:
        return NO_PRICE
    try:
        amount = Decimal(found["amount"].replace(",", ".") + (found["power"] or ""))
    except InvalidOperation:
        return NO_PRICE
    # More would not fit into 64 bits.
    return scaled(amount) if amount < 10**6 else NO_PRICE


def scaled(amount: Decimal) -> int:
    """An amount in units of `DIGITS`, rounded to them."""
    return int(amount.scaleb(DIGITS).to_integral_value())


def unscaled(units: int) -> Decimal:
    """The amount for a number of units of `DIGITS`, without trailing zeros."""
    amount = Decimal(units).scaleb(-DIGITS)
    return amount.quantize(Decimal(1)) if amount == amount.to_integral_value() else amount.normalize()


def encoding_of(written: str | None) -> int:
    """The place of the encoding that a vendor names; -1 where the name is unknown."""
    word = re.sub(r"[^a-z0-9]", "", (written or "").casefold())
    for name, signs in _ENCODINGS.items():
        if any(sign in word for sign in signs):
            return ENCODINGS.index(name)
    return -1


# What vendors call them, the longest words first: "gsm7bit", "unicode", "utf-16" …
_ENCODINGS = {
    "ucs2": ("ucs2", "unicode", "utf16"),
    "utf8": ("utf8",),
    "latin1": ("latin1", "iso88591"),
    "gsm7": ("gsm", "7bit"),
}


def day_of(written: str | None) -> int:
    """The day of a moment as its ordinal; 0 where none can be read.

    A date with strokes or points has the day first. Times are in the vendor's own zone, Unix seconds in
    UTC.
    """
    if written is None:
        return 0
    try:
        if found := _ISO.match(written):
            return date(*map(int, found.groups())).toordinal()
        if _UNIX_SECONDS.fullmatch(written):
            return datetime.fromtimestamp(int(written), UTC).toordinal()
        if found := _DAY_FIRST.match(written):
            day, month, year = map(int, found.groups())
            return date(year, month, day).toordinal()
        moment: datetime = parsedate_to_datetime(written)
        return moment.date().toordinal()
    except (ValueError, TypeError, IndexError):
        return 0
