"""Money as people write it: a price with a point or a comma, and perhaps with its currency."""

from __future__ import annotations

import re
from decimal import Decimal

from septet import _tables
from septet.errors import OptionError
from septet.planning.pricing import price_per_segment
from septet.wording.quoting import nearest, printable

#: The most digits of a price before its point, and after it: times a row's segments, such a price fits into
#: the 38 digits of Arrow's decimals, and no price of a message comes near.
MOST_BEFORE, MOST_BEHIND = 12, 18

# The digits after the point in the amounts of a currency, where they are not two (ISO 4217, list one).
_MINOR_DIGITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"), 0),
    **dict.fromkeys(("UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}

# The currency signs beside an amount. Signs that several currencies share do not tell which.
_SIGNS = {"€": "EUR", "£": None, "$": None, "¥": None, "₹": "INR", "₺": "TRY", "zł": "PLN"}
_UNIT = rf"[A-Z]{{3}}|{'|'.join(map(re.escape, _SIGNS))}"
_WRITTEN = re.compile(
    rf"(?:(?P<before>{_UNIT})\s*)?(?P<amount>[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)(?:\s*(?P<behind>{_UNIT}))?"
)


def amount(written: str, what: str = "price", currency: str | None = None) -> Decimal:
    """A price as people write it: ``0.045``, ``0,045``, ``.045``, ``0,045 €``.

    A currency beside it has to be `currency`, where one is given. Raises OptionError, which names `what`,
    for a text that is not a price, and for a price beyond `MOST_BEFORE` and `MOST_BEHIND`.
    """
    found = _WRITTEN.fullmatch(written.strip())
    if found is None or (found["before"] and found["behind"]):
        raise _wrong(what, "a number such as 0.045 or 0,045", written)
    beside = found["before"] or found["behind"]
    named = _SIGNS.get(beside, beside) if beside else None
    if named is not None and named != (currency or named):
        raise _wrong(what, f"a price in {currency}", written)
    return bounded(Decimal(found["amount"].replace(",", ".")), what)


def currency_beside(written: str) -> str | None:
    """The code of the currency beside a price; None where there is none, or where it is not certain."""
    found = _WRITTEN.fullmatch(written.strip())
    beside = found and (found["before"] or found["behind"])
    return currency_code(named) if beside and (named := _SIGNS.get(beside, beside)) else None


def price_of(price: Decimal | int | str | float, currency: str | None = None) -> Decimal:
    """The price that a caller gives, a text as `amount` reads it.

    Raises OptionError and TypeError as `price_per_segment` does, and OptionError for one beyond
    `MOST_BEFORE` and `MOST_BEHIND`, or with a currency beside it other than the given one.
    """
    if isinstance(price, str) and _WRITTEN.fullmatch(price.strip()):
        return amount(price, currency=currency)
    return bounded(price_per_segment(price), "price")


def bounded(found: Decimal, what: str) -> Decimal:
    """A price within the longest length. Raises OptionError for a longer one."""
    if found.is_finite():
        _, digits, exponent = found.as_tuple()
        assert isinstance(exponent, int)
        if len(digits) + exponent > MOST_BEFORE or -exponent > MOST_BEHIND:
            expected = f"at most {MOST_BEFORE} digits before the point and {MOST_BEHIND} behind it"
            message = f"{what}: expected {expected}, found {printable(str(found))}"
            raise OptionError(message, what, expected)
    return found


def currency_code(written: str, what: str = "currency") -> str:
    """A currency by its code of ISO 4217. Raises OptionError for anything else."""
    code = written.strip()
    known = _tables.CURRENCIES.split()
    if code not in known:
        expected = "the code of a currency such as EUR (ISO 4217)"
        found = f"{printable(written)!r}{nearest(code.upper(), known)}"
        raise OptionError(f"{what}: expected {expected}, found {found}", what, expected)
    return code


def minor_digits(currency: str | None) -> int:
    """The digits after the point of an amount to pay in a currency; two for an unknown one."""
    return _MINOR_DIGITS.get(currency or "", 2)


def _wrong(what: str, expected: str, written: str) -> OptionError:
    return OptionError(f"{what}: expected {expected}, found {printable(written)!r}", what, expected)
