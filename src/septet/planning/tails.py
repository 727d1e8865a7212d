"""Tails: a text that is added after another one only where it costs nothing."""

from __future__ import annotations

from septet.errors import OptionError, shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .planner import Planner
    from .plans import Plan


def checked_tail(tail: object) -> str:
    """The tail itself; OptionError for anything but a text."""
    if not isinstance(tail, str):
        raise OptionError(f"if_free: expected a str, found {shown(tail)}", "if_free", "a str")
    return tail


def with_tail(planner: Planner, plan: Plan, tail: str) -> Plan:
    """The plan of a text with a tail after it, or of the text without it where the tail is not free.

    It is free where it adds no billed segment and leaves the encoding, the mention and what is kept of
    the text unchanged, and causes no refusal.
    """
    if not tail or not plan.ok or plan.truncated:
        return plan
    longer = planner.plan(plan.original + tail)
    is_free = (
        longer.billed_segments == plan.billed_segments
        and longer.encoding == plan.encoding
        and longer.optout_status == plan.optout_status
        and not longer.truncated
        and longer.ok
    )
    return longer if is_free else plan
