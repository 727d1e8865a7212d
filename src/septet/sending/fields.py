"""The fields of a request, named in the vendor's document and filled from a plan and its caller."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from septet.vendors.refusals import refusal
from septet.wording.messages import one_of, phrase, said

from .given_values import given_problems, is_unset, plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from typing import Any

    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile
    from septet.wording.problems import Problem

    from .given_values import Value

    Fields = dict[str, Value]

_NUMBER = re.compile(r"\+?[0-9]+")


def is_number(sender: str) -> bool:
    """Whether a sender is a number and not a name."""
    return _NUMBER.fullmatch(sender) is not None


@lru_cache(maxsize=256)
def not_offered(profile: Profile, *, sender: bool, tag: bool, replies: bool) -> tuple[Problem, ...]:
    """The options of the caller for which the vendor has no field."""
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
    """Whether a field of the vendor's request holds this content."""
    return any(field["holds"] == content for field in profile.rule("fields"))


def flags(
    plan: Plan, *, replies: bool, asks_for_mention: bool, scheduled: bool = False, sender: str | None = None
) -> set[str]:
    """The conditions that hold, by which a vendor file decides when a field is set.

    `asks_for_mention` is whether the vendor adds the mention; otherwise the text holds it.
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
    # A text that is too long for the one requested segment does not request more by itself.
    if plan.billed_segments > 1 and settings.limit > 1:
        found.add("several-segments")
    if plan.truncated:
        found.add("cut")
    if plan.optout and asks_for_mention:
        found |= {"mention", f"mention-{settings.optout}"}
    return found


class Slot(NamedTuple):
    """A field to fill where the caller gave none."""

    name: str
    holds: str
    #: Its constant value, as it is sent; None where the message decides the value.
    own: Value | None
    required: bool
    #: Whether a text is sent unchanged.
    takes_texts: bool
    field: dict[str, Any]


class Form(NamedTuple):
    """The fields to fill on some conditions, and the required ones, where the caller gave none."""

    slots: tuple[Slot, ...]
    is_json: bool
    #: The fields that need others, and those others.
    needs: tuple[tuple[str, tuple[str, ...]], ...]


#: The contents of a message; a moment is in fields by their names.
CONTENTS = ("text", "sender", "tag", "segments", "prefix", "recipients")


def form(profile: Profile, conditions: frozenset[str]) -> Form:
    """The fields to fill on these conditions."""
    is_json = _is_json(profile)
    slots = tuple(
        Slot(
            *(name, holds, None if own is None else _typed(own, field, is_json=is_json), required),
            *(not (field["boolean"] or field["number"]), field),
        )
        for field, name, holds, own, required in _own_values(profile, conditions)
        if own is not None or required or holds in CONTENTS or field["format"]
    )
    return Form(slots, is_json, _needs(profile))


def filled(
    profile: Profile, form: Form, contents: Mapping[str, Value | None]
) -> tuple[Fields, list[Problem]]:
    """The result of `fill` for the same where the caller gave no fields."""
    fields: Fields = {}
    problems: list[Problem] = []
    slots, is_json, needs = form
    for name, holds, own, required, takes_texts, field in slots:
        value = own
        if value is None:
            value = contents.get(name, contents.get(holds))
            if value is None:
                if required and (problem := _lacking(profile, field, {})) is not None:
                    problems.append(problem)
                continue
            if not (takes_texts and type(value) is str):
                value = _typed(value, field, is_json=is_json)
        fields[name] = value
    if needs:
        problems.extend(_without_effect(profile, fields))
    return fields, problems


def fill(
    profile: Profile,
    contents: Mapping[str, Value | None],
    conditions: Collection[str],
    given: Fields,
    charset: str,
) -> tuple[Fields, list[Problem]]:
    """Every field of the request in the document's order, and what is wrong with them.

    `contents` is what the fields hold by their content, or by their name for parts of a moment.
    """
    fields: Fields = {}
    problems: list[Problem] = []
    is_json = _is_json(profile)
    for field, name, holds, own, required in _own_values(profile, frozenset(conditions)):
        # Parts of a moment come by their names.
        value = contents.get(name, contents.get(holds)) if own is None else own
        if value is None and not required and not given:
            continue
        if name in given and field["holds"] not in ("date", "time", "hour", "minute", "date-time"):
            problems.extend(given_problems(profile, field, given[name], value, charset))
            if value is None and not is_unset(field, given[name]):
                value = given[name]
        if value is None:
            if required and (problem := _lacking(profile, field, given)) is not None:
                problems.append(problem)
            continue
        fields[name] = _typed(value, field, is_json=is_json)
    problems.extend(_without_effect(profile, fields))
    return fields, problems


@lru_cache(maxsize=256)
def _is_json(profile: Profile) -> bool:
    rule = profile.rule("request")
    return rule is not None and rule["parameters"] == "json"


def _lacking(profile: Profile, field: dict[str, Any], given: Fields) -> Problem | None:
    """That a required field is empty, where the caller should give its value."""
    # Missing parts of the address may be given with the credentials, when the request is sent.
    if field["holds"] not in ("free", "address", "group", "structure") or (
        field["place"] == "address" or any(other in given for other in field["instead"])
    ):
        return None
    message = said("%(field)s is required. Give it in vendor_fields.", field=field["name"])
    if field["meaning"]:
        message = said(
            "%(field)s is required: %(meaning)s. Give it in vendor_fields.",
            field=field["name"],
            meaning=phrase(field["meaning"]),
        )
    return refusal(profile, "field-missing", message, fault="absent", field=field["name"])


@lru_cache(maxsize=256)
def _needs(profile: Profile) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The problems of fields that need others which are missing."""
    return tuple((field["name"], tuple(field["needs"])) for field in profile.rule("fields") if field["needs"])


def _without_effect(profile: Profile, fields: Fields) -> Iterator[Problem]:
    for name, needed in _needs(profile):
        lacking = [other for other in needed if other not in fields]
        if lacking and name in fields:
            message = said(
                "%(field)s has no effect without %(needed)s. Set that too.",
                field=name,
                needed=one_of(lacking),
            )
            yield refusal(profile, "field-without-effect", message, field=name)


@lru_cache(maxsize=256)
def _own_values(
    profile: Profile, conditions: frozenset[str]
) -> tuple[tuple[dict[str, Any], str, str, Value | None, bool], ...]:
    """Each field with its name, its content, its constant value on these conditions, and whether it is
    required."""
    fixed: Fields = (profile.rule("request") or {"fixed": {}})["fixed"]
    found = []
    for field in profile.rule("fields"):
        name, when = field["name"], field["when"]
        own = fixed.get(name, next((when[condition] for condition in when if condition in conditions), None))
        required = field["required"] or not conditions.isdisjoint(field["required_when"])
        found.append((field, name, field["holds"], own, required))
    return tuple(found)


def _typed(value: Value, field: dict[str, Any], *, is_json: bool) -> Value:
    if isinstance(value, list | dict | tuple):
        return value
    text = plain(value, field)
    if field["boolean"] and is_json and text in ("true", "false"):
        return text == "true"
    return int(text) if field["number"] and text.isascii() and text.isdigit() and len(text) < 20 else text
