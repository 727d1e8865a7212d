"""Equivalence: whether a vendor's replacement for a character means the same in a number or an amount.

A narrow no-break space that becomes a blank, a typographic dash that becomes a hyphen, a digit of
another script that becomes ours: nobody reads another number. In a link, an address, a line for
machines or a merge field every character counts; in a code all characters but blanks and digits do.
"""

from __future__ import annotations

import re
from unicodedata import normalize

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .changes import Change
    from .things.thing import Thing

# Programs read these, character by character.
_EXACT = frozenset({"link", "email", "machine-line", "app-hash", "field"})
# The words of these are understood without their accents too: `3 août`, `10 zł`.
_IN_WORDS = frozenset({"date", "hour", "amount"})
# And so is the word of an ordinal: `4ème`.
_ORDINAL = re.compile(r"\d+[^\W\d_]+")
_ALIKE = (
    frozenset("-‐‑‒–—―−﹘﹣－"),
    frozenset("'’‘‛′´`＇"),
    frozenset("/⁄∕⧸"),
    frozenset("~∼˜"),
    frozenset(",‚"),  # a quotation mark that looks like a comma
)


def is_nothing(change: Change) -> bool:
    """Whether a change means the same anywhere: a blank for a blank, a line break for a line break.

    The vendor's value for its own placeholder is what was asked for.
    """
    if change.reason == "truncated":
        return False
    return change.reason in ("line-break", "placeholder") or (
        change.source.isspace() and change.replacement.isspace()
    )


def says_the_same(thing: Thing, change: Change, original: str) -> bool:
    """Whether a thing of the original means the same with a change in it."""
    source, replacement = change.source, change.replacement
    if is_nothing(change):
        return True
    if thing.kind in _EXACT:
        return False
    if source.isdecimal() or replacement.isdecimal():
        if source.isdecimal() and replacement.isdecimal():
            return int(source) == int(replacement)
        # `m²` is m2, `10²` is not 102.
        before = original[change.start - 1 : change.start]
        return thing.kind == "amount" and before.isalpha() and normalize("NFKC", source) == replacement
    if thing.kind == "code" or not replacement:
        return False
    in_words = thing.kind in _IN_WORDS or (
        thing.kind == "number" and source.islower() and _ORDINAL.fullmatch(original, thing.start, thing.end)
    )
    return is_alike(change) or (bool(in_words) and normalize("NFD", source)[:1] == replacement)


def is_alike(change: Change) -> bool:
    """Whether a character and its replacement are forms of one sign."""
    source, replacement = change.source, change.replacement
    return normalize("NFKC", source) == replacement or any({source, replacement} <= signs for signs in _ALIKE)
