"""Expensive characters: how many rows hold each one, and what these are billed because of it.

The kernel counts them while it measures, where their units alone decide what they cost. The other rows are
measured once more with one thing changed: a row in UCS-2 as GSM-7, any other with cheaper characters in it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from septet import _kernel
from septet.gsm.characters import unify_line_breaks

from . import signs, variants
from .pipelines import stop_if_cancelled
from .tallies import Key
from .text_columns import Counted, Rows, measure_again, patient, take_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from septet.planning.planner import Planner
    from septet.planning.plans import Plan

    from .prices.entries import Price

    Counts = defaultdict[Key, int]


class ExpensiveCharacters:
    """Counts the expensive characters of columns, for one planner. Safe in threads."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._marks = variants.marks(planner)
        self._kinds = tuple(
            "forces-ucs2" if variants.forces(planner, coding) else "counts-double"
            for coding in planner.codings
        )
        self._meters: dict[int, _kernel.Meter] = {}

    def census(self, meter: _kernel.Meter) -> _kernel.Census:
        """The census of the columns that a meter measures."""
        codings = self._planner.codings
        instead = (self._as_gsm7 if variants.forces(self._planner, coding) else None for coding in codings)
        return _kernel.Census(meter, self._marks, tuple(instead), signs.NEAR)

    @cached_property
    def _as_gsm7(self) -> _kernel.Meter:
        return patient(self._in_gsm7)

    @cached_property
    def _in_gsm7(self) -> Planner:
        return variants.as_gsm7(self._planner)

    def _cheaper(self, place: int) -> _kernel.Meter:
        """The meter for the texts of a coding without their expensive characters."""
        if place not in self._meters:
            coding = self._planner.codings[place]
            self._meters[place] = (
                self._as_gsm7
                if variants.forces(self._planner, coding)
                else variants.Cheapened(self._planner, coding).meter
            )
        return self._meters[place]

    def count(
        self, rows: Rows, census: _kernel.Census, found: list[Counted], plans: list[Plan], counts: Counts
    ) -> None:
        """Counts the expensive characters; `found` is what the census did when it measured the rows."""
        import numpy as np

        self._add(found, rows.prices, counts)
        self._count_in_plans(rows, plans, counts)
        left = (rows.flags & _kernel.UNCOUNTED) != 0
        left[rows.planned] = False
        if not left.any():
            return
        amounts = np.zeros(rows.column.rows, np.int64)
        for place in range(len(self._planner.codings)):
            chosen = left & rows.several & (rows.places == place)
            if chosen.any():
                cheaper = measure_again(self._cheaper(place), rows.column, chosen)
                amounts[chosen] = np.maximum(rows.billed - np.maximum(cheaper, 1), 0)[chosen]
        places = np.where(left, rows.places, np.int8(-1))
        self._add(take_count(census, rows, places, amounts), rows.prices, counts)

    def _add(self, found: list[Counted], prices: Sequence[Price | None], counts: Counts) -> None:
        for number, place, ordinal, with_it, costs, alone, alone_costs in found:
            key = self._kinds[place], chr(ordinal), prices[number]
            counts["character", "rows", *key] += with_it
            counts["character", "rows alone", *key] += alone
            counts["character", "segments", *key] += costs
            counts["character", "segments alone", *key] += alone_costs

    def _count_in_plans(self, rows: Rows, plans: list[Plan], counts: Counts) -> None:
        """The same for the rows that were planned."""
        for row, plan in zip(rows.planned.tolist(), plans, strict=True):
            stop_if_cancelled()
            more = 0
            if variants.forces(self._planner, plan.coding):
                kind, found = "forces-ucs2", {plan.original[start:end] for start, end in plan.forcing}
                if plan.billed_segments > 1:
                    more = _saved(plan.billed_segments, self._in_gsm7.count(plan.original))
            else:
                kind, found = "counts-double", _heavy(plan)
                if found and plan.billed_segments > 1:
                    more = _saved(plan.billed_segments, self._planner.count(_without(plan, found)))
            price = rows.prices[0 if rows.price_of is None else int(rows.price_of[row])]
            for character in found:
                counts["character", "rows", kind, character, price] += 1
                counts["character", "segments", kind, character, price] += more
                if len(found) == 1:
                    counts["character", "rows alone", kind, character, price] += 1
                    counts["character", "segments alone", kind, character, price] += more


def _saved(billed: int, cheaper: int) -> int:
    """The segments saved; a text that would show nothing is not a cheaper message."""
    return max(0, billed - max(1, cheaper))


def _heavy(plan: Plan) -> set[str]:
    """The characters of a text, as written, that cost more than one unit in their place."""
    found: set[str] = set()
    for run, is_placeholder in _runs(plan):
        if not is_placeholder:
            # One by one: the part that was cut may hold characters that are not in the coding of the part
            # that is kept.
            found.update(c for c in set(run) if variants.is_heavy(plan.coding.weights.codes(c)[0]))
    return found


def _without(plan: Plan, found: set[str]) -> str:
    """The text with a full stop for each of these characters."""
    instead = str.maketrans(dict.fromkeys(found, "."))
    return "".join(run if is_placeholder else run.translate(instead) for run, is_placeholder in _runs(plan))


def _runs(plan: Plan) -> Iterator[tuple[str, bool]]:
    """A whole text in pieces, with unified line breaks where these are counted, and which pieces are
    placeholders."""
    original, place = plan.original, 0
    for start, end in plan.written(cuts_too=True):
        if place < start:
            yield original[place:start], True
        run = original[start:end]
        yield unify_line_breaks(run) if plan.terms.profile.line_break_units else run, False
        place = end
