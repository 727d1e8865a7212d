"""Words: where a text may be cut without cutting anything in it in two, and which parts have to stay.

A word ends at a blank or at the end of the text; in a script without blanks between words, after any
character. More than `LONGEST` characters without a blank are no word. The things that stay have words
around them that say what they are.
"""

from __future__ import annotations

import re

from septet.gsm.segmentation import clusters, grapheme_boundary, holds_joining

from .cuts import Cuts
from .things.places import touched
from .things.recognition import things
from .things.thing import Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Span = tuple[int, int]

LONGEST = 60
#: The opt-out mention of the text's own.
MENTION = "mention"
#: Things that a text is sent for, which stay at any place. Of other numbers only the last one stays,
#: where it ends the text.
STAYING = frozenset(
    {"link", "email", "machine-line", "app-hash", "field", "code", "phone", "reference", MENTION}
)

# The words before a thing say what it is: those of its sentence if that begins near enough, or else the
# nearest ones.
_INTRODUCTION, _NEAREST = 40, 12
#: A sentence begins after these.
SENTENCE = re.compile(r"[.!?…]\s+|[。！？]\s*|\n\s*")
_WORDLIKE = re.compile(r"\w")
# What is between words, also in a script without blanks.
_BETWEEN = re.compile(r"\r\n|[\s、。，．；：！？]")
# Thai, Lao, Tibetan, Burmese, Khmer, and what is written together with Chinese and Japanese.
_UNSPACED = re.compile(
    r"[\u0e00-\u109f\u1780-\u17ff\u2e80-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff9f\U00020000-\U0003ffff]"
)
# Characters that lead on to something after them, and are left out where that is cut.
_LEADING_ON = frozenset(",;:-–—/&+([{«“‘„¿¡，、；：（「『【")
_FULL_STOPS = frozenset(".…")
_WITHOUT = dict.fromkeys(map(ord, _LEADING_ON | _FULL_STOPS))
# Of a long text, the end is looked at as far as it could be kept, and the beginning so much further, to
# see where the things there end.
_AT_LEAST, _BEYOND = 1000, 200


