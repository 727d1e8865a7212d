"""Foldings: replacements in an SMS for characters that the GSM alphabet lacks.

The map itself is data (`tables/foldings.tsv`), each row with its class and its reason.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from septet._tables.foldings import BEHIND_A_DIGIT, FOLDINGS
from septet.gsm.characters import is_encodable

#: The steps, by how much a reader sees of them, least first; for each the classes of the folding
#: map that belong to it. The empty ones need more than a map.
STEPS: dict[str, tuple[str, ...]] = {
    "encoding": (),
    "markup": (),
    "strip": (),
    "blank": (),
    "line-breaks": ("line-breaks",),
    "composition": (),
    "look-alikes": ("look-alikes",),
    "typography": ("quotes", "dashes", "ellipsis", "spaces", "controls"),
    "spaces": (),
    "invalid": (),
    "links": (),
    "ligatures": ("ligatures",),
    "signs": ("signs", "fractions", "superscripts", "styled"),
    "cedilla": ("cedilla",),
    "language": (),
    "accents": ("accents-near", "accents-capital", "accents-small", "accents-hook", "letters"),
    "emoticons": ("emoticons",),
    "greek": ("greek",),
    "transliteration": (),
    "emoji": (),
    "shortening": (),
}

#: The steps that come last, because a reader loses words or has to guess them.
LAST_RESORTS = frozenset({"transliteration", "emoji", "shortening"})


#: The steps that repair a text, whatever that saves or costs.
MENDING = frozenset({"encoding", "markup", "strip", "blank"})


class Folding(NamedTuple):
    """One way to replace a character; the less `loss`, the less a reader sees of it."""

    replacement: str
    step: str
    #: The class of the folding map.
    kind: str
    loss: int


# For every step, how many steps and classes come before it; the losses of its classes follow its own.
_LOSSES = {
    step: sum(1 + len(STEPS[before]) for before in list(STEPS)[:place]) for place, step in enumerate(STEPS)
}


#: The loss of a step that needs no map.
loss_of = _LOSSES.__getitem__


def foldings(character: str) -> tuple[Folding, ...]:
    """The replacements of a character, the least visible loss first; most have none."""
    return _map().get(character, ())


def behind_a_digit(character: str) -> str | None:
    """The replacement of a character after a digit, if its folding would change a number."""
    return BEHIND_A_DIGIT.get(character)


# Signs of the GSM alphabet that a vendor's alphabet may lack, with their ISO 4217 codes.
_GSM_SIGNS = {"€": "EUR", "£": "GBP"}


def folding_within(character: str, held: frozenset[str]) -> Folding | None:
    """The replacement of a character if a vendor's alphabet lacks what the map relies on.

    The map has no row for a character of the GSM alphabet, and may replace others by one of it. A
    letter keeps the marks that it can keep.
    """
    if character in _GSM_SIGNS:
        sign = Folding(_GSM_SIGNS[character], "signs", "", loss_of("signs"))
        return sign if held.issuperset(sign.replacement) else None
    base, *marks = list(unicodedata.normalize("NFD", character))
    if not base.isalpha() or not marks or not all(map(unicodedata.combining, marks)):
        return None
    for kept in range(len(marks) - 1, -1, -1):
        letter = unicodedata.normalize("NFC", base + "".join(marks[:kept]))
        if letter in held:
            return Folding(letter, "accents", "", loss_of("accents"))
    return None


# ISO 8859-1 was made for the languages of Western Europe, though it lacks a French and a German capital
# (and a sign). ý is not of a language whose accents GSM-7 mostly has.
_WESTERN_TOO = "Ÿẞƒ"
_NOT_WESTERN = "ýÝ"


def is_western(letter: str) -> bool:
    """Whether a letter is of a language that reads well with only the accents of GSM-7.

    French without its circumflex is still French: "dépechez". GSM-7 only has accents of other languages
    by chance, and people who write those without accents leave out all: "quý là" becomes "quy la".
    """
    if letter in _NOT_WESTERN:
        return False
    return letter in _WESTERN_TOO or is_encodable(letter, "iso8859-1")


# Grave, acute, cedilla: GSM-7 has each of them on some letters only. A diaeresis or a ring makes a letter
# of its own, which GSM-7 has wherever a language needs it.
_IN_PART = frozenset("\u0300\u0301\u0327")


@lru_cache(maxsize=1024)
def bare(letter: str) -> str | None:
    """The ASCII letter under an accent that GSM-7 has in part; None for no accent, or another one."""
    if letter.isascii():
        return None
    base, *marks = list(unicodedata.normalize("NFD", letter))
    return base if base.isascii() and base.isalpha() and _IN_PART.issuperset(marks) else None


_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")


def to_be_bare(text: str, lost: set[int], foreign: set[int], kept: set[int]) -> set[int]:
    """The places of `kept` whose letters are better bare, because others of their language are.

    The sets are places of letters with marks: of those that lose theirs, of those among them that
    are not western, and of those that can keep theirs. This concerns the words with such a letter, and
    the whole text if these words are half as many as those that keep all their accents. Names do not
    count there, as they may be of another language: words with a capital, if any other has an accent.
    """
    words = [range(*word.span()) for word in _WORD.finditer(text) if not word[0].isascii()]
    strange = [word for word in words if not foreign.isdisjoint(word)]
    usual = [word for word in words if lost.isdisjoint(word) and not kept.isdisjoint(word)]
    accented = lost | kept
    small = [sum(text[word[0]].islower() for word in among) for among in (strange, usual)]
    if any(text[word[0]].islower() and not accented.isdisjoint(word) for word in words):
        is_foreign = 2 * small[0] >= max(1, small[1])
    else:
        is_foreign = len(strange) > len(usual)
    return kept.intersection(place for word in (words if is_foreign else strange) for place in word)


@cache
def _map() -> dict[str, tuple[Folding, ...]]:
    found: dict[str, tuple[Folding, ...]] = {}
    for step, kinds in STEPS.items():
        for loss, kind in enumerate(kinds, loss_of(step) + 1):
            for replacement, sources in FOLDINGS[kind]:
                folding = Folding(replacement, step, kind, loss)
                for source in sources:
                    found[source] = (*found.get(source, ()), folding)
    return found
