"""Shortening: how much text is too much for one billed segment fewer, and which words these are."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from septet.gsm.segmentation import grapheme_boundary
from septet.planning.things.places import touched
from septet.planning.truncation import longest_fitting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from septet.planning.mentions import Mention
    from septet.planning.planner import Planner
    from septet.planning.plans import Plan
    from septet.planning.things.thing import Thing

# The search for the end of a word goes back so far.
_LONGEST_WORD = 60

# A mention that the text already holds is looked for in so many of its last words.
_MOST_WORDS = 12

# A placeholder means nothing by itself: so much of the sentence before it is kept.
_BEFORE_PLACEHOLDER = 20
_STOP = re.compile(r"(?<!\w)stop", re.IGNORECASE)

# The words before a link or a code say what it is: those of its sentence if that begins near enough,
# or else the nearest ones.
_INTRODUCTION = 40
_NEAREST = 12
_SENTENCE = re.compile(r"[.!?…]\s+|\n\s*")
# Words are looked for between so many things, from the end of the text; no message has thousands.
_MOST_GAPS = 8
_LEADING = re.compile(r"(?<=\s)[«‹“„‘(\[{<>&+*=|/•·–—→⇒↔➡\ufe0f-]+\Z")
_LONGEST_SIGN = 4
_PUNCTUATION = re.compile(r"[.,;:!?)\]}\"'»”]*")


class Shortening(NamedTuple):
    """What has to be left out: whole words, as near to the end as possible."""

    #: Their places, from ``start`` up to ``end``, in order: only one, if the words there are enough.
    places: tuple[tuple[int, int], ...]
    #: The units that are too many; the words may be more.
    units: int
    #: The most billed segments that remain.
    billed_segments: int


def shortenings(plan: Plan, planner: Planner, things: Sequence[Thing]) -> Iterator[Shortening]:
    """Ways to shorten a text at its end to one billed segment fewer, or to what the limit allows.

    What the text is sent for, its `things`, stays: links, codes, prices, days. If they are at the end,
    words before them are left out, and if those are not enough, words before others too. The longest
    text comes first, by plans of what remains, which `planner` makes on the terms of the plan: a cut may
    change the encoding. There are none for a text that is already cut, that has one segment, or of which
    nothing would be left.
    """
    settings = plan.terms.settings
    target = min(plan.billed_segments - 1, settings.limit)
    if plan.truncated or target < 1:
        return
    together = _sentence_of_placeholder(plan)
    one, gaps = None, []
    for gap in _gaps(plan, things, together):
        gaps.append(gap)
        for one in _within(plan, planner, target, gap, together, things):
            yield one
        if one is not None:
            return
    # All words of the gaps after it are left out too; what comes before them keeps its place.
    gone: tuple[tuple[int, int], ...] = ()
    shorter, units = plan, 0
    for (start, end), gap in pairwise(gaps):
        gone = ((start, end), *gone)
        units += plan.coding.weights.units(plan.terms.placeholders.prepare(plan.original[start:end]).text)
        shorter = planner.plan(shorter.original[:start] + shorter.original[end:])
        for one in _within(shorter, planner, target, gap, together, things):
            yield one._replace(places=(*one.places, *gone), units=one.units + units)
        if one is not None:
            return


def _gaps(plan: Plan, things: Sequence[Thing], together: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """The places between which words may be left out, the last first: before and after what stays."""
    original = plan.original
    kept = things
    end = _start_of_kept(original, plan.terms.settings.mention, together)
    number = len(kept)
    for _ in range(_MOST_GAPS):
        while number and kept[number - 1].start >= end:
            number -= 1
        start = kept[number - 1].end if number else 0
        if start and start < end:
            behind = _PUNCTUATION.match(original, start, end)
            start = start if behind is None else behind.end()
        if start < end:
            yield start, end
        if not number:
            return
        end = _start_of_introduction(original, kept[number - 1].start, things)
        if together[0] < end < together[1]:
            end = _end_of_blanks_before(original, together[0])


def _start_of_introduction(text: str, place: int, things: Sequence[Thing]) -> int:
    """Where the words begin that introduce what is at a place, blanks before them included."""
    lowest = max(0, place - _INTRODUCTION)
    begin = next(reversed([match.end() for match in _SENTENCE.finditer(text, lowest, place)]), None)
    if begin is None:
        begin = place
        while place - begin < _NEAREST and (word := _start_of_word(text, begin)) >= max(1, lowest):
            begin = word
    for thing in touched(things, begin, begin):
        begin = thing.start
    return _end_of_blanks_before(text, begin)


def _within(
    plan: Plan,
    planner: Planner,
    target: int,
    gap: tuple[int, int],
    together: tuple[int, int],
    things: Sequence[Thing],
) -> Iterator[Shortening]:
    """Ways to leave out words of a gap, up to its end."""
    first, kept_behind = gap
    original, settings = plan.original, plan.terms.settings
    tail = original[kept_behind:]

    def fits(place: int) -> bool:
        remaining = original[:place] + tail
        return planner.count(remaining) <= target and not (
            settings.truncate and planner.plan(remaining).truncated
        )

    def is_gsm(place: int) -> bool:
        return planner.measure(original[:place] + tail).encoding == "gsm7"

    if first and not fits(first):
        return
    # A longer text is sent as UCS-2, and a shorter one as GSM-7: within each of the two more text never
    # takes fewer segments, but across both it may.
    longest_gsm = -1
    if plan.encoding == "ucs2" and "gsm7" in settings.encodings:
        forcing = next(iter(plan.outsiders()), 0)
        longest_gsm = _last(is_gsm, min(forcing, kept_behind - 1), first, kept_behind - 1)
    for lowest, highest in ((max(first, longest_gsm + 1), kept_behind - 1), (first, longest_gsm)):
        if lowest > highest:
            continue
        # A guess in the right coding: each try is a plan of all that remains, and from a guess for UCS-2,
        # which is far from what GSM-7 takes, some thirty tries were needed.
        if highest > longest_gsm:
            guess = _guess(plan, target, kept_behind)
        else:
            guess = _guess(planner.plan(original[:highest] + tail), target, highest)
        place = _last(fits, guess, lowest, highest)
        if place < lowest:
            continue
        place = grapheme_boundary(original, place) or place
        end = _end_before_signs(original, _end_of_words(original, place, together, first), first)
        for thing in touched(things, end, end):
            end = _end_of_word(original, thing.start, first)
        if original[:end].strip() and fits(end):
            too_much = plan.terms.placeholders.prepare(original[place:kept_behind]).text
            yield Shortening(((end, kept_behind),), plan.coding.weights.units(too_much), target)


# If such a small part of a text is too much, it is worth saying how much.
_FEW = 10


def excess(plan: Plan, planner: Planner) -> int | None:
    """The few units that are too many for one billed segment fewer; None if they are not few."""
    original, target = plan.original, plan.billed_segments - 1
    if plan.truncated or target < 1 or _FEW * (plan.units - plan.coding.room(target)) > plan.units:
        return None
    kept_behind = _start_of_kept(original, plan.terms.settings.mention, _sentence_of_placeholder(plan))
    place = _guess(plan, target, kept_behind)
    if planner.count(original[:place] + original[kept_behind:]) > target:
        return None
    too_much = plan.terms.placeholders.prepare(original[place:kept_behind]).text
    units = plan.coding.weights.units(too_much)
    return units if 0 < units * _FEW <= plan.units else None


def _last(holds: Callable[[int], bool], guess: int, lowest: int, highest: int) -> int:
    """The last place from `lowest` to `highest` for which it holds; below `lowest` if it holds for none.

    It holds up to some place and not beyond; the search goes outwards from the guess.
    """
    if lowest > highest:
        return lowest - 1
    last, beyond = lowest - 1, highest + 1
    place, step = max(lowest, min(guess, highest)), 1
    while beyond - last > 1:
        if holds(place):
            last, place = place, place + step
        else:
            beyond, place = place, place - step
        step *= 2
        if not last < place < beyond:
            place = (last + beyond) // 2
    return last


def _guess(plan: Plan, target: int, kept_behind: int) -> int:
    """About where the text before `kept_behind` has to end if it keeps its coding."""
    coding, placeholders = plan.coding, plan.terms.placeholders
    prepared = placeholders.prepare(plan.original[:kept_behind])
    if kept_behind == len(plan.original):
        place = longest_fitting(coding, prepared.text, bool(plan.optout), target, len(prepared.text))
    else:
        tail = placeholders.prepare(plan.original[kept_behind:]).text
        place = coding.weights.prefix(prepared.text, max(0, coding.room(target) - coding.weights.units(tail)))
    return prepared.place_in_original(prepared.outside_placeholders(place))


def _end_of_words(text: str, place: int, together: tuple[int, int], first: int) -> int:
    """The end of the last whole word before a place, but not between words that belong together."""
    start, end = together
    place = _end_of_word(text, place, first)
    return _end_of_word(text, start, first) if start < place < end else place


def _end_before_signs(text: str, place: int, first: int) -> int:
    """The place before signs that only lead to what follows: opening quotation marks, bullets, arrows."""
    while sign := _LEADING.search(text, max(first, place - _LONGEST_SIGN), place):
        place = max(first, _end_of_blanks_before(text, sign.start()))
    return place


def _end_of_word(text: str, place: int, first: int) -> int:
    """The end of the last whole word before a place; the place itself if no word ends near it.

    A word ends at `first`, or the text begins there.
    """
    end = place
    lowest = max(first, place - _LONGEST_WORD)
    if place < len(text) and not text[place].isspace():
        while end > lowest and not text[end - 1].isspace():
            end -= 1
    while end > lowest and text[end - 1].isspace():
        end -= 1
    return end if end > lowest or lowest == first else grapheme_boundary(text, place)


def _start_of_kept(text: str, mention: Mention | None, together: tuple[int, int]) -> int:
    """Where the last words of a text begin that hold its mention, blanks before them included.

    This holds whatever the plan says about the mention: its writer wants it to be read.
    """
    if mention is None:
        return len(text)
    place = len(text)
    for _ in range(_MOST_WORDS):
        place = _start_of_word(text, place)
        if mention.is_in(text[place:]):
            start, end = together
            return _end_of_blanks_before(text, start if start < place < end else place)
    return len(text)


def _sentence_of_placeholder(plan: Plan) -> tuple[int, int]:
    """The last placeholder that is a mention, with the words before it; two zeros if there is none.

    From the word STOP on if that is near, otherwise with the few words that are near.
    """
    text, mention = plan.original, plan.terms.settings.mention
    if mention is None or not plan.terms.placeholders:
        return 0, 0
    spans = plan.terms.placeholders.spans(text)
    span = next((span for span in reversed(spans) if mention.is_in(text[span.start : span.end])), None)
    if span is None:
        return 0, 0
    lowest = max(0, span.start - _BEFORE_PLACEHOLDER)
    found = [match.start() for match in _STOP.finditer(text, lowest, span.start)]
    place = found[-1] if found else lowest
    while not found and 0 < place < span.start and not text[place - 1].isspace():
        place += 1  # a word that begins before
    return _start_of_word(text, place + 1), span.end


def _start_of_word(text: str, place: int) -> int:
    """Where the last word before a place begins."""
    while place > 0 and text[place - 1].isspace():
        place -= 1
    while place > 0 and not text[place - 1].isspace():
        place -= 1
    return place


def _end_of_blanks_before(text: str, place: int) -> int:
    while place > 0 and text[place - 1].isspace():
        place -= 1
    return place
