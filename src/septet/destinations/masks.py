"""Masks: phone numbers for screens that others may see: their owners recognise them, others cannot read
them."""

from __future__ import annotations

import re

#: The sign for a hidden digit.
MASK = "•"
# In the middle of a word, digits may or may not be a number.
_NUMBER = re.compile(
    r"(?<![0-9A-Za-z_])(?P<abroad>\+|00)?\(?[0-9](?:[\s./()-]{0,2}[0-9]){6,17}(?![0-9A-Za-z_])"
)
_DIGIT = re.compile(r"[0-9]")
# The digits shown at the beginning and at the end: the country and the kind, and the part by which the
# owner recognises it.
_BEFORE, _BEHIND = 4, 2


def masked(text: str, examples: str = "") -> str:
    """A text with the digits in the middle of each phone number hidden: ``+33 6 12 •• •• 89``.

    The numbers in `examples`, such as those of a vendor's document, belong to nobody.
    """
    known = {found.group() for found in _NUMBER.finditer(examples)}
    return _NUMBER.sub(lambda found: found.group() if found.group() in known else _masked(found), text)


def _masked(found: re.Match[str]) -> str:
    number = found.group()
    shown = _BEFORE + len({None: "", "+": "1", "00": "123"}[found["abroad"]])
    last = len(_DIGIT.findall(number)) - _BEHIND
    place = 0

    def hidden(digit: re.Match[str]) -> str:
        nonlocal place
        place += 1
        return digit.group() if place <= shown or place > last else MASK

    return _DIGIT.sub(hidden, number)
