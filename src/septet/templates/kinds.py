"""Kinds of characters: one for all those that weigh the same, whatever coding a text travels in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from septet import _kernel

if TYPE_CHECKING:
    from septet.planning.codings import Coding

#: The kinds of characters that may stand in each field.
Choice = Mapping[str, Sequence["Kind"]]

# Of characters that weigh the same the first of these stands for all, or else the lowest: examples are
# to be such as people know. Some of the last ones are private, so that no vendor has a rule for them:
# they stand for all that no table lists, of one unit of UTF-16 and of two.
_KNOWN = "a€ç’…😀🎉\ue000\U000f0000"


class Kind(NamedTuple):
    """A character, and what it weighs in each coding."""

    character: str
    codes: dict[Coding, int]

    def units(self, coding: Coding) -> int:
        """Its units in a coding; -1 where that does not hold it."""
        code = self.codes[coding]
        return -1 if code == _kernel.OUTSIDE else code & ~_kernel.CUT

    def may_be_cut(self, coding: Coding) -> bool:
        """Whether its units, in a coding that holds it, may stand in two segments."""
        return bool(self.codes[coding] & _kernel.CUT)


@lru_cache(maxsize=64)
def kinds_of(codings: tuple[Coding, ...]) -> tuple[Kind, ...]:
    """The kinds of all characters but line breaks."""
    listed = {character for coding in codings for character in coding.known} - {*"\r\n"}
    kinds: dict[tuple[int, ...], Kind] = {}
    for character in (*_KNOWN, *sorted(listed)):
        codes = tuple(coding.weights.codes(character)[0] for coding in codings)
        if codes not in kinds:
            kinds[codes] = Kind(character, dict(zip(codings, codes, strict=True)))
    return tuple(kinds.values())


def lightest(choice: Choice, coding: Coding) -> dict[str, Kind]:
    """Of each field that has any the first of those with the fewest units in a coding that holds them all."""
    return {
        field: min(kinds, key=lambda kind: kind.units(coding)) for field, kinds in choice.items() if kinds
    }


def heaviest(choice: Choice, coding: Coding) -> dict[str, Kind]:
    """Of each field that has any the first of those that take the most room.

    Of as many units one that may not be cut does.
    """
    return {field: heaviest_of(kinds, coding) for field, kinds in choice.items() if kinds}


def heaviest_of(kinds: Sequence[Kind], coding: Coding) -> Kind:
    """The first of those that take the most room."""
    return max(kinds, key=lambda kind: (kind.units(coding), not kind.may_be_cut(coding)))
