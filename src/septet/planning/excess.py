"""Excess: how many units too many a text has to cost a segment less."""

from __future__ import annotations

from septet.gsm.segmentation import cluster_starts, holds_joining

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .codings import Coding


def excess(coding: Coding, before: str, sent: str, mention: str, billed: int) -> int:
    """The fewest units that have to go from the end of a text, for one segment less to be billed.

    The text is one as the phone shows it, without what is added before it and, with its mention, behind
    it; that and its coding stay. 0 where one segment is billed, or none, and where no text would be left.
    """
    left = billed - 1
    if left < 1:
        return 0
    units_of = coding.shown_weights.units
    sent = before + sent
    if left == 1 or coding.by_units:
        kept = coding.shown_weights.prefix(sent, max(0, coding.room(left) - units_of(mention)))
        return units_of(sent[kept:]) if kept > len(before) else 0
    part = coding.part
    starts = coding.starts_in_parts(sent)
    # The mention's segments, and one more for what it cannot fill of them, are looked at anew.
    first = max(0, left - 2 - -(-units_of(mention) // part)) if mention else left
    if first >= len(starts):
        return 0
    base = starts[first]
    if not mention:
        return units_of(sent[base:]) if base > len(before) else 0
    within = sent[base : starts[left] if left < len(starts) else len(sent)]
    joins = coding.whole_clusters and holds_joining(within + mention)

    def takes(kept: int) -> int:
        text = within[:kept] + mention
        return (
            len(cluster_starts(text, coding.shown_weights, part))
            if joins
            else coding.shown_weights.segments(text, part)
        )

    room = (left - first) * part - units_of(mention)
    kept = coding.shown_weights.prefix(within, max(0, room))
    while kept > 0 and takes(kept) > left - first:
        kept -= 1
    return units_of(sent[base + kept :]) if base + kept > len(before) else 0
