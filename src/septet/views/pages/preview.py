"""The preview of one message as a page: the phone's bubbles, what was marked and why, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from septet._tables import EDITION
from septet.gsm.segmentation import ENCODING_NAMES
from septet.version import __version__
from septet.views.drawing.facts import advised
from septet.views.drawing.glyphs import written_out
from septet.wording.messages import capitalised, counted, figure, said
from septet.wording.problems import SEVERITY_NAMES
from septet.wording.speaking import language_spoken

from .page import SCREEN, Node, page, table, tag
from .texts import CLASSES, bubbles, written

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from septet.planning.plans import Plan
    from septet.planning.terms import Terms
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Words

    from .texts import Drawn

#: Lines of the legend and problems beyond so many are left to `Plan.to_dict`.
MOST_LINES = 100


def preview_page(plan: Plan, profile: Profile, *, price: Decimal | int | str | float | None = None) -> str:
    """A plan as a page of HTML.

    `price` is that of one billed segment, in any currency; raises ValueError if it is not a price.
    """
    drawing = plan.drawing(language_spoken())
    changed = any(change.reason != "line-break" for change in plan.changes)
    return page(
        said("Preview of a message"),
        tag("header", tag("h1", said("What the phone will show")), tag("p", profile.title)),
        tag("p", drawing["verdict"], class_=f"verdict {_KINDS[drawing['severity']]}"),
        tag(
            "div",
            tag("div", bubbles(drawing)),
            tag(
                "div",
                tag("section", tag("h2", said("Result")), fact_list(_figures(plan, drawing, price))),
                _advice_section(list(advised(plan, price))),
                problem_section(drawing),
                tag("section", tag("h2", said("Original text")), written(plan), class_="long")
                if changed
                else [],
            ),
            class_="two",
        ),
        legend_section(drawing),
        tag(
            "section",
            tag("h2", said("How it was planned")),
            fact_list(how_it_is_planned(plan.terms), "facts plain"),
        ),
        colophon(),
    )


# The classes of verdicts, by the worst problem.
_KINDS = {"error": "bad", "warning": "mind", "notice": "good", None: "good"}


def _figures(
    plan: Plan, drawing: Drawn, price: Decimal | int | str | float | None
) -> Iterator[tuple[Node, Node]]:
    """The figures, the cost first."""
    facts = [(fact["name"], fact["label"], fact["text"]) for fact in drawing["facts"]]
    yield from ((label, text) for name, label, text in facts if name == "billed")
    if price is not None:
        yield said("Cost"), figure(plan.cost(price))
    for name, label, text in facts:
        if name == "cut":  # the text as it was written shows which ones they are
            yield label, counted("%(number)s character", "%(number)s characters", plan.truncated)
        elif name != "billed":
            yield label, tag("bdi", text) if name == "link" else text


def _advice_section(advice: Sequence[str]) -> Node | Sequence[Node]:
    """Better ways to write the message, if any."""
    if not advice:
        return []
    items = tag("ul", (tag("li", text) for text in advice), class_="plain")
    return tag("section", tag("h2", said("Suggestions")), items)


def fact_list(figures: Iterable[tuple[Node, Node]], class_: str = "facts") -> Element:
    """The name of each figure, and the figure."""
    return tag(
        "dl", (tag("div", tag("dt", label), tag("dd", value)) for label, value in figures), class_=class_
    )


def problem_section(drawing: Drawn) -> Node | Sequence[Node]:
    """What the sender must know, if anything."""
    found = drawing["sentences"]
    if not found:
        return []
    items = [
        tag(
            "li",
            tag("span", capitalised(SEVERITY_NAMES[sentence["severity"]]) + said(": "), class_="severity"),
            sentence["text"],
            " ",
            tag("code", sentence["code"]),
            class_=sentence["severity"],
        )
        for sentence in found[:MOST_LINES]
    ]
    if (more := len(found) - MOST_LINES) > 0:
        items.append(tag("li", said("and %(number)s more", number=more), class_="soft"))
    return tag("section", tag("h2", said("What to know before sending")), tag("ul", items, class_="problems"))


def legend_section(drawing: Drawn) -> Node | Sequence[Node]:
    """The meaning of each mark in the bubbles, if there are any."""
    entries = drawing["legend"]
    if not entries:
        return []
    rows = [_legend_row(entry) for entry in entries[:MOST_LINES]]
    more = len(entries) - len(rows)
    title = said("What is marked, and why")
    return tag(
        "section",
        tag("h2", title),
        table(title, (said("Characters"), said("Mark"), said("What it says")), rows),
        tag(
            "p",
            said("and %(number)s more; septet preview --json lists them all", number=more),
            class_="soft small",
        )
        if more
        else [],
        class_="long",
    )


def _legend_row(entry: Drawn) -> Iterator[Node | Sequence[Node]]:
    yield [*_examples(entry)]
    mark, sign = entry["mark"], entry["sign"]
    yield tag("span", sign, class_=f"sign {CLASSES[mark]}") if mark else ""
    yield entry["text"]


def _examples(entry: Drawn) -> Iterator[Node]:
    """The characters of a line and what they become; the name of each for readers who ask for it."""
    for place, example in enumerate(entry["examples"]):
        if place:
            yield " "
        shown = written_out(example["text"], SCREEN)
        became = (
            f" {SCREEN.symbols.arrow} {written_out(example['becomes'], SCREEN)}" if example["becomes"] else ""
        )
        yield tag("bdi", shown + became, title=example["name"])
    if entry["others"]:
        yield " " + SCREEN.symbols.ellipsis


def how_it_is_planned(terms: Terms) -> Iterator[tuple[Node, Node]]:
    """The rules for planning a message, the default ones included."""
    profile, settings = terms.profile, terms.settings
    yield said("Profile"), said("%(name)s: %(title)s", name=profile.name, title=profile.title)
    yield said("Its document"), profile.document
    yield said("Kind of message"), said("commercial") if settings.commercial else said("transactional")
    yield said("Encoding asked for"), ENCODING_NAMES.get(settings.encoding) or said("automatic")
    if settings.mention is not None:
        when = MENTION_NAMES[settings.optout]
        yield (
            said("Opt-out mention"),
            tag("bdi", said("%(mention)s (%(when)s)", mention=settings.mention.text, when=when)),
        )
    longest = counted(
        "%(number)s billed segment; a longer text is reported",
        "%(number)s billed segments; a longer text is reported",
        settings.limit,
    )
    if settings.truncate:
        longest = counted(
            "%(number)s billed segment; a longer text is cut to fit",
            "%(number)s billed segments; a longer text is cut to fit",
            settings.limit,
        )
    if settings.truncate and settings.cuts_words:
        longest = counted(
            "%(number)s billed segment; a longer text is cut to fit, at words",
            "%(number)s billed segments; a longer text is cut to fit, at words",
            settings.limit,
        )
    yield said("Longest message"), longest
    if settings.languages:
        yield said("National tables allowed"), ", ".join(settings.languages)


#: When the mention is added, by the values of the option, in words.
MENTION_NAMES = {"never": said("never"), "if-free": said("if free"), "always": said("always")}


def colophon() -> Element:
    """What made the page."""
    return tag("footer", tag("p", made_by()))


def made_by() -> Words:
    """The version and the edition of the tables."""
    return said(
        "septet %(version)s, tables %(edition)s (3GPP TS 23.038)", version=__version__, edition=EDITION
    )
