"""Arrays of PHP that a file returns, the form of Laravel's messages: `lang/fr/sms.php`.

Strings of PHP: https://www.php.net/manual/en/language.types.string.php
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from septet.lint.entries import Entry
from septet.lint.places import Mapping
from septet.wording.extras import Needed

from .files import File, Unreadable, decoded

if TYPE_CHECKING:
    from tree_sitter import Node

_SINGLE = re.compile(r"\\([\\'])")
_DOUBLE = re.compile(r"\\u\{([0-9A-Fa-f]+)\}|((?:\\x[0-9A-Fa-f]{1,2}|\\[0-7]{1,3})+)|\\([nrtvef\\$\"])")
_HEREDOC = re.compile(r"\\u\{([0-9A-Fa-f]+)\}|((?:\\x[0-9A-Fa-f]{1,2}|\\[0-7]{1,3})+)|\\([nrtvef\\$])")
_OCTETS = re.compile(r"\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3}))")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t", "v": "\v", "e": "\x1b", "f": "\f"}
_STRINGS = ("string", "encapsed_string", "heredoc", "nowdoc")
_LITERAL_PARTS = ("string_content", "escape_sequence", "string_value", "nowdoc_string")


class _Text:
    """A string while its parts are read, with the spans that are expressions of the program."""

    def __init__(self) -> None:
        self.mapping = Mapping()
        self.expressions: list[tuple[int, int]] = []
        self.quoting = ""


def entries(file: File) -> Iterator[Entry]:
    """The strings of the array that the file returns, each under the path of its keys."""
    with Needed("reading messages in PHP", "lint", "tree_sitter", "tree_sitter_php"):
        import tree_sitter
        import tree_sitter_php

    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_php.language_php()))
    # Octets of UTF-8 for a file in any encoding, so that places can be counted.
    octets = file.text.encode()
    root = parser.parse(octets).root_node
    reader = _Reader(file, octets)
    if root.has_error:
        raise Unreadable(
            "not valid PHP: a quotation mark, comma or bracket is missing here or before",
            reader.offset(_first_error(root).start_byte),
        )
    array = _returned(root)
    if array is not None:
        yield from reader.entries(array)


def _returned(root: Node) -> Node | None:
    for statement in reversed(root.named_children):
        if statement.type == "return_statement":
            return next(
                (node for node in statement.named_children if node.type == "array_creation_expression"), None
            )
    return None


def _first_error(root: Node) -> Node:
    node = root
    while not (node.is_error or node.is_missing):
        inner = next((child for child in node.children if child.has_error or child.is_missing), None)
        if inner is None:
            break
        node = inner
    # A part that was opened and not closed begins with the last part that was understood.
    return node.children[-1] if node.is_error and node.children else node


class _Reader:
    def __init__(self, file: File, octets: bytes) -> None:
        self._file = file
        self._octets = octets
        self._is_ascii = len(octets) == len(file.text)
        #: The octet looked up last, and its character: look-ups come nearly in the file's order.
        self._mark = (0, 0)
        name = re.split(r"[\\/]", file.path)[-1]
        #: The program asks for keys with the file's name before them.
        self._root = f"{name.rsplit('.', 1)[0]}."
        self._plain = file.about._replace(root=self._root)

    def offset(self, octet: int) -> int:
        """The character that begins at an octet."""
        if self._is_ascii:
            return octet
        last, character = self._mark
        if octet >= last:
            character += len(self._octets[last:octet].decode())
        else:
            character -= len(self._octets[octet:last].decode())
        self._mark = octet, character
        return character

    def entries(self, array: Node) -> Iterator[Entry]:
        work = [self._items(array, "")]
        while work:
            for key, node, comments in work[-1]:
                if node.type == "array_creation_expression":
                    work.append(self._items(node, key))
                    break
                entry = self._entry(key, node, comments)
                if entry is not None:
                    yield entry
            else:
                work.pop()

    def _items(self, array: Node, path: str) -> Iterator[tuple[str, Node, tuple[str, ...]]]:
        comments: list[str] = []
        number, line = 0, -1
        children = array.named_children
        has_comments = any(child.type == "comment" for child in children)
        for child in children:
            kind = child.type
            if kind == "comment":
                # A comment that follows an entry on its line belongs to that entry only.
                if child.start_point[0] != line:
                    comments.append(_comment(self._octets[child.start_byte : child.end_byte].decode()))
                continue
            if kind != "array_element_initializer":
                continue
            parts = [part for part in child.named_children if part.type != "comment"]
            beside: list[str] = []
            if has_comments:
                line = child.end_point[0]
                after = child.next_named_sibling
                if after is not None and after.type == "comment" and after.start_point[0] == line:
                    beside.append(_comment(self._octets[after.start_byte : after.end_byte].decode()))
            if len(parts) == 2:
                name = self._key(parts[0])
            else:
                name, number = str(number), number + 1
            if name is not None and parts:
                yield f"{path}.{name}" if path else name, parts[-1], (*comments, *beside)
            comments = []

    def _key(self, node: Node) -> str | None:
        if node.type in _STRINGS:
            text = _Text()
            self._add(node, text)
            return text.mapping.text
        return self._octets[node.start_byte : node.end_byte].decode()

    def _entry(self, key: str, node: Node, comments: tuple[str, ...]) -> Entry | None:
        file = self._file
        more: dict[str, Any] = {"root": self._root}
        if comments:
            more["comments"] = comments
        if node.type in ("string", "encapsed_string"):
            # Most strings have no escape, and are used unchanged.
            start, end = node.start_byte + 1, node.end_byte - 1
            raw = self._octets[start:end]
            if b"\\" not in raw and (node.type == "string" or b"$" not in raw):
                start = self.offset(start)
                plain = raw.decode()
                quoting = "php-single" if node.type == "string" else "php-double"
                if not comments and plain:
                    return Entry(key, plain, start, quoting, self._plain)
                return file.entry(key, plain, start, quoting, **more)
        text = _Text()
        if not self._add(node, text) or not text.quoting:
            return None
        spots = text.mapping.spots(file.source) if text.mapping.text else self.offset(node.start_byte)
        more["expressions"] = tuple(text.expressions)
        return file.entry(key, text.mapping.text, spots, text.quoting, **more)

    def _add(self, node: Node, text: _Text) -> bool:
        """Adds an expression to a text; False where the expression is not made of texts."""
        kind = node.type
        if kind == "string":
            text.quoting = text.quoting or "php-single"
            self._decoded(text, node.start_byte + 1, node.end_byte - 1, _SINGLE)
        elif kind == "encapsed_string":
            text.quoting = text.quoting or "php-double"
            self._parts(self._filled(node), text, node.start_byte + 1, node.end_byte - 1, _DOUBLE)
        elif kind in ("heredoc", "nowdoc"):
            body = node.child_by_field_name("value")
            text.quoting = text.quoting or f"php-{kind}"
            if body is not None:
                self._lines(node, body, text)
        elif kind == "parenthesized_expression":
            return len(node.named_children) == 1 and self._add(node.named_children[0], text)
        elif kind == "binary_expression":
            return self._joined(node, text)
        else:
            return False
        return True

    def _joined(self, node: Node, text: _Text) -> bool:
        """Strings that the program joins with `.`, from left to right and without recursion."""
        parts: list[Node] = []
        while node.type == "binary_expression":
            sign, left, right = (node.child_by_field_name(name) for name in ("operator", "left", "right"))
            if sign is None or sign.type != "." or left is None or right is None:
                return False
            parts.append(right)
            node = left
        parts.append(node)
        for part in reversed(parts):
            if part.type in _STRINGS:
                self._add(part, text)
            else:
                self._expression(text, part.start_byte, part.end_byte)
        # Strings of one kind are rewritten as that; with several kinds, the one of a place is unknown here.
        kinds = {part.type for part in parts} & set(_STRINGS)
        if len(kinds) != 1:
            text.quoting = "php-joined" if kinds else ""
        return True

    def _filled(self, node: Node) -> list[tuple[int, int]]:
        """The octets of a part that the program fills into a string, `{$name}` with its braces."""
        found: list[tuple[int, int]] = []
        last = 0
        for child in node.children:
            if child.start_byte < last or (not child.is_named and child.type not in ("{", "${")):
                continue
            if child.type in _LITERAL_PARTS:
                continue
            last = child.end_byte
            if child.type in ("{", "${"):
                closing = child.next_sibling
                while closing is not None and closing.type != "}":
                    closing = closing.next_sibling
                last = closing.end_byte if closing is not None else last
            found.append((child.start_byte, last))
        return found

    def _parts(
        self, filled: list[tuple[int, int]], text: _Text, start: int, end: int, escapes: re.Pattern[str]
    ) -> None:
        """The parts between two octets: literals, and what the program fills in."""
        place = start
        for index in range(bisect_left(filled, (start, 0)), len(filled)):
            first, last = filled[index]
            if last > end:
                break
            self._decoded(text, place, first, escapes)
            self._expression(text, first, last)
            place = last
        self._decoded(text, place, end, escapes)

    def _lines(self, node: Node, body: Node, text: _Text) -> None:
        """A heredoc: the indentation of its last line is not part of the text."""
        closing = node.child_by_field_name("end_tag")
        assert closing is not None
        begin = self._octets.find(b"\n", node.start_byte, closing.start_byte) + 1
        last = self._octets.rfind(b"\n", node.start_byte, closing.start_byte)
        indent = len(self._octets[last + 1 : closing.end_byte]) - len(
            self._octets[last + 1 : closing.end_byte].lstrip()
        )
        if last > begin and self._octets[last - 1 : last] == b"\r":
            last -= 1
        filled = self._filled(body)
        escapes = _HEREDOC if node.type == "heredoc" else re.compile(r"(?!)")
        place = begin
        while place <= last:
            line_end = self._octets.find(b"\n", place, last)
            stop = last if line_end < 0 else line_end + 1
            skipped = min(
                indent, len(self._octets[place:stop]) - len(self._octets[place:stop].lstrip(b" \t"))
            )
            if node.type == "heredoc":
                self._parts(filled, text, place + skipped, stop, escapes)
            else:
                self._decoded(text, place + skipped, stop, escapes)
            if line_end < 0:
                break
            place = stop

    def _decoded(self, text: _Text, start: int, end: int, escapes: re.Pattern[str]) -> None:
        if end > start:
            first, last = self.offset(start), self.offset(end)
            decoded(text.mapping, self._file.text, first, last, escapes, _decode)

    def _expression(self, text: _Text, start: int, end: int) -> None:
        first, last = self.offset(start), self.offset(end)
        before = len(text.mapping)
        text.mapping.plain(self._file.text[first:last], first)
        text.expressions.append((before, len(text.mapping)))


def _decode(found: re.Match[str]) -> str:
    if found.re is _SINGLE:
        return found[1]
    point, octets, letter = found.groups()
    if point:
        return chr(int(point, 16)) if int(point, 16) < 0x110000 else found[0]
    if octets:
        values = bytes(
            (int(one[1], 16) if one[1] else int(one[2], 8)) & 0xFF for one in _OCTETS.finditer(octets)
        )
        return values.decode("utf-8", "replace")
    return _LETTERS.get(letter, letter)


def _comment(written: str) -> str:
    lines = written.removeprefix("/*").removesuffix("*/").splitlines()
    return " ".join(line.strip(" \t*/#|") for line in lines).strip()
