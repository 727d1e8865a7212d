"""Signs: the classes of characters in the patterns of this room."""

from __future__ import annotations

#: Words have Latin letters only: scripts without blanks between words would join a link to the sentence
#: around it, as `\w` does.
LATIN = r"A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
WORD = rf"{LATIN}\d_\u0300-\u036f"
#: Beyond Latin letters, punctuation and currencies: emoji and letters of other scripts, which a link may be
#: glued to.
STRANGE = r"\x80-\x9f\u00a9\u00ae\u0370-\u1dff\u1f00-\u1fff\u203c\u2049\u20e0-\U0010ffff"
#: The letters of a code in capitals, and the signs between them.
CAPITALS = "A-Z" + "".join(letter for letter in map(chr, range(0xC0, 0x180)) if letter.isupper())
IN_CAPITALS = CAPITALS + r"_~^|&\\-"
#: Blanks within a number: common, no-break, thin, narrow no-break.
BLANK = r"[ \u00a0\u2009\u202f]"
#: Signs that make the number before them an amount.
MONEY = rf"{BLANK}?[€$£%]"
