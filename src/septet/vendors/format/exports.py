"""The part of a vendor file that describes the vendor's log of messages: what its columns hold.

Read by `checker`, as `requests` is; `tables/README.md` describes the keys.
"""

from __future__ import annotations

from .keys import TEXT, Key, is_text, list_of

_NAMES = list_of(is_text, "a list of names of columns", [])
_WORDS = list_of(is_text, "a list of words", [])


def _are_names(value: object) -> bool:
    return isinstance(value, list) and value != [] and all(map(is_text, value))


#: A column by which the log is recognised.
_NEEDED = Key(_are_names, "a list of names of columns, one at least")

TABLES: dict[str, dict[str, Key]] = {
    "export": {
        "title": TEXT,
        "text": _NEEDED,
        "segments": _NEEDED,
        **dict.fromkeys(
            ("price", "currency", "status", "direction", "recipient", "date", "billed_encoding"), _NAMES
        ),
        "unbilled": _WORDS,
        "inbound": _WORDS,
        "other_channels": _WORDS,
    },
}
