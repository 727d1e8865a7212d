"""The part of a vendor file that describes its texts: alphabet, encodings, limits, substitutions, opt-out.

Read by `checker`, which checks every table against the keys named here; the checks of several
tables together are in `text_rules`. `tables/README.md` describes every key.
"""

from __future__ import annotations

from typing import Any

from septet.vendors.policies import IN_GSM7, POLICIES

from .keys import CHARACTERS, FLAG, TEXT, Key, is_text, list_of, one_of, some_of, whole

ENCODINGS = ("auto", "gsm7", "ucs2", "latin1", "utf8")
OPTOUTS = ("never", "if-free", "always")


def _is_row(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(cell, str) for cell in value)


def _is_other_mention(value: Any) -> bool:
    word = value.split(maxsplit=1)[:1] if isinstance(value, str) else []
    return bool(word) and word[0].rstrip(":").isascii() and word[0].rstrip(":").isalpha() and "#" in value


_NUMBERS = list_of(
    lambda value: type(value) is int and 1 <= value <= 255, "a list of numbers of segments", []
)

#: A text, or one for each encoding if they differ.
BY_ENCODING = Key(
    lambda value: (
        is_text(value)
        or (
            isinstance(value, dict) and value.keys() == {"gsm7", "ucs2"} and all(map(is_text, value.values()))
        )
    ),
    "a text, or a table with one for gsm7 and one for ucs2",
    None,
)

#: Added before or after a text.
FRAME = {
    "text": Key(is_text, "a text", None),
    "separator": CHARACTERS,
    "field": TEXT._replace(default=None),
    "longest": whole(1, 99, None),
    "limited": FLAG._replace(default=True),
}

KIND_OF_MESSAGE = {"default": one_of(OPTOUTS), "offered": some_of(OPTOUTS)}

TABLES: dict[str, dict[str, Key]] = {
    "alphabet": {"base": TEXT, "add": CHARACTERS, "remove": CHARACTERS},
    "encodings": {"default": one_of(ENCODINGS), "offered": some_of(ENCODINGS)},
    "languages": {
        "offered": list_of(
            lambda value: isinstance(value, str) and len(value) == 2, "a list of ISO 639-1 codes"
        ),
        "default": list_of(
            lambda value: isinstance(value, str) and len(value) == 2, "a list of ISO 639-1 codes", []
        ),
    },
    "ucs2": {
        "account_option": TEXT._replace(default=None),
        "characters": Key(
            lambda value: isinstance(value, str) and value != "", "a string of characters", None
        ),
    },
    "commercial": {
        "refused": FLAG,
        "vendor_code": TEXT._replace(default=None),
        "vendor_message": TEXT._replace(default=None),
    },
    "octets": {
        "header": FLAG._replace(default=False),
        "default_alphabet": one_of(("gsm7", "ascii", "latin1"), None),
    },
    "unknown_character": {
        "shown": Key(lambda value: isinstance(value, str) and len(value) == 1, "one character"),
        "reason": one_of(("lossy", "unmapped")),
    },
    "line_breaks": {"units": whole(1, 9)},
    "substitution": {
        "policy": one_of(POLICIES, IN_GSM7),
        "switch": TEXT._replace(default=None),
        "default": Key(
            lambda value: isinstance(value, bool) or is_text(value), "true, false or a name", None
        ),
    },
    "unsubscription": {"billed_segments": whole(0, 9)},
    "character_limit": {
        "gsm7": whole(1, 99999, None),
        "ucs2": whole(1, 99999, None),
        "counted": one_of(("characters", "utf-16", "octets", "shown", "units")),
        "several": Key(lambda value: isinstance(value, dict), "a table with gsm7 or ucs2, or both", None),
        "vendor_code": TEXT._replace(default=None),
        "vendor_message": TEXT._replace(default=None),
    },
    "white_space": {
        "characters": Key(
            lambda value: isinstance(value, str) and value.isspace() and set(value).isdisjoint("\r\n"),
            "a text of blanks, without line breaks",
        ),
        "line_breaks": whole(0, 9, None),
        "switched": FLAG._replace(default=False),
    },
    "links": {"switch": TEXT, "length": whole(1, 100, None)},
    "prefix": FRAME,
    "suffix": FRAME,
    "counting": {"by": one_of(("segments", "units", "octets", "messages")), "octets": whole(1, 9999, None)},
    "segments": {
        "reference": one_of(("8-bit", "16-bit", "none")),
        "grapheme_clusters": one_of(("cut", "whole")),
        "split_at": CHARACTERS,
    },
    "limit": {
        "default": whole(1, 255, None),
        "ceiling": whole(1, 255),
        "truncate": FLAG,
        "cut_by": one_of(("sender", "vendor"), "sender"),
        "refused_above": Key(
            lambda value: value == "asked" or _NUMBERS.holds(value), f'{_NUMBERS.expected}, or "asked"', []
        ),
        "vendor_code": BY_ENCODING,
        "vendor_message": BY_ENCODING,
    },
    "optout": {
        "separator": CHARACTERS._replace(default=...),
        "transactional": Key(lambda value: isinstance(value, dict), "a table with default and offered"),
        "commercial": Key(lambda value: isinstance(value, dict), "a table with default and offered"),
        "if_free": Key(lambda value: isinstance(value, dict), "a table with gsm7 or ucs2", {}),
        "mentions": Key(lambda value: isinstance(value, list), "a list of tables", []),
    },
}

