"""Alphabets: the characters that GSM-7 carries, their numbers of septets, and their codes."""

from __future__ import annotations

from septet import _tables
from septet.wording.records import NamedTuple

from .characters import ESCAPE, UNDEFINED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

#: The code that opens an extension character: TS 23.038, 6.2.1.
ESCAPE_SEPTET = 0x1B


class Tables(NamedTuple):
    """The shift tables of a GSM-7 message, by the ISO 639-1 code of their language.

    None stands for the default alphabet (`locking`) and its extension table (`single`).
    """

    locking: str | None = None
    single: str | None = None

    @property
    def shifts(self) -> int:
        """How many of the two are national; each of these takes an information element."""
        return (self.locking is not None) + (self.single is not None)


#: TS 23.038, 6.2.1 and 6.2.1.1: the tables in use if no header says otherwise.
DEFAULT_TABLES = Tables()


class Alphabet:
    """The characters that one septet carries (`single`) and those that take an escape (`double`).

    U+001B and lone surrogates are in no alphabet.
    """

    __slots__ = ("double", "single")

    def __init__(self, single: frozenset[str], double: frozenset[str]) -> None:
        self.single = single
        self.double = double

    def __contains__(self, character: str) -> bool:
        return character in self.single or character in self.double

    def holds(self, text: str) -> bool:
        """Whether it has every character of a text."""
        return all(character in self for character in text)

    def septets(self, character: str) -> int:
        """The septets of a character of this alphabet: 1, or 2 with an escape (TS 23.038, 6.2.1.1)."""
        return 2 if character in self.double else 1


#: ISO/IEC 8859-1 with the controls of ISO/IEC 6429, as in SMPP 3.4, 5.2.19 (data_coding 0x03): one octet
#: each. U+001B is in no alphabet.
LATIN_1 = Alphabet(frozenset(map(chr, range(0x100))) - {ESCAPE}, frozenset())


def alphabet(rule: Mapping[str, Any], tables: Tables = DEFAULT_TABLES) -> Alphabet:
    """The alphabet that a profile's `[alphabet]` rule describes, or that of national tables instead."""
    basic, extension = (set(codes) - {UNDEFINED} for codes in characters_by_septet(tables, rule["base"]))
    added, removed = set(rule["add"]), set(rule["remove"])
    single = (basic | added) - removed
    return Alphabet(frozenset(single), frozenset(extension - removed - single))


def characters_by_septet(tables: Tables = DEFAULT_TABLES, base: str = "default") -> tuple[str, str]:
    """Two strings of 128 characters: the character of each septet, and that of each septet after an escape.

    `UNDEFINED` where there is none, as at the escape itself.
    """
    basic, extension = _tables.ALPHABETS[base]["basic"], _tables.ALPHABETS[base]["extension"]
    if tables.locking is not None:
        basic = _tables.LANGUAGES[tables.locking]["locking"]
    if tables.single is not None:
        extension = _tables.LANGUAGES[tables.single]["single"]
    return basic, extension


def septets_by_character(tables: Tables = DEFAULT_TABLES) -> dict[str, bytes]:
    """The one or two septets of every character that a pair of tables holds.

    A character in both is sent without the escape.
    """
    basic, extension = characters_by_septet(tables)
    septets = {character: bytes([ESCAPE_SEPTET, code]) for code, character in enumerate(extension)}
    septets |= {character: bytes([code]) for code, character in enumerate(basic)}
    del septets[UNDEFINED]
    return septets


def languages() -> tuple[str, ...]:
    """The ISO 639-1 codes of the languages that have tables of their own."""
    return tuple(_tables.LANGUAGES)


def identifier(language: str) -> int:
    """The number that an information element gives a language: TS 23.038, 6.2.1.2.4."""
    return int(_tables.LANGUAGES[language]["identifier"])


def language_of(number: int) -> str | None:
    """The ISO 639-1 code of a language identifier, or None if the number is reserved."""
    return next((code for code in _tables.LANGUAGES if identifier(code) == number), None)


def language_name(language: str) -> str:
    """The English name of a language that has tables, by its ISO 639-1 code."""
    return str(_tables.LANGUAGES[language]["language"])


def has_table(language: str, kind: str) -> bool:
    """Whether a language has a table of the kind ``"locking"`` or ``"single"``; Spanish lacks the first."""
    return kind in _tables.LANGUAGES[language]
