"""Gates: what a text must hold for a warning to be possible, as patterns for a whole column.

They are written for RE2, which Arrow asks columns by; each lets through all texts that matter, and
few others.
"""

from __future__ import annotations

# Beyond Latin letters, punctuation and currencies.
_STRANGE = (
    r"[^\x00-\x7f\x{a0}-\x{a8}\x{aa}-\x{ad}\x{af}-\x{36f}\x{1e00}-\x{203b}\x{203d}-\x{2048}\x{204a}-\x{20df}]"
)
# What Python calls white space.
_WHITE = r"[\t-\r\x1c- \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"

#: For `links.glued`: in one word a dot or a colon, and behind it an emoji, a letter of another script, or
#: a bracket and a letter. A field of two braces in a link may hold blanks.
GLUED = rf"[.:]\S*(?:{_STRANGE}|[()\[\]{{}}][\pL\pN]|\{{\{{)"
#: For `markup.markup_in`.
MARKUP = r"&(?:[A-Za-z]|#)[0-9A-Za-z]*;|<[/!A-Za-z][^<>]*>"
#: For `blanks.outer_blanks`.
OUTER_BLANKS = rf"\A{_WHITE}|{_WHITE}\z"
#: For a text that has no others.
BLANKS_ALONE = rf"\A{_WHITE}+\z"
#: For `blanks.padding`.
PADDING = r"[^\t\n\f\r ]  +(?:[,;!?]|\.(?:[^.]|\z))"
#: For all of them, in one pass.
ANY = "|".join((GLUED, MARKUP, OUTER_BLANKS, PADDING))
