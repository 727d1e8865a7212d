"""Facts of an estimate: what a campaign comes to, in words and figures, for any kind of view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from septet.wording.messages import Words, amount, counted, figure, joined, said
from septet.wording.quantities import segments
from septet.wording.quoting import printable

if TYPE_CHECKING:
    from septet.campaign.costs import Cost
    from septet.campaign.estimates import Estimate

#: Why a character is expensive.
KINDS = {"forces-ucs2": said("forces UCS-2"), "counts-double": said("counts double")}


def money(costs: Sequence[Cost]) -> Words:
    """Amounts with their currencies; nothing where no price is known."""
    return joined(" + ", (amount(cost.amount, cost.currency or "") for cost in costs))


def facts(estimate: Estimate) -> Iterator[tuple[Words, Words]]:
    """What an estimate comes to: what each figure is, and the figure in words."""
    yield (
        said("Rows"),
        said(
            "%(rows)s = %(measured)s measured + %(rejected)s rejected",
            rows=estimate.rows,
            measured=estimate.measured,
            rejected=estimate.rejected,
        ),
    )
    if blank := estimate.left_out.get("blank-row"):
        yield said("Left out"), blank_rows(blank)
    if mended := list(_mended(estimate)):
        yield said("Cells"), joined("; ", mended)
    if tags := [_tag(tag.text, tag.dialect.name, column) for tag, column in estimate.tags]:
        yield said("Merge tags"), joined("; ", tags)
    if "\\n" in estimate.options.get("template", ""):
        yield (
            said("Template"),
            said(
                "\\n in it is sent as these two characters: for a line break, type one, write $'…\\n…' in a "
                "shell, or use --template-file"
            ),
        )
    yield SEGMENTS, figure(estimate.segments)
    if estimate.costs:
        yield COST, money(estimate.costs)
    optout = estimate.optout
    if optout.added or optout.already_there or optout.not_added:
        places = [counted("added to %(number)s row", "added to %(number)s rows", optout.added)]
        if optout.already_there:
            places.append(
                counted("there already in %(number)s", "there already in %(number)s", optout.already_there)
            )
        if optout.not_added:
            places.append(
                counted("no room for it in %(number)s", "no room for it in %(number)s", optout.not_added)
            )
        words: Words = joined(", ", places)
        if optout.added:
            words += said("; it adds %(more)s", more=_more(optout.segments, optout.costs))
        yield said("Opt-out"), words
    if (blanks := estimate.blanks).rows:
        words = counted(
            "%(number)s row has blanks around a value",
            "%(number)s rows have blanks around a value",
            blanks.rows,
        )
        if blanks.segments:
            words = said(
                "%(rows)s, which add %(more)s", rows=words, more=_more(blanks.segments, blanks.costs)
            )
        yield said("Blanks"), said("%(blanks)s: --strip takes them away", blanks=words)
    if estimate.truncation.rows:
        cut = estimate.truncation
        yield (
            said("Cut"),
            counted(
                "%(number)s row, which spares %(more)s",
                "%(number)s rows, which spares %(more)s",
                cut.rows,
                more=_more(cut.segments, cut.costs),
            ),
        )
    if (expected := estimate.unsubscriptions) is not None:
        unsubscribed: Words = said(
            "%(expected)s expected at %(rate)s %%, %(segments)s each",
            expected=figure(expected.expected),
            rate=figure((expected.rate * 100).normalize()),
            segments=segments(expected.billed_segments),
        )
        if expected.costs:
            unsubscribed += said(": %(cost)s", cost=money(expected.costs))
        yield said("Unsubscribed"), unsubscribed


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
    if stripped := estimate.mended.get("stripped"):
        yield counted(
            "%(number)s row had blanks around a value, which are taken away",
            "%(number)s rows had blanks around a value, which are taken away",
            stripped,
        )
    if lost := estimate.mended.get("lost-zero"):
        yield counted(
            "%(number)s number lacks its first 0, which the format of the sheet hid: it is read with it",
            "%(number)s numbers lack their first 0, which the format of the sheet hid: they are read with it",
            lost,
        )


#: What `facts` calls what a page shows larger.
SEGMENTS, COST = said("Segments"), said("Cost")


def _more(number: int, costs: Sequence[Cost]) -> Words:
    if not costs or not number:
        return segments(number)
    return said("%(segments)s (%(cost)s)", segments=segments(number), cost=money(costs))


def percentage(part: int, of: int) -> Words:
    """A share in per cent, with one digit; never 0 or 100 for what is neither nothing nor all."""
    if part in (0, of):
        return said("%(share)s %%", share=100 if part else 0)
    share = round(100 * part / of, 1)
    if share == 0:
        return said("< %(share)s %%", share=figure(Decimal("0.1")))
    if share == 100:
        return said("> %(share)s %%", share=figure(Decimal("99.9")))
    return said("%(share)s %%", share=figure(Decimal(str(share))))
