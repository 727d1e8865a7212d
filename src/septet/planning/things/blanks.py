"""Blanks around a text, which nobody sees and everybody pays."""

from __future__ import annotations

from typing import NamedTuple


class OuterBlanks(NamedTuple):
    """How many blanks and line breaks stand at the two ends of a text."""

    before: int
    behind: int


def outer_blanks(text: str) -> OuterBlanks | None:
    """The blanks at the ends of a text, or None where there are none.

    Blanks are what Unicode calls white space, line breaks and no-break spaces too. A text of
    nothing else has all of them before. What has no width (U+200B) is none: an app's hash may
    begin with it.
    """
    if not text or not (text[0].isspace() or text[-1].isspace()):
        return None
    inner = text.lstrip()
    return OuterBlanks(len(text) - len(inner), len(inner) - len(inner.rstrip()))
