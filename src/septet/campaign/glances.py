"""Glances: which rows of a column are worth a closer look, of those whose bill weights decide.

Links, values, markup and blanks make no text cost more, and few texts have anything to say of them.
The kernel marks the rows that hold a sign of it (`variants.LOOK`); patterns for RE2 leave those of
them where it may matter; only these get a plan of their own. Each step lets through all rows that
matter, and few others.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from unicodedata import category

from septet.planning.blemishes import blemishes
from septet.planning.damages import damages
from septet.planning.things import gates

from . import variants
from .text_columns import column_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import numpy as np
    import pyarrow as pa

    from septet.planning.planner import Planner
    from septet.wording.problems import Problem

    from .text_columns import Column, Rows

#: The problems that rows are looked at for.
LOOKED_FOR = frozenset({"link-changed", "value-changed", "glued-link", "suspect-markup", "outer-blanks"})

_MARKS = variants.LOOK | variants.UNKNOWN | variants.INVALID
# As many plans take as long as making ready for a pattern.
_FEW = 20
_LEFT_IN_TEXTS = f"{gates.GLUED}|{gates.MARKUP}"

# `D` is a character that is changed, `L` such a letter, `S` such a letter, number or sign of amounts and
# ranges: of these, one behind a blank belongs to the number before it. No counted repeats, which make
# RE2 slow.
_NEAR = "|".join(
    (
        # In a word with what links, addresses and numbers have.
        r"[.:/=@\#%$*0-9]\S*D|[{<\[]\s?\S*D|\(\(\S*D|D\S*(?:\.\S|://|[@0-9])",
        r"[0-9]\s\s?S|S\s\s?[0-9]|[0-9]\S*\s(?:d[eo]\s|of\s)?\S*L",
        # Merge fields of pairs of signs may hold blanks.
        r"(?:\{\{|\{%|<%|\(\(|\[\[)[^\n]*D",
        r"\A(?:<#>|\x{200b}\x{200b})",
        # What the words before a code have in common.
        r"(?i:cod|cód|pass|mdp|otp|pin|clave|contras|senha|kennw|wachtw|tan|kod|hasł|hasl|şifre|sifre|parola)"
        r"[^:=]*[:=][\s\"'«“„]*\S*D",
    )
)
# Signs of which one alone is a thing, or opens or ends one.
_ALONE = "{}[]()<>%#@*$€£¥¢+"
_OF_AMOUNTS = "°º~≈≤≥±−–—×·/‰"
# Typographic signs, arrows, dingbats and emoji, which are no letters.
_NO_LETTERS = r"\x{2000}-\x{2bff}\x{fe00}-\x{fe0f}\x{1f000}-\x{1ffff}"


class Glance:
    """Tells of a planner's columns which rows to look at. Safe in threads."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        #: By the place of the coding in which a row travels.
        self._changes = tuple(_changes(planner, place) for place in range(len(planner.codings)))

    def rows(self, texts: pa.Array, rows: Rows) -> list[int]:
        """The rows to make a plan of for their problems to be known."""
        import numpy as np
        import pyarrow as pa

        marked = (rows.flags & _MARKS) != 0
        marked[rows.planned] = False
        members = np.flatnonzero(marked)
        if not members.size:
            return []
        # Text, since regular expressions would take octets for Latin-1.
        some = texts.take(pa.array(members)).cast(pa.large_string())
        worth = _where(_with_signs(column_of(some)), some, _LEFT_IN_TEXTS)
        for place, (marks, pattern) in enumerate(self._changes):
            if pattern is not None:
                changed = ((rows.flags[members] & marks) != 0) & (rows.places[members] == place) & ~worth
                worth |= _where(changed, some, pattern)
        return members[worth].tolist()  # type: ignore[no-any-return]

    def look(self, text: str | bytes) -> Iterator[Problem]:
        """The problems of a row that this is about."""
        plan = self._planner.plan(text if isinstance(text, str) else text.decode())
        yield from damages(plan)
        yield from blemishes(plan)


