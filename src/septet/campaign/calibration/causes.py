"""Causes: the hypotheses that the rows of a log are evidence of, as they are reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.campaign.costs import Cost
from septet.wording.languages import ENGLISH
from septet.wording.messages import translated

from .cells import unscaled
from .evidence import named, named_together
from .hypotheses import PRICE, TOGETHER

if TYPE_CHECKING:
    from septet.campaign.costs import Costs
    from septet.campaign.tallies import Tally
    from septet.wording.messages import Words

    from .differing_rows import DifferingRow
    from .evidence import Named


class Cause(NamedTuple):
    """One rule that explains rows that differ."""

    #: What it is called, in the names of options and of the keys of a vendor file: ``substitute=False``.
    rule: str
    #: One of `hypotheses.KINDS`, or ``"together"`` for several that hold for the same rows.
    kind: str
    words: Words
    #: The rows that it explains and that no cause before it does; the segments billed for them beyond the
    #: plan (fewer: less than 0), or for a price what they cost beyond the list, in its own currency.
    rows: int
    segments: int
    more: Costs
    #: The rows that agree and that it would change: it holds for only a part of the log, or not at all.
    against: int
    #: The source of the rule that was followed, and why it was assumed; "" where neither is known.
    source: str = ""
    why: str = ""
    #: The rules that explain exactly the same rows: this log does not tell them apart.
    also: tuple[str, ...] = ()
    #: The line of the first row that it explains.
    line: int | None = None

    def to_dict(self, lang: str = ENGLISH) -> dict[str, Any]:
        """In plain JSON types, with the words in a language; amounts as texts, so that none is rounded."""
        return {
            **self._asdict(),
            "words": str(translated(self.words, lang)),
            "more": [{"currency": cost.currency, "amount": f"{cost.amount:f}"} for cost in self.more],
            "also": list(self.also),
        }


class Found(NamedTuple):
    """What the rows of a log are evidence of."""

    causes: tuple[Cause, ...]
    #: The places of the hypotheses that are causes.
    places: tuple[int, ...]
    #: The rows that differ and have no cause, by their set of hypotheses.
    left: Mapping[int, int]


def causes_of(
    tally: Tally, what: str, rules: Sequence[Any], shown: Sequence[DifferingRow], currency: str | None = None
) -> Found:
    """The causes of what differs in ``"segments"`` or in ``"price"``, among the hypotheses that were tried.

    `shown` are rows that differ, in their order; `currency` is that of the price list.
    """
    agreeing = {one: rows for (agrees, one), rows in tally.of(what) if agrees}
    differing = {one: rows for (agrees, one), rows in tally.of(what) if not agrees}
    alone = [place for place, rule in enumerate(rules) if getattr(rule, "kind", PRICE) != TOGETHER]
    found = named(agreeing, differing, alone)
    explained = {pattern for one in found for pattern in one.patterns}
    left = {pattern: rows for pattern, rows in differing.items() if pattern not in explained}
    found += named_together(agreeing, differing, left, range(len(alone), len(rules)))
    explained = {pattern for one in found for pattern in one.patterns}
    return Found(
        tuple(
            _cause(one, tally, what, rules, currency)._replace(line=_first(shown, what, one.patterns))
            for one in found
        ),
        tuple(one.place for one in found),
        {pattern: rows for pattern, rows in differing.items() if pattern not in explained},
    )


def _cause(one: Named, tally: Tally, what: str, rules: Sequence[Any], currency: str | None) -> Cause:
    rule = rules[one.place]
    segments, more = 0, 0
    if what == "segments":
        segments = _sum(tally, "segments billed", one.patterns) - _sum(
            tally, "segments planned", one.patterns
        )
    else:
        more = _sum(tally, "price more", one.patterns)
    return Cause(
        rule.rule,
        getattr(rule, "kind", PRICE),
        rule.words,
        one.rows,
        segments,
        (Cost(currency, unscaled(more)),) if more else (),
        one.against,
        getattr(rule, "source", ""),
        getattr(rule, "why", ""),
        tuple(rules[other].rule for other in one.alike),
    )


def _sum(tally: Tally, what: str, patterns: Iterable[int]) -> int:
    return sum(tally[what, pattern] for pattern in patterns)


def _first(shown: Sequence[DifferingRow], what: str, patterns: Sequence[int]) -> int | None:
    """The line of the first row of some sets of hypotheses."""
    sets = ((row.line, row.segments_by if what == "segments" else row.price_by) for row in shown)
    return next((line for line, one in sets if one in patterns), None)
