"""Exclusions: numbers that a campaign leaves out, such as those of people who opted out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.int64]]


class Exclusions:
    """Telephone numbers as integers of 64 bits. Immutable, equal by value, picklable."""

    __slots__ = ("_numbers", "name", "unread")

    def __init__(self, numbers: Numbers, name: str, unread: int = 0) -> None:
        """`numbers` are international, without their plus."""
        import numpy as np

        self._numbers = np.unique(numbers)
        #: The name of its file, without its folder.
        self.name = name
        #: Its rows that hold something other than a phone number: they leave nobody out.
        self.unread = unread

    def __len__(self) -> int:
        return len(self._numbers)

    def holds(self, numbers: Numbers) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which of these numbers are in the list."""
        import numpy as np

        if not len(self._numbers):
            return np.zeros(len(numbers), bool)
        places = np.searchsorted(self._numbers, numbers)
        places[places == len(self._numbers)] = 0
        found: np.ndarray[Any, np.dtype[np.bool_]] = self._numbers[places] == numbers
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Exclusions):
            return NotImplemented
        same = len(self) == len(other) and bool((self._numbers == other._numbers).all())
        return same and (self.name, self.unread) == (other.name, other.unread)

    def __hash__(self) -> int:
        return hash((self.name, self.unread, len(self)))

    def __str__(self) -> str:
        return f"{self.name}, {'1 number' if len(self) == 1 else f'{len(self)} numbers'}"

    def __repr__(self) -> str:
        return f"<septet.campaign.Exclusions: {self}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return Exclusions, (self._numbers, self.name, self.unread)
