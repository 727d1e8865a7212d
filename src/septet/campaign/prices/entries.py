"""The entries of a price list: a destination, a price, a currency and a day, checked one by one."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from septet import _tables
from septet.errors import CampaignError, OptionError
from septet.wording.quoting import nearest, printable

KEYS = ("destination", "currency", "price", "from")

_AMOUNT = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_CURRENCY = re.compile(r"[A-Z]{3}")
#: The destination of all numbers that no other entry names.
EVERYWHERE = "*"


class Price(NamedTuple):
    """What one billed segment costs."""

    amount: Decimal
    #: ISO 4217; None where no one said.
    currency: str | None


class Entry(NamedTuple):
    """One line of a price list."""

    #: Digits, a country's code of two letters, or ``*``.
    destination: str
    price: Price
    #: None: it has always held.
    start: date | None = None


def amount(written: str, what: str = "price") -> Decimal:
    """A price as people write it, with a decimal point or comma. OptionError for what is none."""
    if not _AMOUNT.fullmatch(written.strip()):
        expected = "a number such as 0.045 or 0,045"
        raise OptionError(f"{what}: expected {expected}, found {printable(written)!r}", what, expected)
    return Decimal(written.strip().replace(",", "."))


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
    return Entry(
        _destination(row.get("destination"), fault),
        Price(_price(row.get("price"), fault), _currency(row.get("currency") or default_currency, fault)),
        _start(row.get("from"), fault),
    )


def _destination(written: Any, fault: Any) -> str:
    if type(written) is int:
        written = str(written)
    if isinstance(written, str):
        bare = re.sub(r"[\s.-]", "", written).removeprefix("+")
        if bare == EVERYWHERE or is_country(bare.upper()):
            return bare.upper()
        # No calling code begins with 0 (ITU-T E.164).
        if re.fullmatch(r"[1-9][0-9]{0,14}", bare):
            return bare
    raise fault(
        "destination", "the beginning of international numbers such as 33, a country such as FR, or *"
    )


def _price(written: Any, fault: Any) -> Decimal:
    found: Decimal | None = None
    if isinstance(written, (int, Decimal)) and not isinstance(written, bool):
        found = Decimal(written)
    elif isinstance(written, str):
        try:
            found = amount(written)
        except ValueError:
            found = None
    if found is None or not found.is_finite() or found < 0:
        raise fault("price", "a number of zero or more such as 0.045 or 0,045")
    return found


def _currency(written: Any, fault: Any) -> str:
    if isinstance(written, str) and _CURRENCY.fullmatch(written.strip()):
        return written.strip()
    raise fault("currency", "three capital letters such as EUR (ISO 4217)")


def _start(written: Any, fault: Any) -> date | None:
    if written in (None, ""):
        return None
    if isinstance(written, datetime):
        raise fault("from", "a day such as 2027-01-31")
    if isinstance(written, date):
        return written
    if isinstance(written, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written.strip()):
        try:
            return date.fromisoformat(written.strip())
        except ValueError:
            pass
    raise fault("from", "a day such as 2027-01-31")
