"""Gates: what a text must hold for a warning to be possible, as patterns for a whole column.

They are written for RE2, which Arrow searches columns with; each lets through all texts that matter, and
few others.
"""

from __future__ import annotations

import re

from septet.planning.character_classes import ranges

from .codes import BEFORE_CAPITALS, STEMS
from .moments import MONTHS
from .signs import IN_CAPITALS, STRANGE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

# As RE2 writes its characters.
_STRANGE = "[" + re.sub(r"\\[uU]([0-9a-f]+)", r"\\x{\1}", STRANGE) + "]"
# White space as Python defines it.
_WHITE = r"[\t-\r\x1c- \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"

#: For `links.glued`: in one word a dot or a colon, and after it an emoji, a letter of another script, or
#: a bracket and a letter. A field of two braces in a link may hold blanks.
GLUED = rf"[.:]\S*(?:{_STRANGE}|[()\[\]{{}}][\pL\pN]|\{{\{{)"
#: For `markup.markup_in`.
ENTITY = r"&(?:[A-Za-z]|#)[0-9A-Za-z]*;"
TAG = r"<[/!A-Za-z][^<>]*>"
#: For a text that has only these.
BLANKS_ALONE = rf"\A{_WHITE}+\z"
#: For `blanks.padding`.
PADDING = r"[^\t\n\f\r ]  +(?:[,;!?]|\.(?:[^.]|\z))"

# Units of amounts that have letters beyond ASCII.
_UNITS = ("zł", "kč", "m²", "km²", "m³")
_WORDS = sorted(word for word in (*MONTHS, *_UNITS) if not word.isascii())
_LETTERS = "".join(_WORDS)
#: Letters beyond ASCII in months and units, which blanks separate from their number; and characters that
#: match letters of ASCII if case is ignored.
LETTERS = frozenset(c for c in f"{_LETTERS}{_LETTERS.upper()}\u017f\u212a\u0130\u0131" if not c.isascii())
#: The characters of a code in capitals beyond ASCII, or between its letters.
OF_CAPITALS = frozenset(c for c in IN_CAPITALS if not c.isascii()) | frozenset("_~^|&\\")
#: Words beside numbers that have letters beyond ASCII, in small letters.
WORDS = tuple(_WORDS)
#: Signs that are a thing by themselves, open or end one, or have more than blanks before their number.
ALONE = frozenset("{}[]()<>%#@*$€£¥¢+≈≤≥±−/")
#: Blanks within numbers and amounts.
BLANKS = frozenset("\u00a0\u2009\u202f")
#: And those of amounts and ranges, which blanks may separate from their number.
SIGNS = ALONE | BLANKS | frozenset("°º~–—×·‰µμΩ℃℉\u200b")
# Characters of numbers, and within and around them.
_DIGITS = r"0-9\x{bc}-\x{be}"
_BLANK = r"[\s\x{a0}\x{2009}\x{202f}]"
# The words that name a code, up to it.
_NAMED = rf"(?i:{'|'.join(STEMS)})\S*(?:\s\S+)?(?:\s\S+)?(?:\s\S+)?\s?[:=]\s?[\"'«“„]?\s?"
# What may be between a sign and its number: `~ US$ -10`, `–€ 10`.
_MONEY_BEFORE = r"(?:[A-Z]{1,3}\$?|S/|Rs\.?|Fr\.|kr\.?|[$€£¥¢%\x{20a0}-\x{20cf}])"


def of_changes(changed: str, apart: frozenset[str]) -> str:
    """The pattern of a text in which a change may touch a thing.

    `changed` is the inside of a class; `apart` are the changed characters that blanks may separate from
    their number.
    """
    any_of = f"[{changed}]"
    words = "|".join(word for word in _WORDS if not apart.isdisjoint(word + word.upper())) or r"\z."
    # Each class is written as rarely as possible, since it takes a while to compile.
    alone = _class(sign for sign in apart if sign in ALONE or not (sign in SIGNS or sign in LETTERS))
    beside_numbers = _class(apart & (SIGNS - ALONE))
    before = "|".join(
        (
            # In a word with signs of links, addresses and numbers; what follows the words that name a code.
            rf"(?:[.:/=@\#%$*{_DIGITS}]|[{{<\[]\s?|\(\(|{_NAMED})\S*",
            # Merge fields of pairs of signs may hold blanks.
            r"(?:\{\{|\{%|<%|\(\(|\[\[)[^\n]*",
            rf"{BEFORE_CAPITALS}[{IN_CAPITALS}]*",
        )
    )
    return "|".join(
        (
            alone,
            rf"(?:{before}){any_of}",
            rf"{any_of}\S*(?:\.\S|://|[@{_DIGITS}])",
            # Signs of amounts, words of dates, and the unit that an amount is per (`10 € / m²`).
            rf"[{_DIGITS}](?:{_BLANK}{{0,2}}[kKM]?{beside_numbers}|\S*\s[dDoO]’)",
            rf"{beside_numbers}{_BLANK}{{0,2}}(?:{_MONEY_BEFORE}{_BLANK}?)?[-+−]?[{_DIGITS}]",
            rf"(?:[{_DIGITS}]\S*\s(?:d[eo]\s|of\s|d\S)?|/{_BLANK})(?i:{words})|[\x{{a0}}\x{{2009}}\x{{202f}}]/",
            r"\A(?:<#>|\x{200b}\x{200b})",
        )
    )


def _class(characters: Iterable[str]) -> str:
    """A class of characters; an empty one matches nothing."""
    inside = ranges(characters)
    return f"[{inside}]" if inside else r"[^\x{0}-\x{10ffff}]"
