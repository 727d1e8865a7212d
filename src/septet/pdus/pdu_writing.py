"""Writing of PDUs: an SMS-SUBMIT as a modem takes it (TS 23.040, 9.2.2.2, and TS 27.005, 4.3)."""

from __future__ import annotations

from septet.errors import shown

from .addresses import write_address, write_service_centre
from .data_codings import with_class
from .pdu_reading import read_pdu
from .times import write_validity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from .pdu import Pdu
    from .user_data import UserData

# TS 23.040, 9.2.3.1, 9.2.3.3, 9.2.3.5 and 9.2.3.23: the first octet of an SMS-SUBMIT.
_SUBMIT, _VALIDITY_BIT, _STATUS_REPORT, _UDHI = 0b01, 3, 0b0010_0000, 0b0100_0000


def submit_pdus_of(
    parts: Iterable[UserData],
    recipient: str,
    *,
    smsc: str | None = None,
    validity: timedelta | datetime | None = None,
    status_report: bool = False,
    message_class: int | None = None,
) -> tuple[Pdu, ...]:
    """One SMS-SUBMIT for each part. TP-MR and TP-PID are 0: the phone numbers what it sends.

    Raises ValueError or TypeError for a wrong argument; the message begins with its name.
    """
    address, centre = write_address(recipient, "recipient"), write_service_centre(smsc)
    if type(status_report) is not bool:
        raise ValueError(f"status_report: expected True or False, found {shown(status_report)}")
    form, period = write_validity(validity)
    flags = _SUBMIT | form << _VALIDITY_BIT | (_STATUS_REPORT if status_report else 0)
    return tuple(
        read_pdu(
            centre
            + bytes((flags | (_UDHI if part.udhi else 0), 0))
            + address
            + bytes((0, with_class(part.data_coding, message_class)))
            + period
            + bytes((part.length,))
            + part.octets,
            smsc=True,
        )
        for part in parts
    )
