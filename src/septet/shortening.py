"""Shortening: how much is too much for one billed segment fewer, and which words that is."""

from __future__ import annotations

from typing import NamedTuple

from .characters import place_in_original, unify_line_breaks
from .segmentation import grapheme_boundary
from .truncation import longest_fitting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .optout import Mention
    from .plans import Plan

# So far back the end of a word is looked for.
_LONGEST_WORD = 60

# A mention that the text holds already is looked for in so many of its last words.
_MOST_WORDS = 12

# Pairs that may not be cut, and clusters, can leave so many words too many.
_ATTEMPTS = 6


class Shortening(NamedTuple):
    """What has to go: ``original[start:end]``, whole words that stand beyond the last segment kept."""

    start: int
    end: int
    #: The units that are too many; the words may be more.
    units: int
    #: The billed segments that remain at the most.
    billed_segments: int


def shortenings(plan: Plan) -> list[Shortening]:
    """Ways to shorten a text at its end to one billed segment fewer, or to what the limit allows.

    They have to be tried out, the first first: what is cut off may change the encoding. None for
    a text that is cut already, that has one segment, or of which nothing would be left.
    """
    planner, coding, original = plan.planner, plan.coding, plan.original
    target = min(plan.billed_segments - 1, planner.settings.limit)
    if plan.truncated or target < 1:
        return []
    text = unify_line_breaks(original) if planner.profile.line_break_units else original
    mention = planner.settings.mention
    kept_behind = len(text)
    if plan.optout_status == "already-there" and mention is not None:
        kept_behind = _start_of_mention(text, mention)
    tail = text[kept_behind:]
    fits = longest_fitting(coding, text, bool(plan.optout), target)
    units = coding.weights.units(text) - coding.weights.units(text[:fits])
    end = min(kept_behind, fits)
    if tail:
        room = coding.room(target) - coding.weights.units(tail)
        end = min(kept_behind, coding.weights.prefix(text, room)) if room > 0 else 0
    found: list[Shortening] = []
    while end > 0 and len(found) < _ATTEMPTS:
        end = _end_of_word(text, end)
        if not text[:end].strip():
            break
        places = (place_in_original(original, end), place_in_original(original, kept_behind))
        if text is original:
            places = end, kept_behind
        found.append(Shortening(*places, units, target))
        end -= 1
    return found


def _end_of_word(text: str, place: int) -> int:
    """The end of the last whole word before a place; the place itself where no word ends near it."""
    end = place
    lowest = max(0, place - _LONGEST_WORD)
    if place < len(text) and not text[place].isspace():
        while end > lowest and not text[end - 1].isspace():
            end -= 1
    while end > lowest and text[end - 1].isspace():
        end -= 1
    return end if end > lowest or lowest == 0 else grapheme_boundary(text, place)


def _start_of_mention(text: str, mention: Mention) -> int:
    """Where the last words of a text begin that hold its mention, blanks before them included."""
    place = len(text)
    for _ in range(_MOST_WORDS):
        while place > 0 and text[place - 1].isspace():
            place -= 1
        while place > 0 and not text[place - 1].isspace():
            place -= 1
        if mention.is_in(text[place:]):
            while place > 0 and text[place - 1].isspace():
                place -= 1
            return place
    return len(text)
