"""User data: the octets of one short message, header and text, and what they say.

TS 23.040, 9.2.3.24 (TP-User-Data), 9.2.3.16 (its length) and 9.2.3.10 (its coding).
"""

from __future__ import annotations

from typing import NamedTuple

from septet.errors import DecodeError
from septet.gsm.alphabets import DEFAULT_TABLES
from septet.gsm.codec import decode_septets
from septet.gsm.packing import LAST_SEPTET, pack, unpack
from septet.gsm.segmentation import USER_DATA_OCTETS, capacity

from .information_elements import InformationElement, decode_header, header_length, read_header

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    from septet.gsm.alphabets import Tables

    from .information_elements import Concatenation, Reading

    DataCoding = Literal["gsm7", "8bit", "ucs2"]

#: TS 23.038, clause 4: the general data coding group, no message class.
DATA_CODINGS = {"gsm7": 0x00, "ucs2": 0x08}

#: What SMPP 3.4, 5.2.19 (data_coding), has of its own below 0x10, where TS 23.038 means something else.
SMPP_CODINGS = {
    0x01: "IA5 (ASCII)",
    0x02: "8-bit data",
    0x03: "Latin-1 (ISO-8859-1)",
    0x05: "JIS (X 0208-1990)",
    0x06: "Cyrillic (ISO-8859-5)",
    0x07: "Latin and Hebrew (ISO-8859-8)",
    0x09: "pictogram encoding",
    0x0A: "ISO-2022-JP (music codes)",
    0x0B: "reserved",
    0x0C: "reserved",
    0x0D: "extended Kanji JIS (X 0212-1990)",
    0x0E: "KS C 5601",
    0x0F: "reserved",
}

#: What a UTF-16 code unit without its pair goes through: it is 16 bits like any other.
SURROGATES = "surrogatepass"


class UserData(NamedTuple):
    """The user data of one short message, with the fields of its PDU that tell how to read it.

    Made by `Plan.user_data`, or of fields that were received. The properties raise `DecodeError`
    where the octets are not what the fields claim.
    """

    #: TP-UDHI: whether the octets begin with a header.
    udhi: bool
    #: TP-DCS: 0x00 for GSM-7, 0x08 for UCS-2 (TS 23.038, clause 4).
    data_coding: int
    #: TP-UDL: septets in GSM-7, those that the header fills among them; octets otherwise.
    length: int
    #: TP-UD: header, fill bits and packed septets; or header and octets.
    octets: bytes

    @classmethod
    def from_short_message(
        cls, short_message: bytes, *, udhi: bool = False, data_coding: int = 0x00
    ) -> UserData:
        """The user data that an SMPP `short_message` stands for, GSM-7 in unpacked septets.

        `data_coding` is a TP-DCS: SMPP's own 0x00 and 0x08 usually mean the same. Raises
        `DecodeError` for a coding of SMPP's that means another as a TP-DCS, such as 0x03 for
        Latin-1; for an octet that is no septet; for more than one short message holds.
        """
        if type(short_message) is not bytes:
            raise TypeError(f"short_message: expected bytes, found {type(short_message).__name__}")
        meant = SMPP_CODINGS.get(data_coding) if type(data_coding) is int else None
        if meant is not None:
            reason = (
                f"0x{data_coding:02X} is {meant} in SMPP, which is not read; "
                "read are 0x00 (GSM-7), 0x04 (8-bit data), 0x08 (UCS-2) and what TS 23.038 has from 0x10 on"
            )
            raise DecodeError(reason, "data_coding")
        start = header_length(short_message) if udhi else 0
        if coding_of(data_coding) != "gsm7":
            return cls(udhi, data_coding, len(short_message), short_message)
        septets = short_message[start:]
        wrong = next((place for place, septet in enumerate(septets) if septet > LAST_SEPTET), None)
        if wrong is not None:
            reason = f"expected a septet, 0x00 to 0x7F, found 0x{septets[wrong]:02X}"
            raise DecodeError(reason, "short_message", start + wrong)
        most = capacity("gsm7", start)
        if len(septets) > most:
            reason = f"one short message holds {most} septets beside its header, found {len(septets)}"
            raise DecodeError(reason, "short_message", start + most)
        return packed(short_message[:start], septets, data_coding)

    @property
    def coding(self) -> DataCoding:
        """How the text is coded: ``"gsm7"``, ``"8bit"`` (which is no text) or ``"ucs2"``."""
        return coding_of(self.data_coding)

    @property
    def header(self) -> tuple[InformationElement, ...]:
        """The elements of the header, unknown ones included; none where there is no header."""
        return decode_header(self.header_octets) if self.udhi else ()

    @property
    def header_octets(self) -> bytes:
        """The header, its own length in front; empty where there is none."""
        _check(self)
        return self.octets[: header_length(self.octets)] if self.udhi else b""

    @property
    def concatenation(self) -> Concatenation | None:
        """Which part of which message this is, if the header says so."""
        reading = self._reading()
        return reading.concatenation if reading else None

    @property
    def tables(self) -> Tables:
        """The shift tables that the header names, by language."""
        reading = self._reading()
        return reading.tables if reading else DEFAULT_TABLES

    @property
    def body(self) -> bytes:
        """What stands behind the header: septets, one per byte, or octets where it is not GSM-7."""
        start = len(self.header_octets)
        if self.coding != "gsm7":
            return self.octets[start:]
        septets = _septets(start)
        count = self.length - septets
        if count < 0:
            reason = f"{self.length} septets, and the header alone fills {septets}"
            raise DecodeError(reason, "length (TP-UDL)")
        return unpack(self.octets[start:], count, septets * 7 - start * 8) if count else b""

    @property
    def short_message(self) -> bytes:
        """What SMPP carries: the header, then unpacked septets or UTF-16BE; `sm_length` is its length."""
        return self.header_octets + self.body

    @property
    def text(self) -> str:
        """The text of this one short message. 8-bit data has none: `DecodeError`."""
        return decode_bodies([self])

    def _reading(self) -> Reading | None:
        header = self.header_octets
        return read_header(header) if header else None


