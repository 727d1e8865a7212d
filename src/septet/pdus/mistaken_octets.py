"""Mistaken octets: what was handed over as user data in GSM-7, and surely is something else.

A whole PDU (TS 23.040, 9.2.2), or text in UCS-2. Both are told by their structure alone, which has to
be right to the last octet, so that user data hardly ever looks like it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from septet.errors import DecodeError

from .user_data import coding_of


class Pdu(NamedTuple):
    """A whole PDU: what it is, and the user data in it."""

    kind: str
    udhi: bool
    data_coding: int
    #: TP-UDL, and TP-UD.
    length: int
    user_data: bytes


def whole_pdu(octets: bytes) -> Pdu | None:
    """The PDU that octets are, with the service centre's address in front or without; None for others."""
    for start in _behind_service_centre(octets):
        found = _pdu(octets[start:])
        if found is not None:
            return found
    return None


def _behind_service_centre(octets: bytes) -> tuple[int, ...]:
    """Where a PDU may begin: at once, or behind the address that modems write in front of it."""
    if not octets:
        return ()
    length = octets[0]
    if length == 0:
        return 1, 0
    if 4 <= length <= 12 and _is_number(octets[1:], 2 * (length - 1) - _is_odd(octets, length)):
        return 1 + length, 0
    return (0,)


def _is_odd(octets: bytes, last: int) -> bool:
    return last < len(octets) and octets[last] >> 4 == 0xF


def _pdu(octets: bytes) -> Pdu | None:
    if len(octets) < 2:
        return None
    first = octets[0]
    is_submit = first & 0b11 == 0b01
    if first & 0b11 > 0b01 or (not is_submit and first & 0b0001_0000):
        return None
    # TP-MR stands before the address of a submitted one.
    place = 2 if is_submit else 1
    if place >= len(octets) or not 3 <= octets[place] <= 20:
        return None
    digits = octets[place]
    if not _is_number(octets[place + 1 :], digits):
        return None
    place += 2 + (digits + 1) // 2
    rest = octets[place:]
    # TP-PID, TP-DCS, then a time or none, TP-UDL.
    taken = (0, 7, 1, 7)[first >> 3 & 0b11] if is_submit else 7
    if len(rest) < 3 + taken or (is_submit and rest[0]):
        return None
    if not is_submit and not _is_time(rest[2 : 2 + taken]):
        return None
    length, user_data = rest[2 + taken], rest[3 + taken :]
    try:
        in_septets = coding_of(rest[1]) == "gsm7"
    except DecodeError:
        return None
    if len(user_data) != (-(-length * 7 // 8) if in_septets else length):
        return None
    kind = "SMS-SUBMIT" if is_submit else "SMS-DELIVER"
    return Pdu(kind, bool(first & 0b0100_0000), rest[1], length, user_data)


def _is_number(octets: bytes, digits: int) -> bool:
    """Whether octets begin with an address (9.1.2.5): its type, then so many digits or letters."""
    count = (digits + 1) // 2
    if digits < 1 or len(octets) < 1 + count or not octets[0] & 0x80 or octets[0] & 0xF not in (0, 1, 8, 9):
        return False
    if octets[0] >> 4 & 0b111 == 0b101:
        return True  # letters, in septets
    written = octets[1 : 1 + count].hex()
    swapped = "".join(written[at + 1] + written[at] for at in range(0, len(written), 2))
    return swapped[:digits].isdecimal() and swapped[digits:] in ("", "f")


def _is_time(octets: bytes) -> bool:
    """Whether seven octets are a time as the service centre writes it (9.2.3.11)."""
    written = octets.hex()
    swapped = [written[at + 1] + written[at] for at in range(0, 12, 2)]
    if not all(part.isdecimal() for part in swapped):
        return False
    _, month, day, hour, minute, second = map(int, swapped)
    return 1 <= month <= 12 and 1 <= day <= 31 and hour < 24 and minute < 60 and second < 60


# Letters of one script each, with what all of them use: blanks, Latin letters, typographic signs, emoji.
_COMMON = "\n\r\u0020-\u007e\u00a0-\u00ff\u2010-\u203a\u20ac\U0001f300-\U0001faff\ufe0f\u200d"
_SCRIPTS = (
    "\u0370-\u03ff",
    "\u0400-\u04ff",
    "\u0590-\u05ff",
    "\u0600-\u06ff",
    "\u0900-\u097f",
    "\u0e00-\u0e7f",
)
_OF_ONE_SCRIPT = re.compile("|".join(f"[{_COMMON}{script}]{{2,}}" for script in ("", *_SCRIPTS)))
# Half of all octets are of these blocks: some text must there be, to be sure.
_OF_CHINESE = re.compile(f"[{_COMMON}\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]{{16,}}")


def is_ucs2(body: bytes) -> bool:
    """Whether octets without a header are surely text in UCS-2."""
    try:
        text = body.decode("utf-16-be")
    except UnicodeDecodeError:
        return False
    return bool(_OF_ONE_SCRIPT.fullmatch(text) or _OF_CHINESE.fullmatch(text))
