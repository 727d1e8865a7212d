"""The kernel in Python: which numbers were met before."""

from __future__ import annotations


class NumberSet:
    """Whole numbers of 64 bits. Not for several threads at once."""

    def __init__(self) -> None:
        self._numbers: set[int] = set()

    def __len__(self) -> int:
        return len(self._numbers)

    def again(self, numbers: memoryview, again: memoryview, /) -> None:
        """Writes for each of the numbers (int64) whether it is repeated (an octet, 1 or 0): it is in the
        set, or earlier among these. The set holds all of them afterwards.

        ValueError for a buffer that is too short.
        """
        if len(again) < len(numbers):
            raise ValueError(f"{len(again)} items, not {len(numbers)}")
        for place, number in enumerate(numbers):
            again[place] = number in self._numbers
            self._numbers.add(number)
