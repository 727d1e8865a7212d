"""Losses: how many characters of a text do not reach the phone."""

from __future__ import annotations

import unicodedata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.planning.plans import Plan

# What the vendor leaves out of these nobody misses: controls, and what has no width.
_UNSEEN = ("Cc", "Cf")
# Why something else is shown for a character that a coding does not carry.
_OF_LOST = ("lossy", "unmapped")


def may_gain(plan: Plan) -> bool:
    """Whether anything can be saved, or kept from being lost."""
    return plan.billed_segments > 1 or (plan.billed_segments == 1 and lost_characters(plan) > 0)


def lost_characters(plan: Plan) -> int:
    """How many characters of the sender's do not reach the phone: lost, in no alphabet, or cut."""
    if plan.coding.surely_carries(plan.original):
        return plan.truncated  # as almost every text
    outside = (plan.coding.outsiders(plan.original, start, end) for start, end in plan.written())
    return sum(1 for places in outside for _ in places) + plan.truncated


def lost_or_deleted(plan: Plan) -> int:
    """As `lost_characters`, with those that the vendor leaves out by its own rules and a reader would see."""
    changes = plan.changes
    if not changes:
        return lost_characters(plan)
    # Where another stands for each that is lost, the changes tell, which are asked for once.
    lost = lost_characters(plan) if plan.coding.carries_all else plan.truncated
    return lost + sum(
        change.reason in _OF_LOST
        or (change.reason == "deletion" and unicodedata.category(change.source[0]) not in _UNSEEN)
        for change in changes
    )
