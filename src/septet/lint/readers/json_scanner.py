"""JSON as a tree whose strings know their places."""

from __future__ import annotations

import json
import re

from septet.lint.places import Mapping, Spots

from .files import File, Unreadable, decoded

#: A member with a string, in one go; else a string, a sign, or a number or word.
_TOKEN = re.compile(
    r'"([^"\\]*(?:\\.[^"\\]*)*)"(?:[ \t\r\n]*(:)(?:[ \t\r\n]*"([^"\\]*(?:\\.[^"\\]*)*)")?)?'
    r"|([{}\[\]])|[^\s\"{}\[\],:]+"
)
#: The group that matched last.
_STRING, _NAME, _MEMBER, _SIGN = 1, 2, 3, 4
_ESCAPE = re.compile(
    r"\\(?:u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|(.))", re.DOTALL
)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


#: A string: the beginning and the end of the text between its quotation marks.
Text = tuple[int, int]


class Tree(list[tuple[str, "Node"]]):
    """The members of an object in their order."""

    __slots__ = ()
    is_array = False

    def get(self, name: str) -> Node:
        """The last member of that name."""
        return next((value for key, value in reversed(self) if key == name), None)


class Items(Tree):
    """The items of an array under their numbers."""

    __slots__ = ()
    is_array = True


#: A value; None for numbers and words, which are not messages.
Node = Text | Tree | None


def tree(file: File) -> Node:
    """The file's value. Raises `Unreadable` where it is not JSON."""
    text = file.text
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise Unreadable(f"not valid JSON: {error.msg[:1].lower()}{error.msg[1:]}", error.pos) from None
    except RecursionError:
        raise Unreadable("objects or arrays nested too deep to be messages") from None
    except ValueError:  # a number with more digits than Python takes
        raise Unreadable("a number that is too long to be read") from None
    # The library has parsed it, so that signs need no further check here.
    top: Tree = Items()
    stack, current, name = [top], top, ""
    for found in _TOKEN.finditer(text):
        kind = found.lastindex
        if kind in (_MEMBER, _NAME):
            name = found[1]
            if "\\" in name:
                name = json.loads(f'"{name}"', strict=False)
            if kind == _MEMBER:
                current.append((name, found.span(3)))
            continue
        value: Node = None
        if kind == _SIGN:
            sign = found[4]
            if sign in "}]":
                stack.pop()
                current = stack[-1]
                continue
            value = Items() if sign == "[" else Tree()
        elif kind == _STRING:
            value = found.span(1)
        current.append((str(len(current)) if current.is_array else name, value))
        if isinstance(value, Tree):
            stack.append(value)
            current = value
    return top[0][1] if top else None


def text_of(file: File, value: Text) -> str:
    """The text of a string, where its places do not matter."""
    found = file.text[slice(*value)]
    return str(json.loads(f'"{found}"')) if "\\" in found else found


def placed(file: File, value: Text) -> tuple[str, Spots | int]:
    """The text of a string, with the place of each character."""
    text, (start, end) = file.text, value
    if text.find("\\", start, end) < 0:
        return text[start:end], start
    mapping = Mapping()
    decoded(mapping, text, start, end, _ESCAPE, _decode)
    return mapping.text, mapping.spots(file.source)


def _decode(found: re.Match[str]) -> str:
    high, low, unit, letter = found.groups()
    if high:
        return chr(0x10000 + ((int(high, 16) & 0x3FF) << 10) + (int(low, 16) & 0x3FF))
    return chr(int(unit, 16)) if unit else _LETTERS.get(letter, letter)
