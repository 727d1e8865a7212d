"""Whole clusters: the most segments of a text with fields, if no grapheme cluster is cut.

The value of a field may be divided into clusters in any way, and may join the text beside it. A segment
ends when the next cluster does not fit in it, so larger clusters leave more room unused. If there are two
ways to divide the same beginning, the one that has come further never falls behind: so the furthest place
at which each cluster may end follows from those before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from septet.gsm.segmentation import holds_joining

if TYPE_CHECKING:
    from septet._kernel import Weights

# Beyond so many characters the answer is only the bound for any text of so many units.
_MOST_CHARACTERS = 1500
# A place combines the segments and the units of the last one in one number.
_SEGMENT = 1 << 10


class Free(NamedTuple):
    """A field: its name, and how many characters it may have."""

    field: str
    characters: int


class Heaviest(NamedTuple):
    """The most units of a character in a field: of one that may join a cluster, and of a replacement.

    If a replacement has more, it is several characters of one unit, and only the first and the last of
    them may join others.
    """

    joining: int
    spread: int


class _Atom(NamedTuple):
    """A character, the smallest part."""

    units: int
    #: Its field; None for a known character.
    field: str | None
    #: Whether a cluster is sure to end before it.
    is_apart: bool


class Found(NamedTuple):
    """The most segments, and the values of the fields for so many; empty if these are unknown."""

    segments: int
    values: dict[str, str]


# A pictograph, and characters that join any character before or after them: they have two units of UTF-16
# each, and no vendor has a rule for them.
_ALONE, _BEHIND, _BEFORE = "😀", "\U000e0100", "\U000110bd"


def most_segments(
    parts: Sequence[str | Free],
    weights: Weights,
    size: int,
    heaviest: Heaviest,
    spread: str,
    *,
    needs_joining: bool,
) -> Found:
    """The most segments of `size` units, if there are several.

    `parts` are texts as they are shown and fields; `spread` is a character for which as many units are
    sent as `heaviest` says. With `needs_joining`, the fields have at least one character that is not spread.
    """
    atoms = list(_atoms(parts, weights, heaviest))
    if len(atoms) > _MOST_CHARACTERS:
        units = sum(max(heaviest) if atom.field is not None else atom.units for atom in atoms)
        # Two adjacent segments are together as full as one, except for half a character.
        return Found(2 * (units // (size - 1)) + 1, {})
    spreads = heaviest.spread > heaviest.joining
    singles, less = heaviest.spread - 1, heaviest.joining - 1
    reach = 2 * size + 4
    units = free = 0
    # The place where a cluster ends: with what is needed still missing, and without. The start is as
    # if a segment before the first one were full.
    lacking, having = (size, _NOWHERE) if needs_joining and spreads else (_NOWHERE, size)
    begun: list[_Begun] = []  # the clusters that may continue, by where they began
    steps: list[tuple[_Step, _Step]] = []
    for place, (weight, field, is_apart) in enumerate(atoms):
        if is_apart:
            begun.clear()
        elif begun and units - begun[0][0] > reach:
            del begun[0]
        begun.append((units, place, free, False, lacking, having))
        if spreads and field is not None:
            # All units of its replacement except the last are in clusters before.
            before = [
                at if at == _NOWHERE else _behind_singles(at, singles, size) for at in (lacking, having)
            ]
            begun.append((units + less, place, free + 1, True, before[0], before[1]))
        units += weight
        free += field is not None
        lacking = having = _NOWHERE
        to_lacking = to_having = _NO_STEP
        for start_units, start, start_free, first, from_lacking, from_having in begun:
            joined = units - start_units
            if start < place and from_having % _SEGMENT + joined <= size >= from_lacking % _SEGMENT + joined:
                continue  # no room is left unused, so its characters one by one come as far
            for last in (False, True) if spreads and field is not None and start < place else (False,):
                joined = units - start_units - (less if last else 0)
                # Whether a character of a field is part of the cluster as it is.
                holds = free - start_free > last
                if from_lacking != _NOWHERE:
                    at = _behind_cluster(from_lacking, joined, size)
                    at = _behind_singles(at, singles, size) if last else at
                    if holds and at > having:
                        having, to_having = at, (start, first, last, 0)
                    elif not holds and at > lacking:
                        lacking, to_lacking = at, (start, first, last, 0)
                if from_having != _NOWHERE:
                    at = _behind_cluster(from_having, joined, size)
                    at = _behind_singles(at, singles, size) if last else at
                    if at > having:
                        having, to_having = at, (start, first, last, 1)
        steps.append((to_lacking, to_having))
    return Found(having // _SEGMENT, _values(atoms, steps, spread))


# A place that is not reached; it is before all others.
_NOWHERE = -_SEGMENT
# Where a cluster may begin: the units before it, its place, the characters of fields before it, whether
# the first character is spread, and the place reached there.
_Begun = tuple[int, int, int, bool, int, int]
# A cluster: its place, whether its first and its last character are spread, and whether what is needed
# was there before.
_Step = tuple[int, bool, bool, int]
_NO_STEP: _Step = (0, False, False, 0)


def _behind_cluster(place: int, units: int, size: int) -> int:
    """The place after a cluster of so many units."""
    used = place % _SEGMENT
    if used + units <= size:
        return place + units
    if units <= size:
        return place - used + _SEGMENT + units
    # It is cut by characters of two units at most, so one unit of a segment may be left.
    full = -(-units // (size - 1)) - 1
    return place - used + _SEGMENT * (full + 1) + units - full * (size - 1)


def _behind_singles(place: int, units: int, size: int) -> int:
    """The place after so many clusters of one unit."""
    return place + units if place % _SEGMENT + units <= size else place + units - size + _SEGMENT


def _atoms(parts: Sequence[str | Free], weights: Weights, heaviest: Heaviest) -> list[_Atom]:
    atoms: list[_Atom] = []
    before = ""  # the character before, if it is known
    for part in parts:
        if isinstance(part, Free):
            atoms += [_Atom(heaviest.joining, part.field, False)] * part.characters
            before = ""
            continue
        joins = holds_joining(part)
        for number, (character, code) in enumerate(zip(part, weights.codes(part), strict=True)):
            is_apart = number > 0 and not (joins and holds_joining(before + character))
            atoms.append(_Atom(code, None, is_apart))
            before = character
        before = ""
    return atoms


def _values(atoms: list[_Atom], steps: list[tuple[_Step, _Step]], spread: str) -> dict[str, str]:
    """The value of each field, as far as there are characters that make such clusters."""
    signs: list[str] = []  # from the end to the beginning
    end, flag = len(atoms), 1
    while end:
        start, first, last, flag = steps[end - 1][flag]
        others = end - start - 1
        if first or atoms[start].field is None:
            signs += [_BEHIND] * others + [spread if first else _BEHIND]
        elif last or atoms[end - 1].field is None:
            signs += [spread if last else _BEFORE] + [_BEFORE] * others
        else:
            signs += [_BEHIND] * others + [_ALONE]
        end = start
    found: dict[str, str] = {}
    ended: set[str] = set()
    previous: str | None = None
    for atom, sign in zip(atoms, reversed(signs), strict=True):
        if previous is not None and atom.field != previous:
            ended.add(previous)
        if atom.field is not None and atom.field not in ended:
            found[atom.field] = found.get(atom.field, "") + sign
        previous = atom.field
    return found
