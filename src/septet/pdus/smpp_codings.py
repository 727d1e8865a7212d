"""SMPP's own codings: the meaning of the field data_coding where it differs from TS 23.038.

SMPP 3.4, 5.2.19, and SMPP 5.0, 4.7.7: below 0x10 the values are SMPP's; from 0xC0 on they are those
of the TP-DCS (TS 23.038, clause 4). Values between them are reserved there, and senders use them as a
TP-DCS.
"""

from __future__ import annotations

from septet.errors import DecodeError, shown

from .data_codings import DATA_CODINGS, coding_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .data_codings import DataCoding

#: The value that means the centre's own alphabet.
CENTRE_DEFAULT = 0x00

#: The codings with one octet a character, by their names, which are Python's too.
CHARSETS = {0x01: "ascii", 0x03: "latin1", 0x06: "iso8859-5", 0x07: "iso8859-8"}

#: The possible default alphabets of a centre, and the value that means the same at every centre.
DEFAULT_ALPHABETS = {"gsm7": DATA_CODINGS["gsm7"], "ascii": 0x01, "latin1": 0x03}

#: Codings that are not read as text here.
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
    """A centre's default alphabet. Raises ValueError for an unknown one."""
    if not isinstance(default, str) or default not in DEFAULT_ALPHABETS:
        possible = ", ".join(f'"{name}"' for name in DEFAULT_ALPHABETS)
        raise ValueError(f"default: expected one of {possible}, found {shown(default)}")
    return default


def meant(data_coding: int, default: str = "gsm7") -> int:
    """The value with the meaning of a data_coding, independent of the centre's own alphabet.

    Raises `DecodeError` for a value that is not an octet, or a coding that is not read here.
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
    """The coding of a text, from the result of `meant`: one of `CHARSETS`, or one of TS 23.038."""
    return CHARSETS.get(data_coding) or coding_of(data_coding)
