"""The live page as a document: everything on it before the first request of its script.

The same for both engines, which the script finds in `data-engine`: ``server`` asks the one that the page
came from, ``worker`` a Python in the browser.
"""

from __future__ import annotations

import json
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, tostring

from septet import _tables
from septet.planning.offers import possible
from septet.vendors.profiles import profile as find_profile
from septet.vendors.profiles import profiles as known_profiles
from septet.views.pages.page import tag
from septet.views.pages.preview import made_by
from septet.wording.languages import LANGUAGES, check_language, nearest_language
from septet.wording.messages import said
from septet.wording.speaking import speaking

from .assets import base
from .controls import advice, around, composing, results, vendors
from .words import signs, words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from septet.vendors.profiles import Profile

#: The name of each language, in that language.
NAMES = {"en": "English", "fr": "Français"}

#: The page without a server may load and run its own files, and WebAssembly, for Python.
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; "
    "style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"
)

SERVER, WORKER = "server", "worker"


def document(
    lang: str,
    engine: str = SERVER,
    *,
    others: Mapping[str, str] | None = None,
    profiles: Mapping[str, Profile] | None = None,
) -> str:
    """The page in a language, as HTML.

    `others` are its addresses in the other languages; by default ``?lang=``. `profiles` are those that it
    offers, by name; by default all known ones. Raises ValueError for an unsupported language.
    """
    check_language(lang)
    found = {other: f"?lang={other}" for other in LANGUAGES} if others is None else others
    offered = {name: find_profile(name) for name in known_profiles()} if profiles is None else profiles
    with speaking(lang):
        body = tag(
            "body",
            tag("a", said("To the message"), class_="skip", href="#text"),
            _header(lang, found),
            tag(
                "main",
                *composing(_titles(offered)),
                _bar(),
                *results(),
                *advice(),
                *vendors(),
                *around(engine),
            ),
            _footer(engine),
            tag("div", id="about", popover="auto", role="status"),
            tag("p", id="status", class_="unseen", role="status"),
            tag("p", id="alert", class_="unseen", role="alert"),
            _data(lang, offered),
        )
        whole = tag("html", _head(engine), body, lang=lang)
        whole.set("data-engine", engine)
        return "<!DOCTYPE html>\n" + tostring(whole, encoding="unicode", method="html") + "\n"


def language_asked(query: str | None, header: str | None) -> str:
    """The language of an answer: that of ``?lang=``, else the best of ``Accept-Language``, else English.

    The header is read by RFC 9110, 12.5.4: tags with weights, of which 0 says "not this one".
    """
    if query in LANGUAGES:
        return str(query)
    wanted = []
    for place, part in enumerate((header or "").split(",")[:32]):
        name, _, parameters = part.partition(";")
        weight = _weight(parameters)
        code = nearest_language(name.strip()) if name.strip() else ""
        # Unsupported languages become English only where nothing else is left.
        if weight > 0 and code and name.strip().lower().partition("-")[0] == code:
            wanted.append((-weight, place, code))
    return min(wanted)[2] if wanted else LANGUAGES[0]


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1
    try:
        weight = float(value)
    except ValueError:
        return 0
    return weight if 0 <= weight <= 1 else 0


def _head(engine: str) -> Element:
    files = base()
    policies = [tag("meta", http_equiv="Content-Security-Policy", content=POLICY)] if engine == WORKER else ()
    return tag(
        "head",
        tag("meta", charset="utf-8"),
        policies,
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="color-scheme", content="light dark"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", said("What the phone will show")),
        tag("link", rel="icon", href="data:,"),
        tag("link", rel="stylesheet", href=files + "page.css"),
        tag("link", rel="stylesheet", href=files + "live.css"),
        tag("script", type="module", src=files + "page.js"),
    )


def _header(lang: str, others: Mapping[str, str]) -> Element:
    switches = [
        tag("a", NAMES[other], id="switch", href=href, hreflang=other, lang=other)
        for other, href in others.items()
        if other != lang
    ]
    return tag("header", tag("h1", said("What the phone will show")), *switches, class_="top")


def _bar() -> Element:
    """The figures, which stay visible: billed segments, free units, encoding, cost."""
    figures = (
        ("billed", said("Segments")),
        ("left", said("Left")),
        ("encoding", said("Encoding")),
        ("cost", said("Cost")),
    )
    return tag(
        "section",
        tag("p", id="verdict", class_="verdict"),
        tag(
            "dl",
            (tag("div", tag("dt", label), tag("dd", "–", id=name)) for name, label in figures),
        ),
        tag("p", id="trouble", class_="trouble", hidden=""),
        id="bar",
        aria_label=said("Figures"),
    )


def _footer(engine: str) -> Element:
    kept = (
        said("Your message stays in this browser: the page asks no server.")
        if engine == WORKER
        else said("Your message only goes to this server, which neither keeps nor logs it.")
    )
    return tag("footer", tag("p", kept), tag("p", made_by()))


def _data(lang: str, profiles: Mapping[str, Profile]) -> Element:
    """The data of the script: its words, and the options of each vendor. Nothing runs it."""
    offers = {name: _offer(profile) for name, profile in profiles.items()}
    # Options that most of them share are written once.
    usual = {
        option: json.loads(
            Counter(json.dumps(offer[option]) for offer in offers.values()).most_common(1)[0][0]
        )
        for option in next(iter(offers.values()))
    }
    data = {
        "lang": lang,
        "words": words(lang),
        **signs(lang),
        "usual": usual,
        "profiles": {
            name: {option: value for option, value in offer.items() if value != usual[option]}
            for name, offer in offers.items()
        },
        "countries": "".join(sorted(_tables.COUNTRIES.split())),
    }
    element = Element("script", {"type": "application/json", "id": "data"})
    # So that it is never markup, wherever it is.
    element.text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return element


def _titles(profiles: Mapping[str, Profile]) -> dict[str, str]:
    """What each is called, with its name where several are called alike."""
    times = Counter(profile.title for profile in profiles.values())
    return {
        name: profile.title if times[profile.title] == 1 else f"{profile.title} ({name})"
        for name, profile in profiles.items()
    }


@lru_cache(maxsize=512)
def _offer(profile: Profile) -> dict[str, Any]:
    """What a vendor offers: the values of the options that the page has."""
    named = ("encoding", "optout", "optout_text", "truncate", "language")
    values: dict[str, Any] = possible(profile, named)
    marketing = possible(profile, ("optout",), commercial=True)
    return {
        **values,
        "marketing": marketing["optout"],
        "optout_text": values["optout_text"] is None,
        "most": profile.rule("limit")["ceiling"],
    }
