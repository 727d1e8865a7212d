"""Alternatives: the messages that another channel, with one price for each message, would send for less."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.errors import CampaignError
from septet.planning.pricing import times

from .costs import Cost, costs_of, total
from .figures import plain
from .prices.entries import Price

if TYPE_CHECKING:
    from .costs import Costs
    from .tallies import Key


class Instead(NamedTuple):
    """What a channel with one price for each message, however long, would save."""

    price: Decimal
    #: The price of a segment, and from how many segments the channel is cheaper.
    from_segments: Mapping[Decimal, int]
    #: The messages that would go through that channel.
    rows: int
    #: What these cost as they are, and what they would cost instead.
    costs: Costs
    instead: Costs
    saved: Costs


def cheaper_from(price: Decimal, segment: Decimal) -> int | None:
    """From how many segments on one price is lower than theirs; None where it never is."""
    return None if segment == 0 else int(price // segment) + 1


def instead_of(bills: Iterable[tuple[Key, int]], price: Decimal) -> Instead:
    """What a price for each message would save. Raises CampaignError for several currencies, or no price."""
    found = [(key, rows) for key, rows in bills if key[0] is not None]
    currencies = {key[0].currency for key, _ in found}
    if len(currencies) > 1:
        listed = ", ".join(sorted(str(currency) for currency in currencies))
        raise CampaignError(f"instead: one price does not compare with several currencies ({listed})")
    if not found:
        raise CampaignError("instead: nothing to compare with: give the price of a segment as well")
    currency = currencies.pop()
    from_segments: dict[Decimal, int] = {}
    segments: dict[Price | None, int] = {}
    rows = 0
    for (own, _, billed), number in found:
        least = cheaper_from(price, own.amount)
        if least is None:
            continue
        from_segments[own.amount] = least
        if billed >= least:
            rows += number
            segments[own] = segments.get(own, 0) + billed * number
    costs = costs_of(segments)
    other = (Cost(currency, times(price, rows)),) if rows else ()
    saved = total((*costs, *(Cost(cost.currency, -cost.amount) for cost in other)))
    return Instead(price, dict(sorted(from_segments.items())), rows, costs, other, saved)


def plain_of(instead: Instead) -> dict[str, Any]:
    """All of it in plain JSON types; amounts as strings, so that none is rounded."""
    figures = {name: plain(getattr(instead, name)) for name in ("costs", "instead", "saved")}
    least = [{"price": str(price), "segments": number} for price, number in instead.from_segments.items()]
    return {"price": str(instead.price), "from_segments": least, "rows": instead.rows, **figures}
