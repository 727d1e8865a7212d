"""Recent values: so many of those that were made last, by their keys.

As `functools.lru_cache` for what a first text to count needs: to load that takes as long as the counting. The
oldest goes first, whether it was asked for meanwhile or not.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeVar

    Value = TypeVar("Value")


class Recent(dict["Any", "Any"]):
    """Values by their keys, never more than `most`. Safe in threads."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: Any, value: Value) -> Value:
        """Keeps a value, in the place of the oldest ones where there are too many, and gives it back."""
        self[key] = value
        if len(self) > self._most:
            # A list of the keys is made in one step, whatever other threads do.
            for oldest in list(self)[: -self._most]:
                self.pop(oldest, None)
        return value
