"""Tallies: counts of rows, which add up over the parts of a campaign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: The key of a count: a word, then the values that belong to it. In all of them, `price` is a `Price` or
#: None:
#:
#: - ``("rejected", code)``: rows that could not be measured
#: - ``("bill", price, encoding, billed_segments)``: measured rows; the same key starting with ``"refused"``
#:   counts those of them that should not be sent
#: - ``("problem", code)``, ``("optout", status)``: rows
#: - ``("character", of, kind, character, price)``: of is ``"rows"`` or ``"segments"``, either one perhaps
#:   with ``" alone"`` after it
#: - ``("mention", price)``: segments that the opt-out mention adds
#: - ``("left-out", why)``: rows that are neither measured nor rejected; ``("mended", how)``: rows that were
#:   read although a spreadsheet wrote more or fewer cells
#: - ``("kind", kind)``: measured rows by the kind of their number; ``("duplicate", price, encoding,
#:   billed_segments)``: rows with the number of an earlier one, left out or not
#: - ``("hours", what)``: rows that go out at quiet hours: ``"held-back"``, ``"at-quiet-hours"``, or
#:   ``"uncertain"`` whether they do
#: - ``("going", of, country, line, price)``: of is ``"rows"`` or ``"segments"``, line the destination of
#:   the price list that holds for them, or None
#: - ``("padded",)``: rows with blanks around a text or a value; ``("blanks", price)``: segments that they add
#: - ``("fitted",)``: rows in which a field was cut; ``("fitted-rows", field)``, ``("fitted-characters",
#:   field)``: how often, and how much of each
#: - ``("worded",)``: rows with a wording other than their first; ``("with-tail",)``: rows with what is
#:   added after a text where that is free
#: - ``("truncated",)``: rows; ``("spared", price)``: segments that the cut saves
Key = tuple[Any, ...]

#: With only empty cells, as spreadsheets leave them after the last row: not a row.
BLANK_ROW = "left-out", "blank-row"
#: With empty cells after those of the header.
SURPLUS_CELLS = "mended", "surplus-cells"
#: Without the last cell, which is not read and counts as empty.
MISSING_CELL = "mended", "missing-cell"
#: With a number that lacks its first 0, which only the format of a sheet showed.
LOST_ZERO = "mended", "lost-zero"
#: With blanks around a text or a value, which `strip` removed.
STRIPPED = "mended", "stripped"


class Tally:
    """Counts of rows. Tallies of parts add up to that of the whole, in any order; picklable."""

    __slots__ = ("_counts",)

    def __init__(self, counts: Mapping[Key, int] | None = None) -> None:
        self._counts = {key: count for key, count in (counts or {}).items() if count}

    def __add__(self, other: Tally) -> Tally:
        if not isinstance(other, Tally):
            return NotImplemented
        total = Tally()
        total._counts.update(self._counts)
        total += other
        return total

    def __radd__(self, other: object) -> Tally:
        # So that sum() needs no start value.
        return self if other == 0 else NotImplemented

    def __iadd__(self, other: Tally) -> Tally:
        counts = self._counts
        for key, count in other._counts.items():
            total = counts.get(key, 0) + count
            if total:
                counts[key] = total
            else:
                del counts[key]
        return self

    def negated(self) -> Tally:
        """The tally that removes these counts from one that holds them."""
        return Tally({key: -count for key, count in self._counts.items()})

    def __getitem__(self, key: Key) -> int:
        """The count of a key, 0 where nothing was counted."""
        return self._counts.get(key, 0)

    def of(self, *word: Any) -> Iterator[tuple[Key, int]]:
        """The rest of the keys that begin with these words, with their counts."""
        length = len(word)
        return ((key[length:], count) for key, count in self._counts.items() if key[:length] == word)

    @property
    def measured(self) -> int:
        """The rows that were measured."""
        return sum(count for _, count in self.of("bill"))

    @property
    def rejected(self) -> int:
        """The rows that could not be measured."""
        return sum(count for _, count in self.of("rejected"))

    @property
    def left_out(self) -> int:
        """The rows that are left out; empty ones do not count as rows."""
        return sum(count for key, count in self.of("left-out") if key != BLANK_ROW[1:])

    @property
    def rows(self) -> int:
        """All rows."""
        return self.measured + self.rejected + self.left_out

    @property
    def segments(self) -> int:
        """The billed segments of the measured rows."""
        return sum(key[-1] * count for key, count in self.of("bill"))

    def __eq__(self, other: object) -> bool:
        return self._counts == other._counts if isinstance(other, Tally) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # it changes in place

    def __reduce__(self) -> tuple[Any, ...]:
        return Tally, (self._counts,)

    def __repr__(self) -> str:
        return f"<septet.campaign.Tally: {self.measured} rows measured, {self.rejected} rejected>"
