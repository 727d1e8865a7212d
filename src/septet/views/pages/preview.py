"""The preview of one message as a page: the phone's bubbles, what was marked and why, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from septet._tables import EDITION
from septet.gsm.segmentation import ENCODING_NAMES
from septet.version import __version__
from septet.views.drawing.facts import alike, count_of, facts, sentence, verdict
from septet.views.drawing.marks import Entry, Mark, Marks
from septet.wording.messages import counted, said

from .page import SCREEN, Node, Numbers, page, table, tag
from .texts import CLASSES, bubbles, written

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from septet.planning.plans import Plan
    from septet.planning.terms import Terms
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Words

#: Marked characters and problems beyond so many are left to `Plan.to_dict`.
MOST_LINES = 100

# What `facts` calls a cheaper way to say the text; of those there may be several.
_ADVICE = "Advice"


def preview_page(plan: Plan, profile: Profile, *, price: Decimal | int | str | float | None = None) -> str:
    """A plan as a page of HTML.

    `price` is that of one billed segment, in whatever currency; a ValueError says when it is none.
    """
    marks = Marks(plan, profile, SCREEN)
    found = list(facts(plan, price, SCREEN))
    figures: dict[str, Node] = {label: value for label, value in found if label != _ADVICE}
    if plan.truncated:  # which ones they are, the text as it was written shows
        figures["Cut off"] = count_of(plan.truncated, "character")
    figures = {label: figures[label] for label in ("Billed", "Cost") if label in figures} | figures
    changed = any(change.reason != "line-break" for change in plan.changes)
    return page(
        "Preview of a message",
        tag("header", tag("h1", "What the phone will show"), tag("p", profile.title)),
        tag("p", verdict(plan, "below"), class_=f"verdict {_kind(plan)}"),
        tag(
            "div",
            tag("div", bubbles(plan, marks)),
            tag(
                "div",
                tag("section", tag("h2", "What it comes to"), fact_list(figures.items())),
                _advice_section([value for label, value in found if label == _ADVICE]),
                problem_section(plan),
                tag("section", tag("h2", "As it was written"), written(plan), class_="long")
                if changed
                else [],
            ),
            class_="two",
        ),
        legend_section(marks),
        tag(
            "section",
            tag("h2", "How it was planned"),
            fact_list(how_it_is_planned(plan.terms), "facts plain"),
        ),
        colophon(),
    )


def _advice_section(advice: Sequence[str]) -> Node | Sequence[Node]:
    """What the message could be instead, if anything."""
    if not advice:
        return []
    items = tag("ul", (tag("li", text) for text in advice), class_="plain")
    return tag("section", tag("h2", "What would be better"), items)


def _kind(plan: Plan) -> str:
    if not plan.ok:
        return "bad"
    return "mind" if any(problem.warns for problem in plan.problems) else "good"


def fact_list(figures: Iterable[tuple[Node, Node]], class_: str = "facts") -> Element:
    """What each figure is, and the figure."""
    return tag(
        "dl", (tag("div", tag("dt", label), tag("dd", value)) for label, value in figures), class_=class_
    )


def problem_section(plan: Plan) -> Node | Sequence[Node]:
    """What the sender must know, if anything."""
    found = alike(plan.problems)
    if not found:
        return []
    items = [
        tag(
            "li",
            tag("span", f"{problems[0].severity.capitalize()}: ", class_="severity"),
            sentence(problems, SCREEN),
            " ",
            tag("code", problems[0].code),
            class_=problems[0].severity,
        )
        for problems in found[:MOST_LINES]
    ]
    if len(found) > MOST_LINES:
        items.append(tag("li", f"and {len(found) - MOST_LINES} more", class_="soft"))
    return tag("section", tag("h2", "What to know before sending"), tag("ul", items, class_="problems"))


def legend_section(marks: Marks) -> Node | Sequence[Node]:
    """What each mark in the bubbles says, if there is any."""
    if not marks.legend:
        return []
    rows = [_legend_row(entry) for entry in marks.legend[:MOST_LINES]]
    more = len(marks.legend) - len(rows)
    return tag(
        "section",
        tag("h2", "What is marked, and why"),
        table("What is marked, and why", ("Characters", "Mark", "What it says", Numbers("Times")), rows),
        tag("p", f"and {more} more; septet preview --json lists them all", class_="soft small")
        if more
        else [],
        class_="long",
    )


def _legend_row(entry: Entry) -> Iterator[Node]:
    yield tag("bdi", entry.shown)
    yield tag("span", entry.sign, class_=f"sign {_class_of(entry.sign)}") if entry.sign.strip() else ""
    yield entry.words
    yield str(entry.times)


def _class_of(sign: str) -> str:
    for mark, name in CLASSES.items():
        if mark.sign == sign:
            return name
    return CLASSES[Mark.COSTS_MORE]  # whose sign is what the character costs


def how_it_is_planned(terms: Terms) -> Iterator[tuple[Node, Node]]:
    """The rules that a message is planned by, those that nobody asked for among them."""
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
            "%(number)s billed segment; a longer text is cut to fit, words first",
            "%(number)s billed segments; a longer text is cut to fit, words first",
            settings.limit,
        )
    yield said("Longest message"), longest
    if settings.languages:
        yield said("National tables allowed"), ", ".join(settings.languages)


#: When the mention is added, as the options have it, in words.
MENTION_NAMES = {"never": said("never"), "if-free": said("if free"), "always": said("always")}


def colophon() -> Element:
    """What made the page."""
    return tag("footer", tag("p", made_by()))


def made_by() -> Words:
    """The version and the edition of the tables."""
    return said(
        "septet %(version)s, tables %(edition)s (3GPP TS 23.038)", version=__version__, edition=EDITION
    )
