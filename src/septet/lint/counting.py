"""Counting: the billed segments of an entry, for all values of its placeholders."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from septet.planning.planner import Measure, Planner
from septet.templates.bounds import Bounds, bounds
from septet.templates.pieces import Field as TemplateField
from septet.templates.pieces import Literal as TemplateLiteral
from septet.templates.pieces import Pieces, fields_of

from .configs import Config
from .findings import Segments
from .placeholders.messages import Field, Literal, Message, Variant
from .quick_counts import QuickCounts
from .values import Values

#: The counts of this many texts are remembered: source texts and texts of many languages come again.
_KEPT = 4096


class Form(NamedTuple):
    """One message of an entry, as `bounds` takes it."""

    pieces: Pieces
    #: The branches that lead to it.
    label: str


Forms = tuple[Form, ...]


class Count(NamedTuple):
    """The segments of a message, and the reasons for them."""

    segments: Segments
    #: The message that takes the most, in literals and fields as for `bounds`.
    pieces: Pieces
    #: Its text that takes the most.
    longest: str
    #: The branches that lead to it.
    label: str
    #: The measure of that text, where known.
    measure: Measure | None = None


_Found = tuple[Segments, str, Measure | None]


class Counter:
    """Counts messages by a planner, with the values of the configuration."""

    def __init__(self, planner: Planner, config: Config) -> None:
        self.planner = planner
        self.config = config
        self._quick = QuickCounts(planner, self.values)
        self._known: dict[tuple[Pieces, tuple[type, ...]], _Found] = {}
        self._values: dict[str, tuple[Values, bool]] = {}

    def count(self, message: Message) -> Count:
        """The count over all messages of a text. Raises ValueError where its values are too long for
        bounds."""
        return self.count_of(self.forms(message))

    def forms(self, message: Message) -> Forms:
        """The messages of a text, as they are counted."""
        return tuple(map(self._form, message.variants)) or (Form((), ""),)

    def count_of(self, forms: Forms) -> Count:
        """The count over several messages. Raises ValueError as `count` does."""
        if len(forms) == 1:
            ((pieces, label),) = forms
            segments, longest, measure = self._of(pieces)
            return Count(segments, pieces, longest, label, measure)
        counts = [(self._of(form.pieces), form) for form in forms]
        (_, longest, measure), (pieces, label) = max(counts, key=lambda one: one[0][0].most)
        fewest = min(segments.fewest for (segments, *_), _ in counts)
        most = max(segments.most for (segments, *_), _ in counts)
        return Count(Segments(fewest, most), pieces, longest, label, measure)

    def bounds(self, pieces: Pieces) -> Bounds:
        """The bounds of a message. Raises ValueError where its values are too long for bounds."""
        values = {field: self.values(field) for field in fields_of(pieces)}
        return bounds(
            pieces,
            self.planner,
            {field: (one.least, one.most) for field, one in values.items()},
            {field: one.characters for field, one in values.items()},
        )

    def values(self, name: str) -> Values:
        """The values that a placeholder is counted with."""
        return self._looked_up(name)[0]

    @property
    def weights_decide(self) -> bool:
        """Whether the weights of plain characters decide their text's count, in any order."""
        return self._quick.answers

    def most_units(self, field: Field) -> int | None:
        """The most GSM-7 units that the values of a placeholder take; None where that depends."""
        return self._quick.most_units(self._named(field))

    def unbounded(self, fields: Iterable[Field]) -> tuple[str, ...]:
        """The placeholders that no line of the configuration covers, by their names.

        With the spelling, where the name is not an identifier.
        """
        found: dict[str, str] = {}
        for field in fields:
            found.setdefault(field.name, field.written)
        return tuple(
            name if name.isidentifier() or name == written else f"{name} ({written})"
            for name, written in found.items()
            if not (self._looked_up(name)[1] or self._looked_up(written)[1])
        )

    def _looked_up(self, name: str) -> tuple[Values, bool]:
        found = self._values.get(name)
        if found is None:
            if len(self._values) >= _KEPT:
                self._values.clear()
            found = self._values[name] = self.config.values(name)
        return found

    def _of(self, pieces: Pieces) -> _Found:
        # A field and a literal of the same letters are equal.
        key = pieces, tuple(map(type, pieces))
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _KEPT:
                self._known.clear()
            found = self._known[key] = self._count(pieces)
        return found

    def _count(self, pieces: Pieces) -> _Found:
        quick = self._quick.count(pieces)
        if quick is not None:
            return quick
        if not fields_of(pieces):
            text = "".join(pieces)
            segments = self.planner.count(text)
            return Segments(segments, segments), text, None
        found = self.bounds(pieces)
        return Segments(found.fewest, found.most), found.most_text, None

    def _named(self, field: Field) -> str:
        """The name of a placeholder, or its spelling where the configuration has that."""
        name, written = field.name, field.written
        return written if not self._looked_up(name)[1] and self._looked_up(written)[1] else name

    def _form(self, variant: Variant) -> Form:
        """A message for `bounds`, with no two literals side by side."""
        pieces: list[TemplateLiteral | TemplateField] = []
        texts: list[str] = []
        for piece in variant.pieces:
            if isinstance(piece, Literal):
                texts.append(piece.text)
                continue
            if texts:
                _add(pieces, texts)
            pieces.append(TemplateField(self._named(piece)))
        if texts:
            _add(pieces, texts)
        return Form(tuple(pieces), variant.label)


def rewritten_forms(forms: Forms, write: Callable[[str], str]) -> Forms:
    """The same messages with their literals rewritten."""
    return tuple(
        Form(
            tuple(
                [
                    TemplateLiteral(write(piece)) if isinstance(piece, TemplateLiteral) else piece
                    for piece in pieces
                ]
            ),
            label,
        )
        for pieces, label in forms
    )


def _add(pieces: list[TemplateLiteral | TemplateField], texts: list[str]) -> None:
    text = texts[0] if len(texts) == 1 else "".join(texts)
    if text:
        pieces.append(TemplateLiteral(text))
    texts.clear()
