"""The controls of the live page: inputs and choices, and the places for the answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from septet.gsm.segmentation import ENCODING_NAMES
from septet.views.pages.page import tag
from septet.views.pages.preview import MENTION_NAMES
from septet.wording.messages import said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

    from septet.views.pages.page import Node


def composing(titles: Mapping[str, str]) -> Iterator[Element]:
    """The vendor, the message, the options, and the fields of a template."""
    vendor = tag(
        "select",
        (tag("option", title, value=name) for name, title in sorted(titles.items(), key=_by_title)),
        id="profile",
        autocomplete="off",
    )
    text = tag("textarea", id="text", rows="5", dir="auto", aria_describedby="limits", autocomplete="off")
    yield tag(
        "div",
        _field(said("Vendor"), vendor),
        _field(said("Message"), text),
        tag(
            "p",
            said(
                "One segment holds 160 characters of GSM-7, or 70 of UCS-2; each of several holds 153 or 67."
            ),
            id="limits",
            class_="soft small",
        ),
        _options(),
        _fields(),
        id="compose",
    )


def _by_title(item: tuple[str, str]) -> tuple[bool, str]:
    # The bare standard comes first.
    return item[0] != "gsm", item[1].casefold()


def _field(label: str, control: Element, class_: str | None = None) -> Element:
    return tag("div", tag("label", label, for_=control.get("id")), control, class_=class_ or "field")


def _flag(label: str, name: str) -> Element:
    return tag("div", tag("input", type="checkbox", id=name), tag("label", label, for_=name), class_="flag")


def _select(name: str, choices: Iterable[tuple[str, str]]) -> Element:
    chosen = (tag("option", label, value=value) for value, label in choices)
    return tag("select", chosen, id=name, autocomplete="off")


def _input(name: str, **attributes: str) -> Element:
    return tag("input", id=name, autocomplete="off", **{"type": "text", **attributes})


def _options() -> Element:
    vendors_way = ("", said("as the vendor does"))
    controls: list[Node] = [
        _flag(said("Marketing"), "commercial"),
        _field(said("Price of a segment"), _input("price", inputmode="decimal")),
        _field(said("Currency"), _input("currency", maxlength="3")),
        _field(said("Recipients"), _input("recipients", inputmode="numeric")),
        _field(
            said("Encoding"),
            _select("asked", [vendors_way, ("auto", said("automatic")), *ENCODING_NAMES.items()]),
        ),
        _field(said("Opt-out mention"), _select("optout", [vendors_way, *MENTION_NAMES.items()])),
        _field(said("Text of the mention"), _input("mention", maxlength="160")),
        _field(said("Most segments"), _input("most", inputmode="numeric")),
        _field(
            said("A text that is too long"),
            _select(
                "truncate",
                [
                    vendors_way,
                    ("no", said("is refused")),
                    ("yes", said("is cut")),
                    ("words", said("is cut at words")),
                ],
            ),
        ),
        _field(said("Country"), _select("country", [vendors_way])),
        tag(
            "fieldset",
            tag("legend", said("National tables")),
            tag("div", id="languages"),
            id="tables",
            hidden="",
        ),
    ]
    summary = tag("summary", said("Options"), " ", tag("span", id="chosen", class_="soft"))
    return tag("details", summary, tag("div", controls, class_="grid"), id="options")


def _fields() -> Element:
    """The lengths of a template's fields; shown where the message has any."""
    headings = (said("Field"), said("Fewest characters"), said("Most characters"), said("Example"))
    head = tag("thead", tag("tr", (tag("th", heading, scope="col") for heading in headings)))
    table = tag("table", tag("caption", said("Fields"), class_="unseen"), head, tag("tbody", id="fields"))
    title = said("Fields of the message")
    return tag(
        "section",
        tag("h2", title, id="fields-title"),
        tag("div", table, class_="wide", tabindex="0", role="group", aria_labelledby="fields-title"),
        tag("div", id="bounds"),
        _flag(said("Text between { and } is a field"), "is-template"),
        id="template",
        aria_labelledby="fields-title",
        hidden="",
    )


def _section(title: str, name: str, *content: Node, class_: str | None = None) -> Element:
    return tag(
        "section",
        tag("h2", title, id=f"{name}-title"),
        *content,
        id=name,
        aria_labelledby=f"{name}-title",
        class_=class_,
    )


