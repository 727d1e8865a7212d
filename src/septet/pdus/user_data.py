"""User data: the octets of one short message, header and text, and their meaning.

TS 23.040, 9.2.3.24 (TP-User-Data), 9.2.3.16 (its length) and 9.2.3.10 (its coding).
"""

from __future__ import annotations

from typing import NamedTuple

from septet.errors import DecodeError, shown
from septet.gsm.alphabets import DEFAULT_TABLES
from septet.gsm.codec import decode_septets
from septet.gsm.packing import LAST_SEPTET, pack, unpack
from septet.gsm.segmentation import USER_DATA_OCTETS, capacity

from .data_codings import coding_of
from .information_elements import (
    Concatenation,
    InformationElement,
    decode_header,
    header_length,
    read_header,
)
from .sar import header_with, sar_of
from .smpp_codings import CHARSETS, coding_in_smpp, meant

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.gsm.alphabets import Tables
    from septet.wording.problems import Problem

    from .information_elements import Reading

#: SMPP 3.4, 5.2.21 (sm_length): the octets that the field short_message holds.
SHORT_MESSAGE_OCTETS = 254

#: SMPP 3.4, 5.3.2.32: the octets that a message_payload holds; the length of a header is one octet.
PAYLOAD_OCTETS, MOST_HEADER_OCTETS = 0xFFFF, 0x100

#: Lets a UTF-16 code unit without its pair pass: it is 16 bits like any other.
SURROGATES = "surrogatepass"


