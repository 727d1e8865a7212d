"""The report of an estimate as a page: the bill, where it comes from, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from septet.campaign.estimates import GARBLED
from septet.destinations.masks import masked
from septet.gsm.segmentation import ENCODING_NAMES
from septet.views.drawing.estimate_facts import COST, SEGMENTS, facts, listed, money, priced
from septet.wording.languages import ENGLISH
from septet.wording.messages import counted, day, figure, joined, said
from septet.wording.problems import SEVERITIES, SEVERITY_NAMES, SEVERITY_ORDER
from septet.wording.quantities import billed_segments, messages, segments, units
from septet.wording.speaking import language_spoken, speaking, spoken

from .breakdown import characters, charts, countries
from .page import Node, Numbers, page, table, tag
from .preview import colophon, fact_list, how_it_is_planned
from .texts import bubbles

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from septet.campaign.estimates import Estimate
    from septet.campaign.rows.sources import Source
    from septet.campaign.samples import Sample, Samples
    from septet.planning.planner import Planner
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Words

# A shown message has so many segments at most: the longest may have hundreds.
_SEGMENTS = 4


def estimate_page(
    estimate: Estimate,
    samples: Samples,
    profile: Profile,
    name: str,
    *,
    source: Source | None = None,
    made: date | None = None,
    lang: str = ENGLISH,
    numbers: bool = False,
) -> str:
    """An estimate as a page of HTML. `name` is that of the file, `made` the day to put on the page.

    `source` says how the file was read, `lang`, ``"en"`` or ``"fr"``, is the language of the page;
    `numbers` shows the phone numbers of rows as they are, and not masked.

    Raises ValueError for another language, ModuleNotFoundError if Matplotlib is not installed.
    """
    with speaking(lang):
        return _page(estimate, samples, profile, name, source, made, numbers)


def _page(
    estimate: Estimate,
    samples: Samples,
    profile: Profile,
    name: str,
    source: Source | None,
    made: date | None,
    numbers: bool,
) -> str:
    when = "" if made is None else ", " + day(made)
    return page(
        said("What it will cost: %(file)s", file=name),
        tag(
            "header",
            tag("h1", said("What this campaign will cost")),
            tag("p", tag("bdi", name), f", {profile.title}", when),
        ),
        _verdict(estimate),
        _told_first(estimate, samples),
        _bill(estimate),
        countries(estimate),
        charts(estimate),
        characters(estimate, samples),
        _rejected(estimate, samples, numbers),
        _problems(estimate, samples),
        _previews(estimate, samples),
        tag(
            "section",
            tag("h2", said("How it was estimated")),
            fact_list(_how(estimate, samples.planner, source), "facts plain"),
        ),
        colophon(),
    )


def _verdict(estimate: Estimate) -> Element:
    faults = []
    if estimate.refused.rows:
        faults.append(
            counted(
                "%(number)s message must not be sent as it is",
                "%(number)s messages must not be sent as they are",
                estimate.refused.rows,
            )
        )
    if estimate.rejected:
        faults.append(
            counted(
                "%(number)s row could not be measured and is not in the bill",
                "%(number)s rows could not be measured and are not in the bill",
                estimate.rejected,
            )
        )
    if faults:
        return tag("p", joined(said("; "), faults) + ".", class_="verdict bad")
    if not estimate.rows:
        return tag("p", said("There are no messages."), class_="verdict mind")
    if "unread-tag" in estimate.problems:
        return tag("p", said("A merge tag is sent unchanged: see the warnings below."), class_="verdict mind")
    if estimate.garbled:
        told = said("Messages were probably read in the wrong charset: see below.")
        return tag("p", told, class_="verdict mind")
    if any(SEVERITIES[code] != "notice" for code in estimate.problems):
        return tag("p", said("All messages may be sent; check the warnings below."), class_="verdict mind")
    return tag("p", said("All messages may be sent."), class_="verdict good")


def _told_first(estimate: Estimate, samples: Samples) -> Sequence[Node]:
    """Comes before any figure: how many messages have another link or none, or are garbled, and the first."""
    told: list[Node] = []
    garbled = {GARBLED: estimate.garbled} if estimate.garbled else {}
    for code, number in {**estimate.lost_links, **garbled}.items():
        sample = samples.by_problem.get(code)
        first = "" if sample is None else " " + _reason(samples, sample, code)
        text = said(": %(messages)s.", messages=messages(number)) + first
        told.append(tag("p", tag("code", code), text, class_="verdict mind"))
    return told


def _bill(estimate: Estimate) -> Element:
    bill: Words = segments(estimate.segments)
    under: Words = said("of %(messages)s", messages=messages(estimate.measured))
    if estimate.costs:
        bill, under = (
            money(estimate.costs),
            said(
                "for %(segments)s of %(messages)s",
                segments=segments(estimate.segments),
                messages=messages(estimate.measured),
            ),
        )
    figures: list[tuple[Node, Node]] = [
        (label, value) for label, value in facts(estimate) if label not in (SEGMENTS, COST)
    ]
    if estimate.measured:
        average = figure(Decimal(f"{estimate.segments / estimate.measured:.2f}"))
        figures.insert(1, (said("On average"), said("%(average)s segments a message", average=average)))
    return tag(
        "section",
        tag("h2", said("The bill")),
        tag("p", bill, class_="bill"),
        tag("p", under, class_="soft"),
        fact_list(figures),
    )


def _rejected(estimate: Estimate, samples: Samples, numbers: bool) -> Sequence[Node]:
    """The rows that could not be measured: why, how many, and the first of each kind."""
    if not estimate.rejected:
        return []
    from septet.campaign.rejects import CODES

    def shown(text: str) -> str:
        return text if numbers else masked(spoken(text))

    rows: list[list[Node]] = []
    for code, number in estimate.rejects.items():
        first = [
            tag(
                "li",
                said("line %(line)s: %(reason)s: ", line=reject.line, reason=shown(reject.reason)),
                tag("bdi", shown(reject.row.decode("utf-8", "backslashreplace")), class_="soft"),
            )
            for reject in samples.rejects.get(code, ())
        ]
        rows.append([CODES[code], tag("code", code), figure(number), tag("ul", first, class_="examples")])
    title = said("Rows that could not be measured")
    headings = said("Why"), said("Code"), Numbers(said("Rows")), said("The first of them")
    return [
        tag(
            "section",
            tag("h2", title),
            table(title, headings, rows),
            class_="long",
        )
    ]


def _problems(estimate: Estimate, samples: Samples) -> Sequence[Node]:
    """The problems of measured messages, and what to know about them."""
    if not estimate.problems:
        return []
    rows: list[list[Node]] = []
    by_severity = sorted(
        estimate.problems.items(), key=lambda item: SEVERITY_ORDER.index(SEVERITIES[item[0]])
    )
    for code, number in by_severity:
        sample = samples.by_problem.get(code)
        rows.append(
            [
                tag("span", SEVERITY_NAMES[SEVERITIES[code]], class_=f"severity {SEVERITIES[code]}"),
                tag("code", code),
                figure(number),
                _OF_ROWS[code] if code in _OF_ROWS else _reason(samples, sample, code),
                "" if sample is None else _quoted(sample),
            ]
        )
    title = said("Refused messages, warnings and notices")
    headings = (
        *(said("Severity"), said("Code"), Numbers(said("Messages"))),
        *(said("Why, of the first"), said("The first of them")),
    )
    note = said("An error means that a message must not be sent as it is; it is still in the bill.")
    return [
        tag(
            "section",
            tag("h2", title),
            table(title, headings, rows),
            tag("p", note, class_="soft small"),
            class_="long",
        )
    ]


# The faults of rows that are not in their texts.
_OF_ROWS: Mapping[str, str] = {
    "not-mobile": said("The number is certainly not a mobile one."),
    "duplicate-recipient": said("An earlier row has the same number."),
    "quiet-hours": said("The vendor holds it back, by its clock."),
    "recipient-hours": said("It arrives outside the hours, by the local clock of the number."),
    "unread-tag": said("The template holds a merge tag that is sent unchanged."),
}


def _reason(samples: Samples, sample: Sample | None, code: str) -> str:
    if sample is None:
        return ""
    plan = samples.planner_for(sample.recipient).plan(sample.text)
    return next((problem.message for problem in plan.problems if problem.code == code), "")


def _quoted(sample: Sample) -> Node:
    if not sample.text:
        return tag("span", said("(empty)"), class_="none")
    return tag("bdi", sample.excerpt)


def _previews(estimate: Estimate, samples: Samples) -> Sequence[Node]:
    shown = [
        (said("A typical message"), _typical(estimate, samples)),
        (said("The shortest message"), samples.shortest),
        (said("The longest message"), samples.longest),
    ]
    columns = [
        _preview(title, sample, samples.planner_for(sample.recipient))
        for title, sample in shown
        if sample is not None
    ]
    if not columns:
        return []
    return [
        tag(
            "section",
            tag("h2", said("What the phones will show")),
            tag("div", columns, class_="previews"),
            class_="long",
        )
    ]


def _typical(estimate: Estimate, samples: Samples) -> Sample | None:
    """The first message of the median number of segments."""
    rows = 0
    for share in estimate.lengths:
        rows += share.rows
        if 2 * rows >= estimate.measured and share.value in samples.by_length:
            return samples.by_length[share.value]
    return None


def _preview(title: str, sample: Sample, planner: Planner) -> Element:
    plan = planner.plan(sample.text)
    figures = joined(
        ", ", (billed_segments(plan.billed_segments), units(plan.units), ENCODING_NAMES[plan.encoding])
    )
    return tag(
        "div",
        tag("h3", title),
        tag("p", figures, class_="soft small"),
        bubbles(plan.drawing(language_spoken()), _SEGMENTS),
    )


def _how(estimate: Estimate, planner: Planner, source: Source | None) -> Iterator[tuple[Node, Node]]:
    yield from how_it_is_planned(planner.terms)
    for name, label in _LABELS.items():
        if name in estimate.options:
            yield label, tag("bdi", _asked(estimate, name))
    if source is not None:
        yield said("Format of the file"), source.format.upper()
        if source.sheet is not None:
            yield said("Sheet"), source.sheet
        if source.delimiter is not None:
            yield said("Delimiter"), _DELIMITERS.get(source.delimiter, source.delimiter)
        if source.file_encoding is not None:
            yield said("Encoding of the file"), source.file_encoding
    yield said("Tables"), said("edition %(edition)s", edition=estimate.tables)


_LABELS: Mapping[str, str] = {
    "column": said("Column of the messages"),
    "template": said("Template"),
    "recipient": said("Column of the recipients"),
    "price": said("Price of a segment"),
    "currency": said("Currency"),
    "prices": said("Price list"),
    "on": said("Day of sending"),
    "optout_rate": said("Share that unsubscribes"),
    "country": said("Country"),
    "vat": said("VAT rate, in per cent"),
    "dedupe": said("Each number once"),
    "exclude": said("Opt-out list"),
    "mobiles_only": said("Mobile numbers only"),
    "rate": said("Segments a second"),
    "window": said("Your own hours"),
}
_NUMBERS = ("price", "optout_rate", "vat", "rate")
_DELIMITERS = {"\t": said("tab"), "\x1f": said("none: there is one column")}


def _asked(estimate: Estimate, name: str) -> str:
    """What was asked for, in words."""
    value = estimate.options[name]
    if name == "prices" and (prices := estimate.price_list) is not None:
        return priced(prices)
    if name == "exclude" and (excluded := estimate.exclusions) is not None:
        return listed(excluded)
    if name == "on":
        return day(date.fromisoformat(value))
    return figure(Decimal(value)) if name in _NUMBERS else _in_words(value)


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return said("yes") if value else said("no")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
