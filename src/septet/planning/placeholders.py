"""Placeholders: what a sender writes for the vendor to replace, such as the number to opt out.

A text is prepared before anything else: its line breaks unified where the profile counts those,
and each placeholder replaced by what the profile assumes that the vendor puts in its place.
"""

from __future__ import annotations

from itertools import pairwise

from septet.gsm.characters import place_in_original, unify_line_breaks
from septet.wording.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any


class Span(NamedTuple):
    """A placeholder of a text, and where it stands."""

    start: int
    end: int
    replacement: str


class Prepared(NamedTuple):
    """A text as it is weighed, and how its places lead back to the original."""

    original: str
    text: str
    spans: tuple[Span, ...] = ()

    def place_in_original(self, place: int) -> int:
        """Where a place in `text`, which lies in no replaced placeholder, is in `original`."""
        if not self.spans:
            return place if self.text is self.original else place_in_original(self.original, place)
        at = 0
        for start, end, replacement in self._pieces():
            piece = self.original[start:end]
            length = len(unify_line_breaks(piece) if self._unified else piece)
            if place <= at + length:
                return start + (place_in_original(piece, place - at) if self._unified else place - at)
            at += length + len(replacement)
        return len(self.original)

    def outside_placeholders(self, place: int) -> int:
        """The place itself, or where the replaced placeholder begins that it lies in."""
        at = 0
        for start, end, replacement in self._pieces():
            piece = self.original[start:end]
            at += len(unify_line_breaks(piece) if self._unified else piece)
            if at < place < at + len(replacement):
                return at
            at += len(replacement)
        return place

    @property
    def _unified(self) -> bool:
        return "\r" in self.original and "\r" not in self.text

    def _pieces(self) -> Iterator[tuple[int, int, str]]:
        """What stands before each placeholder, with what replaces that, and what stands after the last."""
        start = 0
        for span in self.spans:
            yield start, span.start, span.replacement
            start = span.end
        yield start, len(self.original), ""


class Placeholders:
    """The placeholders of a profile, and whether it counts line breaks rather than characters."""

    __slots__ = ("_expression", "_one_line_break", "_values")

    def __init__(self, rows: Sequence[Mapping[str, Any]], one_line_break: bool) -> None:
        self._values = {row["text"]: row["replaced_by"] for row in rows}
        self._one_line_break = one_line_break
        self._expression: re.Pattern[str] | None = None

    def __bool__(self) -> bool:
        return bool(self._values)

    def spans(self, original: str) -> tuple[Span, ...]:
        """Every placeholder of a text, in order; of two that begin at one place the longer one."""
        if not any(text in original for text in self._values):
            return ()
        if self._expression is None:
            import re

            texts = sorted(self._values, key=len, reverse=True)
            self._expression = re.compile("|".join(map(re.escape, texts)))
        return tuple(
            Span(*match.span(), self._values[match.group()]) for match in self._expression.finditer(original)
        )

    def prepare(self, original: str) -> Prepared:
        """A text as it is weighed."""
        spans = self.spans(original)
        if not spans:
            return Prepared(original, self._unify(original))
        parts = [self._unify(original[: spans[0].start])]
        for span, following in pairwise([*spans, Span(len(original), len(original), "")]):
            parts += [span.replacement, self._unify(original[span.end : following.start])]
        return Prepared(original, "".join(parts), spans)

    def _unify(self, text: str) -> str:
        return unify_line_breaks(text) if self._one_line_break else text
