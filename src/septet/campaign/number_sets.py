"""Sets of numbers: the telephone numbers of a campaign met so far, as integers of 64 bits.

Millions of them are kept in a few sorted arrays, each at least twice as long as the next. A number takes
eight octets, and not the hundred of a text in a Python set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.int64]]
    Mask = np.ndarray[Any, np.dtype[np.bool_]]


# The bits of a place in the table that shows at once that most numbers are new: at first, and at last.
# A small table stays in the processor's cache; it grows until it is this many times as long as the set.
_FIRST, _LAST, _TIMES = 20, 24, 8
# Multiplied by this, numbers that are near each other lie far apart (Knuth, TAOCP 3, 6.4: 2**64 by the golden
# ratio).
_SPREAD = 0x9E3779B97F4A7C15


class NumberSet:
    """A set that grows by many numbers at a time. Not for several threads at once."""

    __slots__ = ("_arrays", "_bits", "_length", "_table")

    def __init__(self) -> None:
        #: Sorted, no number twice in all of them, the longest first.
        self._arrays: list[Numbers] = []
        #: Not 0 at the places of the set's numbers, which other numbers may share.
        self._table: Any = None
        #: The table has two to this power entries.
        self._bits = 0
        self._length = 0

    def __len__(self) -> int:
        return self._length

    @property
    def octets(self) -> int:
        """The memory that its numbers take, without the table, whose size is fixed."""
        return sum(array.nbytes for array in self._arrays)

    def again(self, numbers: Numbers) -> Mask:
        """Which of these numbers are repeated: they are in the set, or earlier among these.

        The set holds all of them afterwards.
        """
        import numpy as np

        self._make_room(len(numbers))
        places = _places(numbers, self._bits)
        again: Mask = self._table[places]
        self._table[places] = True
        in_order = np.sort(numbers)
        doubled = in_order[1:][in_order[1:] == in_order[:-1]]
        if len(doubled):
            # A small table is quicker to ask than the sorted numbers.
            bits = (len(doubled) * _TIMES).bit_length()
            table = np.zeros(1 << bits, bool)
            table[_places(doubled, bits)] = True
            again |= table[_places(numbers, bits)]
        if again.any():
            again[again] = self._repeated(numbers[again])
            in_order = np.sort(numbers[~again])
        self._add(in_order)
        return again

    def _repeated(self, numbers: Numbers) -> Mask:
        """Which of some numbers are in the set, or earlier among these."""
        import numpy as np

        order = np.argsort(numbers)
        in_order = numbers[order]
        firsts = np.flatnonzero(np.concatenate([[True], in_order[1:] != in_order[:-1]]))
        again = np.ones(len(numbers), bool)
        # The order of equal ones is not known, and a stable sort takes several times as long.
        again[np.minimum.reduceat(order, firsts)] = self.holds(in_order[firsts])
        return again

    def _make_room(self, more: int) -> None:
        """Makes the table large enough for this many numbers more."""
        import numpy as np

        bits = max(self._bits, _FIRST)
        while bits < _LAST and (self._length + more) * _TIMES > 1 << bits:
            bits += 2
        if bits > self._bits:
            self._bits, self._table = bits, np.zeros(1 << bits, bool)
            for array in self._arrays:
                self._table[_places(array, bits)] = True

    def holds(self, numbers: Numbers) -> Mask:
        """Which of these numbers are in the set; fastest where they are sorted."""
        import numpy as np

        found: Mask = np.zeros(len(numbers), bool)
        for array in self._arrays:
            places = np.searchsorted(array, numbers)
            places[places == len(array)] = 0
            found |= array[places] == numbers
        return found

    def _add(self, numbers: Numbers) -> None:
        """Adds sorted numbers, none of which is in the set."""
        import numpy as np

        if not len(numbers):
            return
        self._length += len(numbers)
        self._arrays.append(numbers)
        while len(self._arrays) > 1 and len(self._arrays[-2]) < 2 * len(self._arrays[-1]):
            both = np.concatenate(self._arrays[-2:])
            del self._arrays[-2:]
            both.sort(kind="stable")  # this merges runs that are sorted already
            self._arrays.append(both)


def _places(numbers: Numbers, bits: int) -> np.ndarray[Any, Any]:
    """The places of numbers in a table with two to this power entries."""
    import numpy as np

    found: np.ndarray[Any, Any] = (numbers.view(np.uint64) * np.uint64(_SPREAD)) >> np.uint64(64 - bits)
    return found.view(np.int64)
