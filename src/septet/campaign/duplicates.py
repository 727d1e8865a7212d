"""Duplicates: rows with the number of an earlier row, found as all rows go by."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from septet import _kernel

from .routes import DUPLICATE
from .tallies import Tally
from .text_columns import view

if TYPE_CHECKING:
    from .estimators import Estimator
    from .rejects import Part


class Duplicates:
    """Counts them, and leaves them out where the campaign asks for it. Parts come in the file's order.

    The first row of a number that could be measured is the one that is kept.
    """

    def __init__(self, estimator: Estimator) -> None:
        self._estimator = estimator
        self._met = _kernel.NumberSet()

    def among(self, part: Part) -> Part:
        """A part with its duplicates counted, or without them."""
        people = part.people
        if people is None or not len(people.numbers):
            return part
        import numpy as np

        again = np.empty(len(people.numbers), bool)
        self._met.again(view(people.numbers), view(again))
        if not again.any():
            return part
        counts: defaultdict[Any, int] = defaultdict(int)
        for bill, rows in people.bills(again):
            counts[DUPLICATE, *bill] += rows
        number = int(again.sum())
        if not self._estimator.dedupe:
            if "duplicate-recipient" not in self._estimator.planner.settings.ignored:
                counts["problem", "duplicate-recipient"] = number
            return part._replace(tally=part.tally + Tally(counts))
        counts["left-out", DUPLICATE] = number
        import pyarrow as pa

        # Whatever else was counted of them: tallies can be added, and so they can be subtracted, too.
        theirs = self._estimator.measure(people.batch.take(pa.array(people.rows[again]))).tally
        batch = None if part.batch is None else part.batch.filter(pa.array(~again))
        return part._replace(
            tally=part.tally + Tally(counts) + theirs.negated(), batch=batch, people=people.without(again)
        )
