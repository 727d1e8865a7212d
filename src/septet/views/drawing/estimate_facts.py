"""Facts of an estimate: the figures of a campaign, in words and figures, for any kind of view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from septet.destinations.countries import WORLD
from septet.wording.messages import Words, amount, counted, figure, joined, moment, said
from septet.wording.quantities import segments
from septet.wording.quoting import printable

if TYPE_CHECKING:
    from septet.campaign.clocks import Sending
    from septet.campaign.costs import Cost
    from septet.campaign.estimates import Estimate
    from septet.campaign.exclusions import Exclusions
    from septet.campaign.figures import Fitted
    from septet.campaign.prices.lists import PriceList
    from septet.campaign.quotes import Line

#: Why a character is expensive.
KINDS = {"forces-ucs2": said("forces UCS-2"), "counts-double": said("counts double")}


def money(costs: Sequence[Cost]) -> Words:
    """Amounts with their currencies; empty if no price is known."""
    return joined(" + ", (amount(cost.amount, cost.currency or "") for cost in costs))


def facts(estimate: Estimate) -> Iterator[tuple[Words, Words]]:
    """The figures of an estimate: the name of each, and the figure in words."""
    yield said("Rows"), _rows(estimate)
    if left_out := list(left_out_of(estimate)):
        yield said("Left out"), joined(said("; "), left_out)
    if (excluded := estimate.exclusions) is not None:
        yield said("Opt-out list"), listed(excluded)
    if (again := estimate.duplicates) is not None and again.rows and "duplicate" not in estimate.left_out:
        yield (
            said("Duplicates"),
            counted(
                "%(number)s row has the number of an earlier one: %(more)s",
                "%(number)s rows have the number of an earlier one: %(more)s",
                again.rows,
                more=_more(again.segments, again.costs),
            ),
        )
    if any(kind not in ("mobile", "mobile-or-landline") for kind in estimate.kinds):
        kinds = (said("%(kind)s %(number)s", kind=NUMBERS[k], number=n) for k, n in estimate.kinds.items())
        yield said("Phone numbers"), joined(", ", kinds)
    if mended := list(_mended(estimate)):
        yield said("Cells"), joined(said("; "), mended)
    if tags := [_tag(tag.text, tag.dialect.name, column) for tag, column in estimate.tags]:
        yield said("Merge tags"), joined(said("; "), tags)
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
    for quote in estimate.quotes:
        currency = quote.currency or ""
        yield said("Without VAT"), amount(quote.net, currency)
        yield said("VAT at %(rate)s %%", rate=figure(quote.rate)), amount(quote.vat, currency)
        yield said("With VAT"), amount(quote.gross, currency)
    if estimate.quotes:
        yield said("Rounding"), said("the net amount once, then the VAT on the rounded amount, half up")
    if (sending := estimate.sending) is not None:
        yield said("Sending"), _time(sending)
        if hours := list(_hours(sending)):
            yield said("Quiet hours"), joined(said("; "), hours)
    optout = estimate.optout
    if optout.added or optout.already_there or optout.not_added:
        places = [counted("added to %(number)s row", "added to %(number)s rows", optout.added)]
        if optout.already_there:
            places.append(
                counted("already there in %(number)s", "already there in %(number)s", optout.already_there)
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
        yield said("Blanks"), said("%(blanks)s: --strip removes them", blanks=words)
    if estimate.truncation.rows:
        cut = estimate.truncation
        yield (
            said("Cut"),
            counted(
                "%(number)s row, which saves %(more)s",
                "%(number)s rows, which saves %(more)s",
                cut.rows,
                more=_more(cut.segments, cut.costs),
            ),
        )
    if (fitted := estimate.fitted) is not None:
        yield said("Fitted"), _fitted(fitted)
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


#: The possible kinds of phone numbers.
NUMBERS = {
    "mobile": said("mobile"),
    "mobile-or-landline": said("mobile or landline"),
    "landline": said("landline"),
    "premium": said("premium"),
    "freephone": said("freephone"),
    "other": said("other"),
}


def _rows(estimate: Estimate) -> Words:
    parts = {"rows": estimate.rows, "measured": estimate.measured, "rejected": estimate.rejected}
    left_out = estimate.rows - estimate.measured - estimate.rejected
    if not left_out:
        return said("%(rows)s = %(measured)s measured + %(rejected)s rejected", **parts)
    return said(
        "%(rows)s = %(measured)s measured + %(rejected)s rejected + %(left_out)s left out",
        left_out=left_out,
        **parts,
    )


def left_out_of(estimate: Estimate) -> Iterator[Words]:
    """What is left out, by the reason."""
    for why, number in estimate.left_out.items():
        if why == "blank-row":
            yield blank_rows(number)
        elif why == "excluded":
            yield counted("%(number)s on the opt-out list", "%(number)s on the opt-out list", number)
        elif why == "duplicate" and (again := estimate.duplicates) is not None:
            yield counted(
                "%(number)s duplicate, which saves %(more)s",
                "%(number)s duplicates, which saves %(more)s",
                number,
                more=_more(again.segments, again.costs),
            )
        else:
            yield said("%(kind)s %(number)s", kind=NUMBERS.get(why, why), number=number)


def listed(excluded: Exclusions) -> Words:
    """What an opt-out list holds."""
    words: Words = said("%(file)s: ", file=printable(excluded.name, 60))
    words += counted("%(number)s number", "%(number)s numbers", len(excluded))
    if excluded.unread:
        words += counted(
            "; %(number)s of its rows has no number, and excludes nobody",
            "; %(number)s of its rows have no number, and exclude nobody",
            excluded.unread,
        )
    return words


def _time(sending: Sending) -> Words:
    at = {"duration": _duration(sending.seconds), "rate": figure(sending.rate)}
    at |= {"begins": moment(sending.begins), "zone": joined("", (str(sending.begins.tzinfo),))}
    if sending.ends is None:
        return said("%(duration)s at %(rate)s segments a second, from %(begins)s (%(zone)s)", **at)
    return said(
        "%(duration)s at %(rate)s segments a second, from %(begins)s to %(ends)s (%(zone)s)",
        ends=moment(sending.ends),
        **at,
    )


def _duration(seconds: int) -> Words:
    """Days, hours and minutes; seconds for short times."""
    minutes = -(-seconds // 60)
    if seconds < 120:
        return said("%(number)s s", number=seconds)
    parts: list[Words] = []
    if days := minutes // 1440:
        parts.append(counted("%(number)s day", "%(number)s days", days))
    if hours := minutes // 60 % 24:
        parts.append(said("%(number)s h", number=hours))
    if minutes % 60 or not parts:
        parts.append(said("%(number)s min", number=minutes % 60))
    return joined(" ", parts)


def _hours(sending: Sending) -> Iterator[Words]:
    if not (sending.held_back or sending.at_quiet_hours or sending.uncertain):
        if sending.held_back is not None or sending.at_quiet_hours is not None:
            yield said("no row is affected")
        return
    if sending.held_back:
        yield counted(
            "%(number)s row is held back by the vendor, by the vendor's clock",
            "%(number)s rows are held back by the vendor, by the vendor's clock",
            sending.held_back,
        )
    if sending.at_quiet_hours:
        yield counted(
            "%(number)s row arrives outside these hours, by the local clock of its number",
            "%(number)s rows arrive outside these hours, by the local clocks of their numbers",
            sending.at_quiet_hours,
        )
    if sending.uncertain:
        yield counted(
            "%(number)s may: its number belongs to a country with several time zones, or to none",
            "%(number)s may: their numbers belong to a country with several time zones, or to none",
            sending.uncertain,
        )


def priced(prices: PriceList) -> Words:
    """What a price list holds."""
    words: Words = joined("", (printable(prices.name, 60), ", ") if prices.name else ())
    words += counted("%(number)s price", "%(number)s prices", len(prices.entries))
    return words + said(" in %(currencies)s", currencies=", ".join(prices.currencies))


def country_in_words(country: str) -> Words:
    """A country by its code; other destinations by their kind."""
    return said("no single country") if country == WORLD else joined("", (country,))


def price_line(line: Line) -> Words:
    """The name of a line of a bill: the destination of the price list, and the price."""
    if line.price is None:
        return joined("", ())
    price = amount(line.price, line.currency or "")
    if line.destination is None:
        return price
    return said("%(destination)s at %(price)s", destination=printable(line.destination), price=price)


def blank_rows(number: int) -> Words:
    """The name of rows of only delimiters."""
    return counted("%(number)s row with only empty cells", "%(number)s rows with only empty cells", number)


def _tag(tag: str, dialect: str, column: str | None) -> Words:
    if column is not None:
        return said("%(tag)s is the column %(column)s", tag=printable(tag), column=printable(column))
    return said(
        "%(tag)s is sent unchanged: write {%(name)s} for a column, or --tags %(dialect)s",
        tag=printable(tag),
        name=said("name"),
        dialect=dialect,
    )


def _mended(estimate: Estimate) -> Iterator[Words]:
    if surplus := estimate.mended.get("surplus-cells"):
        yield counted(
            "%(number)s row has empty cells after the last column, which are ignored",
            "%(number)s rows have empty cells after the last column, which are ignored",
            surplus,
        )
    if missing := estimate.mended.get("missing-cell"):
        yield counted(
            "%(number)s row has no last cell, which is read as empty",
            "%(number)s rows have no last cell, which is read as empty",
            missing,
        )
    if stripped := estimate.mended.get("stripped"):
        yield counted(
            "%(number)s row had blanks around a value, which were removed",
            "%(number)s rows had blanks around a value, which were removed",
            stripped,
        )
    if lost := estimate.mended.get("lost-zero"):
        yield counted(
            "%(number)s number has no first 0, because the format of the sheet hid it: it is read with 0",
            "%(number)s numbers have no first 0, because the format of the sheet hid it: they are read with "
            "0",
            lost,
        )


#: The names in `facts` of what a page shows larger.
SEGMENTS, COST = said("Segments"), said("Cost")


def _more(number: int, costs: Sequence[Cost]) -> Words:
    if not costs or not number:
        return segments(number)
    return said("%(segments)s (%(cost)s)", segments=segments(number), cost=money(costs))


def percentage(part: int, of: int) -> Words:
    """A share in per cent, with one digit; 0 and 100 only for nothing and for all."""
    if part in (0, of):
        return said("%(share)s %%", share=100 if part else 0)
    share = round(100 * part / of, 1)
    if share == 0:
        return said("< %(share)s %%", share=figure(Decimal("0.1")))
    if share == 100:
        return said("> %(share)s %%", share=figure(Decimal("99.9")))
    return said("%(share)s %%", share=figure(Decimal(str(share))))


def _fitted(fitted: Fitted) -> Words:
    """The changes of rows that make them fit."""
    parts: list[Words] = [
        counted(
            "%(field)s cut by %(number)s character in %(rows)s",
            "%(field)s cut by %(number)s characters in %(rows)s",
            each.characters,
            field=each.field,
            rows=counted("%(number)s row", "%(number)s rows", each.rows),
        )
        for each in fitted.fields
        if each.rows
    ]
    if fitted.reworded:
        parts.append(counted("%(number)s row reworded", "%(number)s rows reworded", fitted.reworded))
    if fitted.with_tail:
        parts.append(
            counted(
                "%(number)s row with a free addition at the end",
                "%(number)s rows with a free addition at the end",
                fitted.with_tail,
            )
        )
    return joined(said("; "), parts) if parts else said("nothing had to be changed")
