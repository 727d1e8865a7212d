"""Remarks: what is odd about octets that can be read, as problems for people."""

from __future__ import annotations

from septet.wording.messages import counted, said
from septet.wording.problems import Problem

# Octets of real UCS-2 may all be printable by chance: those of the commonest Chinese greeting are "O`Y}".
# Few of them have to be such as words are made of.
_FEWEST_SUSPECT, _MANY = 6, 16
_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\r\n"
_OF_WORDS = b" \r\n.,:;!?'\"()+-/@_" + bytes(c for c in range(0x30, 0x7B) if chr(c).isalnum())


def remarks_on(header_is_empty: bool, coding: str, body: bytes) -> tuple[Problem, ...]:
    """What is odd about user data."""
    found = []
    if header_is_empty:
        found.append(
            Problem.of(
                "header-empty",
                said("A header is announced, and it holds nothing. The text behind it is read."),
            )
        )
    if coding == "ucs2" and is_ascii(body):
        shown = body[:24].decode("ascii")
        message = said(
            "The octets are said to be UCS-2, and all of them are printable ASCII: "
            '"%(shown)s". Read them as ASCII or GSM-7, if the sender meant that.',
            shown=shown,
        )
        found.append(Problem.of("suspect-encoding", message, fault="ascii", probably=body.decode("ascii")))
    return tuple(found)


def is_ascii(octets: bytes) -> bool:
    """Whether octets are printable ASCII, line breaks among them, and that is no chance."""
    if len(octets) < _FEWEST_SUSPECT:
        return False
    return not octets.translate(None, _PRINTABLE if len(octets) >= _MANY else _OF_WORDS)


def octets_behind(octets: bytes) -> Problem:
    """Octets behind the end of the user data, as the records of a SIM card have them."""
    message = counted(
        "%(number)s octet stands behind the end of the message: %(shown)s. It is left out; "
        "the memory of a SIM card fills its records with such.",
        "%(number)s octets stand behind the end of the message, beginning with %(shown)s. They are "
        "left out; the memory of a SIM card fills its records with such.",
        len(octets),
        shown=octets[:8].hex().upper(),
    )
    return Problem.of("octets-behind", message, octets=octets.hex().upper())


def time_unreadable(field: str, octets: bytes) -> Problem:
    """A time whose digits are none, or that no calendar has."""
    message = said(
        "The octets of %(field)s, %(octets)s, are no time. It is left out.",
        field=field,
        octets=octets.hex().upper(),
    )
    return Problem.of("time-unreadable", message, field=field, octets=octets.hex().upper())


def zone_unreadable(field: str, octet: int) -> Problem:
    """A time whose zone is no decimal number of quarters of an hour: it is taken for UTC."""
    message = said(
        "The time zone of %(field)s, 0x%(octet)s, is no number. The time is read as UTC.",
        field=field,
        octet=f"{octet:02X}",
    )
    return Problem.of("zone-unreadable", message, field=field, octets=f"{octet:02X}")


def address_unusual(field: str, octet: int) -> Problem:
    """A type of address that the standard reserves."""
    message = said(
        "The type of address of %(field)s, 0x%(octet)s, is not one that the standard has. "
        "Its digits are read all the same.",
        field=field,
        octet=f"{octet:02X}",
    )
    return Problem.of("address-unusual", message, field=field, octets=f"{octet:02X}")


def compressed(data_coding: int) -> Problem:
    """Compressed text (TS 23.042), which is not read."""
    message = said(
        "The text is compressed (data coding 0x%(octet)s), which is not read.", octet=f"{data_coding:02X}"
    )
    return Problem.of("text-compressed", message, octets=f"{data_coding:02X}")


def coding_not_read(data_coding: int) -> Problem:
    """Octets that are cut without regard to characters, since their coding is not read here."""
    octet = f"{data_coding:02X}"
    message = said(
        "The data coding 0x%(octet)s is not read here: the octets are cut without regard to "
        "characters. Have the receiver join them before they are read.",
        octet=octet,
    )
    return Problem.of("cut-by-octets", message, octets=octet)


def odd_octets(data_coding: int) -> Problem:
    """UCS-2 with half a code unit at its end."""
    message = said(
        "The octets are said to be UCS-2, and there is an odd number of them: the last "
        "one is no character. See whether the text was cut before."
    )
    return Problem.of("cut-by-octets", message, octets=f"{data_coding:02X}")


def no_septets(data_coding: int) -> Problem:
    """GSM-7 with an octet that is no septet."""
    message = said(
        "The octets are said to be GSM-7, and one of them is no septet: they are cut "
        "without regard to characters. See which alphabet the centre has."
    )
    return Problem.of("cut-by-octets", message, octets=f"{data_coding:02X}")
