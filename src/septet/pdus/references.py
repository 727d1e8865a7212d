"""References: the numbers that distinguish messages of several parts (TS 23.040, 9.2.3.24.1, 9.2.3.24.8)."""

from __future__ import annotations

import random
import threading
from collections import OrderedDict

from septet.errors import shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Start = int | Mapping[str, Any] | None

#: The numbers that a reference of 16 bits has; one of 8 bits has the lower half of the octets.
NUMBERS = 0x10000
SHORT_NUMBERS = 0x100


class References:
    """Reference numbers, one after the other; safe in threads.

    A phone joins parts by sender and reference: two messages to one phone at the same time must not
    have the same reference. Consecutive numbers repeat after 256 messages (65,536
    with 16 bits); random ones collide after about twenty. Called with a recipient, each recipient has
    numbers of its own; called without, all share them.

    `start` is the first shared number, or the result of `state`, to continue where another process
    stopped; without it the numbers start anywhere. The `limit` latest recipients are remembered.
    """

    def __init__(self, start: Start = None, *, limit: int = 100_000) -> None:
        if type(limit) is not int or limit < 1:
            raise ValueError(f"limit: expected a whole number of 1 or more, found {shown(limit)}")
        self.limit = limit
        self._lock = threading.Lock()
        self._recipients: OrderedDict[str, int] = OrderedDict()
        if start is None:
            self._next = random.randrange(NUMBERS)
        elif type(start) is int:
            self._next = _number("start", start)
        else:
            self._next = self._restored(start)

    def _restored(self, state: object) -> int:
        if not isinstance(state, dict) or state.keys() != {"shared", "recipients"}:
            raise ValueError(f"start: expected a whole number from 0 to {NUMBERS - 1}, or what state gave")
        if not isinstance(state["recipients"], dict):
            raise ValueError("start: expected the recipients as a dict")
        for recipient, number in state["recipients"].items():
            self._recipients[recipient] = _number("start: a recipient's number", number)
        while len(self._recipients) > self.limit:
            self._recipients.popitem(last=False)
        return _number("start: shared", state["shared"])

    def next(self, recipient: str | None = None, *, wide: bool = False) -> int:
        """The next number, of 8 bits or of 16 with `wide`; of the recipient's own if one is given."""
        with self._lock:
            if recipient is None:
                number, self._next = self._next, (self._next + 1) % NUMBERS
            else:
                # A new or forgotten recipient starts at the current shared number.
                number = self._recipients.pop(recipient, self._next)
                self._recipients[recipient] = (number + 1) % NUMBERS
                if len(self._recipients) > self.limit:
                    self._recipients.popitem(last=False)
        return number if wide else number % SHORT_NUMBERS

    def __next__(self) -> int:
        return self.next()

    def __iter__(self) -> References:
        return self

    @property
    def state(self) -> dict[str, Any]:
        """The current numbers, in plain JSON types: pass this as `start` to continue from there."""
        with self._lock:
            return {"shared": self._next, "recipients": dict(self._recipients)}

    def __repr__(self) -> str:
        return f"<septet.References: {self._next} is next, {len(self._recipients)} recipients>"


def _number(name: str, value: object) -> int:
    if type(value) is not int or not 0 <= value < NUMBERS:
        raise ValueError(f"{name}: expected a whole number from 0 to {NUMBERS - 1}, found {shown(value)}")
    return value


def drawn(reference: int | References, wide: bool = False, recipient: str | None = None) -> tuple[int, bool]:
    """The number that was given, or the next one; and whether it takes 16 bits.

    Raises ValueError for an invalid number.
    """
    if isinstance(reference, References):
        return reference.next(recipient, wide=wide), wide
    number = _number("reference", reference)
    return number, wide or number >= SHORT_NUMBERS
