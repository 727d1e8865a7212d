"""The breakdown of a bill on its page: by number of segments, by encoding, and by character."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from septet.gsm.segmentation import ENCODING_NAMES
from septet.views.drawing.estimate_facts import KINDS, money, percentage
from septet.views.drawing.facts import count_of, grouped

from .charts import Bar, bar_chart
from .page import Node, table, tag

if TYPE_CHECKING:
    from decimal import Decimal
    from xml.etree.ElementTree import Element

    from septet.campaign.estimates import Estimate
    from septet.campaign.figures import Share
    from septet.campaign.samples import Samples

#: The characters that are listed, and the bars of a chart.
MOST_CHARACTERS, MOST_BARS = 10, 8


def charts(estimate: Estimate) -> Sequence[Node]:
    """The cost by the number of segments and by encoding, if anything was measured."""
    if not estimate.measured:
        return []
    from septet.campaign.figures import together

    by_length = [(grouped(share.value), share) for share in estimate.lengths]
    if len(by_length) > MOST_BARS:
        kept, rest = by_length[: MOST_BARS - 1], by_length[MOST_BARS - 1 :]
        by_length = [*kept, (f"{grouped(rest[0][1].value)} or more", together(share for _, share in rest))]
    by_encoding = [(ENCODING_NAMES[str(share.value)], share) for share in estimate.encodings]
    return [
        tag(
            "div",
            _chart(estimate, "number of segments", "Segments", by_length),
            _chart(estimate, "encoding", "Encoding", by_encoding, "ucs2"),
            class_="charts",
        )
    ]


def _chart(
    estimate: Estimate, by: str, heading: str, shares: Sequence[tuple[str, Share]], stands_out: str = ""
) -> Element:
    """Bars of the cost, or of segments where no price, or several currencies are known; and the figures."""
    in_money = estimate.cost is not None and bool(estimate.costs)
    currency = f", {estimate.currency}" if in_money and estimate.currency else ""
    title = f"{'Cost' if in_money else 'Billed segments'} by {by}{currency}"
    bars = []
    for label, share in shares:
        amount: Decimal | int = share.costs[0].amount if in_money and share.costs else share.segments
        bars.append(
            Bar(label, float(amount), grouped(amount), bool(stands_out) and share.value == stands_out)
        )
    rows = [
        [
            label,
            grouped(share.rows),
            grouped(share.segments),
            *([money(share.costs)] if estimate.costs else []),
            percentage(share.rows, estimate.measured),
        ]
        for label, share in shares
    ]
    cost = ["#Cost"] if estimate.costs else []
    headings = (heading, "#Messages", "#Billed", *cost, "#Of messages")
    return tag("section", tag("h2", title), bar_chart(title, bars), table(title, headings, rows))


def characters(estimate: Estimate, samples: Samples) -> Sequence[Node]:
    """The characters that cost the most, each with a message that has it, if any costs more than others."""
    costly = [found for found in estimate.characters if found.segments > 0]
    if not costly:
        return []
    headings = ["Character", "Why", "#Messages", "#Segments more", "#Spared alone"]
    headings += [*(["#Cost more"] if estimate.costs else []), "Such as"]
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
            grouped(found.rows),
            grouped(found.segments),
            grouped(found.segments_alone),
        ]
        if estimate.costs:
            row.append(money(found.costs))
        rows.append([*row, _example(samples, found.character, found.kind)])
    more = len(costly) - len(rows)
    notes = (
        "Segments more are those that messages with the character are billed because of what it does; "
        "a message with several such characters counts for each. "
        "Spared alone: by replacing this one and no other."
    )
    return [
        tag(
            "section",
            tag("h2", "The most expensive characters"),
            table("The most expensive characters", headings, rows),
            tag("p", notes, f" {count_of(more, 'other')} not listed." if more else "", class_="soft small"),
            class_="long",
        )
    ]


def _example(samples: Samples, character: str, kind: str) -> Node:
    example = samples.by_character.get(character)
    if example is None:
        return ""
    mark = tag("mark", example.character, class_="forces" if kind == "forces-ucs2" else "costs")
    return tag("bdi", example.before, mark, example.after)