def coding_of(data_coding: int) -> DataCoding:
    """How the text is coded, by TP-DCS (TS 23.038, clause 4).

    Raises `DecodeError` for a reserved coding, and for compressed text (TS 23.042).
    """
    field = "data coding (TP-DCS)"
    if type(data_coding) is not int or not 0x00 <= data_coding <= 0xFF:
        raise DecodeError(f"expected one octet, found {data_coding!r}", field)
    group = data_coding >> 4
    # 00xx "General Data Coding indication" and 01xx "Message Marked for Automatic Deletion Group",
    # whose bits 5..0 mean the same.
    if group <= 0b0111:
        if data_coding & 0b0010_0000:
            raise DecodeError(f"0x{data_coding:02X} means compressed text, which is not read", field)
        codings: tuple[DataCoding | None, ...] = ("gsm7", "8bit", "ucs2", None)
        coding = codings[data_coding >> 2 & 0b11]
    elif group <= 0b1011:
        coding = None  # "Reserved coding groups"
    elif group <= 0b1110:
        # "Message Waiting Indication Group": 1100 discards, 1101 stores, both GSM 7 bit; 1110 is UCS2.
        coding = "ucs2" if group == 0b1110 else "gsm7"
    else:
        # 1111 "Data coding/message class": bit 3 is reserved and 0, bit 2 is set for 8-bit data.
        coding = None if data_coding & 0b1000 else "8bit" if data_coding & 0b0100 else "gsm7"
    if coding is None:
        raise DecodeError(f"0x{data_coding:02X} is reserved", field)
    return coding


def decode_bodies(parts: list[UserData]) -> str:
    """The text of the parts of one message, in their order and all of one coding.

    What a bad sender cut in two, a surrogate pair or an escape and its code, is whole again:
    code units are joined before they are decoded, and an escape at the end of a part is read with
    the next one, in the tables of that.
    """
    bodies = []
    for part in parts:
        coding, body = part.coding, part.body
        if coding == "8bit":
            raise DecodeError("8-bit data is no text", "data coding (TP-DCS)")
        if coding == "ucs2" and len(body) % 2:
            reason = f"UCS-2 has two octets a unit, found {len(body)} octets"
            raise DecodeError(reason, "octets (TP-UD)", len(part.octets) - 1)
        bodies.append(body)
    if parts and parts[0].coding == "ucs2":
        return b"".join(bodies).decode("utf-16-be", SURROGATES)
    text, escape = "", b""
    for place, (part, body) in enumerate(zip(parts, bodies, strict=True)):
        septets = escape + body
        # Of a run of escapes each two belong together (TS 23.038, 6.2.1.1): an odd one waits for its code.
        run = len(septets) - len(septets.rstrip(b"\x1b"))
        escape = b"\x1b" if run % 2 and place < len(parts) - 1 else b""
        text += decode_septets(septets[: len(septets) - len(escape)], part.tables)
    return text


def packed(header: bytes, septets: bytes, data_coding: int) -> UserData:
    """User data in GSM-7: the text begins on a septet boundary, counted from the header's first bit."""
    ahead = _septets(len(header))
    octets = header + pack(septets, ahead * 7 - len(header) * 8)
    return UserData(bool(header), data_coding, ahead + len(septets), octets)


def _septets(header_octets: int) -> int:
    """The septets that a header of so many octets fills, the fill bits behind it included."""
    return -(-header_octets * 8 // 7)


def _check(part: UserData) -> None:
    """Raises `DecodeError` unless the octets are as many as the length says, and few enough to be sent."""
    field = "length (TP-UDL)"
    if type(part.octets) is not bytes:
        raise TypeError(f"octets: expected bytes, found {type(part.octets).__name__}")
    if type(part.length) is not int or part.length < 0:
        raise DecodeError(f"expected a whole number of 0 or more, found {part.length!r}", field)
    if len(part.octets) > USER_DATA_OCTETS:
        reason = f"one short message holds {USER_DATA_OCTETS} octets, found {len(part.octets)}"
        raise DecodeError(reason, "octets (TP-UD)", USER_DATA_OCTETS)
    in_septets = part.coding == "gsm7"
    needed = -(-part.length * 7 // 8) if in_septets else part.length
    if needed != len(part.octets):
        unit = "septets" if in_septets else "octets"
        reason = f"{part.length} {unit} take {needed} octets, found {len(part.octets)}"
        raise DecodeError(reason, field, min(needed, len(part.octets)))
