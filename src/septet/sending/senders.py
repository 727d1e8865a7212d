"""The sender's name and the tag: two short labels, each within its vendor's rules."""

from __future__ import annotations

import re
from functools import lru_cache

from septet.destinations.countries import country_code
from septet.errors import no_text
from septet.gsm.characters import is_encodable
from septet.vendors.profiles import profile as profile_of
from septet.vendors.refusals import refusal
from septet.wording.messages import counted, phrase, said
from septet.wording.problems import Problem
from septet.wording.quoting import named, printable

from .fields import is_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from typing import Any

    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Words


def check_sender(
    sender: str, profile: str | os.PathLike[str] | Profile, country: str | None = None
) -> tuple[Problem, ...]:
    """The problems of a sender at a vendor, and its handling in a country (ISO 3166).

    Where the vendor documents no rule for senders, that is the one problem: ``not-checked``. Raises
    TypeError for a sender that is not a `str`, ProfileError for an unknown profile, and OptionError for an
    invalid country.
    """
    if not isinstance(sender, str):
        raise no_text("sender", sender)
    found = profile_of(profile)
    where = country_code(country) or found.country
    rule = found.rule("sender")
    problems: list[Problem] = []
    if rule is None:
        message = said(
            "%(profile)s has no documented rule for senders: the sender was not checked.", profile=found.name
        )
        problems.append(Problem.of("not-checked", message, fault="sender"))
    else:
        request = found.rule("request")
        problems += _of_label(found, "sender", sender, rule, request and request["charset"]["gsm7"])
        problems += _of_number(found, sender, rule)
    if not is_number(sender) and where is not None:
        problems += country_problems(found, (where,))
    return tuple(problems)


def country_problems(profile: Profile, countries: Iterable[str]) -> Iterator[Problem]:
    """The handling of a sender's name in some countries."""
    for where in countries:
        for row in profile.rule("sender_countries"):
            if where in row["countries"]:
                message = said("%(country)s: %(happens)s.", country=where, happens=phrase(row["happens"]))
                yield Problem.of("sender-country", message)


def as_sent(profile: Profile, sender: str | None) -> str | None:
    """The sender as the vendor wants it written."""
    rule = profile.rule("sender")
    if sender and rule is not None and rule["plus"] == "dropped" and is_number(sender):
        return sender.removeprefix("+")
    return sender


def is_identifier(profile: Profile, sender: str) -> str:
    """The field for a sender that is an identifier of the vendor's with a field of its own."""
    rule = profile.rule("sender")
    if rule is None or not rule["identifiers"] or not re.fullmatch(rule["identifiers"], sender):
        return ""
    return str(rule["identifier_field"])


def _of_number(profile: Profile, sender: str, rule: dict[str, Any]) -> Iterator[Problem]:
    if rule["numbers"] == "refused" and is_number(sender):
        message = said(
            'The sender "%(sender)s" is a number, which this vendor does not accept. Use a name.',
            sender=sender,
        )
        yield refusal(profile, "sender-number", message)


def sender_problems(profile: Profile, sender: str | None, replies: bool, plan: Plan) -> tuple[Problem, ...]:
    """What the vendor would refuse about a sender's name, or do to a message that has one."""
    has_optout = plan.optout_status in ("added", "already-there")
    # Many messages have the same sender; one that is too long need not be remembered.
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
    if not (rule["identifiers"] and re.fullmatch(rule["identifiers"], sender)):
        yield from _of_name(profile, sender, rule, encoding)
    if replies and rule["with_replies"] == "refused":
        message = said(
            "A message that accepts replies comes from the vendor's own number and has no sender's name. "
            "Leave out the sender, or the replies."
        )
        yield refusal(profile, "sender-with-replies", message)
    if rule["without_optout"] and not has_optout:
        yield refusal(profile, "sender-without-optout", phrase(rule["without_optout"]))


def _of_name(profile: Profile, sender: str, rule: dict[str, Any], encoding: str) -> Iterator[Problem]:
    shown = re.sub(rule["removed"], "", sender) if rule["removed"] else sender
    if is_number(sender):
        shown = sender
    elif shown != sender:
        message = said(
            'The sender arrives as "%(shown)s": this vendor removes %(removed)s.',
            shown=printable(shown),
            removed=named("".join(dict.fromkeys(re.findall(rule["removed"], sender)))),
        )
        yield refusal(profile, "sender-changed", message)
    yield from _label(profile, "sender", shown, rule, encoding)
    yield from _of_number(profile, shown, rule)


def tag_problems(profile: Profile, tag: str | None, plan: Plan) -> Iterator[Problem]:
    """What the vendor would refuse about a tag."""
    rule = profile.rule("tag")
    if rule is not None and tag is not None:
        yield from _label(profile, "tag", tag, {"shortest": 1, **rule}, plan.encoding)


def _about_length(what: str, text: str, held: int, low: int, high: int) -> Words:
    """How long a label is, and how long it may be."""
    is_sender = what == "sender"
    takes = said("this vendor accepts %(low)s to %(high)s characters.", low=low, high=high)
    if not text:
        has = said("The sender is empty;") if is_sender else said("The tag is empty;")
    elif held < low <= len(text) <= high:
        has = (
            counted(
                "The sender has %(number)s character, without the blanks around it;",
                "The sender has %(number)s characters, without the blanks around it;",
                held,
            )
            if is_sender
            else counted(
                "The tag has %(number)s character, without the blanks around it;",
                "The tag has %(number)s characters, without the blanks around it;",
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
    request = profile.rule("request")
    yield from _of_label(profile, what, text, rule, request and request["charset"][encoding])


def _of_label(
    profile: Profile, what: str, text: str, rule: dict[str, Any], charset: str | None
) -> Iterator[Problem]:
    low, high = rule["shortest"], rule["longest"]
    if rule.get("longest_number") and is_number(text):
        high = rule["longest_number"] + text.startswith("+")
    # Blanks around a name do not make it longer.
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
    # A pattern can list the capitals of a few scripts, but not all capitals.
    no_capitals = rule.get("capitals") == "refused"
    wrong = "".join(
        c
        for c in dict.fromkeys(text.removeprefix("+") if rule.get("longest_number") else text)
        if not (allowed_character.fullmatch(c) and (charset is None or is_encodable(c, charset)))
        or (no_capitals and c != c.lower())
    )
    if wrong:
        expected = phrase(rule["expected"])
        message = (
            said(
                "The sender holds %(wrong)s; this vendor accepts %(expected)s.",
                wrong=named(wrong),
                expected=expected,
            )
            if what == "sender"
            else said(
                "The tag holds %(wrong)s; this vendor accepts %(expected)s.",
                wrong=named(wrong),
                expected=expected,
            )
        )
        yield refusal(profile, f"{what}-characters", message, characters=wrong)
