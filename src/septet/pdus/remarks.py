"""Remarks: unusual features of readable octets, as problems for people."""

from __future__ import annotations

from septet.wording.messages import counted, said
from septet.wording.problems import Problem

# Octets of real UCS-2 may all be printable by chance: those of the commonest Chinese greeting are "O`Y}".
# Only a few of them have to be characters of words.
_FEWEST_SUSPECT, _MANY = 6, 16
_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\r\n"
_OF_WORDS = b" \r\n.,:;!?'\"()+-/@_" + bytes(c for c in range(0x30, 0x7B) if chr(c).isalnum())


def remarks_on(header_is_empty: bool, coding: str, body: bytes) -> tuple[Problem, ...]:
    """The unusual features of user data."""
    found = []
    if header_is_empty:
        found.append(
            Problem.of(
                "header-empty",
                said("A header is announced, but it is empty. The text after it is read."),
            )
        )
    if coding == "ucs2" and is_ascii(body):
        shown = body[:24].decode("ascii")
        message = said(
            'The octets are declared as UCS-2, but all of them are printable ASCII: "%(shown)s". Read them '
            "as ASCII or GSM-7 if the sender meant that.",
            shown=shown,
        )
        found.append(Problem.of("suspect-encoding", message, fault="ascii", probably=body.decode("ascii")))
    return tuple(found)


def is_ascii(octets: bytes) -> bool:
    """Whether octets are printable ASCII or line breaks, and not by chance."""
    if len(octets) < _FEWEST_SUSPECT:
        return False
    return not octets.translate(None, _PRINTABLE if len(octets) >= _MANY else _OF_WORDS)


def octets_behind(octets: bytes) -> Problem:
    """Octets after the end of the user data, as in the records of a SIM card."""
    message = counted(
        "%(number)s octet follows the end of the message: %(shown)s. It is ignored; a SIM card fills its "
        "records with such octets.",
        "%(number)s octets follow the end of the message, beginning with %(shown)s. They are ignored; a SIM "
        "card fills its records with such octets.",
        len(octets),
        shown=octets[:8].hex().upper(),
    )
    return Problem.of("octets-behind", message, octets=octets.hex().upper())


def time_unreadable(field: str, octets: bytes) -> Problem:
    """A time with invalid digits, or that no calendar has."""
    message = said(
        "The octets of %(field)s, %(octets)s, are not a time. It is ignored.",
        field=field,
        octets=octets.hex().upper(),
    )
    return Problem.of("time-unreadable", message, field=field, octets=octets.hex().upper())


def zone_unreadable(field: str, octet: int) -> Problem:
    """A time whose zone is not a decimal number of quarters of an hour: it is read as UTC."""
    message = said(
        "The time zone of %(field)s, 0x%(octet)s, is not a number. The time is read as UTC.",
        field=field,
        octet=f"{octet:02X}",
    )
    return Problem.of("zone-unreadable", message, field=field, octets=f"{octet:02X}")


def address_unusual(field: str, octet: int) -> Problem:
    """A type of address that the standard reserves."""
    message = said(
        "The type of address of %(field)s, 0x%(octet)s, is not in the standard. Its digits are read anyway.",
        field=field,
        octet=f"{octet:02X}",
    )
    return Problem.of("address-unusual", message, field=field, octets=f"{octet:02X}")


def compressed(data_coding: int) -> Problem:
    """Compressed text (TS 23.042), which is not read."""
    message = said(
        "The text is compressed (data coding 0x%(octet)s), which is not supported.",
        octet=f"{data_coding:02X}",
    )
    return Problem.of("text-compressed", message, octets=f"{data_coding:02X}")


def coding_not_read(data_coding: int) -> Problem:
    """Octets that are cut without regard to characters, since their coding is unknown here."""
    octet = f"{data_coding:02X}"
    message = said(
        "The data coding 0x%(octet)s is not supported: the octets are cut without regard to characters. The "
        "receiver has to join them before reading.",
        octet=octet,
    )
    return Problem.of("cut-by-octets", message, octets=octet)


def odd_octets(data_coding: int) -> Problem:
    """UCS-2 with half a code unit at its end."""
    message = said(
        "The octets are declared as UCS-2, but their number is odd: the last one is not a character. Check "
        "whether the text was cut before."
    )
    return Problem.of("cut-by-octets", message, octets=f"{data_coding:02X}")


def no_septets(data_coding: int) -> Problem:
    """GSM-7 with an octet that is not a septet."""
    message = said(
        "The octets are declared as GSM-7, but one of them is not a septet: they are cut without regard to "
        "characters. Check which alphabet the centre uses."
    )
    return Problem.of("cut-by-octets", message, octets=f"{data_coding:02X}")
