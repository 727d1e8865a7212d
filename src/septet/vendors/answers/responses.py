"""Responses: a vendor's answers to requests, read as its document describes them.

Every form of an answer, every path and every code is data in the vendor's file.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from .content import Content, plain
from .outcomes import Outcome

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class VendorError(NamedTuple):
    """One error that the vendor reported, in the vendor's own words."""

    code: str | None
    message: str | None
    #: The field that it is about, as the vendor names it.
    element: str | None = None


class Response(NamedTuple):
    """A vendor's answer, as read by the `read_response` of its profile."""

    #: Whether the vendor took the message for everyone; if it only took a part, see `partly`.
    accepted: bool
    #: The vendor's identifiers of the message; several where it was sent to a group.
    message_ids: tuple[str, ...] = ()
    #: What the vendor billed for all recipients together; None if the answer does not say.
    billed_segments: int | None = None
    #: What it cost for all recipients together, in `currency`.
    cost: Decimal | None = None
    currency: str | None = None
    #: What the account may still send, in segments or in the vendor's credits, which may be fractions.
    remaining: int | Decimal | None = None
    #: The vendor's code and its words; if the answer has no words, those of its document for the code.
    code: str | None = None
    message: str | None = None
    #: What was refused and why; only the code and message again if the vendor says no more.
    errors: tuple[VendorError, ...] = ()
    #: Whether the vendor documents the code as temporary.
    temporary: bool = False
    #: The whole answer in plain types, lists as tuples and fractions as Decimals; immutable.
    raw: Content = Content()
    #: What `billed_segments` is assumed to count, where the vendor's document does not say.
    billed_inferred: str | None = None
    #: Whether it took the message for some recipients, or some parts of it, and refused others.
    partly: bool = False
    #: The result for each recipient or part, where the answer distinguishes them.
    outcomes: tuple[Outcome, ...] = ()
    #: What it cost in the vendor's credits, which are not money.
    credits: Decimal | None = None
    #: What the code is about, such as ``"text"``, ``"recipient"`` or ``"opt-out"``; None if that is not
    #: documented.
    concerns: str | None = None
    #: Whether repeating the request would send again what was taken, unless it has the vendor's guard
    #: against that (`[repeats]` of its file, which `Profile.rules` describes).
    sends_twice: bool = False

    @property
    def outcome(self) -> str:
        """``"accepted"``, ``"refused"`` or ``"partly"``."""
        return "accepted" if self.accepted else "partly" if self.partly else "refused"

    def __repr__(self) -> str:
        """All fields except `raw`: many answers repeat the text, and logs keep what is shown."""
        told = zip(self._fields, self, strict=True)
        return f"Response({', '.join(f'{name}={value!r}' for name, value in told if name != 'raw')})"

    def to_dict(self) -> dict[str, Any]:
        """The response in plain JSON types; amounts as their digits."""
        return self._asdict() | {
            "message_ids": list(self.message_ids),
            "cost": None if self.cost is None else str(self.cost),
            "remaining": str(self.remaining) if isinstance(self.remaining, Decimal) else self.remaining,
            "credits": None if self.credits is None else str(self.credits),
            "errors": [error._asdict() for error in self.errors],
            "outcome": self.outcome,
            "outcomes": [one.to_dict() for one in self.outcomes],
            "raw": plain(self.raw),
        }
