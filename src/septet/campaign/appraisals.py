"""Appraisals: a whole column of texts, each with its bill and its problems, and what is counted of them.

Weights decide most rows, and the kernel counts those: the bill, what is transmitted, and what the mention
and expensive characters add. A row that weights do not decide (cut, with the mention in it, empty …) gets a
plan of its own. It is measured once more with one thing changed (`variants`) where something may have added
to its bill.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.gsm.segmentation import MOST_SEGMENTS
from septet.planning.misreadings import misreading
from septet.wording.problems import OF_REQUESTS, SEVERITIES, Problem

from . import signs, variants
from .expensive_characters import ExpensiveCharacters
from .glances import LOOKED_FOR, Glance
from .occurrences import occurrences
from .pipelines import stop_if_cancelled
from .stated_figures import StatedFigures
from .tallies import Key
from .text_columns import Rows, column_of, measure, measure_again, patient, survey

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    import pyarrow as pa

    from septet import _kernel
    from septet.planning.mentions import Sign
    from septet.planning.planner import Planner
    from septet.planning.plans import Plan

    from .prices.entries import Price

    Counts = defaultdict[Key, int]

#: The bit of each problem code in `Appraisal.problems`, which has 63: a problem that only a request has
#: needs none.
BITS = {code: 1 << place for place, code in enumerate(code for code in SEVERITIES if code not in OF_REQUESTS)}
# Why the signs of a column are read.
_OF_SIGNS = LOOKED_FOR | {"suspect-encoding", "outer-blanks"}
ERRORS = sum(bit for code, bit in BITS.items() if SEVERITIES[code] == "error")

#: From this on, the candidates of rows that were planned the long way.
_PLANNED = 64


class Appraisal(NamedTuple):
    """What each row of a column comes to, in numpy arrays."""

    #: The place of its encoding among those of the planner; -1 for a row that is no UTF-8 or null.
    places: np.ndarray[Any, Any]
    units: np.ndarray[Any, Any]
    billed: np.ndarray[Any, Any]
    #: The bits of its problems' codes (`BITS`).
    problems: np.ndarray[Any, Any]


class Appraiser:
    """Appraises columns of texts for one planner. Safe in threads."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner
        self.encodings = tuple(coding.encoding for coding in planner.codings)
        settings, profile = planner.settings, planner.profile
        #: The codes of problems that are not reported; what only they need is not looked for.
        self._ignored = settings.ignored
        self._told = ~sum(BITS.get(code, 0) for code in settings.ignored)
        self._in_ucs2 = [place for place, encoding in enumerate(self.encodings) if encoding == "ucs2"]
        self._needles = self._what_needs_a_plan()
        self._candidates = planner.candidates
        self._expensive = ExpensiveCharacters(planner)
        self._glance = Glance(planner)
        self._unknown = (
            "lossy-substitution"
            if profile.rule("unknown_character")["reason"] == "lossy"
            else "unmapped-character"
        )
        self._by_units = profile.rule("counting")["by"] == "units"
        first = planner.codings[0]
        self._is_one_piece, self._dearer_above = first.is_one_piece, first.dearer_above
        # What holds for every row that needs no plan.
        self._status = "not-required"
        always = 0
        if settings.unicode_unavailable:
            always |= BITS["unicode-unavailable"]
        commercial = profile.rule("commercial")
        if settings.commercial and commercial and commercial["refused"]:
            always |= BITS["commercial-refused"]
        mention = settings.mention if settings.searched else None
        if planner.adds_mention and mention is not None:
            self._status = "added"
            always |= BITS["optout-unspecified"] if mention.unspecified else 0
        elif mention is not None:
            self._status = "missing"
            always |= BITS["optout-missing"]
        self._always = always
        self._figures = StatedFigures(planner)
        rule = profile.rule("ucs2")
        self._always_ucs2 = BITS["account-option-needed"] if rule and rule["account_option"] else 0

    def _what_needs_a_plan(self) -> tuple[tuple[Sign, ...], ...] | None:
        """The signs of a text that needs a plan for its problems to be known; None: any text."""
        planner = self.planner
        needles, settings, sent = planner.needles, planner.settings, planner.profile.substitutions
        if needles is None or planner.terms.left_out:
            return None
        if settings.searched and settings.mention:
            if settings.optout == "never":
                # It is never added, but whether it is there already decides a problem.
                signs = settings.mention.signs("".join(sent.values()), deletes="" in sent.values())
                if signs is None:
                    return None
                needles += signs
            if "optout-other-number" not in self._ignored:
                needles += settings.mention.others.needles
        if "vendor-tag" not in self._ignored:
            needles += tuple((tag["text"],) for tag in planner.profile.rule("tags"))
        if not self._ignored >= {"suspect-encoding", "outer-blanks", *LOOKED_FOR}:
            needles += tuple((sign,) for sign in sorted(variants.deleted_blanks(planner)))
        return needles

    @cached_property
    def _without_mention(self) -> _kernel.Meter:
        return patient(variants.without_mention(self.planner))

    @cached_property
    def _meter(self) -> _kernel.Meter:
        return patient(self.planner)

    @cached_property
    def keeps_one_segment(self) -> bool:
        """Whether a text of one segment still takes one without its outer blanks, if any is left."""
        planner = self.planner
        mention = planner.settings.searched and planner.settings.mention
        return not (mention or planner.terms.placeholders or variants.deleted_signs(planner))

    def bill(self, texts: pa.Array) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
        """Only the billed segments of each row, and whether it could be measured."""
        import numpy as np

        column = column_of(texts)
        places = np.empty(column.rows, np.int8)
        _, billed = measure(self._meter, column, places)
        return billed, places >= 0

    def appraise(
        self,
        texts: pa.Array,
        prices: Sequence[Price | None] = (None,),
        price_of: np.ndarray[Any, Any] | None = None,
        padded: np.ndarray[Any, Any] | None = None,
        is_utf8: bool = False,
    ) -> tuple[Appraisal, Counts]:
        """Each row of a string or binary array, and what is counted of all that could be measured.

        `price_of` is the place of each row's price in `prices`; without it all have the first. `padded`
        are the rows that a value with blanks at an end was filled into. With `is_utf8`, all rows are known to
        be UTF-8.
        """
        import numpy as np

        column = column_of(texts)
        plans: list[Plan] = []

        def planned(text: object) -> tuple[int, int, int]:
            stop_if_cancelled()
            plan = self.planner.plan_the_long_way(text)
            plans.append(plan)
            return _PLANNED + self.planner.place_of(plan), plan.units, plan.billed_segments

        meter = self.planner.meter(planned, needles=self._needles, candidates=self._candidates)
        census = self._expensive.census(meter)
        looks = not self._ignored >= _OF_SIGNS
        pairs = signs.pairs() if looks else None
        rows, found = survey(census, column, _PLANNED, prices, price_of, pairs, is_utf8)
        if self._is_one_piece:
            rows = rows._replace(transmitted=rows.billed)
        places, billed = rows.places, rows.billed
        problems = np.zeros(column.rows, np.int64)
        counts: Counts = defaultdict(int)
        measured = places >= 0
        whole = bool(measured.all())

        statuses = Counter({self._status: int(np.count_nonzero(measured)) - len(plans)})
        for row, plan in zip(rows.planned.tolist(), plans, strict=True):
            statuses[plan.optout_status] += 1
            if plan.truncated:
                counts["truncated",] += 1
                price = prices[0 if price_of is None else int(price_of[row])]
                counts["spared", price] += plan.uncut_segments - plan.billed_segments
        for status, number in statuses.items():
            counts["optout", status] += number

        self._expensive.count(rows, census, found, plans, counts)
        self._ordinary_problems(rows, problems)
        if looks:
            self._problems_of_signs(texts, rows, problems)
        if self._ignored:
            problems &= self._told
        if not whole:
            problems[~measured] = 0
        for row, plan in zip(rows.planned.tolist(), plans, strict=True):
            problems[row] = _bits(plan.problems)
        if padded is not None and "outer-blanks" not in self._ignored:
            problems[padded & measured & (billed > 0)] |= BITS["outer-blanks"]

        if statuses["added"]:
            self._mention(rows, plans, counts)
        self._bills(places, billed, problems, measured, whole, prices, price_of, counts)
        return Appraisal(places, rows.units, billed, problems), counts

    def _ordinary_problems(self, rows: Rows, problems: np.ndarray[Any, Any]) -> None:
        """The problems of rows that need no plan."""
        import numpy as np

        settings, billed, transmitted, flags = (
            self.planner.settings,
            rows.billed,
            rows.transmitted,
            rows.flags,
        )
        if self._always:
            problems |= self._always
        if self._always_ucs2 and self._in_ucs2:
            problems[np.isin(rows.places, self._in_ucs2)] |= self._always_ucs2
        met = int(np.bitwise_or.reduce(flags)) if flags.size else 0
        for mark, code in ((variants.INVALID, "invalid-character"), (variants.UNKNOWN, self._unknown)):
            if met & mark:
                problems[(flags & mark) != 0] |= BITS[code]
        if self._by_units:
            overflow = transmitted != billed
            if overflow.any():
                problems[overflow] |= BITS["boundary-overflow"]
        if self._dearer_above is not None:
            problems[rows.units > self._dearer_above] |= BITS["rcs-single"]
        for code, those in self._figures.problems(rows):
            problems[those] |= BITS[code]
        most = max(int(billed.max(initial=0)), int(transmitted.max(initial=0)))
        if most <= min(settings.limit, MOST_SEGMENTS):
            return
        over = billed > settings.limit
        too_many = (transmitted > MOST_SEGMENTS) | (billed > MOST_SEGMENTS)
        if settings.ceiling_only:
            problems[over | too_many] |= BITS["too-many-segments"]
        else:
            problems[over] |= BITS["too-long"]
            problems[too_many & ~over] |= BITS["too-many-segments"]

    def _problems_of_signs(self, texts: pa.Array, rows: Rows, problems: np.ndarray[Any, Any]) -> None:
        """The problems of the texts as written, of rows that need no plan."""
        import numpy as np

        marks = rows.marks
        met = int(np.bitwise_or.reduce(marks)) if marks.size else 0  # most signs are in no row
        if "suspect-encoding" not in self._ignored:
            self._garbled(rows, marks, met, problems)
        if "outer-blanks" not in self._ignored and met & signs.OF_BLANKS:
            measured = rows.places >= 0
            outer = signs.with_outer_blanks(rows.column, marks)
            outer &= ~signs.of_blanks_alone(texts, marks, outer & measured)
            blank = outer | signs.with_padding(texts, marks, measured)
            if blank.any():
                problems[blank & (rows.billed > 0)] |= BITS["outer-blanks"]
        if not self._ignored >= LOOKED_FOR:
            for row in self._glance.rows(texts, rows, marks):
                stop_if_cancelled()
                problems[row] |= _bits(self._glance.look(texts[row].as_py()))

    def _garbled(
        self, rows: Rows, marks: np.ndarray[Any, Any], met: int, problems: np.ndarray[Any, Any]
    ) -> None:
        """The rows that were most likely read in the wrong charset, of those that need no plan."""
        import numpy as np

        column, known = rows.column, self.planner.profile.substitutions
        rare = (rows.flags & variants.RARE_SIGN) != 0
        if not met & signs.GARBLED and not rare.any():
            return
        for row in np.flatnonzero(rare | ((marks & signs.GARBLED) != 0)).tolist():
            stop_if_cancelled()
            octets = bytes(memoryview(column.data)[column.offsets[row] : column.offsets[row + 1]])
            text = octets.decode("utf-8", "replace")
            if (rare[row] or signs.has_follower(text)) and misreading(text, known):
                problems[row] |= BITS["suspect-encoding"]

    def _mention(self, rows: Rows, plans: list[Plan], counts: Counts) -> None:
        """Counts the segments that the mention adds; a row of one has the same without."""
        import numpy as np

        more = np.zeros(rows.column.rows, np.int64)
        if self._status == "added":
            more = rows.billed - rows.alone
            if (
                len(self.planner.terms.groups) > 1
                or self.planner.settings.suffix
                or any(c.wholes for c in self.planner.codings)
            ):
                # Without it, the text may have another encoding, and its clusters may be cut elsewhere.
                without = measure_again(self._without_mention, rows.column, rows.several)
                more = np.where(rows.several, rows.billed - without, 0)
        added = [plan.optout_status == "added" and plan.billed_segments > 1 for plan in plans]
        planned = rows.planned[added]
        if planned.size:
            again = np.zeros(rows.column.rows, bool)
            again[planned] = True
            more[planned] = (rows.billed - measure_again(self._without_mention, rows.column, again))[planned]
        if rows.price_of is None or len(rows.prices) == 1:
            counts["mention", rows.prices[0]] += int(more.sum())
            return
        by_price = np.zeros(len(rows.prices), np.int64)
        those = np.flatnonzero(more)
        np.add.at(by_price, rows.price_of[those], more[those])
        for price, segments in zip(rows.prices, by_price.tolist(), strict=True):
            counts["mention", price] += segments

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
        met = int(np.bitwise_or.reduce(problems))
        wide = len(self.encodings)
        # The small factor first: a product of the long integers takes longer.
        keys = billed * (2 * wide)
        keys += places * np.int8(2)
        if met & ERRORS:  # few columns have any
            keys += (problems & ERRORS) != 0
        if price_of is not None:
            keys = keys * len(prices) + price_of
        if not whole:
            keys = keys[measured]
        if not keys.size:
            return
        for key, count in occurrences(keys):
            number = 0
            if price_of is not None:
                key, number = divmod(key, len(prices))
            key, is_refused = divmod(key, 2)
            segments, place = divmod(key, wide)
            bill = (prices[number], self.encodings[place], segments)
            counts["bill", *bill] += count
            if is_refused:
                counts["refused", *bill] += count
        for code, bit in BITS.items():
            if met & bit:
                counts["problem", code] += int(np.count_nonzero(problems & bit))


