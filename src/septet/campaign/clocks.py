"""Clocks: how long a campaign takes, and which rows go out at forbidden hours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.destinations.time_zones import DECISIVE_DIGITS, zones_of, zones_of_country
from septet.sending import schedules
from septet.sending.quiet_hours import hours as hours_of
from septet.vendors.territories import counted_as

from .hours import Hours
from .tallies import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from septet.sending.quiet_hours import Opening

    from .campaigns import Campaign
    from .people import People
    from .rejects import Part

    Mask = np.ndarray[Any, np.dtype[np.bool_]]
    Zones = tuple[str, ...]


class Sending(NamedTuple):
    """How long a campaign takes, and which rows fall into quiet hours.

    The counts are None where no such hours are in force, and where no rows were seen.
    """

    #: Segments a second.
    rate: Decimal
    begins: datetime
    #: When the last segment has gone out; None where the calendar ends before.
    ends: datetime | None
    #: In whole seconds, rounded up.
    seconds: int
    #: Rows that the vendor holds back, by its clock (`quiet-hours`).
    held_back: int | None
    #: Rows that reach people in their quiet hours, by the clock where the number is (`recipient-hours`).
    at_quiet_hours: int | None
    #: Rows for which the number does not tell this.
    uncertain: int | None


def sending_of(campaign: Campaign, tally: Tally, is_whole: bool) -> Sending | None:
    """How long a campaign takes, if it has a rate; `is_whole` says that the rows were seen in their order."""
    asked = campaign.timetable
    if asked is None:
        return None
    seconds = -(-tally.segments // Fraction(asked.rate))
    try:
        ends = (asked.begins.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(asked.begins.tzinfo)
    except OverflowError:
        ends, is_whole = None, False
    found = {kind: tally["hours", kind] for kind in ("held-back", "at-quiet-hours", "uncertain")}
    held = found["held-back"] if is_whole and vendor_hours(campaign) else None
    late, uncertain = found["at-quiet-hours"], found["uncertain"]
    if not is_whole or not recipients_hours(campaign):
        return Sending(asked.rate, asked.begins, ends, seconds, held, None, None)
    return Sending(asked.rate, asked.begins, ends, seconds, held, late, uncertain)


def vendor_hours(campaign: Campaign) -> Opening | None:
    """The hours at which the vendor sends such a campaign; None where it sends at any hour."""
    rule = campaign.profile.rule("quiet_hours")
    if rule is None or not (campaign.options.get("commercial") or rule["messages"] == "all"):
        return None
    return hours_of(rule)


def recipients_hours(campaign: Campaign) -> Opening | None:
    """The hours at which people may get it: the campaign's own, else those of the vendor's rule for
    marketing."""
    own = None if campaign.timetable is None else campaign.timetable.opening
    rule = campaign.profile.rule("quiet_hours")
    return own or (hours_of(rule) if rule is not None and campaign.options.get("commercial") else None)


class Clock:
    """Counts the rows of a campaign that go out at quiet hours, as all rows go by in their order."""

    def __init__(self, campaign: Campaign) -> None:
        asked = campaign.timetable
        assert asked is not None
        self._asked, self._profile = asked, campaign.profile
        ignored = campaign.options.get("ignore") or ()
        self._ignored = (ignored,) if isinstance(ignored, str) else ignored
        self._sent = 0
        self._rule = campaign.profile.rule("quiet_hours")
        #: The hours of the vendor by its own clock, and those of recipients by theirs.
        opening = vendor_hours(campaign)
        self._vendor = None
        if opening is not None and self._rule is not None:
            self._vendor = Hours(opening, self._rule["zone"], asked.begins, asked.rate)
        self._opening = recipients_hours(campaign)
        self._hours: dict[str, Hours] = {}

    def look(self, part: Part) -> Part:
        """A part with its rows at quiet hours counted."""
        people = part.people
        if people is None or not len(people.rows):
            return part
        import numpy as np

        starts = self._sent + np.cumsum(people.billed) - people.billed
        self._sent += int(people.billed.sum())
        try:
            counts = self._counts(people, starts)
        except OverflowError:
            return part  # the calendar ends before the campaign does
        return part._replace(tally=part.tally + Tally(counts))

    def _counts(self, people: People, starts: np.ndarray[Any, Any]) -> dict[Any, int]:
        import numpy as np

        counts: dict[Any, int] = {}
        bound = self._bound(people)
        held = np.zeros(len(starts), bool)
        if self._vendor is not None and bound.any():
            held = bound & ~self._vendor.are_open(starts)
            counts["hours", "held-back"] = int(np.count_nonzero(held))
        if self._opening is not None:
            concerned = np.ones(len(starts), bool) if self._asked.opening else bound
            quiet = uncertain = 0
            for zones, rows in self._by_zones(people):
                # What is held back reaches people when it goes out.
                for open_somewhere, open_everywhere in (
                    self._open(zones, starts[rows & concerned & ~held]),
                    self._open_later(zones, starts[rows & concerned & held]),
                ):
                    quiet += int(np.count_nonzero(~open_somewhere))
                    uncertain += int(np.count_nonzero(open_somewhere & ~open_everywhere))
            counts["hours", "at-quiet-hours"], counts["hours", "uncertain"] = quiet, uncertain
        for code, kind in (("quiet-hours", "held-back"), ("recipient-hours", "at-quiet-hours")):
            if code not in self._ignored:
                counts["problem", code] = counts.get(("hours", kind), 0)
        return counts

    def _open(self, zones: Zones, starts: np.ndarray[Any, Any]) -> tuple[Mask, Mask]:
        """For rows that go out then, whether it is open in any of the zones, and in all of them."""
        import numpy as np

        if not zones:  # somewhere
            return np.ones(len(starts), bool), np.zeros(len(starts), bool)
        opened = np.array([self._hours_in(zone).are_open(starts) for zone in zones])
        somewhere: Mask = np.any(opened, axis=0)
        everywhere: Mask = np.all(opened, axis=0)
        return somewhere, everywhere

    def _open_later(self, zones: Zones, starts: np.ndarray[Any, Any]) -> tuple[Mask, Mask]:
        """The same of rows that go out when the vendor opens next."""
        import numpy as np

        if not zones or self._vendor is None or self._opening is None or not len(starts):
            return self._open(zones, starts)
        which, moments = self._vendor.openings(starts)
        opening = self._opening
        local = [[moment.astimezone(schedules.zone(zone)) for zone in zones] for moment in moments]
        opened = np.array([[opening.next(time) == time for time in times] for times in local])
        somewhere: Mask = np.any(opened, axis=1)
        everywhere: Mask = np.all(opened, axis=1)
        return somewhere[which], everywhere[which]

    def _hours_in(self, zone: str) -> Hours:
        assert self._opening is not None
        if zone not in self._hours:
            self._hours[zone] = Hours(self._opening, zone, self._asked.begins, self._asked.rate)
        return self._hours[zone]

    def _bound(self, people: People) -> Mask:
        """The rows that the vendor's rule applies to: all rows where their countries are unknown."""
        import numpy as np

        if self._rule is None:
            return np.zeros(len(people.rows), bool)
        if not len(people.numbers):
            return np.ones(len(people.rows), bool)
        home = self._rule["country"]
        ours = [counted_as(self._profile, one.country or "") == home for one in people.destinations]
        found: Mask = np.array(ours, bool)[people.destination_of]
        return found

    def _by_zones(self, people: People) -> Iterator[tuple[Zones, Mask]]:
        """The rows by the possible zones of their numbers; without numbers, all are in the zone of the
        beginning."""
        import numpy as np

        if not len(people.numbers):
            yield (str(self._asked.begins.tzinfo),), np.ones(len(people.rows), bool)
            return
        groups: dict[Zones, list[Any]] = {}
        countries = [one.country for one in people.destinations]
        for country in dict.fromkeys(countries):
            own = np.array([one == country for one in countries])
            rows = np.flatnonzero(own[people.destination_of])
            zones = zones_of_country(country)
            if len(zones) == 1:
                groups.setdefault(zones, []).append(rows)
                continue
            numbers = people.numbers[rows]
            digits = np.searchsorted(10 ** np.arange(18, dtype=np.int64), numbers, "right")
            beginning = numbers // 10 ** np.maximum(digits - DECISIVE_DIGITS, 0)
            keys = (beginning * 100 + digits) * 10 + people.kinds[rows]
            _, firsts, which = np.unique(keys, return_index=True, return_inverse=True)
            for place, first in enumerate(firsts.tolist()):
                zones = zones_of(str(numbers[first]), country)
                groups.setdefault(zones, []).append(rows[which == place])
        for zones, those in groups.items():
            mask = np.zeros(len(people.rows), bool)
            mask[np.concatenate(those)] = True
            yield zones, mask
