"""Losses: how many characters of a text do not reach the phone."""

from __future__ import annotations

import unicodedata

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.planning.plans import Plan

# What the vendor leaves out of these nobody misses: controls, and what has no width.
_UNSEEN = ("Cc", "Cf")


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
    lost = lost_characters(plan)
    if not plan.changes:
        return lost
    return lost + sum(
        change.reason == "deletion" and unicodedata.category(change.source[0]) not in _UNSEEN
        for change in plan.changes
    )