def appraised(
    groups: Sequence[tuple[Appraiser, np.ndarray[Any, Any] | None]],
    texts: pa.Array,
    prices: Sequence[Price | None],
    price_of: np.ndarray[Any, Any] | None,
    padded: np.ndarray[Any, Any] | None,
    is_utf8: bool,
) -> tuple[Appraisal, Counts]:
    """A column whose rows have different appraisers: each with the places of its rows; None: all rows. A row
    that none has is not measured."""
    import numpy as np
    import pyarrow as pa

    if groups and groups[0][1] is None:
        return groups[0][0].appraise(texts, prices, price_of, padded, is_utf8)
    figures = np.int8, np.int64, np.int64, np.int64
    whole = Appraisal(*(np.full(len(texts), -(kind is np.int8), kind) for kind in figures))
    counts: Counts = defaultdict(int)
    for appraiser, members in groups:
        some, of_some = (None if each is None else each[members] for each in (padded, price_of))
        part, found = appraiser.appraise(texts.take(pa.array(members)), prices, of_some, some, is_utf8)
        for figure, of_part in zip(whole, part, strict=True):
            figure[members] = of_part
        for key, count in found.items():
            counts[key] += count
    return whole, counts


def _bits(problems: Iterable[Problem]) -> int:
    """The bits of some problems."""
    bits = 0
    for problem in problems:
        bits |= BITS[problem.code]
    return bits
