"""Schedules: the moment when a message is to be sent, and the fields that tell its vendor."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from septet.errors import OptionError, shown
from septet.vendors.format.requests import COUNTED, DIRECTIVES, OFFSET
from septet.vendors.refusals import refusal
from septet.wording.extras import installing
from septet.wording.messages import day as day_in_words
from septet.wording.messages import moment as moment_in_words
from septet.wording.messages import said
from septet.wording.quoting import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import tzinfo
    from typing import Any
    from zoneinfo import ZoneInfo

    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem


class Schedule(NamedTuple):
    """When a message is to be sent: a moment where it could be read, and what is wrong with it."""

    #: In the vendor's time zone, to the minute; None for at once, or where it could not be read.
    moment: datetime | None
    problems: tuple[Problem, ...]
    #: Whether a later time was asked for at all, even one that could not be read.
    given: bool
    #: The offset that the caller wrote, for a vendor that takes any offset; None for the zone's.
    offset: tzinfo | None = None


#: The schedule of a message that is sent at once.
AT_ONCE = Schedule(None, (), False)


def now(zone: tzinfo) -> datetime:
    """The present moment; tests replace it by another."""
    return datetime.now(zone)


# The zones used so far: to look one up takes as long as a plan.
_zones: dict[str, ZoneInfo] = {}


def zone(name: str) -> ZoneInfo:
    """A time zone of the IANA data base, from the system or from tzdata (extra `requests`).

    Raises ModuleNotFoundError, in one line, where neither has it.
    """
    if (known := _zones.get(name)) is not None:
        return known
    from zoneinfo import ZoneInfo

    try:
        return _zones.setdefault(name, ZoneInfo(name))
    except (KeyError, OSError, ValueError):  # what zoneinfo raises for an unknown name
        raise ModuleNotFoundError(
            f"no time zone {name} is known here: {installing('requests')} brings them", name="tzdata"
        ) from None


def schedule(profile: Profile, send_at: object, fields: Mapping[str, Any]) -> Schedule:
    """Reads the moment from `send_at` (a datetime, or one in ISO 8601), or from the vendor's own fields.

    A naive time is one of the vendor's time zone; seconds are dropped. Raises TypeError and ValueError for
    anything but a time.
    """
    if send_at is None and not fields:
        return AT_ONCE
    rule = profile.rule("schedule")
    given = [name for name, _, _ in _of_moments(profile) if name in fields] if fields else []
    if send_at is None and not given:
        return AT_ONCE
    if send_at is not None and given:
        message = f"vendor_fields: {given[0]} is filled from send_at; give it there"
        raise OptionError(message, "vendor_fields", "send_at")
    written = moment_of(send_at)
    if rule is None:
        if profile.rule("request") is None:
            return Schedule(None, (), True)
        message = said("This vendor's document has no field for the time of sending. Send it when it is due.")
        return Schedule(None, (refusal(profile, "not-offered", message, fault="send_at"),), True)
    where = zone(rule["zone"])
    found: list[Problem] = []
    if send_at is None:
        own = [field for field in profile.rule("fields") if field["format"]]
        written = _from_fields(profile, own, fields, now(where).date(), found)
    elif written is None:
        message = said("%(day)s has no time of day. Give both, such as %(day)sT09:30.", day=str(send_at))
        found.append(refusal(profile, "schedule-incomplete", message, fault="time"))
    if written is None:
        return Schedule(None, tuple(found), True)
    local = _in_zone(written, where)
    if local is None:
        message = said(
            "%(time)s does not exist in %(zone)s, where the clocks skip it when summer time begins. Give an "
            "earlier or a later time.",
            time=moment_in_words(written),
            zone=rule["zone"],
        )
        found.append(refusal(profile, "schedule-malformed", message, fault="skipped"))
        return Schedule(None, tuple(found), True)
    # Most times are given to the minute, and this takes as long as a plan.
    moment = local.replace(second=0, microsecond=0) if local.second or local.microsecond else local
    found.extend(_moment_problems(profile, moment, naive=written.tzinfo is None))
    return Schedule(moment, tuple(found), True, written.tzinfo)


def _in_zone(written: datetime, where: ZoneInfo) -> datetime | None:
    """A time as the clocks of a zone show it; None for a naive one that they skip."""
    if written.tzinfo is not None:
        try:
            return written.astimezone(where)
        except OverflowError:
            message = f"send_at: expected a time of this age, found {written}"
            raise OptionError(message, "send_at", "a time of this age") from None
    local = written.replace(tzinfo=where)
    try:
        shown = local.astimezone(UTC).astimezone(where)
    except OverflowError:  # the first or the last day that there is, on which no clock skips anything
        return local
    return local if shown.replace(tzinfo=None) == written else None


def moment_of(send_at: object) -> datetime | None:
    """The time that a caller means; None for none, and for a day without a time. Raises TypeError and
    OptionError."""
    if send_at is None or isinstance(send_at, datetime):
        return send_at
    if isinstance(send_at, date):
        return None
    if not isinstance(send_at, str):
        raise TypeError(f"send_at: expected a datetime or a text in ISO 8601, found {type(send_at).__name__}")
    try:
        date.fromisoformat(send_at)
        return None
    except ValueError:
        pass
    try:
        # Later versions of Python take 24 as an hour, which vendors do not.
        if re.match(r".{8,10}\D24", send_at):
            raise ValueError
        return datetime.fromisoformat(send_at)
    except ValueError:
        expected = "a date and a time such as 2026-12-24T09:30, with hours from 0 to 23"
        raise OptionError(
            f"send_at: expected {expected}, found {shown(send_at)}", "send_at", expected
        ) from None


def _moment_problems(profile: Profile, moment: datetime, *, naive: bool) -> Iterator[Problem]:
    rule = profile.rule("schedule")
    if moment.minute % rule["step"]:
        message = said(
            "%(time)s: this vendor sends every %(step)s minutes. Round the minutes.",
            time=f"{moment:%H:%M}",
            step=rule["step"],
        )
        yield refusal(profile, "schedule-step", message, limit=rule["step"], actual=moment.minute)
    # As instants, since in autumn the clocks show an hour twice; a time without a zone may be the later one.
    instant, begun = moment.timestamp(), now(UTC).timestamp()
    latest = moment.replace(fold=1).timestamp() if naive else instant
    # To the minute: a time within the present minute is not past.
    if latest < begun // 60 * 60:
        when = {"time": moment_in_words(moment), "zone": rule["zone"]}
        message = said("%(time)s (%(zone)s) is past. Give a later time, or none to send at once.", **when)
        if naive:
            message = said(
                "%(time)s, read in the zone %(zone)s, is past. Give a later time, or none to send at once.",
                **when,
            )
        yield refusal(profile, "schedule-past", message, values(profile, moment))
        return
    minutes = (instant - begun) / 60
    low, high = rule["earliest"], rule["latest"]
    if low is not None and minutes < low:
        message = said(
            "%(time)s is less than %(minutes)s minutes away, which is too soon for this vendor. Give a "
            "later time, or none to send at once.",
            time=moment_in_words(moment),
            minutes=low,
        )
        yield refusal(profile, "schedule-window", message, fault="early", limit=low, actual=int(minutes))
    elif high is not None and minutes > high:
        message = said(
            "%(time)s is more than %(days)s days away, the longest that this vendor waits. Give an earlier "
            "time.",
            time=moment_in_words(moment),
            days=high // 1440,
        )
        yield refusal(profile, "schedule-window", message, fault="late", limit=high, actual=int(minutes))


def values(profile: Profile, moment: datetime, offset: tzinfo | None = None) -> dict[str, Any]:
    """The vendor's fields for a moment, whose offset the caller may have written."""
    # Many messages may share a moment. In autumn, one of two equal times may be an hour later.
    found = dict(_values(profile, moment, moment.fold, offset))
    for name, written, _ in _of_moments(profile):
        if written == "minutes-from-now":
            minutes = (moment.timestamp() - now(moment.tzinfo or UTC).timestamp()) / 60
            found[name] = max(0, -int(-minutes // 1))  # rounded up: not earlier than requested
    return found


@lru_cache(maxsize=256)
def _values(
    profile: Profile, moment: datetime, fold: int, offset: tzinfo | None
) -> tuple[tuple[str, str | int], ...]:
    """The values that depend only on the moment; `fold` is given by itself, since moments are equal without
    it."""
    found: list[tuple[str, str | int]] = []
    moment = moment.replace(fold=fold)
    for name, written, is_number in _of_moments(profile):
        if written == "unix-seconds":
            found.append((name, int(moment.timestamp())))
        elif written != "minutes-from-now":
            local = moment.astimezone(offset) if offset is not None and OFFSET in written else moment
            # Not every strftime pads the year or puts a colon into an offset.
            text = local.strftime(written.replace(OFFSET, _offset(local)).replace("%Y", f"{local.year:04}"))
            found.append((name, int(text) if is_number else text))
    return tuple(found)


@lru_cache(maxsize=64)
def _of_moments(profile: Profile) -> tuple[tuple[str, str, bool], ...]:
    """The fields of a moment, with the format of each and whether it is a number."""
    rows = profile.rule("fields")
    return tuple((row["name"], row["format"], bool(row["number"])) for row in rows if row["format"])


def _offset(moment: datetime) -> str:
    digits = moment.strftime("%z")
    return f"{digits[:3]}:{digits[3:5]}" if digits else "+00:00"


_PARTS = {
    "date": said("the date of sending"),
    "time": said("the time of sending"),
    "date-time": said("the date and time of sending"),
    "hour": said("the hour of sending"),
    "minute": said("the minute of sending"),
}


def _from_fields(
    profile: Profile,
    own: list[dict[str, Any]],
    fields: Mapping[str, Any],
    today: date,
    found: list[Problem],
) -> datetime | None:
    """The moment in the vendor's own fields; what is wrong with them goes to `found`."""
    for field in own:
        if field["name"] in fields and (field["format"] in COUNTED or OFFSET in field["format"]):
            instant = _instant(field["format"], str(fields[field["name"]]))
            if instant is None:
                found.append(_malformed(profile, field, str(fields[field["name"]])))
            return instant
    parts: dict[str, int] = {}
    for field in own:
        if field["name"] not in fields:
            message = said(
                "%(field)s is missing: %(part)s. Give all parts.",
                field=field["name"],
                part=_PARTS[field["holds"]],
            )
            found.append(refusal(profile, "schedule-incomplete", message, fault=field["holds"]))
            continue
        text = str(fields[field["name"]])
        problem = _read(profile, field, text, parts)
        if problem is not None:
            found.append(problem)
    if found:
        only_parts = all(problem.code == "schedule-incomplete" for problem in found)
        if only_parts and "%Y" in parts and (day := date(parts["%Y"], parts["%m"], parts["%d"])) < today:
            message = said(
                "%(day)s is past. Give a later time, or none to send at once.", day=day_in_words(day)
            )
            found.append(refusal(profile, "schedule-past", message, fields))
        return None
    return datetime(parts["%Y"], parts["%m"], parts["%d"], parts["%H"], parts["%M"])


_INSTANTS = {
    "unix-seconds": said("seconds since 1970"),
    "minutes-from-now": said("minutes from now"),
}


_WITH_OFFSET = said("a time with its offset, such as 2026-12-24T09:30+01:00")


def _malformed(profile: Profile, field: dict[str, Any], text: str) -> Problem:
    message = said(
        '%(field)s: expected %(expected)s, found "%(found)s".',
        field=field["name"],
        expected=_INSTANTS.get(field["format"], _WITH_OFFSET),
        found=printable(text),
    )
    quoted = {"value": text}
    fault = field["holds"]
    return refusal(profile, "schedule-malformed", message, quoted, fault=fault, field=field["name"])


def _instant(written: str, text: str) -> datetime | None:
    """The moment of a field that holds a whole one; None for an invalid value."""
    try:
        if written == "unix-seconds":
            return datetime.fromtimestamp(int(text), UTC)
        if written == "minutes-from-now":
            return now(UTC) + timedelta(minutes=int(text))
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError, OSError):
        return None
    return found if found.tzinfo is not None else None


def _read(profile: Profile, field: dict[str, Any], text: str, parts: dict[str, int]) -> Problem | None:
    """Reads one field into `parts`, or returns what is wrong with it."""

    def wrong(fault: str, expected: str) -> Problem:
        message = said(
            '%(field)s: expected %(expected)s, found "%(found)s".',
            field=field["name"],
            expected=expected,
            found=printable(text),
        )
        return refusal(
            profile, "schedule-malformed", message, {"value": text}, fault=fault, field=field["name"]
        )

    pattern = re.escape(field["format"])
    for directive, (_, digits) in DIRECTIVES.items():
        width = f"{{1,{digits}}}" if field["number"] else f"{{{digits}}}"
        pattern = pattern.replace(re.escape(directive), f"(?P<{directive[1]}>[0-9]{width})")
    match = re.fullmatch(pattern, text)
    if match is None:
        return wrong(field["holds"], said("the form %(form)s", form=_form(field["format"])))
    read = {f"%{name}": int(digits) for name, digits in match.groupdict().items()}
    if "%Y" in read:
        try:
            date(read["%Y"], read["%m"], read["%d"])
        except ValueError:
            return wrong("day", said("a date of the calendar"))
    if read.get("%H", 0) > 23:
        return wrong("hours", said("hours from 00 to 23"))
    if read.get("%M", 0) > 59:
        return wrong("minutes", said("minutes from 00 to 59"))
    if read.get("%S", 0) > 59:
        return wrong("seconds", said("seconds from 00 to 59"))
    parts.update(read)
    return None


def _form(written: str) -> str:
    for directive, (letters, _) in DIRECTIVES.items():
        written = written.replace(directive, letters)
    return written
