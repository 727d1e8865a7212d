"""Folded texts: a text written only in the characters of an alphabet, by the folding map.

It takes every text and always gives the same result: it makes no plan and ignores what the text means;
`advise` does more.
"""

from __future__ import annotations

import unicodedata

from septet.errors import OptionError, no_text, shown
from septet.gsm.characters import is_invalid
from septet.vendors.profiles import profile as find_profile

from .foldings import STEPS, behind_a_digit, folding_within, foldings

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from septet.vendors.profiles import Profile

#: The steps of the folding map, and `composition`, which combines a letter and its marks.
FOLDING_STEPS = tuple(step for step, kinds in STEPS.items() if kinds or step == "composition")


def fold(
    text: str,
    *,
    steps: Iterable[str] = FOLDING_STEPS,
    alphabet: str | os.PathLike[str] | Profile = "gsm",
    unknown: str | None = None,
) -> str:
    """A text in the characters of an alphabet, as far as the folding map has replacements.

    ``’`` becomes ``'``, ``œ`` ``oe``, ``ê`` ``e``; characters of the alphabet stay. `alphabet` is that
    of a profile, with the characters that its vendor replaces; `steps` are those of `advise` that only
    need the map. A character without a replacement stays, or becomes `unknown` if given
    (``"?"``, ``""``). Any text is accepted.

    Raises ValueError for an unknown step, and for an `unknown` that the alphabet lacks; ProfileError
    for an unknown profile, TypeError for a value that is not a text.
    """
    if not isinstance(text, str):
        raise no_text("text", text)
    chosen = frozenset((steps,) if isinstance(steps, str) else steps)
    if other := sorted(map(shown, chosen - {*FOLDING_STEPS})):
        listed = ", ".join(FOLDING_STEPS)
        raise OptionError(
            f"steps: expected some of {listed}, found {', '.join(other)}", "steps", FOLDING_STEPS
        )
    profile = find_profile(alphabet)
    held = frozenset((*profile.alphabet.single, *profile.alphabet.double, *profile.substitutions))
    if unknown is not None and not (isinstance(unknown, str) and held.issuperset(unknown)):
        expected = "None, or characters of the alphabet"
        raise OptionError(f"unknown: expected {expected}, found {shown(unknown)}", "unknown", expected)
    if held.issuperset(text):
        return text
    if "composition" in chosen:
        text = _composed(text, held)
    parts: list[str] = []
    for place, character in enumerate(text):
        if character in held:
            parts.append(character)
            continue
        folded = _folded(character, text[place - 1 : place].isdigit(), chosen, held)
        parts.append(folded if folded is not None else character if unknown is None else unknown)
    return "".join(parts)


def replaced(error: UnicodeError) -> tuple[str, int]:
    """The handler ``septet.fold`` for what a codec cannot encode: the result of `fold`, otherwise ``?``."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    start, end = error.start, error.end
    before = error.object[max(0, start - 1) : start]
    return fold(before + error.object[start:end], unknown="?")[len(fold(before, unknown="?")) :], end


def _folded(character: str, behind_digit: bool, steps: frozenset[str], held: frozenset[str]) -> str | None:
    """The replacement of one character; None if there is none."""
    if is_invalid(character):
        return None
    found = foldings(character)
    other = behind_a_digit(character) if behind_digit else None
    for folding in found:
        if folding.step in steps:
            replacement = folding.replacement if other is None else other
            if held.issuperset(replacement):
                return replacement
    within = folding_within(character, held)
    return within.replacement if within is not None and within.step in steps else None


def _composed(text: str, held: frozenset[str]) -> str:
    """Combines letters and their marks into one character, if the alphabet or the map has it."""
    composed = unicodedata.normalize("NFC", text)
    return composed if composed != text and not text.isascii() else text
