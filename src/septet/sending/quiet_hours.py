"""Quiet hours: when a vendor or the law holds messages back, and when they would be sent instead."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from septet.vendors.refusals import refusal
from septet.wording.extras import installing
from septet.wording.messages import moment as moment_in_words
from septet.wording.messages import phrase, said

from . import schedules

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date
    from typing import Any

    from septet.vendors.profiles import Profile
    from septet.wording.messages import Message, Words
    from septet.wording.problems import Problem


class Opening(NamedTuple):
    """When messages may go out: every day from `opens` to `closes`, but on closed days."""

    opens: time
    closes: time
    is_closed: Callable[[date], bool]

    def next(self, moment: datetime) -> datetime:
        """The moment itself where it is open, otherwise the next opening."""
        day, hour = moment.date(), moment.time()
        is_closed = self.is_closed(day)
        if not is_closed and self.opens <= hour < self.closes:
            return moment
        if is_closed or hour >= self.closes:
            day += timedelta(days=1)
        while self.is_closed(day):
            day += timedelta(days=1)
        return datetime.combine(day, self.opens, moment.tzinfo)


class QuietHours:
    """A vendor's quiet hours for its messages that are commercial, or for those that are not."""

    __slots__ = ("_commercial", "_present", "_profile", "_rule")

    def __init__(self, profile: Profile, *, commercial: bool) -> None:
        self._profile, self._commercial = profile, commercial
        self._rule = profile.rule("quiet_hours")
        self._present = _NEVER

    def held_back(self, moment: datetime | None, countries: Collection[str]) -> tuple[Problem, ...]:
        """Whether a message would be held back; `moment` is None for one sent at once.

        `countries` are those it goes to; without any, it is assumed to go where the rule applies.
        """
        rule = self._rule
        if countries and rule["country"] not in countries:
            return ()
        if moment is not None:
            return tuple(_held_back(self._profile, rule, moment, self._commercial))
        # Many messages are sent within a minute, and the answer is the same for all of them.
        now = schedules.now(UTC)
        begins, ends, held = self._present
        if not begins <= now <= ends:
            held = tuple(_held_back(self._profile, rule, now, self._commercial))
            # What could not be checked may be possible at the next message.
            if not any(problem.code == "not-checked" for problem in held):
                begins = now.replace(second=0, microsecond=0)
                self._present = begins, now.replace(second=59, microsecond=999_999), held
        return held


# A time that has no moment.
_NEVER: tuple[datetime, datetime, tuple[Problem, ...]] = (
    datetime.max.replace(tzinfo=UTC),
    datetime.min.replace(tzinfo=UTC),
    (),
)


def quiet_hours(profile: Profile, *, commercial: bool) -> QuietHours | None:
    """The quiet hours for messages that are commercial, or for others; None where there are none."""
    rule = profile.rule("quiet_hours")
    if rule is None or not (commercial or rule["messages"] == "all"):
        return None
    return QuietHours(profile, commercial=commercial)


def _held_back(
    profile: Profile, rule: dict[str, Any], moment: datetime, commercial: bool
) -> Iterator[Problem]:
    """Whether a message to the rule's country would be held back at a moment."""
    try:
        where = schedules.zone(rule["zone"])
    except ModuleNotFoundError as error:
        message = said("Quiet hours were not checked: %(reason)s.", reason=str(error))
        yield refusal(profile, "not-checked", message, fault="quiet-hours")
        return
    wanted = moment.astimezone(where)
    if wanted.year == datetime.max.year:
        return  # the calendar ends there, so that there may be no next opening
    if rule["holidays"]:
        try:
            _holidays(rule["country"], wanted.year)
        except ModuleNotFoundError:
            message = said(
                "Public holidays were not checked: %(install)s to check them.", install=installing("requests")
            )
            yield refusal(profile, "not-checked", message, fault="holidays")
        except NotImplementedError:
            message = said(
                "Public holidays were not checked: the package holidays has none for %(country)s.",
                country=rule["country"],
            )
            yield refusal(profile, "not-checked", message, fault="holidays")
    goes_out = hours(rule).next(wanted)
    if goes_out != wanted:
        held = {"country": rule["country"], "times": times(rule), "zone": rule["zone"]}
        back: Words = (
            said("Marketing to %(country)s is held back %(times)s (%(zone)s)", **held)
            if commercial
            else said("Every message to %(country)s is held back %(times)s (%(zone)s)", **held)
        )
        if rule["lifted"] and not commercial:
            back += ", " + phrase(rule["lifted"])
        message = said(
            "%(rule)s: a message for %(wanted)s would be sent at %(goes_out)s.",
            rule=back,
            wanted=moment_in_words(wanted),
            goes_out=moment_in_words(goes_out),
        )
        yield refusal(profile, "quiet-hours", message, goes_out=goes_out.isoformat())


def hours(rule: dict[str, Any]) -> Opening:
    """The hours of a vendor's rule; without public holidays where these cannot be known."""

    def is_closed(day: date) -> bool:
        return (rule["sundays"] and day.weekday() == 6) or day in known_holidays(rule, day.year)

    return Opening(_time(rule["opens"]), _time(rule["closes"]), is_closed)


@lru_cache(maxsize=64)
def _time(written: str) -> time:
    return time.fromisoformat(written)


def times(rule: dict[str, Any]) -> Message:
    """When messages are held back."""
    has_holidays = bool(known_holidays(rule, 2000))
    hours = {"opens": rule["opens"], "closes": rule["closes"]}
    if rule["sundays"] and has_holidays:
        return said("before %(opens)s, from %(closes)s, on Sundays and public holidays", **hours)
    if rule["sundays"]:
        return said("before %(opens)s, from %(closes)s, on Sundays", **hours)
    if has_holidays:
        return said("before %(opens)s, from %(closes)s, on public holidays", **hours)
    return said("before %(opens)s, from %(closes)s", **hours)


def known_holidays(rule: dict[str, Any], year: int) -> Collection[date]:
    """Its public holidays in a year and the next: none where they do not count or are unknown."""
    if not rule["holidays"]:
        return ()
    try:
        return _holidays(rule["country"], year)
    except (ModuleNotFoundError, NotImplementedError):
        return ()


@lru_cache(maxsize=32)
def _holidays(country: str, year: int) -> frozenset[date]:
    """The public holidays of a country in a year and the next, by the package of that name.

    Raises ModuleNotFoundError without the package (extra `requests`), NotImplementedError where it
    has no such country.
    """
    import holidays

    # The day after the last of December may be one, too.
    return frozenset(holidays.country_holidays(country, years=(year, year + 1)))
