"""Scalars of YAML: the place of each character, in all five styles.

The library decides the text of a scalar. The text found here is compared with it, and where both differ the
library is right: the places are then those of the whole scalar, and nothing in it can be rewritten.
"""

from __future__ import annotations

import re
from typing import Any

from septet.lint.places import Mapping, Spots

from .files import File

#: A node as ruamel.yaml composes it; its types hide some attributes from a type checker.
Node = Any

_FOLD = r"[ \t]*(?:\r\n|[\n\r\x85\u2028\u2029])(?:[ \t]*(?:\r\n|[\n\r\x85\u2028\u2029]))*[ \t]*"
_PLAIN = re.compile(f"(?P<fold>{_FOLD})")
_SINGLE = re.compile(f"(?P<quote>'')|(?P<fold>{_FOLD})")
_DOUBLE = re.compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})"
    r"|(?P<joined>(?:\r\n|[\n\r])(?:[ \t]*(?:\r\n|[\n\r]))*[ \t]*)|(?P<letter>.))"
    f"|(?P<fold>{_FOLD})"
)
_BREAK = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_LETTERS = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    "N": "\x85", "_": "\u00a0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
#: An anchor or a tag before a scalar: https://yaml.org/spec/1.2.2/#69-node-properties
_PROPERTIES = re.compile(r"(?:[&!]\S*(?:[ \t]+#[^\r\n]*|[ \t]|[\r\n])+)+")
_STYLES = {
    None: "yaml-plain",
    "": "yaml-plain",
    "'": "yaml-single",
    '"': "yaml-double",
    "|": "yaml-block",
    ">": "yaml-block",
}


def placed(file: File, node: Node) -> tuple[str, Spots | int, str]:
    """The text of a scalar, the place of each character, and how it is quoted."""
    value, style = str(node.value), node.style
    start, end = node.start_mark.index, node.end_mark.index
    if (properties := _PROPERTIES.match(file.text, start, end)) is not None:
        start = properties.end()
    quoting = _STYLES.get(style, "")
    if style in ("'", '"'):
        start, end = start + 1, end - 1
    # Marks may count from another beginning than the file: the text itself then shows its place.
    if style not in ("|", ">") and file.text.startswith(value, start) and len(value) == end - start:
        return value, start, quoting
    mapping = Mapping()
    if style in ("|", ">"):
        _block(file.text, start, end, value, mapping)
    else:
        _flow(file.text, start, end, {"'": _SINGLE, '"': _DOUBLE}.get(style, _PLAIN), mapping)
    if mapping.text == value:
        spots = mapping.spots(file.source) if value else start
        return value, spots, quoting
    whole = Mapping()
    whole.written(value, start, end)
    return value, whole.spots(file.source), ""


def _flow(text: str, start: int, end: int, pattern: re.Pattern[str], mapping: Mapping) -> None:
    place = start
    for found in pattern.finditer(text, start, end):
        mapping.plain(text[place : found.start()], place)
        mapping.written(_said(found), found.start(), found.end())
        place = found.end()
    mapping.plain(text[place:end], place)


def _said(found: re.Match[str]) -> str:
    parts = found.groupdict()
    if parts["fold"] is not None:
        breaks = _BREAK.findall(found[0])
        return " " if len(breaks) == 1 else "\n" * (len(breaks) - 1)
    if "quote" in parts:
        return "'"
    if parts["joined"] is not None:
        # A line that is joined to the next; empty lines between the two count.
        return "\n" * (len(_BREAK.findall(found[0])) - 1)
    if parts["letter"] is not None:
        return _LETTERS.get(parts["letter"], parts["letter"])
    return chr(int(parts["x"] or parts["u"] or parts["U"], 16))


def _block(text: str, start: int, end: int, value: str, mapping: Mapping) -> None:
    """Finds the lines of a value, one after the other, in those of the file."""
    found = _BREAK.search(text, start, end)
    header = text[start : found.start()] if found else ""
    place = found.end() if found else end
    at = 0
    indent = _indent(text, place, end, header)
    pending: list[tuple[int, int]] = []
    while place < end and at < len(value):
        found = _BREAK.search(text, place, end)
        stop, following = found.span() if found else (end, end)
        begin = place
        while begin < stop and begin - place < indent and text[begin] == " ":
            begin += 1
        content = text[begin:stop]
        if content:
            at = _breaks(value, at, pending, mapping)
            if not value.startswith(content, at):
                return
            mapping.plain(content, begin)
            at += len(content)
        if found:
            pending.append((stop, following))
        place = following
    _breaks(value, at, pending, mapping)


def _breaks(value: str, at: int, pending: list[tuple[int, int]], mapping: Mapping) -> int:
    """The line ends that were passed, as in the value: unchanged, fewer, or one blank."""
    if not pending:
        return at
    if at > 0 and value.startswith(" ", at):  # folded: a line end where lines stay separate
        mapping.written(" ", pending[0][0], pending[-1][1])
        at += 1
    else:
        count = 0
        while at < len(value) and value[at] in "\n\x85\u2028\u2029":
            first = min(count, len(pending) - 1)
            mapping.written(value[at], *pending[first])
            at, count = at + 1, count + 1
    pending.clear()
    return at


def _indent(text: str, place: int, end: int, header: str) -> int:
    """The indentation of a block in blanks: that of its first line that is not empty."""
    if digit := re.search(r"[1-9]", header.partition("#")[0]):
        # It is relative to the line above, whose indentation is unknown here: the lines show it.
        depths = [len(found[1]) for found in re.finditer(r"^( *)[^ \r\n]", text[place:end], re.MULTILINE)]
        return min(depths, default=int(digit[0]))
    found = re.compile(r"(?:[ ]*(?:\r\n|[\n\r]))*( *)").match(text, place, end)
    return len(found[1]) if found else 0
