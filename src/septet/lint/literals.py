"""Literals: the parts of an entry's text that are sent unchanged, and what is in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from .placeholders.messages import Literal, Message, Variant
from .signs import Edit


def literals_of(text: str, message: Message) -> list[Literal]:
    """The parts of the entry's text that are sent unchanged, each once, in the order of their places."""
    if len(message.variants) == 1:
        return list(_as_they_stand(text, message.variants[0]))
    found = {piece.start: piece for variant in message.variants for piece in _as_they_stand(text, variant)}
    parts: list[Literal] = []
    for start in sorted(found):
        if not parts or start >= parts[-1].end:
            parts.append(found[start])
    return parts


def _as_they_stand(text: str, variant: Variant) -> Iterator[Literal]:
    """The literals of a message that are parts of a text, and have the same spelling there."""
    for piece in variant.pieces:
        # A term may have the same length as its name.
        if (
            isinstance(piece, Literal)
            and piece.end - piece.start == len(piece.text)
            and text.startswith(piece.text, piece.start)
        ):
            yield piece


def places_within(literals: Sequence[Literal], places: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """The places in parts of a text that are sent unchanged."""
    if len(literals) == 1:
        start, end = literals[0].start, literals[0].end
        return [one for one in places if start <= one[0] < end]
    found: list[tuple[int, str]] = []
    number = 0
    for one in places:
        while number < len(literals) and literals[number].end <= one[0]:
            number += 1
        if number == len(literals):
            break
        if literals[number].start <= one[0]:
            found.append(one)
    return found


def edits_within(literals: Sequence[Literal], edits: Iterable[Edit]) -> list[Edit]:
    """The edits that are wholly in such parts."""
    found: list[Edit] = []
    number = 0
    for edit in edits:
        while number < len(literals) and literals[number].end <= edit.start:
            number += 1
        if number == len(literals):
            break
        if literals[number].start <= edit.start and edit.end <= literals[number].end:
            found.append(edit)
    return found
