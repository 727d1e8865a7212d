"""The fields of a request: what the vendor's document names, filled from a plan and its caller."""

from __future__ import annotations

from functools import lru_cache

from septet.errors import OptionError
from septet.gsm.characters import is_encodable
from septet.vendors.refusals import refusal
from septet.wording.messages import one_of, phrase, said
from septet.wording.quoting import nearest, printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile
    from septet.wording.messages import Message
    from septet.wording.problems import Problem

    Fields = dict[str, str | int]

# Which argument of `prepare` a field is filled from, where the vendor's name is not the caller's.
_ARGUMENTS = {"text": "the text", "recipients": "recipients", "sender": "sender", "tag": "tag"}

# No field has numbers as long as this, and Python writes none out that is much longer.
_MOST_DIGITS = 100


def given_fields(profile: Profile, vendor_fields: object) -> Fields:
    """The caller's own fields, by the vendor's names. Raises TypeError and ValueError for others."""
    if vendor_fields is None:
        return {}
    from collections.abc import Mapping

    if not isinstance(vendor_fields, Mapping):
        raise TypeError(f"vendor_fields: expected a mapping, found {type(vendor_fields).__name__}")
    if profile.rule("request") is None and vendor_fields:
        raise _wrong_field(f"{profile.name} describes no request, so it has no fields", ())
    known = [field["name"] for field in profile.rule("fields")]
    found: Fields = {}
    for name, value in vendor_fields.items():
        if not isinstance(name, str):
            raise TypeError(f"vendor_fields: expected names as texts, found {type(name).__name__}")
        if name in profile.rule("request")["credentials"]:
            raise _wrong_field(
                f"{name} is a credential, which is never held here; give it to "
                "Request.body() or Request.query() when the request is sent",
                tuple(known),
            )
        if name not in known:
            raise _wrong_field(
                f"{name!r} is no field of {profile.name}{nearest(name, known)}: expected {', '.join(known)}",
                tuple(known),
            )
        if isinstance(value, bool):
            value = int(value)
        if not isinstance(value, (str, int)):
            raise TypeError(
                f"vendor_fields: {name}: expected a text or a number, found {type(value).__name__}"
            )
        if isinstance(value, int) and abs(value) >= 10**_MOST_DIGITS:
            expected = f"a number of at most {_MOST_DIGITS} digits"
            raise _wrong_field(f"{name}: expected {expected}, found more", expected)
        found[name] = value
    return found


def _wrong_field(reason: str, expected: tuple[str, ...] | str) -> OptionError:
    return OptionError(f"vendor_fields: {reason}", "vendor_fields", expected)


def named_argument(profile: Profile, content: str, argument: object, given: Fields) -> object:
    """An argument of `prepare`, or what the caller gave under the vendor's own name for it."""
    if not given:
        return argument
    for field in profile.rule("fields"):
        if field["holds"] == content and field["name"] in given:
            if content == "text" or argument is not None:
                instead = _ARGUMENTS[content]
                raise _wrong_field(f"{field['name']} is filled from {instead}; give it there", instead)
            return str(given.pop(field["name"]))
    return argument


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
        message = said("This vendor's document has no field for messages that can be answered. Leave it out.")
        yield refusal(profile, "not-offered", message, fault="replies")


@lru_cache(maxsize=256)
def holds(profile: Profile, content: str) -> bool:
    """Whether a field of the vendor's request holds something."""
    return any(field["holds"] == content for field in profile.rule("fields"))


def flags(plan: Plan, *, replies: bool, asks_for_mention: bool) -> set[str]:
    """The conditions that hold, by which a vendor file says when a field is set.

    `asks_for_mention` is whether the vendor is to add the mention, rather than the text to hold it.
    """
    settings = plan.terms.settings
    found = {"commercial" if settings.commercial else "transactional"}
    if plan.encoding == "ucs2":
        found.add("ucs2")
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
    contents: Mapping[str, str | int | None],
    conditions: set[str],
    given: Fields,
    charset: str,
) -> tuple[Fields, list[Problem]]:
    """Every field of the request in the document's order, and what is wrong with them.

    `contents` is what the fields hold by their content, or by their name for parts of a moment.
    """
    fields: Fields = {}
    problems: list[Problem] = []
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
            if required and holds in ("free", "address", "group"):
                message = said("%(field)s is required. Give it in vendor_fields.", field=name)
                if field["meaning"]:
                    message = said(
                        "%(field)s is required: %(meaning)s. Give it in vendor_fields.",
                        field=name,
                        meaning=phrase(field["meaning"]),
                    )
                problems.append(refusal(profile, "field-missing", message, fault="absent", field=name))
            continue
        fields[name] = _typed(value, number=field["number"])
    return fields, problems


@lru_cache(maxsize=256)
def _own_values(
    profile: Profile, conditions: frozenset[str]
) -> tuple[tuple[dict[str, Any], str, str, str | int | None, bool], ...]:
    """Each field with its name, what it holds, what it always has on these conditions, and whether it
    is required."""
    fixed: Fields = (profile.rule("request") or {"fixed": {}})["fixed"]
    found = []
    for field in profile.rule("fields"):
        name, when = field["name"], field["when"]
        own = fixed.get(name, next((when[condition] for condition in when if condition in conditions), None))
        found.append((field, name, field["holds"], own, field["required"]))
    return tuple(found)


def _given_problems(
    profile: Profile, field: dict[str, Any], given: str | int, own: str | int | None, charset: str
) -> Iterator[Problem]:
    name, text = field["name"], str(given)
    accepted = [str(value) for value in field["values"]]

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
    if own is not None and str(own) != text:
        message = said(
            '%(field)s is %(own)s for this message, not "%(found)s". %(instead)s',
            field=name,
            own=str(own),
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
    "ucs2": "encoding",
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
        return said(
            "It follows from the plan: leave it out, and ask with %(options)s.", options=one_of(named)
        )
    if field["holds"] == "flag":
        return said(
            "What is sent fits, as a longer text is cut here: leave it out, and ask with %(options)s.",
            options='truncate="words"',
        )
    return said("It follows from the profile: leave it out, or take another profile.")


def _stands_unset(field: dict[str, Any], text: str) -> bool:
    """Whether a value says the same as none: the vendor knows it, and no condition sets it."""
    return (
        bool(field["when"])
        and text in map(str, field["values"])
        and text not in map(str, field["when"].values())
    )


def _is_unset(field: dict[str, Any], given: str | int) -> bool:
    """Whether a value switches off what is off by itself, so that the field need not be sent."""
    return field["unset"] is not None and str(given) == str(field["unset"])


def _typed(value: str | int, *, number: bool) -> str | int:
    text = str(value)
    return int(text) if number and text.isascii() and text.isdigit() and len(text) < 20 else text


def _is_address(text: str) -> bool:
    from urllib.parse import urlsplit

    if not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
