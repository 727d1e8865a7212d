"""Counting: the billed segments of an entry, whatever stands in its placeholders."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from septet.planning.planner import Planner
from septet.templates.bounds import Bounds, bounds
from septet.templates.pieces import Field as TemplateField
from septet.templates.pieces import Literal as TemplateLiteral
from septet.templates.pieces import Pieces, fields_of

from .configs import Config
from .findings import Segments
from .placeholders.messages import Field, Literal, Message, Variant
from .quick_counts import QuickCounts
from .values import Values

# Of a text with more places that have a text of their own, only all or none of these are tried.
_MOST_FALLBACKS = 4


class Count(NamedTuple):
    """What a message takes, and how it comes to that."""

    segments: Segments
    #: The message that takes the most, in literals and fields, as `bounds` has them.
    pieces: Pieces
    #: The text of it that takes the most.
    longest: str
    #: The branches that lead to it.
    label: str


class Counter:
    """What a planner counts of messages, with values as the configuration has them."""

    def __init__(self, planner: Planner, config: Config) -> None:
        self.planner = planner
        self.config = config
        self._quick = QuickCounts(planner)
        self._of = lru_cache(maxsize=4096)(self._count)

    def count(self, message: Message) -> Count:
        """The count over all that a text makes. Raises ValueError where its values are too long to tell."""
        counts = [
            (self._of(pieces), variant.label)
            for variant in message.variants
            for pieces in self._pieces_of(variant)
        ] or [(self._of(()), "")]
        if len(counts) == 1:
            (pieces, segments, longest), label = counts[0]
            return Count(segments, pieces, longest, label)
        (pieces, _, longest), label = max(counts, key=lambda one: one[0][1].most)
        fewest = min(count[1].fewest for count, _ in counts)
        most = max(count[1].most for count, _ in counts)
        return Count(Segments(fewest, most), pieces, longest, label)

    def bounds(self, pieces: Pieces) -> Bounds:
        """The bounds of a message. Raises ValueError where its values are too long to tell."""
        values = {field: self.values(field) for field in fields_of(pieces)}
        return bounds(
            pieces,
            self.planner,
            {field: (one.least, one.most) for field, one in values.items()},
            {field: one.characters for field, one in values.items()},
        )

    def values(self, name: str) -> Values:
        """The values that a placeholder is counted with."""
        return self.config.values(name)[0]

    def unbounded(self, message: Message) -> tuple[str, ...]:
        """The placeholders that no line of the configuration covers, by their names.

        As it is written too where the name says little.
        """
        found: dict[str, str] = {}
        for field in message.fields:
            found.setdefault(field.name, field.written)
        return tuple(
            name if name.isidentifier() else f"{name} ({written})"
            for name, written in found.items()
            if not (self.config.values(name)[1] or self.config.values(written)[1])
        )

    def _count(self, pieces: Pieces) -> tuple[Pieces, Segments, str]:
        fields = fields_of(pieces)
        if not fields:
            text = "".join(pieces)
            segments = self.planner.count(text)
            return pieces, Segments(segments, segments), text
        quick = self._quick.count(pieces, {field: self.values(field) for field in fields})
        if quick is not None:
            return pieces, *quick
        found = self.bounds(pieces)
        return pieces, Segments(found.fewest, found.most), found.most_text

    def _pieces_of(self, variant: Variant) -> Iterator[Pieces]:
        """A message as `bounds` takes it; several where a text of the entry's own may stand for a value."""
        places = [place for place, piece in enumerate(variant.pieces) if _own_text(piece) is not None]
        if not places and len(variant.pieces) == 1 and isinstance(variant.pieces[0], Literal):
            yield (TemplateLiteral(variant.pieces[0].text),)
            return
        choices: Iterator[tuple[bool, ...]]
        if len(places) <= _MOST_FALLBACKS:
            choices = product((False, True), repeat=len(places))
        else:
            choices = iter([(False,) * len(places), (True,) * len(places)])
        for choice in choices:
            taken = {place for place, is_taken in zip(places, choice, strict=True) if is_taken}
            joined: list[TemplateLiteral | TemplateField] = []
            for place, piece in enumerate(variant.pieces):
                if isinstance(piece, Field) and place not in taken:
                    joined.append(TemplateField(self._name_of(piece)))
                    continue
                text = _own_text(piece) if isinstance(piece, Field) else piece.text
                if joined and isinstance(joined[-1], TemplateLiteral):
                    joined[-1] = TemplateLiteral(joined[-1] + (text or ""))
                elif text:
                    joined.append(TemplateLiteral(text))
            yield tuple(joined)

    def _name_of(self, field: Field) -> str:
        """What a placeholder is called in `bounds`: its name, or as it is written where that is there."""
        is_written = not self.config.values(field.name)[1] and self.config.values(field.written)[1]
        return field.written if is_written else field.name


def _own_text(piece: object) -> str | None:
    return piece.fallback if isinstance(piece, Field) else None
