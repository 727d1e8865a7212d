"""Spellings of phone numbers: the blanks and signs that people and spreadsheets put around digits."""

from __future__ import annotations

#: What stands between the digits of a number and means nothing, of ASCII.
SEPARATORS = " -./()"
#: The same beyond ASCII: blanks, hyphens and dashes.
FURTHER_SEPARATORS = "\u00a0\u2007\u2009\u200a\u202f\u2010\u2011\u2012\u2013\u2212"
# Marks of direction, of which telephones and their address books put some around numbers, and the like.
_UNSEEN = [*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
#: The signs that are not seen.
UNSEEN = "".join(map(chr, _UNSEEN))

_WITHOUT_UNSEEN = dict.fromkeys(_UNSEEN)
_BARE = dict.fromkeys(map(ord, SEPARATORS + FURTHER_SEPARATORS + UNSEEN))
#: No number is as long with all that people put into it.
LONGEST = 40


def plain_number(written: str) -> str:
    """A number without blanks around it or signs that are not seen, and with plain blanks inside."""
    if written.isascii():
        return written.strip()
    return " ".join(written.translate(_WITHOUT_UNSEEN).split())


def compact(written: str) -> str:
    """The digits of a number, behind the plus where it begins with one; "" for any other spelling.

    `written` is one that `plain_number` has made plain.
    """
    digits = written.removeprefix("+")
    if not digits.isdigit():
        if len(digits) > LONGEST:
            return ""
        digits = digits.translate(_BARE)
        if not digits.isdigit():
            return ""
    if not digits.isascii():
        return ""
    return digits if digits is written else (f"+{digits}" if written[0] == "+" else digits)
