"""Appraisals: a whole column of texts, each with its bill and its problems, and what is counted of them.

Weights decide for most rows, and the kernel sees to those; a row that they do not decide (cut,
with the mention in it, empty …) gets a plan of its own. Only rows of several segments are
measured once more, with one thing otherwise (`variants`), and only rows that the kernel knows to
hold an expensive character are looked at for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from septet import _kernel
from septet.problems import SEVERITIES
from septet.segmentation import MOST_SEGMENTS

from . import variants
from .pipelines import stop_if_cancelled
from .tallies import Key

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pyarrow as pa

    from septet.planning import Planner
    from septet.plans import Plan

    from .price_entries import Price

    Counts = defaultdict[Key, int]

#: The bit of each problem code in `Appraisal.problems`.
BITS = {code: 1 << place for place, code in enumerate(SEVERITIES)}
ERRORS = sum(bit for code, bit in BITS.items() if SEVERITIES[code] == "error")

#: Behind this, the candidates of rows that were planned the long way.
_PLANNED = 64
#: Up to so many different bills, a table of all of them is counted in.
_FEW = 1 << 20


class Appraisal(NamedTuple):
    """What each row of a column comes to, in numpy arrays."""

    #: The place of its encoding among those of the planner; -1 for a row that is no UTF-8 or null.
    places: np.ndarray[Any, Any]
    units: np.ndarray[Any, Any]
    billed: np.ndarray[Any, Any]
    #: The bits of its problems' codes (`BITS`).
    problems: np.ndarray[Any, Any]


class Rows(NamedTuple):
    """The rows of a column once they are measured, in numpy arrays."""

    texts: Any
    column: Column
    places: np.ndarray[Any, Any]
    units: np.ndarray[Any, Any]
    billed: np.ndarray[Any, Any]
    #: Whether a row is billed more than one segment.
    several: np.ndarray[Any, Any]
    #: Whether weights alone decided of a row.
    ordinary: np.ndarray[Any, Any]
    prices: Sequence[Price | None]
    price_of: np.ndarray[Any, Any] | None


class Column(NamedTuple):
    """The buffers of an Arrow column of texts, from its first row on."""

    rows: int
    data: Any
    offsets: memoryview
    #: A bit per row, or None where no row is null.
    validity: Any


def column_of(texts: pa.Array) -> Column:
    """The buffers of a string or binary array, or of a large one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    _, offsets, data = texts.buffers()
    wide = pa.types.is_large_string(texts.type) or pa.types.is_large_binary(texts.type)
    validity = None
    if texts.null_count:
        validity = pc.is_valid(texts).buffers()[1]
    places = memoryview(offsets).cast("q" if wide else "i") if offsets else memoryview(bytes(8)).cast("q")
    return Column(len(texts), b"" if data is None else data, places[texts.offset :], validity)


