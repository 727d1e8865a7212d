"""Costs: what segments cost, by currency, with no digit lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, Inexact
from typing import TYPE_CHECKING, NamedTuple

from septet.planning.pricing import times

if TYPE_CHECKING:
    from .prices.entries import Price


class Cost(NamedTuple):
    """An amount of money. `currency` is None if it is not known."""

    currency: str | None
    amount: Decimal


#: One for each currency; none without a price.
Costs = tuple[Cost, ...]


def costs_of(segments: Mapping[Price | None, int]) -> Costs:
    """What segments at several prices cost; those without a price cost nothing."""
    return total(
        Cost(price.currency, times(price.amount, count))
        for price, count in segments.items()
        if price is not None
    )


def total(costs: Iterable[Cost]) -> Costs:
    """Costs added up, in the order of their currencies."""
    amounts: dict[str | None, Decimal] = {}
    for currency, amount in costs:
        amounts[currency] = _exactly().add(amounts[currency], amount) if currency in amounts else amount
    return tuple(Cost(c, a) for c, a in sorted(amounts.items(), key=lambda item: item[0] or ""))


def portion(costs: Costs, rate: Decimal) -> Costs:
    """Costs at a rate, such as 0.02 of them."""
    return tuple(Cost(currency, _exactly().multiply(amount, rate)) for currency, amount in costs)


def _exactly() -> Context:
    """A context in which sums and products of money lose no digit."""
    return Context(prec=400, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])
