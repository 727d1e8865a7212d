"""Abridging: words are left out before what a text is sent for, so that the rest fits.

It keeps a beginning of the text, up to the end of a word, and after it what must stay whole, with the
few words before each that say what it is. The result is a text of its own, planned as any other; the
longest beginning that fits is kept.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Generic, TypeVar

from .cuts import Cuts
from .words import Words, joined, without_leading_on

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .codings import Coding
    from .composed import Composed
    from .placeholders import Prepared
    from .terms import Terms

    Span = tuple[int, int]

Kind = TypeVar("Kind", bound="Composed")

# After so many places that do not fit, the search goes on in ever larger steps.
_CLOSELY = 64
# Words that lead on to something are cut with it, so a text that ends a little further on may fit.
_FURTHER = 64
# The blank after a thing stays where the text is cut there, and may need UCS-2: so many more are tried.
_MORE = 4


class Abridging(Generic[Kind]):
    """The ways to leave out words of one text.

    `alone` plans the kept text, and returns None where it does not fit.
    """

    def __init__(self, terms: Terms, prepared: Prepared, alone: Callable[[str], Kind | None]) -> None:
        self._terms = terms
        self._prepared = prepared
        self._alone = alone
        settings = terms.settings
        self._mark = settings.truncate_mark
        #: Whether it never decides the encoding, so that it is left out in GSM-7.
        self._is_wide = any(character not in terms.profile.alphabet for character in self._mark)
        self._room = {coding: coding.room(settings.limit) for coding in _codings(terms)}
        self._top = self._longest_beside("")
        # A run of blanks does not have to stay whole.
        spans = [
            span[:2] for span in prepared.spans if not prepared.original[span.start : span.end].isspace()
        ]
        mention = settings.mention if settings.searched else None
        held = None if mention is None else mention.place_in(prepared.original)
        self._words = Words(prepared.original, self._top, max(self._room.values()), spans, held)

    def longest(self) -> tuple[Kind, Cuts] | None:
        """The kept text, planned, and the cuts; None where no character fits."""
        for introduced, bare in self._blocks():
            found = self._longest_before(introduced)
            # Words before a thing are not worth an encoding that halves the room.
            if found is None or (found[0].encoding == "ucs2" and "gsm7" in self._terms.settings.encodings):
                other = self._longest_before(bare)
                if found is None or (other is not None and other[0].encoding == "gsm7"):
                    found = other
            if found is not None:
                return found
        words, stop = self._words, min(len(self._prepared.original), self._top + _FURTHER)
        for places in (
            words.ends(0, stop),
            words.boundaries(stop, within_things=False),
            words.boundaries(stop, within_things=True),
            words.characters(stop),
        ):
            if found := self._first(places, ()):
                return found
        return None

    def _blocks(self) -> Iterator[tuple[tuple[Span, ...], tuple[Span, ...]]]:
        """What may stay after the beginning: all that there is room for, then less of it.

        Each with the words that say what it is, and without.
        """
        words, original = self._words, self._prepared.original
        middle, last = words.staying()
        ways: list[tuple[list[Span], list[Span]]] = []
        for introduced in (True, False):
            blocks = [words.block(thing, introduced=introduced, ends=False) for thing in middle]
            end = None if last is None else words.block(last, introduced=introduced, ends=True)
            ways.append(([block for block in blocks if block], [end] if end else []))

        def together(number: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
            introduced, bare = (joined(others[:number] + at_end, original) for others, at_end in ways)
            return introduced, bare

        most = _most_with_room(len(ways[0][0]), lambda number: self._has_room(0, together(number)[1]))
        for number in range(most, -1, -1):
            if number or ways[0][1]:
                yield together(number)

    def _longest_before(self, blocks: tuple[Span, ...]) -> tuple[Kind, Cuts] | None:
        """The longest beginning that fits with the blocks after it; None where not even the blocks fit."""
        if not self._kept(0, blocks):
            return None
        original = self._prepared.original
        starts = [0, *(end for _, end in blocks)]
        stops = [*(start for start, _ in blocks), len(original)]
        # The text kept up to the end of a block is a part of that kept up to the end of the next one.
        number = _most_with_room(len(blocks), lambda n: self._has_room(starts[n], blocks[n:]))
        for place in range(number, -1, -1):
            behind = blocks[place:]
            top = self._longest_beside("".join(original[start:end] for start, end in behind))
            stop = max(starts[place], min(stops[place], top + _FURTHER))
            if found := self._first(self._words.ends(starts[place], stop), behind):
                return found
        return None

    def _longest_beside(self, others: str) -> int:
        """How long a beginning can be, in any coding, beside a text; what leads on there may be cut."""
        prepared, other = self._prepared, without_leading_on(self._terms.placeholders.prepare(others).text)
        longest = 0
        for coding, room in self._room.items():
            if (units := coding.weights.units(other)) >= 0:
                longest = max(longest, coding.prefix(prepared.text, room - units))
        return prepared.place_in_original(prepared.outside_placeholders(longest))

    def _first(self, places: Iterable[int], blocks: tuple[Span, ...]) -> tuple[Kind, Cuts] | None:
        """The first of the places, which go down, up to which the text fits with the blocks."""
        failed, step, skipped = 0, 1, list[int]()
        for place in places:
            if len(skipped) < step - 1:
                skipped.append(place)
                continue
            found = self._kept(place, blocks)
            if found is None:
                failed += 1
                step = step if failed < _CLOSELY else 2 * step
                skipped = []
                continue
            low, high = 0, len(skipped)
            while low < high:
                middle = (low + high) // 2
                if closer := self._kept(skipped[middle], blocks):
                    found, high = closer, middle
                else:
                    low = middle + 1
            return found
        return next((found for place in skipped if (found := self._kept(place, blocks))), None)

    def _kept(self, end: int, blocks: tuple[Span, ...]) -> tuple[Kind, Cuts] | None:
        """The text up to a place and the blocks after it, planned; None where that does not fit."""
        cuts = self._words.cuts(end, blocks, "" if self._is_wide else self._mark)
        found = self._fitting(cuts)
        if found is None or not self._is_wide or found.encoding == "gsm7":
            return None if found is None else (found, cuts)
        cuts = self._words.cuts(end, blocks, self._mark)
        found = self._fitting(cuts)
        return None if found is None else (found, cuts)

    def _fitting(self, cuts: Cuts) -> Kind | None:
        kept = cuts.kept(self._prepared.original)
        if not self._fits_a_coding(kept):
            return None
        found = self._alone(kept)
        if found is None:
            return None
        coding = found.coding
        others = coding.shown_weights.units(cuts.mark) + coding.around(bool(found.optout))
        return found if found.units > others else None

    def _has_room(self, end: int, blocks: tuple[Span, ...]) -> bool:
        """Whether there may be room for a way; the mark is left out, as it is where only blanks are cut."""
        cuts = self._words.cuts(end, blocks, "")
        return self._fits_a_coding(cuts.kept(self._prepared.original))

    def _fits_a_coding(self, kept: str) -> bool:
        text = self._terms.placeholders.prepare(kept).text
        return any(_fits(coding, text, room) for coding, room in self._room.items())


def _fits(coding: Coding, text: str, room: int) -> bool:
    """Whether a text takes so many units at most; the beginning of a text that is far too long decides it."""
    beginning = text[: 2 * room + 1]
    return 0 <= coding.weights.units(beginning) <= room and (
        len(beginning) == len(text) or 0 <= coding.weights.units(text) <= room
    )


def _most_with_room(number: int, has_room: Callable[[int], bool]) -> int:
    """How many of a number of things have room; more things mostly take more room."""
    most = bisect_left(range(number), 1, key=lambda place: not has_room(place + 1))
    while more := next((n for n in range(min(number, most + _MORE), most, -1) if has_room(n)), 0):
        most = more
    return most


def _codings(terms: Terms) -> tuple[Coding, ...]:
    if terms.languages is None:
        return terms.codings
    return (*terms.languages.all_codings(), *terms.codings)
