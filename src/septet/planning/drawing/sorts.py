"""Sorts: all that a drawing needs to know of a character, apart from its place."""

from __future__ import annotations

from functools import lru_cache
from itertools import count
from typing import NamedTuple

from septet.gsm.characters import is_invalid

from .kept import Kept
from .kinds import kind_of
from .shapes import LETTER, letter_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.planning.codings import Coding
    from septet.planning.composed import Composed
    from septet.planning.languages import Languages

#: Whether characters force UCS-2: not; only together, as some of the tables that may be used hold each; each
#: by itself.
NOT, TOGETHER, EACH = 0, 1, 2


class Sort(NamedTuple):
    """Characters that are marked alike wherever they are."""

    kind: str
    #: The units of each.
    units: int
    #: `NOT`, `TOGETHER` or `EACH`.
    forcing: int
    #: The character itself if no alphabet has it: it is marked by itself.
    invalid: str
    #: The letter of their shape.
    letter: str


#: The code of all characters that need no mark and are seen by themselves.
PLAIN = "\0"


class Sorts:
    """The sorts of characters in one coding, each with a code. Safe in threads."""

    def __init__(self, coding: Coding, left: Coding | None, languages: Languages | None) -> None:
        self._coding = coding
        self._left = left
        self._languages = languages
        #: The code of the sort of a character.
        self.codes = Kept(self._code)
        #: The sort of each code but `PLAIN`.
        self.of: dict[str, Sort] = {}
        self._known: dict[tuple[str, int, int, str, str], str] = {}
        self._numbers = count(1)

    @property
    def may_force(self) -> bool:
        """Whether any may force UCS-2."""
        return self._left is not None

    def without_forcing(self, character: str) -> str:
        """The code of a character where it does not force UCS-2."""
        return self._code(character, forces=False)

    def forcing(self, groups: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
        """Those groups of all characters that decide on the coding which force UCS-2, by their codes."""
        of = self.of
        found = {code: alike for code, alike in groups.items() if of[code].forcing}
        if self._languages is not None and any(of[code].forcing == EACH for code in found):
            return {code: alike for code, alike in found.items() if of[code].forcing == EACH}
        return found

    def _code(self, character: str, forces: bool = True) -> str:
        units = self._coding.shown_weights.units(character)
        forcing = self._forcing(character) if forces else NOT
        letter = letter_of(character)
        if units <= 1 and not forcing and letter == LETTER:
            return PLAIN
        # In GSM-7 the cost of a character depends on its table.
        is_extension = units > 1 and self._coding.encoding == "gsm7" and character != "\n"
        kind = "extension" if is_extension else kind_of(character)
        invalid = character if self._coding.encoding == "ucs2" and is_invalid(character) else ""
        sort = kind, max(1, units), forcing, invalid, letter
        code = self._known.get(sort)
        if code is None:
            code = chr(next(self._numbers))
            # Another thread may be quicker; then this code is not used.
            self.of[code] = Sort(*sort)
            code = self._known.setdefault(sort, code)
        return code

    def _forcing(self, character: str) -> int:
        if self._left is None or not self._left.forces(character):
            return NOT
        return TOGETHER if self._languages is not None and self._languages.holds(character) else EACH


def sorts_of(composed: Composed) -> Sorts:
    """The sorts of the characters of a composed text."""
    left = composed.left_coding
    return _sorts(composed.coding, left, None if left is None else composed.terms.languages)


@lru_cache(maxsize=64)
def _sorts(coding: Coding, left: Coding | None, languages: Languages | None) -> Sorts:
    return Sorts(coding, left, languages)
