"""Losses: how many characters of a text do not reach the phone."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from septet.planning.plans import Plan


def may_gain(plan: Plan) -> bool:
    """Whether anything can be saved, in cost or in lost characters."""
    return plan.billed_segments > 1 or (plan.billed_segments == 1 and lost_characters(plan) > 0)


def lost_characters(plan: Plan) -> int:
    """How many of the sender's characters do not reach the phone: lost, in no alphabet, or cut."""
    if plan.coding.surely_carries(plan.original):
        return plan.truncated  # as for almost every text
    return _counted(plan, plan.coding.missed.outsiders)


def lost_or_deleted(plan: Plan) -> int:
    """As `lost_characters`, plus visible characters that the vendor leaves out by its own rules."""
    if plan.rendering is not None:
        return plan.rendering.lost
    missed = plan.coding.missed
    if not missed.leaves_out and plan.coding.surely_carries(plan.original):
        return plan.truncated
    return _counted(plan, missed.lost)


def _counted(plan: Plan, count: Callable[[str, bool | None], int]) -> int:
    """So many in the parts of a plan's text that are no placeholder, and all that was cut."""
    original, glance = plan.original, plan.glance
    is_invalid = None if glance is None else glance.is_invalid
    if plan.placed == ():
        return count(original, is_invalid)
    return sum(count(original[start:end], is_invalid) for start, end in plan.written()) + plan.truncated
