"""Variants of a planner: the same vendor with one thing otherwise, so that the difference can be told.

What an expensive character, the opt-out mention or the cut costs is the difference between two
plans of one text. Each variant here answers for whole columns, as the planner itself does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from septet import _kernel
from septet.gsm.alphabets import LATIN_1
from septet.gsm.characters import ESCAPE, unify_line_breaks
from septet.planning.misreadings import LEADS, RARE
from septet.planning.planner import Planner
from septet.vendors.profiles import Profile

from .pipelines import stop_if_cancelled

if TYPE_CHECKING:
    from septet.planning.codings import Coding

#: What a census marks a character with; the marks of one row are or-ed. It costs more (the candidate
#: says why), or is not counted: a row with it is worth a look, or it cannot be sent as it is.
COSTLY, LOOK, UNKNOWN, INVALID = 1, 2, 4, 8
#: What may be of a text that was read in the wrong charset: by itself, or with a follower behind it.
RARE_SIGN, LEAD = 16, 32
#: What HTML begins with. No bit is left; a row that has both for other reasons is looked at in vain.
MARKUP = LOOK | LEAD
#: A bracket with no mark of its own, so that changed characters can be told from it; all marks that are not
#: counted have it.
BRACKET = _kernel.CUT

#: The characters to write for one that costs more; the first that costs one unit is taken.
_CHEAP = ".-,aeinrstAEINRST0"


class _Instead(dict[int, str]):
    """A table for `str.translate`: `other` tells what stands for a character that is not listed."""

    def __init__(self, listed: dict[int, str], other: Callable[[int], str]) -> None:
        super().__init__(listed)
        self._other = other

    def __missing__(self, ordinal: int) -> str:
        return self._other(ordinal)


class Cheapened:
    """The same texts with each character that costs more than one unit replaced by one that costs one."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._unifies = planner.profile.line_break_units > 0
        self._instead = tuple(_cheap(coding) for coding in planner.codings)
        candidates = tuple(
            _kernel.Candidate(_light(coding), coding.single, coding.part, mention)
            for coding in planner.codings
            for mention in [coding.candidate(planner.adds_mention).mention]
        )
        self.meter = planner.meter(self._the_long_way, needles=planner.needles, candidates=candidates)

    def text(self, text: str) -> str:
        """The text as it would be written."""
        text = unify_line_breaks(text) if self._unifies else text
        for coding, instead in zip(self._planner.codings, self._instead, strict=True):
            if coding.weights.units(text) >= 0:
                return text.translate(instead)
        return text.translate(self._instead[-1])

    def _the_long_way(self, text: object) -> tuple[int, int, int]:
        stop_if_cancelled()
        measure = self._planner.measure(self.text(str(text)))
        return 0, measure.units, measure.billed_segments


def characters_of(coding: Coding, profile: Profile) -> dict[str, int]:
    """Every character that a coding lists, with its code."""
    held = LATIN_1 if coding.encoding == "latin1" else profile.alphabet
    listed = {*held.single, *held.double, *profile.substitutions, "\n"}
    return {character: coding.weights.codes(character)[0] for character in sorted(listed)}


def _light(coding: Coding) -> _kernel.Weights:
    if coding.encoding == "ucs2":
        return _kernel.Weights({}, 1, 1)
    codes = {
        ord(character): min(code & ~_kernel.CUT, 1)
        for character, code in characters_of(coding, coding.profile).items()
        if code != _kernel.OUTSIDE
    }
    other = coding.weights.codes("\uffff")[0]
    return _kernel.Weights(codes, other, other)


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
    ignored = planner.settings.ignored
    links = "glued-link" not in ignored
    looked: dict[str, int] = {}
    if planner.codings[place].encoding == "ucs2":
        if links:
            # Of the others most are emoji and letters of other scripts, which a link may be glued to.
            codes = dict.fromkeys(_ORDINARY, other) | codes
            other, astral = _noted(other, LOOK), _noted(astral, LOOK)
    else:
        if links or not ignored >= {"link-changed", "value-changed"}:
            looked |= dict.fromkeys(planner.profile.substitutions.keys() - kept(planner), LOOK)
        if links:
            looked |= {c: LOOK for c in kept(planner) if ord(c) not in _ORDINARY}
    markup = {} if "suspect-markup" in ignored else dict.fromkeys("&<", MARKUP)
    garbled = {} if "suspect-encoding" in ignored else _GARBLED
    for marks in (looked, markup, garbled):
        for character, mark in marks.items():
            if character not in deleted_signs(planner):
                codes[ord(character)] = _noted(codes.get(ord(character), other), mark)
    for bracket in {*_BRACKETS} - deleted_signs(planner) if links else ():
        own = codes.get(ord(bracket), other)
        codes[ord(bracket)] = own | LOOK if own else BRACKET
    return _kernel.Weights(codes, other, astral)


