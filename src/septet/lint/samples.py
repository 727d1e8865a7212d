"""Samples: an entry's text as it could be sent, and where its characters stand in the entry."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from .placeholders.messages import Field, Literal, Variant

# It completes no word, link or mention, and is in every alphabet.
_VALUE = "x"


class Piece(NamedTuple):
    """A part of a sample, from `at` on; what it stands for in the entry's text."""

    at: int
    start: int
    end: int
    #: Whether character by character is the same in both.
    is_plain: bool


class Sample:
    """One message of an entry with a value in each placeholder."""

    def __init__(self, variant: Variant) -> None:
        parts: list[str] = []
        pieces: list[Piece] = []
        at = 0
        for piece in variant.pieces:
            text = _VALUE if isinstance(piece, Field) else piece.text
            is_plain = isinstance(piece, Literal) and piece.end - piece.start == len(text)
            pieces.append(Piece(at, piece.start, piece.end, is_plain))
            parts.append(text)
            at += len(text)
        #: What is planned.
        self.text = "".join(parts)
        self._pieces = pieces
        self._starts = [piece.at for piece in pieces]

    def is_literal(self, place: int) -> bool:
        """Whether a character of the sample stands in the entry."""
        return self._piece(place).is_plain

    def place(self, place: int) -> int:
        """Where a character of the sample stands in the entry's text, or what stands for it there."""
        if not self._pieces:
            return 0
        piece = self._piece(place)
        return piece.start + place - piece.at if piece.is_plain else piece.start

    def end(self, place: int) -> int:
        """Where what ends before a place of the sample ends in the entry's text."""
        if not self._pieces or place <= 0:
            return 0
        piece = self._piece(place - 1)
        return piece.start + place - piece.at if piece.is_plain else piece.end

    def _piece(self, place: int) -> Piece:
        return self._pieces[max(0, bisect_right(self._starts, place) - 1)]
