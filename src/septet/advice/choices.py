"""Choices: the replacement of a character, or a cluster, within an alphabet."""

from __future__ import annotations

import unicodedata

from septet.gsm.characters import is_invalid

from .degrees import beside_a_number
from .foldings import Folding, folding_within, foldings, loss_of
from .transliteration import by_sound

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# UAX #15, 13 (Stream-Safe Text): no real text has more than 30 marks on one letter, and
# sorting marks takes the square of their number.
_LONGEST_CLUSTER = 32

# Steps that replace letters of other scripts by similar ones.
_BY_LOOKS = ("look-alikes", "greek")


def as_composed(source: str) -> str:
    """A cluster with its letters and marks composed, unless it is too long to be one."""
    if 1 < len(source) <= _LONGEST_CLUSTER or not unicodedata.is_normalized("NFC", source[0]):
        return unicodedata.normalize("NFC", source[:_LONGEST_CLUSTER]) + source[_LONGEST_CLUSTER:]
    return source


def cluster_within(
    composed: str,
    held: frozenset[str],
    beside: tuple[str, str],
    choose: Callable[[str, frozenset[str]], Folding | None],
) -> tuple[str, Folding] | None:
    """A cluster within the alphabet, with the folding that costs its reader most; None if there is none.

    `beside` are the characters before and after it.
    """
    before, behind = beside
    written: list[str] = []
    worst = Folding("", "composition", "", loss_of("composition"))
    for character in composed:
        if character in held:
            written.append(character)
            before = character
            continue
        folding = choose(character, held)
        if folding is None:
            return None
        replacement = folding.replacement
        if (longer := beside_a_number(character, before, behind)) is not None:
            if not held.issuperset(longer):
                return None
            replacement = longer
        written.append(replacement)
        before = replacement
        worst = max(worst, folding, key=lambda folding: folding.loss)
    return "".join(written), worst


def _possible(character: str, held: frozenset[str]) -> Iterator[Folding]:
    if is_invalid(character):
        yield Folding("", "invalid", "", loss_of("invalid"))
    mapped = [folding for folding in foldings(character) if held.issuperset(folding.replacement)]
    yield from mapped
    if not mapped and (within := folding_within(character, held)) is not None:
        yield within
    kind = unicodedata.category(character)
    if kind == "Me":  # an enclosing mark: the key around a digit
        yield Folding("", "signs", "", loss_of("signs"))
    elif kind in ("Mn", "Mc"):
        yield Folding("", "accents", "", loss_of("accents"))


def by_map(character: str, held: frozenset[str]) -> Folding | None:
    return next(_possible(character, held), None)


def by_map_otherwise(character: str, held: frozenset[str]) -> Folding | None:
    ways = list(_possible(character, held))[:2]
    return ways[-1] if ways else None


def is_settled(character: str, step: str) -> bool:
    """Whether a step does not only go by the looks of a character, so that its sound does not matter."""
    return step not in _BY_LOOKS and not _is_mark(character)


def _is_mark(character: str) -> bool:
    """Whether a character is written above, below or around another."""
    return unicodedata.category(character).startswith("M")


def by_sound_or_map(character: str, held: frozenset[str]) -> Folding | None:
    """As `by_map`, but by sound where the map goes by looks, or has nothing."""
    mapped = by_map(character, held)
    if mapped is not None and is_settled(character, mapped.step):
        return mapped
    letters = "".join(c if c in held else _plain(c, held) for c in by_sound(character))
    # Unidecode leaves out what it does not know: that would be lost without notice.
    if not letters.strip() or not held.issuperset(letters):
        return mapped if _is_mark(character) else None
    return Folding(letters, "transliteration", "", loss_of("transliteration"))


def _plain(character: str, held: frozenset[str]) -> str:
    mapped = by_map(character, held)
    return character if mapped is None else mapped.replacement
