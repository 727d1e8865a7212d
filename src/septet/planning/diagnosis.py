"""Diagnosis: the problems of a composed message, in plain words, with what to do about each."""

from __future__ import annotations

from functools import lru_cache

from septet.gsm.segmentation import MOST_SEGMENTS
from septet.vendors.refusals import documented
from septet.wording.messages import counted, joined, listed, phrase, said
from septet.wording.problems import Problem
from septet.wording.quoting import named

from .blemishes import blemishes, may_be_blemished
from .damages import damages
from .ignored import told
from .misreadings import may_be_misread
from .objections import objections
from .suspicions import suspicion
from .unsent_characters import unsent_characters
from .verdict import too_many_characters

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from septet.wording.messages import Message

    from .character_limits import CharacterLimit
    from .composed import Composed


def diagnose(composed: Composed) -> tuple[Problem, ...]:
    """All problems of a message that are not ignored; those with a place come first, in their order."""
    terms, original, coding = composed.terms, composed.original, composed.coding
    ignored, glance = terms.settings.ignored, composed.glance
    found: list[Problem] = [*_unsent(composed)]
    if terms.tags and _may_hold(original, terms.tags):
        found += _tags(composed, terms.tags)
    if "suspect-encoding" not in ignored and (
        may_be_misread(original) if glance is None else glance.is_misread
    ):
        found += _garbled(composed)
    found += _damaged(composed)
    if may_be_blemished(original) if glance is None else glance.is_blemished:
        found += blemishes(composed)
    if len(found) > 1:
        found.sort(key=lambda problem: problem.start or 0)
    if terms.may_be_objected_to and (terms.is_refused or coding.encoding in ("ucs2", "utf8")):
        found += objections(composed)
    billed = composed.billed_segments
    if (
        not 0 < billed <= terms.surely_allowed
        or (billed > 1 and coding.by_units)
        or composed.cuts
        or not composed.has_few_characters
    ):
        found += _length(composed)
    if terms.documented_totals:
        found += _documented(composed, terms.documented_totals)
    if composed.optout_status != "not-required":
        found += _optout(composed)
    if ignored:
        found = list(told(found, ignored))
    if found and terms.profile.rule("refusals"):
        found = [documented(terms.profile, problem) for problem in found]
    return tuple(found)


def _unsent(composed: Composed) -> Iterable[Problem]:
    """The problems of characters; plans that show a text alike share them."""
    rendering = composed.rendering
    if rendering is None:
        # For most texts it is clear at once that they have none.
        return () if composed.coding.surely_carries(composed.original) else unsent_characters(composed)
    if rendering.is_carried:
        return ()
    showing = rendering.showing
    if showing.unsent is None:
        showing.unsent = tuple(unsent_characters(composed))
    return showing.unsent


def _damaged(composed: Composed) -> Iterable[Problem]:
    """The same for the things that changes are in."""
    rendering = composed.rendering
    if rendering is None:
        return () if composed.sent is composed.original else damages(composed)
    showing = rendering.showing
    if showing.damaged is None:
        showing.damaged = tuple(damages(composed))
    return showing.damaged


def _may_hold(text: str, tags: Sequence[Mapping[str, Any]]) -> bool:
    # any() would take twice as long.
    for tag in tags:  # noqa: SIM110
        if tag["text"] in text:
            return True
    return False


