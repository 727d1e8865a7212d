"""Asked: the options of a message, read from the vendor's fields for them.

The reverse of `sending.fields.flags`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from septet.planning.option_types import Options
    from septet.vendors.profiles import Profile

_ENCODINGS = ("gsm7", "ucs2", "asked-auto", "asked-gsm7", "asked-ucs2")
_MENTIONS = ("mention", "mention-if-free", "mention-always")


def plain(value: Any) -> str:
    """A value of a field as text, whether it came as text or as a JSON value."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _held(field: dict[str, Any], fields: Mapping[str, Any]) -> str | None:
    """The value of a field: a missing switch is off."""
    if field["name"] not in fields:
        return "false" if field["boolean"] else None
    value = fields[field["name"]]
    text = plain(value[0] if isinstance(value, tuple) and value else value)
    return {"1": "true", "0": "false"}.get(text, text.lower()) if field["boolean"] else text


def _conditions(field: dict[str, Any], fields: Mapping[str, Any]) -> set[str]:
    """The conditions that hold according to a field."""
    held = _held(field, fields)
    return {condition for condition, value in field["when"].items() if plain(value) == held}


def _with_conditions(profile: Profile, some: Iterable[str]) -> list[dict[str, Any]]:
    return [field for field in profile.rule("fields") if not field["when"].keys().isdisjoint(some)]


def encoding_asked(profile: Profile, fields: Mapping[str, Any]) -> str | None:
    """The encoding that the fields request; None where the vendor decides."""
    for field in _with_conditions(profile, _ENCODINGS):
        held = _conditions(field, fields)
        for condition in _ENCODINGS:
            if condition in held:
                return condition.removeprefix("asked-")
        if "ucs2" in field["when"]:
            return "gsm7"
        if "asked-auto" not in field["when"]:
            return "auto"
    return None


def wants(profile: Profile, fields: Mapping[str, Any], condition: str) -> bool:
    """Whether a condition holds according to a field."""
    return any(condition in _conditions(field, fields) for field in _with_conditions(profile, (condition,)))


def _mention(profile: Profile, fields: Mapping[str, Any]) -> str | None:
    """The option by which the vendor adds the mention, "" for its own choice; None where it does not."""
    for field in _with_conditions(profile, _MENTIONS):
        held = _conditions(field, fields)
        for condition in ("mention-if-free", "mention-always"):
            if condition in held:
                return condition.removeprefix("mention-")
        if "mention" in held:
            return ""
    return None


def options_asked(profile: Profile, fields: Mapping[str, Any], encoding: str | None) -> Options:
    """The options by which the vendor plans the text of a call. Raises ValueError for a value that is not a
    number."""
    found: Options = {}
    offered = profile.rule("encodings")["offered"]
    if encoding is not None and (encoding == "auto" or encoding in offered):
        found["encoding"] = encoding  # type: ignore[typeddict-item]
    mention = _mention(profile, fields)
    kinds = [
        _conditions(field, fields) & {"commercial", "transactional"}
        for field in _with_conditions(profile, ("commercial",))
        if not field["when"].keys() & {*_MENTIONS}
    ]
    found["commercial"] = mention is not None or any(kind == {"commercial"} for kind in kinds)
    if mention:
        found["optout"] = mention  # type: ignore[typeddict-item]
    found["max_segments"] = _most_segments(profile, fields)
    if (prefix := next((f for f in profile.rule("fields") if f["holds"] == "prefix"), None)) is not None:
        found["prefix"] = plain(fields[prefix["name"]]) if prefix["name"] in fields else ""
    return found


def _most_segments(profile: Profile, fields: Mapping[str, Any]) -> int | None:
    """The segments that the call allows; None for the vendor's default."""
    limit = profile.rule("limit")
    for field in profile.rule("fields"):
        if field["holds"] == "segments":
            return int(plain(fields[field["name"]])) if field["name"] in fields else None
        if "several-segments" in field["when"]:
            return int(limit["ceiling"]) if "several-segments" in _conditions(field, fields) else 1
    return int(limit["ceiling"])
