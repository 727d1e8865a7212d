"""The recogniser of what must stay whole, for all code that changes or cuts a text."""

from __future__ import annotations

import re

from .amounts import amounts
from .codes import codes
from .digits import FRACTIONS, runs
from .fields import fields
from .links import emails, links
from .machine_lines import app_hashes, machine_lines
from .moments import dates, hours
from .numbers import numbers
from .phones import phones
from .references import references
from .signs import CAPITALS, IN_CAPITALS
from .thing import KINDS, Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .digits import Runs

_ORDER = {kind: place for place, kind in enumerate(KINDS)}

_DIGIT = re.compile(rf"[\d{FRACTIONS}]")
_DOT_WITHIN = re.compile(r"\.[^\W_]")
_FIELD_SIGN = re.compile(r"[{\[(<%#@*]")
_SAID_TO_BE = re.compile(rf"[:=]|[{CAPITALS}][{IN_CAPITALS}]{{2}}")
_RECOGNISERS: dict[str, Callable[[str], Iterator[Thing]]] = {
    "link": links,
    "email": emails,
    "machine-line": machine_lines,
    "app-hash": app_hashes,
    "field": fields,
    "code": codes,
}
_NUMERIC: dict[str, Callable[[str, Runs], Iterator[Thing]]] = {
    "date": dates,
    "hour": hours,
    "phone": phones,
    "amount": amounts,
    "reference": references,
    "number": numbers,
}


def possible(text: str) -> tuple[str, ...]:
    """The kinds of things whose signs a text has; mostly very few of all kinds.

    It only looks for single signs, which is much less work than to look for the things.
    """
    found = []
    if "://" in text or _DOT_WITHIN.search(text):
        found.append("link")
    if "@" in text:
        found += ("email", "machine-line")
    if text.startswith(("<#>", "\u200b\u200b")):
        found.append("app-hash")
    if _FIELD_SIGN.search(text):
        found.append("field")
    if _DIGIT.search(text):
        found += ("code", *_NUMERIC)
    elif _SAID_TO_BE.search(text):
        found.append("code")
    return tuple(found)


def things(text: str) -> tuple[Thing, ...]:
    """The things of a text in their order, none within another.

    A telephone number in a link is a part of the link. Two that overlap, where neither holds
    the other, become one: what either needs stays whole. The work is linear in the text's length.
    """
    return tuple(_apart(recognised(text)))


def recognised(text: str) -> Iterator[Thing]:
    """The things of each kind by itself, which may overlap."""
    digits: Runs | None = None
    for kind in possible(text):
        if kind not in _NUMERIC:
            yield from _RECOGNISERS[kind](text)
            continue
        if digits is None:
            digits = runs(text)
        yield from _NUMERIC[kind](text, digits)


def _apart(found: Iterable[Thing]) -> Iterator[Thing]:
    """Joins things that overlap, as one of the kind of the longest."""
    kind, start, end, longest = "", 0, 0, 0
    for first, last, _, one in sorted([(start, -end, _ORDER[kind], kind) for kind, start, end in found]):
        if first >= end:
            if kind:
                yield Thing(kind, start, end)
            kind, start, end, longest = "", first, -last, 0
        end = max(end, -last)
        if -last - first > longest:
            kind, longest = one, -last - first
    if kind:
        yield Thing(kind, start, end)
