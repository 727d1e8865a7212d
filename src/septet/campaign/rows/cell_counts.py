"""Cell counts: rows with more or fewer cells than columns, and which of them can be read anyway.

A surplus empty cell is ignored, and a missing last cell that is not read counts as empty: spreadsheets save
rows so.
"""

from __future__ import annotations

from collections.abc import Set
from typing import Any, NamedTuple

from septet.campaign.tallies import BLANK_ROW, MISSING_CELL, SURPLUS_CELLS
from septet.wording.messages import counted

from .cells import is_blank


class Odd(NamedTuple):
    """A row whose number of cells is not the one that Arrow was given."""

    #: Among all rows of the block, from 0.
    place: int
    cells: list[bytes]


class CellCounts:
    """Judges rows by their cells; `needed` are the places of the columns that every row needs."""

    def __init__(self, width: int, needed: Set[int]) -> None:
        self._width = width
        self._needed = needed

    def look_at(self, odd: list[Odd], counts: dict[Any, int]) -> tuple[list[Odd], list[tuple[int, str, str]]]:
        """The rows set aside that can be read anyway, and those that are broken."""
        mended, broken = [], []
        for row in odd:
            if is_blank(row.cells):
                counts[BLANK_ROW] = counts.get(BLANK_ROW, 0) + 1
            elif (cells := self.mended(row.cells, counts)) is None:
                broken.append((row.place, *self.wrong_number(len(row.cells), counts)))
            else:
                mended.append(row._replace(cells=cells))
        return mended, broken

    def mended(self, cells: list[bytes], counts: dict[Any, int]) -> list[bytes] | None:
        """As many cells as columns, where only empty ones are too many or too few."""
        width = self._width
        if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
            counts[SURPLUS_CELLS] = counts.get(SURPLUS_CELLS, 0) + 1
            return cells[:width]
        if len(cells) == width - 1 and width - 1 not in self._needed:
            counts[MISSING_CELL] = counts.get(MISSING_CELL, 0) + 1
            return [*cells, b""]
        return cells if len(cells) == width else None

    def wrong_number(self, cells: int, counts: dict[Any, int]) -> tuple[str, str]:
        key = "rejected", "wrong-number-of-fields"
        counts[key] = counts.get(key, 0) + 1
        found = counted(
            "%(number)s field, but the header has %(width)s",
            "%(number)s fields, but the header has %(width)s",
            cells,
            width=self._width,
        )
        return key[1], found
