"""Losses: how many characters of a text do not reach the phone."""

from __future__ import annotations

from septet.planning.sums import sum_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.planning.plans import Plan


def may_gain(plan: Plan) -> bool:
    """Whether anything can be saved, in cost or in lost characters."""
    return plan.billed_segments > 1 or (plan.billed_segments == 1 and lost_characters(plan) > 0)


def lost_characters(plan: Plan) -> int:
    """How many of the sender's characters do not reach the phone: lost, in no alphabet, or cut."""
    if plan.coding.surely_carries(plan.original):
        return plan.truncated  # as for almost every text
    return sum_of(plan, plan.coding.missed.outsiders) + plan.truncated


def lost_or_deleted(plan: Plan) -> int:
    """As `lost_characters`, plus visible characters that the vendor leaves out by its own rules."""
    if plan.rendering is not None:
        return plan.rendering.lost
    missed = plan.coding.missed
    if not missed.leaves_out and plan.coding.surely_carries(plan.original):
        return plan.truncated
    return sum_of(plan, missed.lost) + plan.truncated
