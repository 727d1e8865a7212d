"""Refusals: why a request has no answer, without a word of what it holds."""

from __future__ import annotations

from collections.abc import Sequence


class UnknownName(LookupError):  # noqa: N818 (a refusal, as the others)
    """An unknown profile or schema; `nearest` is the most similar known name."""

    def __init__(self, what: str, name: str, known: Sequence[str]) -> None:
        from difflib import get_close_matches

        super().__init__(what)
        self.what = what
        found = get_close_matches(name[:100], known, n=1)
        self.nearest = found[0] if found else None


class TooLong(ValueError):  # noqa: N818
    """A text or a list that has more than `limit` of its unit; `pointer` is its place."""

    def __init__(self, pointer: str, limit: int, unit: str) -> None:
        super().__init__(pointer, limit, unit)
        self.pointer = pointer
        self.limit = limit
        self.unit = unit


class Impossible(ValueError):  # noqa: N818
    """A part of a request that does not fit the others: its place, and what was expected."""

    def __init__(self, pointer: str, expected: str) -> None:
        super().__init__(pointer, expected)
        self.pointer = pointer
        self.expected = expected
