"""The fields of a request: what the vendor's document names, filled from a plan and its caller."""

from __future__ import annotations

import re
from functools import lru_cache

from septet.gsm.characters import is_encodable
from septet.vendors.refusals import refusal
from septet.wording.messages import one_of, phrase, said
from septet.wording.quoting import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Message, Words
    from septet.wording.problems import Problem

    Value = str | int | tuple[Any, ...] | list[Any] | dict[str, Any]
    Fields = dict[str, Value]

_NUMBER = re.compile(r"\+?[0-9]+")


def is_number(sender: str) -> bool:
    """Whether a sender is a number rather than a name."""
    return _NUMBER.fullmatch(sender) is not None


@lru_cache(maxsize=256)
def not_offered(profile: Profile, *, sender: bool, tag: bool, replies: bool) -> tuple[Problem, ...]:
    """What the caller asks for and no field of the vendor holds."""
    return tuple(_not_offered(profile, sender, tag, replies))


def _not_offered(profile: Profile, sender: bool, tag: bool, replies: bool) -> Iterator[Problem]:
    fields = profile.rule("fields")
    for argument, is_given in (("sender", sender), ("tag", tag)):
        if is_given and not any(field["holds"] == argument for field in fields):
            message = (
                said("This vendor's document has no field for a sender. Leave it out.")
                if argument == "sender"
                else said("This vendor's document has no field for a tag. Leave it out.")
            )
            yield refusal(profile, "not-offered", message, fault=argument)
    if replies and not any("replies" in field["when"] for field in fields):
        message = said("This vendor's document has no field for messages that accept replies. Leave it out.")
        yield refusal(profile, "not-offered", message, fault="replies")


@lru_cache(maxsize=256)
def holds(profile: Profile, content: str) -> bool:
    """Whether a field of the vendor's request holds something."""
    return any(field["holds"] == content for field in profile.rule("fields"))


def flags(
    plan: Plan, *, replies: bool, asks_for_mention: bool, scheduled: bool = False, sender: str | None = None
) -> set[str]:
    """The conditions that hold, by which a vendor file says when a field is set.

    `asks_for_mention` is whether the vendor is to add the mention, rather than the text to hold it.
    """
    settings = plan.terms.settings
    found = {"commercial" if settings.commercial else "transactional"}
    found |= {plan.encoding, f"asked-{settings.encoding}"}
    if scheduled:
        found.add("scheduled")
    if sender:
        found.add("sender-number" if is_number(sender) else "sender-name")
    if replies:
        found.add("replies")
    # A text that is too long for the one segment that was asked for does not ask for more by itself.
    if plan.billed_segments > 1 and settings.limit > 1:
        found.add("several-segments")
    if plan.truncated:
        found.add("cut")
    if plan.optout and asks_for_mention:
        found |= {"mention", f"mention-{settings.optout}"}
    return found


def fill(
    profile: Profile,
    contents: Mapping[str, Value | None],
    conditions: set[str],
    given: Fields,
    charset: str,
) -> tuple[Fields, list[Problem]]:
    """Every field of the request in the document's order, and what is wrong with them.

    `contents` is what the fields hold by their content, or by their name for parts of a moment.
    """
    fields: Fields = {}
    problems: list[Problem] = []
    is_json = (profile.rule("request") or {"parameters": ""})["parameters"] == "json"
    for field, name, holds, own, required in _own_values(profile, frozenset(conditions)):
        # Parts of a moment come by their names.
        value = contents.get(name, contents.get(holds)) if own is None else own
        if value is None and not required and not given:
            continue
        if name in given and field["holds"] not in ("date", "time", "hour", "minute", "date-time"):
            problems.extend(_given_problems(profile, field, given[name], value, charset))
            if value is None and not _is_unset(field, given[name]):
                value = given[name]
        if value is None:
            # What the address lacks may be given with the credentials, when the request is sent.
            if (
                required
                and holds in ("free", "address", "group", "structure")
                and not (field["place"] == "address" or any(other in given for other in field["instead"]))
            ):
                message = said("%(field)s is required. Give it in vendor_fields.", field=name)
                if field["meaning"]:
                    message = said(
                        "%(field)s is required: %(meaning)s. Give it in vendor_fields.",
                        field=name,
                        meaning=phrase(field["meaning"]),
                    )
                problems.append(refusal(profile, "field-missing", message, fault="absent", field=name))
            continue
        fields[name] = _typed(value, field, is_json=is_json)
    for field in profile.rule("fields"):
        lacking = [other for other in field["needs"] if other not in fields]
        if lacking and field["name"] in fields:
            message = said(
                "%(field)s has no effect without %(needed)s. Set that too.",
                field=field["name"],
                needed=one_of(lacking),
            )
            problems.append(refusal(profile, "field-without-effect", message, field=field["name"]))
    return fields, problems


