"""Column names: the column of a file that a name means, as people and spreadsheets write names.

Case, accents, blanks around a name and how its letters are composed do not matter, unless two columns
differ only in these: then the one with the same spelling is meant.
"""

from __future__ import annotations

import unicodedata

from septet.wording.quoting import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

# The invisible signs at the edge of a name, besides blanks.
_UNSEEN = "\ufeff\u200b\u200c\u200d\u2060"


def plain(name: str) -> str:
    """A name in NFC and without case, blanks around it and quotation marks left by a blank before them."""
    return _bare(unicodedata.normalize("NFC", name))


def without_accents(name: str) -> str:
    """The same without accents, too: `Numéro` is `numero`."""
    parts = unicodedata.normalize("NFD", plain(name))
    return "".join(part for part in parts if not unicodedata.combining(part))


def places_of(wanted: str, names: Sequence[str]) -> list[int]:
    """The places of the columns that a name may mean: those with the same spelling, otherwise those alike.

    More than one place is a question that only the owner of the file can answer.
    """
    for read in (str, plain, without_accents):
        meant = read(wanted)
        if found := [place for place, name in enumerate(names) if read(name) == meant]:
            return found
    return []


def several_named(wanted: str, found: Sequence[str]) -> str:
    """The message where a name may mean several columns."""
    if len(set(found)) == 1:
        return f"more than one column is named {printable(found[0])!r}"
    named = " and ".join(repr(printable(name)) for name in found)
    return f"the columns {named} may both be {printable(wanted)!r}: give the name as one of them has it"


def _bare(name: str) -> str:
    bare = " ".join(name.strip(_UNSEEN).casefold().split())
    if len(bare) > 1 and bare[0] == bare[-1] == '"':
        return _bare(bare[1:-1])
    return bare
