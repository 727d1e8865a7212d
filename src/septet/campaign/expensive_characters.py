"""Expensive characters: how many rows hold each one, and what they are billed because of it.

The kernel counts them while it measures, wherever units alone say what they cost. The rows that it
leaves are measured once more, with one thing otherwise: a row in UCS-2 as GSM-7, a row that was
planned with cheaper characters in it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from septet import _kernel

from . import variants
from .pipelines import stop_if_cancelled
from .tallies import Key
from .text_columns import Counted, Rows, measure_again, patient, take_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from septet.planning.planner import Planner
    from septet.planning.plans import Plan

    from .prices.entries import Price

    Counts = defaultdict[Key, int]


class ExpensiveCharacters:
    """Counts the expensive characters of columns, for one planner. Safe in threads."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._marks = variants.marks(planner)

    def census(self, meter: _kernel.Meter) -> _kernel.Census:
        """The census of the columns that a meter measures."""
        return _kernel.Census(meter, self._marks, self._as_gsm7 if len(self._marks) > 1 else None)

    @cached_property
    def _cheapened(self) -> variants.Cheapened:
        return variants.Cheapened(self._planner)

    @cached_property
    def _as_gsm7(self) -> _kernel.Meter:
        return patient(variants.as_gsm7(self._planner))

    def count(self, rows: Rows, census: _kernel.Census, found: list[Counted], counts: Counts) -> None:
        """Counts the expensive characters; `found` is what the census did when it measured the rows."""
        import numpy as np

        self._add(found, rows.prices, counts)
        left = (rows.flags & _kernel.UNCOUNTED) != 0
        if not left.any():
            return
        amounts = np.zeros(rows.column.rows, np.int64)
        for place in (0, 1):
            chosen = left & rows.several & (rows.places == place)
            if chosen.any():
                meter = self._as_gsm7 if place else self._cheapened.meter
                more = (rows.billed - measure_again(meter, rows.column, chosen))[chosen]
                amounts[chosen] = np.maximum(more, 0)
        places = np.where(left, rows.places, np.int8(-1))
        self._add(take_count(census, rows, places, amounts), rows.prices, counts)

    def _add(self, found: list[Counted], prices: Sequence[Price | None], counts: Counts) -> None:
        for number, place, ordinal, with_it, costs, alone, alone_costs in found:
            key = "forces-ucs2" if place == 1 else "counts-double", chr(ordinal), prices[number]
            counts["character", "rows", *key] += with_it
            counts["character", "rows alone", *key] += alone
            counts["character", "segments", *key] += costs
            counts["character", "segments alone", *key] += alone_costs

    def count_in_plans(self, rows: Rows, plans: list[Plan], counts: Counts) -> None:
        """The same where weights alone do not decide, so that every row has its plan."""
        planner, as_gsm7 = self._planner, variants.as_gsm7(self._planner)
        for row, plan in zip(rows.planned.tolist(), plans, strict=True):
            stop_if_cancelled()
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


def _heavy(plan: Plan) -> set[str]:
    """The characters of a text, as written, that cost more than one unit where they are."""
    found: set[str] = set()
    for start, end in plan.written(cuts_too=True):
        run = plan.original[start:end]
        codes = plan.coding.weights.codes(run)
        found.update(character for character, code in zip(run, codes, strict=True) if variants.is_heavy(code))
    return found
