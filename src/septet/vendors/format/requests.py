"""The part of a vendor file that describes its request: fields, sender, recipients, schedule.

Read by `checker`, which checks every table against the keys named here; `tables/README.md`
describes them. All of it is optional: a profile without ``[request]`` only plans texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from septet.wording.problems import SEVERITIES

from .bodies import PLACE, PLACES, misplaced
from .keys import CHARACTERS, FLAG, TEXT, Key, is_text, list_of, one_of, some_of, whole

METHODS = ("GET", "POST")

#: What a field carries. "flag" is set by `when`; only the caller gives "free", "address" and "structure".
CONTENTS = (
    *("text", "recipients", "group", "sender", "tag"),
    *("date", "time", "hour", "minute", "date-time"),
    *("segments", "prefix", "flag", "address", "free", "structure"),
)
#: Conditions of a plan or of the caller that set a flag.
CONDITIONS = (
    *("transactional", "commercial", "gsm7", "ucs2", "replies", "several-segments", "cut"),
    *("mention", "mention-if-free", "mention-always"),
    *("asked-auto", "asked-gsm7", "asked-ucs2", "scheduled", "sender-name", "sender-number"),
)
#: The fields that hold a moment or a part of one.
MOMENTS = ("date", "time", "hour", "minute", "date-time")
#: The parts of the format of such a field, as for `strftime`: the name for people, and the digits.
DIRECTIVES = {
    "%Y": ("YYYY", 4),
    "%m": ("MM", 2),
    "%d": ("DD", 2),
    "%H": ("HH", 2),
    "%M": ("mm", 2),
    "%S": ("ss", 2),
}
#: The part for the offset from UTC, as in +02:00.
OFFSET = "%:z"
#: Formats that are numbers: seconds since 1970 (UTC), and minutes from now.
COUNTED = ("unix-seconds", "minutes-from-now")


def _is_charset(name: object) -> bool:
    try:
        # As in a query: only a codec of texts passes, and only one that encodes every text.
        return isinstance(name, str) and "a\ud800".encode(name, "replace") != b""
    except (LookupError, ValueError):
        return False


def _is_url(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"https?://[^\s?#/]+[^\s?#]*", value) is not None


def _is_pattern(value: object) -> bool:
    try:
        return isinstance(value, str) and value != "" and bool(re.compile(value))
    except re.error:
        return False


def _are_patterns(value: object) -> bool:
    return isinstance(value, list) and value != [] and all(map(_is_pattern, value))


def _is_value(value: object) -> bool:
    return is_text(value) or type(value) in (int, bool)


def _table_of(holds: Callable[[Any, Any], bool], expected: str, default: Any = ...) -> Key:
    def all_hold(value: Any) -> bool:
        return isinstance(value, dict) and all(holds(key, item) for key, item in value.items())

    return Key(all_hold, expected, default)


def when(conditions: tuple[str, ...]) -> Key:
    """The key that says which of these conditions set a field."""
    return _table_of(
        lambda key, item: key in conditions and _is_value(item),
        "a table of values by what sets them: " + ", ".join(conditions),
        {},
    )


def _are_mentions(value: object) -> bool:
    words = value.values() if isinstance(value, dict) else [value]
    known = not isinstance(value, dict) or value.keys() == {"gsm7", "ucs2"}
    return known and all(word in ("vendor", "sender") for word in words)


def _is_header(name: object) -> bool:
    # A token of RFC 9110, 5.6.2.
    return isinstance(name, str) and re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name) is not None


def _is_header_value(value: object) -> bool:
    return isinstance(value, str) and value.isascii() and value.isprintable() and value == value.strip() != ""


def _is_time_of_day(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value) is not None


def _is_country(value: object) -> bool:
    return isinstance(value, str) and len(value) == 2 and value.isascii() and value.isupper()


def with_values() -> Key:
    """The key of additional values of a field: their places and the values."""
    return _table_of(
        lambda key, item: PLACE.holds(key) and key != "" and _is_value(item),
        "a table of places such as contact/kind, each with a value",
        {},
    )


PATTERN = Key(_is_pattern, "a regular expression")
TIME_OF_DAY = Key(_is_time_of_day, 'a time of day such as "08:00"')
COUNTRY = Key(_is_country, "a country code in capitals")
OPTIONAL_TEXT = TEXT._replace(default="")

TABLES: dict[str, dict[str, Key]] = {
    "request": {
        "url": Key(_is_url, "an address that starts with https:// and has no query"),
        "methods": some_of(METHODS),
        "parameters": one_of(("form", "json", "query")),
        "charset": _table_of(
            lambda key, name: key in ("gsm7", "ucs2") and _is_charset(name),
            "a table with the charset's name for gsm7 and, where it is offered, ucs2",
        ),
        "mention": Key(
            _are_mentions, 'one of "vendor", "sender", or a table with one for gsm7 and one for ucs2'
        ),
        "mention_by_recipient": FLAG,
        "line_break": CHARACTERS,
        "authentication": TEXT,
        "credentials": list_of(is_text, "a list of field names", []),
        "content_type": TEXT._replace(default=None),
        "headers": _table_of(
            lambda name, value: _is_header(name) and _is_header_value(value),
            "a table of headers and what each is, in ASCII",
            {},
        ),
        "fixed": _table_of(lambda _, item: _is_value(item), "a table of fields and their values", {}),
    },
    "sender": {
        "shortest": whole(1, 20, 1),
        "longest": whole(1, 20),
        "characters": PATTERN,
        "expected": TEXT,
        "numbers": one_of(("accepted", "refused")),
        "with_replies": one_of(("accepted", "refused"), "accepted"),
        "without_optout": OPTIONAL_TEXT,
        "longest_number": whole(1, 20, None),
        "plus": one_of(("kept", "dropped"), "kept"),
        "removed": PATTERN._replace(default=None),
        "identifiers": PATTERN._replace(default=None),
        "identifier_field": OPTIONAL_TEXT,
    },
    "tag": {
        "longest": whole(1, 255),
        "characters": PATTERN,
        "capitals": one_of(("accepted", "refused"), "accepted"),
        "expected": TEXT,
    },
    "recipients": {
        "most": _table_of(
            lambda key, item: key in METHODS and type(item) is int and item > 0,
            "a table with the most recipients by GET or POST",
        ),
        "patterns": Key(_are_patterns, "a list of regular expressions, one at least"),
        "expected": TEXT,
        "plus": one_of(("kept", "dropped")),
        "separator": CHARACTERS._replace(default=","),
        "dedupe": OPTIONAL_TEXT,
        "allow_malformed": OPTIONAL_TEXT,
        "duplicates": one_of(("billed", "removed"), "billed"),
    },
    "territories": {
        "counted_as": _table_of(
            lambda key, item: _is_country(key) and isinstance(item, list) and all(map(_is_country, item)),
            "a table of countries, each with those that count as it",
        ),
    },
    "schedule": {
        "step": whole(1, 60, 1),
        "zone": TEXT,
        "earliest": whole(1, 1440, None),
        "latest": whole(1, 1_000_000, None),
    },
    "repeats": {
        "guard": OPTIONAL_TEXT,
        "place": one_of(("field", "header", "none")),
        "happens": TEXT,
    },
    "quiet_hours": {
        "country": COUNTRY,
        "zone": TEXT,
        "opens": TIME_OF_DAY,
        "closes": TIME_OF_DAY,
        "sundays": FLAG,
        "holidays": FLAG,
        "messages": one_of(("commercial", "all"), "commercial"),
        "lifted": OPTIONAL_TEXT,
    },
}

LISTS: dict[str, dict[str, Key]] = {
    "fields": {
        "name": TEXT,
        "holds": one_of(CONTENTS),
        "required": FLAG,
        "at": PLACE,
        "place": one_of(PLACES, "body"),
        "with": with_values(),
        "number": FLAG,
        "boolean": FLAG,
        "smallest": whole(0, 10**9, None),
        "largest": whole(0, 10**9, None),
        "values": list_of(_is_value, "a list of values", []),
        "when": when(CONDITIONS),
        "given": FLAG,
        "unset": Key(_is_value, "a value that says the same as none", None),
        "format": OPTIONAL_TEXT,
        "longest": whole(1, 9999, None),
        "meaning": OPTIONAL_TEXT,
        "required_when": list_of(
            lambda value: value in CONDITIONS, "a list with some of " + ", ".join(CONDITIONS), []
        ),
        "instead": list_of(is_text, "a list of field names", []),
        "exclusive": FLAG,
        "needs": list_of(is_text, "a list of field names", []),
    },
    "refusals": {
        "problem": one_of(tuple(SEVERITIES)),
        "fault": OPTIONAL_TEXT,
        "code": TEXT,
        "message": TEXT,
        "element": OPTIONAL_TEXT,
    },
}


def inconsistencies(rules: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Faults that no single key can show: each key that conflicts with others, and what is expected."""
    request = rules["request"]
    if request is None:
        for key in ("tag", "recipients", "schedule", "repeats", "fields"):
            if rules[key]:
                yield key, "a table [request] that says how it is sent"
        return
    if rules["recipients"] is None:
        yield "recipients", "a table [recipients], as there is a [request]"
        return
    yield from unique("fields", rules["fields"])
    yield from _fields(rules)
    yield from formats("fields", rules["fields"])
    yield from _limits(rules)
    yield from _names(rules)
    yield from misplaced(rules)


