"""Numbers, amounts and dates in the form of a language.

French follows the CLDR (common/main/fr.xml: `decimal`, `group`, `currencyFormat`, `dateFormat` short):
a comma, a narrow no-break space between groups of three digits, a no-break space before the currency.
English has the International System's space between groups (BIPM, The International System of Units,
5.4.4), which cannot be read as a decimal sign, and days in the form of ISO 8601.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal
    from typing import Final

NARROW_NO_BREAK_SPACE: Final = "\u202f"
NO_BREAK_SPACE: Final = "\u00a0"

# The decimal sign, the separator of groups of digits, the one before a currency, the form of a day.
_FORMATS: dict[str, tuple[str, str, str, str]] = {
    "en": (".", " ", " ", "{0.year:04}-{0.month:02}-{0.day:02}"),
    "fr": (",", NARROW_NO_BREAK_SPACE, NO_BREAK_SPACE, "{0.day:02}/{0.month:02}/{0.year:04}"),
}

# The sign of a currency, if a language prefers it to the code.
_SIGNS: dict[str, dict[str, str]] = {"en": {}, "fr": {"EUR": "€"}}

# Beyond so many digits before the point, a number is written with its exponent.
_MOST_DIGITS = 30


def number_in(language: str, number: int | Decimal) -> str:
    """A number with its groups of digits: ``1 234 567.89``, ``1 234 567,89``."""
    point, group, _, _ = _FORMATS[language]
    whole, dot, rest = _plain(number).partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = whole.removeprefix("-")
    if digits.isdigit():
        whole = sign + f"{int(digits):,}".replace(",", group)
    return whole + (point if dot else "") + rest


def amount_in(language: str, amount: Decimal, currency: str = "") -> str:
    """An amount with its currency: ``1 234.50 EUR``, ``1 234,50 €``."""
    written = number_in(language, amount)
    if not currency:
        return written
    if amount.as_tuple().exponent == -1:
        written += "0"  # people read hundredths
    return written + _FORMATS[language][2] + _SIGNS[language].get(currency, currency)


def day_in(language: str, day: date) -> str:
    """A day: ``2026-11-30``, ``30/11/2026``."""
    return _FORMATS[language][3].format(day)


def moment_in(language: str, when: datetime) -> str:
    """A day and a time of the day, to the minute: ``2026-11-30 09:30``, ``30/11/2026 09:30``."""
    return f"{day_in(language, when)} {when:%H:%M}"


def _plain(number: int | Decimal) -> str:
    """A number without an exponent, unless it would be much too long."""
    if isinstance(number, int):
        return str(number)
    return f"{number:f}" if abs(number.adjusted()) < _MOST_DIGITS else str(number)
