"""Price lists: what one segment costs, by destination and day. No price is known unless given.

A list is TOML or CSV. Each entry has a destination, a price, a currency and, if need be, the day
from which it holds:

    currency = "EUR"                  destination;currency;price;from
    [[prices]]                        33;EUR;0,045;
    destination = "33"                33;EUR;0,049;2027-01-01
    price = "0.045"                   +33700;EUR;0,06;
                                      BE;EUR;0,07;

A destination is the beginning of international numbers (``33``, ``+33 700``), a country (``BE``), or
``*`` for all that no other entry names. The longest beginning wins; a country counts as more than
its calling code, and less than anything longer. Of several entries for one destination, the one
with the latest day not after that of the sending holds.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from septet.destinations.phone_numbers import PhoneNumber, calling_code, phone_number
from septet.errors import CampaignError

from .entries import EVERYWHERE, Entry, Price, is_country
from .files import entries


class PriceList:
    """Prices by destination and day. Immutable; equal if the entries are.

    Raises CampaignError for two entries of one destination that hold from the same day.
    """

    __slots__ = ("_by_destination", "_longest", "entries", "name")

    def __init__(self, entries: Iterable[Entry], name: str | None = None) -> None:
        self.entries = tuple(entries)
        #: The name of its file, without its folder; None where it comes from none.
        self.name = name
        # For each destination its prices, the latest first; one that has always held comes last.
        self._by_destination: dict[str, list[tuple[date, Price]]] = {}
        for entry in self.entries:
            steps = self._by_destination.setdefault(entry.destination, [])
            start = entry.start or date.min
            if any(other == start for other, _ in steps):
                since = f" from {entry.start}" if entry.start else ""
                raise CampaignError(f"two prices are given for {entry.destination}{since}")
            steps.append((start, entry.price))
        for steps in self._by_destination.values():
            steps.sort(key=lambda step: step[0], reverse=True)
        self._longest = max((len(d) for d in self._by_destination if d.isdigit()), default=0)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> PriceList:
        """The price list of a file, TOML where its name ends so, otherwise CSV.

        Raises CampaignError with the file, the line or key, and what was expected.
        """
        return cls(entries(path), os.path.basename(os.fspath(path)))

    def price(self, destination: str | PhoneNumber, on: date | None = None) -> Price | None:
        """The price of one segment to a number or a country on a day (today by default), or None.

        A number is international, with or without its ``+``; a country is a code of two letters.
        """
        line = self.line(destination, on)
        return None if line is None else line[1]

    def line(self, destination: str | PhoneNumber, on: date | None = None) -> tuple[str, Price] | None:
        """The destination of the list that holds for a number or a country on a day, and its price."""
        day = on or date.today()
        if isinstance(destination, str) and not is_country(destination.upper()):
            read = phone_number(destination, None)
            if read is None:
                return None
            destination = read
        if isinstance(destination, str):
            country: str | None = destination.upper()
            digits = code = calling_code(destination.upper())
        else:
            country, digits = destination.country, destination.digits
            code = calling_code(country) if country else ""
        for place in self._places(digits, country, len(code)):
            for start, price in self._by_destination.get(place, ()):
                if start <= day:
                    return place, price
        return None

    def _places(self, digits: str, country: str | None, code: int) -> Iterator[str]:
        """The destinations that a number belongs to, the most specific first."""
        longest = min(len(digits), self._longest)
        yield from (digits[:length] for length in range(longest, code, -1))
        if country:
            yield country
        yield from (digits[:length] for length in range(min(longest, code), 0, -1))
        yield EVERYWHERE

    def __str__(self) -> str:
        name = f"{self.name}, " if self.name else ""
        prices = "1 price" if len(self.entries) == 1 else f"{len(self.entries)} prices"
        return f"{name}{prices} in {', '.join(self.currencies) or 'no currency'}"

    @property
    def destinations(self) -> tuple[str, ...]:
        """The destinations of the list, each once."""
        return tuple(self._by_destination)

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies of the list, each once."""
        found = (entry.price.currency for entry in self.entries)
        return tuple(dict.fromkeys(currency for currency in found if currency is not None))

    @property
    def scale(self) -> int:
        """The most digits that a price has after its point."""
        exponents = (entry.price.amount.as_tuple().exponent for entry in self.entries)
        return max((-exponent for exponent in exponents if isinstance(exponent, int)), default=0)

    def __eq__(self, other: object) -> bool:
        return self.entries == other.entries if isinstance(other, PriceList) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.entries)

    def __repr__(self) -> str:
        return f"<septet.campaign.PriceList of {len(self.entries)} prices>"

    def __reduce__(self) -> tuple[Any, ...]:
        return PriceList, (self.entries, self.name)