class UserData(NamedTuple):
    """The user data of one short message, with the fields of its PDU that tell how to read it.

    Made by `Plan.user_data`, or from received fields. The properties raise `DecodeError` if the octets
    do not match the fields.
    """

    #: TP-UDHI: whether the octets begin with a header.
    udhi: bool
    #: TP-DCS: 0x00 for GSM-7, 0x08 for UCS-2 (TS 23.038, clause 4).
    data_coding: int
    #: TP-UDL: septets in GSM-7, those of the header included; octets otherwise.
    length: int
    #: TP-UD: header, fill bits and packed septets; or header and octets.
    octets: bytes

    @classmethod
    def from_short_message(
        cls,
        short_message: bytes,
        *,
        udhi: bool = False,
        data_coding: int = 0x00,
        default: str = "gsm7",
        packed: bool = False,
        sar_msg_ref_num: int | None = None,
        sar_total_segments: int | None = None,
        sar_segment_seqnum: int | None = None,
    ) -> UserData:
        """The user data of an SMPP `short_message`; `data_coding` is SMPP's (3.4, 5.2.19).

        0x00 is the centre's own alphabet, which `default` names: ``"gsm7"``, ``"ascii"`` or
        ``"latin1"``. GSM-7 comes in unpacked septets, or as in a PDU with `packed`; then seven zero
        bits at the end are spare. The three optional parameters, if given, become the header that a
        centre writes for them (5.3.2.22 to 5.3.2.24).

        Raises `DecodeError` for a coding that is not read (8-bit data as 0x02, JIS, KS C 5601 …), for
        an octet that is not a septet, for more than one short message holds.
        """
        if type(short_message) is not bytes:
            raise TypeError(f"short_message: expected bytes, found {type(short_message).__name__}")
        header, body = _parted(short_message, udhi)
        sar = sar_of(sar_msg_ref_num, sar_total_segments, sar_segment_seqnum)
        if sar is not None:
            header = header_with(header, sar)
        part = _received(header, body, meant(data_coding, default), len(short_message) - len(body), packed)
        if part.coding == "gsm7":
            start = len(header) if sar is None else 0
            most, septets = capacity("gsm7", start), len(part.body)
            if septets > most:
                reason = f"one short message holds {most} septets beside its header, found {septets}"
                raise DecodeError(reason, "short_message", len(short_message) - len(body) + most)
            return part
        # A text with one octet a character may come from as many septets, and be longer than on the air.
        most = USER_DATA_OCTETS if part.coding in ("ucs2", "8bit") else SHORT_MESSAGE_OCTETS
        if len(body) > most:
            reason = f"one short message holds {most} octets, found {len(body)} behind the header"
            raise DecodeError(reason, "short_message", len(short_message) - len(body) + most)
        return part

    @classmethod
    def from_payload(
        cls, message_payload: bytes, *, udhi: bool = False, data_coding: int = 0x00, default: str = "gsm7"
    ) -> UserData:
        """The same for a parameter `message_payload` (SMPP 3.4, 5.3.2.32), which holds a whole message.

        Raises `DecodeError` as `from_short_message` does, but allows 65,535 octets.
        """
        if type(message_payload) is not bytes:
            raise TypeError(f"message_payload: expected bytes, found {type(message_payload).__name__}")
        if len(message_payload) > PAYLOAD_OCTETS:
            reason = f"it holds {PAYLOAD_OCTETS} octets at most, found {len(message_payload)}"
            raise DecodeError(reason, "message_payload", PAYLOAD_OCTETS)
        header, body = _parted(message_payload, udhi)
        return _received(header, body, meant(data_coding, default), len(header), False)

    @property
    def coding(self) -> str:
        """The coding of the text: ``"gsm7"``, ``"8bit"`` (which is not text) or ``"ucs2"``.

        User data from SMPP may also be ``"ascii"``, ``"latin1"``, ``"iso8859-5"`` or ``"iso8859-8"``.
        """
        return coding_of(self.data_coding)

    @property
    def header(self) -> tuple[InformationElement, ...]:
        """The elements of the header, unknown ones included; empty if there is no header."""
        return decode_header(self.header_octets) if self.udhi else ()

    @property
    def header_octets(self) -> bytes:
        """The header, its own length first; empty if there is none."""
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
        """What follows the header: septets, one per byte, or octets if it is not GSM-7."""
        start = len(self.header_octets)
        if self.coding != "gsm7":
            return self.octets[start:]
        septets = septets_of(start)
        count = self.length - septets
        if count < 0:
            reason = f"{self.length} septets, and the header alone fills {septets}"
            raise DecodeError(reason, "length (TP-UDL)")
        return unpack(self.octets[start:], count, septets * 7 - start * 8) if count else b""

    @property
    def most_octets(self) -> int:
        """The octets that one short message holds (TS 23.040, 9.2.3.24)."""
        return USER_DATA_OCTETS

    @property
    def short_message(self) -> bytes:
        """The octets for SMPP: the header, then unpacked septets or UTF-16BE; `sm_length` is its length."""
        return self.header_octets + self.body

    @property
    def text(self) -> str:
        """The text of this one short message. 8-bit data has none: `DecodeError`."""
        return decode_bodies([self])

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is unusual about readable octets: `suspect-encoding`, `header-empty`."""
        from .remarks import remarks_on

        return remarks_on(self.udhi and self.header_octets == b"\0", self.coding, self.body)

    def _reading(self) -> Reading | None:
        header = self.header_octets
        return read_header(header) if header else None


class SmppUserData(UserData):
    """User data that only SMPP has: in a coding of its own, or longer than one short message.

    `data_coding` is then SMPP's. Everything else is as in `UserData`.
    """

    __slots__ = ()

    @property
    def coding(self) -> str:
        """The coding of the text, which may be one of SMPP's own."""
        return coding_in_smpp(self.data_coding)

    @property
    def most_octets(self) -> int:
        """A message_payload has more room than a short message."""
        return PAYLOAD_OCTETS + MOST_HEADER_OCTETS


def _parted(octets: bytes, udhi: bool) -> tuple[bytes, bytes]:
    start = header_length(octets) if udhi else 0
    return octets[:start], octets[start:]


