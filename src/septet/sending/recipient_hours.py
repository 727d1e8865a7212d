"""Recipients' hours: a vendor's hours for marketing, by the clocks of the recipients and not by its own.

A vendor sends held-back messages by its own clock; that may be at night for people overseas.
"""

from __future__ import annotations

from datetime import UTC, datetime

from septet.destinations.phone_numbers import phone_number
from septet.destinations.time_zones import zones_of, zones_of_country
from septet.vendors.refusals import refusal
from septet.wording.messages import moment as moment_in_words
from septet.wording.messages import said

from . import schedules
from .quiet_hours import hours, times
from .recipients import some

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem

    from .quiet_hours import Opening


def recipient_hours(
    profile: Profile, goes_out: datetime, numbers: Iterable[str], home: str | None, *, commercial: bool
) -> Iterator[Problem]:
    """Whether marketing reaches any of these numbers at a quiet hour or on a closed day.

    A number may be in one of several time zones: it only counts where the hour is quiet in all of them.
    `goes_out` is when the vendor sends it, `home` the country of national numbers; the numbers are those
    that the rule applies to.
    """
    rule = profile.rule("quiet_hours")
    if rule is None or not commercial:
        return
    opening = hours(rule)
    late: list[str] = []
    first: tuple[datetime, str] | None = None
    for number in numbers:
        try:
            found = phone_number(number, home, as_sent=True)
            zones = zones_of(found.digits, found.country) if found and found.known else ()
            local = local_time(opening, goes_out, zones)
        except ModuleNotFoundError:  # this is reported by the checks of numbers and of quiet hours
            return
        if local is not None:
            late.append(number)
            first = first or (local, zones[0])
    if first is not None:
        local, zone = first
        message = said(
            "%(numbers)s: the local time is %(local)s (%(zone)s) when this is sent, and marketing to "
            "%(country)s is not allowed %(times)s. Send it at another time.",
            numbers=some(late),
            local=moment_in_words(local),
            zone=zone,
            country=rule["country"],
            times=times(rule),
        )
        yield refusal(
            profile, "recipient-hours", message, numbers=tuple(late), local=local.isoformat(), zone=zone
        )


def have_its_clock(profile: Profile, places: Iterable[str]) -> bool:
    """Whether it is the same hour everywhere as in the country of the vendor's rule.

    A message sent at an allowed hour reaches nobody there at a quiet hour.
    """
    own = (profile.rule("quiet_hours")["zone"],)
    return all(zones_of_country(place) == own for place in places)


def local_time(opening: Opening, moment: datetime, zones: tuple[str, ...]) -> datetime | None:
    """The time in the first of some zones, where it is outside the opening hours in all of them."""
    if moment.year == datetime.max.year:
        return None  # the calendar ends there, so that there may be no next opening
    local = [moment.astimezone(schedules.zone(zone)) for zone in zones]
    return local[0] if local and all(opening.next(time) != time for time in local) else None


def sent_at(moment: datetime | None, held: Iterable[Problem]) -> datetime:
    """When a vendor sends what is to be sent at a moment (None: at once), as `quiet_hours` says."""
    for problem in held:
        if problem.code == "quiet-hours":
            return datetime.fromisoformat(problem.details["goes_out"])
    return moment or schedules.now(UTC)
