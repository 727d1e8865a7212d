"""Outcomes: the result for one of several messages, or for one part of a message, in one answer."""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal


class Outcome(NamedTuple):
    """What a vendor answers about one recipient, or one part of a message."""

    accepted: bool
    #: Whether this is one ``"recipient"`` or one ``"part"``.
    of: str
    #: As the vendor writes it; None if it does not say who this is about.
    recipient: str | None = None
    message_id: str | None = None
    #: What is billed for this one; None if the answer does not say.
    billed_segments: int | None = None
    cost: Decimal | None = None
    code: str | None = None
    message: str | None = None
    #: Whether the vendor documents the code of a refusal as temporary.
    temporary: bool = False
    #: What the code is about, such as ``"recipient"`` or ``"opt-out"``; None if that is not documented.
    concerns: str | None = None

    def to_dict(self) -> dict[str, object]:
        """The outcome in plain JSON types; the cost as its digits."""
        return self._asdict() | {"cost": None if self.cost is None else str(self.cost)}
