"""Strings of Python that a comment marks as messages: `septet: sms`, on their line or above.

Nothing else of a program is read, since its other strings may or may not be messages.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import unicodedata
from collections.abc import Iterator
from typing import Any

from septet.lint.entries import Entry
from septet.lint.places import Mapping

from .files import File, Unreadable

_MARK = re.compile(r"#\s*septet:\s*sms\b[\s:,-]*(.*)", re.IGNORECASE)
_OPENING = re.compile(r"([A-Za-z]{0,2})(\"\"\"|'''|\"|')")
_ESCAPE = re.compile(
    r"\\(?:(?P<joined>\r?\n)|N\{(?P<name>[^}]+)\}|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})"
    r"|x(?P<x>[0-9A-Fa-f]{2})|(?P<octal>[0-7]{1,3})|(?P<letter>[\\'\"abfnrtv]))|(?P<end>\r\n)"
)
_LETTERS = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_LINE = re.compile(r"\r\n|\n|\r")


def entries(file: File) -> Iterator[Entry]:
    """The marked strings."""
    marks = _marks(file.text)
    if not marks:
        return
    try:
        tree = ast.parse(file.text)
    except SyntaxError as error:
        raise Unreadable(f"not valid Python: {error.msg}", line=error.lineno) from None
    except (RecursionError, MemoryError, ValueError):
        raise Unreadable("Python that cannot be parsed") from None
    reader = _Reader(file)
    for node, key, statement in _strings(tree):
        first, last = node.lineno, node.end_lineno or node.lineno
        # On a line of the string; or by itself, above the string or its statement.
        above = [line for line in (first - 1, statement - 1) if line in marks and marks[line][1]]
        line = next((line for line in range(first, last + 1) if line in marks), above[0] if above else None)
        if line is not None:
            comment = marks[line][0]
            yield reader.entry(node, key, (comment,) if comment else ())


def _marks(text: str) -> dict[int, tuple[str, bool]]:
    """The lines with a mark: the text after it, and whether the mark is by itself on its line."""
    if "septet" not in text:
        return {}
    found: dict[int, tuple[str, bool]] = {}
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and (mark := _MARK.match(token.string)):
                found[token.start[0]] = mark[1].strip(), not token.line[: token.start[1]].strip()
    except (tokenize.TokenError, SyntaxError):
        pass  # the next step reports it
    return found


def _strings(tree: ast.Module) -> Iterator[tuple[ast.Constant | ast.JoinedStr, str, int]]:
    """The strings of a module, without those within f-strings.

    Each has the names around it, and the line where its statement begins.
    """
    work: list[tuple[ast.AST, str, int]] = [(tree, "", 0)]
    while work:
        node, path, line = work.pop()
        if isinstance(node, ast.JoinedStr) or (
            isinstance(node, ast.Constant) and isinstance(node.value, str)
        ):
            yield node, path or f"line {node.lineno}", line
            continue
        if isinstance(node, ast.stmt):
            line = node.lineno
        dot = f"{path}." if path else ""
        below: list[tuple[ast.AST, str]] = []
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            below = [(child, dot + node.name) for child in ast.iter_child_nodes(node)]
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            name = dot + ast.unparse(targets[0])
            below = [(node.value, name)] if node.value is not None else []
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                named = str(key.value) if isinstance(key, ast.Constant) else ast.unparse(key) if key else ""
                below.append((value, dot + named if named else path))
        elif isinstance(node, ast.keyword):
            below = [(node.value, dot + node.arg if node.arg else path)]
        else:
            below = [(child, path) for child in ast.iter_child_nodes(node)]
        work += [(child, name, line) for child, name in reversed(below)]


class _Reader:
    def __init__(self, file: File) -> None:
        self._file = file
        self._lines = [0, *(found.end() for found in _LINE.finditer(file.text))]

    def _offset(self, line: int, column: int) -> int:
        """The character at a place that `ast` counts in octets of UTF-8."""
        start = self._lines[line - 1]
        head = self._file.text[start : start + column]
        if head.isascii():
            return start + column
        return start + len(head.encode()[:column].decode(errors="ignore"))

    def entry(self, node: ast.Constant | ast.JoinedStr, key: str, comments: tuple[str, ...]) -> Entry:
        file = self._file
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self._offset(node.lineno, node.col_offset)
        end = self._offset(node.end_lineno, node.end_col_offset)
        mapping, kinds = Mapping(), set()
        spans: list[tuple[int, int]] = []
        more: dict[str, Any] = {"comments": comments}
        place = start
        while found := _OPENING.search(file.text, place, end):
            comment = file.text.find("#", place, found.start())
            if comment >= 0:  # between strings on several lines
                place = file.text.find("\n", comment, end)
                if place < 0:
                    break
                continue
            place = self._literal(found, end, mapping, spans)
            kinds.add(found[1].lower() + found[2])
        if spans or any("f" in kind for kind in kinds):
            # The remaining braces are those of a sentence.
            more["dialects"] = ("percent",)
        text = mapping.text
        quoting = f"python:{kinds.pop()}" if len(kinds) == 1 else ""
        spots = mapping.spots(file.source) if text else start
        if isinstance(node, ast.Constant) and text != node.value:
            whole = Mapping()
            whole.written(str(node.value), start, end)
            return file.entry(key, str(node.value), whole.spots(file.source), "", **more)
        return file.entry(key, text, spots, quoting, expressions=tuple(spans), **more)

    def _literal(
        self, opening: re.Match[str], end: int, mapping: Mapping, spans: list[tuple[int, int]]
    ) -> int:
        """Reads one literal, and returns where it ends."""
        text, quote = self._file.text, opening[2]
        is_raw, is_formatted = "r" in opening[1].lower(), "f" in opening[1].lower()
        place = begin = opening.end()
        while place < end:
            character = text[place]
            if text.startswith(quote, place):
                mapping.plain(text[begin:place], begin)
                return place + len(quote)
            found = _ESCAPE.match(text, place) if character in "\\\r" else None
            if character == "\\" and (is_raw or found is None):
                place += 2
            elif found is not None:
                mapping.plain(text[begin:place], begin)
                mapping.written(_said(found), place, found.end())
                place = begin = found.end()
            elif is_formatted and character in "{}":
                mapping.plain(text[begin:place], begin)
                if text.startswith(character * 2, place):
                    mapping.written(character, place, place + 2)
                    place += 2
                else:
                    last = _closed(text, place, end)
                    before = len(mapping)
                    mapping.plain(text[place:last], place)
                    spans.append((before, len(mapping)))
                    place = last
                begin = place
            else:
                place += 1
        mapping.plain(text[begin:place], begin)
        return place


def _closed(text: str, place: int, end: int) -> int:
    """The end of a field of an f-string: its braces match, and those of its strings are assumed to."""
    depth = 0
    for index in range(place, end):
        if text[index] == "{":
            depth += 1
        elif text[index] == "}":
            depth -= 1
            if depth == 0:
                return index + 1
    return end


def _said(found: re.Match[str]) -> str:
    if found["end"]:
        return "\n"
    if found["joined"]:
        return ""
    if found["name"]:
        return unicodedata.lookup(found["name"])
    if found["octal"]:
        return chr(int(found["octal"], 8))
    if found["letter"]:
        return _LETTERS.get(found["letter"], found["letter"])
    return chr(int(found["x"] or found["u"] or found["U"], 16))
