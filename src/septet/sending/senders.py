"""The sender's name and the tag: two short labels, each within its vendor's rules."""

from __future__ import annotations

import re

from septet.gsm.characters import is_encodable
from septet.vendors.refusals import refusal
from septet.wording.quoting import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem


def sender_problems(profile: Profile, sender: str | None, replies: bool, plan: Plan) -> Iterator[Problem]:
    """What the vendor would refuse of a sender's name, or do to a message that has one."""
    rule = profile.rule("sender")
    if rule is None:
        return
    if sender is None or sender == "":
        required = any(field["required"] for field in profile.rule("fields") if field["holds"] == "sender")
        if required:
            fault = "absent" if sender is None else "empty"
            yield refusal(profile, "sender-missing", "A sender's name is required. Give one.", fault=fault)
        return
    yield from _label(profile, "sender", sender, rule, plan)
    if rule["numbers"] == "refused" and re.fullmatch(r"\+?[0-9]+", sender):
        message = f'The sender "{sender}" is a number, which this vendor does not take. Use a name.'
        yield refusal(profile, "sender-number", message)
    if replies and rule["with_replies"] == "refused":
        yield refusal(
            profile,
            "sender-with-replies",
            "A message that can be answered comes from the vendor's own number: it has no sender's name. "
            "Leave out the sender, or the replies.",
        )
    if rule["without_optout"] and plan.optout_status not in ("added", "already-there"):
        yield refusal(profile, "sender-without-optout", rule["without_optout"])


def tag_problems(profile: Profile, tag: str | None, plan: Plan) -> Iterator[Problem]:
    """What the vendor would refuse of a tag."""
    rule = profile.rule("tag")
    if rule is not None and tag is not None:
        yield from _label(profile, "tag", tag, {"shortest": 1, **rule}, plan)


def _label(profile: Profile, what: str, text: str, rule: dict[str, Any], plan: Plan) -> Iterator[Problem]:
    low, high = rule["shortest"], rule["longest"]
    # Blanks around it make no name any longer.
    held = len(text.strip())
    if len(text) > high or held < low:
        fault = "long" if len(text) > high else "short" if text else "empty"
        limit = high if len(text) > high else low
        has = f"has {len(text)} characters" if text else "is empty"
        if text and held < low <= len(text) <= high:
            has = f"has {held} characters beside the blanks around it"
        message = f"The {what} {has}; this vendor takes {low} to {high} characters."
        yield refusal(
            profile,
            f"{what}-length",
            message,
            fault=fault,
            limit=limit,
            actual=len(text) if len(text) > high else held,
        )
    allowed_character = re.compile(rule["characters"])
    charset = profile.rule("request")["charset"][plan.encoding]
    # A pattern can list the capitals of a few scripts, not all that there are.
    no_capitals = rule.get("capitals") == "refused"
    wrong = "".join(
        c
        for c in dict.fromkeys(text)
        if not (allowed_character.fullmatch(c) and is_encodable(c, charset))
        or (no_capitals and c != c.lower())
    )
    if wrong:
        message = f"The {what} holds {named(wrong)}; this vendor takes {rule['expected']}."
        yield refusal(profile, f"{what}-characters", message, characters=wrong)
