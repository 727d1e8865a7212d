"""Reading of PDUs: the meaning of their octets, and where these are wrong."""

from __future__ import annotations

from septet.errors import DecodeError, shown
from septet.gsm.segmentation import USER_DATA_OCTETS

from . import remarks
from .addresses import read_address, read_service_centre
from .data_codings import coding_scheme
from .pdu import Pdu
from .times import VALIDITY_FORMS, read_time, read_validity
from .user_data import UserData

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from septet.wording.problems import Problem

    from .addresses import Address

_HEX_DIGITS = frozenset("0123456789abcdefABCDEF")

# TS 23.040, 9.2.3.1: TP-MTI, the two lowest bits of the first octet. Those that a phone sends are
# SMS-SUBMIT and, as 10, SMS-COMMAND; those that modems pass on as 10 are status reports.
_DELIVER, _SUBMIT, _STATUS_REPORT = 0b00, 0b01, 0b10
_UDHI = 0b0100_0000


def octets_of(digits: str) -> bytes:
    """The octets of hexadecimal digits, without the blanks among them. Raises `DecodeError`."""
    field = "hexadecimal digits"
    kept = "".join(digits.split())
    wrong = next((place for place, digit in enumerate(kept) if digit not in _HEX_DIGITS), None)
    if wrong is not None:
        reason = f"expected hexadecimal digits, found {kept[wrong]!r} at digit {wrong + 1}"
        raise DecodeError(reason, field)
    if len(kept) % 2:
        reason = f"expected two hexadecimal digits for each octet, found {len(kept)} digits"
        raise DecodeError(reason, field)
    return bytes.fromhex(kept)


def read_pdu(octets_or_hex: bytes | str, *, smsc: bool | None = None) -> Pdu:
    """Reads an SMS-DELIVER, SMS-SUBMIT or SMS-STATUS-REPORT (TS 23.040, 9.2.2).

    `smsc` says whether the service centre's address comes first, as modems write it; None finds out.
    Anything unusual that can still be read is in `Pdu.problems`. Raises `DecodeError`, with field and
    offset, if lengths do not agree or a reserved value decides how to read on.
    """
    if isinstance(octets_or_hex, str):
        octets = octets_of(octets_or_hex)
    elif isinstance(octets_or_hex, (bytes, bytearray, memoryview)):
        octets = bytes(octets_or_hex)
    else:
        raise TypeError(f"octets_or_hex: expected bytes or a str, found {type(octets_or_hex).__name__}")
    if smsc is not None and type(smsc) is not bool:
        raise ValueError(f"smsc: expected True, False or None, found {shown(smsc)}")
    if smsc is not None:
        return _read(octets, smsc)
    found: list[Pdu] = []
    errors: list[DecodeError] = []
    for with_centre in (True, False):
        try:
            found.append(_read(octets, with_centre))
        except DecodeError as error:
            errors.append(error)
    if not found:
        # The reading that got further is the intended one.
        raise max(errors, key=lambda error: error.offset or 0)
    return min(found, key=_oddity)


def _oddity(pdu: Pdu) -> tuple[int, int]:
    return len(pdu.problems), len(pdu.trailing)


def _read(octets: bytes, with_centre: bool) -> Pdu:
    centre, start = read_service_centre(octets) if with_centre else (None, 0)
    return _Reader(octets, start, centre).pdu()


