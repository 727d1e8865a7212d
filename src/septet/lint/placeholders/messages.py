"""Messages: the results of a text with placeholders, one for each branch.

Each is a sequence of literals and fields. A literal knows its place in the text of its entry, so that a
finding in a branch gets the place of its character.
"""

from __future__ import annotations

from typing import NamedTuple


class Literal(NamedTuple):
    """Characters that are sent unchanged.

    They are in the entry's text from `start` to before `end`. Where that is not as long as `text`, their
    spelling differs there (`''` for an apostrophe, a term for its text).
    """

    text: str
    start: int
    end: int


class Field(NamedTuple):
    """A placeholder: the application fills it."""

    #: Its name: "name", "0", or the expression where it is more than a name.
    name: str
    start: int
    end: int
    #: Its spelling, with braces or signs.
    written: str
    #: Whether it is an expression and not a name: its value is unknown.
    is_expression: bool = False
    #: The text where the value is missing: ``((name??fallback))``. None where none is given.
    fallback: str | None = None


class Variant(NamedTuple):
    """One message of the text."""

    #: The branches that it takes, such as `count=one`; "" where there are none.
    label: str
    pieces: tuple[Literal | Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its placeholders in their order."""
        return tuple([piece for piece in self.pieces if isinstance(piece, Field)])

    @property
    def literal(self) -> str:
        """The text that is sent with any values."""
        return "".join(piece.text for piece in self.pieces if isinstance(piece, Literal))


class Flaw(NamedTuple):
    """An effect of a placeholder's own language on a text that its author most likely did not intend."""

    #: "lone-apostrophe": it is not sent, and braces after it are text. "unclosed": a brace without its
    #: pair. "single-expression": the whole text is one expression, whose messages are in its string
    #: literals.
    rule: str
    start: int
    end: int


class Message(NamedTuple):
    """All messages of a text with placeholders."""

    variants: tuple[Variant, ...]
    flaws: tuple[Flaw, ...] = ()
    #: Whether `variants` are all messages; where branches multiply, each branch is at least in one.
    is_complete: bool = True

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every placeholder, by its place, each once."""
        if len(self.variants) == 1:
            return self.variants[0].fields
        found = {field.start: field for variant in self.variants for field in variant.fields}
        return tuple(found[start] for start in sorted(found))
