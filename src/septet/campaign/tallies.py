"""Tallies: what was counted of some rows, and of others, and of all of them together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

#: What a count is of: a word, then what that word has beside it. In all of them, `price` is a
#: `Price` or None:
#:
#: - ``("rejected", code)``: rows that could not be measured
#: - ``("bill", price, encoding, billed_segments)``: measured rows; of the same key starting with
#:   ``"refused"``, those of them that should not be sent
#: - ``("problem", code)``, ``("optout", status)``: rows
#: - ``("character", of, kind, character, price)``: of is ``"rows"``, ``"segments"``, or either with
#:   ``" alone"`` behind it
#: - ``("mention", price)``: segments that the opt-out mention adds
#: - ``("left-out", why)``, which are neither measured nor rejected; ``("mended", how)``, which were read
#:   although a spreadsheet wrote more or fewer cells
#: - ``("kind", kind)``: measured rows by what their number is of; ``("duplicate", price, encoding,
#:   billed_segments)``: rows to a number that an earlier one went to, left out or not
#: - ``("hours", what)``: rows that go out at quiet hours: ``"held-back"``, ``"at-quiet-hours"``, or
#:   ``"uncertain"`` whether they do
#: - ``("going", of, country, line, price)``: of is ``"rows"`` or ``"segments"``, line the destination of
#:   the price list that holds for them, or None
#: - ``("padded",)``: rows with blanks around a text or a value; ``("blanks", price)``: segments that they add
#: - ``("fitted",)``: rows of which a field was cut; ``("fitted-rows", field)``, ``("fitted-characters",
#:   field)``: how often, and how much of each
#: - ``("worded",)``: rows with another wording than their first; ``("with-tail",)``: rows with what is put
#:   behind a text where that is free
#: - ``("truncated",)``: rows; ``("spared", price)``: segments that the cut spares
Key = tuple[Any, ...]

#: Of nothing but empty cells, as spreadsheets leave them behind the last row: no row at all.
BLANK_ROW = "left-out", "blank-row"
#: With empty cells behind those of the header.
SURPLUS_CELLS = "mended", "surplus-cells"
#: Without the last cell, which nobody reads: it is empty.
MISSING_CELL = "mended", "missing-cell"
#: With a number that lacks its first 0, which the format of a sheet only showed.
LOST_ZERO = "mended", "lost-zero"
#: With blanks around a text or a value, which were asked to be taken away.
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
        # So that sum() needs no start of its own.
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
        """What takes these counts away from a tally that holds them."""
        return Tally({key: -count for key, count in self._counts.items()})

    def __getitem__(self, key: Key) -> int:
        """The count of a key, 0 where nothing was counted."""
        return self._counts.get(key, 0)

    def of(self, *word: Any) -> Iterator[tuple[Key, int]]:
        """What stands behind these words in the keys that begin with them, with the counts."""
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
        """The rows that are left out; empty ones are no rows."""
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