def results() -> Iterator[Element]:
    """The message on the phone, its figures, and what to know about it."""
    label = said("The message on the phone, segment by segment")
    yield tag(
        "div",
        tag("ol", id="phone", class_="phone", aria_label=label),
        tag("p", id="mention-line", class_="soft small", hidden=""),
        _section(
            said("What to know before sending"), "problems", tag("ul", id="sentences", class_="problems")
        ),
        _section(said("Result"), "facts", tag("dl", id="figures", class_="facts")),
        id="results",
    )


def advice() -> Iterator[Element]:
    """The cheaper ways, and the message as several of one segment each."""
    undo = tag("button", said("Undo"), type="button", id="undo", hidden="")
    said_of = tag("p", id="advice-note", class_="soft", hidden="")
    yield _section(said("Cheaper wordings"), "advice", tag("ul", id="ways"), said_of, undo)
    yield tag(
        "details",
        tag("summary", tag("h2", said("As separate messages"))),
        tag("ol", id="messages"),
        tag("p", id="messages-note", class_="soft small"),
        id="split",
        class_="whole card",
    )


def vendors() -> Iterator[Element]:
    """The other vendors, and the meaning of the marks."""
    columns = (
        ("vendor", said("Vendor")),
        ("encoding", said("Encoding")),
        ("segments", said("Segments")),
        ("price", said("Price")),
        ("cost", said("Cost")),
        ("loses", said("Loses")),
        ("changes", said("Changes")),
        ("mention", said("Mention")),
    )
    heads = (
        tag("th", tag("button", label, type="button", data_sort=name), scope="col", class_=f"of-{name}")
        for name, label in columns
    )
    caption = said("Other vendors")
    table = tag(
        "table",
        tag("caption", caption, class_="unseen"),
        tag("thead", tag("tr", heads)),
        tag("tbody", id="compared"),
    )
    order = said(
        "Your vendor is first. The others are sorted by whether the message may be sent, then by what it "
        "loses, then by cost or, without prices, by segments."
    )
    yield _section(
        caption,
        "vendors",
        tag("p", order, class_="soft small"),
        tag("div", table, class_="wide", tabindex="0", role="group", aria_labelledby="vendors-title"),
        tag("button", "", type="button", id="all-vendors", hidden=""),
        tag("ul", id="left-out", class_="plain soft small", hidden=""),
        class_="whole",
    )
    headings = (said("Characters"), said("Mark"), said("What it says"))
    head = tag("thead", tag("tr", (tag("th", heading, scope="col") for heading in headings)))
    title = said("What is marked, and why")
    table = tag("table", tag("caption", title, class_="unseen"), head, tag("tbody", id="entries"))
    legend = _section(
        title,
        "legend",
        tag("div", table, class_="wide", tabindex="0", role="group", aria_labelledby="legend-title"),
        class_="whole",
    )
    yield legend


def around(engine: str) -> Iterator[Element]:
    """The request that sends it, and what to take along."""
    asked = (
        _field(said("Sender"), _input("sender", maxlength="20")),
        _field(said("Phone numbers"), _input("numbers", inputmode="tel")),
    )
    yield tag(
        "details",
        tag("summary", tag("h2", said("The request that sends it"))),
        tag("div", asked, class_="grid"),
        tag("ul", id="request-problems", class_="problems"),
        tag("pre", id="curl", tabindex="0", aria_label=said("A curl command"), hidden=""),
        tag("p", id="request-note", class_="soft small"),
        tag("button", said("Copy"), type="button", id="copy-curl", hidden=""),
        id="request",
        class_="whole card",
    )
    buttons = (
        tag("button", said("Copy a link to this"), type="button", id="share"),
        tag("button", said("Save as a page"), type="button", id="save-page"),
        tag("button", said("Save as JSON"), type="button", id="save-json"),
        tag("button", said("Copy what the phone shows"), type="button", id="copy-text"),
    )
    link = said("The link holds the message after its #, which browsers never send to a server.")
    yield _section(
        said("Export"),
        "along",
        tag("div", buttons, class_="buttons"),
        tag("p", link, class_="soft small"),
        tag("p", id="along-note", hidden=""),
        class_="whole",
    )
    if engine == "server":
        token = tag("input", type="password", id="token", autocomplete="off")
        yield tag(
            "dialog",
            tag(
                "form",
                tag("h2", said("This server requires a token")),
                _field(said("Token"), token),
                tag("p", id="token-wrong", class_="trouble", hidden=""),
                tag("p", said("It is kept only until the page is closed."), class_="soft small"),
                tag("button", said("Continue"), type="submit"),
                method="dialog",
            ),
            id="token-dialog",
            aria_label=said("This server requires a token"),
        )
