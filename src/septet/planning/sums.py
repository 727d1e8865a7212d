"""Sums: what a count of characters comes to in a message, without its placeholders and what was cut."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from .composed import Composed


def sum_of(composed: Composed, count: Callable[[str, bool | None], int]) -> int:
    """The sum over what is written; `count` is told whether any character is invalid, if that is known."""
    original, weighed, glance = composed.original, composed.weighed, composed.glance
    has_invalid = None if glance is None else glance.is_invalid
    if composed.placed == ():
        return count(original, has_invalid)
    if weighed is not None and composed.terms.placeholders.only_blanks and not count(" \n", False):
        return count(weighed, has_invalid)  # where it differs from what is written, it is blank
    return sum(count(original[start:end], has_invalid) for start, end in composed.written())
