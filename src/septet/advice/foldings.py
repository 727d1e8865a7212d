"""Foldings: what an SMS may say instead of a character that the GSM alphabet lacks.

The map itself is data (`tables/foldings.tsv`), each row with its class and its reason.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from septet._tables.foldings import BEHIND_A_DIGIT, FOLDINGS

#: The ways to write a text otherwise, by how much its reader sees of it, least first; for each
#: the classes of the folding map that belong to it. The empty ones need more than a map.
STEPS: dict[str, tuple[str, ...]] = {
    "line-breaks": ("line-breaks",),
    "composition": (),
    "look-alikes": ("look-alikes",),
    "typography": ("quotes", "dashes", "ellipsis", "spaces", "controls"),
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

#: The steps that come last, because a reader loses words or has to guess at them.
LAST_RESORTS = frozenset({"transliteration", "emoji", "shortening"})


class Folding(NamedTuple):
    """One way to replace a character; the less `loss`, the less a reader sees of it."""

    replacement: str
    step: str
    #: The class of the folding map.
    kind: str
    loss: int


#: Every step and every class in the order of visible loss; a loss is a place in it.
_ORDER = [name for step, kinds in STEPS.items() for name in (step, *kinds)]


def loss_of(step: str) -> int:
    """The loss of a step that needs no map."""
    return _ORDER.index(step)


def foldings(character: str) -> tuple[Folding, ...]:
    """What may stand for a character, the least visible loss first; nothing for most."""
    return _map().get(character, ())


def behind_a_digit(character: str) -> str | None:
    """What stands for a character behind a digit, where its folding would change a number."""
    return BEHIND_A_DIGIT.get(character)


# Signs of the GSM alphabet that a vendor's own may lack, with their ISO 4217 code.
_GSM_SIGNS = {"€": "EUR"}


def folding_within(character: str, held: frozenset[str]) -> Folding | None:
    """What may stand for a character where a vendor's alphabet lacks what the map reckons with.

    The map has no row for a character of the GSM alphabet, and may replace others by one of it. A
    letter keeps what marks it can.
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


@cache
def _map() -> dict[str, tuple[Folding, ...]]:
    found: dict[str, tuple[Folding, ...]] = {}
    for step, kinds in STEPS.items():
        for kind in kinds:
            # A class may have the name of its step: its place is the one behind.
            loss = len(_ORDER) - 1 - _ORDER[::-1].index(kind)
            for replacement, sources in FOLDINGS[kind]:
                folding = Folding(replacement, step, kind, loss)
                for source in sources:
                    found[source] = (*found.get(source, ()), folding)
    return found
