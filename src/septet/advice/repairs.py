"""Repairs: steps that repair a text whatever they save: markup, blanks at its ends, text glued to a link."""

from __future__ import annotations

import re

from septet.planning.things.blanks import outer_blanks
from septet.planning.things.links import glued
from septet.planning.things.places import touched
from septet.planning.things.recognition import things

from .chains import chained
from .foldings import loss_of
from .markup import markup_ways
from .rewriting import rewritten
from .ways import Way

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from septet.planning.placeholders import Placeholders, Span
    from septet.planning.things.thing import Thing

# Text that was escaped twice shows its tags once it is read: programs escape three times at most.
_ROUNDS = 3
# A blank may make a link of what stands behind it, and that may be followed by text, too.
_LINKS_IN_A_ROW = 10
# Punctuation and closing brackets stay with the link before them.
_CLOSING = re.compile(r"[.,;:!?'*`)\]}）】」］]*")


def repairs(text: str, placeholders: Placeholders) -> list[Way]:
    """The ways that repair a text; most texts need none. What the vendor fills in stays unchanged."""
    found: list[Way] = []
    written = text
    for step, rounds in ((markup_ways, _ROUNDS), (_outer_blanks, 1), (_blanks_behind_links, _LINKS_IN_A_ROW)):
        for _ in range(rounds):
            ways = step(written)
            if ways:
                ways = list(_outside(ways, placeholders.spans(written)))
            if not ways:
                break
            found = chained(text, found, ways)
            written = rewritten(text, found)
    return found


def _outside(ways: Sequence[Way], spans: Sequence[Span]) -> Iterator[Way]:
    """The ways that touch no placeholder; both in their order."""
    number = 0
    for way in ways:
        while number < len(spans) and spans[number].end <= way.start:
            number += 1
        if number == len(spans) or spans[number].start >= way.end:
            yield way


def _outer_blanks(text: str) -> list[Way]:
    blanks = outer_blanks(text)
    if blanks is None:
        return []
    behind = len(text) - blanks.behind
    places = ((0, blanks.before), (behind, len(text)))
    return [_way(text, start, end, "", "strip") for start, end in places if start < end]


def _blanks_behind_links(text: str) -> list[Way]:
    found = glued(text)
    if not found:
        return []
    whole = things(text)
    closings = (_CLOSING.match(text, link.end) for link in found)
    places = [closing.end() for closing in closings if closing is not None]
    return [
        _way(text, place, place + 1, f" {text[place]}", "blank")
        for place in places
        if not text[place].isspace()
        and not any(_holds(thing, place) for thing in touched(whole, place, place + 1))
    ]


def _holds(thing: Thing, place: int) -> bool:
    """Whether a place must have no blank: within a password, or before a field that may be a path."""
    return thing.start < place or thing.kind == "field"


def _way(text: str, start: int, end: int, written: str, step: str) -> Way:
    return Way(start, end, text[start:end], written, step, loss_of(step))
