"""Wordings: for each row, the first one that fits, among several columns that say the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from septet.errors import OptionError, shown
from septet.planning.tails import checked_tail, with_tail

if TYPE_CHECKING:
    import pyarrow as pa

    from septet.planning.planner import Planner


def checked_wordings(wordings: object, has_template: bool) -> tuple[str, ...]:
    """The columns with shorter wordings. Raises OptionError for anything but names, or with a template."""
    if wordings is None:
        return ()
    expected = "the names of columns, the best wording first"
    names = (wordings,) if isinstance(wordings, str) else wordings
    if not isinstance(names, Sequence) or not names or not all(isinstance(n, str) and n for n in names):
        raise OptionError(f"wordings: expected {expected}, found {shown(wordings)}", "wordings", expected)
    if has_template:
        message = "wordings and template are both given: expected one of them"
        raise OptionError(message, "wordings", "wordings or template, not both")
    return tuple(dict.fromkeys(names))


def checked_if_free(if_free: object) -> str:
    """The text that is added where it is free; empty for nothing. Raises OptionError for anything but a
    text."""
    return "" if if_free is None else checked_tail(if_free)


def worded(
    columns: Sequence[pa.Array],
    planner_of: Callable[[int], Planner],
    most: int,
    tail: str,
    counts: dict[Any, int],
) -> pa.Array:
    """The text of each row: the first of its wordings that takes `most` segments at most, or the last one.

    A missing wording is skipped; `tail` is added after the text where it is free. A text that is not UTF-8
    stays unchanged.
    """
    import pyarrow as pa

    chosen: list[Any] = []
    for row, texts in enumerate(zip(*(column.to_pylist() for column in columns), strict=True)):
        planner = planner_of(row)
        found, place = _first(texts, planner, most)
        if place:
            counts["worded",] += 1
        if tail and isinstance(found, str):
            longer = with_tail(planner, planner.plan(found), tail).original
            counts["with-tail",] += longer != found
            found = longer
        chosen.append(found)
    kind = pa.large_binary() if any(isinstance(text, bytes) for text in chosen) else pa.large_string()
    if kind == pa.large_binary():
        chosen = [text.encode("utf-8") if isinstance(text, str) else text for text in chosen]
    return pa.array(chosen, kind)


def _first(texts: Sequence[Any], planner: Planner, most: int) -> tuple[Any, int]:
    """The first wording that fits, or else the last one, and its place."""
    found, place = texts[0], 0
    for number, text in enumerate(texts):
        if text is None or (number and not text):
            continue
        found, place = _decoded(text), number
        if isinstance(found, bytes) or planner.count(found) <= most:
            break
    return found, place


def _decoded(text: str | bytes) -> str | bytes:
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text
