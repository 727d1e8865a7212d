"""Languages: the national tables that a planner may use, and which of them hold a text."""

from __future__ import annotations

from collections import Counter
from itertools import product

from septet.gsm.alphabets import DEFAULT_TABLES, Tables, alphabet, has_table
from septet.wording.recent import Recent

from .codings import LETTER, Coding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.vendors.profiles import Profile

    from .options import Settings

# So many characters are quicker counted one by one.
_FEW = 64


class Languages:
    """Every pair of a locking and a single shift table of the languages that were asked for.

    TS 23.038, 6.2.1.2: each takes an information element in the header of every segment. The
    default alphabet and its extension are among them; a pair is compiled when a text needs it.
    """

    def __init__(self, profile: Profile, settings: Settings) -> None:
        self._profile = profile
        self._settings = settings
        self._strict = "ucs2" in settings.encodings
        # A mention that is not added to every text decides no table, as it decides no encoding.
        mention = settings.added if settings.optout == "always" else ""
        self._around = settings.around(mention)
        locking = (None, *(code for code in settings.languages if has_table(code, "locking")))
        pairs = sorted(
            (Tables(*pair) for pair in product(locking, (None, *settings.languages))),
            key=lambda tables: tables.shifts,
        )
        rule = profile.rule("alphabet")
        unknown = profile.rule("unknown_character")["shown"]
        sent = profile.substitutions.items()
        self._held: dict[Tables, frozenset[str]] = {}
        alike: list[frozenset[str]] = []
        for tables in pairs:
            found = alphabet(rule, tables)
            held = found.single | found.double
            if unknown in held:
                self._held[tables] = held | {source for source, target in sent if held.issuperset(target)}
                alike.append(found.single)
        #: The characters that all of them hold, which therefore do not decide between them.
        self._common = frozenset.intersection(*self._held.values()) if self._held else frozenset()
        # Those that all of them send as they are, in one septet each; and those that any of them has.
        self._alike = frozenset[str]()
        if alike:
            self._alike = frozenset.intersection(*alike).difference(profile.substitutions)
        self._known = frozenset[str]().union(*self._held.values())
        self._codings: dict[Tables, Coding] = {}
        # What was found for sets of characters: the texts of a language have few different ones.
        self._different = Recent(256)

    def different(self, text: str) -> tuple[Coding, ...]:
        """As `codings`, without those in which a text comes to the same as in an earlier one.

        Many tables share a character.
        """
        characters = frozenset(text) - self._alike
        if not self._strict:
            return _different(self.codings(text), characters)
        if not characters <= self._known:
            return ()
        kept: tuple[Coding, ...] | None = self._different.get(characters)
        if kept is None:
            codings = self.codings("".join(characters))
            kept = self._different.keep(characters, _different(codings, characters))
        return kept

    def codings(self, text: str) -> list[Coding]:
        """The codings that hold the most of a text, and all that is added to it; smaller headers come first.

        Where UCS-2 is possible, only those that hold the whole text.
        """
        if self._strict:
            characters = {*text, *self._around} - self._common
            return [self._coding(tables) for tables, held in self._held.items() if held >= characters]
        others = {*text} - self._common
        times = {c: text.count(c) for c in others} if len(others) <= _FEW else Counter(text)
        lost = {
            tables: sum(times[character] for character in others - held)
            for tables, held in self._held.items()
            if held.issuperset(self._around)
        }
        fewest = min(lost.values(), default=0)
        return [self._coding(tables) for tables, number in lost.items() if number == fewest]

    def all_codings(self) -> tuple[Coding, ...]:
        """The codings that hold all that is added to every text; smaller headers come first."""
        return tuple(
            self._coding(tables) for tables, held in self._held.items() if held.issuperset(self._around)
        )

    def holds(self, character: str) -> bool:
        """Whether any of the tables has a character."""
        return any(character in held for held in self._held.values())

    def held_in(self, coding: Coding) -> frozenset[str]:
        """The characters that the tables of a coding hold, and those that are replaced by such ones."""
        return self._held[coding.tables]

    @property
    def number(self) -> int:
        """How many pairs of tables there are."""
        return len(self._held)

    @property
    def one_holds_all(self) -> bool:
        """Whether some tables hold every character that any of them holds."""
        return self._known in self._held.values()

    def plain(self) -> Coding | None:
        """The default tables, for texts that they hold; None where other tables are needed or cheaper."""
        plain = self._made(DEFAULT_TABLES, strict=True)
        return None if plain.frame_units < 0 or self._cheaper_than(plain) else plain

    def cheaper(self) -> frozenset[str]:
        """The characters of the default tables that cost less in another table.

        Only a text with one of them may be cheaper there, as other tables make the header longer.
        """
        return self._cheaper_than(self._made(DEFAULT_TABLES, strict=True))

    def _cheaper_than(self, plain: Coding) -> frozenset[str]:
        held, found = self._held.get(DEFAULT_TABLES, frozenset()), set[str]()
        for tables, others in self._held.items():
            units = self._coding(tables).weights.units
            found.update(one for one in held & others if units(one) < plain.weights.units(one))
        return frozenset(found)

    @property
    def default(self) -> Coding:
        """The coding of the default tables, one of `codings`."""
        return self._coding(DEFAULT_TABLES)

    def _coding(self, tables: Tables) -> Coding:
        if tables not in self._codings:
            self._codings[tables] = self._made(tables, strict=self._strict)
        return self._codings[tables]

    def _made(self, tables: Tables, *, strict: bool) -> Coding:
        return Coding(
            self._profile,
            "gsm7",
            mention=self._settings.added,
            prefix=self._settings.prefix,
            suffix=self._settings.suffix,
            strict=strict,
            substitutes=True,
            tables=tables,
            further_octets=self._settings.further_octets,
        )


def _different(codings: list[Coding], characters: frozenset[str]) -> tuple[Coding, ...]:
    """Only the first of the codings in which these characters, and all that is added, come to the same."""
    found: dict[tuple[object, ...], Coding] = {}
    text = "".join(characters)
    for coding in codings:
        shown = (coding.weights.codes(text), *map(coding.show, characters))
        added = coding.frame_units, coding.tail, coding.weights.units(LETTER)
        found.setdefault((*shown, *added, coding.single, coding.part, coding.wholes is None), coding)
    return tuple(found.values())
