"""Signs: the classes of characters that the patterns of this room are made of."""

from __future__ import annotations

#: Words are of Latin letters: scripts that need no blank between words would hold a link and the
#: sentence around it together, as `\w` does.
LATIN = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
WORD = rf"{LATIN}\d_\u0300-\u036f"
#: Letters that a code in capitals is of, and the signs between them.
CAPITALS = "A-Z" + "".join(letter for letter in map(chr, range(0xC0, 0x180)) if letter.isupper())
IN_CAPITALS = CAPITALS + r"_~^|&\\-"
#: Blanks within a number: common, no-break, thin, narrow no-break.
BLANK = r"[ \u00a0\u2009\u202f]"
#: What makes an amount of the number before it.
MONEY = rf"{BLANK}?[€$£%]"