class Words:
    """The words of a text that can keep at most `top` characters of its beginning.

    `room` is how many characters it can have in all; `fields` are what the vendor replaces; `mention` is
    where the text has its opt-out mention.
    """

    def __init__(
        self, text: str, top: int, room: int, fields: Iterable[Span], mention: Span | None = None
    ) -> None:
        self._text = text
        self._near = min(top + _BEYOND, len(text))
        self._clusters: frozenset[int] | None = None
        self._fields = tuple(Thing("field", *span) for span in fields)
        held = () if mention is None else (Thing(MENTION, *mention),)
        self._things = apart((*_things_near(text, top, room), *self._fields, *held))

    def ends(self, start: int, stop: int) -> Iterator[int]:
        """The places after `start`, up to `stop`, where a word ends, from the last one; then `start`."""
        for place in range(stop, start, -1):
            if self._ends_word(place) and self._is_free(place) and self._is_boundary(place):
                yield place
        yield start

    def boundaries(self, stop: int, *, within_things: bool) -> Iterator[int]:
        """The places up to `stop` between two grapheme clusters, from the last one."""
        for place in range(stop, 0, -1):
            if self._is_boundary(place) and self._is_free(place, within_things=within_things):
                yield place

    def characters(self, stop: int) -> Iterator[int]:
        """The places up to `stop` in the first grapheme cluster, from the last one."""
        first = next((end for _, end in clusters(self._text, 0, stop)), 0)
        return (place for place in range(first, 0, -1) if self._is_free(place, within_things=True))

    def staying(self) -> tuple[list[Thing], Thing | None]:
        """The things that stay, in their order, and the one at the end of the text if there is one."""
        found = list(self._things)
        last = None
        if found and _WORDLIKE.search(self._text, found[-1].end) is None:
            last = found.pop()
        return [thing for thing in found if thing.kind in STAYING], last

    def block(self, thing: Thing, *, introduced: bool, ends: bool) -> Span | None:
        """A thing with the signs that touch it, and the words before it if it is `introduced`.

        A mention needs no introduction. A thing that `ends` the text has all that follows with it.
        None where it is a part of something longer than a word.
        """
        text = self._text
        start = self._start_of_word(thing.start + 1, LONGEST)
        if start is None:
            return None
        end = len(text) if ends else self._end_of_word(thing.end)
        if introduced and thing.kind != MENTION:
            start = self._introduction(start)
        if start and not text[start - 1].isspace() and not is_unspaced(text[start]):
            # The kept text before it may end with a letter.
            start = grapheme_boundary(text, start - 1)
        return self._with_blank(start), end

    def cuts(self, end: int, blocks: Sequence[Span], mark: str) -> Cuts:
        """The cuts that leave the text up to `end` and the blocks after it, with the mark at the last.

        A cut of only blanks has no mark. What leads on to something that is cut is cut with it. The mark has
        a blank before it where it would touch a thing: it would become a part of a link. So could words that
        come together in a script without blanks: one blank or sign that was between them stays.
        """
        text, length = self._text, len(self._text)
        spans: list[Span] = []
        begin, place = 0, end
        for start, stop in (*blocks, (length, length)):
            if start <= place or (start < length and text[place:start].isspace()):
                place = max(place, stop)
                continue
            is_last = start == length or (blocks[-1] == (start, stop) and stop == length)
            follows = mark if is_last and mark else text[start : start + 1]
            tidy = self._tidied(begin, place, follows)
            if is_last and start == length and text[place:].isspace():
                return Cuts((*spans, (place, length)))
            if not tidy and not (is_last and mark):
                start += len(text[start:stop]) - len(text[start:stop].lstrip())
            if is_last and mark and not mark[0].isspace() and self._touches_thing(tidy):
                mark = " " + mark
            first, last = (start, start) if is_last and mark else self._between(tidy, start)
            spans += [span for span in ((tidy, first), (last, start)) if span[0] < span[1]]
            begin, place = start, stop
        return Cuts(tuple(spans), mark if spans else "")

    def _tidied(self, begin: int, end: int, follows: str) -> int:
        """Where the text kept up to `end` ends without what leads on; includes a blank after a thing."""
        text = self._text
        signs = _LEADING_ON | _FULL_STOPS if follows[:1] in _FULL_STOPS else _LEADING_ON
        place, lowest = end, max(begin, end - LONGEST)
        is_thing = self._ends_thing(place)
        while place > lowest and not is_thing and (text[place - 1] in signs or text[place - 1].isspace()):
            place -= 1
            is_thing = self._ends_thing(place)
        if (
            follows
            and not follows[0].isspace()
            and text[end : end + 1].isspace()
            and self._touches_thing(place)
        ):
            behind = end + (2 if text.startswith("\r\n", end) else 1)
            return behind if self._is_boundary(behind) else end
        return place if place > begin and self._is_boundary(place) else end

    def _between(self, tidy: int, start: int) -> Span:
        """What stays of a cut so that the words around it do not touch; empty if it has no such sign."""
        text = self._text
        if tidy and start < len(text) and not text[tidy - 1].isspace() and not text[start].isspace():
            for found in _BETWEEN.finditer(text, tidy, start):
                if all(self._is_boundary(place) and self._is_free(place) for place in found.span()):
                    return found.span()
        return start, start

    def _ends_word(self, place: int) -> bool:
        text = self._text
        if text[place - 1].isspace():
            return False
        if place == len(text) or text[place].isspace():
            return True
        return is_unspaced(text[place - 1]) or is_unspaced(text[place]) or self._is_in_no_word(place)

    def _is_in_no_word(self, place: int) -> bool:
        """Whether a place has more characters around it, without a blank, than a word can have."""
        text = self._text
        around = text[max(0, place - LONGEST - 1) : place + LONGEST + 1]
        start = end = min(place, LONGEST + 1)
        while start > 0 and not around[start - 1].isspace():
            start -= 1
        while end < len(around) and not around[end].isspace():
            end += 1
        return end - start > LONGEST

    def _is_boundary(self, place: int) -> bool:
        text = self._text
        if not 0 < place < len(text) or (
            not holds_joining(text[place - 1 : place + 1]) and text[place] != "\n"
        ):
            return True
        if place > self._near:
            return grapheme_boundary(text, place) == place
        if self._clusters is None:
            # Looking back from each one would repeat the same work in a text of emoji or of marks.
            self._clusters = frozenset(end for _, end in clusters(text, 0, min(self._near + 1, len(text))))
        return place in self._clusters

    def _is_free(self, place: int, *, within_things: bool = False) -> bool:
        return not touched(self._fields if within_things else self._things, place, place)

    def _ends_thing(self, place: int) -> bool:
        found = touched(self._things, place - 1, place)
        return bool(found) and found[-1].end == place

    def _touches_thing(self, place: int) -> bool:
        """Whether a place is behind a thing, or behind signs that touch one."""
        for end in range(place, max(0, place - LONGEST), -1):
            if self._ends_thing(end):
                return True
            if self._text[end - 1].isspace() or _WORDLIKE.match(self._text, end - 1):
                return False
        return False

    def _introduction(self, place: int) -> int:
        """Where the words begin that introduce what is at a place."""
        text, lowest = self._text, max(0, place - _INTRODUCTION)
        sentences = [match.end() for match in SENTENCE.finditer(text, lowest, place)]
        begin = sentences[-1] if sentences else place
        while not sentences and begin > lowest and place - begin < _NEAREST:
            word = self._start_of_word(begin, begin - lowest)
            if word is None:
                break
            begin = word
        for thing in touched(self._things, begin, begin):
            begin = thing.start
        return begin

    def _start_of_word(self, place: int, most: int) -> int | None:
        """Where the last word before a place begins; None where it is longer than `most` characters."""
        text, lowest = self._text, max(0, place - most - 1)
        while place > lowest and text[place - 1].isspace():
            place -= 1
        if place > 0 and is_unspaced(text[place - 1]):
            return grapheme_boundary(text, place - 1)
        while place > lowest and not text[place - 1].isspace() and not is_unspaced(text[place - 1]):
            place -= 1
        return place if place > lowest or not lowest else None

    def _end_of_word(self, place: int) -> int:
        text, end = self._text, place
        while end < len(text) and end - place < LONGEST and not text[end].isspace():
            if is_unspaced(text[end]):
                return grapheme_boundary(text, end) if end > place else place
            end += 1
        return end if end == len(text) or text[end].isspace() else place

    def _with_blank(self, start: int) -> int:
        """The start, including a blank before it or the last two line breaks."""
        text = self._text
        if start and text[start - 1].isspace() and text[start - 1] not in "\r\n":
            return grapheme_boundary(text, start - 1)
        for _ in range(2):
            if start and text[start - 1] in "\r\n":
                start -= 2 if text.endswith("\r\n", 0, start) else 1
        return grapheme_boundary(text, start)


