"""Data codings: what the octet TP-DCS says about a text besides its coding (TS 23.038, clause 4)."""

from __future__ import annotations

from typing import NamedTuple

from septet.errors import DecodeError, shown
from septet.wording.messages import said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    DataCoding = Literal["gsm7", "8bit", "ucs2"]

#: TS 23.038, clause 4: the general data coding group, no message class.
DATA_CODINGS = {"gsm7": 0x00, "8bit": 0x04, "ucs2": 0x08}

#: The name of the octet in a refusal.
FIELD = "data coding (TP-DCS)"

#: TS 23.038, clause 4: what is waiting, by the two lowest bits of the groups of indications.
INDICATIONS = ("voicemail", "fax", "e-mail", "other")

#: TS 23.038, clause 4: where a message of each class goes.
CLASSES = (
    said("class 0, shown at once and not kept"),
    said("class 1, kept by the phone"),
    said("class 2, kept by the SIM card"),
    said("class 3, for other equipment"),
)

# TS 23.038, clause 4: bit 4 of the general group says that bits 1 and 0 are a class.
_HAS_CLASS = 0b0001_0000


class Indication(NamedTuple):
    """What is waiting: one of `INDICATIONS`, whether there is any, and whether the text is kept."""

    kind: str
    active: bool
    stored: bool


class CodingScheme(NamedTuple):
    """The meaning of a TP-DCS. `coding` is ``"gsm7"``, ``"8bit"`` or ``"ucs2"``, compressed or not."""

    coding: DataCoding
    compressed: bool = False
    #: The message class, 0 (shown at once, "flash") to 3; None if it has no meaning.
    message_class: int | None = None
    indication: Indication | None = None
    #: Whether the phone may delete the message after it was read.
    deleted_when_read: bool = False


def coding_scheme(data_coding: int) -> CodingScheme:
    """The meaning of a TP-DCS. Raises `DecodeError` for a reserved one (TS 23.038, clause 4)."""
    if type(data_coding) is not int or not 0x00 <= data_coding <= 0xFF:
        raise DecodeError(f"expected one octet, found {shown(data_coding)}", FIELD)
    group = data_coding >> 4
    # 00xx "General Data Coding indication" and 01xx "Message Marked for Automatic Deletion Group",
    # whose bits 5..0 mean the same.
    if group <= 0b0111:
        codings: tuple[DataCoding | None, ...] = ("gsm7", "8bit", "ucs2", None)
        coding = codings[data_coding >> 2 & 0b11]
        if coding is not None:
            has_class = data_coding & _HAS_CLASS
            return CodingScheme(
                coding,
                compressed=bool(data_coding & 0b0010_0000),
                message_class=data_coding & 0b11 if has_class else None,
                deleted_when_read=group >= 0b0100,
            )
    elif 0b1100 <= group <= 0b1110:
        # "Message Waiting Indication Group": 1100 discards, 1101 stores, both GSM 7 bit; 1110 is UCS2 and
        # stores. "Bit 2 is reserved, and set to 0", which says nothing about the text.
        indication = Indication(INDICATIONS[data_coding & 0b11], bool(data_coding & 0b1000), group != 0b1100)
        return CodingScheme("ucs2" if group == 0b1110 else "gsm7", indication=indication)
    elif group == 0b1111 and not data_coding & 0b1000:
        # "Data coding/message class": bit 3 is reserved and 0, bit 2 is set for 8-bit data.
        return CodingScheme("8bit" if data_coding & 0b0100 else "gsm7", message_class=data_coding & 0b11)
    raise DecodeError(f"0x{data_coding:02X} is reserved", FIELD)


def coding_of(data_coding: int) -> DataCoding:
    """How the text is coded, by TP-DCS (TS 23.038, clause 4).

    Raises `DecodeError` for a reserved coding, and for compressed text (TS 23.042).
    """
    scheme = coding_scheme(data_coding)
    if scheme.compressed:
        raise DecodeError(f"0x{data_coding:02X} means compressed text, which is not read", FIELD)
    return scheme.coding


def with_class(data_coding: int, message_class: int | None) -> int:
    """The TP-DCS of the general group with a message class (TS 23.038, clause 4); None adds none.

    Raises ValueError for an unknown class.
    """
    if message_class is None:
        return data_coding
    if type(message_class) is not int or not 0 <= message_class < len(CLASSES):
        raise ValueError(f"message_class: expected a whole number from 0 to 3, found {shown(message_class)}")
    return data_coding | _HAS_CLASS | message_class
