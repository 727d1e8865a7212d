"""Rewordings: a text written in other characters, and without blanks that it does not need."""

from __future__ import annotations

from septet.wording.messages import joined

from .drafts import draft_of
from .held import held_by, lengthened_by
from .notes import note_of_excess, note_of_spaces, note_of_ways
from .rewriting import books, moved, needed
from .shortening import excess
from .spaces import fewest, gaps, may_save, ways_without, without
from .spots import spots
from .whole import open_ends

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from septet.planning.planner import Planner
    from septet.planning.plans import Plan
    from septet.planning.things.thing import Thing

    from .drafts import Draft
    from .rewriting import Weight
    from .ways import Way


def reworded(plan: Plan, whole: Sequence[Thing], planner: Planner, before: Weight) -> Iterator[Draft]:
    """The text written otherwise."""
    text = plan.original
    # Forced UCS-2 or Latin-1 carries a text as it is written.
    lengthened = lengthened_by(planner.profile) if "gsm7" in planner.settings.encodings else frozenset()
    line_breaks = not planner.profile.line_break_units
    ends = open_ends(text, whole)
    found = spots(text, held_by(planner), whole, line_breaks=line_breaks, lengthened=lengthened)
    # Where GSM-7 takes every text, each further character that it holds is one more that arrives.
    partly = planner.settings.encodings[-1] == "gsm7"
    if "gsm7" not in planner.settings.encodings:
        found = [spot._replace(settling=None, sounding=None) for spot in found]

    yield from _with_fewer_spaces(text, (), plan, whole, planner)
    for book in books(found, partly=partly):
        together = book.whole and not partly
        gaining, everything = needed(text, book.ways, before, planner, whole=together, open_ends=ends)
        for ways, after in gaining:
            draft = draft_of(after, ways, note_of_ways(ways))
            tighter = list(_with_fewer_spaces(text, ways, after, whole, planner))
            yield from tighter
            saves = after.billed_segments < before.billed_segments
            units = excess(after, planner) if saves and not tighter else None
            if units is not None:
                draft = draft._replace(note=joined(" ", (draft.note, note_of_excess(units))))
            yield draft
        if not gaining:
            # What saves nothing by itself may save together with a few blanks.
            yield from _with_fewer_spaces(text, *everything, whole, planner)


def _with_fewer_spaces(
    text: str, ways: Sequence[Way], after: Plan, whole: Sequence[Thing], planner: Planner
) -> Iterator[Draft]:
    """The text written otherwise, with its plan, without enough blanks to save one more segment."""
    written = after.original
    target = after.billed_segments - 1
    if target < 1:
        return
    units = after.units - after.coding.room(target)
    if not may_save(written, units):
        return
    placeholders = [span[:2] for span in planner.terms.placeholders.spans(written)]
    found = gaps(written, list(moved(whole, ways)), placeholders)
    taken = fewest(found, units, lambda some: planner.count(without(written, some)) <= target)
    if taken:
        notes = (note_of_ways(ways), note_of_spaces(taken)) if ways else (note_of_spaces(taken),)
        tighter = planner.plan(without(written, taken))
        yield draft_of(tighter, ways_without(text, ways, taken), joined(" ", notes))