class _Reader:
    """One PDU as it is read, octet by octet."""

    def __init__(self, octets: bytes, start: int, centre: Address | None) -> None:
        self.octets = octets
        self.start = self.place = start
        self.problems: list[Problem] = []
        self.centre = centre
        if centre is not None and centre.is_unusual:
            self.problems.append(remarks.address_unusual("SMSC", centre.type_octet))

    def pdu(self) -> Pdu:
        flags = self.octet("first octet")
        kind = flags & 0b11
        fields: dict[str, Any] = {}
        if kind == _DELIVER:
            address = self.address("originating address (TP-OA)")
            fields["protocol"], fields["data_coding"] = self.octet("TP-PID"), self.octet("TP-DCS")
            fields["timestamp"] = self.time("time stamp (TP-SCTS)")
            fields["user_data"] = self.user_data(flags, fields["data_coding"])
            name = "deliver"
        elif kind == _SUBMIT:
            fields["message_reference"] = self.octet("message reference (TP-MR)")
            address = self.address("destination address (TP-DA)")
            fields["protocol"], fields["data_coding"] = self.octet("TP-PID"), self.octet("TP-DCS")
            form = VALIDITY_FORMS[flags >> 3 & 0b11]
            if form is not None:
                validity, self.place = read_validity(self.octets, self.place, form)
                fields["validity"] = validity.until
                if validity.until is None and form == "absolute":
                    self.problems.append(remarks.time_unreadable("TP-VP", validity.octets))
            fields["user_data"] = self.user_data(flags, fields["data_coding"])
            name = "submit"
        elif kind == _STATUS_REPORT:
            fields["message_reference"] = self.octet("message reference (TP-MR)")
            address = self.address("recipient address (TP-RA)")
            fields["timestamp"] = self.time("time stamp (TP-SCTS)")
            fields["discharged"] = self.time("discharge time (TP-DT)")
            fields["status"] = self.octet("status (TP-ST)")
            self.optional(flags, fields)
            name = "status-report"
        else:
            raise DecodeError(f"0x{flags:02X} is of a reserved type (TP-MTI 11)", "first octet", self.start)
        behind = self.octets[self.place :]
        if behind:
            self.problems.append(remarks.octets_behind(behind))
        part: UserData | None = fields.get("user_data")
        if part is not None and not coding_scheme(part.data_coding).compressed:
            self.problems.extend(_of_user_data(part))
        return Pdu(
            name,  # type: ignore[arg-type]
            self.octets[: self.place],
            self.place - self.start,
            self.centre.text if self.centre else None,
            address.text,
            address.type_octet,
            flags,
            **fields,
            trailing=behind,
            problems=tuple(self.problems),
        )

    def octet(self, field: str) -> int:
        if self.place >= len(self.octets):
            raise DecodeError(f"the PDU ends before it, with {len(self.octets)} octets", field, self.place)
        self.place += 1
        return self.octets[self.place - 1]

    def address(self, field: str) -> Address:
        address, self.place = read_address(self.octets, self.place, field)
        if address.is_unusual:
            self.problems.append(remarks.address_unusual(field[-6:-1], address.type_octet))
        return address

    def time(self, field: str) -> datetime | None:
        stamp, self.place = read_time(self.octets, self.place, field)
        name = field.partition("(")[2].removesuffix(")")
        if stamp.time is None:
            self.problems.append(remarks.time_unreadable(name, stamp.octets))
        elif stamp.zone_unreadable:
            self.problems.append(remarks.zone_unreadable(name, stamp.octets[-1]))
        return stamp.time

    def optional(self, flags: int, fields: dict[str, Any]) -> None:
        """9.2.3.27: TP-PI says which of TP-PID, TP-DCS and TP-UDL follow; bit 7 says that it continues."""
        # A record of a SIM card is filled with FF, which is not an indicator.
        if self.place >= len(self.octets) or self.octets[self.place] == 0xFF:
            return
        present = indicator = self.octet("parameter indicator (TP-PI)")
        while indicator & 0b1000_0000:
            indicator = self.octet("parameter indicator (TP-PI)")
        if present & 0b001:
            fields["protocol"] = self.octet("TP-PID")
        if present & 0b010:
            fields["data_coding"] = self.octet("TP-DCS")
        if present & 0b100:
            # 9.2.3.27: without TP-DCS "the default" holds, GSM-7.
            fields["user_data"] = self.user_data(flags, fields.get("data_coding", 0x00))

    def user_data(self, flags: int, data_coding: int) -> UserData:
        scheme = coding_scheme(data_coding)
        at = self.place
        length = self.octet("length (TP-UDL)")
        # 9.2.3.16: septets in uncompressed GSM-7, octets otherwise.
        in_septets = scheme.coding == "gsm7" and not scheme.compressed
        needed = -(-length * 7 // 8) if in_septets else length
        unit = "septets" if in_septets else "octets"
        if needed > USER_DATA_OCTETS:
            reason = f"{length} {unit} take {needed} octets, and user data has {USER_DATA_OCTETS}"
            raise DecodeError(reason, "length (TP-UDL)", at)
        octets = self.octets[self.place : self.place + needed]
        if len(octets) < needed:
            reason = f"{length} {unit} take {needed} octets, and {len(octets)} follow"
            raise DecodeError(reason, "length (TP-UDL)", at)
        self.place += needed
        if scheme.compressed:
            self.problems.append(remarks.compressed(data_coding))
        return UserData(bool(flags & _UDHI), data_coding, length, octets)


def _of_user_data(part: UserData) -> tuple[Problem, ...]:
    try:
        return part.problems
    except DecodeError:
        return ()  # reading its text raises the error
