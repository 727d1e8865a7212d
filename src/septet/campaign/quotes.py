"""Quotes: a bill for those who pay it, by country and price, without the tax and with it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import TYPE_CHECKING, NamedTuple

from septet.planning.pricing import times

from .costs import costs_of
from .prices.money import minor_digits

if TYPE_CHECKING:
    from .costs import Costs
    from .prices.entries import Price
    from .tallies import Tally


class Line(NamedTuple):
    """The measured rows of a country that have one price."""

    #: The destination of the price list; None where the price is the same everywhere.
    destination: str | None
    #: What a segment costs; None without a price.
    price: Decimal | None
    #: ISO 4217; None where none was given.
    currency: str | None
    rows: int
    segments: int
    costs: Costs


class CountryShare(NamedTuple):
    """The measured rows that go to one country."""

    #: ISO 3166-1 alpha-2; ``"001"``, the world, for numbers of no single country.
    country: str
    rows: int
    segments: int
    costs: Costs
    lines: tuple[Line, ...]


class Quote(NamedTuple):
    """The amount to pay in one currency, in its own smallest unit.

    The sum is rounded once, half up; the tax is calculated from the rounded sum and rounded in the same way
    (EN 16931, BR-CO-17). Lines by country are exact and not rounded.
    """

    currency: str | None
    #: Without the tax.
    net: Decimal
    #: In per cent.
    rate: Decimal
    vat: Decimal
    #: With the tax.
    gross: Decimal


def countries_of(tally: Tally) -> tuple[CountryShare, ...]:
    """The measured rows by country, those with the most segments first, and in each by price."""
    rows = dict(tally.of("going", "rows"))
    segments = dict(tally.of("going", "segments"))
    lines: dict[str, list[Line]] = {}
    prices: dict[str, dict[Price | None, int]] = {}
    for key, number in rows.items():
        country, destination, price = key
        billed = segments.get(key, 0)
        costs = costs_of({price: billed})
        amount, currency = price or (None, None)
        lines.setdefault(country, []).append(Line(destination, amount, currency, number, billed, costs))
        own = prices.setdefault(country, {})
        own[price] = own.get(price, 0) + billed
    found = [
        CountryShare(
            country,
            sum(line.rows for line in those),
            sum(line.segments for line in those),
            costs_of(prices[country]),
            tuple(sorted(those, key=lambda line: (-line.segments, line.destination or ""))),
        )
        for country, those in lines.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.segments, -one.rows, one.country)))


def quotes_of(costs: Costs, rate: Decimal) -> tuple[Quote, ...]:
    """The quotes for costs with a tax in per cent, one for each currency."""
    found = []
    for currency, amount in costs:
        digits = minor_digits(currency)
        net = _rounded(amount, digits)
        vat = _rounded(times(rate.scaleb(-2), int(net.scaleb(digits))).scaleb(-digits), digits)
        found.append(Quote(currency, net, rate, vat, _EXACT.add(net, vat)))
    return tuple(found)


_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)


def _rounded(amount: Decimal, digits: int) -> Decimal:
    return amount.quantize(Decimal(1).scaleb(-digits), context=_EXACT)
