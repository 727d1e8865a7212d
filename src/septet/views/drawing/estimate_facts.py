"""Facts of an estimate: what a campaign comes to, in words and figures, for any kind of view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .facts import count_of, grouped, plain_number

if TYPE_CHECKING:
    from septet.campaign.costs import Cost
    from septet.campaign.estimates import Estimate

#: Why a character is expensive.
KINDS = {"forces-ucs2": "forces UCS-2", "counts-double": "counts double"}


def money(costs: Sequence[Cost]) -> str:
    """Amounts with their currencies; nothing where no price is known."""
    return " + ".join(grouped(cost.amount) + (f" {cost.currency}" if cost.currency else "") for cost in costs)


def some(number: int, noun: str) -> str:
    """A number of things, in groups of three digits."""
    return count_of(number, noun).replace(str(number), grouped(number), 1)


def facts(estimate: Estimate) -> Iterator[tuple[str, str]]:
    """What an estimate comes to: what each figure is, and the figure in words."""
    yield (
        "Rows",
        f"{grouped(estimate.rows)} = {grouped(estimate.measured)} measured "
        f"+ {grouped(estimate.rejected)} rejected",
    )
    yield "Segments", grouped(estimate.segments)
    if estimate.costs:
        yield "Cost", money(estimate.costs)
    optout = estimate.optout
    if optout.added or optout.already_there or optout.not_added:
        places = [
            f"added to {some(optout.added, 'row')}",
            f"there already in {grouped(optout.already_there)}" if optout.already_there else "",
            f"no room for it in {grouped(optout.not_added)}" if optout.not_added else "",
        ]
        adds = f"; it adds {_more(optout.segments, optout.costs)}" if optout.added else ""
        yield "Opt-out", ", ".join(filter(None, places)) + adds
    if estimate.truncation.rows:
        cut = estimate.truncation
        yield "Cut", f"{some(cut.rows, 'row')}, which spares {_more(cut.segments, cut.costs)}"
    if (expected := estimate.unsubscriptions) is not None:
        each = count_of(expected.billed_segments, "segment")
        cost = f": {money(expected.costs)}" if expected.costs else ""
        yield (
            "Unsubscribed",
            f"{grouped(expected.expected)} expected at {plain_number((expected.rate * 100).normalize())} %, "
            f"{each} each{cost}",
        )


def _more(segments: int, costs: Sequence[Cost]) -> str:
    return some(segments, "segment") + (f" ({money(costs)})" if costs and segments else "")


def percentage(rows: int, of: int) -> str:
    """A share in per cent, with one digit; never 0 or 100 for what is neither nothing nor all."""
    if rows in (0, of):
        return "100 %" if rows else "0 %"
    share = round(100 * rows / of, 1)
    if share == 0:
        return "< 0.1 %"
    return "> 99.9 %" if share == 100 else f"{share} %"
