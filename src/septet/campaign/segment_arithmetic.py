"""Segment arithmetic: what units come to in segments, for whole columns, where no walk is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from septet import _kernel

from . import variants
from .text_columns import Rows

if TYPE_CHECKING:
    import numpy as np

    from septet.planning import Planner


class SegmentArithmetic:
    """The capacities of a planner's codings."""

    def __init__(self, planner: Planner) -> None:
        #: For each coding, what one segment holds, what one of several does, and what is kept together.
        self.capacities = [(c.single, c.part, variants.heaviest(c)) for c in planner.codings]
        #: Whether segments are billed by units alone, so that what is kept together does not matter.
        self.by_units = planner.profile.rule("counting")["by"] == "units"
        mentions = [coding.candidate(planner.adds_mention).mention for coding in planner.codings]
        #: Whether units of the mention are kept together.
        self.mention_together = any(code > 1 and not code & _kernel.CUT for m in mentions for code in m)
        self._first_is_ucs2 = planner.codings[0].encoding == "ucs2"

    def segments(self, units: np.ndarray[Any, Any], places: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """The segments that so many units take where none is left unused."""
        import numpy as np

        segments = np.empty(len(units), np.int64)
        for place, (single, part, _) in enumerate(self.capacities):
            # Division by one number, which numpy does much faster than by many.
            found = (units + (part - 1)) // part
            found[units <= single] = 1
            if place == 0:
                segments = found
            else:
                np.copyto(segments, found, where=places == place)
        return segments

    def unsure(
        self,
        rows: Rows,
        units: np.ndarray[Any, Any],
        excess: np.ndarray[Any, Any],
        of: np.ndarray[Any, Any],
    ) -> np.ndarray[Any, Any]:
        """Of some rows, those in which units kept together could need a segment more."""
        import numpy as np

        if not self.mention_together:
            of = of & ((excess > 0) | (rows.places != 0) | self._first_is_ucs2)
        chosen = np.flatnonzero(of)
        unsure = np.zeros(rows.column.rows, bool)
        units, places = units[chosen], rows.places[chosen]
        segments = self.segments(units, places)
        _, part, together = np.array(self.capacities, np.int64).T[:, places]
        unsure[chosen] = units + (segments - 1) * (together - 1) > segments * part
        return unsure
