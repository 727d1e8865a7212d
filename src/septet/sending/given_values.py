"""Given values: what the caller put into a vendor's fields, checked against what the vendor takes there."""

from __future__ import annotations

from septet.gsm.characters import is_encodable
from septet.vendors.refusals import refusal
from septet.wording.messages import one_of, said
from septet.wording.quoting import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from septet.vendors.profiles import Profile
    from septet.wording.messages import Message, Words
    from septet.wording.problems import Problem

    Value = str | int | tuple[Any, ...] | list[Any] | dict[str, Any]


def given_problems(
    profile: Profile, field: dict[str, Any], given: Value, own: Value | None, charset: str
) -> Iterator[Problem]:
    name = field["name"]
    if isinstance(given, list | dict):
        return
    text = plain(given, field)
    own = None if own is None else plain(own, field)
    accepted = [plain(value, field) for value in field["values"]]
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

    if own is None and is_unset(field, text):
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


# The option to give so that a condition holds.
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
    """Whether a value means the same as none: the vendor knows it, and no condition sets it."""
    return (
        bool(field["when"])
        and (field["boolean"] or text in map(str, field["values"]))
        and text not in (plain(value, field) for value in field["when"].values())
    )


def is_unset(field: dict[str, Any], given: Value) -> bool:
    """Whether a value switches off what is off by default, so that the field need not be sent."""
    return field["unset"] is not None and str(given) == str(field["unset"])


def plain(value: Any, field: dict[str, Any]) -> str:
    """A value as text; a true or false one in these words, however it was given."""
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
