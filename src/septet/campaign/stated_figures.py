"""Stated figures: what a vendor's documents say in numbers, held against the rows of a column.

A limit in characters, and tables of how much so many segments hold. Of rows that need no plan:
those that have one have its problems.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from septet import _kernel

from .text_columns import measure

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from septet.planning.planner import Planner

    from .text_columns import Rows

    Mask = np.ndarray[Any, Any]

# More units than any text has.
_ENDLESS = 2**31 - 1


class StatedFigures:
    """Finds the rows that pass a vendor's stated figures, for one planner."""

    def __init__(self, planner: Planner) -> None:
        settings = planner.settings
        self._codings = planner.codings
        self._limit = settings.character_limit
        self._mention = settings.added if planner.adds_mention else ""
        self._tables = [
            table
            for table in planner.profile.rule("documented_totals")
            if table["optout"] == planner.adds_mention
        ]
        self._written = None
        if self._limit is not None and self._limit.counted != "units":
            astral = 1 if self._limit.counted == "characters" else 2
            endless = _kernel.Candidate(_kernel.Weights({}, 1, astral), _ENDLESS, _ENDLESS)
            self._written = _kernel.Meter(
                (endless,),
                lambda text: (0, 0, 0),  # of one that is empty nothing is written
                physical=False,
                one_line_break=planner.profile.line_break_units > 0,
                limit=0,
                needles=(),
            )

    def problems(self, rows: Rows) -> Iterator[tuple[str, Mask]]:
        """The codes of problems, each with the rows that have it."""
        for place, coding in enumerate(self._codings):
            most = self._limit.most(coding) if self._limit else None
            tables = [table for table in self._tables if table["encoding"] == coding.encoding]
            if most is None and not tables:
                continue
            here = rows.places == place
            if most is not None:
                yield "too-many-characters", self._beyond(rows, here, most)
            for table in tables:
                yield "documented-otherwise", self._otherwise(rows, here, place, table["totals"])

    def _beyond(self, rows: Rows, here: Mask, most: int) -> Mask:
        """The rows of more characters than are allowed, counted as the limit is."""
        import numpy as np

        if self._written is None or self._limit is None:
            return here & (rows.units > most)
        column = rows.column
        # No text has more characters than octets.
        offsets = np.asarray(column.offsets[: column.rows + 1])
        most -= self._limit.written(self._mention)
        long = here & (np.diff(offsets) > most)
        if long.any():
            units, _ = measure(self._written, column, np.empty(column.rows, np.int8), long)
            long &= units > most
        return long

    def _otherwise(self, rows: Rows, here: Mask, place: int, totals: list[int]) -> Mask:
        """The rows for which a table has another number of segments than is billed."""
        import numpy as np

        alone = rows.units - (self._codings[place].tail_units if self._mention else 0)
        # Most rows have one segment, and so says the table.
        found = here & ((rows.billed > 1) | (alone > totals[0])) & (alone <= totals[-1])
        some = np.flatnonzero(found)
        if some.size:
            found[some] = 1 + np.searchsorted(totals, alone[some], "left") != rows.billed[some]
        return found
