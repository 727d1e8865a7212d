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
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

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
    return Weight(plan.billed_segments, lost_characters(plan))


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
    # Letters that look like Latin ones, among others that do not, are of another script.
    mixed = any(spot.foreign for spot in found)
    settling = [
        None if mixed and spot.settling and spot.settling.step == "look-alikes" else spot.settling
        for spot in found
    ]
    pages = [[spot.shrinking for spot in found], settling]
    # Most texts have no spot with more than one way.
    if any(spot.other for spot in found):
        pages.append([spot.other or way for way, spot in zip(settling, found, strict=True)])
    if any(spot.sounding for spot in found):
        pages.append([spot.sounding or way for way, spot in zip(settling, found, strict=True)])
    has_emoji = any(spot.dropping for spot in found)
    seen: list[list[Way | None]] = []
    for number, kept in enumerate(pages):
        variants = [kept]
        if has_emoji:
            less_emoji = [way or spot.dropping for way, spot in zip(kept, found, strict=True)]
            without_emoji = [spot.dropping or way for way, spot in zip(kept, found, strict=True)]
            variants += [less_emoji, without_emoji]
        for page in variants:
            if not any(page) or page in seen:
                continue
            ways = [way for way in page if way is not None]
            whole = len(ways) == len(page) or not any(
                way is None and spot.outside for way, spot in zip(page, found, strict=True)
            )
            if partly or whole or number == 0:
                seen.append(page)
                yield Book(ways, whole and number > 0)


class Wording(NamedTuple):
    """A text written otherwise, as it is planned."""

    ways: list[Way]
    plan: Plan


def needed(
    text: str,
    book: Sequence[Way],
    before: Weight,
    plan_of: Callable[[str], Plan],
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

    def of(steps: Sequence[str]) -> Wording:
        ways = [way for way in book if way.step in steps]
        if is_rough:
            ways = smoothed(text, ways, open_ends)
        return Wording(ways, plan_of(rewritten(text, ways)))

    steps = sorted({way.step for way in book}, key=loss_of)
    everything, best = of(steps), before
    gaining = []
    for number in range(len(steps) if whole else 1, len(steps) + 1):
        taken = steps[:number]
        found = of(taken) if number < len(steps) else everything
        weight = weigh(found.plan)
        if not weight.beats(best):
            continue
        best = weight
        for step in reversed(steps[:number]):
            fewer = [other for other in taken if other != step]
            if not fewer:
                continue
            less = of(fewer)
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
    return tuple(
        Change(way.start, way.end, way.source, way.replacement, way.step)
        for way in ways
        if way.replacement != way.source
    )


def taken_back(text: str, made: Sequence[Change]) -> str:
    """The original text, from the result of changes in their order."""
    parts, place, reached = [], 0, 0
    for change in made:
        kept = place + change.start - reached
        parts += [text[place:kept], change.source]
        place, reached = kept + len(change.replacement), change.end
    return "".join([*parts, text[place:]])
