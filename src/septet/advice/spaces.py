"""Spaces: blanks that typography wants and an SMS can do without."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from septet.planning.things.places import touched

from .foldings import loss_of
from .ways import Way
from .whole import unchanged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from septet.planning.things.thing import Thing

_B = r"[ \u00a0\u2009\u202f]"

# By how much a reader sees of them, least first. A pattern that begins with a class of characters lets the
# engine skip to the next of them.
_KINDS = (
    ("ends", re.compile(rf"{_B}(?<!{_B}{_B}){_B}*+(?=\r?\n|\Z)")),
    ("doubled", re.compile(rf"{_B}(?<=\S{_B}{_B}){_B}*+(?=\S)")),
    ("breaks", re.compile(rf"(?:\r\n?|\n)(?:{_B}*+(?:\r\n?|\n)){{2,}}+")),
    ("hours", re.compile(rf"(?<![\w.,:/+-])(?:[01]?\d|2[0-4])(?:{_B}h(?:{_B}?[0-5]\d)?|h{_B}[0-5]\d)(?!\w)")),
    ("signs", re.compile(rf"{_B}(?:[!?](?=[!?)\"»\s]|\Z)|[;:](?=\s|\Z))")),
    ("units", re.compile(rf"{_B}(?<=\d{_B})[%€](?!\w)")),
    (
        "numbers",
        re.compile(
            rf"(?<![\w.,/+-])(?<!\d{_B})(?:\+\d{{1,3}}|0\d{{0,3}})(?:{_B}\d{{1,4}}){{2,6}}(?![\w/-]|{_B}\d)"
        ),
    ),
)
# What a text must have for the patterns that begin otherwise.
_NEEDED = {"hours": re.compile(rf"\d(?:{_B}h|h{_B})"), "numbers": re.compile(rf"\d{_B}\d")}
# Each place of a gap is one of these.
_POSSIBLE = re.compile(rf"{_B}(?:(?=[\sh\d!?;:%€]|\Z)|(?<={_B}{_B})|(?<=h{_B}))|[\r\n]")
_BLANKS = re.compile(_B)
_BREAK = re.compile(r"\r\n?|\n")
# One line is left empty between two.
_MOST_BREAKS = 2

# A telephone number has so many digits (ITU-T E.164: 15 at the most); short ones are not written in groups.
_DIGITS = range(9, 16)

# A longer word is not searched to its beginning.
_LONGEST_WORD = 60

# No vendor writes more for a blank: two, for a no-break one.
_MOST_UNITS = 2

# A sign that touches these would become a part of them; so it would with a number that is long enough to
# be a code, even without a word for it.
_STANDING_APART = ("link", "email", "machine-line", "app-hash", "code", "reference")
_SHORTEST_CODE = 4


class Gap(NamedTuple):
    """Blanks that are left out or kept together, by their places, and what a note shows of them."""

    places: tuple[int, ...]
    source: str
    kind: str


def may_save(text: str, units: int) -> bool:
    """Whether leaving out blanks may make a text shorter by so many units; a quick look, False is certain."""
    return units <= _MOST_UNITS * len(_POSSIBLE.findall(text))


def gaps(text: str, things: Sequence[Thing], kept: Iterable[tuple[int, int]] = ()) -> list[Gap]:
    """The blanks that a text can do without, those first whose absence is least visible.

    It takes none from `things` that must stay whole, and none from `kept`, other places that must not
    change. Work is linear in the text.
    """
    spans = (*((thing.start, thing.end) for thing in unchanged(text, things)), *kept)
    whole = {place for start, end in spans for place in range(start, end)}
    found: list[Gap] = []
    taken: set[int] = set()
    for kind, pattern in _KINDS:
        if kind in _NEEDED and _NEEDED[kind].search(text) is None:
            continue
        for match in pattern.finditer(text):
            for gap in _gaps(text, things, kind, match):
                if taken.isdisjoint(gap.places) and whole.isdisjoint(gap.places):
                    taken.update(gap.places)
                    found.append(gap)
    return found


def _gaps(text: str, things: Sequence[Thing], kind: str, match: re.Match[str]) -> Iterator[Gap]:
    start, shown = match.start(), match[0]
    if kind in ("ends", "doubled"):
        for place in range(start, match.end()):
            yield Gap((place,), "", kind)
    elif kind == "breaks":
        # The first ones, so that a blank of an empty line is at the end of one.
        for found in list(_BREAK.finditer(shown))[:-_MOST_BREAKS]:
            yield Gap(tuple(range(start + found.start(), start + found.end())), "", kind)
    elif kind == "hours" or (kind == "numbers" and _is_telephone_number(things, match)):
        yield Gap(tuple(start + blank.start() for blank in _BLANKS.finditer(shown)), shown, kind)
    elif kind in ("signs", "units"):
        word = _word_before(text, start)
        # The sign would become a part of what may be an address or a code.
        if word and not (kind == "signs" and _must_stand_apart(things, start - len(word), start)):
            yield Gap((start,), word + shown, kind)


def _is_telephone_number(things: Sequence[Thing], match: re.Match[str]) -> bool:
    found = touched(things, *match.span())
    is_whole = len(found) == 1 and found[0].start <= match.start() and match.end() <= found[0].end
    return is_whole and found[0].kind == "phone" and sum(map(str.isdecimal, match[0])) in _DIGITS


def _word_before(text: str, place: int) -> str:
    """The word that ends at a place; empty if it is too long, or there is none."""
    before = text[max(0, place - _LONGEST_WORD - 1) : place]
    word = "" if not before or before[-1].isspace() else before.split()[-1]
    return word if len(word) <= _LONGEST_WORD else ""


def _must_stand_apart(things: Sequence[Thing], start: int, end: int) -> bool:
    """Whether a word is an address or a code, or may be one."""
    return any(
        thing.kind in _STANDING_APART
        or (
            thing.kind in ("number", "phone")
            and min(end, thing.end) - max(start, thing.start) >= _SHORTEST_CODE
        )
        for thing in touched(things, start, end)
    )


def fewest(found: Sequence[Gap], units: int, fits: Callable[[Sequence[Gap]], bool]) -> list[Gap]:
    """The fewest gaps that make it fit, the least visible ones; empty if all are not enough.

    About so many `units` are too many: the search begins there, so that `fits` is mostly called two or
    three times, and never more than the logarithm of the number of gaps.
    """
    sums = list(accumulate(len(gap.places) for gap in found))
    if not found or units > _MOST_UNITS * sums[-1]:
        return []
    few, many = 0, len(found) + 1
    number, step = min(len(found), bisect_left(sums, units) + 1), 1
    while many - few > 1:
        if fits(found[:number]):
            many, number = number, number - step
        else:
            few, number = number, number + step
        step *= 2
        if not few < number < many:
            number = (few + many) // 2
    if many > len(found):
        return []
    taken = list(found[:many])
    # The last one may have more blanks than needed: then others can stay, the most visible first.
    too_large = len(taken[-1].places)
    for gap in reversed(taken[:-1]):
        if too_large <= 1:
            break
        if len(gap.places) >= too_large:
            continue
        fewer = [other for other in taken if other is not gap]
        if fits(fewer):
            taken = fewer
        else:
            too_large = len(gap.places)
    return taken


def without(text: str, taken: Iterable[Gap]) -> str:
    """A text without the blanks of these gaps."""
    pieces, start = [], 0
    for place in sorted(place for gap in taken for place in gap.places):
        pieces.append(text[start:place])
        start = place + 1
    pieces.append(text[start:])
    return "".join(pieces)


def ways_without(text: str, ways: Sequence[Way], taken: Iterable[Gap]) -> list[Way]:
    """The ways to write a text otherwise and to leave out these gaps of the result."""
    places = sorted((place for gap in taken for place in gap.places), reverse=True)
    return list(_ways_without(text, ways, places))


def _ways_without(text: str, ways: Sequence[Way], places: list[int]) -> Iterator[Way]:
    start = at = 0  # in the text, and in the result of the ways
    for way in (*ways, None):
        end = len(text) if way is None else way.start
        while places and places[-1] < at + end - start:
            place = start + places.pop() - at
            next_place = place + 1
            if text[place : place + 2] == "\r\n" and places and start + places[-1] - at == next_place:
                places.pop()
                next_place += 1
            yield Way(place, next_place, text[place:next_place], "", "spaces", loss_of("spaces"))
        if way is None:
            return
        at += end - start
        start = way.end
        written = way.replacement
        behind = at + len(written)
        left: set[int] = set()
        while places and places[-1] < behind:
            left.add(places.pop() - at)
        if left:
            shorter = "".join(c for number, c in enumerate(written) if number not in left)
            is_blank = not shorter and way.step in ("typography", "line-breaks")
            way = way._replace(replacement=shorter)
            if is_blank:
                way = way._replace(step="spaces", loss=loss_of("spaces"))
        yield way
        at = behind
