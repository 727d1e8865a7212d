"""PDUs: SMS-DELIVER, SMS-SUBMIT and SMS-STATUS-REPORT in the form that modems use (TS 23.040, 9.2.2)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from .data_codings import coding_scheme
from .shapes import hex_of, part_shape
from .statuses import outcome, status_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal

    from septet.wording.messages import Words
    from septet.wording.problems import Problem

    from .data_codings import CodingScheme
    from .statuses import Outcome
    from .user_data import UserData

    PduKind = Literal["deliver", "submit", "status-report"]


class Pdu(NamedTuple):
    """One PDU: its octets and their meaning. Made by `read_pdu` and `Plan.submit_pdus`."""

    kind: PduKind
    #: The whole PDU, with the service centre's address first if there is one; `trailing` is what follows.
    octets: bytes
    #: The length for AT+CMGS: the octets without the service centre's address (TS 27.005, 3.5.1).
    length: int
    #: The service centre's number, None if none is given.
    smsc: str | None
    #: Who sent it, or who gets it: + and digits if international, digits, or the letters.
    address: str
    #: The type-of-address octet (9.1.2.5).
    address_type: int
    #: The first octet of the PDU proper: type and flags (9.2.3.1 and following).
    flags: int
    #: TP-PID; None in a status report that lacks it.
    protocol: int | None = None
    #: TP-DCS; None in a status report that lacks it.
    data_coding: int | None = None
    #: TP-MR, the number that the phone gave a submitted message; None in one that was delivered.
    message_reference: int | None = None
    #: When the service centre had it, with its zone; None if there is no readable time.
    timestamp: datetime | None = None
    #: The time of the outcome in a status report.
    discharged: datetime | None = None
    #: TP-ST of a status report.
    status: int | None = None
    #: How long the service centre keeps it: a span of time, or a time.
    validity: timedelta | datetime | None = None
    user_data: UserData | None = None
    #: What follows the end, as in the records of a SIM card.
    trailing: bytes = b""
    #: What is unusual about it, though it can be read.
    problems: tuple[Problem, ...] = ()

    @property
    def hex(self) -> str:
        """The octets in hexadecimal, as a modem writes and takes them."""
        return hex_of(self.octets)

    def to_dict(self) -> dict[str, Any]:
        """The PDU in plain JSON types; `user_data` by the schema `part`, None if it is compressed."""
        scheme = self.coding_scheme
        is_read = self.user_data is not None and not (scheme and scheme.compressed)
        part = part_shape(self.user_data) if self.user_data is not None and is_read else None
        return {
            "kind": self.kind,
            "hex": self.hex,
            "length": self.length,
            "smsc": self.smsc,
            "address": self.address,
            "address_type": self.address_type,
            "flags": self.flags,
            "protocol": self.protocol,
            "data_coding": self.data_coding,
            "message_class": self.message_class,
            "message_reference": self.message_reference,
            "timestamp": _time(self.timestamp),
            "discharged": _time(self.discharged),
            "status": self.status,
            "outcome": self.outcome,
            "status_words": None if self.status_words is None else str(self.status_words),
            "validity": _validity(self.validity),
            "user_data": part,
            "trailing": hex_of(self.trailing),
            "text": part["text"] if part else None,
            "problems": [problem.to_dict() for problem in self.problems],
        }

    @property
    def text(self) -> str:
        """The text; empty if a status report has none. Raises `DecodeError` as `UserData.text` does."""
        return self.user_data.text if self.user_data is not None else ""

    @property
    def coding_scheme(self) -> CodingScheme | None:
        """What TP-DCS says besides the coding: class, indication, compression."""
        return None if self.data_coding is None else coding_scheme(self.data_coding)

    @property
    def message_class(self) -> int | None:
        """0 (shown at once, "flash") to 3; None if the coding has none."""
        scheme = self.coding_scheme
        return scheme.message_class if scheme else None

    @property
    def status_words(self) -> Words | None:
        """The status of the message, in words; None except in a status report."""
        return None if self.status is None else status_words(self.status)

    @property
    def outcome(self) -> Outcome | None:
        """The status of the message, in one word; None except in a status report."""
        return None if self.status is None else outcome(self.status)

    @property
    def more_messages(self) -> bool:
        """TP-MMS: whether more messages wait at the service centre; never for a submitted one."""
        return self.kind != "submit" and not self.flags & 0b0000_0100

    @property
    def status_report(self) -> bool:
        """TP-SRR, TP-SRI: whether a status report is asked for; TP-SRQ of a report: that a command asked."""
        return bool(self.flags & 0b0010_0000)

    @property
    def reply_path(self) -> bool:
        """TP-RP, which a status report does not have."""
        return self.kind != "status-report" and bool(self.flags & 0b1000_0000)


def _time(time: datetime | None) -> str | None:
    return time.isoformat() if time is not None else None


def _validity(validity: timedelta | datetime | None) -> str | int | None:
    """Seconds for a span of time, ISO 8601 for a time."""
    if isinstance(validity, timedelta):
        return int(validity.total_seconds())
    return _time(validity)
