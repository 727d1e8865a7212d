"""Excess: how many units a text has to lose to cost one segment less."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .codings import Coding


def excess(coding: Coding, before: str, sent: str, mention: str, billed: int) -> int:
    """The fewest units to remove from the end of a text so that one segment less is billed.

    The text is given as the phone shows it, without what is added before it and after it (its mention
    included); that and its coding stay. 0 where one segment is billed, or none, and where no text would
    be left.
    """
    left = billed - 1
    if left < 1:
        return 0
    units_of = coding.shown_weights.units
    sent = before + sent
    if left == 1 or coding.by_units:
        kept = coding.shown_weights.prefix(sent, max(0, coding.room(left) - units_of(mention)))
        return units_of(sent[kept:]) if kept > len(before) else 0
    wholes = coding.wholes
    words = wholes is not None and wholes.split_at != ""
    # Parts that are kept whole may leave so much room unused that the next shorter text has one segment.
    alone = coding.shown_weights.prefix(sent, max(0, coding.single - units_of(mention))) if wholes else 0
    part = coding.part
    starts = coding.starts_in_parts(sent)
    if words and not mention:
        # A part of a word may fit where the whole word did not.
        first = starts[left - 1]
        kept = max(alone, first + coding.shown_weights.prefix(sent[first : first + part + 1], part))
        return units_of(sent[kept:]) if kept > len(before) else 0
    # The mention's segments are counted again, and one more for the room that it cannot fill.
    own = -(-units_of(mention) // part)
    first = max(0, left - 2 - (2 * own if wholes else own)) if mention else left
    if first >= len(starts):
        return 0
    base = starts[first]
    if not mention:
        kept = max(base, alone)
        return units_of(sent[kept:]) if kept > len(before) else 0
    within = sent[base : len(sent) if words or left >= len(starts) else starts[left]]
    joins = wholes is not None and wholes.are_in(within + mention)

    def takes(kept: int) -> int:
        text = within[:kept] + mention
        return len(coding.starts_in_parts(text)) if joins else coding.shown_weights.segments(text, part)

    room = (left - first) * part - units_of(mention)
    kept = coding.shown_weights.prefix(within, max(0, room))
    while kept > 0 and takes(kept) > left - first:
        kept -= 1
    kept = max(base + kept, alone)
    return units_of(sent[kept:]) if kept > len(before) else 0
