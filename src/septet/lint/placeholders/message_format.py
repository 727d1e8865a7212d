"""MessageFormat, of ICU and of Java: arguments, plurals and choices.

ICU: https://unicode-org.github.io/icu/userguide/format_parse/messages/
Java: https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/text/MessageFormat.html
"""

from __future__ import annotations

import re

from .branches import Choice, Parts
from .messages import Field, Flaw, Literal

_ARGUMENT = re.compile(r"\{\s*([\w.-]+)\s*(?:(\})|,\s*([A-Za-z]+)\s*)")
_BRANCH = re.compile(r"\s*(?:(=-?\d+|[\w-]+)\s*\{|(\}))")
_OFFSET = re.compile(r"\s*offset\s*:\s*-?\d+\s*")
_OF_CHOICE = re.compile(r"-?[\d.∞]+[#<≤]")
_SPECIAL = re.compile(r"['{}#|]")
_UNQUOTED = re.compile(r"[{}#|]")
_WHOLE = re.compile(r"\{[^{}]*\}")
_CHOOSING = ("plural", "selectordinal", "select")
#: A text with branches nested deeper than this is not a message.
_DEEPEST = 30
#: The sign that a text is in MessageFormat, where its format does not tell.
LOOKS = re.compile(
    r"(?<!\{)\{\s*[\w.-]+\s*,\s*(?:plural|selectordinal|select|number|date|time|spellout|ordinal)\s*[,}]"
)
JAVA = re.compile(r"\{\s*\d+\s*[,}]")


class NotOne(Exception):  # noqa: N818 (said of a text)
    """A text whose braces do not match; `place` is where this shows."""

    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


def parsed(text: str, *, java: bool, quotes: bool = True) -> tuple[Parts, tuple[Flaw, ...]]:
    """The parts of a text, and the apostrophes that it loses. Raises `NotOne`.

    Without `quotes`, every apostrophe is an ordinary one.
    """
    parser = _Parser(text, java, quotes)
    parts = parser.parts(0, None)
    if parser.place < len(text):
        raise NotOne(parser.place)
    return parts, tuple(parser.flaws)


class _Parser:
    def __init__(self, text: str, java: bool, quotes: bool) -> None:
        self._text = text
        self._java = java
        self._special = _SPECIAL if quotes else _UNQUOTED
        self.place = 0
        self.flaws: list[Flaw] = []

    def parts(self, depth: int, counted: str | None, stops: str = "}") -> Parts:
        """The parts from here to a surplus closing brace, or to the end."""
        if depth > _DEEPEST:
            raise NotOne(self.place)
        text = self._text
        found: list[Literal | Field | Choice] = []
        begin = self.place
        while (special := self._special.search(text, self.place)) is not None:
            place, sign = special.start(), special[0]
            if sign in stops:
                self._literal(found, begin, place)
                self.place = place
                return tuple(found)
            self.place = place + 1
            if sign == "'":
                self._literal(found, begin, place)
                self._apostrophe(found, place, counted)
            elif sign == "{":
                self._literal(found, begin, place)
                found.append(self._argument(place, depth, counted))
            elif sign == "#" and counted is not None and not self._java:
                self._literal(found, begin, place)
                found.append(Field(counted, place, place + 1, "#"))
            else:
                if sign == "}" and depth == 0:
                    raise NotOne(place)
                continue
            begin = self.place
        if stops != "}" or depth:
            raise NotOne(len(text))
        self._literal(found, begin, len(text))
        self.place = len(text)
        return tuple(found)

    def _literal(self, found: list[Literal | Field | Choice], start: int, end: int) -> None:
        if end > start:
            found.append(Literal(self._text[start:end], start, end))

    def _apostrophe(self, found: list[Literal | Field | Choice], place: int, counted: str | None) -> None:
        text = self._text
        if text.startswith("'", place + 1):
            found.append(Literal("'", place, place + 2))
            self.place = place + 2
            return
        opens = "{}#" if counted is not None else "{}"
        if not self._java and not text.startswith(tuple(opens), place + 1):
            found.append(Literal("'", place, place + 1))
            return
        # From here to the next apostrophe everything is text; the apostrophes are not sent.
        begin = place + 1
        while True:
            closing = text.find("'", begin)
            self._literal(found, begin, len(text) if closing < 0 else closing)
            if closing < 0:
                self.place = len(text)
                break
            if not text.startswith("'", closing + 1):
                self.place = closing + 1
                break
            found.append(Literal("'", closing, closing + 2))
            begin = closing + 2
        quoted = text[place + 1 : self.place]
        # A quoted brace is intended; an apostrophe of a word makes whole arguments text.
        is_of_a_word = text[place - 1 : place].isalpha() and _WHOLE.search(quoted) is not None
        if closing < 0 or is_of_a_word or not re.search(r"[{}#|]", quoted):
            self.flaws.append(Flaw("lone-apostrophe", place, place + 1))

    def _argument(self, start: int, depth: int, counted: str | None) -> Field | Choice:
        text = self._text
        argument = _ARGUMENT.match(text, start)
        if argument is None:
            raise NotOne(start)
        name, closed, kind = argument.groups()
        self.place = argument.end()
        if not closed:
            if kind in _CHOOSING and text.startswith(",", self.place):
                self.place += 1
                return self._choice(name, kind, depth)
            if kind == "choice" and text.startswith(",", self.place):
                self.place += 1
                return self._ranges(name, depth)
            self._style()
        return Field(name, start, self.place, text[start : self.place])

    def _style(self) -> None:
        """The rest of an argument, with matching braces: `, number, #.##}`."""
        depth = 1
        while depth:
            found = re.compile(r"[{}]").search(self._text, self.place)
            if found is None:
                raise NotOne(len(self._text))
            depth += 1 if found[0] == "{" else -1
            self.place = found.end()

    def _choice(self, name: str, kind: str, depth: int) -> Choice:
        if offset := _OFFSET.match(self._text, self.place):
            self.place = offset.end()
        branches: list[tuple[str, Parts]] = []
        counted = None if kind == "select" else name
        while True:
            branch = _BRANCH.match(self._text, self.place)
            if branch is None:
                raise NotOne(self.place)
            self.place = branch.end()
            if branch[2]:
                break
            parts = self.parts(depth + 1, counted)
            self.place += 1
            sign = "" if branch[1].startswith("=") else "="
            branches.append((f"{name}{sign}{branch[1]}", parts))
        if not branches:
            raise NotOne(self.place)
        return Choice(tuple(branches))

    def _ranges(self, name: str, depth: int) -> Choice:
        """Java's choice: `{0,choice,0#none|1#one|1<{0} more}`."""
        branches: list[tuple[str, Parts]] = []
        while True:
            limit = _OF_CHOICE.match(self._text, self.place)
            if limit is None:
                raise NotOne(self.place)
            self.place = limit.end()
            branches.append((f"{name}={limit[0]}", self.parts(depth + 1, None, "|}")))
            self.place += 1
            if self._text[self.place - 1] == "}":
                return Choice(tuple(branches))
