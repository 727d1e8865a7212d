"""Looks: how a numbering plan reads a number by its first digits alone.

It follows each step of ``phonenumbers.parse``, ``region_code_for_number`` and ``number_type``, and asks for
every pattern whether other digits at the end could change its result.
"""

from __future__ import annotations

import re

from .digit_patterns import expression
from .numbering_plans import plans
from .plan_patterns import patterns_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


class UndecidedError(Exception):
    """The reading of a number depends on digits that are not looked at."""


class Look:
    """The look of a number's first digits. Numbers that look alike are read alike, digit for digit."""

    __slots__ = ("seen", "views")

    def __init__(self) -> None:
        #: Everything that a reading depends on.
        self.seen: list[Any] = []
        #: The possible international numbers, and how many digits of each were looked at.
        self.views: list[tuple[str, int]] = []

    def read_as(self, digits: str, looked_at: int, region: str | None) -> None:
        """Looks at digits as a region reads them or, with None, as after a plus. Raises UndecidedError."""
        self.seen.append(region)
        if region is None:
            self._international(digits, looked_at)
        else:
            self._national(digits, looked_at, region)

    def _international(self, digits: str, looked_at: int) -> None:
        """Digits after a plus, or after the prefix that is dialled instead."""
        code = _calling_code(digits, looked_at)
        self.seen.append(code)
        if code:
            rest = len(str(code))
            self._dialled(digits[rest:], looked_at - rest, _metadata(code), code)

    def _national(self, digits: str, looked_at: int, region: str) -> None:
        metadata = plans().PhoneMetadata.metadata_for_region(region)
        if metadata is None:
            return
        if (abroad := metadata.international_prefix) is not None:
            end = _end_of_match(abroad, digits, looked_at)
            if end >= looked_at:
                raise UndecidedError
            self.seen.append(end)
            if end >= 0 and digits[end] != "0":
                self._international(digits[end:], looked_at - end)
                return
        code = metadata.country_code
        self._dialled(digits, looked_at, metadata, code)
        own = str(code)
        self.seen.append(digits.startswith(own))
        if digits.startswith(own):
            # The calling code may be there without a plus. The national prefix is removed from the rest
            # twice, the second time by the rule of the main country of the code.
            for left, looked in self._parted(digits[len(own) :], looked_at - len(own), metadata):
                self._dialled(left, looked, _metadata(code), code)

    def _dialled(self, digits: str, looked_at: int, metadata: Any, code: int) -> None:
        """Digits after the calling code, which may begin with the prefix that is dialled at home."""
        patterns, shown = patterns_of(code), str(code)
        for left, looked in self._parted(digits, looked_at, metadata):
            if looked < 0:
                raise UndecidedError
            decided = patterns.after(left[:looked]).decided(len(left) - looked)
            if decided is None:
                raise UndecidedError
            self.seen.append(decided)
            self.views.append((shown + left, len(shown) + looked))

    def _parted(self, digits: str, looked_at: int, metadata: Any) -> Iterator[tuple[str, int]]:
        """The digits unchanged, without the national prefix, and with its replacement."""
        yield digits, looked_at
        prefix = metadata.national_prefix_for_parsing
        if not prefix or not digits:
            return
        end = _end_of_match(prefix, digits, looked_at)
        self.seen.append(end)
        if end < 0:
            return
        yield digits[end:], looked_at - end
        if metadata.national_prefix_transform_rule:
            found = re.match(prefix, digits)
            if found and found.groups()[-1] is not None:
                changed = re.sub(prefix, metadata.national_prefix_transform_rule, digits, count=1)
                self.seen.append(len(changed))
                yield changed, len(changed) - len(digits) + looked_at


def _calling_code(digits: str, looked_at: int) -> int:
    """The calling code that digits begin with, 0 for none."""
    known = plans().COUNTRY_CODE_TO_REGION_CODE
    if looked_at and digits[0] == "0":
        return 0
    for length in (1, 2, 3):
        if length > looked_at:
            raise UndecidedError
        if (code := int(digits[:length])) in known:
            return code
    return 0


def _metadata(code: int) -> Any:
    """The metadata of the main country of a calling code."""
    library = plans()
    region = library.region_code_for_country_code(code)
    return library.PhoneMetadata.metadata_for_region_or_calling_code(code, region)


def _end_of_match(pattern: str, digits: str, looked_at: int) -> int:
    """The end of a pattern's match at the beginning of digits; -1 without a match."""
    if looked_at < 0:
        raise UndecidedError
    if expression(pattern).after(digits[:looked_at]).may_end_within(len(digits) - looked_at):
        raise UndecidedError
    found = re.match(pattern, digits)
    return found.end() if found else -1
