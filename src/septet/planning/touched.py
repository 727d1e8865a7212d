"""Touched characters: the places of those that a coding may show otherwise than they are written."""

from __future__ import annotations

from itertools import compress

from septet import _kernel

from .shown_characters import Shown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

# Codes for the kernel, which finds them faster than a look at each character.
_KEPT, _TOUCHED = 1, 2
_MASK = bytes(code == _TOUCHED for code in range(256))
# Where fewer than one character in so many is touched, it is quicker to find only those.
_MANY = 5


class Touched:
    """Finds the characters that may be shown otherwise than written, from their replacements.

    With `unifies`, a CR may be part of a line break.
    """

    __slots__ = ("_weights",)

    def __init__(self, shown: Mapping[int, str], unifies: bool) -> None:
        codes = {ordinal: _KEPT if target == chr(ordinal) else _TOUCHED for ordinal, target in shown.items()}
        codes |= {ord("\r"): _TOUCHED} if unifies else {}
        unlisted = _TOUCHED if isinstance(shown, Shown) else _KEPT
        self._weights = _kernel.Weights(codes, unlisted, unlisted)

    def places(self, text: str) -> list[int]:
        """The place of each."""
        codes = self._weights.codes(text)
        return [*compress(range(len(codes)), codes.translate(_MASK))] if _are_many(codes) else _few(codes)

    def few_places(self, text: str) -> list[int] | None:
        """The same; None where so many are touched that it is quicker to look at all characters."""
        codes = self._weights.codes(text)
        return None if _are_many(codes) else _few(codes)


def _are_many(codes: bytes) -> bool:
    return _MANY * codes.count(_TOUCHED) > len(codes)


def _few(codes: bytes) -> list[int]:
    found, place = [], codes.find(_TOUCHED)
    while place != -1:
        found.append(place)
        place = codes.find(_TOUCHED, place + 1)
    return found
