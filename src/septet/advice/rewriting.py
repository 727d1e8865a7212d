"""Rewriting: which ways to write a text otherwise are taken together, and the result."""

from __future__ import annotations

from typing import NamedTuple

from septet.planning.changes import Change

from .foldings import loss_of
from .joints import may_join, smoothed
from .losses import lost_characters
from .ways import Way

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from septet.planning.planner import Planner
    from septet.planning.plans import Plan
    from septet.planning.things.thing import Thing

    from .spots import Spot


class Weight(NamedTuple):
    """The cost of a text, and how many of its characters do not reach the phone."""

    billed_segments: int
    lost: int

    def beats(self, other: Weight) -> bool:
        """Whether it is better in one figure and worse in none."""
        return self != other and self.is_no_worse_than(other)

    def is_no_worse_than(self, other: Weight) -> bool:
        return self.billed_segments <= other.billed_segments and self.lost <= other.lost


def weigh(plan: Plan) -> Weight:
    """The weight of a text that is planned."""
    # Skips the constructor, as some plans are weighed for each advice.
    return tuple.__new__(Weight, (plan.billed_segments, lost_characters(plan)))


class Book(NamedTuple):
    """Ways that make sense together, at most one for each spot."""

    ways: list[Way]
    #: Whether they bring the whole text into the GSM alphabet.
    whole: bool


def books(found: Sequence[Spot], *, partly: bool) -> Iterator[Book]:
    """Ways to write a text otherwise, by their purpose.

    First those that make a text shorter and leave its encoding, then those that bring it into the
    GSM alphabet: all of it, unless `partly`, where each character counts by itself.
    """
    if not found:
        return
    _, outside, foreign, shrinking, settling, other, sounding, dropping = zip(*found, strict=True)
    if any(foreign):
        # Letters that look like Latin ones, among others that do not, are of another script.
        settling = tuple(None if way and way.step == "look-alikes" else way for way in settling)
    pages = [shrinking, settling]
    # Most texts have no spot with more than one way.
    pages += [_either(ways, settling) for ways in (other, sounding) if any(ways)]
    seen: list[tuple[Way | None, ...]] = []
    for number, kept in enumerate(pages):
        variants = [kept]
        if any(dropping):
            variants += [_either(kept, dropping), _either(dropping, kept)]
        for page in variants:
            if not any(page) or page in seen:
                continue
            ways = [way for way in page if way is not None]
            whole = len(ways) == len(page) or not any(
                way is None and is_outside for way, is_outside in zip(page, outside, strict=True)
            )
            if partly or whole or number == 0:
                seen.append(page)
                yield Book(ways, whole and number > 0)


def _either(first: Iterable[Way | None], others: Iterable[Way | None]) -> tuple[Way | None, ...]:
    """One way for each spot: the first one, or the other where there is none."""
    return tuple([way or other for way, other in zip(first, others, strict=True)])


class Wording(NamedTuple):
    """A text written otherwise, as it is planned."""

    ways: list[Way]
    plan: Plan


def needed(
    text: str,
    book: Sequence[Way],
    before: Weight,
    planner: Planner,
    *,
    whole: bool,
    open_ends: AbstractSet[int] = frozenset(),
) -> tuple[list[Wording], Wording]:
    """The parts of a book that beat a text as it is, without unnecessary steps; and all of the book.

    Takes the steps in the order of what a reader sees of them, one more at a time; with `whole`
    only all together, because fewer do not bring the text into the alphabet. `open_ends` are as for
    `smoothed`.
    """
    is_rough = may_join(book, open_ends)

    def of(steps: Sequence[str]) -> tuple[list[Way], str]:
        ways = [way for way in book if way.step in steps]
        if is_rough:
            ways = smoothed(text, ways, open_ends)
        return ways, rewritten(text, ways)

    def planned(ways: list[Way], written: str) -> Wording:
        return Wording(ways, planner.plan(written))

    steps = sorted({way.step for way in book}, key=loss_of)
    everything, best = planned(*of(steps)), before
    gaining = []
    for number in range(len(steps) if whole else 1, len(steps) + 1):
        taken = steps[:number]
        found = planned(*of(taken)) if number < len(steps) else everything
        weight = weigh(found.plan)
        if not weight.beats(best):
            continue
        best = weight
        for step in reversed(steps[:number]):
            fewer = [other for other in taken if other != step]
            if not fewer:
                continue
            ways, written = of(fewer)
            # Most of these take more segments, and a count says that sooner than a plan.
            if planner.count(written) > weight.billed_segments:
                continue
            less = planned(ways, written)
            if weigh(less.plan).is_no_worse_than(weight):
                taken, found = fewer, less
        gaining.append(found)
    return gaining, everything


def rewritten(text: str, ways: Iterable[Way]) -> str:
    """A text with some of its places written otherwise."""
    pieces: list[str] = []
    place = 0
    for way in ways:
        pieces += (text[place : way.start], way.replacement)
        place = way.end
    pieces.append(text[place:])
    return "".join(pieces)


def moved(found: Iterable[Thing], ways: Sequence[Way]) -> Iterator[Thing]:
    """The things of a text, at their places in the result of the ways."""
    shift = number = 0
    for thing in found:
        while number < len(ways) and ways[number].end <= thing.start:
            shift += len(ways[number].replacement) - len(ways[number].source)
            number += 1
        start = thing.start + shift
        while number < len(ways) and ways[number].start < thing.end:
            shift += len(ways[number].replacement) - len(ways[number].source)
            number += 1
        yield thing._replace(start=start, end=thing.end + shift)


def changes(ways: Iterable[Way]) -> tuple[Change, ...]:
    """The same, as changes of the text; the reason of each is its step."""
    make = tuple.__new__  # skips the constructor of a named tuple: a text may have a way at each character
    return tuple([make(Change, way[:5]) for way in ways if way.replacement != way.source])


def taken_back(text: str, made: Sequence[Change]) -> str:
    """The original text, from the result of changes in their order."""
    parts, place, reached = [], 0, 0
    for change in made:
        kept = place + change.start - reached
        parts += [text[place:kept], change.source]
        place, reached = kept + len(change.replacement), change.end
    return "".join([*parts, text[place:]])
