"""Pricing: what a segment costs to each recipient of a column."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.destinations.readings import PhoneNumber

from .beginnings import known
from .columns import Recipients, recipients

if TYPE_CHECKING:
    from datetime import date

    import numpy as np
    import pyarrow as pa

    from septet.campaign.prices.entries import Price
    from septet.campaign.prices.lists import PriceList

# The price of a recipient that a list has none for, and of one that is no number.
_NONE = -1


class Priced(NamedTuple):
    """The recipients of a column, and what a segment costs to each."""

    recipients: Recipients
    #: The prices that some of them have.
    prices: list[Price | None]
    #: The place of each one's price among these; 0 where there is none.
    price_of: np.ndarray[Any, Any]
    #: Whether the list has none for it, and whether it is no number.
    unpriced: np.ndarray[Any, Any]


class Pricing:
    """Reads recipients that are national to a country, and finds their prices on a day. Safe in threads."""

    def __init__(
        self, home: str | None, prices: PriceList | None, price: Price | None, on: date | None
    ) -> None:
        destinations = () if prices is None else prices.destinations
        self._known = known(home, frozenset(filter(str.isdigit, destinations)))
        self._list, self._price, self._on = prices, price, on
        self._lock = threading.Lock()
        #: All prices so far, and the place of that of each key.
        self._prices: dict[Price | None, int] = {}
        self._of_key: list[int] = []

    def read(self, column: pa.Array) -> Priced:
        """The recipients of a column, each with its price."""
        import numpy as np

        found = recipients(column, self._known)
        price_of = self._of_keys()[found.keys]
        for row, number in found.others.items():
            price_of[row] = self._place_of(number)
        used = np.flatnonzero(np.bincount(price_of + 1, minlength=1)[1:])
        every = list(self._prices)
        if len(used) < len(every):
            new = np.full(len(every) + 1, _NONE, np.int64)
            new[used] = np.arange(len(used))
            price_of = new[price_of]
        used_prices = [every[place] for place in used.tolist()]
        return Priced(found, used_prices, np.maximum(price_of, 0), price_of < 0)

    def _of_keys(self) -> np.ndarray[Any, Any]:
        import numpy as np

        keys = self._known.keys
        with self._lock:
            for key in keys[len(self._of_key) :]:
                number = PhoneNumber(key.head, key.country, key.known) if key.head else None
                self._of_key.append(self._place_of(number))
            return np.array(self._of_key, np.int64)

    def _place_of(self, number: PhoneNumber | None) -> int:
        if number is None or not number.known:
            return _NONE
        price = self._price
        if self._list is not None:
            price = self._list.price(number, self._on)
            if price is None:
                return _NONE
        return self._prices.setdefault(price, len(self._prices))
