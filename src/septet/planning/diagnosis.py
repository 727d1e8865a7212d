"""Diagnosis: the problems of a composed message, in plain words, with what to do about each."""

from __future__ import annotations

from functools import reduce

from septet.gsm.characters import is_invalid
from septet.gsm.segmentation import MOST_SEGMENTS
from septet.vendors.refusals import documented
from septet.wording.messages import both, phrase, said
from septet.wording.problems import Problem
from septet.wording.quoting import named

from .blemishes import blemishes
from .damages import damages
from .suspicions import suspicion

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .composed import Composed


def diagnose(composed: Composed) -> tuple[Problem, ...]:
    """Every problem of a message; those with a place first, in their order."""
    found_in_text = (
        *_characters(composed),
        *_tags(composed),
        *_garbled(composed),
        *damages(composed),
        *blemishes(composed),
    )
    placed = sorted(found_in_text, key=lambda problem: problem.start or 0)
    found = (*placed, *_encoding(composed), *_length(composed), *_documented(composed), *_optout(composed))
    return tuple(documented(composed.terms.profile, problem) for problem in found)


def _characters(composed: Composed) -> Iterator[Problem]:
    original = composed.original
    rule = composed.terms.profile.rule("unknown_character")
    unknown = "lossy-substitution" if rule["reason"] == "lossy" else "unmapped-character"
    found = (
        (place, place + 1, "invalid-character" if is_invalid(original[place]) else unknown)
        for start, end in composed.written(composed.cut)
        for place in composed.coding.outsiders(original, start, end)
    )
    for start, end, code in _runs(found):
        characters = original[start:end]
        form = ""
        if code == "invalid-character":
            form = "/shown" if composed.encoding == "gsm7" else ""
        elif (
            code == "lossy-substitution" and "ucs2" not in composed.terms.profile.rule("encodings")["offered"]
        ):
            form = "/no-ucs2"
        message = said(f"{code}{form}", what=named(characters), shown=rule["shown"])
        yield Problem.of(code, message, start, end, characters=characters)


def _tags(composed: Composed) -> Iterator[Problem]:
    tags = composed.terms.profile.rule("tags")
    found = sorted(
        (start, start + len(tag["text"]), "vendor-tag")
        for tag in tags
        for start in _places(tag["text"], composed.original, composed.cut)
    )
    for start, end, code in _runs(found):
        span = composed.original[start:end]
        meanings = reduce(both, (phrase(tag["meaning"]) for tag in tags if tag["text"] in span))
        yield Problem.of(code, said(code, what=named(span), meanings=meanings), start, end)


def _garbled(composed: Composed) -> Iterator[Problem]:
    if problem := suspicion(composed.original[: composed.cut], composed.terms.profile.substitutions):
        yield problem


def _places(part: str, text: str, end: int) -> Iterator[int]:
    place = text.find(part, 0, end)
    while place != -1:
        yield place
        place = text.find(part, place + len(part), end)


