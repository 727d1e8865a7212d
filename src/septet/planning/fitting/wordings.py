"""Wordings: the first that fits of several texts that say the same."""

from __future__ import annotations

from septet.errors import OptionError
from septet.planning.option_names import check_names
from septet.planning.planner import Planner
from septet.planning.tails import checked_tail, with_tail

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from typing_extensions import Unpack

    from septet.planning.option_types import Options, OptionsBesideLimit
    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile


def first_that_fits(
    texts: Iterable[str],
    profile: str | os.PathLike[str] | Profile = "gsm",
    *,
    max_segments: int = 1,
    if_free: str = "",
    **options: Unpack[OptionsBesideLimit],
) -> Plan:
    """The plan of the first of several wordings that takes at most `max_segments` billed segments.

    The best wording comes first, the shortest last. If none fits, it is the plan of the last one, with
    the problem `too-long`. `if_free` is added at the end of the text if that adds no billed segment
    and does not change the encoding. Options are those of `plan`.

    Raises ValueError if there is no wording and for an option that is unknown or not possible at this
    vendor; TypeError for a wrong type.
    """
    if isinstance(texts, str):
        raise TypeError("texts: expected several texts, found one str; put it into a list")
    check_names(options, first_that_fits.__kwdefaults__)
    tail = checked_tail(if_free)
    given: Options = {**options, "max_segments": max_segments}
    planner = Planner(profile, **given)
    plan = None
    for text in texts:
        plan = planner.plan(text)
        if 0 < plan.billed_segments <= planner.settings.limit and plan.ok and not plan.truncated:
            return with_tail(planner, plan, tail)
    if plan is None:
        raise OptionError("texts: expected one wording at least, found none", "texts", "one wording at least")
    return plan
