"""Glances: which rows of a column need a closer look, of those whose bill is decided by weights.

Links, values, markup and blanks make no text cost more, and few texts have a problem with them. The kernel
marks the rows that hold a sign of one (`variants.LOOK`); patterns for RE2 keep those where it may matter;
only these get a plan of their own. Each step lets through all rows that matter, and few others.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from septet.planning.blemishes import blemishes
from septet.planning.character_classes import ranges
from septet.planning.damages import damages
from septet.planning.things import gates

from . import signs, variants
from .text_columns import matching

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    import pyarrow as pa

    from septet.planning.planner import Planner
    from septet.wording.problems import Problem

    from .text_columns import Rows

#: The problems that rows are looked at for.
LOOKED_FOR = frozenset({"link-changed", "value-changed", "glued-link", "suspect-markup"})
_OF_CHANGES = frozenset({"link-changed", "value-changed"})
# The mark of the signs of some problems, and the pattern of a row that may have these problems.
_SIGNED = (
    ("glued-link", signs.GLUED, gates.GLUED),
    ("suspect-markup", signs.ENTITY, gates.ENTITY),
    ("suspect-markup", signs.TAG, gates.TAG),
)

# The marks of a character that is changed and may belong to a thing.
_NEAR_THINGS = variants.LOOK | variants.NEAR | variants.INVALID

# This many plans take as long as compiling a pattern.
_FEW = 20


class Glance:
    """Tells which rows of a planner's columns to look at. Safe in threads."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._ignored = planner.settings.ignored
        changes = {} if self._ignored >= _OF_CHANGES else dict(enumerate(planner.codings))
        #: The codings that change a text, by their places.
        self._changing = {
            place: coding
            for place, coding in changes.items()
            if variants.loses(coding) or variants.changed(coding)
        }
        self._patterns: dict[int, str] = {}

    def rows(self, texts: pa.Array, rows: Rows, marks: np.ndarray[Any, Any]) -> list[int]:
        """The rows that need a plan for their problems to be known; `marks` are those of their signs."""
        import numpy as np

        if not marks.size:
            return []
        met, near_met = (int(np.bitwise_or.reduce(each)) for each in (marks, rows.flags))
        signed = any(met & mark for code, mark, _ in _SIGNED if code not in self._ignored)
        if not signed and not (self._changing and (near_met & _NEAR_THINGS or met & signs.FIELD)):
            return []
        left = rows.places >= 0
        left[rows.planned] = False
        worth = np.zeros(left.size, bool)
        for code, mark, pattern in _SIGNED:
            if code not in self._ignored and met & mark:
                worth |= _where(left & ((marks & mark) != 0), texts, partial(str, pattern))
        if self._changing:
            near = ((rows.flags & _NEAR_THINGS) != 0) | ((marks & signs.FIELD) != 0)
            near &= left & ~worth
            for place in self._changing if near.any() else ():
                worth |= _where(near & (rows.places == place), texts, partial(self._pattern, place))
        return np.flatnonzero(worth).tolist()

    def _pattern(self, place: int) -> str:
        """The pattern of a text in a coding in which a change may touch a thing."""
        if place not in self._patterns:
            coding = self._changing[place]
            changed = variants.changed(coding)
            if variants.loses(coding):
                changed_class = f"^{ranges(variants.held(self._planner, coding) - changed)}"
            else:
                changed_class = ranges(changed)
            self._patterns[place] = gates.of_changes(changed_class, variants.apart_in(self._planner, coding))
        return self._patterns[place]

    def look(self, text: str | bytes) -> Iterator[Problem]:
        """The problems of a row that are looked for here."""
        plan = self._planner.plan(text if isinstance(text, str) else text.decode())
        yield from damages(plan)
        yield from blemishes(plan)


def _where(chosen: np.ndarray[Any, Any], texts: pa.Array, pattern: Callable[[], str]) -> np.ndarray[Any, Any]:
    """Which of the chosen texts match; all of them where they are few, since compiling a pattern takes a
    while."""
    import numpy as np

    return matching(texts, chosen, pattern()) if np.count_nonzero(chosen) > _FEW else chosen
