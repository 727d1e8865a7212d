"""Prices: exact decimals, never binary fractions."""

from __future__ import annotations

from septet.errors import OptionError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal


def price_per_segment(price: Decimal | int | str | float) -> Decimal:
    """A price as a Decimal; a float by its repr, so that 0.1 is 0.1.

    Raises OptionError for anything but a finite number of zero or more, TypeError for other types.
    """
    from decimal import Decimal, InvalidOperation

    if isinstance(price, bool) or not isinstance(price, (Decimal, int, str, float)):
        raise TypeError(f"price: expected a Decimal, int, str or float, found {type(price).__name__}")
    try:
        amount = Decimal(repr(price)) if isinstance(price, float) else Decimal(price)
    except InvalidOperation:
        raise _wrong("a number such as 0.045", price) from None
    if not amount.is_finite() or amount < 0:
        raise _wrong("a finite number of zero or more", price)
    return amount.copy_abs()


def _wrong(expected: str, price: object) -> OptionError:
    return OptionError(f"price: expected {expected}, found {shown(price)}", "price", expected)


def times(price: Decimal, segments: int) -> Decimal:
    """The exact product, with no rounding in any decimal context of the caller."""
    from decimal import MAX_EMAX, MIN_EMIN, Context

    digits = len(price.as_tuple().digits) + len(str(segments))
    return Context(prec=digits, Emax=MAX_EMAX, Emin=MIN_EMIN).multiply(price, segments)
