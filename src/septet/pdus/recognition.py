"""Recognition: finds out what octets are if the caller does not say.

A whole PDU (TS 23.040, 9.2.2) and text in UCS-2 are recognised only by their structure, so user data in
GSM-7 very rarely looks like either. Octets that begin like a PDU but are not one are an error, and are not
read as something else.
"""

from __future__ import annotations

import re

from septet.errors import DecodeError
from septet.gsm.segmentation import USER_DATA_OCTETS

from .addresses import MOST_SEMI_OCTETS, read_address
from .information_elements import data_length
from .pdu_reading import read_pdu
from .remarks import is_ascii

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .pdu import Pdu

# A telephone number with fewer digits is weak evidence.
_DIGITS_THAT_TELL = 7
# A type of address: letters, of an unknown plan; and the characters of names.
_OF_LETTERS = 0xD0
_IN_NAMES = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .-_&+@")
# Fewer octets than these are too often all printable when they are packed septets.
_WORDS_THAT_TELL, _ASCII_THAT_TELLS = 5, 8

# TS 23.040, 9.2.3.1: the type of a PDU, and a bit that only an SMS-SUBMIT has.
_TYPE, _OF_SUBMIT_ALONE = 0b11, 0b0001_0000
_SUBMIT, _STATUS_REPORT, _RESERVED = 0b01, 0b10, 0b11


def pdu_in(octets: bytes) -> Pdu | None:
    """The PDU in octets, with or without the service centre's address first; None if they are none.

    A SIM card's filler, FF, may follow it. Raises `DecodeError` for octets that surely begin like a PDU
    but whose lengths do not agree.
    """
    errors: list[DecodeError] = []
    for start in _starts(octets):
        try:
            pdu = read_pdu(octets, smsc=start > 0)
        except DecodeError as error:
            if _begins_like_one(octets, start):
                errors.append(error)
            continue
        begins_like_one = _begins_like_one(octets, start)
        if not (begins_like_one or _is_likely(pdu)):
            continue
        if not pdu.trailing.strip(b"\xff"):
            return pdu
        if begins_like_one:
            place = len(octets) - len(pdu.trailing)
            reason = f"it ends at offset {place}, and {len(pdu.trailing)} octets follow that are not FF"
            errors.append(DecodeError(reason, "octets", place))
    if errors:
        raise max(errors, key=lambda error: error.offset or 0)
    return None


def _starts(octets: bytes) -> tuple[int, ...]:
    """Where a PDU may begin: after the address that modems write before it, or at once."""
    if not octets:
        return ()
    if octets[0] == 0:
        return 1, 0
    return (1 + octets[0], 0) if _is_centre(octets) else (0,)


def _is_centre(octets: bytes) -> bool:
    """Whether octets begin with a service centre's number, its length counted in octets."""
    length = octets[0]
    if not 4 <= length <= 12 or length >= len(octets):
        return False
    return _is_number(octets[1:], 2 * (length - 1) - (octets[length] >> 4 == 0xF))


def _begins_like_one(octets: bytes, start: int) -> bool:
    """Whether this is surely intended as a PDU: there is a number or a name where one has to be."""
    if start > 1:
        return True  # the service centre's
    if start >= len(octets):
        return False
    first = octets[start]
    kind = first & _TYPE
    if kind == _RESERVED or (kind != _SUBMIT and first & _OF_SUBMIT_ALONE):
        return False
    place = start + (2 if kind in (_SUBMIT, _STATUS_REPORT) else 1)
    if place >= len(octets):
        return False
    digits = octets[place]
    if not _DIGITS_THAT_TELL <= digits <= MOST_SEMI_OCTETS:
        return False
    return _is_number(octets[place + 1 :], digits) or _is_name(octets, place)


def _is_likely(pdu: Pdu) -> bool:
    """Whether what can be read as a PDU surely is one: octets are rarely a time or a number by chance."""
    if pdu.address_type & 0x80 == 0 or not pdu.address:
        return False
    if pdu.kind == "submit":
        return pdu.protocol == 0 and (pdu.smsc is not None or len(pdu.address) > 2)
    return pdu.timestamp is not None and not pdu.flags & _OF_SUBMIT_ALONE


def _is_number(octets: bytes, digits: int) -> bool:
    """Whether octets begin with a telephone number (9.1.2.5): its type, then so many digits, and a filler."""
    count = (digits + 1) // 2
    if digits < 1 or len(octets) < 1 + count or not octets[0] & 0x80 or octets[0] & 0xF not in (0, 1, 8, 9):
        return False
    written = octets[1 : 1 + count].hex()
    swapped = "".join(written[at + 1] + written[at] for at in range(0, len(written), 2))
    return swapped[:digits].isdecimal() and swapped[digits:] in ("", "f")


def _is_name(octets: bytes, place: int) -> bool:
    """Whether octets have an address of letters, in septets, at a place (9.1.2.5)."""
    try:
        address, _ = read_address(octets, place, "")
    except DecodeError:
        return False
    return address.type_octet == _OF_LETTERS and set(address.text) <= _IN_NAMES


def may_be_printable(octets: bytes) -> bool:
    """Whether octets may be a text with one octet a character, not packed septets.

    So much printable ASCII is not by chance, and letters in fewer octets hardly are.
    """
    if not _WORDS_THAT_TELL <= len(octets) <= USER_DATA_OCTETS:
        return False
    if len(octets) >= _ASCII_THAT_TELLS:
        return is_ascii(octets)
    return octets.replace(b" ", b"").isalpha()


def may_be_one_character(octets: bytes) -> bool:
    """Whether two octets may be a character of UCS-2, for which more octets would be clearer evidence."""
    return len(octets) == 2 and bool(_OF_ONE_SCRIPT.fullmatch(2 * octets.decode("utf-16-be", "replace")))


def septets_in(octets: bytes) -> int:
    """The septets in packed octets. Seven bits at the end count as spare if they are zero."""
    septets, spare = divmod(len(octets) * 8, 7)
    return septets - 1 if spare == 0 and octets and not octets[-1] >> 1 else septets


def begins_with_a_header(octets: bytes) -> bool:
    """Whether the octets look like a header: room for one element, which is known and of the right length.

    This is enough, so that a header that is cut off or wrong further on is reported. Text very rarely
    looks like that: random octets do about once in ten thousand times.
    """
    if len(octets) < 3:
        return False
    needed = data_length(octets[1])
    return needed is not None and octets[2] == needed and octets[0] >= 2 + needed


# Letters of one script each, and what all scripts use: blanks, Latin letters, typographic signs, emoji.
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
# Half of all octets are of these blocks: it takes some text to be sure.
_OF_CHINESE = re.compile(f"[{_COMMON}\u3000-\u30ff\u4e00-\u9fff\uff00-\uffef]{{16,}}")


def is_ucs2(body: bytes) -> bool:
    """Whether octets without a header are surely text in UCS-2."""
    try:
        text = body.decode("utf-16-be")
    except UnicodeDecodeError:
        return False
    return bool(_OF_ONE_SCRIPT.fullmatch(text) or _OF_CHINESE.fullmatch(text))
