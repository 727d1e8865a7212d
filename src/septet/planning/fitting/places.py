"""Places: where a text may be split into several messages.

A message ends where a paragraph, a sentence or a word does, and the next one begins after the blanks
there. Things that mean something only as a whole are not split, and neither are grapheme clusters,
unless one is too long for a message of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

from septet.gsm.segmentation import holds_joining
from septet.gsm.unicode_text import cluster_ends
from septet.planning.things.places import touched
from septet.planning.things.recognition import things
from septet.planning.things.thing import Thing
from septet.planning.words import SENTENCE, apart, is_unspaced

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Span = tuple[int, int]

#: The parts at which a text may be cut, the largest first.
UNITS = ("paragraphs", "sentences", "words")

# A fixed-width or no-break blank keeps together what is around it.
_BLANKS = re.compile(r"[^\S\u00a0\u2007\u202f]+")
_LINES = re.compile(r"[^\S\u00a0\u2007\u202f]*[\r\n][^\S\u00a0\u2007\u202f]*")
# In scripts without blanks no line begins with the former, or ends with the latter.
_CLOSING = frozenset("、。，．：；？！）」』】〉》〕］｝’”…‥・ーっゃゅょッャュョ々%％,.:;?!)]}")
_OPENING = frozenset("（「『【〈《〔［｛‘“([{")


class Places:
    """The places at which one text may be split.

    `fields` are the placeholders that the vendor replaces. `fits_alone` says whether a message of its
    own holds a part of the text: a longer part may be cut within.
    """

    def __init__(
        self, text: str, at: str, fields: Iterable[Span], fits_alone: Callable[[int, int], bool]
    ) -> None:
        self._text = text
        self._fits_alone = fits_alone
        self._joins = holds_joining(text)
        self._clusters: list[int] | None = None
        found = (*things(text), *(Thing("field", *span) for span in fields))
        self._things = apart(self._with_clusters(thing) for thing in found)
        #: The parts that no message may split, in their order: between two of these there may be blanks.
        self.atoms = tuple(self._atoms(0, len(text), UNITS[UNITS.index(at) :]))

    def _atoms(self, start: int, end: int, ways: Sequence[str]) -> Iterator[Span]:
        """A stretch of the text in the largest parts that fit, each way only where the one before did not."""
        for span in self._spans(ways[0], start, end):
            if self._fits_alone(*span):
                yield span
            elif len(ways) > 1:
                yield from self._atoms(*span, ways[1:])
            else:
                yield from self._pieces(*span)

    def _spans(self, way: str, start: int, end: int) -> Iterator[Span]:
        """The paragraphs, sentences or words of a stretch, without the blanks between them."""
        begin = start
        for place, behind in self._breaks(way, start, end):
            if place > begin and self._is_boundary(behind) and not touched(self._things, place, behind):
                yield begin, place
                begin = behind
        # Blanks at the very end are left out where they do not fit.
        bare = begin + len(self._text[begin:end].rstrip())
        if begin < bare < end:
            yield begin, bare
            begin = bare
        if begin < end:
            yield begin, end

    def _breaks(self, way: str, start: int, end: int) -> Iterator[Span]:
        """What is between two parts of a stretch, in order: blanks, or nothing."""
        text = self._text
        if way == "paragraphs":
            yield from (match.span() for match in _LINES.finditer(text, start, end))
        elif way == "sentences":
            for match in SENTENCE.finditer(text, start, end):
                # A small letter continues a sentence after an abbreviation.
                if not text[match.end() : match.end() + 1].islower():
                    yield match.start() + len(match.group().rstrip()), match.end()
        else:
            place = start
            for match in _BLANKS.finditer(text, start, end):
                yield from self._unspaced(place, match.start())
                yield match.span()
                place = match.end()
            yield from self._unspaced(place, end)

    def _unspaced(self, start: int, end: int) -> Iterator[Span]:
        """Where a stretch without blanks may be split, in scripts that have none between words."""
        text = self._text
        if text[start:end].isascii():
            return
        for place in self._boundaries(start, end):
            before, behind = text[place - 1], text[place]
            if (is_unspaced(before) or is_unspaced(behind)) and not (
                before in _OPENING or behind in _CLOSING
            ):
                yield place, place

    def _pieces(self, start: int, end: int) -> Iterator[Span]:
        """The pieces of a word that is too long: things that fit, clusters, or characters."""
        place = start
        for thing in (*touched(self._things, start, end), Thing("", end, end)):
            yield from self._clusters_between(place, min(max(thing.start, place), end))
            place = max(place, min(thing.end, end))
            begin = max(thing.start, start)
            if begin < place:
                if self._fits_alone(begin, place):
                    yield begin, place
                else:
                    yield from self._clusters_between(begin, place)

    def _clusters_between(self, start: int, end: int) -> Iterator[Span]:
        begin = start
        for place in (*self._boundaries(start, end), end):
            if begin == place:
                continue
            if place - begin == 1 or self._fits_alone(begin, place):
                yield begin, place
            else:
                yield from ((one, one + 1) for one in range(begin, place))
            begin = place

    def _boundaries(self, start: int, end: int) -> Sequence[int]:
        """The places within a stretch between two grapheme clusters."""
        ends = self._cluster_ends()
        if ends is None:
            return range(start + 1, end)
        return ends[bisect_right(ends, start) : bisect_left(ends, end)]

    def _is_boundary(self, place: int) -> bool:
        """Whether a place is between two clusters: a mark may follow a blank."""
        ends = self._cluster_ends()
        return ends is None or ends[bisect_left(ends, place)] == place

    def _with_clusters(self, thing: Thing) -> Thing:
        """A thing with the whole of each cluster that it overlaps."""
        ends = self._cluster_ends()
        if ends is None:
            return thing
        first, last = bisect_right(ends, thing.start), bisect_left(ends, thing.end)
        return thing._replace(start=ends[first - 1] if first else 0, end=ends[last])

    def _cluster_ends(self) -> list[int] | None:
        """Where each cluster ends; None if each character is one."""
        if not self._joins:
            return None
        if self._clusters is None:
            self._clusters = cluster_ends(self._text)
        return self._clusters
