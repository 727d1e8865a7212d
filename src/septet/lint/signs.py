"""Signs: characters that could be rewritten without a visible loss, and how."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from septet.advice.choices import as_composed
from septet.advice.foldings import foldings
from septet.gsm.segmentation import clusters
from septet.gsm.unicode_text import PICTOGRAPHS, search

#: The classes of foldings that are visible, and those of invisible signs.
_VISIBLE = frozenset({"quotes", "dashes", "ellipsis"})
_HIDDEN = frozenset({"spaces", "controls"})

_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe0e\ufe0f"
_OF_DIRECTION = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
#: Before an app's code (SMS Retriever of Android).
_BEFORE_A_CODE = "\u200b\u200b"
_FROM_RIGHT = frozenset({"R", "AL"})
# Scripts in which joiners have no effect.
_NOT_JOINED = re.compile(r"[\x00-\u024f\u0370-\u052f\u1e00-\u1fff]")


class Edit(NamedTuple):
    """``text[start:end]`` written as `new`."""

    start: int
    end: int
    new: str


@lru_cache(maxsize=4096)
def kind_of(character: str) -> tuple[str, str] | None:
    """Whether a character is "visible" or "hidden" among those that fold without a loss, and into what."""
    for folding in foldings(character):
        if folding.step == "typography":
            kind = "visible" if folding.kind in _VISIBLE else "hidden" if folding.kind in _HIDDEN else ""
            return (kind, folding.replacement) if kind else None
    return None


def folding_signs(places: Iterable[tuple[int, str]], text: str) -> tuple[list[Edit], list[Edit]]:
    """The signs that could be rewritten, among some places of a text and their characters.

    These are visible signs (quotation marks, dashes and ellipses outside ASCII), and invisible signs that
    have no effect in their place.
    """
    visible: list[Edit] = []
    hidden: list[Edit] = []
    runs_from_right = None
    for place, character in places:
        found = kind_of(character)
        if found is None:
            continue
        if found[0] == "visible":
            visible.append(Edit(place, place + 1, found[1]))
            continue
        if character in _OF_DIRECTION:
            if runs_from_right is None:
                runs_from_right = any(unicodedata.bidirectional(c) in _FROM_RIGHT for c in text)
            has_work = runs_from_right
        elif character in _JOINERS or character in _SELECTORS:
            has_work = _has_work(text, place, character)
        elif character == "\u3000":
            has_work = _is_wide(text[place - 1 : place] + text[place + 1 : place + 2])
        else:
            has_work = place < len(_BEFORE_A_CODE) and text.startswith(_BEFORE_A_CODE)
        if not has_work:
            hidden.append(Edit(place, place + 1, found[1]))
    return visible, hidden


def parted_letters(text: str) -> Iterator[Edit]:
    """Letters with separate marks where there is one character for both (not NFC)."""
    if unicodedata.is_normalized("NFC", text):
        return
    for start, end in clusters(text, 0, len(text)):
        source = text[start:end]
        composed = as_composed(source)
        if composed != source:
            yield Edit(start, end, composed)


def rewritten(text: str, edits: list[Edit]) -> str:
    """A text with its edits, which are sorted and do not overlap."""
    pieces: list[str] = []
    place = 0
    for start, end, new in edits:
        pieces += (text[place:start], new)
        place = end
    return "".join([*pieces, text[place:]])


def other_than(characters: Iterable[str]) -> re.Pattern[str]:
    """A pattern of the characters that may have findings: all except those of the given ones that fold into
    nothing else and are not part of others.
    """
    plain = (
        character
        for character in characters
        if kind_of(character) is None and (character < "\u0300" or _stands_alone(character))
    )
    return re.compile(f"[^{re.escape(''.join(sorted(plain)))}]")


def _stands_alone(character: str) -> bool:
    """Whether a letter is one by itself, and not a mark or jamo that combines with another."""
    return unicodedata.category(character)[0] != "M" and not "\u1100" <= character <= "\u11ff"


def _has_work(text: str, place: int, character: str) -> bool:
    """Whether a joiner or a selector has an effect in its place."""
    before, behind = text[place - 1 : place], text[place + 1 : place + 2]
    if character in _SELECTORS:
        return bool(before) and not before.isalpha() and not before.isspace()
    if character == "\u200d" and any(
        c and search(f"[{PICTOGRAPHS}\u200d\ufe0f]", c) for c in (before, behind)
    ):
        return True
    return bool(before) and any(
        unicodedata.category(c)[0] in "LM" and _NOT_JOINED.match(c) is None for c in before + behind
    )


def _is_wide(characters: str) -> bool:
    return any(unicodedata.east_asian_width(c) in "WF" for c in characters)
