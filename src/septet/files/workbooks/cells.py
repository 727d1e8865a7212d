"""Cells of a sheet as texts: numbers in plain digits, days and times in ISO 8601."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

#: The largest whole number that is counted in 64 bits.
_MOST = 1 << 63


def cell_text(value: object) -> str:
    """The text of a cell: no number has an exponent, and a whole one has no point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value.is_integer() and -_MOST < value < _MOST:
            return str(int(value))
        return _plain(value)
    if isinstance(value, timedelta):
        return _hours(value)
    return str(value)


def _plain(value: float) -> str:
    """The shortest digits of this number, without an exponent."""
    if value - value != 0:
        return str(value)
    text = format(Decimal(repr(value)), "f")
    return text.removesuffix(".0")


def _hours(value: timedelta) -> str:
    """A duration as a sheet shows it: hours go on beyond a day."""
    seconds = round(abs(value).total_seconds())
    sign = "-" if value < timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
