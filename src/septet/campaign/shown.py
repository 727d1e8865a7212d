"""Rows to look at before sending: the first ones, the longest and the most expensive, as they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .samples import MeasuredTexts, Sample

if TYPE_CHECKING:
    import pyarrow as pa

    from septet.planning.plans import Plan

    from .estimators import Estimator


class ShownRow(NamedTuple):
    """A row as it will be sent. `what` has some of ``"first"``, ``"longest"`` and ``"dearest"``."""

    what: tuple[str, ...]
    #: Its number among the measured rows, from 1.
    row: int
    plan: Plan

    def to_dict(self) -> dict[str, Any]:
        """In plain JSON types."""
        return {
            "what": list(self.what),
            "row": self.row,
            "text": self.plan.text,
            "encoding": self.plan.encoding,
            "units": self.plan.units,
            "billed_segments": self.plan.billed_segments,
        }


class Shown:
    """Picks rows to show from the batches that `estimate` gives its `show`."""

    def __init__(self, estimator: Estimator, first: int) -> None:
        """`first` is how many of the first rows are kept."""
        self._estimator = estimator
        self._most = first
        self._first: list[tuple[int, Sample]] = []
        self._longest: tuple[int, int, Sample] | None = None
        self._dearest: tuple[Any, int, Sample] | None = None
        self._rows = 0

    def add(self, batch: pa.RecordBatch) -> None:
        """Looks at the rows of a batch, which were measured."""
        import numpy as np

        if not batch.num_rows:
            return
        rows = MeasuredTexts(self._estimator, batch)
        for place in range(min(self._most - len(self._first), batch.num_rows)):
            self._first.append((self._rows + place + 1, rows.sample(place)))
        # A text in UCS-2 has fewer units, but is not shorter.
        characters = np.asarray(rows.lengths)
        longest = int(characters.argmax())
        if self._longest is None or characters[longest] > self._longest[0]:
            self._longest = int(characters[longest]), self._rows + longest + 1, rows.sample(longest)
        dearest, cost = rows.dearest()
        if self._dearest is None or cost > self._dearest[0]:
            self._dearest = cost, self._rows + dearest + 1, rows.sample(dearest)
        self._rows += batch.num_rows

    def rows(self) -> list[ShownRow]:
        """The picked rows, each once and as it will be sent."""
        picked = [("first", row, sample) for row, sample in self._first]
        for what, found in (("longest", self._longest), ("dearest", self._dearest)):
            if found is not None:
                picked.append((what, *found[1:]))
        shown: dict[int, ShownRow] = {}
        for what, row, sample in picked:
            if row in shown:
                shown[row] = shown[row]._replace(what=(*shown[row].what, what))
            else:
                plan = self._estimator.planner_for(sample.recipient).plan(sample.text)
                shown[row] = ShownRow((what,), row, plan)
        return list(shown.values())
