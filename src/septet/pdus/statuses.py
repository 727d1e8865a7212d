"""Statuses: the result for a message in a status report (TS 23.040, 9.2.3.15, TP-Status)."""

from __future__ import annotations

from septet.wording.messages import Words, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Outcome = Literal["delivered", "trying", "failed", "unknown"]

_REASONS = {
    0x00: said("received by the recipient"),
    0x01: said("forwarded to the recipient, delivery not confirmed"),
    0x02: said("replaced by the service centre"),
    0x20: said("congestion"),
    0x21: said("recipient busy"),
    0x22: said("no response from the recipient"),
    0x23: said("service rejected"),
    0x24: said("quality of service not available"),
    0x25: said("error in the recipient's equipment"),
    0x40: said("remote procedure error"),
    0x41: said("incompatible destination"),
    0x42: said("connection rejected by the recipient"),
    0x43: said("not obtainable"),
    0x44: said("quality of service not available"),
    0x45: said("no interworking available"),
    0x46: said("validity period expired"),
    0x47: said("deleted by the sender"),
    0x48: said("deleted by the service centre"),
    0x49: said("message does not exist"),
    0x60: said("congestion"),
    0x61: said("recipient busy"),
    0x62: said("no response from the recipient"),
    0x63: said("service rejected"),
    0x64: said("quality of service not available"),
    0x65: said("error in the recipient's equipment"),
}

#: The short result for a message, by the group of its status.
OUTCOMES: tuple[Outcome, ...] = ("delivered", "trying", "failed", "failed", "unknown")

# Bits 6 and 5: four groups of 32.
_GROUPS = (
    said("delivered"),
    said("not yet delivered, the service centre is still trying"),
    said("not delivered, the service centre has given up"),
    said("not delivered, the service centre no longer tries"),
)


def outcome(status: int) -> Outcome:
    """``"delivered"``, ``"trying"`` or ``"failed"``, by the group; ``"unknown"`` for a status in no group."""
    return OUTCOMES[min(status >> 5, 4)]


def status_words(status: int) -> Words:
    """A TP-Status in plain words: its group, and the reason if the standard has one."""
    octet = f"0x{status:02X}"
    if status > 0x7F:
        return said("reserved status %(octet)s", octet=octet)
    reason: Words
    if status in _REASONS:
        reason = _REASONS[status]
    elif status & 0b1_0000:
        # The upper half of each group: "Values specific to each SC".
        reason = said("a reason of this service centre's own (%(octet)s)", octet=octet)
    else:
        reason = said("a reserved reason (%(octet)s)", octet=octet)
    return said("%(outcome)s: %(reason)s", outcome=_GROUPS[status >> 5], reason=reason)
