"""Numbers: all other digits, with what is glued to them."""

from __future__ import annotations

import re

from .signs import BLANK, LATIN
from .thing import Thing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .digits import Runs

# With the signs and letters that no blank separates from them: `24/7`, `1er`, `NOEL10`, `5~10`, `A~1`.
_GLUE = r"[!#$&'*+,./:;=@\\^_|~×·−–’°\-]"
_JOINT = re.compile(rf"{_GLUE}|[{LATIN}\d]")
_NUMBER = re.compile(
    rf"""
    (?<!\w) \d{{1,3}}(?:{BLANK}\d{{3}}){{1,4}} (?!\w)
    | (?<![{LATIN}\d_])(?<!&\#) (?:[{LATIN}_]{{1,30}}+[~^|\\](?=[{LATIN}\d_])){{0,3}}+
      (?:[{LATIN}_]++(?=[\d-]))? (?:-(?=\d))? \d++
      (?: {_GLUE}(?=[{LATIN}]*\d) | [{LATIN}ºª]++ | -[{LATIN}]++(?=-\d) | \d++ )*+
    """,
    re.VERBOSE,
)


def numbers(text: str, digits: Runs) -> Iterator[Thing]:
    """All digits of a text, each with the letters and signs that no blank separates from it."""
    end = 0
    for start, _ in digits:
        if start >= end:
            # Each of them has a digit, and before that no blank.
            begin = text.rfind(" ", end, start) + 1
            match = _NUMBER.search(text, max(begin, end))
            if match is None:
                return
            yield Thing("number", *match.span())
            end = match.end()


def joins(character: str) -> bool:
    """Whether a character between two digits makes one number of them."""
    return _JOINT.match(character) is not None
