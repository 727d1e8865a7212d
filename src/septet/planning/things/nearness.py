"""Nearness: whether a change may touch a thing, judged quickly by the words around it.

In most texts no change is near a thing, and things do not have to be looked for. The conditions are
like those of `gates`, for one text: each holds wherever a thing may be touched, and rarely elsewhere.
"""

from __future__ import annotations

import re
from unicodedata import category

from .amounts import is_amount_at
from .codes import BEFORE_CAPITALS, STEMS
from .gates import LETTERS, OF_CAPITALS, SIGNS, WORDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from septet.planning.changes import Change

# Fields that may hold blanks, and lines for machines.
_FAR_REACHING = ("{", "@", "\u200b", "[[", "((", "<%", "<#")
# Signs that a word may be a link, a field or a number, or that something follows a colon.
_TELLING = re.compile(r"[#%$*|=/<\[\d]|[.:]\S")
_SIGNS = re.compile(r"[#%$*|=/<\[\d.:]")  # a weaker condition, and much quicker
_FRACTIONS = "½¼¾"
_DIGIT = re.compile(rf"[\d{_FRACTIONS}]")
# A password after the word that names it; a code in capitals.
_PASSWORD = re.compile(rf"(?i:{'|'.join(STEMS)})[^:=]{{0,120}}[:=]")
_CAPITALS = re.compile(BEFORE_CAPITALS)
# The quotation mark of a password may be so many words before the word of a change.
_QUOTED = 2
# What belongs to a number may be so many words away from it: `10 ° C / m²`.
_WORDS = 4
# The words of months and units that have a letter; characters that only match a letter of ASCII are in none.
_IN_WORDS = {letter: [word for word in WORDS if letter in word] for letter in frozenset("".join(WORDS))}
# The longest of them has so many characters.
_LONGEST = max(map(len, WORDS))
# So many characters are looked at; a longer word counts as near. No thing with blanks in it is as long.
_FAR = 60


class Near:
    """Tells whether changes of a text may be in a thing, or beside one."""

    __slots__ = ("_are_far_reaching", "_known", "_text")

    def __init__(self, text: str) -> None:
        self._text = text
        self._are_far_reaching = any(sign in text for sign in _FAR_REACHING)
        # What was found for the characters at these places.
        self._known: dict[int, bool] = {}

    def may_be_touched(self, changes: Iterable[Change]) -> bool:
        """Whether any of these changes may touch a thing. False is certain."""
        if self._are_far_reaching:
            return True
        known = self._known
        for start, end, source, _, reason in changes:
            # Blanks separate things, digits and letters of ASCII make them, and a cut may have anything in
            # it.
            if reason == "truncated" or len(source) != 1 or source.isascii() or source.isspace():
                return True
            near = known.get(start)
            if near is None:
                near = known[start] = _is_near(self._text, start, end, source)
            if near:
                return True
        return False


def _is_near(text: str, start: int, end: int, source: str) -> bool:
    farthest = start - _FAR if start > _FAR else 0
    first = text.rfind(" ", farthest, start) + 1
    last = text.find(" ", end, end + _FAR)
    if (first == 0 < farthest) or (last < 0 and len(text) > end + _FAR):
        return True
    if _SIGNS.search(text, first, last if last >= 0 else len(text)) and _tells(text, start, end):
        return True
    said = max(text.rfind(":", farthest, start), text.rfind("=", farthest, start))
    # Between a colon and a password there may be a quotation mark, and blanks around it.
    if said >= 0 and len(text[said + 1 : start].split()) <= _QUOTED and _names_a_code(text):
        return True
    if source in LETTERS:
        # This may be the word of a month or a unit.
        if source.lower() in _IN_WORDS and not _is_in_word(text, start, end, source.lower()):
            return False
        return _has_digit(_before(text, start)) or _has_digit(_behind(text, end)[:2])
    if source in SIGNS or source in _FRACTIONS or category(source) in ("Sc", "Nd"):
        if source.isdecimal() or _has_digit(_before(text, start)) or _has_digit(_behind(text, end)):
            return True
        return source in _FRACTIONS and is_amount_at(text, start)
    if (
        source == "’"
        and start > 1
        and text[start - 1] in "dDoO"
        and _has_digit(_before(text, start - 1)[-1:])
    ):
        return True  # `3 d’août`, `10 o’clock`
    return source in OF_CAPITALS and _CAPITALS.search(text, max(0, start - _FAR), start) is not None


def _is_in_word(text: str, start: int, end: int, letter: str) -> bool:
    """Whether a letter may be in the word of a month or a unit, by the letters around it."""
    around = text[max(0, start - _LONGEST) : end + _LONGEST].lower()
    return any(word in around for word in _IN_WORDS[letter])


def _names_a_code(text: str) -> bool:
    lowered = text.lower()
    for stem in STEMS:
        if stem in lowered:
            return _PASSWORD.search(text) is not None
    return False


def _tells(text: str, start: int, end: int) -> bool:
    """Whether the word of a change has signs of a thing; all kinds of blanks separate words."""
    before, behind = text[max(0, start - _FAR) : start].split(), text[end : end + _FAR].split()
    head = before[-1] if before and not text[start - 1].isspace() else ""
    tail = behind[0] if behind and not text[end].isspace() else ""
    return _TELLING.search(f"{head}?{tail}") is not None


def _before(text: str, place: int) -> list[str]:
    return text[max(0, place - _FAR) : place].split()[-_WORDS - 1 :]


def _behind(text: str, place: int) -> list[str]:
    return text[place : place + _FAR].split()[: _WORDS + 1]


def _has_digit(words: Iterable[str]) -> bool:
    return any(_DIGIT.search(word) for word in words)
