"""Statuses: what a status report says became of a message (TS 23.040, 9.2.3.15, TP-Status)."""

from __future__ import annotations

_REASONS = {
    0x00: "received by the recipient",
    0x01: "forwarded to the recipient, delivery not confirmed",
    0x02: "replaced by the service centre",
    0x20: "congestion",
    0x21: "recipient busy",
    0x22: "no response from the recipient",
    0x23: "service rejected",
    0x24: "quality of service not available",
    0x25: "error in the recipient's equipment",
    0x40: "remote procedure error",
    0x41: "incompatible destination",
    0x42: "connection rejected by the recipient",
    0x43: "not obtainable",
    0x44: "quality of service not available",
    0x45: "no interworking available",
    0x46: "validity period expired",
    0x47: "deleted by the sender",
    0x48: "deleted by the service centre",
    0x49: "message does not exist",
    0x60: "congestion",
    0x61: "recipient busy",
    0x62: "no response from the recipient",
    0x63: "service rejected",
    0x64: "quality of service not available",
    0x65: "error in the recipient's equipment",
}

# Bits 6 and 5: four groups of 32.
_GROUPS = (
    "delivered",
    "not yet delivered, the service centre is still trying",
    "not delivered, the service centre has given up",
    "not delivered, the service centre is not trying any more",
)


def outcome(status: int) -> str:
    """``"delivered"``, ``"trying"`` or ``"failed"``, by the group; ``"unknown"`` for what is in none."""
    return ("delivered", "trying", "failed", "failed", "unknown")[min(status >> 5, 4)]


def status_words(status: int) -> str:
    """A TP-Status in plain words: its group, and the reason where the standard has one."""
    if status > 0x7F:
        return f"reserved status 0x{status:02X}"
    group = _GROUPS[status >> 5]
    if status in _REASONS:
        return f"{group}: {_REASONS[status]}"
    # Of each group the upper half: "Values specific to each SC".
    kind = "a reason of this service centre's own" if status & 0b1_0000 else "a reserved reason"
    return f"{group}: {kind} (0x{status:02X})"
