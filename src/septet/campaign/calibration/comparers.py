"""Comparers: the rows of a log, batch by batch, compared with the plan and with all hypotheses.

A comparer is an estimator, so that a log is read like a campaign, and the counts of its batches are added
up in the same way. Only the few rows that are shown are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.campaign.estimators import Estimator, Outcome
from septet.campaign.pipelines import stop_if_cancelled
from septet.campaign.tallies import Tally
from septet.errors import CampaignError
from septet.files.column_names import places_of
from septet.wording.quoting import printable

from .cells import NO_PRICE
from .differing_rows import DifferingRow, encoding_named, excerpt, money
from .logs import LogReader
from .ways import Counter, Way

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from septet.campaign.estimators import Fault

    from .columns import Columns
    from .logs import Log
    from .price_rules import PriceRule, PriceRules
    from .ways import Figures

    Numbers = np.ndarray[Any, np.dtype[np.int64]]
    Mask = np.ndarray[Any, np.dtype[np.bool_]]
    Counts = defaultdict[Any, int]

#: The most rows to keep for each set of hypotheses, and the most sets in one batch.
KEPT = 10
_SETS = 50
# Beyond this, amounts are added up by Python, which has no largest number.
_LARGE = 1 << 44


class _Held(NamedTuple):
    """Whether rows agree, and the sets of hypotheses that would change them or explain them."""

    agree: Mask
    sets: np.ndarray[Any, np.dtype[np.uint64]]


class Comparer(Estimator):
    """Compares the rows of logs with one way to count, and with others. Safe in threads."""

    def __init__(
        self, columns: Columns, way: Way, others: Sequence[Counter], prices: PriceRules | None
    ) -> None:
        super().__init__(columns.text, way.profile, recipient=columns.recipient, **dict(way.options))
        self.is_quick = False  # each row is compared with many hypotheses
        self._columns = columns
        self._counter = Counter(way)
        self._others = others
        looks_for = self._counter.looks_for
        #: The counters that find the mention in the same texts.
        self._alike = {
            place
            for place, counter in enumerate(self._others)
            if looks_for is not None and counter.looks_for == looks_for
        }
        self._prices = prices
        by_country = len(way.profile.rule("optout")["mentions"]) > 1
        self._reader = LogReader(columns, self._counter, self.home, by_country)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read."""
        return self._columns.read

    def check(self, names: Sequence[str], where: str, whole_rows: bool = False) -> None:
        """Raises CampaignError where a column that is read is not there, or twice."""
        for name in self.columns:
            if len(places_of(name, names)) != 1:
                raise CampaignError(f"{where}: expected one column {printable(name)!r}")

    def measure(
        self,
        batch: pa.RecordBatch,
        whole_rows: bool = False,
        shown: Sequence[str] = (),
        is_utf8: bool = False,
    ) -> Outcome:
        """What becomes of a batch: its counts, the rows that cannot be read, and some that differ."""
        counts: Counts = defaultdict(int)
        faults: list[Fault] = []
        log = self._reader.read(batch, counts, faults, self._prices)
        differing: list[Any] = [] if log is None else self._compared(log, counts)
        for fault in faults:
            counts["rejected", fault.code] += 1
        return Outcome(Tally(counts), sorted(faults), None, differing)

    def _compared(self, log: Log, counts: Counts) -> list[DifferingRow]:
        import numpy as np

        counts["compared",] += len(log.rows)
        segments = self._segments(log)
        _add(counts, "segments", segments, {"planned": log.planned.billed, "billed": log.billed})
        agree = segments.agree
        price, expected = self._price(log, counts)
        if price is not None:
            agree = agree & price.agree
        counts["agree",] += int(np.count_nonzero(agree))
        _together(counts, segments, price, ~agree)
        counts["differ", "segments"] += int(np.count_nonzero(log.billed != log.planned.billed))
        if log.encodings is not None:
            other = (log.encodings >= 0) & (log.encodings != log.planned.encodings)
            counts["differ", "encoding"] += int(np.count_nonzero(other))
        self._bills(log, counts)
        return list(_shown(log, np.flatnonzero(~agree), segments, price, expected))

    def _segments(self, log: Log) -> _Held:
        """The rows by their segments, and by their encoding where the log has it."""
        import numpy as np

        said = None if log.encodings is None else log.encodings >= 0

        def agrees(figures: Figures) -> Mask:
            same: Mask = figures.billed == log.billed
            if said is not None:
                same &= ~said | (figures.encodings == log.encodings)
            return same

        agree = agrees(log.planned)
        sets = np.zeros(len(log.rows), np.uint64)
        known = log.planned.complete
        for place, counter in enumerate(self._others):
            stop_if_cancelled()
            figures = counter.figures(
                log.texts, log.countries, log.names, known if place in self._alike else None
            )
            same = agrees(figures)
            sets |= (same != agree).astype(np.uint64) << np.uint64(place)
        return _Held(agree, sets)

    def _price(self, log: Log, counts: Counts) -> tuple[_Held | None, Numbers | None]:
        """The rows by their price, where prices are checked, and what each should have cost."""
        import numpy as np

        rules = self._prices
        if rules is None or log.prices is None or log.recipients is None:
            return None, None

        def cost(rule: PriceRule) -> Numbers:
            assert rules is not None
            assert log.recipients is not None
            return rules.expected(rule, log.recipients, log.days, log.billed, log.planned.billed)

        expected = cost(rules.base)
        checked = (log.prices != NO_PRICE) & (expected != NO_PRICE)
        agree = ~checked | (log.prices == expected)
        sets = np.zeros(len(log.rows), np.uint64)
        for place, rule in enumerate(rules.others):
            same = ~checked | (log.prices == cost(rule))
            sets |= (same != agree).astype(np.uint64) << np.uint64(place)
        counts["checked",] += int(np.count_nonzero(checked))
        counts["differ", "price"] += int(np.count_nonzero(~agree))
        priced = _Held(agree, sets)
        more = np.where(agree, 0, log.prices - np.where(checked, expected, log.prices))
        _add(counts, "price", priced, {"more": more})
        return priced, expected

    def _bills(self, log: Log, counts: Counts) -> None:
        """What was billed, and what of it is beyond the plan."""
        import numpy as np

        more = log.billed - log.planned.billed
        counts["beyond", "rows"] += int(np.count_nonzero(more > 0))
        counts["beyond", "segments"] += int(more[more > 0].sum())
        counts["below", "rows"] += int(np.count_nonzero(more < 0))
        counts["below", "segments"] += int(-more[more < 0].sum())
        if log.prices is None:
            return
        priced = log.prices != NO_PRICE
        for place, currency in enumerate(log.currencies):
            own = priced if log.currency is None else priced & (log.currency == place)
            if own.any():
                counts["paid", currency] += _sum(log.prices[own])
                beyond = own & (more > 0)
                counts["paid beyond", currency] += _sum(
                    log.prices[beyond] * more[beyond] // log.billed[beyond]
                )


