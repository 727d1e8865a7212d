"""Reassembly: the text of a message from its parts, all at once or as they arrive.

TS 23.040, 9.2.3.24.1: the parts of one message have one reference, say how many they are, and are
numbered from 1.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from typing import NamedTuple

from septet.errors import DecodeError
from septet.gsm.segmentation import MOST_SEGMENTS

from .user_data import UserData, decode_bodies

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from .information_elements import Concatenation
    from .user_data import DataCoding


def join(parts: Iterable[UserData]) -> str:
    """The text of one message, from all of its parts in any order.

    A part may be there more than once. Raises `DecodeError` for no part at all, for parts of
    several messages (other reference, number of parts or coding), for a missing one, for two that
    differ under one number, and for whatever is wrong with a single part.
    """
    first: Concatenation | None = None
    coding: DataCoding | None = None
    found: dict[int, UserData] = {}
    alone: UserData | None = None
    for part in parts:
        _check_type(part)
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


def _check_type(part: object) -> None:
    if not isinstance(part, UserData):
        raise TypeError(f"part: expected a UserData, found {type(part).__name__}")


class _Key(NamedTuple):
    """What the parts of one message share; the rest of a header may differ from part to part."""

    sender: Hashable
    wide: bool
    reference: int
    total: int
    coding: DataCoding


class _Message:
    """The parts of one message that have arrived, and when the latest did."""

    __slots__ = ("latest", "parts")

    def __init__(self) -> None:
        self.parts: dict[int, UserData] = {}
        self.latest = 0.0


class Reassembler:
    """Joins the parts of messages as they arrive: out of order, twice, mixed with others, or never.

    Messages are told apart by sender, reference, number of parts and coding. `limit` is the most
    parts that are kept (255 or more, so that any one message fits; a part takes less than a
    kilobyte): above it whole messages are forgotten first, then those that have waited longest for
    a part are given up. `expiry` is after how many seconds without a new part that happens by
    itself. Not safe to share between threads.
    """

    def __init__(self, limit: int = 10_000, expiry: float = 86_400.0) -> None:
        if type(limit) is not int or limit < MOST_SEGMENTS:
            raise ValueError(f"limit: expected a whole number of {MOST_SEGMENTS} or more, found {limit!r}")
        if type(expiry) not in (int, float) or not expiry > 0:
            raise ValueError(f"expiry: expected a number of seconds above 0, found {expiry!r}")
        self.limit = limit
        self.expiry = expiry
        # Both in the order of their latest part. A whole message is kept as long as there is room,
        # so that a part of it that arrives once more does not begin it anew.
        self._waiting: OrderedDict[_Key, _Message] = OrderedDict()
        self._whole: OrderedDict[_Key, _Message] = OrderedDict()
        self._held = 0

    def __len__(self) -> int:
        """The parts that are kept, those of whole messages among them."""
        return self._held

    def __repr__(self) -> str:
        return f"<septet.Reassembler: {self._held} parts kept, {len(self._waiting)} messages waiting>"

    def add(self, part: UserData, sender: Hashable = None, now: float | None = None) -> str | None:
        """The text of the message that this part completes, or None while others are missing.

        A message of one part is its text at once. A part that is there already changes nothing; one
        that differs from what has its number begins a new message, since references come round
        again. `now` is in seconds of any clock that does not go back, the system's monotonic one
        when it is not given. Raises `DecodeError` for a part that is not what it claims to be, and
        keeps nothing of it.
        """
        _check_type(part)
        if now is None:
            now = time.monotonic()
        elif type(now) not in (int, float) or not math.isfinite(now):
            raise ValueError(f"now: expected a number of seconds, found {now!r}")
        self._expire(now)
        concatenation = part.concatenation
        # Decoded by itself first: what is wrong with it is said here, not when the last part arrives.
        text = part.text
        if concatenation is None:
            return text
        wide, total, number = concatenation.wide, concatenation.total, concatenation.number
        key = _Key(sender, wide, concatenation.reference, total, part.coding)
        for kept in (self._whole, self._waiting):
            known = kept[key].parts.get(number) if key in kept else None
            if known == part:
                return None
            if known is not None:
                self._drop(kept, key)
        message = self._waiting.setdefault(key, _Message())
        message.parts[number] = part
        message.latest = now
        self._waiting.move_to_end(key)
        self._held += 1
        whole = len(message.parts) == total
        if whole:
            self._whole[key] = self._waiting.pop(key)
        while self._held > self.limit:
            kept = self._whole or self._waiting
            self._drop(kept, next(iter(kept)))
        return _in_order(message.parts) if whole else None

    def _expire(self, now: float) -> None:
        for kept in (self._waiting, self._whole):
            while kept:
                key, message = next(iter(kept.items()))
                if now - message.latest < self.expiry:
                    break
                self._drop(kept, key)

    def _drop(self, kept: OrderedDict[_Key, _Message], key: _Key) -> None:
        self._held -= len(kept.pop(key).parts)
