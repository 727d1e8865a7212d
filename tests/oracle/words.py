"""Cutting at words, naively: every way to leave words out of a text, the ones to be preferred first.

What is a link, a number or a code is given; all else is worked out from docs/whole.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

#: A kind, and the places where it begins and ends.
Thing = tuple[str, int, int]
Span = tuple[int, int]

STAY = ("link", "email", "machine-line", "app-hash", "field", "code", "phone", "reference", "mention")
UNSPACED = (
    *((0x0E00, 0x109F), (0x1780, 0x17FF), (0x2E80, 0x31FF), (0x3400, 0x9FFF)),
    *((0xF900, 0xFAFF), (0xFF00, 0xFF9F), (0x20000, 0x3FFFF)),
)
LEADING_ON = ",;:-–—/&+([{«“‘„¿¡，、；：（「『【"


class Way(NamedTuple):
    """What is cut, and the mark at the last cut."""

    cuts: list[Span]
    mark: str

    def kept(self, text: str) -> str:
        parts, place = [], 0
        for start, end in self.cuts:
            parts.append(text[place:start])
            place = end
        return "".join([*parts, self.mark, text[place:]])


class Abridged:
    """The ways of one text. If things overlap, none may end inside another."""

    def __init__(self, text: str, things: list[Thing], fields: list[Span], mention: Span | None) -> None:
        self.text = text
        self.fields = fields
        self.things: list[Thing] = []
        others = [*(("field", *field) for field in fields), *([("mention", *mention)] if mention else [])]
        for kind, start, end in sorted([*things, *others], key=_by_place):
            if self.things and start < self.things[-1][2]:
                kind, start, before = self.things.pop()
                end = max(end, before)
            self.things.append((kind, start, end))
        self.boundaries = {0, *(match.end() for match in regex.finditer(r"\X", text))}

    def groups(self) -> Iterator[tuple[list[Span], list[Span]]]:
        """What must stay after the beginning: with the words that introduce it, and without them."""
        last = None
        middle = list(self.things)
        if middle and not re.search(r"\w", self.text[middle[-1][2] :]):
            last = middle.pop()
        middle = [thing for thing in middle if thing[0] in STAY and self.block(thing, False, False)]
        if last and not self.block(last, False, True):
            last = None
        for number in range(len(middle), -1, -1):
            if number or last:
                ways = []
                for introduced in (True, False):
                    blocks = [self.block(thing, introduced, False) for thing in middle[:number]]
                    blocks += [self.block(last, introduced, True)] if last else []
                    ways.append(self.joined([block for block in blocks if block]))
                yield ways[0], ways[1]

    def places(self, number: int) -> Iterator[int]:
        """Where the beginning may end, in each of the ways that are tried one after the other."""
        for place in range(len(self.text), 0, -1):
            whole = place not in self.boundaries
            in_thing = any(start < place < end for _, start, end in self.things)
            in_field = any(start < place < end for start, end in self.fields)
            if (
                (number == 0 and not whole and not in_thing and self.ends_word(place))
                or (number == 1 and not whole and not in_thing)
                or (number == 2 and not whole and not in_field)
                or (number == 3 and not in_field and place <= min(self.boundaries - {0}))
            ):
                yield place

    def way(self, end: int, blocks: list[Span], mark: str) -> Way:
        """The text up to a place and the blocks after it."""
        text, length = self.text, len(self.text)
        kept = [(0, end)]
        for start, stop in blocks:
            before = kept[-1][1]
            if start <= before or text[before:start].strip() == "":
                kept[-1] = kept[-1][0], max(before, stop)
            else:
                kept.append((start, stop))
        if kept[-1][1] < length:
            kept.append((length, length))
        cuts: list[Span] = []
        for number, ((begin, place), (start, stop)) in enumerate(pairwise(kept)):
            last = number == len(kept) - 2
            put = mark if last else ""
            if start == length and text[place:].strip() == "":
                return Way([*cuts, (place, length)], "")
            tidy = self.tidied(begin, place, put or text[start : start + 1])
            if tidy == 0 and not put:
                while start < stop and text[start].isspace():
                    start += 1
            first, behind = (start, start) if put else self.between(tidy, start)
            cuts += [(start, end) for start, end in ((tidy, first), (behind, start)) if start < end]
            if put and not put[0].isspace() and self.touches_thing(tidy):
                return Way(cuts, " " + put)
        return Way(cuts, mark if cuts else "")

    def tidied(self, begin: int, end: int, follows: str) -> int:
        text = self.text
        signs = LEADING_ON + (".…" if follows[:1] in (".", "…") else "")
        ends = {stop for _, _, stop in self.things}
        place = end
        while place > begin and end - place < 60 and place not in ends:
            if text[place - 1] not in signs and not text[place - 1].isspace():
                break
            place -= 1
        glued = self.touches_thing(place)
        if glued and follows and not follows[0].isspace() and text[end : end + 1].isspace():
            behind = end + len("\r\n" if text[end : end + 2] == "\r\n" else " ")
            return behind if behind in self.boundaries else end
        return place if place > begin and place in self.boundaries else end

    def between(self, tidy: int, start: int) -> Span:
        """What stays of a cut, where there would be no blank between the words around it."""
        before, behind = self.text[tidy - 1 : tidy], self.text[start : start + 1]
        if before.strip() == "" or behind.strip() == "":
            return start, start
        for place in range(tidy, start):
            end = place + (2 if self.text[place:start].startswith("\r\n") else 1)
            inside = any(begin < at < stop for _, begin, stop in self.things for at in (place, end))
            separates = self.text[place].isspace() or self.text[place] in "、。，．；：！？"
            if separates and {place, end} <= self.boundaries and not inside:
                return place, end
        return start, start

    def touches_thing(self, place: int) -> bool:
        """Whether there are only signs, no blank and no letter, between a place and the end of a thing."""
        return any(
            end <= place < end + 60 and re.fullmatch(r"[^\w\s]*", self.text[end:place])
            for _, _, end in self.things
        )

    def block(self, thing: Thing, introduced: bool, ends: bool) -> Span | None:
        text = self.text
        kind, place, stop = thing
        start = self.start_of_word(place) if not is_unspaced(text[place]) else self.boundary(place)
        if place - start >= 60 and place > 60:
            return None
        if ends:
            stop = len(text)
        else:
            word = re.match(r"\S{0,60}", text[stop:])
            assert word is not None
            touching = word.group()
            for number, character in enumerate(touching):
                if is_unspaced(character):
                    stop = self.boundary(stop + number) if number else stop
                    break
            else:
                if len(touching) < 60 or text[stop + 60 : stop + 61].strip() == "":
                    stop += len(touching)
        if introduced and kind != "mention":
            start = self.introduction(start)
        if start and not text[start - 1].isspace() and not is_unspaced(text[start]):
            start = self.boundary(start - 1)
        if start and text[start - 1].isspace() and text[start - 1] not in "\r\n":
            return self.boundary(start - 1), stop
        for _ in range(2):
            if text[:start].endswith("\r\n"):
                start -= 2
            elif text[:start].endswith(("\r", "\n")):
                start -= 1
        return self.boundary(start), stop

    def introduction(self, place: int) -> int:
        text, lowest = self.text, max(0, place - 40)
        found = [m.end() for m in re.finditer(r"[.!?…]\s+|[。！？]\s*|\n\s*", text[lowest:place])]
        begin = lowest + found[-1] if found else place
        while not found and begin > lowest and place - begin < 12:
            words = begin
            while words > 0 and text[words - 1].isspace():
                words -= 1
            if words and is_unspaced(text[words - 1]):
                start = self.boundary(words - 1)
            elif (start := self.start_of_word(words)) < lowest:
                break
            begin = start
        for _, start, end in self.things:
            if start < begin < end:
                begin = start
        return begin

    def start_of_word(self, place: int) -> int:
        while place > 0 and not self.text[place - 1].isspace() and not is_unspaced(self.text[place - 1]):
            place -= 1
        return place

    def ends_word(self, place: int) -> bool:
        text = self.text
        if text[place - 1].isspace():
            return False
        if place == len(text) or text[place].isspace():
            return True
        if is_unspaced(text[place - 1]) or is_unspaced(text[place]):
            return True
        before, behind = re.search(r"\S*\Z", text[:place]), re.match(r"\S*", text[place:])
        assert before is not None
        assert behind is not None
        return min(len(before.group()), 61) + min(len(behind.group()), 61) > 60

    def boundary(self, place: int) -> int:
        return max(boundary for boundary in self.boundaries if boundary <= place)

    def joined(self, blocks: list[Span]) -> list[Span]:
        found: list[Span] = []
        for start, end in sorted(blocks):
            if found and (start <= found[-1][1] or self.text[found[-1][1] : start].isspace()):
                found[-1] = found[-1][0], max(found[-1][1], end)
            else:
                found.append((start, end))
        return found


def _by_place(thing: Thing) -> tuple[int, int]:
    return thing[1], -thing[2]


def is_unspaced(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in UNSPACED)
