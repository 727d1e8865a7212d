"""The entries of a price list: a destination, a price, a currency and a day, checked one by one."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from septet import _tables
from septet.errors import CampaignError
from septet.wording.quoting import nearest, printable

from .money import MOST_BEFORE, MOST_BEHIND, amount, bounded, currency_code

KEYS = ("destination", "currency", "price", "from")

# As in ISO 8601, or with the day first, as nearly everyone writes dates with strokes.
_DAY = re.compile(
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})"
    r"|(?P<first>[0-9]{1,2})[/.](?P<second>[0-9]{1,2})[/.](?P<last>[0-9]{4})"
)
#: The destination of all numbers that no other entry names.
EVERYWHERE = "*"


class Price(NamedTuple):
    """What one billed segment costs."""

    amount: Decimal
    #: ISO 4217; None where none was given.
    currency: str | None


class Entry(NamedTuple):
    """One line of a price list."""

    #: Digits, a country's code of two letters, or ``*``.
    destination: str
    price: Price
    #: None: since always.
    start: date | None = None


def is_country(code: str) -> bool:
    """Whether this is an ISO 3166-1 code in capitals."""
    return len(code) == 2 and code in _tables.COUNTRIES.split()


def entry(row: dict[str, Any], default_currency: str | None, where: str) -> Entry:
    """A checked entry; `row` holds some of `KEYS`, as texts or as TOML reads them."""

    def fault(key: str, expected: str) -> CampaignError:
        found = "nothing" if row.get(key) in (None, "") else repr(printable(str(row[key])))
        return CampaignError(f"{where}: {key}: expected {expected}, found {found}")

    for key in row:
        if key not in KEYS:
            raise CampaignError(
                f"{where}: {printable(key)!r} is not known{nearest(key, list(KEYS))}: "
                f"expected {', '.join(KEYS)}"
            )
    currency = _currency(row.get("currency") or default_currency, fault)
    return Entry(
        _destination(row.get("destination"), fault),
        Price(_price(row.get("price"), currency, fault), currency),
        _start(row.get("from"), fault),
    )


def _destination(written: Any, fault: Any) -> str:
    if type(written) is int:
        written = str(written)
    if isinstance(written, str):
        # 00 dials abroad in most of the world; no calling code begins with 0 (ITU-T E.164).
        bare = re.sub(r"[\s.-]", "", written).removeprefix("+").removeprefix("00")
        if bare == EVERYWHERE or is_country(bare.upper()):
            return bare.upper()
        if re.fullmatch(r"[1-9][0-9]{0,14}", bare):
            return bare
    raise fault(
        "destination", "the beginning of international numbers such as 33, a country such as FR, or *"
    )


def _price(written: Any, currency: str, fault: Any) -> Decimal:
    expected = (
        f"a number of zero or more such as 0.045 or 0,045, in {currency}, of at most {MOST_BEFORE} digits "
        f"before the point and {MOST_BEHIND} behind it"
    )
    try:
        if isinstance(written, str):
            return amount(written, currency=currency)
        if isinstance(written, (int, Decimal)) and not isinstance(written, bool):
            found = Decimal(written)
            if found.is_finite() and found >= 0:
                return bounded(found.copy_abs(), "price")
    except ValueError:
        pass
    raise fault("price", expected)


def _currency(written: Any, fault: Any) -> str:
    try:
        return currency_code(written if isinstance(written, str) else "")
    except ValueError:
        raise fault("currency", "the code of a currency such as EUR (ISO 4217)") from None


def _start(written: Any, fault: Any) -> date | None:
    if written in (None, ""):
        return None
    if isinstance(written, datetime):
        raise fault("from", "a day such as 2027-01-31")
    if isinstance(written, date):
        return written
    if isinstance(written, str) and (found := _DAY.fullmatch(written.strip())):
        year, month, day = found.group("year", "month", "day")
        if year is None:
            day, month, year = found.group("first", "second", "last")
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            pass
    raise fault("from", "a day such as 2027-01-31 or 31/01/2027")
