"""SMPP's own codings: what the field data_coding means where TS 23.038 means something else.

SMPP 3.4, 5.2.19, and SMPP 5.0, 4.7.7: below 0x10 the values are SMPP's; from 0xC0 on they are those
of the TP-DCS (TS 23.038, clause 4). What is between them is reserved there, and sent as a TP-DCS by those
who send it.
"""

from __future__ import annotations

from septet.errors import DecodeError, shown

from .data_codings import DATA_CODINGS, coding_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .data_codings import DataCoding

#: The value that means the alphabet that the centre takes for its own.
CENTRE_DEFAULT = 0x00

#: The codings that have one octet a character, by the name that Python has for them too.
CHARSETS = {0x01: "ascii", 0x03: "latin1", 0x06: "iso8859-5", 0x07: "iso8859-8"}

#: What a centre's default alphabet may be, and the value that says the same whatever the centre.
DEFAULT_ALPHABETS = {"gsm7": DATA_CODINGS["gsm7"], "ascii": 0x01, "latin1": 0x03}

#: What is no text that is read here.
UNREAD = {
    0x02: "8-bit data",
    0x05: "JIS (X 0208-1990)",
    0x09: "pictogram encoding",
    0x0A: "ISO-2022-JP (music codes)",
    0x0B: "reserved",
    0x0C: "reserved",
    0x0D: "extended Kanji JIS (X 0212-1990)",
    0x0E: "KS C 5601",
    0x0F: "reserved",
}


def check_default(default: str) -> str:
    """A centre's default alphabet. Raises ValueError for one that is none."""
    if not isinstance(default, str) or default not in DEFAULT_ALPHABETS:
        possible = ", ".join(f'"{name}"' for name in DEFAULT_ALPHABETS)
        raise ValueError(f"default: expected one of {possible}, found {shown(default)}")
    return default


def meant(data_coding: int, default: str = "gsm7") -> int:
    """The value that says of a text what a data_coding does, whatever the centre takes for its own alphabet.

    Raises `DecodeError` for what is no octet, or a coding that is not read here.
    """
    field = "data_coding"
    if type(data_coding) is not int or not 0x00 <= data_coding <= 0xFF:
        raise DecodeError(f"expected one octet, found {shown(data_coding)}", field)
    if data_coding == CENTRE_DEFAULT:
        return DEFAULT_ALPHABETS[check_default(default)]
    if data_coding in UNREAD:
        reason = (
            f"0x{data_coding:02X} is {UNREAD[data_coding]} in SMPP, which is not read; read are 0x00 (the "
            "centre's default alphabet), 0x01 (ASCII), 0x03 (Latin-1), 0x06 (ISO-8859-5), 0x07 (ISO-8859-8), "
            "0x08 (UCS-2), 0x04 (8-bit data, which is not text), and what TS 23.038 has from 0x10 on"
        )
        raise DecodeError(reason, field)
    return data_coding


def coding_in_smpp(data_coding: int) -> DataCoding | str:
    """How a text is coded, by what `meant` gives: one of `CHARSETS`, or as TS 23.038 has it."""
    return CHARSETS.get(data_coding) or coding_of(data_coding)
