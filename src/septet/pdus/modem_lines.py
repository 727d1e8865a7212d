"""Modem lines: the PDUs in the output of a modem, pasted whole (TS 27.005, 3.4 and 4).

Lines such as ``+CMGL: 1,1,,24`` come before a PDU and say how many octets it has, without the service
centre's address.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from septet.errors import DecodeError, shown

from .pdu_reading import octets_of, read_pdu

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .pdu import Pdu

# The answer to a command with a message, or an unsolicited one; and the command that sends a message.
_ANNOUNCED = re.compile(r"\+(?:CMGL|CMGR|CMT|CDS):(?P<fields>.*)|AT\+CMG[SW]=(?P<length>\d+)(?:,\d+)?", re.I)
# Other lines of a terminal: commands, their results, the prompt, the notice of a new message.
_OTHER = re.compile(r"OK|ERROR|\+CM[SE] ERROR:.*|AT.*|>|\+[A-Z]+:.*", re.I)
_HEX = re.compile(r"[0-9A-F\s]+", re.I)
# No PDU has more octets, its service centre and the filler of a SIM card's record included.
_MOST_DIGITS = 400
# The end of a typed PDU: Ctrl-Z.
_END = "\x1a"


class Line(NamedTuple):
    """A line of hexadecimal digits, and what the line before says about it."""

    number: int
    digits: str
    #: The octets without the service centre's address, if the line before gives them.
    length: int | None


def hex_lines(text: str) -> tuple[Line, ...]:
    """The lines with octets in the pasted text. Raises `DecodeError` for an unknown line."""
    found: list[Line] = []
    announced: tuple[int, int] | None = None
    broken: int | None = None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip().strip(_END).removeprefix(">").strip()
        if not line:
            continue
        if match := _ANNOUNCED.fullmatch(line):
            _nothing_missing(announced)
            announced = number, _length(match, number)
        elif _HEX.fullmatch(line):
            if broken is not None and number == broken + 1 and len(found[-1].digits) < _MOST_DIGITS:
                # A terminal breaks a long line; one announcement has one PDU.
                found[-1] = found[-1]._replace(digits=found[-1].digits + line)
                broken = number
            else:
                found.append(Line(number, line, announced[1] if announced else None))
                broken = number if announced else None
            announced = None
        elif not _OTHER.fullmatch(line):
            reason = f"expected hexadecimal digits, or what a modem writes, found {shown(line)}"
            raise DecodeError(reason, f"line {number}")
    _nothing_missing(announced)
    return tuple(found)


def _length(match: re.Match[str], number: int) -> int:
    stated = match["length"] or match["fields"].rpartition(",")[2].strip()
    if not stated.isdecimal():
        reason = "the modem is in text mode, where nothing is to decode: ask it with AT+CMGF=0 before"
        raise DecodeError(reason, f"line {number}")
    return int(stated[:9])


def _nothing_missing(announced: tuple[int, int] | None) -> None:
    if announced is not None:
        number, length = announced
        raise DecodeError(f"a PDU of {length} octets is said to follow, and none does", f"line {number}")


def pdu_of(line: Line) -> Pdu:
    """The PDU in a line that a modem announced. Raises `DecodeError` if the lengths do not agree."""
    octets = octets_of(line.digits)
    pdu = read_pdu(octets, smsc=True)
    whole = pdu.length + len(pdu.trailing)
    if line.length is not None and line.length not in (pdu.length, whole):
        reason = f"{line.length} octets are announced behind the service centre's address, found {whole}"
        raise DecodeError(reason, "length of the PDU", len(octets))
    return pdu
