"""Expressions: a whole message inside one expression of a template, as Odoo writes them.

``{{ object.name and 'Bonjour' or 'Bonsoir' }}`` sends one of two texts. The expression is parsed as Python,
which Jinja's and QWeb's resemble; in any other one, each string is a text by itself.
"""

from __future__ import annotations

import ast
import re
import warnings

from .branches import Choice, Parts
from .messages import Field, Literal
from .patterns import pieces

#: A longer or deeper expression is not a message.
_LONGEST = 20_000
_DEEPEST = 30
_INNER = re.compile(r"(?:\{\{\{?|\$?\$\{|%\{|<%=|\{)[-~]?\s*(.*?)\s*[-~]?(?:\}\}\}?|\}|%>)", re.DOTALL)
_STRING = re.compile(r"[uU]?(?:\"\"\"|'''|\"|')")
_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "a": "\a"}
#: Jinja's sign between two texts.
_JOINED = re.compile(r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')|~", re.DOTALL)
#: Functions that mark a text for translation, and return it.
_GIVING_BACK = frozenset({"_", "_lt", "gettext", "ngettext", "str", "Markup"})
#: A placeholder whose only name is its place among the others.
_BY_PLACE = re.compile(r"%[^(%$]*[a-zA-Z]|\{\}")
_NAME = re.compile(r"[A-Za-z_][\w.]*")


def parts_within(text: str, start: int, end: int) -> Parts | None:
    """The texts that an expression may send, at their places; None where it has none."""
    found = _INNER.fullmatch(text, start, end)
    if found is None or found.end(1) - found.start(1) > _LONGEST:
        return None
    begin, stop = found.span(1)
    written = text[begin:stop]
    # The same length as before, so that places stay.
    python = _JOINED.sub(lambda sign: sign[1] or "+", written)
    python = re.sub(r"[\r\n\t\f\v]", " ", python)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(python, mode="eval")
        # Python's `|` is not a filter, and binds less tightly than Jinja's.
        has_filters = any(isinstance(node, ast.BitOr) for node in ast.walk(tree))
        made = (
            _each_by_itself(text, begin, stop)
            if has_filters
            else _Reader(text, begin, python).parts(tree.body, 0)
        )
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        made = _each_by_itself(text, begin, stop)
    return made if _holds_literals(made) else None


class _Reader:
    """Reads what the parts of one expression send."""

    def __init__(self, text: str, begin: int, python: str) -> None:
        self._text = text
        self._begin = begin
        self._octets = python.encode("utf-8", "surrogatepass")
        self._is_ascii = len(self._octets) == len(python)

    def parts(self, node: ast.expr, depth: int) -> Parts:
        if depth > _DEEPEST:
            return (self._field(node),)
        match node:
            case ast.Constant(value=str(value)):
                return self._string(node, value)
            case ast.IfExp():
                condition = self._written(node.test)
                return (
                    Choice(
                        (
                            (condition, self.parts(node.body, depth + 1)),
                            (f"not {condition}", self.parts(node.orelse, depth + 1)),
                        )
                    ),
                )
            case ast.BoolOp(op=ast.And()):
                return self.parts(node.values[-1], depth + 1)
            case ast.BoolOp():
                return (Choice(tuple((self._label(one), self.parts(one, depth + 1)) for one in node.values)),)
            case ast.BinOp(op=ast.Add()):
                return self._joined(node, depth)
            case ast.BinOp(op=ast.Mod(), left=template):
                return self._filled(template, "percent", depth)
            case ast.Call(func=ast.Attribute(attr="format", value=template)):
                return self._filled(template, "python", depth)
            case ast.Call(func=ast.Name(id=name), args=[first, *_]) if name in _GIVING_BACK:
                return self.parts(first, depth + 1)
        return (self._field(node),)

    def _joined(self, node: ast.expr, depth: int) -> Parts:
        """Texts with a plus between them, from left to right and without recursion."""
        behind: list[ast.expr] = []
        while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            behind.append(node.right)
            node = node.left
        made: list[Literal | Field | Choice] = []
        for one in (node, *reversed(behind)):
            made += self.parts(one, depth + 1)
        return tuple(made)

    def _filled(self, node: ast.expr, dialect: str, depth: int) -> Parts:
        """A formatted text: its placeholders belong to the language of the format call."""
        return self._formatted(self.parts(node, depth + 1), dialect)

    def _formatted(self, parts: Parts, dialect: str) -> Parts:
        made: list[Literal | Field | Choice] = []
        number = 0
        for part in parts:
            if isinstance(part, Choice):
                made.append(
                    Choice(tuple((label, self._formatted(one, dialect)) for label, one in part.branches))
                )
                continue
            if not (isinstance(part, Literal) and self._text.startswith(part.text, part.start)):
                made.append(part)
                continue
            for piece in pieces(self._text, (dialect,), part.start, part.end):
                # An escape would divide a text that is formatted as one.
                if isinstance(piece, Field) and _BY_PLACE.fullmatch(piece.written):
                    number += 1
                    made.append(piece._replace(name=str(number)))
                else:
                    made.append(piece)
        return tuple(made)

    def _string(self, node: ast.expr, value: str) -> Parts:
        start, end = self._span(node)
        opening = _STRING.match(self._text, start, end)
        if opening is not None:
            quote = opening[0].lstrip("uU")
            made = _decoded(self._text, opening.end(), end - len(quote))
            # The line ends of the text were not line ends for the parser of the expression.
            said = "".join([part.text for part in made])
            if re.sub(r"[\r\n\t\f\v]", " ", said) == re.sub(r"[\r\n\t\f\v]", " ", value):
                return made
        return (Literal(value, start, end),) if value else ()

    def _field(self, node: ast.expr) -> Field:
        start, end = self._span(node)
        written = self._text[start:end]
        return Field(written, start, end, written, is_expression=_NAME.fullmatch(written) is None)

    def _label(self, node: ast.expr) -> str:
        """The condition under which an operand of `or` is used."""
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            return self._written(node.values[0])
        return "" if isinstance(node, ast.Constant) else self._written(node)

    def _written(self, node: ast.expr) -> str:
        start, end = self._span(node)
        return self._text[start:end]

    def _span(self, node: ast.expr) -> tuple[int, int]:
        """The span of a part in the entry's text; `ast` counts octets of UTF-8."""
        first, last = node.col_offset, node.end_col_offset or node.col_offset
        if not self._is_ascii:
            first, last = (
                len(self._octets[:place].decode("utf-8", "surrogatepass")) for place in (first, last)
            )
        return self._begin + first, self._begin + last


def _decoded(text: str, start: int, end: int) -> tuple[Literal, ...]:
    """The text between two quotation marks, each escape by itself."""
    made: list[Literal] = []
    place = start
    for found in _ESCAPE.finditer(text, start, end):
        if found.start() > place:
            made.append(Literal(text[place : found.start()], place, found.start()))
        unit, octet, letter = found.groups()
        said = chr(int(unit or octet, 16)) if unit or octet else _LETTERS.get(letter, letter)
        made.append(Literal(said, found.start(), found.end()))
        place = found.end()
    if place < end:
        made.append(Literal(text[place:end], place, end))
    return tuple(made)


def _each_by_itself(text: str, start: int, end: int) -> Parts:
    """The strings of an expression of another language, each a message."""
    branches: list[tuple[str, Parts]] = []
    for found in _QUOTED.finditer(text, start, end):
        branches.append(("", _decoded(text, found.start() + 1, found.end() - 1)))
    return (Choice(tuple(branches)),) if branches else ()


def _holds_literals(parts: Parts) -> bool:
    return any(
        any(_holds_literals(branch) for _, branch in part.branches)
        if isinstance(part, Choice)
        else isinstance(part, Literal)
        for part in parts
    )
