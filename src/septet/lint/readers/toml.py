"""Trees of TOML. The standard library decides whether it is TOML.

The format: https://toml.io/en/v1.0.0
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator

from septet.lint.entries import Entry
from septet.lint.places import Mapping, Spots

from .files import File, Unreadable, decoded, plural_of

_TOKEN = re.compile(
    # Most lines are a key and its string: they are recognised at once.
    r"(?m:^)(?P<name>[A-Za-z0-9_-]+) *= *\"(?P<value>[^\"\\\r\n]*)\" *(?=\n|\Z)"
    r"|[ \t\r]+|(?P<comment>#[^\n]*)|(?P<line>\n)"
    r"|\"\"\"(?:\r?\n)?(?P<lines>(?:[^\"\\]|\\.|\"(?!\"\"))*\"{0,2})\"\"\"(?!\")"
    r"|'''(?:\r?\n)?(?P<raw_lines>(?:[^']|'(?!''))*'{0,2})'''(?!')"
    r"|\"(?P<basic>[^\"\\\n]*(?:\\.[^\"\\\n]*)*)\"|'(?P<literal>[^'\n]*)'"
    r"|(?P<sign>\[\[|\]\]|[\[\]{},=.])|(?P<bare>[^\s\[\]{},=.\"'#]+)",
    re.DOTALL,
)
_ESCAPE = re.compile(
    r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|x([0-9A-Fa-f]{2})|([ \t]*\r?\n\s*)|(.))|(\r\n)", re.DOTALL
)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "e": "\x1b"}
_LINES = re.compile("(\r\n)")
_STRINGS = {
    "basic": "toml-basic",
    "literal": "toml-literal",
    "lines": "toml-lines",
    "raw_lines": "toml-raw-lines",
}
_DEEPEST = 100


def entries(file: File) -> Iterator[Entry]:
    """The strings of a tree, each under the path of its keys."""
    try:
        tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r" \(at line (\d+), column \d+\)$", str(error))
        reason = str(error)[: found.start()] if found else str(error)
        raise Unreadable(f"not valid TOML: {reason}", line=int(found[1]) if found else None) from None
    except RecursionError:
        raise Unreadable("arrays or tables nested too deep to be messages") from None
    found_entries = list(_Reader(file).strings())
    forms: dict[str, list[str]] = {}
    for path, _, _, _ in found_entries:
        above, _, name = path.rpartition(".")
        forms.setdefault(above, []).append(name)
    are_forms = {above: plural_of(names) for above, names in forms.items()}
    about = file.about
    for path, kind, (start, end), comments in found_entries:
        above, _, name = path.rpartition(".")
        text, spots = _text(file, kind, start, end)
        if text and not comments and not are_forms[above]:
            yield Entry(path, text, spots, _STRINGS[kind], about)
            continue
        yield file.entry(
            path, text, spots, _STRINGS[kind], comments=comments, plural=name if are_forms[above] else None
        )


_Found = tuple[str, str, tuple[int, int], tuple[str, ...]]


class _Reader:
    """Walks the tokens of a file that is known to be valid."""

    def __init__(self, file: File) -> None:
        self._file = file
        self._comments: list[str] = []
        self._numbers: dict[str, int] = {}

    def strings(self) -> Iterator[_Found]:
        table, key = "", ""
        names: list[str] = []
        #: The open parts: the path of an inline table, or of an array with the number of its next item.
        stack: list[list[object]] = []
        in_header = None
        in_value = False
        blank = True
        for kind, found in self._tokens():
            if kind == "value":
                above = str(stack[-1][1]) if stack else table
                key = f"{above}.{found['name']}" if above else found["name"]
                yield key, "basic", found.span("value"), tuple(self._comments)
                blank = False
                if not stack:
                    self._comments = []
                continue
            if kind == "comment":
                if not stack and blank:
                    self._comments.append(found[0].lstrip("# ").rstrip())
                    blank = False
                continue
            if kind == "line":
                if blank and not stack:  # an empty line separates comments from what follows
                    self._comments = []
                if not stack:
                    in_value, blank, names = False, True, []
                continue
            if kind == "sign":
                sign = found[0]
                if not in_value and not stack and sign in ("[", "[["):
                    in_header, blank, names = sign, False, []
                    continue
                if in_header and sign in ("]", "]]"):
                    table = self._header(names, is_array=in_header == "[[")
                    in_header, names = None, []
                    self._comments = []
                    continue
                if sign == "=":
                    above = str(stack[-1][1]) if stack else table
                    key = ".".join(filter(None, (above, *names)))
                    names, in_value = [], True
                elif sign in ("[", "[["):
                    for _ in sign:
                        path = self._item(stack, key)
                        stack.append(["[", path, 0])
                elif sign in ("]", "]]"):
                    for _ in sign:
                        stack.pop()
                    in_value = not stack or stack[-1][0] == "["
                elif sign == "{":
                    path = self._item(stack, key)
                    stack.append(["{", path, 0])
                    in_value = False
                elif sign == "}":
                    stack.pop()
                    in_value = True
                elif sign == ",":
                    in_value = stack[-1][0] == "["
                    names = []
                continue
            blank = False
            if kind in _STRINGS and in_value:
                yield self._item(stack, key), kind, found.span(kind), tuple(self._comments)
                if not stack:
                    self._comments = []
            elif kind in _STRINGS:
                names.append(_text(self._file, kind, *found.span(kind))[0])
            elif not in_value:
                names.append(found[0])
            else:
                self._item(stack, key)
                if not stack:
                    self._comments = []

    def _tokens(self) -> Iterator[tuple[str, re.Match[str]]]:
        for found in _TOKEN.finditer(self._file.text):
            if found.lastgroup:
                yield found.lastgroup, found

    def _item(self, stack: list[list[object]], key: str) -> str:
        """The path of a value: that of its key, or its number in the open array."""
        if not stack or stack[-1][0] == "{":
            return key
        number = stack[-1][2]
        assert isinstance(number, int)
        stack[-1][2] = number + 1
        return f"{stack[-1][1]}.{number}"

    def _header(self, names: list[str], *, is_array: bool) -> str:
        """The path of a table; within an array of tables, that of its last one."""
        path = ""
        for index, name in enumerate(names):
            path = f"{path}.{name}" if path else name
            is_last = index == len(names) - 1
            if is_last and is_array:
                self._numbers[path] = self._numbers.get(path, -1) + 1
            if path in self._numbers:
                path = f"{path}.{self._numbers[path]}"
        return path


def _text(file: File, kind: str, start: int, end: int) -> tuple[str, Spots | int]:
    if file.text.find("\\", start, end) < 0 and file.text.find("\r", start, end) < 0:
        return file.text[start:end], start
    mapping = Mapping()
    if kind in ("basic", "lines"):
        decoded(mapping, file.text, start, end, _ESCAPE, _decode)
    else:
        decoded(mapping, file.text, start, end, _LINES, lambda found: "\n")
    if not len(mapping):
        return "", start
    return mapping.text, mapping.spots(file.source)


def _decode(found: re.Match[str]) -> str:
    four, eight, two, joined, letter, line_end = found.groups()
    if line_end:
        return "\n"
    if joined is not None:
        return ""
    return chr(int(four or eight or two, 16)) if letter is None else _LETTERS.get(letter, letter)
