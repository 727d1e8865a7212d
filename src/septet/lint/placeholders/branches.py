"""Branches: a text whose parts depend on values, and the messages that it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from .messages import Field, Literal, Variant

#: Branches multiply. Beyond this many messages, only some are made: one with all the longest branches, one
#: with all the shortest, and one with each branch.
_MOST = 64


class Choice(NamedTuple):
    """A part of a text with several alternatives, each with its label, such as `count=one`."""

    branches: tuple[tuple[str, Parts], ...]


Parts = tuple["Literal | Field | Choice", ...]


def variants(parts: Parts) -> tuple[tuple[Variant, ...], bool]:
    """The messages of some parts, and whether these are all."""
    count = _count(parts)
    if count == 1:
        return (_variant(_chosen(parts, lambda choice: 0)),), True
    if count <= _MOST:
        return tuple(_variant(taken) for taken in _all(parts)), True
    found = [_variant(_chosen(parts, _longest)), _variant(_chosen(parts, _shortest))]
    for number in range(min(_MOST, _widest(parts))):
        found.append(_variant(_chosen(parts, _every(number))))
    return tuple(dict.fromkeys(found)), False


def _every(number: int) -> Callable[[Choice], int]:
    return lambda choice: number % len(choice.branches)


_Taken = list[tuple[str, "Literal | Field | None"]]


def _variant(taken: _Taken) -> Variant:
    labels = [label for label, piece in taken if piece is None and label]
    return Variant(" ".join(dict.fromkeys(labels)), tuple(piece for _, piece in taken if piece is not None))


def _count(parts: Parts) -> int:
    """How many messages there are; beyond the limit, only that there are more."""
    count = 1
    for part in parts:
        if isinstance(part, Choice):
            count = min(count * sum(_count(branch) for _, branch in part.branches), _MOST + 1)
    return count


def _all(parts: Parts) -> Iterator[_Taken]:
    found: list[_Taken] = [[]]
    for part in parts:
        if isinstance(part, Choice):
            below = [[(label, None), *taken] for label, branch in part.branches for taken in _all(branch)]
            found = [[*taken, *more] for taken in found for more in below]
        else:
            for taken in found:
                taken.append(("", part))
    yield from found


def _chosen(parts: Parts, choose: Callable[[Choice], int]) -> _Taken:
    taken: _Taken = []
    for part in parts:
        if isinstance(part, Choice):
            label, branch = part.branches[choose(part)]
            taken.append((label, None))
            taken += _chosen(branch, choose)
        else:
            taken.append(("", part))
    return taken


def _lengths(parts: Parts) -> tuple[int, int]:
    """The numbers of characters of the shortest and the longest message of some parts."""
    shortest = longest = 0
    for part in parts:
        if isinstance(part, Choice):
            lengths = [_lengths(branch) for _, branch in part.branches]
            shortest += min(least for least, _ in lengths)
            longest += max(most for _, most in lengths)
        else:
            length = len(part.text if isinstance(part, Literal) else part.written)
            shortest, longest = shortest + length, longest + length
    return shortest, longest


def _longest(choice: Choice) -> int:
    lengths = [_lengths(branch)[1] for _, branch in choice.branches]
    return lengths.index(max(lengths))


def _shortest(choice: Choice) -> int:
    lengths = [_lengths(branch)[0] for _, branch in choice.branches]
    return lengths.index(min(lengths))


def _widest(parts: Parts) -> int:
    """The number of branches of the choice with the most."""
    widths = [1]
    for part in parts:
        if isinstance(part, Choice):
            widths += [len(part.branches), *(_widest(branch) for _, branch in part.branches)]
    return max(widths)
