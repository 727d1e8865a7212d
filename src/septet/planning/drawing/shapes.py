"""Shapes: which characters are seen by themselves, which are drawn with the one before, which are not seen.

Characters without a shape of their own (control characters, direction overrides, zero-width characters,
lone surrogates) would act on a screen or hide in it: each is shown by its code point, in a box.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import lru_cache

from septet import _kernel

from .kept import Kept
from .kinds import SHAPELESS, is_flag_half, is_skin_tone, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: More combining marks than this on one character are boxed: they would climb over the lines above.
MOST_MARKS = 8


class Shape(Enum):
    """How a character is seen; each has a letter."""

    LETTER = "L"
    #: By itself, and a skin tone colours it.
    EMOJI = "E"
    LINE_BREAK = "B"
    #: On the letter before it.
    JOINING = "J"
    #: As half of a flag.
    FLAG_HALF = "F"
    #: On the emoji before it.
    SKIN_TONE = "S"
    #: Not at all.
    NONE = "N"


def shape_of(character: str) -> Shape:
    """How a character is seen in its usual position."""
    return _SHAPES[letter_of(character)]


def letter_of(character: str) -> str:
    """The letter of that shape."""
    return _letters[character]


def _shape(character: str) -> Shape:
    if character == "\n":
        return Shape.LINE_BREAK
    if is_flag_half(character):
        return Shape.FLAG_HALF
    if is_skin_tone(character):
        return Shape.SKIN_TONE
    if character in SHAPELESS:
        return Shape.NONE
    if not character.isprintable():
        return Shape.LETTER if unicodedata.category(character) == "Zs" else Shape.NONE
    if unicodedata.category(character)[0] == "M" or "\u1161" <= character <= "\u11ff":
        return Shape.JOINING
    return Shape.EMOJI if kind_of(character) == "emoji" else Shape.LETTER


LETTER = Shape.LETTER.value
_SHAPES = {shape.value: shape for shape in Shape}
_letters = Kept(lambda character: _shape(character).value)

# These may be drawn on what is before them.
_BEHIND = frozenset(shape.value for shape in (Shape.JOINING, Shape.FLAG_HALF, Shape.SKIN_TONE))
# All others are seen by themselves, whatever is beside them.
_ODD = _BEHIND | {Shape.NONE.value}


def are_by_themselves(letters: Iterable[str]) -> bool:
    """Whether characters with these letters are seen by themselves, whatever is beside them."""
    return _ODD.isdisjoint(letters)


@lru_cache(maxsize=8)
def _groups(kernel: type[_kernel.Groups]) -> _kernel.Groups:
    """Finds a flag, a coloured emoji or another visible character, with marks on it; or what is in a box."""
    return kernel("LEFS", ("FF", "ES"), "J", "NJ", MOST_MARKS)


def groups() -> _kernel.Groups:
    """Finds, by the letters of shapes, what is drawn as one though it has several characters, or in a box.

    What is drawn as one is split where a segment starts within it: what follows there has no letter.
    """
    return _groups(_kernel.Groups)