def _tags(composed: Composed, tags: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    found = sorted(
        (start, start + len(tag["text"]), "vendor-tag")
        for tag in tags
        for run in composed.runs
        for start in _places(tag["text"], composed.original, *run)
    )
    for start, end, code in _runs(found):
        span = composed.original[start:end]
        message = said(
            "%(what)s is a tag of this vendor, which may replace it by %(meanings)s. Write it differently.",
            what=named(span),
            meanings=listed(phrase(tag["meaning"]) for tag in tags if tag["text"] in span),
        )
        yield Problem.of(code, message, start, end)


def _garbled(composed: Composed) -> Iterator[Problem]:
    for start, end in composed.runs:
        problem = suspicion(composed.original[start:end], composed.terms.profile.substitutions)
        if problem is not None and problem.start is not None and problem.end is not None:
            yield problem.at(start + problem.start, start + problem.end)
            return


def _places(part: str, text: str, start: int, end: int) -> Iterator[int]:
    place = text.find(part, start, end)
    while place != -1:
        yield place
        place = text.find(part, place + len(part), end)


def _runs(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Joins adjacent places of one code."""
    run: tuple[int, int, str] | None = None
    for start, end, code in found:
        if run is not None and start <= run[1] and code == run[2]:
            run = run[0], end, code
            continue
        if run is not None:
            yield run
        run = start, end, code
    if run is not None:
        yield run


def _length(composed: Composed) -> Iterator[Problem]:
    settings = composed.terms.settings
    limit, actual = settings.limit, composed.billed_segments
    if actual == 0:
        yield Problem.of("empty-message", said("The message shows no text. Write one."))
        return
    # Where no units are counted, transmitted segments are billed.
    coding = composed.coding
    physical = composed.transmitted if actual > 1 and coding.by_units and not coding.is_one_piece else actual
    if composed.cuts:
        yield from _truncated(composed)
    if actual > limit and not settings.ceiling_only:
        yield _too_long(composed)
    elif (most := max(actual, physical)) > MOST_SEGMENTS or actual > limit:
        figures = {"limit": min(limit, MOST_SEGMENTS), "actual": most}
        message = said(
            "The message takes %(actual)s segments; one message may have at most %(limit)s. Shorten it, or "
            "split it.",
            **figures,
        )
        yield Problem.of("too-many-segments", message, **figures)
    if settings.character_limit is not None:
        yield from _characters_allowed(composed, settings.character_limit)
    if physical != actual:
        figures = {"billed": actual, "physical": physical}
        message = said(
            "%(billed)s segments are billed by the vendor's rule, but %(physical)s "
            "are transmitted: characters of several units do not fit across a boundary. "
            "Shorten the text to be safe.",
            **figures,
        )
        yield Problem.of("boundary-overflow", message, **figures)


def _truncated(composed: Composed) -> Iterator[Problem]:
    cuts, number = composed.cuts, composed.truncated
    figures = {
        "limit": composed.terms.settings.limit,
        "actual": composed.uncut_segments,
        "characters": number,
    }
    if len(cuts) == 1 and cuts[0][1] == len(composed.original):
        cut = counted(
            "The last character is cut: the whole text takes %(actual)s billed segments, at most %(limit)s "
            "are allowed.",
            "The last %(number)s characters are cut: the whole text takes %(actual)s billed segments, at "
            "most %(limit)s are allowed.",
            number,
            **figures,
        )
    else:
        cut = counted(
            "%(number)s character is cut: the whole text takes %(actual)s billed segments, at most "
            "%(limit)s are allowed.",
            "%(number)s characters are cut: the whole text takes %(actual)s billed segments, at most "
            "%(limit)s are allowed.",
            number,
            **figures,
        )
    message = joined(" ", (cut, _what_to_do(composed)))
    for start, end in cuts:
        yield Problem.of("truncated", message, start, end, **figures)


def _characters_allowed(composed: Composed, allowed: CharacterLimit) -> Iterator[Problem]:
    if (found := too_many_characters(composed)) is not None:
        figures = dict(zip(("limit", "actual"), found, strict=True))
        counted_as = _COUNTED[allowed.counted]
        message = said(
            "The message has %(actual)s %(counted)s; the vendor accepts at most %(limit)s. Shorten it, or "
            "split it.",
            counted=counted_as,
            **figures,
        )
        if allowed.of_several:
            message = said(
                "The message has %(actual)s %(counted)s; for several recipients at once, the vendor accepts "
                "at most %(limit)s. Shorten it, split it, or send it to each recipient separately.",
                counted=counted_as,
                **figures,
            )
        problem = Problem.of("too-many-characters", message, **figures)
        yield problem._replace(vendor_code=allowed.vendor_code, vendor_message=allowed.vendor_message)


# What a limit in characters counts, in the words of messages.
_COUNTED = {
    "characters": said("characters"),
    "utf-16": said("UTF-16 code units"),
    "octets": said("octets of UTF-8"),
    "shown": said("characters as shown"),
    "units": said("units"),
}


def _documented(composed: Composed, tables: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """A problem where a table of the vendor has another number of segments than can be transmitted."""
    if composed.billed_segments == 0:
        return
    added = composed.optout_status == "added"
    alone = composed.units - composed.coding.around(added)
    for table in tables:
        if table["encoding"] != composed.encoding or table["optout"] != added or alone > table["totals"][-1]:
            continue
        documented = 1 + sum(total < alone for total in table["totals"])
        if documented != composed.billed_segments:
            figures = {"billed": composed.billed_segments, "documented": documented}
            message = said(
                "The vendor's own table has %(documented)s for a text of %(units)s units, but it really "
                "takes %(billed)s segments. Plan with these.",
                units=alone,
                **figures,
            )
            yield Problem.of("documented-otherwise", message, **figures)


def _too_long(composed: Composed) -> Problem:
    settings = composed.terms.settings
    figures = {"limit": settings.limit, "actual": composed.billed_segments}
    taken = said("The message takes %(actual)s billed segments, at most %(limit)s are allowed.", **figures)
    problem = Problem.of("too-long", joined(" ", (taken, _what_to_do(composed))), **figures)
    if settings.vendor_limit is not None and composed.billed_segments > settings.vendor_limit:
        rule = composed.terms.profile.rule("limit")
        code, words = (_of_encoding(rule[key], composed) for key in ("vendor_code", "vendor_message"))
        return problem._replace(vendor_code=code, vendor_message=words)
    return problem


def _of_encoding(stated: str | Mapping[str, str] | None, composed: Composed) -> str | None:
    """What a vendor states, for all encodings or for that of the message."""
    return stated if isinstance(stated, str | None) else stated.get(composed.encoding)


def _what_to_do(composed: Composed) -> Message:
    """What to do about a text that is or was too long: proposes a cut at words where none was asked for."""
    settings = composed.terms.settings
    if not settings.truncate or (composed.truncated and not settings.cuts_words):
        return said(
            'Shorten it, have it cut at words (truncate="words", --truncate-words), which keeps links, '
            "numbers and codes whole, or allow more segments if the vendor does."
        )
    if composed.truncated:
        return said("Shorten it, or allow more segments if the vendor does.")
    if settings.truncate_mark:
        return said(
            "Shorten it; it cannot be cut, because the mark of the cut and the opt-out mention leave "
            "no room for text."
        )
    return said("Shorten it; it cannot be cut, because the opt-out mention leaves no room for text.")


def _optout(composed: Composed) -> Iterator[Problem]:
    settings = composed.terms.settings
    mention = settings.mention
    if mention is None:
        return
    if number := mention.other_number(composed.kept):
        message = _about_another_number(number, mention.text, added=bool(composed.optout))
        added = composed.optout.strip()
        yield Problem.of("optout-other-number", message, number=number, mention=mention.text, added=added)
    if composed.optout_status == "already-there":
        return
    if composed.optout_status == "added":
        if mention.unspecified:
            yield _about_an_unspecified(mention.text)
        return
    if settings.optout == "if-free":
        yield _about_no_room(mention.text)
    if composed.optout_status == "missing":
        yield _about_a_missing(mention.text, mention.vendor_code, mention.vendor_message)


@lru_cache(maxsize=64)
def _about_an_unspecified(mention: str) -> Problem:
    message = said(
        'The vendor does not publish the text of its opt-out mention, or may change it; "%(mention)s" is '
        "assumed. Pass the real one as optout_text, otherwise its length is a guess.",
        mention=mention,
    )
    return Problem.of("optout-unspecified", message)


@lru_cache(maxsize=64)
def _about_no_room(mention: str) -> Problem:
    message = said(
        'The opt-out mention "%(mention)s" would not be added, because the text leaves no free room for '
        "it. Shorten the text, or always add the mention.",
        mention=mention,
    )
    return Problem.of("optout-not-added", message)


@lru_cache(maxsize=64)
def _about_a_missing(mention: str, vendor_code: str | None, vendor_message: str | None) -> Problem:
    message = said(
        'A commercial message has to say how to opt out: the shown text has no "%(mention)s". Write it, '
        "or have the vendor add it.",
        mention=mention,
    )
    problem = Problem.of("optout-missing", message)
    return problem._replace(vendor_code=vendor_code, vendor_message=vendor_message)


def _about_another_number(number: str, mention: str, *, added: bool) -> Message:
    if added:
        return said(
            "The text asks for a reply to %(number)s, which is not this vendor's opt-out mention: "
            '"%(mention)s" is added at the end. Remove it from the text, or pass the mention as optout_text '
            "if %(number)s is yours.",
            number=number,
            mention=mention,
        )
    return said(
        'The text asks for a reply to %(number)s, which is not this vendor\'s opt-out mention "%(mention)s". '
        "Write only that one.",
        number=number,
        mention=mention,
    )
