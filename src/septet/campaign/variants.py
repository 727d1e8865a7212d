"""Variants of a planner: the same vendor with one thing changed, so that the difference can be measured.

What an expensive character, the opt-out mention or the cut costs is the difference between two
plans of one text. Each variant here answers for whole columns, as the planner itself does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from septet import _kernel
from septet.gsm.alphabets import DEFAULT_TABLES, LATIN_1, alphabet
from septet.gsm.characters import ESCAPE, unify_line_breaks
from septet.planning.misreadings import RARE
from septet.planning.planner import Planner
from septet.planning.things.gates import ALONE, LETTERS, OF_CAPITALS, SIGNS
from septet.vendors.profiles import Profile

from .pipelines import stop_if_cancelled

if TYPE_CHECKING:
    from septet.planning.codings import Coding

#: The marks that a census gives a character; the marks of one row are or-ed. The character costs more (the
#: candidate tells why), or it is not counted: it is changed and may, in any place, be a thing or part of
#: one, or it cannot be sent as it is.
COSTLY, LOOK, UNKNOWN, INVALID = 1, 2, 4, 8
#: A character that by itself may be a sign of a text that was read in the wrong charset.
RARE_SIGN = 16
#: It is changed, and is near the signs of things; with the other bit as well, near a number beyond blanks.
NEAR, PARTED = 0x20, 0x40

# Within a word, the kernel takes these for blanks.
_CONTROLS = frozenset(map(chr, (*range(0x09), *range(0x0E, 0x1C))))
# Characters that belong to a thing only beside a number.
_OF_NUMBERS = (SIGNS | LETTERS) - ALONE

#: The characters to write instead of one that costs more; the first that costs one unit is used.
_CHEAP = ".-,aeinrstAEINRST0"


class _Instead(dict[int, str]):
    """A table for `str.translate`: `other` gives the replacement of a character that is not listed."""

    def __init__(self, listed: dict[int, str], other: Callable[[int], str]) -> None:
        super().__init__(listed)
        self._other = other

    def __missing__(self, ordinal: int) -> str:
        return self._other(ordinal)


class Cheapened:
    """The same texts with cheap characters instead of those that cost more than one unit in one coding."""

    def __init__(self, planner: Planner, coding: Coding) -> None:
        self._planner = planner
        self._unifies = planner.profile.line_break_units > 0
        self._instead = _cheap(coding)
        listed = set[str]().union(*(characters_of(each, planner.profile) for each in planner.codings))
        candidates = tuple(
            each.candidate(planner.adds_mention, _light(candidate.weights, listed, coding))
            for each, candidate in zip(planner.codings, planner.candidates, strict=True)
        )
        self.meter = planner.meter(
            self._the_long_way, needles=planner.needles, candidates=candidates, written=self.text
        )

    def text(self, text: str) -> str:
        """The text as it would be written."""
        return (unify_line_breaks(text) if self._unifies else text).translate(self._instead)

    def _the_long_way(self, text: object) -> tuple[int, int, int]:
        stop_if_cancelled()
        measure = self._planner.measure(self.text(str(text)))
        return 0, measure.units, measure.billed_segments


def characters_of(coding: Coding, profile: Profile) -> dict[str, int]:
    """Every character that a coding lists, with its code."""
    held = LATIN_1
    if coding.encoding != "latin1":
        is_default = coding.tables == DEFAULT_TABLES
        held = profile.alphabet if is_default else alphabet(profile.rule("alphabet"), coding.tables)
    listed = {*held.single, *held.double, *profile.substitutions, "\n"}
    return {character: coding.weights.codes(character)[0] for character in sorted(listed)}


def _light(weights: _kernel.Weights, listed: set[str], heavy_in: Coding) -> _kernel.Weights:
    """The weights of a coding, but 1 for each character that is heavy in another one, or in this one."""
    codes = {ord(character): weights.codes(character)[0] for character in listed}
    codes |= {ord(c): 1 for c, code in characters_of(heavy_in, heavy_in.profile).items() if is_heavy(code)}
    other, astral = (weights.codes(character)[0] for character in "\uffff\U0010ffff")
    return _kernel.Weights(codes, other, 1 if heavy_in.encoding == "ucs2" else astral)


def is_heavy(code: int) -> bool:
    return code != _kernel.OUTSIDE and code & ~_kernel.CUT > 1


def _cheap(coding: Coding) -> dict[int, str]:
    one = next(c for c in [*_CHEAP, *map(chr, range(33, 127))] if coding.weights.codes(c)[0] == 1)
    listed = {
        ord(character): one
        for character, code in characters_of(coding, coding.profile).items()
        if is_heavy(code)
    }
    if coding.encoding == "gsm7":
        return listed
    return _Instead(listed, lambda ordinal: one if ordinal > 0xFFFF else chr(ordinal))


def marks(planner: Planner) -> tuple[_kernel.Weights, ...]:
    """For each coding, the characters that make a text cost more, or that cannot be sent as they are."""
    return tuple(_marks(planner, place) for place in range(len(planner.codings)))


def _marks(planner: Planner, place: int) -> _kernel.Weights:
    codes, other, astral = _expensive_marks(planner, place)
    coding, ignored = planner.codings[place], planner.settings.ignored
    marks = {} if "suspect-encoding" in ignored else dict.fromkeys(RARE, RARE_SIGN)
    if not ignored >= {"link-changed", "value-changed"}:
        apart = apart_in(planner, coding)
        changing = changed(coding)
        of_capitals = OF_CAPITALS - held(planner, coding) if loses(coding) else frozenset()
        controls = _CONTROLS if changing or loses(coding) else frozenset()
        for character in changing | apart | of_capitals | controls:
            mark = NEAR
            if character in OF_CAPITALS | controls or (character in apart and character not in _OF_NUMBERS):
                mark = LOOK
            elif character in apart:
                mark = NEAR | PARTED
            marks[character] = marks.get(character, 0) | mark
        # Any other character is lost.
        other, astral = (mark | NEAR if mark & UNKNOWN else mark for mark in (other, astral))
    blanks = deleted_blanks(planner)
    for character, mark in marks.items():
        if character not in blanks:
            codes[ord(character)] = _noted(codes.get(ord(character), other), mark)
    return _kernel.Weights(codes, other, astral)


def _noted(own: int, mark: int) -> int:
    """Adds a mark to others; a character that is not counted for those is not counted for this one."""
    return own | mark | (0 if own else _kernel.CUT)


def deleted_signs(planner: Planner) -> frozenset[str]:
    """The signs that a vendor deletes."""
    return frozenset(c for c, sent in planner.profile.substitutions.items() if not sent)


def deleted_blanks(planner: Planner) -> frozenset[str]:
    """The blanks among them: words meet without them, and no mark tells what is near."""
    return frozenset(filter(str.isspace, deleted_signs(planner)))


def changed(coding: Coding) -> frozenset[str]:
    """The characters that a coding replaces, except blanks replaced by blanks, which change no word, number
    or link."""
    if not coding.substitutes:
        return frozenset()
    substitutions = coding.profile.substitutions
    return frozenset(c for c, sent in substitutions.items() if not (c.isspace() and sent.isspace()))


def loses(coding: Coding) -> bool:
    """Whether a coding replaces each character that it does not hold."""
    return not coding.carries_all and not (coding.strict and not coding.wide)


def apart_in(planner: Planner, coding: Coding) -> frozenset[str]:
    """The changed characters that may be a thing, or part of one beyond blanks."""
    sent = planner.profile.substitutions
    if loses(coding):
        candidates = _apart() - (held(planner, coding) - changed(coding))
    else:
        candidates = _apart() & changed(coding)
    # Words are read without their accents, too.
    return frozenset(c for c in candidates if c not in LETTERS or normalize("NFD", c)[:1] != sent.get(c))


@lru_cache(maxsize=1)
def _apart() -> frozenset[str]:
    """Signs of fields and amounts, numbers and currencies beyond ASCII, letters of months and units."""
    found = (c for c in map(chr, range(0x80, 0x20000)) if c.isdecimal() or c in "½¼¾" or category(c) == "Sc")
    return frozenset({*found, *SIGNS, *LETTERS})


def forces(planner: Planner, coding: Coding) -> bool:
    """Whether texts get this coding because GSM-7 lacks some of their characters."""
    terms = planner.terms
    added_forces = terms.left_out or (terms.adds_mention and any(c.tail_units < 0 for c in terms.codings))
    return coding.encoding == "ucs2" and planner.settings.encoding == "auto" and not added_forces


def _expensive_marks(planner: Planner, place: int) -> tuple[dict[int, int], int, int]:
    """The marks of the listed characters, of the others, and of those beyond the first plane."""
    coding = planner.codings[place]
    heavy = {ord(c): COSTLY for c, code in characters_of(coding, planner.profile).items() if is_heavy(code)}
    if forces(planner, coding):
        first = next(group for group in planner.terms.groups if coding in group)[0]
        # With national tables, none of them holds a character that forces it.
        tables = [one for one in planner.codings if one.encoding == "gsm7"] if planner.competing else []
        kept = {ord(c): 0 for one in (first, *tables) for c in held(planner, one)}
        if coding.wide:
            other = UNKNOWN | _kernel.CUT
            return {
                # Those that GSM-7 leaves to it: also what is replaced by a character of UCS-2.
                **dict.fromkeys(map(ord, first.wide), COSTLY),
                ord(ESCAPE): INVALID | _kernel.CUT,
                **kept,
            }, *(other, other)
        escape = kept.get(ord(ESCAPE), COSTLY)
        return {**kept, ord(ESCAPE): escape | INVALID | (0 if escape else _kernel.CUT)}, COSTLY, COSTLY
    if coding.carries_all:
        return {**heavy, ord(ESCAPE): INVALID | _kernel.CUT}, 0, COSTLY
    if coding.strict and not coding.wide:
        return heavy, 0, 0  # a text with any other character has another encoding
    kept = {ord(c): 0 for c in held(planner, coding)} | heavy
    other = UNKNOWN | _kernel.CUT
    return {ord(ESCAPE): INVALID | _kernel.CUT, **kept}, other, other


def held(planner: Planner, coding: Coding) -> set[str]:
    """The characters that a GSM-7 coding sends unchanged, or replaces as documented by its vendor."""
    return coding.known | {"\r"} if planner.profile.line_break_units else coding.known


def without_mention(planner: Planner) -> Planner:
    """The planner of a vendor that would add no mention."""
    profile = planner.profile
    rules = profile.all_rules
    never = {"default": "never", "offered": ["never"]}
    rules["optout"] = {**rules["optout"], "transactional": never, "commercial": never}
    options = planner.options
    options["optout"], options["optout_text"] = "never", None
    return Planner(Profile(profile.name, rules), **options)


def as_gsm7(planner: Planner) -> Planner:
    """The planner that sends any text as GSM-7."""
    if any(coding.tail_units < 0 for coding in planner.codings):
        planner = without_mention(planner)  # GSM-7 lacks it
    options = planner.options
    options["encoding"] = "gsm7"
    return Planner(planner.profile, **options)
