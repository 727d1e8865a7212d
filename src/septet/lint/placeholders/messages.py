"""Messages: what a text with placeholders becomes, one for each branch that it takes.

Each is a sequence of literals and fields. A literal knows where it stands in the text of its entry, so that
a finding in a branch is placed at its character.
"""

from __future__ import annotations

from typing import NamedTuple


class Literal(NamedTuple):
    """Characters that are sent as they stand.

    They stand in the entry's text from `start` to before `end`; where that is not as long as `text`, they are
    written otherwise there (`''` for an apostrophe, a term for its text).
    """

    text: str
    start: int
    end: int


class Field(NamedTuple):
    """A placeholder: what the application fills."""

    #: As it is called: "name", "0", or the expression where it is more than a name.
    name: str
    start: int
    end: int
    #: As it is written, braces or signs included.
    written: str
    #: Whether it is an expression rather than a name: what comes of it is unknown.
    is_expression: bool = False
    #: What stands there where the value is missing: ``((name??fallback))``. None where nothing is said.
    fallback: str | None = None


class Variant(NamedTuple):
    """One message that the text makes."""

    #: Which branches it takes, as `count=one`; "" where there are none.
    label: str
    pieces: tuple[Literal | Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its placeholders in their order."""
        return tuple([piece for piece in self.pieces if isinstance(piece, Field)])

    @property
    def literal(self) -> str:
        """What is sent whatever the values are."""
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Literal))


class Flaw(NamedTuple):
    """Something that a placeholder's own language makes of a text, most likely against its author's will."""

    #: "lone-apostrophe": it is not sent, and braces behind it are text. "unclosed": a brace without its pair.
    #: "single-expression": the whole text is one expression, whose messages stand in string literals of it.
    rule: str
    start: int
    end: int


class Message(NamedTuple):
    """All that a text with placeholders makes."""

    variants: tuple[Variant, ...]
    flaws: tuple[Flaw, ...] = ()
    #: Whether `variants` are all that there are; where branches multiply, each is at least in one.
    is_complete: bool = True

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every placeholder, by its place, each once."""
        if len(self.variants) == 1:
            return self.variants[0].fields
        found = {field.start: field for variant in self.variants for field in variant.fields}
        return tuple(found[start] for start in sorted(found))
