"""Short messages of SMPP: the fields of submit_sm and deliver_sm that hold a text (SMPP 3.4, 4.4 and 4.6)."""

from __future__ import annotations

from typing import NamedTuple

from septet.errors import DecodeError, shown
from septet.wording.frozen import FrozenDict

from .receipts import is_receipt, read_receipt
from .sar import SAR
from .user_data import UserData

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from septet.wording.problems import Problem

    from .information_elements import Ports
    from .receipts import Receipt

#: The ways to send a text of several parts.
WAYS = ("udh", "sar", "payload")

#: SMPP 3.4, 5.2.12: the bit of esm_class that announces a header.
UDHI = 0x40


class Optional(FrozenDict):
    """The optional parameters of a message by SMPP's names; a dict that does not change."""

    refusal = "the optional parameters of a short message do not change"


class ShortMessage(NamedTuple):
    """One message as SMPP carries it. Made by `Plan.short_messages` and `recut`, or from received fields."""

    short_message: bytes
    data_coding: int
    esm_class: int = 0x00
    #: Optional parameters by SMPP's names: ``sar_msg_ref_num``, ``message_payload``, ``destination_port`` …
    optional: dict[str, Any] = Optional({})
    #: What is unusual about it: see `recut`.
    problems: tuple[Problem, ...] = ()

    @property
    def fields(self) -> dict[str, Any]:
        """All fields by SMPP's names, as the arguments of a client's submit_sm."""
        own = {
            "short_message": self.short_message,
            "data_coding": self.data_coding,
            "esm_class": self.esm_class,
        }
        return own | self.optional

    def user_data(self, default: str = "gsm7", packed: bool = False) -> UserData:
        """Its user data, whichever way it came; arguments and errors as for `UserData.from_short_message`."""
        udhi = bool(self.esm_class & UDHI)
        payload = self.optional.get("message_payload")
        if payload is not None:
            if self.short_message:
                # 5.3.2.32: "short_message should be null" if there is a payload.
                raise DecodeError("a short_message is there too: expected one of them", "message_payload")
            return UserData.from_payload(payload, udhi=udhi, data_coding=self.data_coding, default=default)
        return UserData.from_short_message(
            self.short_message,
            udhi=udhi,
            data_coding=self.data_coding,
            default=default,
            packed=packed,
            **{name: self.optional.get(name) for name in SAR},
        )

    @property
    def text(self) -> str:
        """The text, if the centre's default alphabet is GSM-7. Raises as `user_data` does."""
        return self.user_data().text

    @property
    def receipt(self) -> Receipt | None:
        """The delivery receipt that this is by its esm_class (SMPP 3.4, 5.2.12), or None."""
        if not is_receipt(self.esm_class):
            return None
        content = self.optional.get("message_payload") or self.short_message
        return read_receipt(content, self.optional)


def in_way(
    bodies: Iterable[bytes],
    data_coding: int,
    way: str,
    reference: int,
    ports: Ports | None = None,
    problems: tuple[Problem, ...] = (),
) -> tuple[ShortMessage, ...]:
    """The parts of a text without header, by sar_ parameters or as one payload. `ports` go with them."""
    bodies = tuple(bodies)
    # SMPP 3.4, 5.3.2.20 and 5.3.2.21.
    beside = {"source_port": ports.source, "destination_port": ports.destination} if ports else {}
    if way == "payload":
        optional = Optional({"message_payload": b"".join(bodies), **beside})
        return (ShortMessage(b"", data_coding, 0x00, optional, problems),)
    total = len(bodies)
    return tuple(
        ShortMessage(
            body,
            data_coding,
            0x00,
            Optional((dict(zip(SAR, (reference, total, number), strict=True)) if total > 1 else {}) | beside),
            problems,
        )
        for number, body in enumerate(bodies, 1)
    )


def check_way(way: str) -> None:
    """Raises ValueError for an unknown way."""
    if not isinstance(way, str) or way not in WAYS:
        raise ValueError(
            f"way: expected one of {', '.join(f'{name!r}' for name in WAYS)}, found {shown(way)}"
        )