SEVERAL = {"gsm7": whole(1, 99999, None), "ucs2": whole(1, 99999, None)}

IF_FREE = {"gsm7": {"text_units": whole(1, 9999)}, "ucs2": {"segments": whole(1, 255)}}

MENTION = {
    "text": TEXT,
    "patterns": Key(
        lambda value: isinstance(value, list) and value != [] and all(map(is_text, value)),
        "a list of texts, one at least",
    ),
    "countries": list_of(
        lambda value: isinstance(value, str) and len(value) == 2 and value.isascii() and value.isupper(),
        "a list of country codes in capitals",
        [],
    ),
    "unspecified": FLAG,
    "fixed": FLAG,
    "others": list_of(
        _is_other_mention, "a list of texts that begin with a word of letters and have # for digits", []
    ),
    "other_numbers": list_of(
        lambda value: isinstance(value, str) and value.isascii() and value.isdigit(),
        "a list of short codes, as texts",
        [],
    ),
    "case": one_of(("any", "as-written"), "any"),
    "searched": one_of(("shown", "written"), "shown"),
    "vendor_code": TEXT._replace(default=None),
    "vendor_message": TEXT._replace(default=None),
}

LISTS: dict[str, dict[str, Key]] = {
    "sender_countries": {
        "countries": list_of(
            lambda value: isinstance(value, str) and len(value) == 2 and value.isascii() and value.isupper(),
            "a list of country codes in capitals",
        ),
        "happens": TEXT,
    },
    "costs": {"characters": CHARACTERS._replace(default=...), "units": whole(1, 9)},
    "substitutions": {
        "rows": list_of(_is_row, "a list of pairs [character, what replaces it]"),
        "when": list_of(is_text, "a list of names", []),
    },
    "tags": {"text": TEXT, "meaning": TEXT},
    "placeholders": {"text": TEXT, "replaced_by": TEXT, "meaning": TEXT},
    "documented_totals": {
        "encoding": one_of(("gsm7", "ucs2")),
        "optout": FLAG,
        "totals": Key(
            lambda value: (
                isinstance(value, list) and value != [] and all(type(n) is int and n > 0 for n in value)
            ),
            "a list of whole numbers, one at least",
        ),
    },
    "merge_fields": {"text": TEXT, "field": TEXT},
    "readings": {"rule": TEXT, "taken": TEXT},
}

HEAD = {
    "title": TEXT,
    "document": TEXT,
    "country": Key(
        lambda value: isinstance(value, str) and len(value) == 2 and value.isascii() and value.isupper(),
        "a country code in capitals",
        None,
    ),
    "date": TEXT._replace(default=None),
}
