"""Hours: which rows, at a rate, go out when the vendor holds them back or people should not be disturbed.

A row goes out when all segments before it have. Times are therefore counted in segments since the
beginning: a zone's opening hours are the numbers of segments at which they begin and end.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from septet.sending import schedules

if TYPE_CHECKING:
    from decimal import Decimal

    import numpy as np

    from septet.sending.quiet_hours import Opening

    Numbers = np.ndarray[Any, np.dtype[np.int64]]

# The most days between two openings: holidays and Sundays in a row.
_DAYS_BEYOND = 15
# The hours of this many days are worked out at once.
_DAYS = 32


class Hours:
    """The opening hours in a time zone, as numbers of segments since a beginning. Not for several threads."""

    def __init__(self, opening: Opening, zone: str, begins: datetime, rate: Decimal) -> None:
        """Raises ModuleNotFoundError for a zone that is unknown on this system."""
        self._opening, self._zone = opening, schedules.zone(zone)
        self._begins, self._rate = begins.astimezone(UTC), Fraction(rate)
        self._day = self._begins.astimezone(self._zone).date() - timedelta(days=1)
        #: The segments at which it opens and closes, in turn.
        self._edges: list[int] = []
        self._array: Numbers | None = None
        #: The moment of every second edge.
        self._openings: list[datetime] = []

    def are_open(self, places: Numbers) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Whether it is open when this many segments have gone out."""
        import numpy as np

        found: np.ndarray[Any, np.dtype[np.bool_]] = (
            np.searchsorted(self._until(places), places, "right") % 2 == 1
        )
        return found

    def openings(self, places: Numbers) -> tuple[Numbers, list[datetime]]:
        """The next openings after places at which it is closed: the place of each among the moments."""
        import numpy as np

        behind = np.searchsorted(self._until(places), places, "right") // 2
        found, which = np.unique(behind, return_inverse=True)
        return which, [self._openings[place] for place in found.tolist()]

    def _until(self, places: Numbers) -> Numbers:
        """The edges up to a few beyond all places. Raises OverflowError where the calendar ends before."""
        import numpy as np

        last = int(places.max(initial=0))
        while self._array is None or int(self._array[-1]) <= last:
            seconds = last / self._rate
            end = (self._begins + timedelta(seconds=float(seconds))).date() + timedelta(days=_DAYS_BEYOND)
            for _ in range(max((end - self._day).days, 0) + _DAYS):
                self._add(self._day)
                self._day += timedelta(days=1)
            if self._edges:
                self._array = np.array(self._edges, np.int64)
        return self._array

    def _add(self, day: Any) -> None:
        opening = self._opening
        if opening.is_closed(day):
            return
        self._openings.append(datetime.combine(day, opening.opens, self._zone).astimezone(UTC))
        for time in (opening.opens, opening.closes):
            there = datetime.combine(day, time, self._zone).astimezone(UTC)
            since = there - self._begins
            whole = Fraction(since // timedelta(microseconds=1), 1_000_000)
            # The first segment that does not go out earlier.
            self._edges.append(-((-whole * self._rate) // 1))
