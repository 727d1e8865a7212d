"""The part of a vendor file that describes its batch file: the columns, and how they are written.

Read by `checker`, as `requests` is; `tables/README.md` describes the keys.
"""

from __future__ import annotations

import codecs
from typing import Any

from .keys import TEXT, Key, is_text, one_of, some_of, whole

#: What a column may hold.
CONTENTS = ("recipient", "text", "sender")


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
    # Commas, quotes and line breaks are looked for in bytes, too, so that they have to be ASCII.
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


def inconsistencies(rules: dict[str, Any]) -> tuple[str, str] | None:
    """What no single key can show: the first key that does not go with the others, and what it wants."""
    batch = rules["batch"]
    if batch is None:
        return None
    if rules["recipients"] is None:
        return "batch", "a table [recipients] that says how a number is written"
    names = [column["name"].casefold() for column in batch["columns"]]
    held = [column["holds"] for column in batch["columns"]]
    if len(set(names)) < len(names) or len(set(held)) < len(held):
        return "batch.columns", "each name and each content once"
    for content in ("recipient", "text"):
        if content not in held:
            return "batch.columns", f'a column that holds "{content}"'
    if "sender" in held and rules["sender"] is None:
        return "sender", 'a table [sender], as a column of the batch holds "sender"'
    for encoding in batch["encodings"]:
        if encoding not in rules["encodings"]["offered"]:
            return "batch.encodings", f"encodings that are offered, which {encoding} is not"
    return None
