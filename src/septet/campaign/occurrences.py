"""Occurrences: how often each number is in an array."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

#: Numbers below this are counted in a table of all of them.
_FEW = 1 << 20


def occurrences(numbers: np.ndarray[Any, Any]) -> Iterator[tuple[int, int]]:
    """The different numbers of an array, none of which is below 0, each with how often it is there."""
    import numpy as np

    if int(numbers.max(initial=0)) < _FEW:
        table = np.bincount(numbers)
        found = np.flatnonzero(table)
        times = table[found]
    else:
        found, times = np.unique(numbers, return_counts=True)
    return zip(found.tolist(), times.tolist(), strict=True)
