"""Losses: how many characters of a text do not reach the phone."""

from __future__ import annotations

import unicodedata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.planning.plans import Plan

# Nobody misses these if the vendor leaves them out: controls, and characters without width.
_UNSEEN = ("Cc", "Cf")
# Reasons of changes for characters that a coding does not carry.
_OF_LOST = ("lossy", "unmapped")


def may_gain(plan: Plan) -> bool:
    """Whether anything can be saved, in cost or in lost characters."""
    return plan.billed_segments > 1 or (plan.billed_segments == 1 and lost_characters(plan) > 0)


def lost_characters(plan: Plan) -> int:
    """How many of the sender's characters do not reach the phone: lost, in no alphabet, or cut."""
    if plan.coding.surely_carries(plan.original):
        return plan.truncated  # as for almost every text
    outside = (plan.coding.outsiders(plan.original, start, end) for start, end in plan.written())
    return sum(1 for places in outside for _ in places) + plan.truncated


def lost_or_deleted(plan: Plan) -> int:
    """As `lost_characters`, plus visible characters that the vendor leaves out by its own rules."""
    changes = plan.changes
    if not changes:
        return lost_characters(plan)
    # If each lost character has a replacement, the changes show it; they are read once.
    lost = lost_characters(plan) if plan.coding.carries_all else plan.truncated
    return lost + sum(
        change.reason in _OF_LOST
        or (change.reason == "deletion" and unicodedata.category(change.source[0]) not in _UNSEEN)
        for change in changes
    )
