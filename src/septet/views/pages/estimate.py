"""The report of an estimate as a page: the bill, where it comes from, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from septet.gsm.segmentation import ENCODING_NAMES
from septet.views.drawing.estimate_facts import facts, money, some
from septet.views.drawing.facts import count_of, grouped
from septet.views.drawing.marks import Marks
from septet.wording.problems import SEVERITIES, SEVERITY_ORDER

from .breakdown import characters, charts
from .page import SCREEN, Node, page, table, tag
from .preview import colophon, fact_list, how_it_is_planned
from .texts import bubbles

if TYPE_CHECKING:
    from datetime import date
    from xml.etree.ElementTree import Element

    from septet.campaign.estimates import Estimate
    from septet.campaign.rows.sources import Source
    from septet.campaign.samples import Sample, Samples
    from septet.planning.planner import Planner
    from septet.vendors.profiles import Profile

# Of a message that is shown, so many segments: the longest may have hundreds.
_SEGMENTS = 4


def estimate_page(
    estimate: Estimate,
    samples: Samples,
    profile: Profile,
    name: str,
    *,
    source: Source | None = None,
    made: date | None = None,
) -> str:
    """An estimate as a page of HTML. `name` is that of the file, `made` the day to put on the page.

    `source` says how the file was read.

    Raises ModuleNotFoundError where Matplotlib is not installed.
    """
    day = "" if made is None else f", {made.isoformat()}"
    return page(
        f"What it will cost: {name}",
        tag(
            "header",
            tag("h1", "What this campaign will cost"),
            tag("p", tag("bdi", name), f", {profile.title}{day}"),
        ),
        _verdict(estimate),
        _lost_links(estimate, samples),
        _bill(estimate),
        charts(estimate),
        characters(estimate, samples),
        _rejected(estimate, samples),
        _problems(estimate, samples),
        _previews(estimate, samples),
        tag(
            "section",
            tag("h2", "How it was estimated"),
            fact_list(_how(estimate, samples.planner, source), "facts plain"),
        ),
        colophon(),
    )


def _verdict(estimate: Estimate) -> Element:
    faults = []
    if estimate.refused.rows:
        are = (
            "message must not be sent as it is"
            if estimate.refused.rows == 1
            else "messages must not be sent as they are"
        )
        faults.append(f"{grouped(estimate.refused.rows)} {are}")
    if estimate.rejected:
        could = "1 row could" if estimate.rejected == 1 else f"{grouped(estimate.rejected)} rows could"
        faults.append(
            f"{could} not be measured, and the bill is without {'it' if estimate.rejected == 1 else 'them'}"
        )
    if faults:
        return tag("p", "; ".join(faults) + ".", class_="verdict bad")
    if not estimate.rows:
        return tag("p", "There is no message in it.", class_="verdict mind")
    if estimate.problems:
        return tag("p", "All messages may be sent; mind the warnings below.", class_="verdict mind")
    return tag("p", "All messages may be sent.", class_="verdict good")


def _lost_links(estimate: Estimate, samples: Samples) -> Sequence[Node]:
    """Said before any figure: how many messages have lost a link or have another one, and the first."""
    told: list[Node] = []
    for code, number in estimate.lost_links.items():
        sample = samples.by_problem.get(code)
        first = "" if sample is None else f" {_reason(samples, sample, code)}"
        told.append(
            tag("p", tag("code", code), f": {some(number, 'message')}.{first}", class_="verdict mind")
        )
    return told


def _bill(estimate: Estimate) -> Element:
    bill = money(estimate.costs) if estimate.costs else some(estimate.segments, "segment")
    messages = some(estimate.measured, "message")
    under = f"for {some(estimate.segments, 'segment')} of {messages}" if estimate.costs else f"of {messages}"
    figures = [(label, value) for label, value in facts(estimate) if label not in ("Segments", "Cost")]
    if estimate.measured:
        figures.insert(1, ("On average", f"{estimate.segments / estimate.measured:.2f} segments a message"))
    return tag(
        "section",
        tag("h2", "The bill"),
        tag("p", bill, class_="bill"),
        tag("p", under, class_="soft"),
        fact_list(figures),
    )


def _rejected(estimate: Estimate, samples: Samples) -> Sequence[Node]:
    """The rows that could not be measured: why, how many, and the first of each kind."""
    if not estimate.rejected:
        return []
    from septet.campaign.rejects import CODES

    rows: list[list[Node]] = []
    for code, number in estimate.rejects.items():
        first = [
            tag(
                "li",
                f"line {grouped(reject.line)}: {reject.reason}: ",
                tag("bdi", reject.row.decode("utf-8", "backslashreplace"), class_="soft"),
            )
            for reject in samples.rejects.get(code, ())
        ]
        rows.append(
            [f"{CODES[code]}", tag("code", code), grouped(number), tag("ul", first, class_="examples")]
        )
    return [
        tag(
            "section",
            tag("h2", "Rows that could not be measured"),
            table("Rows that could not be measured", ("Why", "Code", "#Rows", "The first of them"), rows),
            class_="long",
        )
    ]


def _problems(estimate: Estimate, samples: Samples) -> Sequence[Node]:
    """What is wrong with measured messages, or what to know of them."""
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
                tag("span", SEVERITIES[code], class_=f"severity {SEVERITIES[code]}"),
                tag("code", code),
                grouped(number),
                "" if sample is None else _reason(samples, sample, code),
                "" if sample is None else _quoted(sample),
            ]
        )
    headings = ("Severity", "Code", "#Messages", "Why, of the first", "The first of them")
    return [
        tag(
            "section",
            tag("h2", "Messages that are refused, and what to know of the others"),
            table("Messages that are refused, and what to know of the others", headings, rows),
            tag(
                "p",
                "Errors mean that a message must not be sent as it is; the bill holds it all the same.",
                class_="soft small",
            ),
            class_="long",
        )
    ]


def _reason(samples: Samples, sample: Sample, code: str) -> str:
    plan = samples.planner_for(sample.recipient).plan(sample.text)
    return next((problem.message for problem in plan.problems if problem.code == code), "")


def _quoted(sample: Sample) -> Node:
    if not sample.text:
        return tag("span", "(empty)", class_="none")
    return tag("bdi", sample.excerpt)


def _previews(estimate: Estimate, samples: Samples) -> Sequence[Node]:
    shown = [
        ("A typical message", _typical(estimate, samples)),
        ("The shortest message", samples.shortest),
        ("The longest message", samples.longest),
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
            tag("h2", "What the phones will show"),
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
    marks = Marks(plan, planner.profile, SCREEN)
    billed = count_of(plan.billed_segments, "billed segment")
    figures = f"{billed}, {some(plan.units, 'unit')}, {ENCODING_NAMES[plan.encoding]}"
    return tag(
        "div", tag("h3", title), tag("p", figures, class_="soft small"), bubbles(plan, marks, _SEGMENTS)
    )


def _how(estimate: Estimate, planner: Planner, source: Source | None) -> Iterator[tuple[str, Node]]:
    yield from how_it_is_planned(planner.terms)
    for name, label in _LABELS.items():
        if name in estimate.options:
            yield label, tag("bdi", _in_words(estimate.options[name]))
    if source is not None:
        yield "Format of the file", source.format.upper()
        if source.delimiter is not None:
            yield "Delimiter", _DELIMITERS.get(source.delimiter, source.delimiter)
        if source.file_encoding is not None:
            yield "Encoding of the file", source.file_encoding
    yield "Tables", f"edition {estimate.tables}"


_LABELS: Mapping[str, str] = {
    "column": "Column of the messages",
    "template": "Template",
    "recipient": "Column of the recipients",
    "price": "Price of a segment",
    "currency": "Currency",
    "prices": "Price list",
    "on": "Day of the sending",
    "optout_rate": "Share that unsubscribes",
    "country": "Country",
}
_DELIMITERS = {"\t": "tab", "\x1f": "none: there is one column"}


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
