"""Expensive characters: how many rows hold each one, and what they are billed because of it.

The kernel takes a census of what each row holds. What that costs follows from the units wherever
weights alone decided of a row; a row in UCS-2 is measured once more, as GSM-7.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from . import variants
from .segment_arithmetic import SegmentArithmetic
from .tallies import Key
from .text_columns import Column, Rows, measure_again, patient, with_one_line_break

if TYPE_CHECKING:
    import numpy as np

    from septet import _kernel
    from septet.planning import Planner
    from septet.plans import Plan

    Counts = defaultdict[Key, int]


class ExpensiveCharacters:
    """Counts the expensive characters of columns, for one planner. Safe in threads."""

    def __init__(self, planner: Planner, arithmetic: SegmentArithmetic) -> None:
        self._planner = planner
        self._arithmetic = arithmetic
        self._census = variants.census(planner)
        self._unifies = planner.profile.line_break_units > 0

    @cached_property
    def _cheapened(self) -> variants.Cheapened:
        return variants.Cheapened(self._planner)

    @cached_property
    def _as_gsm7(self) -> _kernel.Meter:
        return patient(variants.as_gsm7(self._planner))

    def count(self, rows: Rows, counts: Counts) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Counts the expensive characters; what each row holds: its marks, and units beyond one each."""
        import numpy as np

        column = with_one_line_break(rows.texts, rows.column) if self._unifies else rows.column
        amounts = np.zeros(column.rows, np.int64)
        forced = rows.several & (rows.places == 1)
        if forced.any():
            more = (rows.billed - measure_again(self._as_gsm7, rows.column, forced))[forced]
            amounts[forced] = np.maximum(more, 0)
        flags, excess = self._count(rows, column, rows.places, amounts, counts)
        heavy = rows.several & (rows.places == 0) & (excess > 0)
        if heavy.any():
            amounts = self._what_they_cost(rows, excess, heavy)
            costing = np.where(amounts > 0, np.int8(0), np.int8(-1))
            if amounts.any():
                self._count(rows, column, costing, amounts, counts, again=True)
        return flags, excess

    def count_in_plans(
        self, rows: Rows, long: np.ndarray[Any, Any], plans: list[Plan], counts: Counts
    ) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """The same where weights alone do not decide, so that every row has its plan."""
        import numpy as np

        planner, as_gsm7 = self._planner, variants.as_gsm7(self._planner)
        for row, plan in zip(long.tolist(), plans, strict=True):
            text = plan.original
            if plan.encoding == "ucs2" and planner.settings.encoding == "auto":
                kind, cheaper = "forces-ucs2", as_gsm7.count(text)
                found = {text[start:end] for start, end in plan.forcing}
            else:
                kind, found = "counts-double", _heavy(plan)
                cheaper = planner.count("".join("." if c in found else c for c in text))
            price = rows.prices[0 if rows.price_of is None else int(rows.price_of[row])]
            more = max(0, plan.billed_segments - cheaper)
            for character in found:
                counts["character", "rows", kind, character, price] += 1
                counts["character", "segments", kind, character, price] += more
                if len(found) == 1:
                    counts["character", "rows alone", kind, character, price] += 1
                    counts["character", "segments alone", kind, character, price] += more
        return np.zeros(rows.column.rows, np.uint8), np.zeros(rows.column.rows, np.int64)

    def _count(
        self,
        rows: Rows,
        column: Column,
        places: np.ndarray[Any, Any],
        amounts: np.ndarray[Any, Any],
        counts: Counts,
        again: bool = False,
    ) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Takes a census by price; what each row holds. Rows that were counted before count `again`."""
        import numpy as np

        total: tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None = None
        for number, price in enumerate(rows.prices):
            chosen = places
            if rows.price_of is not None:
                chosen = places.copy()
                chosen[rows.price_of != number] = -1
            flags, excess = np.empty(column.rows, np.uint8), np.empty(column.rows, np.int64)
            views: Any = map(memoryview, (chosen, amounts, flags, excess))  # type: ignore[arg-type]
            found = self._census.count(column.data, column.offsets, column.rows, *views)
            for place, ordinal, with_it, costs, alone, alone_costs in found:
                key = "forces-ucs2" if place == 1 else "counts-double", chr(ordinal), price
                if not again:
                    counts["character", "rows", *key] += with_it
                    counts["character", "rows alone", *key] += alone
                if costs:
                    counts["character", "segments", *key] += costs
                    counts["character", "segments alone", *key] += alone_costs
            total = (flags, excess) if total is None else (total[0] | flags, total[1] + excess)
        assert total is not None
        return total

    def _what_they_cost(
        self, rows: Rows, excess: np.ndarray[Any, Any], heavy: np.ndarray[Any, Any]
    ) -> np.ndarray[Any, Any]:
        """The segments that what counts double costs each of some rows. A row of one cannot cost less."""
        import numpy as np

        amounts = np.zeros(rows.column.rows, np.int64)
        exact = np.flatnonzero(heavy & rows.ordinary)
        if self._arithmetic.mention_together and not self._arithmetic.by_units:
            exact = exact[:0]
        without = rows.units[exact] - excess[exact]
        amounts[exact] = rows.billed[exact] - self._arithmetic.segments(without, rows.places[exact])
        rest = heavy.copy()
        rest[exact] = False
        if rest.any():
            amounts[rest] = (rows.billed - measure_again(self._cheapened.meter, rows.column, rest))[rest]
        return np.maximum(amounts, 0, out=amounts)


def _heavy(plan: Plan) -> set[str]:
    """The characters of a text, as written, that cost more than one unit where they are."""
    found: set[str] = set()
    for start, end in plan.written(len(plan.original)):
        run = plan.original[start:end]
        codes = plan.coding.weights.codes(run)
        found.update(character for character, code in zip(run, codes, strict=True) if variants.is_heavy(code))
    return found
