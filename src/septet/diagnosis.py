"""Diagnosis: the problems of a plan, in plain words, with what to do about each."""

from __future__ import annotations

from functools import reduce

from .characters import is_invalid, named
from .messages import both, phrase, said
from .problems import Problem
from .refusals import documented
from .segmentation import MOST_SEGMENTS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .plans import Plan


def diagnose(plan: Plan) -> tuple[Problem, ...]:
    """Every problem of a plan; those with a place first, in their order."""
    placed = sorted([*_characters(plan), *_tags(plan)], key=lambda problem: problem.start or 0)
    found = (*placed, *_encoding(plan), *_length(plan), *_optout(plan))
    return tuple(documented(plan.planner.profile, problem) for problem in found)


def _characters(plan: Plan) -> Iterator[Problem]:
    original = plan.original
    rule = plan.planner.profile.rule("unknown_character")
    unknown = "lossy-substitution" if rule["reason"] == "lossy" else "unmapped-character"
    found = (
        (place, place + 1, "invalid-character" if is_invalid(original[place]) else unknown)
        for place in plan.coding.outsiders(original, plan.cut)
    )
    for start, end, code in _runs(found):
        characters = original[start:end]
        shows_another = code == "invalid-character" and plan.encoding == "gsm7"
        message = said(
            f"{code}/shown" if shows_another else code, what=named(characters), shown=rule["shown"]
        )
        yield Problem.of(code, message, start, end, characters=characters)


def _tags(plan: Plan) -> Iterator[Problem]:
    tags = plan.planner.profile.rule("tags")
    found = sorted(
        (start, start + len(tag["text"]), "vendor-tag")
        for tag in tags
        for start in _places(tag["text"], plan.original, plan.cut)
    )
    for start, end, code in _runs(found):
        span = plan.original[start:end]
        meanings = reduce(both, (phrase(tag["meaning"]) for tag in tags if tag["text"] in span))
        yield Problem.of(code, said(code, what=named(span), meanings=meanings), start, end)


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


def _encoding(plan: Plan) -> Iterator[Problem]:
    planner = plan.planner
    if planner.settings.unicode_unavailable:
        yield Problem.of("unicode-unavailable", said("unicode-unavailable", profile=planner.profile.name))
    if plan.encoding == "ucs2" and planner.profile.rule("ucs2"):
        option = planner.profile.rule("ucs2")["account_option"]
        yield Problem.of("account-option-needed", said("account-option-needed", option=phrase(option)))


def _length(plan: Plan) -> Iterator[Problem]:
    settings = plan.planner.settings
    limit, actual = settings.limit, plan.billed_segments
    if actual == 0:
        yield Problem.of("empty-message", said("empty-message"))
        return
    if plan.truncated:
        form = "truncated/one" if plan.truncated == 1 else "truncated"
        figures = {"limit": limit, "actual": plan.uncut_segments, "characters": plan.truncated}
        yield Problem.of("truncated", said(form, **figures), plan.cut, len(plan.original), **figures)
    if actual > limit and not settings.ceiling_only:
        yield _too_long(plan)
    elif (most := max(actual, len(plan.segments))) > MOST_SEGMENTS or actual > limit:
        figures = {"limit": min(limit, MOST_SEGMENTS), "actual": most}
        yield Problem.of("too-many-segments", said("too-many-segments", **figures), **figures)
    if plan.coding.by_units and len(plan.segments) != actual:
        figures = {"billed": actual, "physical": len(plan.segments)}
        yield Problem.of("boundary-overflow", said("boundary-overflow", **figures), **figures)


def _too_long(plan: Plan) -> Problem:
    settings = plan.planner.settings
    figures = {"limit": settings.limit, "actual": plan.billed_segments}
    form = "too-long/no-room" if settings.truncate else "too-long"
    problem = Problem.of("too-long", said(form, **figures), **figures)
    if settings.vendor_limit is not None and plan.billed_segments > settings.vendor_limit:
        rule = plan.planner.profile.rule("limit")
        return problem._replace(vendor_code=rule["vendor_code"], vendor_message=rule["vendor_message"])
    return problem


def _optout(plan: Plan) -> Iterator[Problem]:
    settings = plan.planner.settings
    mention = settings.mention
    if mention is None or plan.optout_status in ("already-there", "not-required"):
        return
    if plan.optout_status == "added":
        if mention.unspecified:
            yield _about_the_mention("optout-unspecified", mention.text)
        return
    if settings.optout == "if-free":
        yield _about_the_mention("optout-not-added", mention.text)
    if plan.optout_status == "missing":
        yield _about_the_mention("optout-missing", mention.text)


def _about_the_mention(code: str, mention: str) -> Problem:
    return Problem.of(code, said(code, mention=mention))
