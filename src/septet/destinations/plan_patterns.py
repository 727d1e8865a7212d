"""Plan patterns: all patterns for whole numbers in the plans of one calling code's countries, at once."""

from __future__ import annotations

from functools import cache

from .digit_patterns import Expression, expression
from .numbering_plans import plans

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

# The patterns of numbers in a country's plan, kind by kind.
_DESCRIPTIONS = (
    "general_desc",
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "pager",
    "uan",
    "voicemail",
)


class Patterns:
    """The digits that may follow in each of some patterns; equal ones of a calling code are the same
    object."""

    __slots__ = ("_decided", "_kept", "_next", "patterns")

    def __init__(
        self, patterns: tuple[Expression, ...], kept: dict[tuple[Expression, ...], Patterns]
    ) -> None:
        self.patterns = patterns
        self._kept = kept
        self._next: list[Patterns | None] = [None] * 10
        self._decided: dict[int, tuple[bool, ...] | None] = {}

    def after(self, digits: str) -> Patterns:
        """What may follow some digits."""
        found = self
        for digit in map(int, digits):
            found = found._next[digit] or found._after_one(digit)
        return found

    def _after_one(self, digit: int) -> Patterns:
        patterns = tuple([one.after_one(digit) for one in self.patterns])
        found = self._kept.get(patterns) or self._kept.setdefault(patterns, Patterns(patterns, self._kept))
        self._next[digit] = found
        return found

    def decided(self, digits: int) -> tuple[bool, ...] | None:
        """Which patterns fit with this many further digits; None where that depends on the digits."""
        if digits not in self._decided:
            outcomes = []
            for one in self.patterns:
                outcome = one.decided(digits)
                if outcome is None:
                    break
                outcomes.append(outcome)
            whole = len(outcomes) == len(self.patterns)
            self._decided[digits] = tuple(outcomes) if whole else None
        return self._decided[digits]


@cache
def patterns_of(code: int) -> Patterns:
    """The patterns of the countries of a calling code, each once."""
    whole: dict[str, None] = {}
    leading: dict[str, None] = {}
    for metadata in _regions(code):
        for name in _DESCRIPTIONS:
            description = getattr(metadata, name)
            if description is not None and description.national_number_pattern:
                whole[description.national_number_pattern] = None
        if metadata.leading_digits is not None:
            # The beginning of a number, with anything after it.
            leading[rf"(?:{metadata.leading_digits})\d{{0,99}}"] = None
    return Patterns(tuple(map(expression, (*whole, *leading))), {})


def _regions(code: int) -> list[Any]:
    library = plans()
    return [
        library.PhoneMetadata.metadata_for_region_or_calling_code(code, region)
        for region in library.COUNTRY_CODE_TO_REGION_CODE[code]
    ]
