"""Blanks around a text and around filled-in values, which nobody sees but which are billed."""

from __future__ import annotations

import re
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class OuterBlanks(NamedTuple):
    """How many blanks and line breaks are at the two ends of a text."""

    before: int
    behind: int


def outer_blanks(text: str) -> OuterBlanks | None:
    """The blanks at the ends of a text, or None if there are none.

    Blanks are what Unicode calls white space, line breaks and no-break spaces included. A text of only
    blanks has all of them before it. A character without width (U+200B) is not a blank: an app's hash
    may begin with it.
    """
    if not text or not (text[0].isspace() or text[-1].isspace()):
        return None
    inner = text.lstrip()
    return OuterBlanks(len(text) - len(inner), len(inner) - len(inner.rstrip()))


# No language has two blanks before punctuation; a padded or an empty value leaves them there.
_BEFORE_PUNCTUATION = re.compile(r"(?<=[^\t\n\f\r ]) {2,}+(?=(?P<close>,|\.(?!\.))|[;!?])")
_VALUE = 40
_NO_VALUE = re.compile(r"[,;!?\n]")


def padding(text: str) -> Iterator[tuple[int, int]]:
    """The blanks that a padded or an empty value has left, in their order: ``Hi   Ann  , hello``.

    These are two or more before punctuation, and two or more before the few words that precede it; one
    stays where a blank belongs. Other doubled blanks may be intended, as in columns of figures.
    """
    met = 0
    for match in _BEFORE_PUNCTUATION.finditer(text):
        start, end = match.span()
        double = text.rfind("  ", max(met, start - _VALUE), start)
        if double > 0 and _NO_VALUE.search(text, double, start) is None:
            first = double
            while first > met and text[first - 1] == " ":
                first -= 1
            if first and not text[first - 1].isspace():
                yield first + 1, double + 2
        yield (start if match["close"] else start + 1), end
        met = end
