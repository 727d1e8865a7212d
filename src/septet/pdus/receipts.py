"""Delivery receipts: the status of a message as its centre reports it (SMPP 3.4, appendix B).

The appendix shows "a typical example" and leaves the format to the centre. Centres leave fields out, write
them differently, and send ASCII whatever data_coding says.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

# SMPP 3.4, 5.2.12: bits 5 to 2 of esm_class: a delivery receipt, or a notification on the way.
_MESSAGE_TYPE, _RECEIPTS = 0b0011_1100, (0b0000_0100, 0b0010_0000)

#: SMPP 3.4, 5.2.28, and 5.0, 4.7.15: message_state, by its word in a receipt (appendix B).
STATES = {
    0: "SCHEDULED",
    1: "ENROUTE",
    2: "DELIVRD",
    3: "EXPIRED",
    4: "DELETED",
    5: "UNDELIV",
    6: "ACCEPTD",
    7: "UNKNOWN",
    8: "REJECTD",
    9: "SKIPPED",
}

_FIELD = re.compile(
    r"(?:^|(?<=[\s,;]))(id|sub|dlvrd|submit[ _]?date|done[ _]?date|stat(?:us|e)?|err(?:or)?|text)[ \t]*:",
    re.IGNORECASE,
)
_STATE = re.compile(rf"(?<![\w:])({'|'.join(STATES.values())})(?!\w)")

# In the order of the attempts, so that a year of two digits is not taken for one of four.
_DATES = {10: ("%y%m%d%H%M",), 12: ("%y%m%d%H%M%S", "%Y%m%d%H%M"), 14: ("%Y%m%d%H%M%S",)}


class Receipt(NamedTuple):
    """A delivery receipt; a missing field is None."""

    #: The number of the message in submit_sm_resp, as it is written here: some centres change its base.
    id: str | None = None
    sub: str | None = None
    dlvrd: str | None = None
    #: In the centre's own time zone, which a receipt does not name; also None for an invalid time.
    submit_date: datetime | None = None
    done_date: datetime | None = None
    #: ``DELIVRD``, ``EXPIRED``, ``UNDELIV`` … as the centre writes it.
    stat: str | None = None
    err: str | None = None
    text: str | None = None
    #: The whole receipt as it was received.
    raw: str = ""


def is_receipt(esm_class: int) -> bool:
    """Whether a message is a delivery receipt, final or on the way, by its esm_class."""
    return esm_class & _MESSAGE_TYPE in _RECEIPTS


def read_receipt(octets: bytes, optional: Mapping[str, Any] | None = None) -> Receipt:
    """The fields of a receipt, from its text and from `receipted_message_id` and `message_state` with it.

    Any octets are a receipt: if no field is found, all fields are None and `raw` has the octets.
    """
    optional = optional or {}
    raw = _characters(octets)
    found: dict[str, str] = {}
    names = list(_FIELD.finditer(raw))
    for place, name in enumerate(names):
        key = _key(name[1])
        if key == "text":
            # The beginning of the sent text may contain anything, even names of fields.
            found.setdefault(key, raw[name.end() :].strip(" \r\n\0"))
            break
        end = names[place + 1].start() if place + 1 < len(names) else len(raw)
        found.setdefault(key, raw[name.end() : end].strip(" \t\r\n\0,;"))
    ahead = raw[: next((name.start() for name in names if _key(name[1]) == "text"), len(raw))]
    # Some leave the name out: "done date:180903120816 DELIVRD err:000".
    stat = found.get("stat") or next(iter(_STATE.findall(ahead)), None)
    return Receipt(
        found.get("id") or _identifier(optional.get("receipted_message_id")),
        found.get("sub"),
        found.get("dlvrd"),
        _date(found.get("submit date", "")),
        _date(found.get("done date", "")),
        stat or _state(optional.get("message_state")),
        found.get("err"),
        found.get("text"),
        raw,
    )


def _characters(octets: bytes) -> str:
    """ASCII, as centres write it; UTF-16 if every other octet is zero."""
    if len(octets) >= 2 and len(octets) % 2 == 0 and not any(octets[::2]):
        return octets.decode("utf-16-be", "replace")
    return octets.decode("latin-1")


def _key(name: str) -> str:
    key = name.lower().replace("_", " ")
    if key.endswith("date"):
        return f"{key[:-4].strip()} date"
    return {"status": "stat", "state": "stat", "error": "err"}.get(key, key)


def _date(value: str) -> datetime | None:
    digits = re.match(r"\d+", value)
    for form in _DATES.get(len(digits[0]), ()) if digits else ():
        try:
            return datetime.strptime(digits[0], form)  # type: ignore[index]  # there are some
        except ValueError:
            continue
    return None


def _state(value: object) -> str | None:
    return STATES.get(value) if isinstance(value, int) else None


def _identifier(value: object) -> str | None:
    if isinstance(value, bytes):
        value = value.decode("latin-1")
    return value.rstrip("\0") if isinstance(value, str) else None
