"""Remarks: what is odd about octets that can be read, as problems for people."""

from __future__ import annotations

from septet.wording.messages import said
from septet.wording.problems import Problem

# Fewer octets of real UCS-2 may all be printable by chance.
_FEWEST_SUSPECT = 4
_PRINTABLE = bytes(range(0x20, 0x7F)) + b"\r\n"


def remarks_on(header_is_empty: bool, coding: str, body: bytes) -> tuple[Problem, ...]:
    """What is odd about user data."""
    found = []
    if header_is_empty:
        found.append(Problem.of("header-empty", said("header-empty")))
    if coding == "ucs2" and is_ascii(body):
        shown = body[:24].decode("ascii")
        message = said("suspect-encoding/ascii", shown=shown)
        found.append(Problem.of("suspect-encoding", message, fault="ascii", probably=body.decode("ascii")))
    return tuple(found)


def is_ascii(octets: bytes) -> bool:
    """Whether octets are printable ASCII, line breaks among them, and too many for that to be chance."""
    return len(octets) >= _FEWEST_SUSPECT and not octets.translate(None, _PRINTABLE)


def octets_behind(octets: bytes) -> Problem:
    """Octets behind the end of the user data, as the records of a SIM card have them."""
    message = said("octets-behind", number=len(octets), shown=octets[:8].hex().upper())
    return Problem.of("octets-behind", message, octets=octets.hex().upper())


def time_unreadable(field: str, octets: bytes) -> Problem:
    """A time whose digits are none, or that no calendar has."""
    message = said("time-unreadable", field=field, octets=octets.hex().upper())
    return Problem.of("time-unreadable", message, field=field, octets=octets.hex().upper())


def zone_unreadable(field: str, octet: int) -> Problem:
    """A time whose zone is no decimal number of quarters of an hour: it is taken for UTC."""
    message = said("zone-unreadable", field=field, octet=f"{octet:02X}")
    return Problem.of("zone-unreadable", message, field=field, octets=f"{octet:02X}")


def address_unusual(field: str, octet: int) -> Problem:
    """A type of address that the standard reserves."""
    message = said("address-unusual", field=field, octet=f"{octet:02X}")
    return Problem.of("address-unusual", message, field=field, octets=f"{octet:02X}")


def compressed(data_coding: int) -> Problem:
    """Compressed text (TS 23.042), which is not read."""
    message = said("text-compressed", octet=f"{data_coding:02X}")
    return Problem.of("text-compressed", message, octets=f"{data_coding:02X}")
