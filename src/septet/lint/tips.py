"""Tips: which value of a placeholder makes a message take its most segments."""

from __future__ import annotations

from collections.abc import Mapping

from septet.planning.planner import Planner
from septet.templates.bounds import Bounds
from septet.templates.pieces import Field, Pieces, fields_of
from septet.wording.messages import Words, counted, said
from septet.wording.quoting import printable

from .counting import Count
from .values import Values

_NAME = 40


def tip_of(count: Count, found: Bounds, planner: Planner, values: Mapping[str, Values]) -> Words | None:
    """The value that adds a segment, in words; None where no value does."""
    if count.segments.fewest == count.segments.most:
        return None
    most = count.segments.most
    if found.gsm7 is not None and found.ucs2 is not None and found.ucs2.most > found.gsm7.most:
        characters = found.tips[0].characters[:3] if found.tips else ""
        return said(
            'if a value has a character that GSM-7 lacks, such as "%(characters)s"',
            characters=characters,
        )
    fields = fields_of(count.pieces)
    longest = {field: _light(values[field]) * values[field].most for field in fields}
    if planner.count(filled(count.pieces, longest)) < most:
        return said('if values have characters of two septets, such as "€" or "["')
    for field in sorted(fields, key=lambda field: values[field].least - values[field].most):
        tipping = _tipping(count.pieces, planner, longest, field, values[field], most)
        if tipping is None:
            continue
        name = printable(field, _NAME)
        if len(fields) == 1:
            return counted(
                "if %(field)s has %(number)s character or more",
                "if %(field)s has %(number)s characters or more",
                tipping,
                field=name,
            )
        return counted(
            "if %(field)s has %(number)s character or more, and the other values are at their longest",
            "if %(field)s has %(number)s characters or more, and the other values are at their longest",
            tipping,
            field=name,
        )
    return said("if the values are at their longest")


def filled(pieces: Pieces, values: Mapping[str, str]) -> str:
    """The text with these values in its fields."""
    return "".join(values[piece] if isinstance(piece, Field) else piece for piece in pieces)


def _tipping(
    pieces: Pieces, planner: Planner, longest: Mapping[str, str], field: str, values: Values, most: int
) -> int | None:
    """The fewest characters of a field with which the message takes the most segments; None where any number
    does."""
    few, many = values.least - 1, values.most
    while many - few > 1:
        tried = (few + many) // 2
        text = filled(pieces, {**longest, field: _light(values) * tried})
        few, many = (few, tried) if planner.count(text) >= most else (tried, many)
    return many if many > values.least else None


def _light(values: Values) -> str:
    return "0" if values.characters == "digits" else "a"