def _where(chosen: np.ndarray[Any, Any], texts: pa.Array, pattern: str) -> np.ndarray[Any, Any]:
    """Which of some texts match; all of a few, since making ready for a pattern takes a while."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    if np.count_nonzero(chosen) > _FEW:
        found = pc.match_substring_regex(texts.filter(pa.array(chosen)), pattern)
        chosen = chosen.copy()
        chosen[chosen] = found.to_numpy(zero_copy_only=False)
    return chosen


def _with_signs(column: Column) -> np.ndarray[Any, Any]:
    """Which rows hold a sign of a link or of markup; asked first, since a pattern takes longer.

    That is a dot or a colon with no blank behind it, or what HTML begins with.
    """
    import numpy as np

    offsets = np.asarray(column.offsets[: column.rows + 1])
    octets = np.frombuffer(column.data, np.uint8)[: int(offsets[-1])]
    places = [np.flatnonzero(octets == ord(sign)) for sign in "&<"]
    dots = np.flatnonzero((octets[:-1] == ord(".")) | (octets[:-1] == ord(":")))
    places.append(dots[octets[dots + 1] > ord(" ")])
    found = np.zeros(column.rows + 1, bool)
    # What stands before the first row is of none.
    found[np.searchsorted(offsets, np.concatenate(places), "right") - 1] = True
    return found[:-1]


def _changes(planner: Planner, place: int) -> tuple[int, str | None]:
    """The marks of what is changed, and what a text holds where that may touch a thing; None: nothing is."""
    coding = planner.codings[place]
    last = coding is planner.codings[-1]
    kept = "".join(sorted(variants.kept(planner)))
    if coding.encoding == "ucs2" or not (last or planner.profile.substitutions):
        return 0, None  # a text with any other character travels otherwise
    changed, signs = f"[^{_ranges(kept)}]", {*_OF_AMOUNTS, *_other_signs()} - set(kept)
    letter = f"[^{_ranges(kept)}{_NO_LETTERS}]"
    classes = {"D": changed, "L": letter, "S": f"(?:{letter}|[{_ranges(signs)}])"}
    near = re.sub("[DLS](?![a-z])", lambda found: classes[found.group()], _NEAR.replace(r"\S", r"[^\s]"))
    alone = {*_ALONE, *_other_signs()} - set(kept)
    marks = variants.UNKNOWN | variants.INVALID | (variants.LOOK if planner.profile.substitutions else 0)
    return marks, f"{near}|[{_ranges(alone)}]"


@lru_cache(maxsize=1)
def _other_signs() -> set[str]:
    """Numbers beyond ASCII and currencies, each of which may be a thing by itself."""
    found = (c for c in map(chr, range(0x80, 0x20000)) if c.isnumeric() or category(c) == "Sc")
    return {c for c in found if not c.isalpha()}


def _ranges(characters: Iterable[str]) -> str:
    """The inside of a class of characters."""
    runs: list[list[int]] = []
    for ordinal in sorted(map(ord, characters)):
        if runs and runs[-1][1] == ordinal - 1:
            runs[-1][1] = ordinal
        else:
            runs.append([ordinal, ordinal])
    return "".join(f"\\x{{{first:X}}}-\\x{{{last:X}}}" for first, last in runs)


# White space in UTF-8: beyond ASCII it has two octets or three.
_BLANKS = [chr(c).encode() for c in range(0x3001) if chr(c).isspace()]


@lru_cache(maxsize=1)
def _edges() -> np.ndarray[Any, Any]:
    """What two octets, the last of a row and the first of the next, say: the bits of `_ENDS` and the rest."""
    import numpy as np

    last, first = np.zeros(256, np.uint8), np.zeros(256, np.uint8)
    for blank in _BLANKS:
        last[blank[-1]] |= _ENDS if len(blank) == 1 else _MAY_END
        first[blank[0]] |= _BEGINS if len(blank) == 1 else _MAY_BEGIN
    return (first[:, None] | last[None, :]).reshape(-1)


_ENDS, _BEGINS, _MAY_END, _MAY_BEGIN = 1, 2, 4, 8


def with_outer_blanks(column: Column) -> np.ndarray[Any, Any]:
    """Which rows begin or end with a blank, as `outer_blanks` has them."""
    import numpy as np

    offsets = np.asarray(column.offsets[: column.rows + 1])
    octets = np.frombuffer(column.data, np.uint8)[: int(offsets[-1])]
    found = np.zeros(column.rows, bool)
    there = np.flatnonzero(offsets[1:] > offsets[:-1])
    if not there.size:
        return found
    if octets.size > 1:
        # Where two rows meet the last octet of one stands beside the first of the other.
        pairs = np.ndarray(octets.size - 1, "<u2", octets, strides=(1,))
        kinds = _edges()[pairs[np.clip(offsets[1:-1] - 1, 0, pairs.size - 1)]]
        found[1:] |= (kinds & _BEGINS) != 0
        found[:-1] |= (kinds & _ENDS) != 0
        for rows, at in ((np.flatnonzero(kinds & _MAY_BEGIN) + 1, 1), (np.flatnonzero(kinds & _MAY_END), -2)):
            # `é` ends with the octet that U+2029 does, but not with the two.
            beside = octets[
                np.clip((offsets[rows] if at == 1 else offsets[rows + 1]) + at, 0, octets.size - 1)
            ]
            for row in rows[np.isin(beside, [blank[at] for blank in _BLANKS if len(blank) > 1])].tolist():
                found[row] = _has_outer_blanks(octets[offsets[row] : offsets[row + 1]])
    # These meet no row on one side.
    for row in (int(there[0]), int(there[-1])):
        found[row] = _has_outer_blanks(octets[offsets[row] : offsets[row + 1]])
    return found & (offsets[1:] > offsets[:-1])


def with_padding(texts: pa.Array, column: Column, measured: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Which of the measured rows hold what a padded value leaves, as `padding` has it."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    offsets = np.asarray(column.offsets[: column.rows + 1])
    found = np.zeros(column.rows, bool)
    start, end = int(offsets[0]), int(offsets[-1])
    places = []
    for first in (start, start + 1):
        # Two octets at once are half as many to look at.
        pairs = np.ndarray(max(0, end - first) // 2, "<u2", column.data, first) if end > first else None
        if pairs is not None and (doubled := pairs == _TWO_BLANKS).any():
            places.append(np.flatnonzero(doubled) * 2 + first)
    if places:
        found[np.searchsorted(offsets, np.concatenate(places), "right") - 1] = True
        found &= measured
        some = texts.filter(pa.array(found)).cast(pa.large_string())
        found[found] = pc.match_substring_regex(some, gates.PADDING).to_numpy(zero_copy_only=False)
    return found


_TWO_BLANKS = 0x2020


def _has_outer_blanks(octets: np.ndarray[Any, Any]) -> bool:
    before, behind = (part.tobytes().decode("utf-8", "ignore") for part in (octets[:3], octets[-3:]))
    return before[:1].isspace() or behind[-1:].isspace()
