"""Shapes: which characters are seen by themselves, which are drawn with the one before, which are not seen.

What has no shape of its own, control characters, direction overrides, zero-width characters, lone
surrogates, would act on a screen or hide in it: it is shown by its code point, in a box.
"""

from __future__ import annotations

import unicodedata
from enum import Enum
from functools import lru_cache

from .kinds import SHAPELESS, is_flag_half, is_skin_tone, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: More combining marks than this on one character are boxed: they would climb over the lines above.
MOST_MARKS = 8


class Shape(Enum):
    """How a character is seen."""

    LETTER = "by itself"
    LINE_BREAK = "as a line break"
    JOINING = "on the letter before it"
    FLAG_HALF = "as half of a flag"
    SKIN_TONE = "on the emoji before it"
    NONE = "not at all"


@lru_cache(maxsize=4096)
def shape_of(character: str) -> Shape:
    """How a character is seen where it stands as it should."""
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
    return Shape.LETTER


@lru_cache(maxsize=4096)
def is_odd(character: str) -> bool:
    """Whether a character, a line break aside, is not simply seen by itself."""
    return shape_of(character) not in (Shape.LETTER, Shape.LINE_BREAK)


def clusters(text: str, places: Iterable[int]) -> Iterator[tuple[int, int, bool]]:
    """What is drawn as one though it has several characters, or in a box; whether it is boxed.

    `places` are those of the characters that are not seen by themselves, in their order.
    """
    begin = end = 0
    boxed = False
    for place in places:
        shape = shape_of(text[place])
        if place == end > begin:
            if not boxed and _joins(shape, text[begin], end - begin):
                end += 1
                continue
        elif place > 0 and _joins(shape, text[place - 1], 1):
            if boxed or end - begin > 1:
                yield begin, end, boxed
            begin, end, boxed = place - 1, place + 1, False
            continue
        if boxed or end - begin > 1:
            yield begin, end, boxed
        begin, end = place, place + 1
        boxed = shape in (Shape.NONE, Shape.JOINING)
    if boxed or end - begin > 1:
        yield begin, end, boxed


def _joins(shape: Shape, first: str, length: int) -> bool:
    """Whether a character is drawn with those before it, so many, of which that one is the first."""
    if shape is Shape.JOINING:
        return length <= MOST_MARKS and first != "\n" and shape_of(first) is not Shape.NONE
    if shape is Shape.FLAG_HALF:
        return length == 1 and is_flag_half(first)
    return shape is Shape.SKIN_TONE and length == 1 and kind_of(first) == "emoji"
