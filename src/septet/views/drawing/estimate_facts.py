"""Facts of an estimate: what a campaign comes to, in words and figures, for any kind of view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from septet.wording.messages import counted, joined, said
from septet.wording.quoting import printable
from septet.wording.speaking import spoken

from .facts import count_of, grouped, plain_number

if TYPE_CHECKING:
    from septet.campaign.costs import Cost
    from septet.campaign.estimates import Estimate
    from septet.wording.messages import Words

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
    if blank := estimate.left_out.get("blank-row"):
        yield spoken(said("Left out")), spoken(blank_rows(blank))
    if words := list(_mended(estimate)):
        yield spoken(said("Cells")), spoken(joined("; ", words))
    if words := [_tag(tag.text, tag.dialect.name, column) for tag, column in estimate.tags]:
        yield spoken(said("Merge tags")), spoken(joined("; ", words))
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


def blank_rows(number: int) -> Words:
    """What rows of only delimiters are called."""
    return counted(
        "%(number)s row of nothing but empty cells", "%(number)s rows of nothing but empty cells", number
    )


def _tag(tag: str, dialect: str, column: str | None) -> Words:
    if column is not None:
        return said("%(tag)s is the column %(column)s", tag=printable(tag), column=printable(column))
    return said(
        "%(tag)s is sent as it stands: write {%(name)s} for a column, or --tags %(dialect)s",
        tag=printable(tag),
        name=said("name"),
        dialect=dialect,
    )


def _mended(estimate: Estimate) -> Iterator[Words]:
    if surplus := estimate.mended.get("surplus-cells"):
        yield counted(
            "%(number)s row has empty cells behind the last column, which are left out",
            "%(number)s rows have empty cells behind the last column, which are left out",
            surplus,
        )
    if missing := estimate.mended.get("missing-cell"):
        yield counted(
            "%(number)s row lacks its last cell, which is taken as empty",
            "%(number)s rows lack their last cell, which is taken as empty",
            missing,
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
