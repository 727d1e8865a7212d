"""Spreadsheet cells: texts that a spreadsheet takes for texts, and never for formulas.

A text that it could run gets an apostrophe in front, and so does every text that already begins with an
apostrophe: removing one apostrophe from each cell that begins with one restores the cells. A formula may
begin with ``= + - @``, a tab or a line break, also after spaces, quotation marks and invisible characters.
Plain numbers, such as ``-12,50`` or ``+33 6 12 34 56 78``, are not formulas and stay unchanged.
"""

from __future__ import annotations

import re
import unicodedata

APOSTROPHE = "'"
_SIGNS = r"[=+\-@＝＋－＠\t\r\n]"

#: The patterns of texts that could be run, and of those among them that are only plain numbers, for Arrow's
#: engine (RE2), which searches whole columns.
COULD_RUN = rf"""^[\s"'\pZ\p{{Cc}}\p{{Cf}}]*{_SIGNS}|^'"""
PLAIN_NUMBER = r"^[+-]?[0-9][0-9 .,]*$"

#: The octets of UTF-8 that begin no such text: the first octet of each row is enough for most columns.
#: Beyond ASCII these are the octets of letters from U+00C0 to U+05FF, before the first invisible sign of
#: Arabic.
HARMLESS_FIRST = bytes(set(range(0x21, 0x7F)) - set(b"=+-@\"'")) + bytes(range(0xC3, 0xD8))

_SIGN = re.compile(_SIGNS)
_PLAIN_NUMBER = re.compile(PLAIN_NUMBER.rstrip("$") + r"\Z")
# The characters that begin no formula: for most texts the first one is enough.
_HARMLESS = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ÿ]")


def guarded(text: str) -> str:
    """A text as a cell that no spreadsheet runs."""
    return APOSTROPHE + text if _could_run(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell that `guarded` gave; any other cell stays unchanged."""
    if not cell.startswith(APOSTROPHE):
        return cell
    text = cell.removeprefix(APOSTROPHE)
    return text if _could_run(text) else cell


def _could_run(text: str) -> bool:
    if _HARMLESS.match(text):
        return False
    if text.startswith(APOSTROPHE):
        return True
    for character in text:
        if _SIGN.match(character):
            return _PLAIN_NUMBER.match(text) is None
        if character not in "\"'" and unicodedata.category(character) not in _UNSEEN:
            return False
    return False


_UNSEEN = ("Zs", "Zl", "Zp", "Cc", "Cf")
