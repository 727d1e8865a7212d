"""Quantities: numbers of the things that septet counts."""

from __future__ import annotations

from .messages import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .messages import Message


def characters(number: int) -> Message:
    """``1 character``, ``2 characters``."""
    return counted("%(number)s character", "%(number)s characters", number)


def units(number: int) -> Message:
    """``1 unit``, ``2 units``."""
    return counted("%(number)s unit", "%(number)s units", number)


def segments(number: int) -> Message:
    """``1 segment``, ``2 segments``."""
    return counted("%(number)s segment", "%(number)s segments", number)


def billed_segments(number: int) -> Message:
    """``1 billed segment``, ``2 billed segments``."""
    return counted("%(number)s billed segment", "%(number)s billed segments", number)


def rows(number: int) -> Message:
    """``1 row``, ``2 rows``."""
    return counted("%(number)s row", "%(number)s rows", number)


def messages(number: int) -> Message:
    """``1 message``, ``2 messages``."""
    return counted("%(number)s message", "%(number)s messages", number)
