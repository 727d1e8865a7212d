"""Competing tables: the national tables between which the kernel decides, by weights alone.

The vendor takes the tables that lose the fewest characters of a text, then those with the fewest billed
segments, then those with the most room left. A character that none of them holds is lost in each, so that it
does not decide; any other is outside of the tables that lack it. Those that hold all others compete.
"""

from __future__ import annotations

from septet import _kernel
from septet.gsm.alphabets import DEFAULT_TABLES

from .codings import LETTER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .codings import Coding
    from .languages import Languages
    from .terms import Terms

# Beyond so many tables it is quicker to ask which of them hold a text.
_FEW = 8


class Competing:
    """The codings of all the tables that a text may take, as the kernel compares them.

    `rivals` are the places of those that compete, from the first to before the second. A coding before them
    takes all texts that it holds; UCS-2, where it is possible, comes behind them.
    """

    __slots__ = ("candidates", "codings", "rivals")

    def __init__(
        self,
        tables: tuple[Coding, ...],
        others: tuple[Coding, ...],
        languages: Languages,
        *,
        default_first: bool,
    ) -> None:
        self.codings = (*tables, *others)
        # A text that the default tables hold takes them, as no other header is shorter, unless one of its
        # characters is cheaper elsewhere.
        self.rivals = (1 if default_first else 0, len(tables))
        held = frozenset[str]().union(*map(languages.held_in, tables))
        #: What the kernel gets for each coding.
        self.candidates = (
            *(table.candidate(False, _without(table, held - languages.held_in(table))) for table in tables),
            *(coding.candidate(False) for coding in others),
        )


def competing(terms: Terms) -> Competing | None:
    """The tables of some terms; None where more than weights decides between them."""
    settings, languages = terms.settings, terms.languages
    if languages is None or terms.adds_mention or len(terms.groups) > 1 or languages.number > _FEW:
        return None
    tables = languages.all_codings()
    if not tables or tables[0].tables != DEFAULT_TABLES or len(tables) < languages.number:
        return None
    others = tuple(coding for coding in terms.codings if coding.encoding != "gsm7")
    if any(one.wide or one.wholes or one.is_one_piece for one in (*tables, *others)):
        return None
    if not tables[0].by_units and (settings.prefix or settings.suffix):
        return None  # where they are cut decides how much room is left
    if any(table.shown_weights.units(LETTER) != 1 for table in tables):
        return None
    if others and not languages.one_holds_all:
        return None  # a text may force UCS-2 though each of its characters is in some table
    cheaper = languages.cheaper()
    if not cheaper.isdisjoint(settings.around(settings.added)):
        return None
    return Competing(tables, others, languages, default_first=not cheaper)


def _without(coding: Coding, characters: frozenset[str]) -> _kernel.Weights | None:
    """The weights of a coding that does not hold some characters; None for its own ones."""
    if coding.strict or not characters:
        return None  # it holds none of those that others hold alone
    codes = {ord(character): coding.weights.codes(character)[0] for character in coding.known}
    codes |= dict.fromkeys(map(ord, characters), _kernel.OUTSIDE)
    other, astral = (coding.weights.codes(character)[0] for character in "\uffff\U0010ffff")
    return _kernel.Weights(codes, other, astral)