def _noted(own: int, mark: int) -> int:
    """A mark beside others; what is not counted for those is not counted for this."""
    return own | mark | (0 if own else _kernel.CUT)


# A link may be glued to these.
_BRACKETS = "()[]{}"
# Latin letters, punctuation and currencies: no link is glued to these.
_ORDINARY = {
    ordinal
    for first, last in ((0, 0x7F), (0xA0, 0xA8), (0xAA, 0xAD), (0xAF, 0x36F), (0x1E00, 0x203B))
    for ordinal in range(first, last + 1)
} | {*range(0x203D, 0x2049), *range(0x204A, 0x20E0)}


_GARBLED = {
    **dict.fromkeys(LEADS, LEAD),
    **dict.fromkeys(RARE, RARE_SIGN),
}


def deleted_signs(planner: Planner) -> frozenset[str]:
    """The signs that a vendor deletes: they weigh nothing, so that no mark holds."""
    return frozenset(c for c, sent in planner.profile.substitutions.items() if not sent)


def kept(planner: Planner) -> set[str]:
    """What a planner's GSM-7 sends as it is, or as another blank where it is a blank."""
    changed = {c for c, sent in planner.profile.substitutions.items() if not (c.isspace() and sent.isspace())}
    return _held(planner) - changed


def _expensive_marks(planner: Planner, place: int) -> tuple[dict[int, int], int, int]:
    """The marks of the listed characters, of the others, and of those beyond the first plane."""
    coding = planner.codings[place]
    heavy = {ord(c): COSTLY for c, code in characters_of(coding, planner.profile).items() if is_heavy(code)}
    kept = {ord(c): 0 for c in _held(planner)} | heavy
    if coding.encoding == "ucs2":
        if place:  # what the first coding lacks made the text travel in this one
            kept = dict.fromkeys(kept, 0)
            return {**kept, ord(ESCAPE): COSTLY | INVALID}, COSTLY, COSTLY
        return {**heavy, ord(ESCAPE): INVALID | _kernel.CUT}, 0, COSTLY
    if place < len(planner.codings) - 1:
        return heavy, 0, 0  # a text with any other character travels otherwise
    other = UNKNOWN | _kernel.CUT
    return {**kept, ord(ESCAPE): INVALID | _kernel.CUT}, other, other


def _held(planner: Planner) -> set[str]:
    """What a planner's GSM-7 or Latin-1 sends as it is, or replaces as its vendor says."""
    profile = planner.profile
    if planner.settings.encodings == ("latin1",):
        return {*LATIN_1.single}
    held = {*profile.alphabet.single, *profile.alphabet.double, *profile.substitutions}
    return held | {"\r"} if profile.line_break_units else held


def without_mention(planner: Planner) -> Planner:
    """The planner of a vendor that would add no mention."""
    profile = planner.profile
    rules = profile.all_rules
    never = {"default": "never", "offered": ["never"]}
    rules["optout"] = {**rules["optout"], "transactional": never, "commercial": never}
    options = planner.options
    options["optout"] = "never"
    return Planner(Profile(profile.name, rules), **options)


def as_gsm7(planner: Planner) -> Planner:
    """The planner that sends as GSM-7 whatever it is given."""
    options = planner.options
    options["encoding"] = "gsm7"
    return Planner(planner.profile, **options)