def unique(key: str, fields: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """The fields under a key with the same name or the same content as another."""
    names = [field["name"] for field in fields]
    held = [field["holds"] for field in fields]
    for place, field in enumerate(fields):
        if names.index(field["name"]) != place:
            yield f"{key}[{place}].name", "a name that no other field has"
        repeated = held.index(field["holds"]) == place and held.count(field["holds"]) > 1
        if field["holds"] not in ("free", "address", "flag", "structure") and repeated:
            yield f"{key}[{place}].holds", f'"{field["holds"]}" once only'


def _fields(rules: dict[str, Any]) -> Iterator[tuple[str, str]]:
    held = [field["holds"] for field in rules["fields"]]
    for content in ("text", "recipients"):
        if content not in held:
            yield "fields", f'a field that holds "{content}"'
    for content in ("sender", "tag"):
        if (content in held) != (rules[content] is not None):
            yield content, f'a table [{content}] and a field that holds "{content}", or neither'
    if any(content in MOMENTS for content in held) != (rules["schedule"] is not None):
        yield "schedule", "a table [schedule] and fields that hold the moment, or neither"


def formats(above: str, fields: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """The parts of a moment that the fields under a key do not give, or give twice."""
    seen: list[str] = []
    for place, field in enumerate(fields):
        key, written = f"{above}[{place}].format", field["format"]
        if (field["holds"] in MOMENTS) != bool(written):
            yield key, 'a format such as "%Y%m%d" where a field holds a moment, and none elsewhere'
            continue
        if written in COUNTED:
            if field["holds"] != "date-time":
                yield key, f"it in a field that holds a date-time, as {written} is all of a moment"
            continue
        for directive in re.findall(r"%.?", written.replace(OFFSET, ""), re.DOTALL):
            if directive not in DIRECTIVES or directive in seen:
                yield key, f"{', '.join(DIRECTIVES)}, each once in all fields together"
                break
            seen.append(directive)
        if field["number"] and written and written not in DIRECTIVES:
            yield key, 'one directive such as "%H" alone, as the field is a number'
    if seen and not set(DIRECTIVES) - {"%S"} <= set(seen):
        yield above, "fields that together hold %Y, %m, %d, %H and %M"


def _limits(rules: dict[str, Any]) -> Iterator[tuple[str, str]]:
    sender, quiet = rules["sender"], rules["quiet_hours"]
    if sender is not None and sender["shortest"] > sender["longest"]:
        yield "sender.shortest", "at most sender.longest"
    schedule = rules["schedule"]
    if (
        schedule is not None
        and schedule["latest"] is not None
        and (schedule["earliest"] or 0) >= schedule["latest"]
    ):
        yield "schedule.earliest", "less than schedule.latest"
    for place, field in enumerate(rules["fields"]):
        if field["number"] and field["boolean"]:
            yield f"fields[{place}].boolean", "false, as the field is a number"
        low, high = field["smallest"], field["largest"]
        if low is not None and high is not None and low > high:
            yield f"fields[{place}].smallest", f"at most fields[{place}].largest"
    if quiet is not None and quiet["opens"] >= quiet["closes"]:
        yield "quiet_hours.opens", "a time before quiet_hours.closes"
    # Only the kept part of a text is sent: if the call names the encoding, it is that of the whole text.
    if rules["limit"]["cut_by"] == "vendor" and not any("ucs2" in field["when"] for field in rules["fields"]):
        yield "limit.cut_by", '"sender", or a field for UCS-2, as the call names no encoding otherwise'


def _names(rules: dict[str, Any]) -> Iterator[tuple[str, str]]:
    names = [field["name"] for field in rules["fields"]]
    request = rules["request"]
    for encoding in rules["encodings"]["offered"]:
        if encoding != "auto" and encoding not in request["charset"]:
            yield "request.charset", f"a charset for {encoding}, which is offered"
    for name in request["credentials"]:
        if name in names:
            yield "request.credentials", f'no name of a field, which "{name}" is'
    for key, used in (
        ("request.fixed", list(request["fixed"])),
        ("recipients.dedupe", [rules["recipients"]["dedupe"]]),
        ("recipients.allow_malformed", [rules["recipients"]["allow_malformed"]]),
    ):
        for name in used:
            if name and name not in names:
                yield key, f'the name of a field, which "{name}" is not'
    sender, repeats = rules["sender"], rules["repeats"]
    used = [("sender.identifier_field", sender["identifier_field"])] if sender else []
    if repeats is not None:
        if (repeats["place"] == "none") == bool(repeats["guard"]):
            yield "repeats.guard", 'a name, or place = "none"'
        used += [("repeats.guard", repeats["guard"])] * (repeats["place"] == "field")
    for place, field in enumerate(rules["fields"]):
        for key in ("instead", "needs"):
            used += [(f"fields[{place}].{key}", name) for name in field[key]]
    for key, name in used:
        if name and name not in names:
            yield key, f'the name of a field, which "{name}" is not'