def without_leading_on(text: str) -> str:
    """A text without the signs that are cut where they lead on to something that is cut."""
    return text.translate(_WITHOUT)


def joined(blocks: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Blocks in their order; those that overlap or only have blanks between them become one."""
    found: list[Span] = []
    for start, end in sorted(blocks):
        if found and (start <= found[-1][1] or text[found[-1][1] : start].isspace()):
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return tuple(found)


def _things_near(text: str, top: int, room: int) -> Iterator[Thing]:
    """The things of a text; of a long text only those that could be kept."""
    near, far = top + _BEYOND, len(text) - max(room, _AT_LEAST)
    if far <= near:
        yield from things(text)
        return
    yield from things(text[:near])
    far = next((far for far in range(far, far + _BEYOND) if text[far - 1].isspace()), far)
    # The announcement of an app's hash at the end is at the beginning.
    sign = (
        text[:3] + " "
        if text.startswith("<#>")
        else text[:2] + " "
        if text.startswith("\u200b\u200b")
        else ""
    )
    for kind, start, end in things(sign + text[far:]):
        if start >= len(sign):
            yield Thing(kind, start + far - len(sign), end + far - len(sign))


def apart(found: Iterable[Thing]) -> tuple[Thing, ...]:
    """The things in their order; those that overlap become one, of the kind of the first."""
    parted: list[Thing] = []
    for thing in sorted(found, key=lambda thing: (thing.start, -thing.end)):
        if parted and thing.start < parted[-1].end:
            parted[-1] = parted[-1]._replace(end=max(parted[-1].end, thing.end))
        else:
            parted.append(thing)
    return tuple(parted)


def is_unspaced(character: str) -> bool:
    """Whether a character is of a script without blanks between words."""
    return _UNSPACED.match(character) is not None
