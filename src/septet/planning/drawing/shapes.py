"""Shapes: which characters are seen by themselves, which are drawn with the one before, which are not seen.

Characters without a shape of their own (control characters, direction overrides, zero-width characters,
lone surrogates) would act on a screen or hide in it: each is shown by its code point, in a box.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from functools import lru_cache

from .kinds import SHAPELESS, is_flag_half, is_skin_tone, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


@lru_cache(maxsize=4096)
def shape_of(character: str) -> Shape:
    """How a character is seen in its usual position."""
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


# All letters and signs in these ranges are seen by themselves; others may not be.
_PERHAPS_ODD = re.compile(
    r"[^\n -~\xa0-\xac\xae-\u02ff\u0370-\u0377\u0391-\u03a1\u03a3-\u0482\u048a-\u052f\u05d0-\u05ea"
    r"\u0620-\u064a\u0e01-\u0e30\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u218b\u2190-\u23ff"
    r"\u2500-\u2b73\u3000-\u3029\u3041-\u3096\u30a0-\u30ff\u4e00-\u9fef\uac00-\ud7a3\uff01-\uff9f"
    "\U0001f300-\U0001f3fa\U0001f400-\U0001f64f\U0001f680-\U0001f6d2\U0001f900-\U0001f9ff]"
)


class _Letters(dict[int, str]):
    """The letters of shapes by code points. It keeps so many; the ones kept longest are the most frequent."""

    most = 4096

    def __missing__(self, ordinal: int) -> str:
        letter: str = shape_of(chr(ordinal)).value
        if len(self) < self.most:
            self[ordinal] = letter
        return letter


_letters = _Letters()

# These are seen by themselves, whatever is beside them.
_ALONE = frozenset(shape.value for shape in (Shape.LETTER, Shape.EMOJI, Shape.LINE_BREAK))

# A flag, a coloured emoji or another visible character, with marks on it; or what is only seen in a box.
_CLUSTER = re.compile(f"(?:FF|ES)J{{0,{MOST_MARKS - 1}}}|[LEFS]J{{1,{MOST_MARKS}}}|([NJ])")


def letters_of(characters: Iterable[str]) -> dict[str, str]:
    """The letters of the shapes of characters; empty where each of them is seen by itself."""
    if _PERHAPS_ODD.search("".join(characters)) is None:
        return {}
    letters = {character: _letters[ord(character)] for character in characters}
    return {} if _ALONE.issuperset(letters.values()) else letters


def clusters(letters: str, starts: Sequence[int]) -> Iterator[tuple[int, int, bool]]:
    """What is drawn as one though it has several characters, or in a box; and whether it is boxed.

    The text is given by the letters of its shapes. What is drawn as one is split where a segment starts
    within it: what follows there has no letter.
    """
    starts = [*starts, len(letters)]
    place = 0
    for found in _CLUSTER.finditer(letters):
        begin, end = found.span()
        boxed = found.lastindex is not None
        while starts[place] <= begin:
            place += 1
        if starts[place] < end:
            first = begin
            while starts[place] < end:
                if starts[place] - first > 1:
                    yield first, starts[place], False
                first = starts[place]
                place += 1
            begin, boxed = first, True
        yield begin, end, boxed
