"""The pieces of a template: what is sent unchanged, and what each row fills."""

from __future__ import annotations

import re
from collections.abc import Mapping

from septet.errors import OptionError
from septet.wording.quoting import printable

# Signs of an attribute, an item, a conversion or a format in Python's own templates.
_NOT_A_NAME = re.compile(r"[.\[\]!:]")


class Literal(str):
    """A piece of a template that is sent unchanged."""

    __slots__ = ()


class Field(str):
    """A piece of a template that each row fills: the name of its column."""

    __slots__ = ()


#: A template in its order, no two literals side by side.
Pieces = tuple[Literal | Field, ...]


def fields_of(pieces: Pieces) -> tuple[str, ...]:
    """The columns that a template needs, in the order of their first use."""
    return tuple(dict.fromkeys(str(piece) for piece in pieces if isinstance(piece, Field)))


def pieces_of(source: str, merge_fields: Mapping[str, str]) -> Pieces:
    """The pieces of a template.

    `merge_fields` maps the vendor's texts to columns. Raises ValueError, with the place, for braces
    that do not pair and for anything but a plain name between them.
    """
    # Longer ones come first, and all of them before our own syntax: `{{name}}` is then no doubled brace.
    tags = "".join(f"{re.escape(text)}|" for text in sorted(merge_fields, key=len, reverse=True))
    mark = re.compile(tags + r"\{\{|\}\}|\{(?P<name>[^{}]*)\}|(?P<brace>[{}])")
    pieces: list[Literal | Field] = []
    literal, place = "", 0
    for found in mark.finditer(source):
        literal += source[place : found.start()]
        place = found.end()
        if found["brace"]:
            expected = f"{found['brace'] * 2} for the brace itself, or {{name}} for a column"
            raise OptionError(
                f"template: character {found.start() + 1}: a {found['brace']} without its pair: "
                f"write {expected}",
                "template",
                expected,
            )
        name = merge_fields.get(found.group()) if found["name"] is None else found["name"]
        if name is None:
            literal += found.group()[0]  # a doubled brace
            continue
        if found["name"] is not None:
            _check_name(name, found.start() + 1)
        if literal:
            pieces.append(Literal(literal))
            literal = ""
        pieces.append(Field(name))
    literal += source[place:]
    return (*pieces, Literal(literal)) if literal else tuple(pieces)


def _check_name(name: str, place: int) -> None:
    shown = printable(name)
    if not name.strip():
        expected = "the name of a column between the braces"
        raise OptionError(
            f"template: character {place}: expected {expected}, found "
            f"{'nothing' if not name else 'white space'}; write {{{{ and }}}} for braces",
            "template",
            expected,
        )
    if _NOT_A_NAME.search(name):
        expected = "the plain name of a column, without . [ ] ! or :"
        raise OptionError(
            f"template: character {place}: expected {expected}, "
            f"found {{{shown}}}; a value is written as it is",
            "template",
            expected,
        )
