"""Placeholders: texts that a sender writes and the vendor replaces, such as the number to opt out.

A text is prepared before anything else: its line breaks are unified where the profile counts those, and
each placeholder is replaced by the value that the profile assumes.
"""

from __future__ import annotations

from itertools import pairwise

from septet.gsm.characters import place_in_original, unify_line_breaks
from septet.wording.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from .cuts import Cuts
    from .white_space import WhiteSpace

#: No link has more letters.
LONGEST = 255


class Span(NamedTuple):
    """A placeholder of a text, and its place."""

    start: int
    end: int
    replacement: str


class Prepared:
    """A text as it is weighed, and the way from its places back to the original.

    Its placeholders are those that were `found`; None where they are looked for when they are asked for.
    """

    __slots__ = ("_placeholders", "found", "original", "text")

    def __init__(
        self, original: str, text: str, found: tuple[Span, ...] | None, placeholders: Placeholders
    ) -> None:
        self.original, self.text, self.found = original, text, found
        self._placeholders = placeholders

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every placeholder, in order."""
        if self.found is None:
            self.found = self._placeholders.spans(self.original)
        return self.found

    def followed_by(self, more: str) -> Prepared:
        """The same with a text behind it in which nothing is replaced."""
        return Prepared(self.original + more, self.text + more, self.spans, self._placeholders)

    def place_in_original(self, place: int) -> int:
        """The place in `original` of a place in `text` that lies in no replaced placeholder."""
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
        """The place itself, or the start of the replaced placeholder that contains it."""
        if not self.spans:
            return place
        at = 0
        for start, end, replacement in self._pieces():
            piece = self.original[start:end]
            at += len(unify_line_breaks(piece) if self._unified else piece)
            if at < place < at + len(replacement):
                return at
            at += len(replacement)
        return place

    def place_of_cut(self, place: int) -> int:
        """Where the text may be cut: outside placeholders, at the place or as little before it as possible.

        One character before it where the cut would make a link of what is none, as `ex.fr` of `ex.free`.
        """
        outside = self.outside_placeholders(place)
        return outside - 1 if self._placeholders.makes_link(self, outside) else outside

    @property
    def _unified(self) -> bool:
        return "\r" in self.original and "\r" not in self.text

    def _pieces(self) -> Iterator[tuple[int, int, str]]:
        """The text before each placeholder, with its replacement, and the text after the last one."""
        start = 0
        for span in self.spans:
            yield start, span.start, span.replacement
            start = span.end
        yield start, len(self.original), ""


class Placeholders:
    """The placeholders of a profile, and whether it counts line breaks rather than characters.

    With a `link_length` each link is one as well: the vendor replaces it by another of that length. A run
    of blanks that the vendor collapses is one too.
    """

    __slots__ = ("_expression", "_link", "_one_line_break", "_values", "_white_space", "only_blanks")

    def __init__(
        self,
        rows: Sequence[Mapping[str, Any]],
        one_line_break: bool,
        link_length: int | None = None,
        white_space: WhiteSpace | None = None,
    ) -> None:
        self._white_space = white_space
        # An unknown character counts as one letter, which costs 1 everywhere.
        self._link = ("https://" + "x" * LONGEST)[:link_length] if link_length else ""
        self._values = {row["text"]: row["replaced_by"] for row in rows}
        self._one_line_break = one_line_break
        self._expression: re.Pattern[str] | None = None
        #: Whether nothing else than blanks is replaced, if anything is.
        self.only_blanks = not (self._values or self._link)

    def __bool__(self) -> bool:
        return bool(self._values or self._link or self._white_space)

    @property
    def collapses(self) -> bool:
        """Whether runs of blanks are among them."""
        return self._white_space is not None

    def spans(self, original: str) -> tuple[Span, ...]:
        """Every placeholder of a text, in order; if two begin at one place, the longer one."""
        found = self._listed(original) if self._values else ()
        if self._link:
            from .things.links import links  # few vendors rewrite them

            # A placeholder within a link is a part of it.
            found = _apart([Span(link.start, link.end, self._link) for link in links(original)], found)
        if self._white_space is not None:
            found = _apart(found, [Span(*run) for run in self._white_space.runs(original)])
        return found

    def makes_link(self, prepared: Prepared, place: int) -> bool:
        """Whether a cut makes a link of what is none, which the vendor would rewrite."""
        if not self._link:
            return False
        from .things.links import links

        beginning = prepared.original[: prepared.place_in_original(place)]
        known = {span[:2] for span in prepared.spans}
        return any(link[1:] not in known for link in links(beginning))

    def kept_spans(self, original: str, cuts: Cuts) -> tuple[Span, ...]:
        """Those of what cuts leave, at their places in the original.

        What comes together decides: a link is none behind letters that end another one.
        """
        if not (self and cuts.spans):
            return self.spans(original)
        spans = self.spans(cuts.kept(original))
        found, place = list[Span](), 0
        for start, end in cuts.runs(len(original)):
            if start == cuts.spans[-1][1]:
                place += len(cuts.mark)
            more, place = start - place, place + end - start
            found += [
                Span(span.start + more, span.end + more, span.replacement)
                for span in spans
                if start <= span.start + more and span.end + more <= end
            ]
        return tuple(found)

    def _listed(self, original: str) -> tuple[Span, ...]:
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
        if self.only_blanks:
            text = original if self._white_space is None else self._white_space.collapsed(original)
            if text == original:
                return Prepared(original, self._unify(original), (), self)
            return Prepared(original, self._unify(text), None, self)
        spans = self.spans(original)
        if not spans:
            return Prepared(original, self._unify(original), (), self)
        parts = [self._unify(original[: spans[0].start])]
        for span, following in pairwise([*spans, Span(len(original), len(original), "")]):
            parts += [span.replacement, self._unify(original[span.end : following.start])]
        return Prepared(original, "".join(parts), spans, self)

    def _unify(self, text: str) -> str:
        return unify_line_breaks(text) if self._one_line_break else text


def outside(runs: Iterable[tuple[int, int]], spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The parts of these runs that are in no placeholder."""
    for start, end in runs:
        for span in spans:
            if start <= span.start < end:
                yield start, span.start
                start = span.end
        yield start, end


def _apart(first: Sequence[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    """All of the first, with the others that do not overlap them, in their order."""
    if not first or not others:
        return tuple(first or others)
    found, place = list(first), 0
    for other in others:
        while place < len(first) and first[place].end <= other.start:
            place += 1
        if place == len(first) or other.end <= first[place].start:
            found.append(other)
    return tuple(sorted(found))
