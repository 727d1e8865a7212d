"""Times: when the service centre had a message, and how long it keeps one (TS 23.040, 9.2.3.11, 9.2.3.12)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

from septet.errors import DecodeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    ValidityForm = Literal["enhanced", "relative", "absolute"]

#: TS 23.040, 9.2.3.11: a time stamp in octets.
TIME_OCTETS = 7

#: TS 23.040, 9.2.3.3: TP-VPF, the form of the validity period, by its two bits.
VALIDITY_FORMS: tuple[ValidityForm | None, ...] = (None, "enhanced", "relative", "absolute")

#: The quarters of an hour in half a day that a zone octet can express, with room for unusual ones.
_MOST_QUARTERS = 79


class TimeStamp(NamedTuple):
    """A time as it was sent: None if its digits are not a time. `octets` are always there."""

    time: datetime | None
    octets: bytes
    #: Whether the zone octet is not a decimal number: the time is then read as UTC.
    zone_unreadable: bool = False


class Validity(NamedTuple):
    """How long the service centre keeps a message: a span of time, a point in time, or neither."""

    form: ValidityForm
    octets: bytes
    until: timedelta | datetime | None = None


def read_time(octets: bytes, place: int, field: str) -> tuple[TimeStamp, int]:
    """The time stamp that begins at a place, and the place after it (9.2.3.11)."""
    end = place + TIME_OCTETS
    found = octets[place:end]
    if len(found) < TIME_OCTETS:
        raise DecodeError(f"a time has {TIME_OCTETS} octets, found {len(found)}", field, place)
    return time_of(found), end


def time_of(octets: bytes) -> TimeStamp:
    """The time that seven octets stand for: year, month, day, hour, minute, second, zone, each swapped."""
    parts = [_swapped(octet) for octet in octets[:6]]
    # 9.2.3.11: the zone is in quarters of an hour, and bit 3 of its octet is the sign.
    quarters = _swapped(octets[6] & ~0b1000)
    zone_unreadable = quarters is None
    if quarters is None:
        quarters = 0
    east = -quarters if octets[6] & 0b1000 else quarters
    zone = timezone(timedelta(minutes=15 * east)) if east else UTC
    found = [part for part in parts if part is not None]
    if len(found) < len(parts):
        return TimeStamp(None, octets, zone_unreadable)
    year, month, day, hour, minute, second = found
    try:
        # "The year […] the two least significant digits": the centuries of short messages.
        year += 2000 if year < 90 else 1900
        time = datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        time = None
    return TimeStamp(time, octets, zone_unreadable)


def _swapped(octet: int) -> int | None:
    """The decimal number of two semi-octets, the first in the lower bits; None if one is not a digit."""
    tens, units = octet & 0xF, octet >> 4
    return tens * 10 + units if tens < 10 and units < 10 else None


def write_time(time: datetime) -> bytes:
    """The seven octets of an aware time, in its own zone to the quarter of an hour."""
    offset = time.utcoffset()
    if offset is None:
        raise ValueError(f"validity: expected a time with its zone, found {time.isoformat()}")
    quarters, odd = divmod(abs(offset), timedelta(minutes=15))
    if odd or quarters > _MOST_QUARTERS:
        time, quarters, offset = time.astimezone(UTC), 0, timedelta(0)
    parts = (time.year % 100, time.month, time.day, time.hour, time.minute, time.second, quarters)
    octets = bytearray(part % 10 << 4 | part // 10 for part in parts)
    if offset < timedelta(0):
        octets[6] |= 0b1000
    return bytes(octets)


def read_validity(octets: bytes, place: int, form: ValidityForm) -> tuple[Validity, int]:
    """The validity period that begins at a place, and the place after it (9.2.3.12)."""
    field = "validity period (TP-VP)"
    end = place + (1 if form == "relative" else TIME_OCTETS)
    found = octets[place:end]
    if len(found) < end - place:
        raise DecodeError(f"in {form} form it has {end - place} octets, found {len(found)}", field, place)
    if form == "relative":
        return Validity(form, found, _span(found[0])), end
    if form == "absolute":
        return Validity(form, found, time_of(found).time), end
    return Validity(form, found, _enhanced(found)), end


def _enhanced(octets: bytes) -> timedelta | None:
    """9.2.3.12.3: bits 2..0 of the first octet give the meaning of the others."""
    kind = octets[0] & 0b111
    # Bit 7 means that another octet of the kind follows, which no release defines: what it says is open.
    if octets[0] & 0b1000_0000:
        return None
    if kind == 0b001:
        return _span(octets[1])
    if kind == 0b010:
        return timedelta(seconds=octets[1]) if octets[1] else None
    if kind == 0b011:
        hours, minutes, seconds = map(_swapped, octets[1:4])
        if hours is None or minutes is None or seconds is None or minutes > 59 or seconds > 59:
            return None
        return timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return None


# 9.2.3.12.1: the first value of each row, what it stands for, and the step to the next value.
_STEPS = (
    (0, timedelta(minutes=5), timedelta(minutes=5)),
    (144, timedelta(hours=12, minutes=30), timedelta(minutes=30)),
    (168, timedelta(days=2), timedelta(days=1)),
    (197, timedelta(weeks=5), timedelta(weeks=1)),
)


def _span(value: int) -> timedelta:
    first, span, step = next(row for row in reversed(_STEPS) if value >= row[0])
    return span + (value - first) * step


def write_validity(validity: timedelta | datetime | None) -> tuple[int, bytes]:
    """The two bits of TP-VPF and the octets of a validity period; no octets for None.

    Raises ValueError for a span that the relative form cannot express (9.2.3.12.1: every 5 minutes up to
    12 hours, every 30 minutes up to a day, every day up to 30 days, every week up to 63), for a time
    without zone; TypeError for another type.
    """
    if validity is None:
        return 0, b""
    if isinstance(validity, datetime):
        return VALIDITY_FORMS.index("absolute"), write_time(validity)
    if not isinstance(validity, timedelta):
        raise TypeError(f"validity: expected a timedelta or a datetime, found {type(validity).__name__}")
    spans = [_span(value) for value in range(256)]
    if validity in spans:
        return VALIDITY_FORMS.index("relative"), bytes((spans.index(validity),))
    near = [
        str(span)
        for span in (
            max((span for span in spans if span < validity), default=None),
            min((span for span in spans if span > validity), default=None),
        )
        if span is not None
    ]
    raise ValueError(
        f"validity: {validity} is not among the spans that can be said; the nearest: {', '.join(near)}"
    )
