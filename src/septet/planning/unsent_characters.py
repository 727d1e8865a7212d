"""Unsent characters: those of a message that the phone does not show, and their problems."""

from __future__ import annotations

from functools import lru_cache

from septet.gsm.characters import holds_invalid, is_invalid
from septet.wording.messages import said
from septet.wording.problems import Problem
from septet.wording.quoting import named
from septet.wording.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from septet.wording.messages import Message

    from .composed import Composed


def unsent_characters(composed: Composed) -> Iterator[Problem]:
    """A problem for each run of characters that the coding does not carry as they are written."""
    original, coding, profile = composed.original, composed.coding, composed.terms.profile
    rule = profile.rule("unknown_character")
    reason, unknown = rule["reason"], "unmapped-character"
    if reason == "lossy":
        unknown = "lossy-substitution"
    if coding.carries_all:
        places = [p for run in composed.written() for p in coding.outsiders(original, *run)]
    else:
        places = [change.start for change in composed.changes if change.reason == reason]
    case = _Case(
        coding.carries_all,
        coding.encoding == "latin1",
        "ucs2" in profile.rule("encodings")["offered"] and not coding.wide,
        rule["shown"],
    )
    glance = composed.glance
    holds_one = holds_invalid(original) if glance is None else glance.is_invalid
    told: dict[tuple[str, str], Problem] = {}  # repeated characters share one sentence
    at, count = 0, len(places)
    while at < count:
        start = end = places[at]
        invalid = holds_one and is_invalid(original[start])
        # Adjacent ones of one code count as one.
        while at < count and places[at] == end and (holds_one and is_invalid(original[end])) == invalid:
            at, end = at + 1, end + 1
        code, characters = "invalid-character" if invalid else unknown, original[start:end]
        if end - start == 1:
            yield _about_one(code, characters, case).at(start, end)
            continue
        known = told.get((code, characters))
        if known is None:
            known = told[code, characters] = _about_some(code, characters, case)
        yield known.at(start, end)


class _Case(NamedTuple):
    """The conditions that a sentence about characters depends on."""

    carries_all: bool
    is_latin_1: bool
    may_be_ucs2: bool
    shown: str


def _about_some(code: str, characters: str, case: _Case) -> Problem:
    return Problem.of(code, _about_characters(code, characters, case), characters=characters)


# A few different characters cause most of these problems.
_about_one = lru_cache(maxsize=512)(_about_some)


def _about_characters(code: str, characters: str, case: _Case) -> Message:
    what, shown = named(characters), case.shown
    if code == "invalid-character":
        if case.carries_all:
            return said("%(what)s cannot be sent as text in any encoding. Remove it.", what=what)
        return said(
            '%(what)s cannot be sent as text in any encoding; the phone shows "%(shown)s". Remove it.',
            what=what,
            shown=shown,
        )
    if code == "unmapped-character" and case.is_latin_1:
        if not case.may_be_ucs2:
            return said(
                '%(what)s is not in Latin-1; the phone shows "%(shown)s". Write it differently.',
                what=what,
                shown=shown,
            )
        return said(
            '%(what)s is not in Latin-1; the phone shows "%(shown)s". Write it differently, or send as '
            "UCS-2.",
            what=what,
            shown=shown,
        )
    if code == "unmapped-character":
        if not case.may_be_ucs2:
            return said(
                "%(what)s is not in the GSM alphabet, and the vendor does not say what it becomes; the "
                'phone shows "%(shown)s". Write it differently.',
                what=what,
                shown=shown,
            )
        return said(
            "%(what)s is not in the GSM alphabet, and the vendor does not say what it becomes; the phone "
            'shows "%(shown)s". Write it differently, or send as UCS-2.',
            what=what,
            shown=shown,
        )
    if not case.may_be_ucs2:
        return said(
            '%(what)s is not among the characters that the vendor accepts; it becomes "%(shown)s". Write it '
            "differently.",
            what=what,
            shown=shown,
        )
    return said(
        '%(what)s is not among the characters that the vendor accepts; the phone shows "%(shown)s". Write '
        "it differently, or send as UCS-2.",
        what=what,
        shown=shown,
    )
