"""Mentions of a request: who adds them, and whether one plan is right for the recipients of all countries."""

from __future__ import annotations

from typing import NamedTuple

from septet.destinations.countries import WORLD
from septet.planning.planner import kept_planner
from septet.vendors.refusals import refusal
from septet.wording.messages import joined, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from septet.planning.option_types import Options
    from septet.planning.planner import Planner
    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem

    from .recipients import Recipients


class Group(NamedTuple):
    """Recipients whose countries have one mention, with a planner for the first of these countries."""

    planner: Planner
    country: str
    recipients: list[str]


# How many numbers a message names for each mention.
_NAMED = 3


def vendor_adds(profile: Profile, plan: Plan) -> bool:
    """Whether the vendor adds the mention to a message in this encoding; otherwise the text holds it."""
    rule = profile.rule("request")
    if rule is None:
        return False
    by = rule["mention"]
    return str(by[plan.encoding] if isinstance(by, dict) else by) == "vendor"


def country(profile: Profile, text: str, read: Recipients, options: Options, asked: str | None) -> str:
    """The country to plan for: the given one, or that of the recipients.

    Where the vendor always adds a mention of its own to each message, it is the one with the longest plan
    of several countries.
    """
    first = asked or next(iter(read.countries))
    rule = profile.rule("request")
    if len(read.countries) == 1 or rule is None or not rule["mention_by_recipient"]:
        return first
    # One for each mention, of which there are few with any recipients.
    found = groups(profile, read, options)
    if len(found) == 1:
        return first
    plans = {where: planner.plan(text) for planner, where, _ in found.values()}
    return max(plans, key=lambda where: _length(plans[where]))


def problems(
    profile: Profile, plan: Plan, read: Recipients, groups: dict[str, Group], asked: str | None
) -> Iterator[Problem]:
    """What is wrong with one plan for all recipients, who are in these groups.

    `asked` is the country that the caller gave.
    """
    settings = plan.terms.settings
    if not settings.searched:
        return
    planned = settings.mention.text if settings.mention else ""
    where = joined(", ", (said("no single country") if one == WORLD else one for one in read.countries))
    told = tuple(tuple(members) for _, _, members in groups.values())
    if len(groups) > 1:
        plans = [planner.plan(plan.original) for planner, _, _ in groups.values()]
        if all(one.optout_status == "already-there" for one in plans):
            return
        split = joined(
            "; ",
            (
                said('"%(mention)s": %(numbers)s', mention=text, numbers=", ".join(members[:_NAMED]))
                for text, (_, _, members) in groups.items()
            ),
        )
        if _each_gets_its_own(profile, plan, plans):
            words = said(
                "The recipients are in %(where)s, with different opt-out mentions: the vendor adds the "
                'right one for each recipient. The plan has the longest message, with "%(planned)s"; for '
                "others it may be shorter. %(split)s.",
                where=where,
                planned=planned,
                split=split,
            )
            texts = tuple(groups)
            yield refusal(profile, "mentions-differ", words, mentions=texts, planned=planned, groups=told)
            return
        words = said(
            "The recipients are in %(where)s, with different opt-out mentions and so different bills. Send "
            "one request for each mention: %(split)s.",
            where=where,
            split=split,
        )
    elif groups and planned not in groups:
        (text,) = groups
        words = said(
            'The recipients are in %(where)s, where the opt-out mention is "%(mention)s"; the '
            'message is planned for %(asked)s, with "%(planned)s". Leave the country out.',
            where=where,
            mention=text,
            asked=str(asked),
            planned=planned,
        )
    else:
        return
    yield refusal(profile, "mixed-countries", words, groups=told)


def _each_gets_its_own(profile: Profile, plan: Plan, plans: list[Plan]) -> bool:
    """Whether the vendor adds a mention for each recipient, and no message is longer than planned."""
    rule = profile.rule("request")
    return (
        rule is not None
        and rule["mention_by_recipient"]
        and vendor_adds(profile, plan)
        and all(one.optout and one.encoding == plan.encoding for one in plans)
        and max(map(_length, plans)) == _length(plan)
    )


def _length(plan: Plan) -> tuple[int, int]:
    return plan.billed_segments, plan.units


def groups(profile: Profile, read: Recipients, options: Options) -> dict[str, Group]:
    """The recipients whose country is known, by the opt-out mention of that country."""
    found: dict[str, Group] = {}
    for where, members in read.countries.items():
        there: Options = {**options, "country": where}
        planner = kept_planner(profile, there)
        mention = planner.settings.mention
        found.setdefault(mention.text if mention else "", Group(planner, where, []))[2].extend(members)
    return found
