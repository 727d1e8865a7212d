"""Given fields: the fields that the caller fills by the vendor's own names."""

from __future__ import annotations

from septet.errors import OptionError, shown
from septet.wording.quoting import nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet.vendors.profiles import Profile

    from .fields import Fields

# The argument of `prepare` for the content of a field, where the vendor's name is another.
_ARGUMENTS = {"text": "the text", "recipients": "recipients", "sender": "sender", "tag": "tag"}

# No field has numbers this long, and Python refuses to write much longer ones.
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
    by_name = {field["name"]: field for field in profile.rule("fields")}
    known = list(by_name)
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
                f"{shown(name)} is not a field of {profile.name}{nearest(name, known)}: expected "
                f"{', '.join(known)}",
                tuple(known),
            )
        if isinstance(value, bool):
            value = int(value)
        if by_name[name]["holds"] == "structure" and isinstance(value, list | dict):
            found[name] = _structure(name, value)
            continue
        if not isinstance(value, (str, int)):
            raise TypeError(
                f"vendor_fields: {name}: expected a text or a number, found {type(value).__name__}"
            )
        if isinstance(value, int) and abs(value) >= 10**_MOST_DIGITS:
            expected = f"a number of at most {_MOST_DIGITS} digits"
            raise _wrong_field(f"{name}: expected {expected}, found more", expected)
        found[name] = value
    return found


def _structure(name: str, value: list[Any] | dict[str, Any]) -> list[Any] | dict[str, Any]:
    """A list or a table of the caller's own, in JSON types. Raises OptionError for a value that JSON does
    not have."""
    import json

    try:
        found: list[Any] | dict[str, Any] = json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        expected = "what JSON holds: texts, numbers, true, false, lists and tables of these"
        raise _wrong_field(f"{name}: expected {expected}", expected) from None
    return found


def _wrong_field(reason: str, expected: tuple[str, ...] | str) -> OptionError:
    return OptionError(f"vendor_fields: {reason}", "vendor_fields", expected)


def named_argument(profile: Profile, content: str, argument: object, given: Fields) -> object:
    """An argument of `prepare`, or the value that the caller gave under the vendor's own name for it."""
    if not given:
        return argument
    for field in profile.rule("fields"):
        if field["holds"] == content and field["name"] in given:
            if content == "text" or argument is not None:
                instead = _ARGUMENTS[content]
                raise _wrong_field(f"{field['name']} is filled from {instead}; give it there", instead)
            return str(given.pop(field["name"]))
    return argument
