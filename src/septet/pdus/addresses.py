"""Addresses: who sent a short message, who gets it, and the service centre (TS 23.040, 9.1.2.5)."""

from __future__ import annotations

import re
from typing import NamedTuple

from septet.destinations.dialling import as_dialled
from septet.errors import DecodeError, shown
from septet.gsm.codec import decode_septets, encode_septets
from septet.gsm.packing import pack, unpack

#: TS 23.040, 9.1.2.5: the types of number that change how an address is written or read.
INTERNATIONAL, ALPHANUMERIC = 0b001, 0b101

#: The type-of-address octets that are written: bit 7 is always 1, the plan is ISDN/telephone (E.164)
#: for a number, unknown for letters.
_TYPE_INTERNATIONAL, _TYPE_UNKNOWN, _TYPE_LETTERS = 0x91, 0x81, 0xD0

#: TS 23.040, 9.1.2.5: "The maximum length of the full address field […] is 12 octets", 10 of the value.
MOST_SEMI_OCTETS = 20

#: TS 24.008, 10.5.4.7, which 9.1.2.3 of TS 23.040 follows: the meaning of a semi-octet; 1111 is a filler.
_SEMI_OCTETS = "0123456789*#abc"


class Address(NamedTuple):
    """An address of a short message: `text` as people read it, and the octets that it was made of."""

    #: ``+`` and digits if it is international, digits, or letters.
    text: str
    #: The type-of-address octet: bit 7 is 1, then three bits of type and four of plan.
    type_octet: int

    @property
    def type_of_number(self) -> int:
        """0 unknown, 1 international, 2 national, 3 network, 4 subscriber, 5 letters, 6 abbreviated."""
        return self.type_octet >> 4 & 0b111

    @property
    def is_unusual(self) -> bool:
        """Whether the standard does not have this type of address."""
        # 9.1.2.5: bit 7 is always 1, and type 111 is reserved.
        return not self.type_octet & 0x80 or self.type_of_number == 0b111


def read_address(octets: bytes, place: int, field: str) -> tuple[Address, int]:
    """The address that begins at a place, and the place after it. Its length counts semi-octets in use.

    Raises `DecodeError` if the octets end before it does, or if it is too long for an address.
    """
    if place >= len(octets):
        raise DecodeError("no octet is there to hold its length", field, place)
    count = octets[place]
    if count > MOST_SEMI_OCTETS:
        reason = f"an address has {MOST_SEMI_OCTETS} semi-octets at most, found {count}"
        raise DecodeError(reason, field, place)
    end = place + 2 + (count + 1) // 2
    if end > len(octets):
        reason = f"{count} semi-octets take {end - place} octets with length and type"
        raise DecodeError(f"{reason}, found {len(octets) - place}", field, place)
    return Address(_text(octets[place + 1], octets[place + 2 : end], count), octets[place + 1]), end


def read_service_centre(octets: bytes, place: int = 0) -> tuple[Address | None, int]:
    """The service centre's address, which modems write first, and the place after it.

    Its length counts octets, the type included (TS 24.011, 8.2.5.2); 0 means that none is given.
    """
    field = "service centre address (SMSC)"
    if place >= len(octets):
        raise DecodeError("no octet is there to hold its length", field, place)
    length = octets[place]
    if length == 0:
        return None, place + 1
    most = 1 + MOST_SEMI_OCTETS // 2
    if length > most:
        raise DecodeError(f"it has {most} octets at most, found a length of {length}", field, place)
    end = place + 1 + length
    if end > len(octets):
        reason = f"{length} octets are said to follow, and {len(octets) - place - 1} do"
        raise DecodeError(reason, field, place)
    value = octets[place + 2 : end]
    count = 2 * len(value) - bool(value and value[-1] >> 4 == 0xF)
    return Address(_text(octets[place + 1], value, count), octets[place + 1]), end


def _text(type_octet: int, value: bytes, count: int) -> str:
    kind = type_octet >> 4 & 0b111
    if kind == ALPHANUMERIC:
        # The length counts semi-octets in use, not septets: there are as many septets as fit in these bits.
        septets = unpack(value, count * 4 // 7)
        return decode_septets(septets)
    written = "".join(_digit(value[at // 2] >> 4 * (at % 2) & 0xF) for at in range(count))
    return ("+" if kind == INTERNATIONAL and written else "") + written


def _digit(semi_octet: int) -> str:
    return _SEMI_OCTETS[semi_octet] if semi_octet < len(_SEMI_OCTETS) else ""


def write_address(address: str, option: str) -> bytes:
    """The octets of a recipient's address: + and digits, digits, or up to 11 letters.

    Raises ValueError, which begins with the name of the option, for an invalid one; TypeError for no `str`.
    """
    number = _number(address, option)
    if number is not None:
        digits = number.removeprefix("+")
        return bytes((len(digits), _type_of(number))) + _semi_octets(digits)
    try:
        septets = encode_septets(address)
    except UnicodeEncodeError as error:
        raise ValueError(f"{option}: character {error.start + 1} is not in the GSM alphabet") from None
    # 9.1.2.5: so many septets, in the semi-octets that they fill.
    semi_octets = -(-len(septets) * 7 // 4)
    if semi_octets > MOST_SEMI_OCTETS:
        raise ValueError(f"{option}: letters take 11 septets at most, found {len(septets)}")
    return bytes((semi_octets, _TYPE_LETTERS)) + pack(septets)


def write_service_centre(address: str | None) -> bytes:
    """The octets of the service centre's address before a PDU; one zero if the SIM's own is used."""
    if address is None:
        return b"\0"
    number = _number(address, "smsc")
    if number is None:
        raise ValueError(f"smsc: expected a number, + and digits or digits, found {shown(address)}")
    value = _semi_octets(number.removeprefix("+"))
    return bytes((1 + len(value), _type_of(number))) + value


def _number(address: str, option: str) -> str | None:
    """A number as it is dialled, in any form that people write, with or without +; None for letters."""
    if not isinstance(address, str):
        raise TypeError(f"{option}: expected a str, found {type(address).__name__}")
    number = re.sub(r"[ ().\-\u00a0\u202f]", "", as_dialled(address, None))
    if not number:
        raise ValueError(f"{option}: expected a number or letters, found {shown(address)}")
    digits = number.removeprefix("+")
    if not re.fullmatch(r"[0-9*#]+", digits):
        if number.startswith("+"):
            raise ValueError(f"{option}: expected digits behind the +, found {shown(address)}")
        return None
    if len(digits) > MOST_SEMI_OCTETS:
        raise ValueError(f"{option}: a number has {MOST_SEMI_OCTETS} digits at most, found {len(digits)}")
    return number


def _type_of(number: str) -> int:
    return _TYPE_INTERNATIONAL if number.startswith("+") else _TYPE_UNKNOWN


def _semi_octets(number: str) -> bytes:
    codes = [_SEMI_OCTETS.index(digit) for digit in number] + [0xF] * (len(number) % 2)
    return bytes(codes[at] | codes[at + 1] << 4 for at in range(0, len(codes), 2))
