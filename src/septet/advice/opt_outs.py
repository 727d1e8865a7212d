"""Opt-outs: the words of a text that say how to get no more like it, which no advice leaves out."""

from __future__ import annotations

import re

from septet.planning.things.places import touched
from septet.planning.things.thing import Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# The words to send back, in capitals as texts write them, and the rest of their sentence. AWS ("Required
# opt-out keywords") and Telnyx ("SMS opt-out keywords") list them; END, TD and REMOVE have other uses. Their
# first letters come first, since few places of a text have one.
_OPT_OUT = re.compile(
    r"(?=[ACOQSU])(?<!\w)(?:STOP(?:ALL)?|ARR[EÊ]T|UNSUBSCRIBE|CANCEL|QUIT|OPT-?OUT)(?!\w)[^.!?\n]{0,40}[.!?]?"
)
# Where that sentence begins, if it is not too long.
_BEGINNING = re.compile(r"[.!?…]\s+|\n\s*")
_LONGEST = 60


def with_opt_out(text: str, found: Sequence[Thing]) -> Sequence[Thing]:
    """The things of a text, in their order, the last opt-out among them with all things that touch it."""
    place = None
    for match in _OPT_OUT.finditer(text):
        place = match.span()
    if place is None:
        return found
    start, end = place
    for begin in _BEGINNING.finditer(text, max(0, place[0] - _LONGEST), place[0]):
        start = begin.end()
    within = touched(found, start, end)
    if within:
        start, end = min(start, within[0].start), max(end, within[-1].end)
    before = [thing for thing in found if thing.end <= start]
    behind = [thing for thing in found if thing.start >= end]
    return (*before, Thing("code", start, end), *behind)
