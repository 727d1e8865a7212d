"""Price rules: what each row should have cost by a price list, and what it would cost by other rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from septet import _tables
from septet.campaign.prices.entries import EVERYWHERE
from septet.campaign.prices.lists import PriceList
from septet.campaign.recipients.beginnings import EACH, known
from septet.campaign.recipients.columns import recipients
from septet.destinations.phone_numbers import calling_code
from septet.destinations.readings import PhoneNumber
from septet.wording.messages import day as said_day
from septet.wording.messages import said

from .cells import DIGITS, NO_PRICE, scaled

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from septet.campaign.recipients.columns import Recipients
    from septet.wording.messages import Words

    Numbers = np.ndarray[Any, np.dtype[np.int64]]

#: What a price is for.
SEGMENT, MESSAGE, PLANNED = "segment", "message", "planned"
#: The rates of value added tax in Europe, in per cent: a bill may include it.
_RATES = (17, 18, 19, 20, 21, 22, 23, 24, 25, 27)
#: A list whose prices never change has the same on each day.
_ANY_DAY = 1
#: A list may change this often.
_MOST_DAYS = 12


class PriceRule(NamedTuple):
    """One way to price a row."""

    rule: str
    words: Words
    prices: PriceList
    #: The day whose prices hold, for all rows; None: each row's own.
    on: date | None = None
    per: str = SEGMENT
    #: The digits that are kept after the point.
    digits: int | None = None
    #: In per cent, added to the price.
    tax: int = 0


class PriceRules:
    """The prices of rows by a list, and by all rules that may hold instead. Safe in threads."""

    def __init__(
        self, prices: PriceList, earlier: Sequence[PriceList], on: date | None, home: str | None
    ) -> None:
        """`earlier` are other lists; `on` the day of all rows, None where each has its own."""
        self.base = PriceRule("", said("the price list"), prices, on)
        self.others = _others(prices, earlier, on)
        lists = dict.fromkeys((prices, *(one.prices for one in self.others)))
        beginnings = {place for one in lists for place in one.destinations if place.isdigit()}
        self._known = known(home, frozenset(beginnings))
        self._units: dict[Any, int] = {}
        #: Whether the day of a row matters.
        self.dated = any(entry.start for one in lists for entry in one.entries)

    def recipients(self, column: pa.Array) -> Recipients:
        """The numbers of a column."""
        return recipients(column, self._known)

    def expected(
        self, rule: PriceRule, found: Recipients, days: Numbers | None, billed: Numbers, planned: Numbers
    ) -> Numbers:
        """What each row costs by a rule, in units of `DIGITS`; `NO_PRICE` where the list has no price."""
        import numpy as np

        units = self._of_rows(rule, found, days)
        times = {SEGMENT: billed, PLANNED: planned, MESSAGE: np.ones_like(billed)}[rule.per]
        costs = units * times
        if rule.tax:
            costs = costs * (100 + rule.tax) // 100
        if rule.digits is not None:
            step = 10 ** (DIGITS - rule.digits)
            costs = (costs + step // 2) // step * step
        return np.where(units == NO_PRICE, NO_PRICE, costs)

    def _of_rows(self, rule: PriceRule, found: Recipients, days: Numbers | None) -> Numbers:
        import numpy as np

        fixed = rule.on.toordinal() if rule.on is not None else None
        if fixed is None and not self.dated:
            fixed = _ANY_DAY
        when = days if fixed is None and days is not None else np.full(len(found.keys), fixed or 0, np.int64)
        pairs, places = np.unique((found.keys.astype(np.int64) << 20) | when, return_inverse=True)
        units = np.array([self._unit(rule, pair >> 20, pair & 0xFFFFF) for pair in pairs.tolist()], np.int64)
        costs = units[places] if len(pairs) else np.zeros(0, np.int64)
        for row, number in found.others.items():
            costs[row] = self._price(rule.prices, number, int(when[row]))
        return costs

    def _unit(self, rule: PriceRule, key: int, day: int) -> int:
        if key == EACH:
            return NO_PRICE
        asked = (id(rule.prices), key, day)
        if asked not in self._units:
            found = self._known.keys[key]
            number = PhoneNumber(found.head, found.country, found.known) if found.head else None
            self._units[asked] = self._price(rule.prices, number, day)
        return self._units[asked]

    @staticmethod
    def _price(prices: PriceList, number: PhoneNumber | None, day: int) -> int:
        if number is None or not day:
            return NO_PRICE
        price = prices.price(number, date.fromordinal(day))
        return NO_PRICE if price is None else scaled(price.amount)


def _others(prices: PriceList, earlier: Sequence[PriceList], on: date | None) -> tuple[PriceRule, ...]:
    found: list[PriceRule] = []
    changes = sorted({entry.start for entry in prices.entries if entry.start})
    for change in changes[-_MOST_DAYS:]:
        before = change - timedelta(days=1)
        if on is None or change <= on:
            words = said("the prices are those before %(day)s", day=said_day(change))
            found.append(PriceRule(f"on={before.isoformat()}", words, prices, before))
        else:
            words = said("the prices are those from %(day)s on", day=said_day(change))
            found.append(PriceRule(f"on={change.isoformat()}", words, prices, change))
    for place, other in enumerate(earlier, 1):
        name = other.name or str(place)
        words = said("the prices are those of the list %(name)s", name=name)
        found.append(PriceRule(f"prices={name}", words, other, on))
    for per, words in (
        (MESSAGE, said("the price is for a message, not for each segment")),
        (PLANNED, said("the price is for the planned segments, not for the billed ones")),
    ):
        found.append(PriceRule(f"price.per={per}", words, prices, on, per))
    codes = {calling_code(country) for country in _tables.COUNTRIES.split()}
    whole = [e for e in prices.entries if not e.destination.isdigit() or e.destination in codes]
    if len(whole) < len(prices.entries):
        words = said("the price is that of the country, whatever the number begins with")
        found.append(PriceRule("prices=countries", words, PriceList(whole), on))
    anywhere = [e for e in prices.entries if e.destination == EVERYWHERE]
    if anywhere and len(anywhere) < len(prices.entries):
        words = said("the price is that of all other destinations")
        found.append(PriceRule("prices=*", words, PriceList(anywhere), on))
    for digits in (2, 3, 4):
        words = said("the price of a message is rounded to %(digits)s digits", digits=digits)
        found.append(PriceRule(f"price.digits={digits}", words, prices, on, digits=digits))
    for rate in _RATES:
        words = said("a tax of %(rate)s %% is in the price", rate=rate)
        found.append(PriceRule(f"price.tax={rate}", words, prices, on, tax=rate))
    return tuple(found)
