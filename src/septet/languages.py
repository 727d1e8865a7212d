"""Languages: the national tables that a planner may use, and which of them hold a text."""

from __future__ import annotations

from itertools import product

from .alphabets import Tables, alphabet, has_table
from .codings import Coding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from .options import Settings
    from .vendors import Profile


class Languages:
    """Every pair of a locking and a single shift table of the languages that were asked for.

    TS 23.038, 6.2.1.2: each takes an information element in the header of every segment. The
    default alphabet and its extension are among them; a pair is compiled when a text needs it.
    """

    def __init__(self, profile: Profile, settings: Settings) -> None:
        self._profile = profile
        self._settings = settings
        locking = (None, *(code for code in settings.languages if has_table(code, "locking")))
        pairs = sorted(
            (Tables(*pair) for pair in product(locking, (None, *settings.languages))),
            key=lambda tables: tables.shifts,
        )
        rule = profile.rule("alphabet")
        substituted = frozenset(profile.substitutions)
        self._held: dict[Tables, frozenset[str]] = {}
        for tables in pairs:
            found = alphabet(rule, tables)
            self._held[tables] = found.single | found.double | substituted
        self._codings: dict[Tables, Coding] = {}

    def codings(self, text: str, mention: str) -> Iterator[Coding]:
        """Those that hold a text and its mention, the ones with the smaller header first."""
        characters = frozenset(text).union(mention)
        return (self._coding(tables) for tables, held in self._held.items() if characters <= held)

    def holds(self, character: str) -> bool:
        """Whether any of the tables has a character."""
        return any(character in held for held in self._held.values())

    def _coding(self, tables: Tables) -> Coding:
        if tables not in self._codings:
            self._codings[tables] = Coding(self._profile, self._settings, "gsm7", strict=True, tables=tables)
        return self._codings[tables]
