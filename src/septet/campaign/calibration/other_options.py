"""Other options: what the sender, or the account at the vendor, may have set differently."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from septet import _tables
from septet.errors import OptionError
from septet.gsm.segmentation import ENCODING_NAMES
from septet.vendors.policies import choices
from septet.wording.messages import said

from .hypotheses import OPTION, Hypothesis
from .ways import MENTION_APART, Way, without_mention

if TYPE_CHECKING:
    from septet.planning.options import Settings
    from septet.wording.messages import Words


def other_options(way: Way) -> Iterator[Hypothesis]:
    """Each option that the profile has, with each other value that it takes."""
    settings, profile = way.settings, way.profile
    for choice in choices(profile.origin.all_rules):
        if choice != settings.substitute:
            yield _option("substitute", choice, _substitute(choice))
    yield from _encodings(way, settings)
    yield from _mentions(way, settings)
    if settings.truncate:
        yield _option("truncate", False, said("nothing is cut"))
    else:
        yield _option("truncate", True, said("a text that is too long is cut, and only the rest is billed"))
    rule = profile.rule("languages")
    if rule is not None:
        if settings.languages != tuple(rule["offered"]):
            yield _option("language", "auto", said("national tables are used"))
        if settings.languages:
            yield _option("language", (), said("no national tables are used"))


def _option(name: str, value: Any, words: Words) -> Hypothesis:
    def change(way: Way) -> Way:
        return way.asking(**{name: value})

    return Hypothesis(f"{name}={value}", OPTION, words, change)


def _substitute(choice: bool | str) -> Words:
    if choice is False:
        return said("the vendor's replacements are switched off")
    if choice is True:
        return said("the vendor's replacements are switched on")
    return said('the vendor\'s replacements are set to "%(name)s"', name=choice)


def _encodings(way: Way, settings: Settings) -> Iterator[Hypothesis]:
    for encoding in ("auto", *ENCODING_NAMES):
        try:
            other = way.asking(encoding=encoding).settings
        except OptionError:
            continue
        if other.encodings == settings.encodings:
            continue
        words = said("everything is sent in %(encoding)s", encoding=ENCODING_NAMES.get(encoding, ""))
        if encoding == "auto":
            words = said("the encoding follows the text")
        yield _option("encoding", encoding, words)


def _mentions(way: Way, settings: Settings) -> Iterator[Hypothesis]:
    """Whether messages are marketing, and when the opt-out mention is added and billed, and its words."""
    commercial, transactional = (
        said("the messages are billed as marketing texts"),
        said("the messages are billed as transactional texts"),
    )
    # An option of the mention for one kind may be refused for the other.
    kind = without_option(way, "optout")
    yield Hypothesis(
        f"commercial={not settings.commercial}",
        OPTION,
        transactional if settings.commercial else commercial,
        partial(_kind, commercial=not settings.commercial) if kind is not way else _other_kind,
    )
    for optout, words in _OPTOUTS.items():
        # A mention that is free is on no bill.
        if optout != settings.optout and (optout == "always" or settings.optout == "always"):
            yield _option("optout", optout, words)
    if settings.mention is None:
        return
    if settings.searched and settings.optout != "never":
        yield Hypothesis(
            "optout=uncounted", OPTION, said("the opt-out mention is not billed"), without_mention
        )
        yield Hypothesis(
            "optout=apart",
            OPTION,
            said("the opt-out mention is billed separately, as a message of its own"),
            lambda way: way._replace(bill=MENTION_APART),
        )
    yield from _countries(way, settings)


_OPTOUTS = {
    "never": said("no opt-out mention is added, or only where that is free"),
    "always": said("the opt-out mention is always added"),
}


def without_option(way: Way, name: str) -> Way:
    """The same without an option; unchanged where it was not given."""
    if way.options.get(name) is None:
        return way
    return way._replace(options={given: value for given, value in way.options.items() if given != name})


def _kind(way: Way, commercial: bool) -> Way:
    return without_option(way, "optout").asking(commercial=commercial)


def _other_kind(way: Way) -> Way:
    return way.asking(commercial=not way.options.get("commercial"))


def _countries(way: Way, settings: Settings) -> Iterator[Hypothesis]:
    """One country for each different mention of the vendor."""
    mentions = way.profile.rule("optout")["mentions"]
    named = {country for mention in mentions for country in mention["countries"]}
    seen = {settings.mention and settings.mention.text}
    for mention in mentions:
        # A mention without countries is that of all others.
        others = (code for code in _tables.COUNTRIES.split() if code not in named)
        country = next(iter(mention["countries"] or others), None)
        if mention["text"] in seen or country is None:
            continue
        seen.add(mention["text"])
        words = said(
            'the opt-out mention is that of %(country)s: "%(mention)s"',
            country=country,
            mention=mention["text"],
        )
        yield _option("country", country, words)