@lru_cache(maxsize=256)
def _own_values(
    profile: Profile, conditions: frozenset[str]
) -> tuple[tuple[dict[str, Any], str, str, Value | None, bool], ...]:
    """Each field with its name, what it holds, what it always has on these conditions, and whether it
    is required."""
    fixed: Fields = (profile.rule("request") or {"fixed": {}})["fixed"]
    found = []
    for field in profile.rule("fields"):
        name, when = field["name"], field["when"]
        own = fixed.get(name, next((when[condition] for condition in when if condition in conditions), None))
        required = field["required"] or not conditions.isdisjoint(field["required_when"])
        found.append((field, name, field["holds"], own, required))
    return tuple(found)


def _given_problems(
    profile: Profile, field: dict[str, Any], given: Value, own: Value | None, charset: str
) -> Iterator[Problem]:
    name = field["name"]
    if isinstance(given, list | dict):
        return
    text = _plain(given, field)
    own = None if own is None else _plain(own, field)
    accepted = [_plain(value, field) for value in field["values"]]
    if field["boolean"]:
        accepted = ["true", "false"]
    low, high = field["smallest"], field["largest"]

    def wrong(expected: str) -> Problem:
        message = said(
            '%(field)s: expected %(expected)s, found "%(found)s".',
            field=name,
            expected=expected,
            found=printable(text),
        )
        return refusal(profile, "field-value", message, {"value": text}, field=name)

    if own is None and _is_unset(field, text):
        return
    if own is not None and own != text:
        message = said(
            '%(field)s is %(own)s for this message, not "%(found)s". %(instead)s',
            field=name,
            own=own,
            found=printable(text),
            instead=_instead(field),
        )
        yield refusal(profile, "field-conflict", message, field=name)
    elif own is None and field["holds"] == "flag" and not (field["given"] or _stands_unset(field, text)):
        message = said(
            '%(field)s is not set for this message, so not "%(found)s". %(instead)s',
            field=name,
            found=printable(text),
            instead=_instead(field),
        )
        yield refusal(profile, "field-conflict", message, field=name)
    elif accepted and text not in accepted:
        yield wrong(one_of(accepted))
    elif field["number"] and not (text.isascii() and text.isdigit()):
        yield wrong(said("a number"))
    elif not (low is None and high is None) and not _is_between(text, low, high):
        yield wrong(_bounds(low, high))
    elif text.strip() == "":
        yield wrong(said("a value"))
    elif field["longest"] is not None and len(text) > field["longest"]:
        yield wrong(said("at most %(number)s characters", number=field["longest"]))
    elif field["holds"] == "address" and not _is_address(text):
        yield wrong(said("an address such as https://example.com/report"))
    elif not is_encodable(text, charset):
        yield wrong(said("characters of %(charset)s", charset=charset))


# What to ask for, so that a condition holds.
_OPTIONS = {
    "transactional": "commercial",
    "commercial": "commercial",
    **dict.fromkeys(("gsm7", "ucs2", "asked-auto", "asked-gsm7", "asked-ucs2"), "encoding"),
    "scheduled": "send_at",
    "sender-name": "sender",
    "sender-number": "sender",
    "replies": "replies",
    "several-segments": "max_segments",
    "cut": 'truncate="words"',
    "mention": "optout",
    "mention-if-free": "optout",
    "mention-always": "optout",
}


def _instead(field: dict[str, Any]) -> Message:
    options = ["max_segments"] if field["holds"] == "segments" else map(_OPTIONS.__getitem__, field["when"])
    if named := list(dict.fromkeys(options)):
        return said("It follows from the plan: leave it out, and use %(options)s.", options=one_of(named))
    if field["holds"] == "flag":
        return said(
            "The text always fits, because a longer one is cut here: leave it out, and use %(options)s.",
            options='truncate="words"',
        )
    return said("It follows from the profile: leave it out, or use another profile.")


def _stands_unset(field: dict[str, Any], text: str) -> bool:
    """Whether a value says the same as none: the vendor knows it, and no condition sets it."""
    return (
        bool(field["when"])
        and (field["boolean"] or text in map(str, field["values"]))
        and text not in (_plain(value, field) for value in field["when"].values())
    )


def _is_unset(field: dict[str, Any], given: Value) -> bool:
    """Whether a value switches off what is off by itself, so that the field need not be sent."""
    return field["unset"] is not None and str(given) == str(field["unset"])


def _typed(value: Value, field: dict[str, Any], *, is_json: bool) -> Value:
    if isinstance(value, list | dict | tuple):
        return value
    text = _plain(value, field)
    if field["boolean"] and is_json and text in ("true", "false"):
        return text == "true"
    return int(text) if field["number"] and text.isascii() and text.isdigit() and len(text) < 20 else text


def _plain(value: Any, field: dict[str, Any]) -> str:
    """A value as text; one that is true or false in these words, however it was given."""
    text = str(value)
    if field["boolean"]:
        return {"1": "true", "0": "false"}.get(text, text.lower())
    return text


def _is_between(text: str, low: int | None, high: int | None) -> bool:
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return False
    return (low or 0) <= int(text) and (high is None or int(text) <= high)


def _bounds(low: int | None, high: int | None) -> Words:
    if high is None:
        return said("a number of at least %(low)s", low=low or 0)
    return said("a number from %(low)s to %(high)s", low=low or 0, high=high)


def _is_address(text: str) -> bool:
    from urllib.parse import urlsplit

    if not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