class Appraiser:
    """Appraises columns of texts for one planner. Safe in threads."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self.encodings = tuple(coding.encoding for coding in planner.codings)
        settings, profile = planner.settings, planner.profile
        self._candidates = tuple(
            coding.candidate(with_mention=planner.adds_mention) for coding in planner.codings
        )
        self._needles = self._what_needs_a_plan()
        self._census = variants.census(planner)
        self._mention_units = tuple(candidate.mention_units for candidate in self._candidates)
        self._mention_together = any(
            code > 1 and not code & _kernel.CUT
            for candidate in self._candidates
            for code in candidate.mention
        )
        self._by_units = profile.rule("counting")["by"] == "units"
        self._unknown = (
            "lossy-substitution"
            if profile.rule("unknown_character")["reason"] == "lossy"
            else "unmapped-character"
        )
        self._unifies = profile.line_break_units > 0
        # What holds of every row that needs no plan.
        self._status = "not-required"
        always = 0
        if settings.unicode_unavailable:
            always |= BITS["unicode-unavailable"]
        mention = settings.mention if settings.searched else None
        if planner.adds_mention and mention is not None:
            self._status = "added"
            always |= BITS["optout-unspecified"] if mention.unspecified else 0
        elif mention is not None:
            self._status = "missing"
            always |= BITS["optout-missing"]
        self._always = always
        self._always_ucs2 = BITS["account-option-needed"] if profile.rule("ucs2") else 0

    def _what_needs_a_plan(self) -> tuple[tuple[str, ...], ...] | None:
        """What a text holds that has to be planned for its problems to be known; None: any text."""
        planner = self.planner
        needles, settings = planner.needles, planner.settings
        if needles is not None and settings.searched and settings.mention and settings.optout == "never":
            # It is never added, but whether it is there already decides of a problem.
            needles = settings.mention.needles
            sent = "".join(planner.profile.substitutions.values())
            if any(character in sent for needle in needles for part in needle for character in part):
                return None
        if needles is None:
            return None
        return (*needles, *((tag["text"],) for tag in planner.profile.rule("tags")))

    @cached_property
    def _capacities(self) -> list[tuple[int, int, int]]:
        """For each coding, what one segment holds, what one of several does, and what is kept together."""
        return [(c.single, c.part, variants.heaviest(c)) for c in self.planner.codings]

    @cached_property
    def _cheapened(self) -> variants.Cheapened:
        return variants.Cheapened(self.planner)

    @cached_property
    def _as_gsm7(self) -> _kernel.Meter:
        return _patient(variants.as_gsm7(self.planner))

    @cached_property
    def _without_mention(self) -> _kernel.Meter:
        return _patient(variants.without_mention(self.planner))

    @cached_property
    def _transmitted(self) -> _kernel.Meter:
        planner = self.planner

        def segments(text: object) -> tuple[int, int, int]:
            stop_if_cancelled()
            return 0, 0, len(planner.plan(str(text)).segments)

        return planner.meter(segments, needles=planner.needles, physical=True)

    def appraise(
        self,
        texts: pa.Array,
        prices: Sequence[Price | None] = (None,),
        price_of: np.ndarray[Any, Any] | None = None,
    ) -> tuple[Appraisal, Counts]:
        """Each row of a string or binary array, and what is counted of all that could be measured.

        `price_of` is the place of each row's price in `prices`; without it all have the first.
        """
        import numpy as np

        column = column_of(texts)
        plans: list[Plan] = []

        def planned(text: object) -> tuple[int, int, int]:
            stop_if_cancelled()
            plan = self.planner.plan_the_long_way(text)
            plans.append(plan)
            return _PLANNED + self.encodings.index(plan.encoding), plan.units, plan.billed_segments

        meter = self.planner.meter(planned, needles=self._needles, candidates=self._candidates)
        places = np.empty(column.rows, np.int8)
        units, billed = self._measure(meter, column, places)
        problems = np.zeros(column.rows, np.int64)
        counts: Counts = defaultdict(int)
        long = np.flatnonzero(places >= _PLANNED) if plans else np.empty(0, np.intp)
        places[long] -= _PLANNED
        measured = places >= 0
        whole = bool(measured.all())
        several = billed > 1

        planned_rows = np.zeros(column.rows, bool)
        planned_rows[long] = True
        rows = Rows(texts, column, places, units, billed, several, ~planned_rows, prices, price_of)
        statuses = Counter({self._status: int(np.count_nonzero(measured)) - len(plans)})
        added = np.full(column.rows, self._status == "added")
        for row, plan in zip(long.tolist(), plans, strict=True):
            statuses[plan.optout_status] += 1
            added[row] = plan.optout_status == "added"
            if plan.truncated:
                counts["truncated",] += 1
                price = prices[0 if price_of is None else int(price_of[row])]
                counts["spared", price] += plan.uncut_segments - plan.billed_segments
        for status, number in statuses.items():
            counts["optout", status] += number

        if self.planner.settings.languages:
            flags, excess = self._characters_of_plans(rows, long, plans, counts)
        else:
            flags, excess = self._characters(rows, counts)
        self._ordinary_problems(rows, flags, excess, problems)
        if not whole:
            problems[~measured] = 0
        for row, plan in zip(long.tolist(), plans, strict=True):
            bits = 0
            for problem in plan.problems:
                bits |= BITS[problem.code]
            problems[row] = bits

        if self._status == "added" or statuses["added"]:
            self._mention(rows, excess, several & added, counts)
        self._bills(places, billed, problems, measured, whole, prices, price_of, counts)
        return Appraisal(places, units, billed, problems), counts

    def _measure(
        self, meter: _kernel.Meter, column: Column, places: np.ndarray[Any, Any], only: Any = None
    ) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Units and billed segments of each row, or of those that `only` is true for (0 elsewhere)."""
        import numpy as np

        units, billed = np.empty(column.rows, np.int64), np.empty(column.rows, np.int64)
        validity: Any = column.validity if only is None else np.packbits(only, bitorder="little")
        meter.measure_column(
            column.data,
            column.offsets,
            validity,
            0,
            column.rows,
            memoryview(places),  # type: ignore[arg-type]
            memoryview(units),  # type: ignore[arg-type]
            memoryview(billed),  # type: ignore[arg-type]
        )
        return units, billed

    def _again(
        self, meter: _kernel.Meter, column: Column, only: np.ndarray[Any, Any]
    ) -> np.ndarray[Any, Any]:
        """The billed segments that another meter gives to some rows."""
        import numpy as np

        return self._measure(meter, column, np.empty(column.rows, np.int8), only)[1]

    def _characters(self, rows: Rows, counts: Counts) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Counts the expensive characters; what each row holds: its marks, and units beyond one each."""
        import numpy as np

        column = _with_one_line_break(rows.texts, rows.column) if self._unifies else rows.column
        amounts = np.zeros(column.rows, np.int64)
        forced = rows.several & (rows.places == 1)
        if forced.any():
            more = (rows.billed - self._again(self._as_gsm7, rows.column, forced))[forced]
            amounts[forced] = np.maximum(more, 0)
        flags, excess = self._count(rows, column, rows.places, amounts, counts)
        heavy = rows.several & (rows.places == 0) & (excess > 0)
        if heavy.any():
            amounts = self._what_they_cost(rows, excess, heavy)
            costing = np.where(amounts > 0, np.int8(0), np.int8(-1))
            if amounts.any():
                self._count(rows, column, costing, amounts, counts, again=True)
        return flags, excess

    def _characters_of_plans(
        self, rows: Rows, long: np.ndarray[Any, Any], plans: list[Plan], counts: Counts
    ) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """The same where national tables may be used, each text with its own: every row has its plan."""
        import numpy as np

        planner, as_gsm7 = self.planner, variants.as_gsm7(self.planner)
        for row, plan in zip(long.tolist(), plans, strict=True):
            text = plan.original
            if plan.encoding == "ucs2" and planner.settings.encoding == "auto":
                kind, cheaper = "forces-ucs2", as_gsm7.count(text)
                found = {text[start:end] for start, end in plan.forcing}
            else:
                kind, shown = "counts-double", len(plan.text) - len(plan.optout)
                found = {plan.text[place] for place in plan.doubles if place < shown}
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
        if self._mention_together and not self._by_units:
            exact = exact[:0]
        without = rows.units[exact] - excess[exact]
        amounts[exact] = rows.billed[exact] - self._closed(without, rows.places[exact])
        rest = heavy.copy()
        rest[exact] = False
        if rest.any():
            amounts[rest] = (rows.billed - self._again(self._cheapened.meter, rows.column, rest))[rest]
        return np.maximum(amounts, 0, out=amounts)

    def _closed(self, units: np.ndarray[Any, Any], places: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """The segments that so many units take where none is left unused."""
        import numpy as np

        segments = np.empty(len(units), np.int64)
        for place, (single, part, _) in enumerate(self._capacities):
            # Division by one number, which numpy does much faster than by many.
            found = (units + (part - 1)) // part
            found[units <= single] = 1
            if place == 0:
                segments = found
            else:
                np.copyto(segments, found, where=places == place)
        return segments

    def _ordinary_problems(
        self,
        rows: Rows,
        flags: np.ndarray[Any, Any],
        excess: np.ndarray[Any, Any],
        problems: np.ndarray[Any, Any],
    ) -> None:
        """The problems of rows that need no plan."""
        import numpy as np

        settings, billed, several = self.planner.settings, rows.billed, rows.several
        if self._always:
            problems |= self._always
        if self._always_ucs2 and "ucs2" in self.encodings:
            problems[rows.places == self.encodings.index("ucs2")] |= self._always_ucs2
        met = int(np.bitwise_or.reduce(flags)) if flags.size else 0
        for mark, code in ((variants.INVALID, "invalid-character"), (variants.UNKNOWN, self._unknown)):
            if met & mark:
                problems[(flags & mark) != 0] |= BITS[code]
        if not several.any():
            return
        transmitted = billed
        if self._by_units:
            again = self._unsure(rows, rows.units, excess, several & rows.ordinary)
            if again.any():
                transmitted = billed.copy()
                transmitted[again] = self._again(self._transmitted, rows.column, again)[again]
                problems[transmitted != billed] |= BITS["boundary-overflow"]
        over = several & (billed > settings.limit)
        too_many = several & ((transmitted > MOST_SEGMENTS) | (billed > MOST_SEGMENTS))
        if settings.ceiling_only:
            problems[over | too_many] |= BITS["too-many-segments"]
        else:
            problems[over] |= BITS["too-long"]
            problems[too_many & ~over] |= BITS["too-many-segments"]

    def _unsure(
        self,
        rows: Rows,
        units: np.ndarray[Any, Any],
        excess: np.ndarray[Any, Any],
        of: np.ndarray[Any, Any],
    ) -> np.ndarray[Any, Any]:
        """Of some rows, those in which units kept together could need a segment more."""
        import numpy as np

        if not self._mention_together:
            of = of & ((excess > 0) | (rows.places != 0) | (self.encodings[0] == "ucs2"))
        chosen = np.flatnonzero(of)
        unsure = np.zeros(rows.column.rows, bool)
        units, places = units[chosen], rows.places[chosen]
        segments = self._closed(units, places)
        _, part, together = np.array(self._capacities, np.int64).T[:, places]
        unsure[chosen] = units + (segments - 1) * (together - 1) > segments * part
        return unsure

    def _mention(
        self, rows: Rows, excess: np.ndarray[Any, Any], of: np.ndarray[Any, Any], counts: Counts
    ) -> None:
        """Counts the segments that the mention adds; a row of one has the same without."""
        import numpy as np

        if not of.any():
            return
        chosen = np.flatnonzero(of)
        units = rows.units - np.array([*self._mention_units, 0], np.int64)[rows.places]
        more = np.zeros(rows.column.rows, np.int64)
        more[chosen] = rows.billed[chosen] - self._closed(units[chosen], rows.places[chosen])
        again = of & ~rows.ordinary
        if not self._by_units:
            again |= self._unsure(rows, units, excess, of)
        if again.any():
            more[again] = (rows.billed - self._again(self._without_mention, rows.column, again))[again]
        for number, price in enumerate(rows.prices):
            rows_of_it = slice(None) if rows.price_of is None else rows.price_of == number
            counts["mention", price] += int(more[rows_of_it].sum())

    def _bills(
        self,
        places: np.ndarray[Any, Any],
        billed: np.ndarray[Any, Any],
        problems: np.ndarray[Any, Any],
        measured: np.ndarray[Any, Any],
        whole: bool,
        prices: Sequence[Price | None],
        price_of: np.ndarray[Any, Any] | None,
        counts: Counts,
    ) -> None:
        """Counts the rows by price, encoding and billed segments, and by problem."""
        import numpy as np

        if not places.size:
            return
        refused = (problems & ERRORS) != 0
        wide = len(self.encodings)
        # What is small first: a product of the long integers takes longer.
        keys = billed * (2 * wide)
        keys += places * np.int8(2) + refused
        if price_of is not None:
            keys = keys * len(prices) + price_of
        if not whole:
            keys = keys[measured]
        if not keys.size:
            return
        if int(keys.max()) < _FEW:
            table = np.bincount(keys)
            found = np.flatnonzero(table)
            rows = table[found]
        else:
            found, rows = np.unique(keys, return_counts=True)
        for key, count in zip(found.tolist(), rows.tolist(), strict=True):
            number = 0
            if price_of is not None:
                key, number = divmod(key, len(prices))
            key, is_refused = divmod(key, 2)
            segments, place = divmod(key, wide)
            bill = (prices[number], self.encodings[place], segments)
            counts["bill", *bill] += count
            if is_refused:
                counts["refused", *bill] += count
        met = int(np.bitwise_or.reduce(problems))
        for code, bit in BITS.items():
            if met & bit:
                counts["problem", code] += int(np.count_nonzero(problems & bit))


def _patient(planner: Planner) -> _kernel.Meter:
    """The meter of a planner, which can be stopped between two rows."""

    def the_long_way(text: object) -> tuple[int, int, int]:
        stop_if_cancelled()
        return planner.measure_the_long_way(text)

    return planner.meter(the_long_way, needles=planner.needles)


def _with_one_line_break(texts: pa.Array, column: Column) -> Column:
    """The column with CRLF, and a lone CR, as LF, where that is one character to the vendor."""
    import numpy as np
    import pyarrow.compute as pc

    octets = np.frombuffer(column.data, np.uint8)[column.offsets[0] : column.offsets[column.rows]]
    if not (octets == ord("\r")).any():
        return column
    return column_of(pc.replace_substring(pc.replace_substring(texts, "\r\n", "\n"), "\r", "\n"))
