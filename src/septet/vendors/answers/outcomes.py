"""Outcomes: what became of one of several messages, or of one of its parts, in one answer."""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal


class Outcome(NamedTuple):
    """What a vendor says of one recipient, or of one part of a message."""

    accepted: bool
    #: ``"recipient"`` or ``"part"``: what this is one of.
    of: str
    #: As the vendor writes it; None where it does not say whom this is about.
    recipient: str | None = None
    message_id: str | None = None
    #: What is billed for this one alone; None where the answer does not say.
    billed_segments: int | None = None
    cost: Decimal | None = None
    code: str | None = None
    message: str | None = None
    #: Whether the vendor documents the code of a refusal as one that will pass.
    temporary: bool = False
    #: What the code is about, such as ``"recipient"`` or ``"opt-out"``; None where that is not documented.
    concerns: str | None = None

    def to_dict(self) -> dict[str, object]:
        """All of it in plain JSON types; the cost as its digits."""
        return self._asdict() | {"cost": None if self.cost is None else str(self.cost)}
