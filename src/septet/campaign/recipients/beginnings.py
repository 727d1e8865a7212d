"""Beginnings of numbers as a table: each row finds there what is known of all numbers that begin like it.

`Known` asks `destinations/` once for each beginning and length, and remembers the answer under a number,
the key. Whole columns then find their keys with numpy gathers only.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.destinations.beginnings import FEWEST, LONGEST, beginnings
from septet.destinations.kinds import KINDS, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np


#: The key of numbers that have to be read one by one.
EACH = 0
# This many digits are looked up at first, then this many more at a time.
_FIRST, _FURTHER = 5, 2
_BLANK = -1
# Added where there is no number, so that the sum is less than any number.
_NO_NUMBER = -(1 << 62)


class Key(NamedTuple):
    """The facts that hold for all numbers of one key."""

    #: The beginning of the international number, as far as they share it; "" for no number.
    head: str
    #: Added to the digits as written, this gives the international number.
    more: int
    country: str | None
    known: bool
    kind: str


class _Digits:
    """The keys of numbers of one length, with a plus or without; a negative one leads to a further part."""

    __slots__ = ("further", "root", "used")

    def __init__(self, length: int) -> None:
        import numpy as np

        self.root = np.full(10 ** min(_FIRST, length), _BLANK, np.int32)
        self.further = np.full(10**_FURTHER, _BLANK, np.int32)
        self.used = 0

    def more(self) -> int:
        """The place of a new part for further digits."""
        import numpy as np

        size = 10**_FURTHER
        if (self.used + 1) * size > len(self.further):
            self.further = np.concatenate([self.further, np.full_like(self.further, _BLANK)])
        self.used += 1
        return self.used - 1


class Known:
    """What is known of the numbers that are national to a country. Safe in threads.

    `destinations` are beginnings of international numbers to distinguish.
    """

    def __init__(self, country: str | None, destinations: Iterable[str] = ()) -> None:
        self.home = country
        self._beginnings = beginnings(country)
        # More digits of a number that begins like this have to be looked at.
        self._open = {one[:length] for one in destinations for length in range(len(one))}
        self._digits: dict[tuple[bool, int], _Digits] = {}
        self._lock = threading.Lock()
        self.keys: list[Key] = [Key("", 0, None, False, UNKNOWN)]
        self.countries: list[str | None] = [None]
        self._arrays: tuple[np.ndarray[Any, Any], ...] = ()

    def find(self, values: np.ndarray[Any, Any], length: int, plus: bool) -> np.ndarray[Any, Any]:
        """The keys of numbers of one length, written with a plus or without."""
        import numpy as np

        if length < FEWEST:
            return np.full(len(values), EACH, np.int32)
        digits = self._digits.get((plus, length))
        if digits is None:
            with self._lock:
                digits = self._digits.setdefault((plus, length), _Digits(length))
        depth = min(_FIRST, length)
        places = values // 10 ** (length - depth) if depth < length else values
        found: np.ndarray[Any, Any] = digits.root[places]
        if (blank := found == _BLANK).any():
            self._ask(digits, values[blank], places[blank], length, plus)
            found = digits.root[places]
        deeper = np.flatnonzero(found < _BLANK)
        while deeper.size:
            step = min(_FURTHER, length - depth)
            depth += step
            places = values[deeper] // 10 ** (length - depth) % 10**step
            places -= (found[deeper].astype(np.int64) + 2) * 10**_FURTHER
            below = digits.further[places]
            if (blank := below == _BLANK).any():
                self._ask(digits, values[deeper[blank]], places[blank], length, plus)
                below = digits.further[places]
            found[deeper] = below
            deeper = deeper[below < _BLANK]
        return found

    @property
    def arrays(self) -> tuple[np.ndarray[Any, Any], ...]:
        """For each key: what is added, the place of the country among `countries`, whether it is known, and
        the place of the kind among `KINDS`."""
        import numpy as np

        count = len(self.keys)
        if not self._arrays or len(self._arrays[0]) < count:
            keys = self.keys[:count]
            places = {country: place for place, country in enumerate(self.countries)}
            self._arrays = (
                np.array([key.more for key in keys], np.int64),
                np.array([places[key.country] for key in keys], np.int16),
                np.array([key.known for key in keys], bool),
                np.array([KINDS.index(key.kind) for key in keys], np.int8),
            )
        return self._arrays

    def country(self, country: str | None) -> int:
        """The place of a country among `countries`."""
        if country not in self.countries:
            with self._lock:
                self._place_of(country)
        return self.countries.index(country)

    def _place_of(self, country: str | None) -> None:
        if country not in self.countries:
            self.countries.append(country)

    def _ask(
        self,
        digits: _Digits,
        values: np.ndarray[Any, Any],
        places: np.ndarray[Any, Any],
        length: int,
        plus: bool,
    ) -> None:
        """Fills in what is known of the beginnings at some places, with one example number for each."""
        import numpy as np

        _, some = np.unique(places, return_index=True)
        with self._lock:
            for value in values[some].tolist():
                self._fill(digits, str(value).zfill(length), plus)

    def _fill(self, digits: _Digits, number: str, plus: bool) -> None:
        length = len(number)
        looked_at, key = 0, _BLANK
        array, place, depth, start = digits.root, int(number[:_FIRST]), min(_FIRST, length), 0
        while True:
            if array[place] == _BLANK:
                if key == _BLANK:
                    looked_at, key = self._key(number, plus)
                if looked_at <= depth:
                    # All numbers that begin like this have the same key.
                    width = 10 ** (depth - max(looked_at, start))
                    first = place - place % width
                    blanks = array[first : first + width]
                    blanks[blanks == _BLANK] = key
                    return
                part = digits.more()
                if array is not digits.root:
                    # The array may just have been replaced by one with room for the part.
                    array = digits.further
                array[place] = -2 - part
            elif array[place] >= 0:
                return
            part = -2 - int(array[place])
            step = min(_FURTHER, length - depth)
            start, depth = depth, depth + step
            array = digits.further
            place = part * 10**_FURTHER + int(number[start:depth])

    def _key(self, number: str, plus: bool) -> tuple[int, int]:
        """How many digits of a number decide, and the key of all numbers that begin with them."""
        answer = self._beginnings.answer(number, plus)
        looked_at, head = answer.looked_at, answer.head
        if head is None:
            return looked_at, EACH
        while head in self._open and looked_at < len(number):
            head += number[looked_at]
            looked_at += 1
        others = len(number) - looked_at
        more = _NO_NUMBER
        if head and len(head) + others <= LONGEST:
            more = (int(head) - int(number[:looked_at])) * 10**others
        self._place_of(answer.country)
        self.keys.append(Key(head, more, answer.country, answer.known, answer.kind))
        return looked_at, len(self.keys) - 1


@lru_cache(maxsize=8)
def known(country: str | None, destinations: frozenset[str] = frozenset()) -> Known:
    """The table of known numbers, the same one each time."""
    return Known(country, destinations)
