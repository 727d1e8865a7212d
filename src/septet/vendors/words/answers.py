"""The rules about a vendor's answers in plain words."""

from __future__ import annotations

from septet.vendors.format.answers import FIGURES, paths_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_NAMES = dict(zip(FIGURES, FIGURES, strict=True)) | {
    "message_ids": "identifiers",
    "billed_segments": "billed segments",
    "remaining": "segments left",
}


def shape_and_marks(row: dict[str, Any]) -> str:
    """What a documented answer looks like: its format, and the values that it is known by."""
    if row["format"] == "separated":
        shape = f" {row['separator']} ".join(row["columns"])
    else:
        shape = "JSON" if row["format"] == "json" else f"XML <{row['root']}>"
    marks = ", ".join(f"{path} is {_values(values)}" for path, values in row["when"].items())
    if marks:
        return f"{shape} where {marks}"
    needed = [key for key in FIGURES if row[key] is not None and key not in row["optional"]]
    return f"{shape} with {', '.join(' or '.join(paths_of(row[key])) for key in needed)}"


def _values(values: Any) -> str:
    known = values if isinstance(values, list) else [values]
    return " or ".join(str(value).lower() if isinstance(value, bool) else str(value) for value in known)


def _answer(row: dict[str, Any]) -> str:
    parts = [f"{row['outcome']}: {shape_and_marks(row)}"]
    for key in FIGURES:
        if row[key] is not None:
            optional = " if there" if key in row["optional"] else ""
            parts.append(f"{_NAMES[key]} from {' or '.join(paths_of(row[key]))}{optional}")
    if row["errors"]:
        parts.append(f"errors from {row['errors']['list']}" + " if there" * ("errors" in row["optional"]))
    parts.append("in " + " or ".join(charset.upper() for charset in row["charsets"]))
    return "; ".join(parts)


def _code(row: dict[str, Any]) -> str:
    meaning = f": {row['meaning']}" if row["meaning"] else ""
    return f'the vendor\'s code {row["code"]} "{row["message"]}"{meaning}{_passing(row)}'


def _http_status(row: dict[str, Any]) -> str:
    return f"HTTP status {row['status']}: {row['meaning']}{_passing(row)}"


def _passing(row: dict[str, Any]) -> str:
    return " (temporary)" if row["temporary"] else ""


#: By the list of the vendor file that a rule stands in.
RESPONSE_WORDS: dict[str, Callable[[dict[str, Any]], str]] = {
    "answers": _answer,
    "codes": _code,
    "http_statuses": _http_status,
}
