"""The part of a vendor file that says how the vendor answers: [[answers]], [[codes]], [[http_statuses]].

A path leads to a value of an answer: names set apart by ``/``, each with a place in brackets,
counted from 1, where several have the same name or stand in a list. `tables/README.md`
describes every key.
"""

from __future__ import annotations

import re
from typing import Any

from .keys import CHARACTERS, FLAG, TEXT, Key, is_text, list_of, one_of, some_of, whole

Fault = tuple[str, str] | tuple[str, str, Any]

#: What an answer may tell, each by its path.
FIGURES = (
    *("message_ids", "billed_segments", "cost", "currency", "credits", "remaining", "remaining_credits"),
    *("code", "message"),
)
#: What is looked at beside that: how many times the segments count, and who was taken and who was not.
FURTHER = ("times", "taken_recipients", "refused_recipients")
#: What a code may be about.
CONCERNS = (
    *("account", "text", "sender", "recipient", "opt-out", "schedule", "rate", "credit", "field", "service"),
)

CHARSETS = ("utf-8", "iso-8859-1", "iso-8859-15", "windows-1252")

_PATH = re.compile(r"[^\W\d][\w.-]*(\[[1-9][0-9]{0,3}\])?(/[^\W\d][\w.-]*(\[[1-9][0-9]{0,3}\])?)*")
_OUTCOMES = ("accepted", "refused", "by-message")
#: What is told of each of several messages, or parts, in one answer.
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
    "format": one_of(("json", "xml", "separated")),
    "outcome": one_of(_OUTCOMES),
    "charsets": some_of(CHARSETS)._replace(default=["utf-8"]),
    "root": TEXT._replace(default=None),
    "separator": TEXT._replace(default=None),
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
    # How it is written and with which status it comes, for those who play the vendor.
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


def inconsistency(rules: dict[str, Any]) -> Fault | None:
    """What no single key can show; the first fault as key, expectation and what was found."""
    for place, answer in enumerate(rules["answers"]):
        if fault := _of_answer(answer):
            key, *rest = fault
            return (f"answers[{place}].{key}", *rest)
    for table, key in (("codes", "code"), ("http_statuses", "status")):
        seen = set()
        for place, row in enumerate(rules[table]):
            if row[key] in seen:
                return f"{table}[{place}].{key}", f"a {key} that no other row has", row[key]
            seen.add(row[key])
    return None


def _of_answer(answer: dict[str, Any]) -> Fault | None:
    for key, format_ in (("root", "xml"), ("separator", "separated"), ("columns", "separated")):
        if (answer["format"] == format_) != bool(answer[key]):
            verb = f'a value, as format is "{format_}"' if answer["format"] == format_ else "nothing"
            return key, f'{verb} (it belongs to format = "{format_}")', answer[key]
    for path, value in answer["when"].items():
        if not _are_values(value, answer["format"]):
            kinds = "true, false, a whole number or a text" if answer["format"] == "json" else "a text"
            return f"when.{path}", f"{kinds}, or a list of such", value
    if answer["errors"] is not None and (fault := _of_errors(answer["errors"])):
        return fault
    if (answer["outcome"] == "by-message") != (answer["messages"] is not None):
        return "messages", 'a table where outcome is "by-message", and none elsewhere'
    if answer["messages"] is not None and (fault := _of_messages(answer["messages"], answer["format"])):
        return fault
    if answer["times"] is not None and answer["billed_segments"] is None:
        return "times", "nothing, as billed_segments is not given", answer["times"]
    if answer["billed_inferred"] and answer["billed_segments"] is None:
        return "billed_inferred", "nothing, as billed_segments is not given", answer["billed_inferred"]
    figures = [key for key in FIGURES if answer[key] is not None]
    given = figures + ["errors"] * (answer["errors"] is not None)
    for key in answer["optional"]:
        if key not in given:
            return "optional", "some of the keys given, " + ", ".join(given), key
    if not answer["when"] and not answer["messages"] and not set(figures) - set(answer["optional"]):
        return "when", "a value, or a key that is not optional, to know the answer by"
    if answer["format"] == "separated":
        if answer["errors"] is not None:
            return "errors", "nothing, as columns hold no list"
        if answer["messages"] is not None:
            return "messages", "nothing, as columns hold no list"
        for key in ("when", *figures, *FURTHER):
            for path in paths_of(answer[key]):
                if path not in answer["columns"]:
                    return key, "names of columns", path
    return None


def _are_values(value: Any, format_: str) -> bool:
    kinds = bool | int | str if format_ == "json" else str
    values = value if isinstance(value, list) else [value]
    return values != [] and all(isinstance(one, kinds) for one in values)


def _of_errors(errors: dict[str, Any]) -> Fault | None:
    for key in errors:
        if key not in _ERROR_KEYS:
            return f"errors.{key}", "one of " + ", ".join(_ERROR_KEYS)
    if "keyed" in errors:
        if errors["keyed"] is not True or errors.keys() != {"list", "keyed"}:
            return "errors.keyed", "true, with list alone beside it", errors["keyed"]
        return None if _is_path(errors["list"]) else ("errors.list", "a path such as details", errors["list"])
    for key in _ERROR_PATHS:
        if key in errors and not (_are_paths(errors[key]) if key == "message" else _is_path(errors[key])):
            return f"errors.{key}", "a path such as errors or entry[3]/entry", errors[key]
    for key in ("list", "message"):
        if key not in errors:
            return f"errors.{key}", "a path, found nothing"
    return None


def _of_messages(messages: dict[str, Any], format_: str) -> Fault | None:
    known = ("list", "is", "accepted", *_MESSAGE_PATHS)
    for key in messages:
        if key not in known:
            return f"messages.{key}", "one of " + ", ".join(known)
    for key in ("list", "is", "accepted"):
        if key not in messages:
            return f"messages.{key}", "a value, found nothing"
    if not _is_path(messages["list"]):
        return "messages.list", "a path such as data/messages", messages["list"]
    if messages["is"] not in ("recipient", "part"):
        return "messages.is", 'one of "recipient", "part"', messages["is"]
    if not _are_conditions(messages["accepted"]) or not messages["accepted"]:
        return "messages.accepted", "a table of paths and the values that stand there", messages["accepted"]
    for path, value in messages["accepted"].items():
        if not _are_values(value, format_):
            return f"messages.accepted.{path}", "a value, or a list of such", value
    for key in _MESSAGE_PATHS:
        if key in messages and not _are_paths(messages[key]):
            return f"messages.{key}", "a path such as status/id, or a list of paths", messages[key]
    return None


def paths_of(found: Any) -> list[str]:
    """The paths behind a key of an answer: one, several to be tried in turn, or those of a table."""
    if found is None:
        return []
    if isinstance(found, dict):
        return list(found)
    return found if isinstance(found, list) else [found]
