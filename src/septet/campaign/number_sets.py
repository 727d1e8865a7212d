"""Sets of numbers: the telephone numbers of a campaign that were met, as integers of 64 bits.

Millions of them stand in a few sorted arrays, each at least twice as long as the next, so that one
takes eight octets and not the hundred of a text in a set of Python's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.int64]]
    Mask = np.ndarray[Any, np.dtype[np.bool_]]


class NumberSet:
    """A set that grows by many numbers at a time. Not for several threads at once."""

    __slots__ = ("_arrays",)

    def __init__(self) -> None:
        #: Sorted, no number twice in all of them, the longest first.
        self._arrays: list[Numbers] = []

    def __len__(self) -> int:
        return sum(len(array) for array in self._arrays)

    @property
    def octets(self) -> int:
        """The memory that its numbers take."""
        return sum(array.nbytes for array in self._arrays)

    def again(self, numbers: Numbers) -> Mask:
        """Which of these numbers stand there again: in the set, or further to the front of them.

        From then on the set holds all of them.
        """
        import numpy as np

        order = np.argsort(numbers, kind="stable")
        in_order = numbers[order]
        met = self.holds(in_order)
        met[1:] |= in_order[1:] == in_order[:-1]
        self._add(in_order[~met])
        again = np.empty(len(numbers), bool)
        again[order] = met
        return again

    def holds(self, numbers: Numbers) -> Mask:
        """Which of these numbers are in the set; quickest where they are sorted."""
        import numpy as np

        found = np.zeros(len(numbers), bool)
        for array in self._arrays:
            places = np.searchsorted(array, numbers)
            places[places == len(array)] = 0
            found |= array[places] == numbers
        return found

    def _add(self, numbers: Numbers) -> None:
        """Adds sorted numbers of which none is in the set."""
        import numpy as np

        if not len(numbers):
            return
        self._arrays.append(numbers)
        while len(self._arrays) > 1 and len(self._arrays[-2]) < 2 * len(self._arrays[-1]):
            both = np.concatenate(self._arrays[-2:])
            del self._arrays[-2:]
            both.sort(kind="stable")  # which merges what is sorted already
            self._arrays.append(both)
