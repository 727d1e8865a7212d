"""The part of a vendor file about the vendor's answers: [[answers]], [[codes]], [[http_statuses]].

A path leads to a value of an answer: names separated by ``/``, each with a place in brackets,
counted from 1, where several have the same name or are in a list. `tables/README.md` describes
every key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .keys import CHARACTERS, FLAG, TEXT, Key, is_text, list_of, one_of, some_of, whole

Fault = tuple[str, str] | tuple[str, str, Any]

#: The values that an answer may have, each by its path.
FIGURES = (
    *("message_ids", "billed_segments", "cost", "currency", "credits", "remaining", "remaining_credits"),
    *("code", "message"),
)
#: Other values that are read: how many times the segments count, and who was taken and who was not.
FURTHER = ("times", "taken_recipients", "refused_recipients")
#: What a code may be about.
CONCERNS = (
    *("account", "text", "sender", "recipient", "opt-out", "schedule", "rate", "credit", "field", "service"),
)

CHARSETS = ("utf-8", "iso-8859-1", "iso-8859-15", "windows-1252")

_PATH = re.compile(r"[^\W\d][\w.-]*(\[[1-9][0-9]{0,3}\])?(/[^\W\d][\w.-]*(\[[1-9][0-9]{0,3}\])?)*")
_OUTCOMES = ("accepted", "refused", "by-message")
#: The values of each of several messages, or parts, in one answer.
_MESSAGE_PATHS = (*("id", "recipient", "billed_segments", "cost", "currency", "code", "message", "element"),)


def _is_path(value: Any) -> bool:
    return isinstance(value, str) and _PATH.fullmatch(value) is not None


def _are_paths(value: Any) -> bool:
    return _is_path(value) or (isinstance(value, list) and value != [] and all(map(_is_path, value)))


def _is_code_pattern(value: Any) -> bool:
    try:
        return isinstance(value, str) and re.compile(value).groups == 1
    except re.error:
        return False


def _is_text_pattern(value: Any) -> bool:
    try:
        found = re.compile(value) if isinstance(value, str) else None
    except re.error:
        return False
    return found is not None and 0 < found.groups == len(found.groupindex)


def _are_untold(value: Any) -> bool:
    return isinstance(value, dict) and all(
        key in FIGURES and isinstance(found, list) and all(isinstance(one, str | int) for one in found)
        for key, found in value.items()
    )


def _are_conditions(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_path(path) for path in value)


_PATHS = Key(_are_paths, "a path such as message/sms_sent or entry[1], or a list of paths", None)

# The three digits of RFC 9110, section 15.
_STATUS = whole(100, 599, None)

_ANSWER: dict[str, Key] = {
    "format": one_of(("json", "xml", "separated", "text")),
    "outcome": one_of(_OUTCOMES),
    "charsets": some_of(CHARSETS)._replace(default=["utf-8"]),
    "root": TEXT._replace(default=None),
    "separator": Key(lambda value: isinstance(value, str) and value != "", "a text, such as a space", None),
    "pattern": Key(_is_text_pattern, "a regular expression whose groups all have names", None),
    "columns": list_of(_is_path, "a list of names", None),
    "when": Key(_are_conditions, "a table of paths and the values that stand there", {}),
    **dict.fromkeys((*FIGURES, *FURTHER), _PATHS),
    "code_pattern": Key(_is_code_pattern, "a regular expression with one group, the code", None),
    "untold": Key(_are_untold, "a table of figures and the values that tell nothing", {}),
    "messages": Key(
        lambda value: isinstance(value, dict),
        "a table with list, is, accepted and " + ", ".join(_MESSAGE_PATHS),
        None,
    ),
    "ids_separator": CHARACTERS,
    "ids_listed": FLAG,
    "billed_inferred": TEXT._replace(default=None),
    "errors": Key(lambda value: isinstance(value, dict), "a table with list, message, element, code", None),
    "optional": list_of(is_text, "a list of keys that may be missing", []),
    # How it is written and with which status it comes, for simulations of the vendor.
    "status": _STATUS,
    "example": Key(lambda value: isinstance(value, str) and value != "", "a text that is not empty", None),
    "example_request": TEXT._replace(default=None),
}

_ERROR_PATHS = ("list", "message", "element", "code")
_ERROR_KEYS = (*_ERROR_PATHS, "keyed")

LISTS: dict[str, dict[str, Key]] = {
    "answers": _ANSWER,
    "codes": {
        "code": TEXT,
        "message": TEXT,
        "meaning": CHARACTERS,
        "temporary": FLAG,
        "concerns": one_of(CONCERNS, None),
        "status": _STATUS,
    },
    "http_statuses": {
        # The three digits of RFC 9110, section 15.
        "status": whole(100, 599),
        "meaning": TEXT,
        "temporary": FLAG,
    },
}


def inconsistencies(rules: dict[str, Any]) -> Iterator[Fault]:
    """Faults that no single key can show, each as key, expectation and what was found."""
    for place, answer in enumerate(rules["answers"]):
        for key, expected, *found in _of_answer(answer):
            yield (f"answers[{place}].{key}", expected, *found)
    for table, key in (("codes", "code"), ("http_statuses", "status")):
        seen = set()
        for place, row in enumerate(rules[table]):
            if row[key] in seen:
                yield f"{table}[{place}].{key}", f"a {key} that no other row has", row[key]
            seen.add(row[key])


def _of_answer(answer: dict[str, Any]) -> Iterator[Fault]:
    formats = {"root": "xml", "separator": "separated", "columns": "separated", "pattern": "text"}
    for key, format_ in formats.items():
        if (answer["format"] == format_) != bool(answer[key]):
            verb = f'a value, as format is "{format_}"' if answer["format"] == format_ else "nothing"
            yield key, f'{verb} (it belongs to format = "{format_}")', answer[key]
    for path, value in answer["when"].items():
        if not _are_values(value, answer["format"]):
            kinds = "true, false, a whole number or a text" if answer["format"] == "json" else "a text"
            yield f"when.{path}", f"{kinds}, or a list of such", value
    if answer["errors"] is not None:
        yield from _of_errors(answer["errors"])
    if (answer["outcome"] == "by-message") != (answer["messages"] is not None):
        yield "messages", 'a table where outcome is "by-message", and none elsewhere'
    if answer["messages"] is not None:
        yield from _of_messages(answer["messages"], answer["format"])
    if answer["times"] is not None and answer["billed_segments"] is None:
        yield "times", "nothing, as billed_segments is not given", answer["times"]
    if answer["billed_inferred"] and answer["billed_segments"] is None:
        yield "billed_inferred", "nothing, as billed_segments is not given", answer["billed_inferred"]
    figures = [key for key in FIGURES if answer[key] is not None]
    given = figures + ["errors"] * (answer["errors"] is not None)
    for key in answer["optional"]:
        if key not in given:
            yield "optional", "some of the keys given, " + ", ".join(given), key
    if not answer["when"] and not answer["messages"] and not set(figures) - set(answer["optional"]):
        yield "when", "a value, or a key that is not optional, to know the answer by"
    names, what = answer["columns"], "columns"
    if answer["format"] == "text":
        names, what = [*re.compile(answer["pattern"] or "").groupindex], "groups of the pattern"
    if answer["format"] in ("separated", "text"):
        for key in ("errors", "messages"):
            if answer[key] is not None:
                yield key, f"nothing, as {what} hold no list"
        for key in ("when", *figures, *FURTHER):
            for path in paths_of(answer[key]):
                if path not in (names or ()):
                    yield key, f"names of {what}", path


def _are_values(value: Any, format_: str) -> bool:
    kinds = bool | int | str if format_ == "json" else str
    values = value if isinstance(value, list) else [value]
    return values != [] and all(isinstance(one, kinds) for one in values)


def _of_errors(errors: dict[str, Any]) -> Iterator[Fault]:
    for key in errors:
        if key not in _ERROR_KEYS:
            yield f"errors.{key}", "one of " + ", ".join(_ERROR_KEYS)
    if "keyed" in errors:
        if errors["keyed"] is not True or errors.keys() != {"list", "keyed"}:
            yield "errors.keyed", "true, with list alone beside it", errors["keyed"]
        elif not _is_path(errors["list"]):
            yield "errors.list", "a path such as details", errors["list"]
        return
    for key in _ERROR_PATHS:
        if key in errors and not (_are_paths(errors[key]) if key == "message" else _is_path(errors[key])):
            yield f"errors.{key}", "a path such as errors or entry[3]/entry", errors[key]
    for key in ("list", "message"):
        if key not in errors:
            yield f"errors.{key}", "a path, found nothing"


def _of_messages(messages: dict[str, Any], format_: str) -> Iterator[Fault]:
    known = ("list", "is", "accepted", *_MESSAGE_PATHS)
    for key in messages:
        if key not in known:
            yield f"messages.{key}", "one of " + ", ".join(known)
    for key in ("list", "is", "accepted"):
        if key not in messages:
            yield f"messages.{key}", "a value, found nothing"
            return
    if not _is_path(messages["list"]):
        yield "messages.list", "a path such as data/messages", messages["list"]
    if messages["is"] not in ("recipient", "part"):
        yield "messages.is", 'one of "recipient", "part"', messages["is"]
    if not _are_conditions(messages["accepted"]) or not messages["accepted"]:
        yield "messages.accepted", "a table of paths and the values that stand there", messages["accepted"]
        return
    for path, value in messages["accepted"].items():
        if not _are_values(value, format_):
            yield f"messages.accepted.{path}", "a value, or a list of such", value
    for key in _MESSAGE_PATHS:
        if key in messages and not _are_paths(messages[key]):
            yield f"messages.{key}", "a path such as status/id, or a list of paths", messages[key]


def paths_of(found: Any) -> list[str]:
    """The paths under a key of an answer: one, several to be tried in turn, or those of a table."""
    if found is None:
        return []
    if isinstance(found, dict):
        return list(found)
    return found if isinstance(found, list) else [found]
