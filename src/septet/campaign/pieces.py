"""Pieces: the rows of a large batch, measured a few at a time, as many as stay in the processor's cache.

Arrays for a few rows lie in memory that was used before. Those for many rows are fetched from the system each
time, and given back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .findings import SHOWN

if TYPE_CHECKING:
    import pyarrow as pa

    from .estimators import Estimator, Fault, Outcome
    from .findings import Finding
    from .tallies import Tally

#: The rows of a piece.
ROWS = 1 << 14


class Pieces(NamedTuple):
    """The outcomes of a batch, piece by piece."""

    outcomes: list[Outcome]
    #: The rows that were not measured, and the first row with each problem that has an example: of all
    #: pieces, with their places in the batch.
    faults: list[Fault]
    findings: list[Finding]

    def and_counted(self, tally: Tally) -> Pieces:
        """The same with what was counted of other rows."""
        first, *others = self.outcomes
        return self._replace(outcomes=[first._replace(tally=first.tally + tally), *others])


def in_pieces(estimator: Estimator, batch: pa.RecordBatch, whole_rows: bool, is_utf8: bool = False) -> Pieces:
    """The rows of a batch, measured: in one piece where there are none, or the estimator wants it so. With
    `is_utf8`, all octets of the batch are known to be UTF-8."""
    if not estimator.works_in_pieces:
        outcome = estimator.measure(batch, whole_rows)
        return Pieces([outcome], outcome.faults, outcome.findings)
    outcomes, faults = [], []
    found: dict[str, Finding] = {}
    for start in range(0, max(batch.num_rows, 1), ROWS):
        shown = [code for code in SHOWN if code not in found]
        outcome = estimator.measure(batch.slice(start, ROWS), whole_rows, shown, is_utf8)
        faults += [fault._replace(row=fault.row + start) for fault in outcome.faults]
        found |= {one.code: one._replace(line=one.line + start) for one in outcome.findings}
        outcomes.append(outcome)
    return Pieces(outcomes, faults, list(found.values()))
