"""Carriers: the codings that a text may take, depending on its characters."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from septet.planning.codings import Coding
    from septet.planning.terms import Terms


class Carrier(NamedTuple):
    """A coding that holds a text, and earlier ones that do not; None: no other coding holds it either."""

    coding: Coding | None
    rivals: tuple[Coding, ...]


def carriers(terms: Terms, *, adds_mention: bool) -> Iterator[tuple[Carrier, ...]]:
    """For each sort of text the coding that it takes, or two from which the policy takes one.

    Every text is of at least one sort. It may take any national tables that hold it. A coding that does not
    hold the mention carries no text to which it is added.
    """
    if terms.languages is not None:
        tables = terms.languages.all_codings()
        for coding in tables:
            yield (Carrier(coding, ()),)
        for coding in terms.codings:
            if coding.encoding != "gsm7":
                yield (Carrier(coding, tables),)
        return
    groups = (
        tuple(coding for coding in group if coding.tail_units >= 0 or not adds_mention)
        for group in terms.groups
    )
    yield from product(*map(_of_group, groups))


def codings_of(terms: Terms) -> tuple[Coding, ...]:
    """All codings that a text may take."""
    tables = () if terms.languages is None else terms.languages.all_codings()
    return (*tables, *terms.codings)


def _of_group(group: tuple[Coding, ...]) -> Iterator[Carrier]:
    for place, coding in enumerate(group):
        yield Carrier(coding, group[:place])
    if group[-1].strict:
        yield Carrier(None, group)
