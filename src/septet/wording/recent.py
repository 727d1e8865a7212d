"""Recent values: a number of the values that were made last, by their keys.

Replaces `functools.lru_cache` in what a first text to count needs: loading that takes as long as the count.
The oldest value goes first, even if it was used meanwhile.
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
        """Keeps a value, instead of the oldest ones if there are too many, and returns it."""
        self[key] = value
        if len(self) > self._most:
            # The list of keys is made in one step, whatever other threads do.
            for oldest in list(self)[: -self._most]:
                self.pop(oldest, None)
        return value
