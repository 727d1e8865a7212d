"""Taken: the accepted part of a call, and the state of its account."""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Any


class Account(NamedTuple):
    """The facts of an answer besides its call; identifiers continue from the document's example."""

    #: The calls that were accepted before, and their segments.
    taken: int
    segments: int
    #: The price of a segment; None for its price in the example, and no cost where that has none.
    price: Decimal | None
    currency: str | None


class Taken(NamedTuple):
    """The accepted part of a call."""

    #: By the vendor's own names.
    fields: dict[str, Any]
    #: The recipients that are billed, in their order, and those of the call that are no numbers.
    recipients: tuple[str, ...]
    malformed: tuple[str, ...]
    #: The segments that are billed for each recipient, and for all together.
    each: int
    billed: int
    #: The segments that are transmitted to each.
    parts: int
    #: The vendor's code and words for a recipient that is no number.
    refusal: tuple[str, str | None] | None = None