def _add(counts: Counts, what: str, held: _Held, sums: dict[str, Numbers]) -> None:
    """Counts rows by the set of hypotheses of each, and adds up figures of them."""
    import numpy as np

    for agrees in (True, False):
        rows = held.agree == agrees
        if not rows.any():
            continue
        sets, places = np.unique(held.sets[rows], return_inverse=True)
        for number, one, found in zip(
            np.bincount(places).tolist(), sets.tolist(), range(len(sets)), strict=True
        ):
            counts[what, agrees, one] += number
            if not agrees:
                for name, figures in sums.items():
                    counts[f"{what} {name}", one] += _sum(figures[rows][places == found])
        if agrees:
            for name, figures in sums.items():
                counts[f"{what} {name} agreeing",] += _sum(figures[rows])


def _together(counts: Counts, segments: _Held, price: _Held | None, differing: Mask) -> None:
    """Counts the rows that differ by both of their sets; None for the set of what agrees."""
    import numpy as np

    if price is None:
        sets, rows = np.unique(segments.sets[differing], return_counts=True)
        for one, number in zip(sets.tolist(), rows.tolist(), strict=True):
            counts["differing", one, None] += number
        return
    # A set with a mark for the rows that agree, whose sets mean something else.
    halves = [
        np.stack([held.agree, np.where(held.agree, 0, held.sets)])[:, differing] for held in (segments, price)
    ]
    pairs, rows = np.unique(np.concatenate(halves), axis=1, return_counts=True)
    for agrees, one, price_agrees, other, number in zip(*pairs.tolist(), rows.tolist(), strict=True):
        counts["differing", None if agrees else one, None if price_agrees else other] += number


def _sum(figures: Numbers) -> int:
    if not len(figures) or int(abs(figures).max()) < _LARGE:
        return int(figures.sum())
    return sum(figures.tolist())


def _shown(
    log: Log, differing: Numbers, segments: _Held, price: _Held | None, expected: Numbers | None
) -> list[DifferingRow]:
    """The first rows of each set of hypotheses."""
    found: list[DifferingRow] = []
    met: dict[tuple[int | None, int | None], int] = {}
    for row in differing.tolist():
        by = None if segments.agree[row] else int(segments.sets[row])
        price_by = None if price is None or price.agree[row] else int(price.sets[row])
        number = met.get((by, price_by), 0)
        if number == KEPT or (not number and len(met) == _SETS):
            continue
        met[by, price_by] = number + 1
        planned, encodings, prices = log.planned, log.encodings, log.prices
        found.append(
            DifferingRow(
                f"{by}/{price_by}/{number}",
                int(log.rows[row]),
                excerpt(log.texts[row].as_py()),
                int(planned.billed[row]),
                int(log.billed[row]),
                str(encoding_named(int(planned.encodings[row]))),
                None if encodings is None else encoding_named(int(encodings[row])),
                None if prices is None else money(int(prices[row])),
                None if expected is None else money(int(expected[row])),
                by,
                price_by,
            )
        )
    return found
