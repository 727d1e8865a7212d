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
from septet.planning.character_classes import ranges
from septet.planning.damages import damages
from septet.planning.things import gates
from septet.planning.things.codes import STEMS

from . import variants
from .signs import with_glued_links
from .text_columns import column_of, matching, some_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import pyarrow as pa

    from septet.planning.planner import Planner
    from septet.wording.problems import Problem

    from .text_columns import Rows

#: The problems that rows are looked at for.
LOOKED_FOR = frozenset({"link-changed", "value-changed", "glued-link", "suspect-markup"})
_OF_CHANGES = frozenset({"link-changed", "value-changed"})

# As many plans take as long as making ready for a pattern.
_FEW = 20

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
        rf"(?i:{'|'.join(STEMS)})" r"[^:=]*[:=][\s\"'«“„]*\S*D",
    )
)
# Signs of which one alone is a thing, or opens or ends one.
_ALONE = "{}[]()<>%#@*$€£¥¢+"
_OF_AMOUNTS = "°º~≈≤≥±−–—×·/‰"
# Typographic signs, arrows, dingbats and emoji, which are no letters.
_NO_LETTERS = (range(0x2000, 0x2C00), range(0xFE00, 0xFE10), range(0x1F000, 0x20000))


class Glance:
    """Tells of a planner's columns which rows to look at. Safe in threads."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._ignored = planner.settings.ignored
        #: By the place of the coding in which a row travels.
        self._changes = tuple(
            (0, None) if self._ignored >= _OF_CHANGES else _changes(planner, place)
            for place in range(len(planner.codings))
        )

    def rows(self, texts: pa.Array, rows: Rows) -> list[int]:
        """The rows to make a plan of for their problems to be known."""
        import numpy as np

        flags = rows.flags.copy()
        flags[rows.planned] = 0
        worth = np.zeros(flags.size, bool)
        if "suspect-markup" not in self._ignored:
            worth |= _where((flags & variants.MARKUP) == variants.MARKUP, texts, gates.MARKUP)
        if "glued-link" not in self._ignored:
            worth |= _where(_glued(flags, texts), texts, gates.GLUED)
        for place, (marks, pattern) in enumerate(self._changes):
            if pattern is not None:
                changed = ((flags & marks) != 0) & (rows.places == place) & ~worth
                worth |= _where(changed, texts, pattern)
        return np.flatnonzero(worth).tolist()

    def look(self, text: str | bytes) -> Iterator[Problem]:
        """The problems of a row that this is about."""
        plan = self._planner.plan(text if isinstance(text, str) else text.decode())
        yield from damages(plan)
        yield from blemishes(plan)


def _glued(flags: np.ndarray[Any, Any], texts: pa.Array) -> np.ndarray[Any, Any]:
    """Which rows may hold a link that goes on without a blank."""
    chosen: np.ndarray[Any, Any] = (flags & (variants.LOOK | variants.BRACKET | variants.INVALID)) != 0
    if chosen.any():
        chosen[chosen] = with_glued_links(column_of(some_of(texts, chosen)))
    return chosen


def _where(chosen: np.ndarray[Any, Any], texts: pa.Array, pattern: str) -> np.ndarray[Any, Any]:
    """Which of the chosen texts match; all of a few, since making ready for a pattern takes a while."""
    import numpy as np

    return matching(texts, chosen, pattern) if np.count_nonzero(chosen) > _FEW else chosen


def _changes(planner: Planner, place: int) -> tuple[int, str | None]:
    """The marks of what is changed, and what a text holds where that may touch a thing; None: nothing is."""
    coding = planner.codings[place]
    changed = variants.changed(coding)
    no_letters = {chr(ordinal) for ordinals in _NO_LETTERS for ordinal in ordinals}
    if coding.strict or coding.encoding == "ucs2":
        if not changed:
            return 0, None  # a text with any other character travels otherwise
        any_of, letter = ranges(changed), ranges(changed - no_letters)
        signs = {*_OF_AMOUNTS, *_other_signs()} & changed
        alone = {*_ALONE, *_other_signs()} & changed
    else:
        kept = variants.held(planner, coding) - changed
        any_of, letter = f"^{ranges(kept)}", f"^{ranges(kept | no_letters)}"
        signs = {*_OF_AMOUNTS, *_other_signs()} - kept
        alone = {*_ALONE, *_other_signs()} - kept
    classes = {
        "D": _class(any_of),
        "L": _class(letter),
        "S": f"(?:{_class(letter)}|{_class(ranges(signs))})",
    }
    near = re.sub("[DLS](?![a-z])", lambda found: classes[found.group()], _NEAR.replace(r"\S", r"[^\s]"))
    marks = variants.UNKNOWN | variants.INVALID | (variants.LOOK if changed else 0)
    return marks, f"{near}|{_class(ranges(alone))}"


def _class(inside: str) -> str:
    """A class of characters; an empty one matches none."""
    return f"[{inside}]" if inside else r"[^\x{0}-\x{10FFFF}]"


@lru_cache(maxsize=1)
def _other_signs() -> set[str]:
    """Numbers beyond ASCII and currencies, each of which may be a thing by itself."""
    found = (c for c in map(chr, range(0x80, 0x20000)) if c.isnumeric() or category(c) == "Sc")
    return {c for c in found if not c.isalpha()}
