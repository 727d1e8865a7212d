"""The sender's name and the tag: two short labels, each within its vendor's rules."""

from __future__ import annotations

import re
from functools import lru_cache

from septet.gsm.characters import is_encodable
from septet.vendors.refusals import refusal
from septet.wording.messages import counted, phrase, said
from septet.wording.quoting import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Words
    from septet.wording.problems import Problem


def sender_problems(profile: Profile, sender: str | None, replies: bool, plan: Plan) -> tuple[Problem, ...]:
    """What the vendor would refuse of a sender's name, or do to a message that has one."""
    has_optout = plan.optout_status in ("added", "already-there")
    # A sender is the same in many messages; one that is too long need not be remembered.
    found = _sender_problems if sender is None or len(sender) < 100 else _sender_problems.__wrapped__
    return found(profile, sender, replies, plan.encoding, has_optout)


@lru_cache(maxsize=256)
def _sender_problems(
    profile: Profile, sender: str | None, replies: bool, encoding: str, has_optout: bool
) -> tuple[Problem, ...]:
    return tuple(_of_sender(profile, sender, replies, encoding, has_optout))


def _of_sender(
    profile: Profile, sender: str | None, replies: bool, encoding: str, has_optout: bool
) -> Iterator[Problem]:
    rule = profile.rule("sender")
    if rule is None:
        return
    if sender is None or sender == "":
        required = any(field["required"] for field in profile.rule("fields") if field["holds"] == "sender")
        if required:
            fault = "absent" if sender is None else "empty"
            message = said("A sender's name is required. Give one.")
            yield refusal(profile, "sender-missing", message, fault=fault)
        return
    yield from _label(profile, "sender", sender, rule, encoding)
    if rule["numbers"] == "refused" and re.fullmatch(r"\+?[0-9]+", sender):
        message = said(
            'The sender "%(sender)s" is a number, which this vendor does not take. Use a name.', sender=sender
        )
        yield refusal(profile, "sender-number", message)
    if replies and rule["with_replies"] == "refused":
        message = said(
            "A message that can be answered comes from the vendor's own number: it has no sender's name. "
            "Leave out the sender, or the replies."
        )
        yield refusal(profile, "sender-with-replies", message)
    if rule["without_optout"] and not has_optout:
        yield refusal(profile, "sender-without-optout", phrase(rule["without_optout"]))


def tag_problems(profile: Profile, tag: str | None, plan: Plan) -> Iterator[Problem]:
    """What the vendor would refuse of a tag."""
    rule = profile.rule("tag")
    if rule is not None and tag is not None:
        yield from _label(profile, "tag", tag, {"shortest": 1, **rule}, plan.encoding)


def _about_length(what: str, text: str, held: int, low: int, high: int) -> Words:
    """How long a label is, and how long it may be."""
    is_sender = what == "sender"
    takes = said("this vendor takes %(low)s to %(high)s characters.", low=low, high=high)
    if not text:
        has = said("The sender is empty;") if is_sender else said("The tag is empty;")
    elif held < low <= len(text) <= high:
        has = (
            counted(
                "The sender has %(number)s character beside the blanks around it;",
                "The sender has %(number)s characters beside the blanks around it;",
                held,
            )
            if is_sender
            else counted(
                "The tag has %(number)s character beside the blanks around it;",
                "The tag has %(number)s characters beside the blanks around it;",
                held,
            )
        )
    elif is_sender:
        has = counted(
            "The sender has %(number)s character;", "The sender has %(number)s characters;", len(text)
        )
    else:
        has = counted("The tag has %(number)s character;", "The tag has %(number)s characters;", len(text))
    return has + " " + takes


def _label(profile: Profile, what: str, text: str, rule: dict[str, Any], encoding: str) -> Iterator[Problem]:
    low, high = rule["shortest"], rule["longest"]
    # Blanks around it make no name any longer.
    held = len(text.strip())
    if len(text) > high or held < low:
        fault = "long" if len(text) > high else "short" if text else "empty"
        limit = high if len(text) > high else low
        message = _about_length(what, text, held, low, high)
        yield refusal(
            profile,
            f"{what}-length",
            message,
            fault=fault,
            limit=limit,
            actual=len(text) if len(text) > high else held,
        )
    allowed_character = re.compile(rule["characters"])
    charset = profile.rule("request")["charset"][encoding]
    # A pattern can list the capitals of a few scripts, not all that there are.
    no_capitals = rule.get("capitals") == "refused"
    wrong = "".join(
        c
        for c in dict.fromkeys(text)
        if not (allowed_character.fullmatch(c) and is_encodable(c, charset))
        or (no_capitals and c != c.lower())
    )
    if wrong:
        expected = phrase(rule["expected"])
        message = (
            said(
                "The sender holds %(wrong)s; this vendor takes %(expected)s.",
                wrong=named(wrong),
                expected=expected,
            )
            if what == "sender"
            else said(
                "The tag holds %(wrong)s; this vendor takes %(expected)s.",
                wrong=named(wrong),
                expected=expected,
            )
        )
        yield refusal(profile, f"{what}-characters", message, characters=wrong)
