"""What is taken of a call, and what the account has that it is taken for."""

from __future__ import annotations

from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from decimal import Decimal
    from typing import Any


class Account(NamedTuple):
    """What an answer tells beside its call; identifiers go on from the document's example."""

    #: The calls that were taken before, and the segments that they came to.
    taken: int
    segments: int
    #: What a segment costs; None for what it costs in the example, and nothing where that has no cost.
    price: Decimal | None
    currency: str | None


class Taken(NamedTuple):
    """What of a call was taken."""

    #: By the vendor's own names.
    fields: dict[str, Any]
    #: The recipients that are billed, in their order, and those of the call that are no numbers.
    recipients: tuple[str, ...]
    malformed: tuple[str, ...]
    #: The segments that are billed for each recipient, and for all together.
    each: int
    billed: int
    #: Those that are transmitted to each.
    parts: int
    #: The vendor's code and words for a recipient that is no number.
    refusal: tuple[str, str | None] | None = None
