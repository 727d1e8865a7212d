"""Samples: an entry's text as it could be sent, and the places of its characters in the entry."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from .placeholders.messages import Field, Literal, Variant

#: It completes no word, link or mention, and is in every alphabet.
VALUE = "x"


class Piece(NamedTuple):
    """A part of a sample, from `at` on, and the part of the entry's text that it represents."""

    at: int
    start: int
    end: int
    #: Whether both are the same, character by character.
    is_plain: bool


class Sample:
    """One message of an entry with a value in each placeholder."""

    def __init__(self, variant: Variant) -> None:
        self._variant = variant
        self._pieces: list[Piece] = []
        self._starts: list[int] = []
        #: What is planned.
        self.text = "".join([VALUE if isinstance(piece, Field) else piece.text for piece in variant.pieces])

    def is_literal(self, place: int) -> bool:
        """Whether a character of the sample is in the entry."""
        return self._piece(place).is_plain

    def place(self, place: int) -> int:
        """The place in the entry's text of a character of the sample, or of what it represents."""
        if not self._variant.pieces:
            return 0
        piece = self._piece(place)
        return piece.start + place - piece.at if piece.is_plain else piece.start

    def end(self, place: int) -> int:
        """The end in the entry's text of what ends before a place of the sample."""
        if not self._variant.pieces or place <= 0:
            return 0
        piece = self._piece(place - 1)
        return piece.start + place - piece.at if piece.is_plain else piece.end

    def _piece(self, place: int) -> Piece:
        if not self._pieces:  # most texts are never looked up
            at = 0
            for piece in self._variant.pieces:
                length = len(VALUE if isinstance(piece, Field) else piece.text)
                is_plain = isinstance(piece, Literal) and piece.end - piece.start == length
                self._pieces.append(Piece(at, piece.start, piece.end, is_plain))
                self._starts.append(at)
                at += length
        return self._pieces[max(0, bisect_right(self._starts, place) - 1)]
