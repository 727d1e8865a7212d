"""Stated figures: the numbers in a vendor's documents, compared with the rows of a column.

These are a limit in characters, and tables of how much each number of segments holds. Only rows without a
plan are compared: a plan finds these problems itself.
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
    """Finds the rows that exceed or contradict a vendor's stated figures, for one planner."""

    def __init__(self, planner: Planner) -> None:
        settings = planner.settings
        self._codings = planner.codings
        self._limit = settings.character_limit
        self._adds = planner.adds_mention
        self._added = settings.added if planner.adds_mention else ""
        if self._limit is not None:
            self._added += self._limit.beside
        self._tables = [
            table
            for table in planner.profile.rule("documented_totals")
            if table["optout"] == planner.adds_mention
        ]
        self._written: list[_kernel.Meter] = []
        if self._limit is not None and self._limit.counted != "units":
            for coding in self._codings:
                endless = _kernel.Candidate(self._limit.weights(coding), _ENDLESS, _ENDLESS)
                meter = _kernel.Meter(
                    (endless,),
                    lambda text: (0, 0, 0),  # an empty text adds nothing
                    physical=False,
                    one_line_break=planner.profile.line_break_units > 0,
                    limit=0,
                    needles=(),
                )
                self._written.append(meter)

    def problems(self, rows: Rows) -> Iterator[tuple[str, Mask]]:
        """The codes of problems, each with its rows."""
        for place, coding in enumerate(self._codings):
            most = self._limit.most(coding) if self._limit else None
            tables = [table for table in self._tables if table["encoding"] == coding.encoding]
            if most is None and not tables:
                continue
            here = rows.places == place
            if most is not None:
                yield "too-many-characters", self._beyond(rows, here, place, most)
            for table in tables:
                yield "documented-otherwise", self._otherwise(rows, here, place, table["totals"])

    def _beyond(self, rows: Rows, here: Mask, place: int, most: int) -> Mask:
        """The rows with more characters than allowed, counted as for the limit."""
        import numpy as np

        assert self._limit is not None
        if not self._written:
            # The characters that the vendor does not count with the text are not in its units.
            coding = self._codings[place]
            apart = coding.frame_units - coding.shown_weights.units(self._limit.beside)
            return here & (rows.units - apart > most)
        column = rows.column
        # No count is more than the octets, except where characters are replaced by more.
        offsets = np.asarray(column.offsets[: column.rows + 1])
        most -= self._limit.written(self._added)
        long = here & (np.diff(offsets) > most) if self._limit.counted != "shown" else here
        if long.any():
            units, _ = measure(self._written[place], column, np.empty(column.rows, np.int8), long)
            long &= units > most
        return long

    def _otherwise(self, rows: Rows, here: Mask, place: int, totals: list[int]) -> Mask:
        """The rows for which a table gives another number of segments than is billed."""
        import numpy as np

        alone = rows.units - self._codings[place].around(self._adds)
        # Most rows have one segment, also by the table.
        found = here & ((rows.billed > 1) | (alone > totals[0])) & (alone <= totals[-1])
        some = np.flatnonzero(found)
        if some.size:
            found[some] = 1 + np.searchsorted(totals, alone[some], "left") != rows.billed[some]
        return found
