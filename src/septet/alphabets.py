"""Alphabets: which characters GSM-7 carries for a profile, and in how many septets each."""

from __future__ import annotations

from . import _tables
from .characters import UNDEFINED

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


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

    def septets(self, character: str) -> int:
        """What a character of this alphabet costs: 1, or 2 behind an escape (TS 23.038, 6.2.1.1)."""
        return 2 if character in self.double else 1


def alphabet(rule: Mapping[str, Any]) -> Alphabet:
    """The alphabet that a profile's `[alphabet]` rule describes."""
    tables = _tables.ALPHABETS[rule["base"]]
    basic = set(tables["basic"]) - {UNDEFINED}
    extension = set(tables["extension"]) - {UNDEFINED}
    added, removed = set(rule["add"]), set(rule["remove"])
    return Alphabet(frozenset((basic | added) - removed), frozenset(extension - removed - added))
