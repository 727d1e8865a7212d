"""Looks: what a numbering plan makes of a number as long as its first digits alone are looked at.

It follows each step of ``phonenumbers.parse``, ``region_code_for_number`` and ``number_type``, asking of
every pattern whether it could say another thing if the other digits were others.
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
    """What is read of a number hangs on digits that are not looked at."""


class Look:
    """What is seen of a number's first digits. Numbers that look alike are read alike, digit for digit."""

    __slots__ = ("seen", "views")

    def __init__(self) -> None:
        #: All that a reading hangs on.
        self.seen: list[Any] = []
        #: What the international number may be, and how many digits of it were looked at.
        self.views: list[tuple[str, int]] = []

    def read_as(self, digits: str, looked_at: int, region: str | None) -> None:
        """Looks at digits as a region reads them, or, with None, behind a plus. Raises UndecidedError."""
        self.seen.append(region)
        if region is None:
            self._international(digits, looked_at)
        else:
            self._national(digits, looked_at, region)

    def _international(self, digits: str, looked_at: int) -> None:
        """Digits behind a plus, or behind what is dialled in its place."""
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
            # It may stand there without a plus. What it leaves is parted from its national prefix twice
            # over, the second time as the main country of the code does.
            for left, looked in self._parted(digits[len(own) :], looked_at - len(own), metadata):
                self._dialled(left, looked, _metadata(code), code)

    def _dialled(self, digits: str, looked_at: int, metadata: Any, code: int) -> None:
        """Digits behind the calling code, which may begin with what is dialled first at home."""
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
        """The digits as they are, without the national prefix, and with what takes its place."""
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
    """What is known of the main country of a calling code."""
    library = plans()
    region = library.region_code_for_country_code(code)
    return library.PhoneMetadata.metadata_for_region_or_calling_code(code, region)


def _end_of_match(pattern: str, digits: str, looked_at: int) -> int:
    """Where the match of a pattern ends that digits begin with, -1 where they begin with none."""
    if looked_at < 0:
        raise UndecidedError
    if expression(pattern).after(digits[:looked_at]).may_end_within(len(digits) - looked_at):
        raise UndecidedError
    found = re.match(pattern, digits)
    return found.end() if found else -1
