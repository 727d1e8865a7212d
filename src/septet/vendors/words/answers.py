"""The rules about a vendor's answers in plain words."""

from __future__ import annotations

from septet.vendors.format.answers import FIGURES, paths_of
from septet.wording.messages import any_of, joined, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from septet.wording.messages import Words

_NAMES = {
    "message_ids": said("identifiers"),
    "billed_segments": said("billed segments"),
    "cost": said("cost"),
    "currency": said("currency"),
    "credits": said("credits"),
    "remaining": said("segments left"),
    "remaining_credits": said("credits left"),
    "code": said("code"),
    "message": said("message"),
}
_OUTCOMES = {
    "accepted": said("accepted"),
    "refused": said("refused"),
    "by-message": said("accepted or refused message by message"),
}


_CONCERNS = {
    "account": said("account"),
    "text": said("text"),
    "sender": said("sender"),
    "recipient": said("recipient"),
    "opt-out": said("opt-out"),
    "schedule": said("time of sending"),
    "rate": said("rate of sending"),
    "credit": said("credit"),
    "field": said("fields"),
    "service": said("service"),
}


def shape_and_marks(row: dict[str, Any]) -> Words:
    """The form of a documented answer: its format, and the values by which it is recognised."""
    if row["format"] == "separated":
        separator = row["separator"]
        shape = (separator if separator.isspace() else f" {separator} ").join(row["columns"])
    elif row["format"] == "text":
        shape = f"/{row['pattern']}/"
    else:
        shape = "JSON" if row["format"] == "json" else f"XML <{row['root']}>"
    marks = joined(
        ", ",
        (
            said("%(path)s is %(values)s", path=path, values=_values(values))
            for path, values in row["when"].items()
        ),
    )
    if marks:
        return said("%(shape)s where %(marks)s", shape=shape, marks=marks)
    if row["messages"]:
        return said("%(shape)s with %(paths)s", shape=shape, paths=row["messages"]["list"])
    needed = [key for key in FIGURES if row[key] is not None and key not in row["optional"]]
    paths = joined(", ", (any_of(paths_of(row[key])) for key in needed))
    return said("%(shape)s with %(paths)s", shape=shape, paths=paths)


def _values(values: Any) -> Words:
    known = values if isinstance(values, list) else [values]
    return any_of(str(value).lower() if isinstance(value, bool) else str(value) for value in known)


def _answer(row: dict[str, Any]) -> Words:
    outcome, shape = _OUTCOMES[row["outcome"]], shape_and_marks(row)
    parts = [said("%(outcome)s: %(shape)s", outcome=outcome, shape=shape)]
    for key in FIGURES:
        if row[key] is not None:
            found = {"figure": _NAMES[key], "paths": any_of(paths_of(row[key]))}
            parts.append(
                said("%(figure)s from %(paths)s if there", **found)
                if key in row["optional"]
                else said("%(figure)s from %(paths)s", **found)
            )
    if row["messages"]:
        accepted = row["messages"]["accepted"].items()
        marks = joined(
            ", ",
            (said("%(path)s is %(values)s", path=path, values=_values(values)) for path, values in accepted),
        )
        each = {"path": row["messages"]["list"], "marks": marks}
        parts.append(
            said("each part in %(path)s, accepted where %(marks)s", **each)
            if row["messages"]["is"] == "part"
            else said("each recipient in %(path)s, accepted where %(marks)s", **each)
        )
    if row["times"]:
        parts.append(said("billed segments times %(path)s", path=any_of(paths_of(row["times"]))))
    if row["refused_recipients"]:
        paths = any_of(paths_of(row["refused_recipients"]))
        parts.append(said("refused recipients from %(paths)s", paths=paths))
    for key, values in row["untold"].items():
        parts.append(
            said("%(figure)s of %(values)s means nothing", figure=_NAMES[key], values=_values(values))
        )
    if row["errors"]:
        place = row["errors"]["list"]
        parts.append(
            said("errors from %(path)s if there", path=place)
            if "errors" in row["optional"]
            else said("errors from %(path)s", path=place)
        )
    charsets = any_of(charset.upper() for charset in row["charsets"])
    parts.append(said("in %(charsets)s", charsets=charsets))
    return joined(said("; "), parts)


def _code(row: dict[str, Any]) -> Words:
    words: Words = said('the vendor\'s code %(code)s "%(message)s"', code=row["code"], message=row["message"])
    if row["meaning"]:
        words += said(": %(meaning)s", meaning=row["meaning"])
    if row["concerns"]:
        words += said(" (about the %(what)s)", what=_CONCERNS[row["concerns"]])
    return _with_passing(words, row)


def _http_status(row: dict[str, Any]) -> Words:
    status = said("HTTP status %(status)s: %(meaning)s", status=str(row["status"]), meaning=row["meaning"])
    return _with_passing(status, row)


def _with_passing(words: Words, row: dict[str, Any]) -> Words:
    return words + " " + said("(temporary)") if row["temporary"] else words


#: By the list of the vendor file that has the rule.
RESPONSE_WORDS: dict[str, Callable[[dict[str, Any]], Words]] = {
    "answers": _answer,
    "codes": _code,
    "http_statuses": _http_status,
}
