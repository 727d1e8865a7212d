"""Reassembly: the text of a message from its parts, all at once or as they arrive.

TS 23.040, 9.2.3.24.1: the parts of one message have one reference, say how many they are, and are
numbered from 1.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict, deque
from typing import NamedTuple

from septet.errors import DecodeError, shown
from septet.gsm.segmentation import MOST_SEGMENTS, USER_DATA_OCTETS

from .short_messages import ShortMessage
from .user_data import UserData, decode_bodies

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from .information_elements import Concatenation


# So many messages that were given up are reported.
_MOST_DROPPED = 100


def join(parts: Iterable[UserData | ShortMessage]) -> str:
    """The text of one message, from all of its parts in any order.

    A part may be there more than once. Raises `DecodeError` if there is no part, for parts of several
    messages (different reference, number of parts or coding), for a missing part, for two different
    parts with one number, and for any fault of a single part.
    """
    first: Concatenation | None = None
    coding: str | None = None
    found: dict[int, UserData] = {}
    alone: UserData | None = None
    for given in parts:
        part = _user_data(given)
        concatenation = part.concatenation
        if coding is not None and part.coding != coding:
            raise DecodeError(f"parts of one message in {coding} and {part.coding}", "data coding (TP-DCS)")
        coding = part.coding
        if concatenation is None:
            if found or (alone is not None and alone != part):
                raise DecodeError("one of several parts has none", "concatenation")
            alone = part
            continue
        if alone is not None:
            raise DecodeError("one of several parts has none", "concatenation")
        first = first or concatenation
        _check_same(concatenation, first)
        if found.setdefault(concatenation.number, part) != part:
            raise DecodeError(
                f"part {concatenation.number} is there twice, and they differ", "concatenation number"
            )
    if alone is not None:
        return alone.text
    if first is None:
        raise DecodeError("none is given", "parts")
    missing = [number for number in range(1, first.total + 1) if number not in found]
    if missing:
        shown = ", ".join(map(str, missing[:8])) + (" …" if len(missing) > 8 else "")
        raise DecodeError(f"of {first.total} parts are missing: {shown}", "parts")
    return _in_order(found)


def _check_same(concatenation: Concatenation, first: Concatenation) -> None:
    if (concatenation.wide, concatenation.reference) != (first.wide, first.reference):
        raise DecodeError(
            f"parts of two messages: {_reference(first)} and {_reference(concatenation)}",
            "concatenation reference",
        )
    if concatenation.total != first.total:
        raise DecodeError(
            f"one part says {first.total} parts, another {concatenation.total}", "concatenation total"
        )


def _reference(concatenation: Concatenation) -> str:
    return f"{concatenation.reference} ({16 if concatenation.wide else 8} bits)"


def _in_order(parts: dict[int, UserData]) -> str:
    return decode_bodies([parts[number] for number in sorted(parts)])


def _user_data(part: object) -> UserData:
    if isinstance(part, ShortMessage):
        return part.user_data()
    if not isinstance(part, UserData):
        raise TypeError(f"part: expected a UserData, found {type(part).__name__}")
    return part


class _Key(NamedTuple):
    """What the parts of one message share; the rest of a header may differ from part to part."""

    sender: Hashable
    wide: bool
    reference: int
    total: int
    coding: str


class OpenMessage(NamedTuple):
    """A message that waits for parts: its sender, its parts, and since when by the clock of `now`."""

    sender: Hashable
    reference: int
    total: int
    missing: tuple[int, ...]
    since: float
    latest: float


class DroppedMessage(NamedTuple):
    """A message that was given up before it was complete, with its parts and the reason.

    `reason` is ``"expired"``, ``"limit"`` (of parts or octets), ``"replaced"`` (another message has its
    reference) or ``"unreadable"`` (its parts do not make a text).
    """

    sender: Hashable
    reference: int
    total: int
    numbers: tuple[int, ...]
    reason: str


class _Message:
    """The parts of one message that have arrived, and when the first and the latest did."""

    __slots__ = ("latest", "octets", "parts", "since")

    def __init__(self, now: float) -> None:
        self.parts: dict[int, UserData] = {}
        self.since = self.latest = now
        self.octets = 0


class Reassembler:
    """Joins the parts of messages as they arrive: out of order, twice, mixed with others, or never.

    Messages are distinguished by sender, reference, number of parts and coding. `limit` is the most
    parts that are kept (255 or more, so that any one message fits; a part takes less than a
    kilobyte), `octets` the most of their octets: above either, complete messages are forgotten first,
    then those that have waited longest for a part are given up. After `expiry` seconds without a new
    part this happens anyway. Not safe to share between threads.
    """

    def __init__(self, limit: int = 10_000, expiry: float = 86_400.0, octets: int = 4_000_000) -> None:
        if type(limit) is not int or limit < MOST_SEGMENTS:
            raise ValueError(
                f"limit: expected a whole number of {MOST_SEGMENTS} or more, found {shown(limit)}"
            )
        if type(expiry) not in (int, float) or not expiry > 0:
            raise ValueError(f"expiry: expected a number of seconds above 0, found {shown(expiry)}")
        least = MOST_SEGMENTS * USER_DATA_OCTETS
        if type(octets) is not int or octets < least:
            raise ValueError(f"octets: expected a whole number of {least} or more, found {shown(octets)}")
        self.limit = limit
        self.expiry = expiry
        self.octets = octets
        # Both in the order of their latest part. A complete message is kept as long as there is room,
        # so that a part of it that arrives again does not begin a new message.
        self._waiting: OrderedDict[_Key, _Message] = OrderedDict()
        self._whole: OrderedDict[_Key, _Message] = OrderedDict()
        self._held = self._octets = 0
        self._dropped: deque[DroppedMessage] = deque(maxlen=_MOST_DROPPED)
        #: How many messages were given up in all.
        self.dropped_count = 0

    def __len__(self) -> int:
        """The parts that are kept, those of complete messages included."""
        return self._held

    def __repr__(self) -> str:
        return f"<septet.Reassembler: {self._held} parts kept, {len(self._waiting)} messages waiting>"

    @property
    def open(self) -> tuple[OpenMessage, ...]:
        """The messages that wait for parts, the one that has waited longest for its next part first."""
        return tuple(
            OpenMessage(
                key.sender,
                key.reference,
                key.total,
                tuple(number for number in range(1, key.total + 1) if number not in message.parts),
                message.since,
                message.latest,
            )
            for key, message in self._waiting.items()
        )

    @property
    def dropped(self) -> tuple[DroppedMessage, ...]:
        """The latest hundred messages that were given up, in that order; `dropped_count` counts all."""
        return tuple(self._dropped)

    def add(
        self, part: UserData | ShortMessage, sender: Hashable = None, now: float | None = None
    ) -> str | None:
        """The text of the message that this part completes, or None while others are missing.

        A message of one part gives its text at once. A part that is already there changes nothing; a
        different part with the same number begins a new message, since references repeat. `now` is in
        seconds of any clock that does not go back, by default the system's monotonic one. Raises
        `DecodeError` for an invalid part, and keeps nothing of it.
        """
        part = _user_data(part)
        if now is None:
            now = time.monotonic()
        elif type(now) not in (int, float) or not math.isfinite(now):
            raise ValueError(f"now: expected a number of seconds, found {shown(now)}")
        self._expire(now)
        concatenation = part.concatenation
        if concatenation is None:
            return part.text
        # Read separately first, so that its faults are reported now, not when the last part arrives.
        _check_readable(part)
        wide, total, number = concatenation.wide, concatenation.total, concatenation.number
        key = _Key(sender, wide, concatenation.reference, total, part.coding)
        for kept in (self._whole, self._waiting):
            known = kept[key].parts.get(number) if key in kept else None
            if known == part:
                return None
            if known is not None:
                self._drop(kept, key, "replaced")
        message = self._waiting.setdefault(key, _Message(now))
        message.parts[number] = part
        message.latest = now
        message.octets += len(part.octets)
        self._waiting.move_to_end(key)
        self._held += 1
        self._octets += len(part.octets)
        text = None
        if len(message.parts) == total:
            try:
                text = _in_order(message.parts)
            except DecodeError:
                self._drop(self._waiting, key, "unreadable")
                raise
            self._whole[key] = self._waiting.pop(key)
        while self._held > self.limit or self._octets > self.octets:
            kept = self._whole or self._waiting
            self._drop(kept, next(iter(kept)), "limit")
        return text

    def _expire(self, now: float) -> None:
        for kept in (self._waiting, self._whole):
            while kept:
                key, message = next(iter(kept.items()))
                if now - message.latest < self.expiry:
                    break
                self._drop(kept, key, "expired")

    def _drop(self, kept: OrderedDict[_Key, _Message], key: _Key, reason: str) -> None:
        message = kept.pop(key)
        self._held -= len(message.parts)
        self._octets -= message.octets
        if kept is self._waiting:
            self.dropped_count += 1
            numbers = tuple(sorted(message.parts))
            self._dropped.append(DroppedMessage(key.sender, key.reference, key.total, numbers, reason))


def _check_readable(part: UserData) -> None:
    """Raises `DecodeError` for a part that cannot be of a text. A code unit may continue in the next part."""
    if part.coding == "ucs2":
        part.body  # noqa: B018 (looking at it is the check)
    else:
        part.text  # noqa: B018
