"""The part of a vendor file that describes its batch file: its columns, its syntax, the call.

Read by `checker`, as `requests` is; `tables/README.md` describes the keys.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import Any

from . import requests
from .keys import TEXT, Key, is_text, one_of, some_of, whole

#: What a column may hold.
CONTENTS = ("recipient", "text", "sender")
#: What a field of the call may hold: only values that are the same for all rows.
CALL_CONTENTS = tuple(
    content for content in requests.CONTENTS if content not in ("text", "recipients", "group")
)
#: What may set a flag of the call: only conditions that are the same for all rows.
CALL_CONDITIONS = ("transactional", "commercial", "replies")


def _is_column(value: Any) -> bool:
    return (
        isinstance(value, dict)
        and value.keys() == {"name", "holds"}
        and is_text(value["name"])
        and value["holds"] in CONTENTS
    )


def _are_columns(value: Any) -> bool:
    return isinstance(value, list) and value != [] and all(map(_is_column, value))


def _is_charset(name: object) -> bool:
    # Commas, quotes and line breaks are also looked for in bytes, so they have to be ASCII.
    try:
        return isinstance(name, str) and codecs.lookup(name).name != "" and '",\n'.encode(name) == b'",\n'
    except (LookupError, ValueError):
        return False


def _are_taken_for(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(character, str) and len(character) == 1 for pair in value.items() for character in pair
    )


def _is_delimiter(value: object) -> bool:
    return isinstance(value, str) and len(value) == 1 and value.isascii() and value not in '"\r\n'


TABLES: dict[str, dict[str, Key]] = {
    "batch": {
        "url": TEXT,
        "file_field": TEXT,
        "file_type": TEXT._replace(default="text/csv"),
        "parameters": one_of(("query", "multipart"), "multipart"),
        "columns": Key(
            _are_columns, "a list of tables { name, holds }, which hold one of " + ", ".join(CONTENTS)
        ),
        "charset": Key(_is_charset, "the name of a charset that holds ASCII as it is, such as ISO-8859-15"),
        "taken_for": Key(_are_taken_for, "a table of characters, each with the one that it is taken for", {}),
        "delimiter": Key(_is_delimiter, 'one ASCII character other than " and line breaks'),
        "line_end": one_of(("\n", "\r\n")),
        "encodings": some_of(("gsm7", "ucs2")),
        "mention": one_of(("vendor", "sender")),
        "most": whole(1, 100_000_000, None),
    }
}

LISTS: dict[str, dict[str, Key]] = {
    "batch_fields": requests.LISTS["fields"]
    | {"holds": one_of(CALL_CONTENTS), "when": requests.when(CALL_CONDITIONS)},
}


def inconsistencies(rules: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Faults that no single key can show: each key that conflicts with others, and what is expected."""
    batch = rules["batch"]
    if batch is None:  # a profile that leaves out its parent's batch may still have its fields
        return
    if rules["recipients"] is None:
        yield "batch", "a table [recipients] that says how a number is written"
        return
    names = [column["name"].casefold() for column in batch["columns"]]
    held = [column["holds"] for column in batch["columns"]]
    if len(set(names)) < len(names) or len(set(held)) < len(held):
        yield "batch.columns", "each name and each content once"
    for content in ("recipient", "text"):
        if content not in held:
            yield "batch.columns", f'a column that holds "{content}"'
    if "sender" in held and rules["sender"] is None:
        yield "sender", 'a table [sender], as a column of the batch holds "sender"'
    for encoding in batch["encodings"]:
        if encoding not in rules["encodings"]["offered"]:
            yield "batch.encodings", f"encodings that are offered, which {encoding} is not"
    fields = rules["batch_fields"]
    yield from requests.unique("batch_fields", fields)
    yield from requests.formats("batch_fields", fields)
    yield from _call(rules, [field["holds"] for field in fields])


def _call(rules: dict[str, Any], held: list[str]) -> Iterator[tuple[str, str]]:
    for content in ("sender", "tag"):
        if content in held and rules[content] is None:
            yield content, f'a table [{content}], as a field of the batch holds "{content}"'
    if any(content in requests.MOMENTS for content in held) and rules["schedule"] is None:
        yield "schedule", "a table [schedule], as fields of the batch hold the moment"
    credentials = rules["request"]["credentials"] if rules["request"] else ()
    for field in rules["batch_fields"]:
        if field["name"] == rules["batch"]["file_field"] or field["name"] in credentials:
            yield "batch_fields", f'no name of the file or of a credential, which "{field["name"]}" is'
