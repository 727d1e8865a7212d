"""Tried: all hypotheses that are compared with one way to count, with a counter for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .hypotheses import KINDS
from .other_editions import other_editions
from .other_options import other_options
from .other_rules import other_rules
from .other_sizes import other_sizes
from .other_texts import other_texts

if TYPE_CHECKING:
    from .hypotheses import Hypothesis
    from .ways import Counter, Way

#: The bits of a set of hypotheses.
_MOST = 64


class Tried:
    """The hypotheses that are tried beside one way to count, with a counter for each.

    Hypotheses that are impossible for this vendor are left out.
    """

    def __init__(self, way: Way, hypotheses: Sequence[Hypothesis]) -> None:
        self.way = way
        self.hypotheses: list[Hypothesis] = []
        self.counters: list[Counter] = []
        for one in hypotheses[:_MOST]:
            if (counter := one.change(way).counter()) is not None:
                self.hypotheses.append(one)
                self.counters.append(counter)


def hypotheses_of(way: Way) -> list[Hypothesis]:
    """All hypotheses to try, the likeliest first."""
    found = [
        *other_options(way),
        *other_editions(way),
        *other_rules(way),
        *other_sizes(way),
        *other_texts(way),
    ]
    return list(_first_of_each(sorted(found, key=lambda one: KINDS.index(one.kind))))


def _first_of_each(found: Sequence[Hypothesis]) -> Iterator[Hypothesis]:
    seen: set[str] = set()
    for one in found:
        if one.rule not in seen:
            seen.add(one.rule)
            yield one
