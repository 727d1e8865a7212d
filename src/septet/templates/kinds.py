"""Kinds of characters: one kind for all characters with the same weight in every coding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from septet import _kernel

if TYPE_CHECKING:
    from septet.planning.codings import Coding

#: The kinds of characters that each field may have.
Choice = Mapping[str, Sequence["Kind"]]

# The first of these represents all characters with the same weight, or else the lowest one: people should
# recognise the examples. Some of the last ones are private, so that no vendor has a rule for them: they
# represent all characters that no table lists, of one unit of UTF-16 and of two.
_KNOWN = "a€ç’…😀🎉\ue000\U000f0000"


class Kind(NamedTuple):
    """A character, and its weight in each coding."""

    character: str
    codes: dict[Coding, int]

    def units(self, coding: Coding) -> int:
        """Its units in a coding; -1 if that does not hold it."""
        code = self.codes[coding]
        return -1 if code == _kernel.OUTSIDE else code & ~_kernel.CUT

    def may_be_cut(self, coding: Coding) -> bool:
        """Whether its units may be split between two segments, in a coding that holds it."""
        return bool(self.codes[coding] & _kernel.CUT)


@lru_cache(maxsize=64)
def kinds_of(codings: tuple[Coding, ...]) -> tuple[Kind, ...]:
    """The kinds of all characters except line breaks."""
    listed = {character for coding in codings for character in coding.known} - {*"\r\n"}
    kinds: dict[tuple[int, ...], Kind] = {}
    for character in (*_KNOWN, *sorted(listed)):
        codes = tuple(coding.weights.codes(character)[0] for coding in codings)
        if codes not in kinds:
            kinds[codes] = Kind(character, dict(zip(codings, codes, strict=True)))
    return tuple(kinds.values())


def lightest(choice: Choice, coding: Coding) -> dict[str, Kind]:
    """For each field that has kinds, the first with the fewest units in a coding that holds them all."""
    return {
        field: min(kinds, key=lambda kind: kind.units(coding)) for field, kinds in choice.items() if kinds
    }


def heaviest(choice: Choice, coding: Coding) -> dict[str, Kind]:
    """For each field that has kinds, the first of those that take the most room.

    With equal units, one that may not be cut takes more.
    """
    return {field: heaviest_of(kinds, coding) for field, kinds in choice.items() if kinds}


def heaviest_of(kinds: Sequence[Kind], coding: Coding) -> Kind:
    """The first of those that take the most room."""
    return max(kinds, key=lambda kind: (kind.units(coding), not kind.may_be_cut(coding)))
