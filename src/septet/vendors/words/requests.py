"""The rules about a vendor's request in plain words."""

from __future__ import annotations

from septet.gsm.segmentation import ENCODING_NAMES
from septet.wording.quoting import named

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def _address(table: dict[str, Any]) -> str:
    where = {"form": "in a form", "json": "in JSON", "query": "in the address"}[table["parameters"]]
    charsets = ", ".join(f"{ENCODING_NAMES[key]} in {name}" for key, name in table["charset"].items())
    added = _mention(table["mention"])
    if table["mention_by_recipient"]:
        added += ", the one of each recipient's country"
    words = f"{' or '.join(table['methods'])} {table['url']}, {where}; {charsets}; {added}"
    if table["line_break"]:
        words += f'; a line break goes out as "{table["line_break"]}"'
    for name, value in table["fixed"].items():
        words += f"; {name} is always {value}"
    return f"{words}; authentication is the caller's: {table['authentication']}"


def _mention(by: str | dict[str, str]) -> str:
    """Who puts the mention in, for all messages or by their encoding."""
    if isinstance(by, dict):
        return ", ".join(f"in {ENCODING_NAMES[key]} {_BY[word]}" for key, word in by.items())
    return _BY[by]


_BY = {"vendor": "the vendor adds the mention", "sender": "the text has to hold the mention"}


def _label(table: dict[str, Any]) -> str:
    low, high = table.get("shortest", 1), table["longest"]
    words = f"{f'{low} to ' if low > 1 else 'at most '}{high} characters: {table['expected']}"
    if table.get("numbers") == "refused":
        words += "; not a number"
    if table.get("with_replies") == "refused":
        words += "; not for a message that can be answered"
    return words


def _recipients(table: dict[str, Any]) -> str:
    most = ", ".join(f"{number} by {method}" for method, number in table["most"].items())
    words = f"{table['expected']}; at most {most}"
    if table["dedupe"]:
        words += f"; {table['dedupe']} has each billed once"
    if table["allow_malformed"]:
        words += f"; {table['allow_malformed']} lets malformed ones through, and bills them"
    return words


def _territories(table: dict[str, Any]) -> str:
    return "; ".join(f"{' '.join(counted)} count as {home}" for home, counted in table["counted_as"].items())


def _schedule(table: dict[str, Any]) -> str:
    step = f"every {table['step']} minutes" if table["step"] > 1 else "to the minute"
    return f"a later time {step}, in the zone {table['zone']}"


def _quiet_hours(table: dict[str, Any]) -> str:
    hours = f"from {table['opens']} to {table['closes']} ({table['zone']})"
    what = "every message" if table["messages"] == "all" else "marketing"
    closed = [day for day in ("sundays", "holidays") if table[day]]
    words = f"{what} to {table['country']} goes out {hours}" + (
        f", not on {' and '.join(closed)}" if closed else ""
    )
    return words + (f"; {table['lifted']}" if table["lifted"] else "")


def _batch(table: dict[str, Any]) -> str:
    columns = ", ".join(f"{column['name']} (the {column['holds']})" for column in table["columns"])
    encodings = " and ".join(ENCODING_NAMES[encoding] for encoding in table["encodings"])
    ends = {"\n": "LF", "\r\n": "CRLF"}[table["line_end"]]
    most = f"at most {table['most']} rows; " if table["most"] else ""
    added = (
        "the vendor adds the mention" if table["mention"] == "vendor" else "each text has to hold its mention"
    )
    taken = "".join(f"{named(one)} is taken for {another}; " for one, another in table["taken_for"].items())
    return (
        f"a file sent to {table['url']} as {table['file_field']}: {columns}, set apart by "
        f'"{table["delimiter"]}", each in quotation marks, in {table["charset"]}, lines ending in {ends}; '
        f"{taken}{encodings}; {most}{added}"
    )


def field_words(field: dict[str, Any]) -> str:
    """How a field of the request reads."""
    held = {"free": "yours to give", "address": "an address, yours to give", "flag": "a switch"}
    words = field["meaning"] or held.get(field["holds"], f"the {field['holds']}")
    if field["format"]:
        words += f" as {field['format']}"
    if field["when"]:
        words += "; " + ", ".join(f"{value} for {condition}" for condition, value in field["when"].items())
    if field["unset"] is not None:
        words += f"; {field['unset']} is as none"
    return words + ("; required" if field["required"] else "")


def refusal_words(refused: dict[str, Any]) -> str:
    """How the vendor's own refusal reads."""
    fault = f" ({refused['fault']})" if refused["fault"] else ""
    element = f" at {refused['element']}" if refused["element"] else ""
    return f'{refused["problem"]}{fault} is error {refused["code"]} "{refused["message"]}"{element}'


#: How each table of a request reads.
REQUEST_WORDS = {
    "request": _address,
    "sender": _label,
    "tag": _label,
    "recipients": _recipients,
    "territories": _territories,
    "schedule": _schedule,
    "quiet_hours": _quiet_hours,
    "batch": _batch,
}
