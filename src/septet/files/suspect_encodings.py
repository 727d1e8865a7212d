"""Suspect encodings: texts that look as if their bytes had been read in the wrong charset."""

from __future__ import annotations

import re

from septet.wording.problems import Problem
from septet.wording.quoting import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container

# A byte that opens a character in UTF-8 and, read in a charset of one byte each, is a letter with
# an accent; another character beyond ASCII always follows.
_OPENING = re.compile("[\u00c2-\u00f4][^\x00-\x7f]+")
# No charset for Western Europe but Windows-1252 has characters in these places.
_CONTROL = re.compile("[\x80-\x9f]")
_TAKEN_FOR = ("cp1252", "iso-8859-15", "iso-8859-1")
# What French and its neighbours write beyond ASCII, beside emoji: a text that turns into anything
# else was no UTF-8, as `voilà »` with its no-break space shows.
_LIKELY = re.compile("[\x00-\x7f\u00a0-\u017f\u2010-\u203a\u20ac\u2122\U0001f000-\U0001faff\ufe0f]*")


def suspect(text: str, known: Container[str] = ()) -> Problem | None:
    """The problem of a text that was most likely decoded in the wrong charset, or None.

    The characters that are `known` say nothing of Windows-1252, as the vendor itself reads them.
    """
    if text.isascii():
        return None
    if (found := _OPENING.search(text)) and _as_utf8(text):
        shown, meant = found.group(), _as_utf8(found.group())
        example = f'"{printable(shown)}" may stand for "{printable(meant)}"' if meant else "all of it"
        message = f"The text looks like UTF-8 that was read in another charset: {example}."
    elif control := next((c for c in _CONTROL.findall(text) if c not in known), None):
        meant = control.encode("iso-8859-1").decode("cp1252", "replace")
        message = (
            f"The text looks like Windows-1252 that was read as ISO-8859: U+{ord(control):04X} "
            f'may stand for "{meant}".'
        )
    else:
        return None
    return Problem.of("suspect-encoding", f"{message} Say how it is encoded, or save it anew.")


def _as_utf8(text: str) -> str:
    """The text read as UTF-8 from its bytes in another charset; empty where it is none."""
    for charset in _TAKEN_FOR:
        try:
            decoded = text.encode(charset).decode("utf-8")
        except UnicodeError:
            continue
        if _LIKELY.fullmatch(decoded):
            return decoded
    return ""
