"""Comparison: one text as several vendors would send it, the best first: whole before cheap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from septet.errors import OptionError, shown
from septet.planning.blemishes import may_be_blemished
from septet.planning.glances import Glance
from septet.planning.planner import kept_planner, kept_planners, plain
from septet.planning.plans import Plan
from septet.vendors.profiles import Profile
from septet.wording.languages import ENGLISH, check_language

from .losses import lost_or_deleted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Unpack

    from septet.planning.option_types import Options
    from septet.planning.planner import Planner


class Compared(NamedTuple):
    """The text as one vendor would send it."""

    profile: Profile
    plan: Plan
    #: How many of the sender's characters do not reach the phone: lost, left out, or cut.
    lost: int
    #: The cost at the price given for this vendor; None without a price.
    cost: Decimal | None
    #: Whether it may be sent: `Plan.ok`.
    ok: bool

    def to_dict(self, lang: str = ENGLISH) -> dict[str, Any]:
        """All that differs between vendors, in plain JSON types; the cost as its digits.

        `lang` is as in `Plan.to_dict`.
        """
        if lang != ENGLISH:
            check_language(lang)
        found = self.plan.in_short(lang)
        found["ok"] = self.ok
        found["lost"] = self.lost
        found["title"] = self.profile.title
        found["cost"] = None if self.cost is None else f"{self.cost:f}"
        return found


def compare(
    text: str, profiles: Iterable[Profile], prices: Mapping[str, str], **options: Unpack[Options]
) -> list[Compared]:
    """The plans of a text: those that may be sent first, then by what they lose, then by what they cost.

    Unless each has a price, billed segments are used instead of the cost. `prices` gives the price of one
    segment by the name of a profile; ``""`` is for the others. The option `language` is for those that have
    national tables of it; ValueError if none of them has.
    """
    profiles = tuple(profiles)
    asked = options.pop("language", None)
    planners = kept_planners(profiles, options) if asked is None else _speaking(profiles, asked, options)
    text = plain(text)
    glance = Glance(text, is_blemished=may_be_blemished(text))
    found: list[Compared] = []
    by_default = prices.get("")
    for profile, planner in zip(profiles, planners, strict=True):
        plan = planner.plan_seen(glance)
        price = prices.get(profile.name, by_default) if prices else None
        cost = None if price is None else plan.cost(price)
        # Skips the constructor of a named tuple, which takes as long as some of its figures.
        found.append(tuple.__new__(Compared, (profile, plan, lost_or_deleted(plan), cost, plan.ok)))
    priced = all(compared.cost is not None for compared in found)

    def rank(compared: Compared) -> tuple[bool, int, Decimal | int]:
        _, plan, lost, cost, ok = compared
        return not ok, lost, plan.billed_segments if cost is None or not priced else cost

    return sorted(found, key=rank)


def _speaking(profiles: Iterable[Profile], asked: object, options: Options) -> list[Planner]:
    """Planners that may use the tables of the languages that are asked for, where the vendor has any."""
    chosen = [(profile, languages_of(profile, asked)) for profile in profiles]
    if not any(languages for _, languages in chosen):
        raise OptionError(
            f"language: none of those that are compared has tables of {shown(asked)}", "language", ()
        )
    return [
        kept_planner(profile, {**options, "language": languages} if languages else options)
        for profile, languages in chosen
    ]


def languages_of(profile: Profile, asked: object) -> tuple[str, ...]:
    """The languages, of those asked for (``"auto"``: of all), for which a vendor has national tables."""
    rule = profile.rule("languages")
    offered: tuple[str, ...] = tuple(rule["offered"]) if rule and asked is not None else ()
    if asked == "auto":
        return offered
    wanted = asked if isinstance(asked, tuple) else (asked,)
    return tuple(code for code in wanted if code in offered)
