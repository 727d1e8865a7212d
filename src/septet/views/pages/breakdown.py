"""The breakdown of a bill on its page: by number of segments, by encoding, and by character."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from septet.gsm.segmentation import ENCODING_NAMES
from septet.views.drawing.estimate_facts import KINDS, country_in_words, money, percentage, price_line
from septet.wording.messages import counted, figure, said
from septet.wording.speaking import spoken

from .charts import Bar, bar_chart
from .page import Node, Numbers, table, tag

if TYPE_CHECKING:
    from decimal import Decimal
    from xml.etree.ElementTree import Element

    from septet.campaign.estimates import Estimate
    from septet.campaign.figures import Share
    from septet.campaign.samples import Samples
    from septet.wording.messages import Words

#: The characters that are listed, and the bars of a chart.
MOST_CHARACTERS, MOST_BARS = 10, 8


def charts(estimate: Estimate) -> Sequence[Node]:
    """The cost by the number of segments and by encoding, if anything was measured."""
    if not estimate.measured:
        return []
    from septet.campaign.figures import together

    by_length: list[tuple[str, Share]] = [(figure(share.value), share) for share in estimate.lengths]
    if len(by_length) > MOST_BARS:
        kept, rest = by_length[: MOST_BARS - 1], by_length[MOST_BARS - 1 :]
        most = said("%(number)s or more", number=rest[0][1].value)
        by_length = [*kept, (most, together(share for _, share in rest))]
    by_encoding = [(ENCODING_NAMES[str(share.value)], share) for share in estimate.encodings]
    if _is_in_money(estimate):
        titles = said("Cost by number of segments"), said("Cost by encoding")
        if estimate.currency:
            titles = (
                said("Cost by number of segments, %(currency)s", currency=estimate.currency),
                said("Cost by encoding, %(currency)s", currency=estimate.currency),
            )
    else:
        titles = said("Billed segments by number of segments"), said("Billed segments by encoding")
    return [
        tag(
            "div",
            _chart(estimate, titles[0], said("Segments"), by_length),
            _chart(estimate, titles[1], said("Encoding"), by_encoding, "ucs2"),
            class_="charts",
        )
    ]


def _is_in_money(estimate: Estimate) -> bool:
    """Whether costs are drawn: not if there is no price, or if there are several currencies."""
    return estimate.cost is not None and bool(estimate.costs)


def _chart(
    estimate: Estimate,
    title: Words,
    heading: Words,
    shares: Sequence[tuple[str, Share]],
    stands_out: str = "",
) -> Element:
    """Bars of the cost, or of segments, and the figures."""
    in_money = _is_in_money(estimate)
    bars = []
    for label, share in shares:
        value: Decimal | int = share.costs[0].amount if in_money and share.costs else share.segments
        is_other = bool(stands_out) and share.value == stands_out
        bars.append(Bar(spoken(label), float(value), spoken(figure(value)), is_other))
    rows = [
        [
            label,
            figure(share.rows),
            figure(share.segments),
            *([money(share.costs)] if estimate.costs else []),
            percentage(share.rows, estimate.measured),
        ]
        for label, share in shares
    ]
    cost = [Numbers(said("Cost"))] if estimate.costs else []
    headings: tuple[str | Numbers, ...] = (
        *(heading, Numbers(said("Messages")), Numbers(said("Billed"))),
        *(*cost, Numbers(said("Share of messages"))),
    )
    return tag("section", tag("h2", title), bar_chart(spoken(title), bars), table(title, headings, rows))


def countries(estimate: Estimate) -> Sequence[Node]:
    """The rows, the segments and the cost of each country, and of each price in it."""
    if not estimate.countries:
        return []
    rows: list[list[Node]] = []
    for country in estimate.countries:
        for place, line in enumerate(country.lines):
            rows.append(
                [
                    country_in_words(country.country) if not place else "",
                    price_line(line),
                    figure(line.rows),
                    figure(line.segments),
                    *([money(line.costs)] if estimate.costs else []),
                    percentage(line.rows, estimate.measured),
                ]
            )
    title = said("The bill by country")
    cost = [Numbers(said("Cost"))] if estimate.costs else []
    headings: tuple[str | Numbers, ...] = (
        *(said("Country"), said("Price of a segment"), Numbers(said("Messages")), Numbers(said("Billed"))),
        *(*cost, Numbers(said("Share of messages"))),
    )
    return [tag("section", tag("h2", title), table(title, headings, rows), class_="long")]


def characters(estimate: Estimate, samples: Samples) -> Sequence[Node]:
    """The characters that cost the most, each with a message that has it, if any costs more than others."""
    costly = [found for found in estimate.characters if found.segments > 0]
    if not costly:
        return []
    headings: list[Words | Numbers] = [said("Character"), said("Why"), Numbers(said("Messages"))]
    headings += [Numbers(said("Extra segments")), Numbers(said("Saved alone"))]
    headings += [Numbers(said("Extra cost"))] if estimate.costs else []
    headings.append(said("Such as"))
    rows: list[list[Node | list[Node]]] = []
    for found in costly[:MOST_CHARACTERS]:
        name = unicodedata.name(found.character, "")
        mark = tag("mark", found.character, class_="forces" if found.kind == "forces-ucs2" else "costs")
        row: list[Node | list[Node]] = [
            [
                tag("bdi", mark),
                " ",
                tag("span", f"U+{ord(found.character):04X} {name}".strip(), class_="soft small"),
            ],
            KINDS[found.kind],
            figure(found.rows),
            figure(found.segments),
            figure(found.segments_alone),
        ]
        if estimate.costs:
            row.append(money(found.costs))
        rows.append([*row, _example(samples, found.character, found.kind)])
    more = len(costly) - len(rows)
    notes = said(
        "Extra segments are those that the character adds to its messages; a message with several such "
        "characters counts for each. Saved alone: by replacing only this character."
    )
    others = counted("%(number)s other not listed.", "%(number)s others not listed.", more)
    title = said("The most expensive characters")
    return [
        tag(
            "section",
            tag("h2", title),
            table(title, headings, rows),
            tag("p", notes, " " + others if more else "", class_="soft small"),
            class_="long",
        )
    ]


def _example(samples: Samples, character: str, kind: str) -> Node:
    example = samples.by_character.get(character)
    if example is None:
        return ""
    mark = tag("mark", example.character, class_="forces" if kind == "forces-ucs2" else "costs")
    return tag("bdi", example.before, mark, example.after)
