"""The report of a calibration as a page: what was billed otherwise than planned, and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from septet.gsm.segmentation import ENCODING_NAMES
from septet.views.drawing.calibration_facts import explained, facts, verdict
from septet.wording.languages import ENGLISH
from septet.wording.messages import day, figure, listed, said
from septet.wording.speaking import speaking

from .page import Node, Numbers, page, table, tag
from .preview import colophon, fact_list, how_it_is_planned

if TYPE_CHECKING:
    from decimal import Decimal

    from septet.campaign.calibration.calibrations import Calibration
    from septet.planning.terms import Terms


def calibration_page(
    found: Calibration, terms: Terms, name: str, *, made: date | None = None, lang: str = ENGLISH
) -> str:
    """A calibration as a page of HTML. `name` is that of the file, `made` the day to put on the page.

    `terms` are those of the plans. Raises ValueError for a language that septet does not have.
    """
    with speaking(lang):
        return _page(found, terms, name, made)


def _page(found: Calibration, terms: Terms, name: str, made: date | None) -> str:
    when = "" if made is None else ", " + day(made)
    kind, words = verdict(found)
    return page(
        said("What was billed: %(file)s", file=name),
        tag(
            "header",
            tag("h1", said("What was billed, and what was planned")),
            tag("p", tag("bdi", name), f", {terms.profile.title}", when),
        ),
        tag("p", words, class_=f"verdict {kind}"),
        tag("section", tag("h2", said("The figures")), fact_list(facts(found))),
        _causes(found),
        _unexplained(found),
        tag(
            "section",
            tag("h2", said("How it was planned")),
            fact_list(how_it_is_planned(terms), "facts plain"),
            tag("p", said("Tried: %(rules)s", rules=listed(found.tried)), class_="soft small"),
        ),
        colophon(),
    )


def _causes(found: Calibration) -> Sequence[Node]:
    if not found.causes:
        return []
    rows: list[list[Node]] = [
        [
            tag("code", cause.rule),
            cause.words,
            figure(cause.rows),
            figure(cause.segments),
            tag("ul", [tag("li", sentence) for sentence in explained(cause)], class_="examples"),
        ]
        for cause in found.causes
    ]
    title = said("Why")
    headings = (
        *(said("Rule"), said("What it says"), Numbers(said("Rows")), Numbers(said("Segments"))),
        said("What to know"),
    )
    return [tag("section", tag("h2", title), table(title, headings, rows), class_="long")]


def _unexplained(found: Calibration) -> Sequence[Node]:
    if not found.unexplained_rows:
        return []
    rows: list[list[Node]] = [
        [
            figure(row.line) if row.file is None else f"{row.file}, {row.line}",
            figure(row.planned),
            ENCODING_NAMES[row.planned_encoding],
            figure(row.billed),
            "" if row.billed_encoding is None else ENCODING_NAMES[row.billed_encoding],
            _amount(row.expected_price),
            _amount(row.price),
            tag("bdi", row.text),
        ]
        for row in found.unexplained_rows
    ]
    title = said("Rows that nothing explains")
    headings = (
        *(said("Line"), Numbers(said("Planned")), said("Encoding"), Numbers(said("Billed"))),
        *(said("Encoding of the bill"), Numbers(said("Price of the list")), Numbers(said("Price"))),
        said("Text"),
    )
    return [tag("section", tag("h2", title), table(title, headings, rows), class_="long")]


def _amount(amount: Decimal | None) -> Node:
    return "" if amount is None else figure(amount)
