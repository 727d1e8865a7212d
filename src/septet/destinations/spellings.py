"""Spellings of phone numbers: the blanks and signs that people and spreadsheets put around digits."""

from __future__ import annotations

#: The signs of ASCII between the digits of a number that mean nothing.
SEPARATORS = " -./()"
#: The same beyond ASCII: blanks, hyphens and dashes.
FURTHER_SEPARATORS = "\u00a0\u2007\u2009\u200a\u202f\u2010\u2011\u2012\u2013\u2212"
# Marks of direction, which telephones and their address books put around numbers, and the like.
_UNSEEN = [*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
#: The invisible signs.
UNSEEN = "".join(map(chr, _UNSEEN))

_WITHOUT_UNSEEN = dict.fromkeys(_UNSEEN)
_BARE = dict.fromkeys(map(ord, SEPARATORS + FURTHER_SEPARATORS + UNSEEN))
#: No number is this long, even with everything that people put into it.
LONGEST = 40


#: The parameters of a tel address that do not change whom it reaches (RFC 4694, RFC 4904).
_SILENT = ("npdi", "rn", "rn-context", "cic", "cic-context", "tgrp", "trunk-context")


def plain_number(written: str) -> str:
    """A number without blanks around it and without invisible signs, and with plain blanks inside.

    An address of RFC 3966, ``tel:+33-6-12;npdi``, becomes its number.
    """
    if not written.isascii():
        written = " ".join(written.translate(_WITHOUT_UNSEEN).split())
    written = written.strip()
    return _of_address(written) if written[:4].lower() == "tel:" else written


def _of_address(written: str) -> str:
    """The number of a tel address, international where the address has it so; the address itself where it
    has none.

    A local number belongs to its context, which is the beginning of a number; the numbers of a domain are
    unknown. A message cannot be sent to an extension or a subaddress.
    """
    number, *parameters = written[4:].split(";")
    context = ""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "phone-context":
            context = value.strip()
        elif name.strip().lower() not in _SILENT:
            return written
    number = number.strip()
    if number.startswith("+") or not context:
        return number
    return f"{context}{number}" if context.startswith("+") else written


def has_trunk_zero(written: str) -> bool:
    """Whether a number may hold the zero of its own country after that country's code.

    It does in brackets, ``+33 (0)6 12``, and in a tel address with a context, ``tel:06…;phone-context=+33``.
    """
    if "phone-context" in written.lower():
        return True
    return "(0)" in written and not written.lstrip(" (").startswith("0")


def compact(written: str) -> str:
    """The digits of a number, after the plus where it begins with one; "" for any other spelling.

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