def _received(header: bytes, body: bytes, data_coding: int, start: int, is_packed: bool) -> UserData:
    """User data from SMPP, with `body` after `start` octets of header."""
    if coding_in_smpp(data_coding) != "gsm7":
        octets = header + body
        is_usual = data_coding not in CHARSETS and len(octets) <= USER_DATA_OCTETS
        kind = UserData if is_usual else SmppUserData
        return kind(bool(header), data_coding, len(octets), octets)
    if is_packed:
        fill_bits = septets_of(start) * 7 - start * 8
        count = (len(body) * 8 - fill_bits) // 7 if body else 0
        septets = unpack(body, count, fill_bits)
        if septets and len(body) * 8 - fill_bits == count * 7 and septets[-1] == 0:
            septets = septets[:-1]
    else:
        septets = body
        wrong = next((place for place, septet in enumerate(septets) if septet > LAST_SEPTET), None)
        if wrong is not None:
            reason = f"expected a septet, 0x00 to 0x7F, found 0x{septets[wrong]:02X}"
            raise DecodeError(reason, "short_message", start + wrong)
    part = packed(header, septets, data_coding)
    return part if len(part.octets) <= USER_DATA_OCTETS else SmppUserData(*part)


def decode_bodies(parts: list[UserData]) -> str:
    """The text of the parts of one message, in their order and all of one coding.

    If a bad sender cut a surrogate pair, a code unit, or an escape and its code in two, they are joined
    again: octets are joined before they are decoded, and an escape at the end of a part is read with
    the next part, in the tables of that part.
    """
    bodies = []
    for part in parts:
        if part.coding == "8bit":
            raise DecodeError("8-bit data is not text", "data coding (TP-DCS)")
        bodies.append(part.body)
    coding = parts[0].coding if parts else "gsm7"
    if coding == "ucs2":
        octets = b"".join(bodies)
        if len(octets) % 2:
            reason = f"UCS-2 has two octets a unit, found {len(octets)} octets"
            raise DecodeError(reason, "octets (TP-UD)", len(parts[-1].octets) - 1)
        return octets.decode("utf-16-be", SURROGATES)
    if coding != "gsm7":
        return _in_charset(bodies, coding)
    text, escape = [], b""
    for place, (part, body) in enumerate(zip(parts, bodies, strict=True)):
        septets = escape + body
        # In a run of escapes each two belong together (TS 23.038, 6.2.1.1): an odd one waits for its code.
        run = len(septets) - len(septets.rstrip(b"\x1b"))
        escape = b"\x1b" if run % 2 and place < len(parts) - 1 else b""
        text.append(decode_septets(septets[: len(septets) - len(escape)], part.tables))
    return "".join(text)


def _in_charset(bodies: list[bytes], charset: str) -> str:
    try:
        return b"".join(bodies).decode(charset)
    except UnicodeDecodeError as error:
        octet = error.object[error.start]
        raise DecodeError(
            f"0x{octet:02X} is not a character of {charset}", "octets (TP-UD)", error.start
        ) from None


def packed(header: bytes, septets: bytes, data_coding: int) -> UserData:
    """User data in GSM-7: the text begins on a septet boundary, counted from the header's first bit."""
    ahead = septets_of(len(header))
    octets = header + pack(septets, ahead * 7 - len(header) * 8)
    return UserData(bool(header), data_coding, ahead + len(septets), octets)


def septets_of(header_octets: int) -> int:
    """The septets that a header of so many octets fills, with the fill bits after it."""
    return -(-header_octets * 8 // 7)


def _check(part: UserData) -> None:
    """Raises `DecodeError` unless the octets match the length and are few enough to be sent."""
    field = "length (TP-UDL)"
    if type(part.octets) is not bytes:
        raise TypeError(f"octets: expected bytes, found {type(part.octets).__name__}")
    if type(part.length) is not int or part.length < 0:
        raise DecodeError(f"expected a whole number of 0 or more, found {shown(part.length)}", field)
    if len(part.octets) > part.most_octets:
        reason = f"one short message holds {part.most_octets} octets, found {len(part.octets)}"
        raise DecodeError(reason, "octets (TP-UD)", part.most_octets)
    in_septets = part.coding == "gsm7"
    needed = -(-part.length * 7 // 8) if in_septets else part.length
    if needed != len(part.octets):
        unit = "septets" if in_septets else "octets"
        reason = f"{part.length} {unit} take {needed} octets, found {len(part.octets)}"
        raise DecodeError(reason, field, min(needed, len(part.octets)))
