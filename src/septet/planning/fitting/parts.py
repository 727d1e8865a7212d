"""Parts: the plans of the messages into which a text was split."""

from __future__ import annotations

from septet.planning.pricing import price_per_segment, times
from septet.wording.languages import ENGLISH

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal
    from typing import Any

    from septet.planning.plans import Plan
    from septet.wording.problems import Problem

    Span = tuple[int, int]


class Parts(tuple["Plan", ...]):
    """The messages of one text, in their order: a tuple of plans, with figures for all of them together.

    The `original` of each plan is the text to give to the vendor.
    """

    spans: tuple[Span, ...]
    _original: str
    _begins: tuple[int, ...]

    def __new__(
        cls, plans: Sequence[Plan], original: str, spans: Sequence[Span], begins: Sequence[int]
    ) -> Parts:
        parts = super().__new__(cls, plans)
        #: The part of the text that each message holds, as (start, end).
        parts.spans = tuple(spans)
        parts._original = original
        # Where the part of the text begins in each message: after a head and a number.
        parts._begins = tuple(begins)
        return parts

    @property
    def original(self) -> str:
        """The text that was split."""
        return self._original

    @property
    def blanks(self) -> tuple[Span, ...]:
        """The blanks and line breaks of the text that were left out where it was cut, as (start, end)."""
        ends = [0, *(end for _, end in self.spans)]
        starts = [*(start for start, _ in self.spans), len(self._original)]
        return tuple((end, start) for end, start in zip(ends, starts, strict=True) if end < start)

    @property
    def billed_segments(self) -> int:
        """The segments that the vendor bills for all of them together."""
        return sum(plan.billed_segments for plan in self)

    def cost(self, price: Decimal | int | str | float) -> Decimal:
        """The exact cost of all billed segments at a price each. Raises as `Plan.cost` does."""
        return times(price_per_segment(price), self.billed_segments)

    @property
    def ok(self) -> bool:
        """Whether no message has a problem that is an error."""
        return all(plan.ok for plan in self)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the sender must know, with places in the text that was split; equal problems appear once."""
        return tuple(dict.fromkeys(self._problems()))

    def _problems(self) -> Iterator[Problem]:
        for plan, (start, end), begin in zip(self, self.spans, self._begins, strict=True):
            for problem in plan.problems:
                if problem.start is None or problem.end is None:
                    yield problem
                    continue
                first, last = (min(max(p - begin + start, start), end) for p in (problem.start, problem.end))
                # A problem of a head or a number has no place in the text.
                places = {"start": first, "end": last} if first < last else {"start": None, "end": None}
                yield problem._replace(**places)

    def to_dict(self, places: str = "code-points", lang: str = ENGLISH) -> dict[str, Any]:
        """The messages in plain JSON types: ``septet.schema("split")``.

        `places` and `lang` are as in `Plan.to_dict`. Raises ValueError for another value.
        """
        spans = [{"start": start, "end": end} for start, end in self.spans]
        blanks = [{"start": start, "end": end} for start, end in self.blanks]
        problems = [problem.to_dict(lang) for problem in self.problems]
        messages = [plan.to_dict(places, lang) for plan in self]
        if places != "code-points":
            from septet.wording.places import placing

            placed = placing(self._original, places)
            spans, blanks = list(map(placed, spans)), list(map(placed, blanks))
            problems = list(map(placed, problems))
        return {
            "original": self._original,
            "messages": [{**span, "plan": plan} for span, plan in zip(spans, messages, strict=True)],
            "blanks": blanks,
            "billed_segments": self.billed_segments,
            "problems": problems,
            "ok": self.ok,
        }

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self), self._original, self.spans, self._begins
