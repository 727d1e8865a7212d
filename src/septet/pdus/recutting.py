"""Recutting: octets of an already encoded text, cut into the parts that SMPP carries.

A gateway has what its customer encoded, not the text. If the coding is known, no character is cut; if it
is not, octets are cut, and the parts say so.
"""

from __future__ import annotations

from typing import NamedTuple

from septet.errors import DecodeError, shown
from septet.gsm.alphabets import ESCAPE_SEPTET
from septet.gsm.packing import LAST_SEPTET
from septet.gsm.segmentation import MOST_SEGMENTS, UNIT_BITS, USER_DATA_OCTETS, capacity, header_octets

from .information_elements import InformationElement, encode_header
from .references import References, drawn
from .remarks import coding_not_read, no_septets, odd_octets
from .short_messages import UDHI, Optional, ShortMessage, check_way, in_way
from .smpp_codings import UNREAD, coding_in_smpp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from septet.wording.problems import Problem

#: 8-bit data by either of its numbers (SMPP 3.4, 5.2.19): a cut after any octet is fine.
_BINARY = (0x02, 0x04)

#: If no reference is given: numbers of this process, one after the other.
_shared = References()


class _Coding(NamedTuple):
    """How octets may be cut: how many one part holds, and which belong together."""

    #: ``"gsm7"`` (a septet in each octet), ``"ucs2"``, or ``"8bit"`` if each octet may be the last.
    kind: str
    problems: tuple[Problem, ...] = ()

    def room(self, header: int) -> int:
        """The octets of a short_message that fit with a header of so many."""
        if self.kind == "gsm7":
            return capacity("gsm7", header)
        octets = USER_DATA_OCTETS - header
        return octets - octets % (UNIT_BITS["ucs2"] // 8) if self.kind == "ucs2" else octets


def recut(
    octets: bytes, data_coding: int, *, way: str = "udh", reference: int | References | None = None
) -> tuple[ShortMessage, ...]:
    """Parts for already encoded octets, by the meaning of `data_coding` in SMPP (3.4, 5.2.19).

    GSM-7 (0x00) is in unpacked septets. No escape pair and no surrogate pair is cut. Unknown codings are
    cut by octets, and `ShortMessage.problems` says so; joined again, the octets are always what they
    were. `way` is ``"udh"``, ``"sar"`` or ``"payload"``; without a `reference` the next one of this
    process is taken. Raises ValueError if one message has no room for all of it, for a wrong way or
    reference; TypeError for anything but bytes.
    """
    if not isinstance(octets, (bytes, bytearray, memoryview)):
        raise TypeError(f"octets: expected bytes, found {type(octets).__name__}")
    octets = bytes(octets)
    if type(data_coding) is not int or not 0x00 <= data_coding <= 0xFF:
        raise ValueError(f"data_coding: expected one octet, 0 to 255, found {shown(data_coding)}")
    check_way(way)
    coding = _coding_of(octets, data_coding)
    if way == "payload":
        return in_way([octets], data_coding, way, 0, problems=coding.problems)
    if len(octets) <= coding.room(0):
        return (ShortMessage(octets, data_coding, problems=coding.problems),)
    number, wide = drawn(_shared if reference is None else reference, wide=False)
    room = coding.room(header_octets("16-bit" if wide else "8-bit"))
    bodies = list(_cut(octets, coding.kind, room))
    total = len(bodies)
    if total > MOST_SEGMENTS:
        raise ValueError(f"octets: {total} parts cannot be numbered: one message has at most {MOST_SEGMENTS}")
    if way == "sar":
        return in_way(bodies, data_coding, way, number, problems=coding.problems)
    return tuple(
        ShortMessage(
            encode_header([InformationElement.for_concatenation(number, total, place, wide)]) + body,
            data_coding,
            UDHI,
            Optional({}),
            coding.problems,
        )
        for place, body in enumerate(bodies, 1)
    )


def _coding_of(octets: bytes, data_coding: int) -> _Coding:
    try:
        if data_coding in UNREAD and data_coding not in _BINARY:
            return _Coding("8bit", (coding_not_read(data_coding),))
        coding = "8bit" if data_coding in _BINARY else coding_in_smpp(data_coding)
    except DecodeError:
        return _Coding("8bit", (coding_not_read(data_coding),))
    if coding == "gsm7":
        if octets and max(octets) > LAST_SEPTET:
            return _Coding("8bit", (no_septets(data_coding),))
        return _Coding("gsm7")
    if coding == "ucs2":
        return _Coding("ucs2", (odd_octets(data_coding),) if len(octets) % 2 else ())
    return _Coding("8bit")


def _cut(octets: bytes, kind: str, room: int) -> Iterator[bytes]:
    start = 0
    while start < len(octets):
        end = min(start + room, len(octets))
        if end < len(octets):
            end -= _begun(octets, start, end, kind)
        yield octets[start:end]
        start = end


def _begun(octets: bytes, start: int, end: int, kind: str) -> int:
    """The octets before a cut that belong to what follows it."""
    if kind == "gsm7":
        # TS 23.038, 6.2.1.1: in a run of escapes each two belong together.
        run = 0
        while end - run > start and octets[end - run - 1] == ESCAPE_SEPTET:
            run += 1
        return run % 2
    if kind == "ucs2" and end - start > 2:
        is_high = octets[end - 2] & 0xFC == 0xD8
        return 2 if is_high and end < len(octets) and octets[end] & 0xFC == 0xDC else 0
    return 0
