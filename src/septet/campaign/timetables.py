"""Timetables: when a campaign is sent, and how fast."""

from __future__ import annotations

import re
from datetime import datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.destinations.time_zones import zones_of_country
from septet.errors import OptionError
from septet.planning.pricing import price_per_segment
from septet.sending import schedules
from septet.sending.quiet_hours import Opening
from septet.wording.quoting import printable

if TYPE_CHECKING:
    from septet.vendors.profiles import Profile

_SLOWEST, _FASTEST = Decimal("0.001"), Decimal(1_000_000)
_HOUR = r"([0-9]{1,2})(?:[:h]([0-9]{2})?)?"
_WINDOW = re.compile(rf"\s*{_HOUR}\s*[-–]\s*{_HOUR}\s*")


class Timetable(NamedTuple):
    """The given rate, beginning, and hours of one's own."""

    rate: Decimal
    begins: datetime
    window: str | None
    opening: Opening | None

    @classmethod
    def of(cls, profile: Profile, home: str | None, rate: Any, send_at: Any, window: Any) -> Timetable:
        """The timetable of a campaign with a profile; `home` is the country of its national numbers.

        Raises OptionError and TypeError for a wrong rate, time or window.
        """
        where = schedules.zone(_clock(profile, home))
        moment = schedules.moment_of(send_at)
        if send_at is not None and moment is None:
            expected = "a date and a time such as 2026-12-24T09:30"
            raise OptionError(f"send_at: expected {expected}, found {send_at}", "send_at", expected)
        if moment is None:
            moment = schedules.now(where).replace(microsecond=0)
        try:
            begins = moment.replace(tzinfo=where) if moment.tzinfo is None else moment.astimezone(where)
        except OverflowError:
            expected = "a time of this age"
            raise OptionError(f"send_at: expected {expected}, found {moment}", "send_at", expected) from None
        return cls(_rate(rate), begins, window, None if window is None else _opening(window))


def _clock(profile: Profile, home: str | None) -> str:
    """The zone of a campaign's times: the vendor's, else that of its country, else UTC."""
    for rule in ("schedule", "quiet_hours"):
        if (found := profile.rule(rule)) is not None:
            return str(found["zone"])
    zones = zones_of_country(home)
    return zones[0] if len(zones) == 1 else "UTC"


def _rate(rate: Any) -> Decimal:
    expected = "segments a second, from 0.001 to a million, such as 30"
    try:
        found = price_per_segment(rate.strip().replace(",", ".") if isinstance(rate, str) else rate)
    except (ValueError, TypeError):
        found = Decimal(0)
    if not _SLOWEST <= found <= _FASTEST:
        shown = rate if isinstance(rate, Decimal) else repr(rate)
        raise OptionError(f"rate: expected {expected}, found {shown}", "rate", expected)
    return found


def _opening(window: object) -> Opening:
    if not isinstance(window, str):
        raise TypeError(f"window: expected a text such as 8-21, found {type(window).__name__}")
    expected = "the hours of a day such as 8-21 or 08:30-20:00"
    if found := _WINDOW.fullmatch(window):
        opens, closes = (60 * int(found[n]) + int(found[n + 1] or 0) for n in (1, 3))
        if opens < closes <= 24 * 60 and max(int(found[n] or 0) for n in (2, 4)) < 60:
            return Opening(_time(opens), _time(closes), lambda _: False)
    raise OptionError(f"window: expected {expected}, found {printable(window)!r}", "window", expected)


def _time(minutes: int) -> time:
    return time.max if minutes == 24 * 60 else time(*divmod(minutes, 60))
