"""Filling: a template with as few, or as many, characters in its fields as possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from .pieces import Field

if TYPE_CHECKING:
    from .lengths import Lengths
    from .pieces import Pieces

    #: A character for each field; an empty one if the field may have none.
    Characters = Mapping[str, str]


class Filling:
    """A template whose fields have a least and a highest number of characters."""

    def __init__(self, pieces: Pieces, lengths: Lengths, classes: Mapping[str, str] | None = None) -> None:
        self.pieces = pieces
        self.lengths = lengths
        #: The fields whose characters never join those beside them.
        self.plain = frozenset(field for field in lengths if field in (classes or {}))
        #: Those of them that have no blank either.
        self.blankless = frozenset(field for field in self.plain if (classes or {})[field] == "digits")
        self.classes = classes
        #: The literal parts, which are always there.
        self.fixed = self.with_values(dict.fromkeys(lengths, ""))
        #: The fields that may have a character.
        self.open = tuple(field for field, (_, most) in lengths.items() if most)
        #: Whether any field may have one.
        self.room = bool(self.open)

    def emptied(self) -> Filling:
        """The same, with only required characters in fields that may have blanks."""
        lengths = {
            field: (least if field in self.blankless else 0, most)
            for field, (least, most) in self.lengths.items()
        }
        return Filling(self.pieces, lengths, self.classes)

    def times(self, field: str) -> int:
        """How often a field occurs in the text."""
        return sum(piece == field for piece in self.pieces if isinstance(piece, Field))

    def with_values(self, values: Mapping[str, str]) -> str:
        """The text with these values in its fields."""
        return "".join(values[piece] if isinstance(piece, Field) else piece for piece in self.pieces)

    def shortest(self, light: Characters, needed: Characters | None = None) -> Iterator[str]:
        """Texts with as few characters as possible, all light except one that is needed, if any.

        Both give a character for each field. One of the texts takes the fewest segments of all that hold
        what is needed, if a light character has one unit or none.
        """
        values = {field: light[field] * least for field, (least, _) in self.lengths.items()}
        if needed is None:
            yield self.with_values(values)
            return
        for field, one in needed.items():
            least, most = self.lengths[field]
            # A character of two units that may not be cut: a segment ends at one of two neighbouring places
            # at most, once for each time that the field occurs in the text.
            places = min(max(1, least), 1 + self.times(field))
            for place in range(places if most else 0):
                value = values[field][:place] + one + values[field][place + 1 :]
                yield self.with_values({**values, field: value})

    def longest(self, heavy: Characters, needed: Characters | None = None) -> Iterator[str]:
        """Texts with as many characters as possible, all heavy except one that is needed, if any."""
        values = {field: heavy[field] * most for field, (_, most) in self.lengths.items()}
        if needed is None:
            yield self.with_values(values)
            return
        for field, one in needed.items():
            if self.lengths[field][1]:
                yield self.with_values({**values, field: one + values[field][1:]})
                yield self.with_values({**values, field: values[field][1:] + one})