def _runs(found: Iterable[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """Adjacent places of one code as one."""
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


def _encoding(composed: Composed) -> Iterator[Problem]:
    terms = composed.terms
    if terms.settings.unicode_unavailable:
        yield Problem.of("unicode-unavailable", said("unicode-unavailable", profile=terms.profile.name))
    if composed.encoding == "ucs2" and terms.profile.rule("ucs2"):
        option = terms.profile.rule("ucs2")["account_option"]
        yield Problem.of("account-option-needed", said("account-option-needed", option=phrase(option)))


def _length(composed: Composed) -> Iterator[Problem]:
    settings = composed.terms.settings
    limit, actual = settings.limit, composed.billed_segments
    if actual == 0:
        yield Problem.of("empty-message", said("empty-message"))
        return
    if composed.truncated:
        form = "truncated/one" if composed.truncated == 1 else "truncated"
        figures = {"limit": limit, "actual": composed.uncut_segments, "characters": composed.truncated}
        yield Problem.of("truncated", said(form, **figures), composed.cut, len(composed.original), **figures)
    if actual > limit and not settings.ceiling_only:
        yield _too_long(composed)
    elif (most := max(actual, len(composed.segments))) > MOST_SEGMENTS or actual > limit:
        figures = {"limit": min(limit, MOST_SEGMENTS), "actual": most}
        yield Problem.of("too-many-segments", said("too-many-segments", **figures), **figures)
    yield from _characters_allowed(composed)
    if composed.coding.by_units and len(composed.segments) != actual:
        figures = {"billed": actual, "physical": len(composed.segments)}
        yield Problem.of("boundary-overflow", said("boundary-overflow", **figures), **figures)


def _characters_allowed(composed: Composed) -> Iterator[Problem]:
    allowed = composed.terms.settings.character_limit
    most = allowed.most(composed.coding) if allowed else None
    if allowed is None or most is None:
        return
    kept = composed.terms.placeholders.prepare(composed.original[: composed.cut]).text
    actual = allowed.count(composed.coding, kept, composed.optout)
    if actual > most:
        figures = {"limit": most, "actual": actual}
        message = said("too-many-characters", counted=said(_COUNTED[allowed.counted]), **figures)
        problem = Problem.of("too-many-characters", message, **figures)
        yield problem._replace(vendor_code=allowed.vendor_code, vendor_message=allowed.vendor_message)


# What a limit in characters counts, as messages have it.
_COUNTED = {"characters": "characters", "utf-16": "UTF-16 code units", "units": "units"}


def _documented(composed: Composed) -> Iterator[Problem]:
    """Where a table of the vendor's has another number of segments than what can be transmitted."""
    if composed.billed_segments == 0:
        return
    added = composed.optout_status == "added"
    alone = composed.units - (composed.coding.tail_units if added else 0)
    for table in composed.terms.profile.rule("documented_totals"):
        if table["encoding"] != composed.encoding or table["optout"] != added or alone > table["totals"][-1]:
            continue
        documented = 1 + sum(total < alone for total in table["totals"])
        if documented != composed.billed_segments:
            figures = {"billed": composed.billed_segments, "documented": documented}
            message = said("documented-otherwise", units=alone, **figures)
            yield Problem.of("documented-otherwise", message, **figures)


def _too_long(composed: Composed) -> Problem:
    settings = composed.terms.settings
    figures = {"limit": settings.limit, "actual": composed.billed_segments}
    form = "too-long/no-room" if settings.truncate else "too-long"
    problem = Problem.of("too-long", said(form, **figures), **figures)
    if settings.vendor_limit is not None and composed.billed_segments > settings.vendor_limit:
        rule = composed.terms.profile.rule("limit")
        return problem._replace(vendor_code=rule["vendor_code"], vendor_message=rule["vendor_message"])
    return problem


def _optout(composed: Composed) -> Iterator[Problem]:
    settings = composed.terms.settings
    mention = settings.mention
    if mention is None or composed.optout_status == "not-required":
        return
    if number := mention.other_number(composed.original[: composed.cut]):
        form = "/added" if composed.optout else ""
        message = said(f"optout-other-number{form}", number=number, mention=mention.text)
        added = composed.optout.strip()
        yield Problem.of("optout-other-number", message, number=number, mention=mention.text, added=added)
    if composed.optout_status == "already-there":
        return
    if composed.optout_status == "added":
        if mention.unspecified:
            yield _about_the_mention("optout-unspecified", mention.text)
        return
    if settings.optout == "if-free":
        yield _about_the_mention("optout-not-added", mention.text)
    if composed.optout_status == "missing":
        problem = _about_the_mention("optout-missing", mention.text)
        yield problem._replace(vendor_code=mention.vendor_code, vendor_message=mention.vendor_message)


def _about_the_mention(code: str, mention: str) -> Problem:
    return Problem.of(code, said(code, mention=mention))
