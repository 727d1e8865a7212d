"""Marks: why a character deserves a second look, the sign below it, and the words for it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Final

    from septet.planning.changes import Change

    from .speaker import Speaker

LOST: Final = "lost"
FORCES_UCS2: Final = "forces-ucs2"
CHANGED: Final = "changed"
COSTS_MORE: Final = "costs-more"
DELETED: Final = "deleted"
ADDED: Final = "added"
MENTION: Final = "mention"

#: Every mark with the sign that is written below it; a character that costs more has its units instead.
#: If what is drawn as one has several marks, the one that comes first here is shown.
SIGNS: Mapping[str, str] = {
    LOST: "!",
    FORCES_UCS2: "^",
    CHANGED: "~",
    COSTS_MORE: "2",
    DELETED: "x",
    ADDED: "+",
    MENTION: "=",
}

RANKS: Mapping[str | None, int] = {mark: rank for rank, mark in enumerate([*SIGNS, None])}


class Cause:
    """Why characters are marked: the mark, and its words for one place and for the legend."""

    __slots__ = ("mark", "reason", "words")

    def __init__(
        self,
        mark: str | None,
        reason: Callable[[Speaker], str] | None,
        words: Callable[[Speaker, int, str, int], str],
    ) -> None:
        self.mark = mark
        #: The words about one such place.
        self.reason = reason
        #: The words about a number of them: the number, their name, and the units of each.
        self.words = words


INVALID = Cause(
    LOST,
    lambda speak: speak.said("is in no alphabet"),
    lambda speak, number, what, _: speak.counted(
        "%(what)s is in no alphabet", "%(what)s are in no alphabet", number, what=what
    ),
)
INVALID_AND_FORCING = Cause(
    LOST,
    lambda speak: speak.said("is in no alphabet"),
    lambda speak, number, what, _: speak.counted(
        "%(what)s is in no alphabet, and forces UCS-2",
        "%(what)s are in no alphabet, and force UCS-2",
        number,
        what=what,
    ),
)
VENDOR_TAG = Cause(
    LOST,
    lambda speak: speak.said("a tag of the vendor"),
    lambda speak, number, *_: speak.counted(
        "%(number)s tag of the vendor, sent as plain text",
        "%(number)s tags of the vendor, sent as plain text",
        number,
    ),
)
FORCING = Cause(
    FORCES_UCS2,
    lambda speak: speak.said("forces UCS-2"),
    lambda speak, number, what, _: speak.counted(
        "%(what)s forces UCS-2", "%(what)s force UCS-2", number, what=what
    ),
)
FORCING_AND_HEAVY = Cause(
    FORCES_UCS2,
    lambda speak: speak.said("forces UCS-2"),
    lambda speak, number, what, units: speak.counted(
        "%(what)s forces UCS-2, and costs %(units)s units",
        "%(what)s force UCS-2, and cost %(units)s units each",
        number,
        what=what,
        units=units,
    ),
)
UNSENDABLE = Cause(
    LOST,
    lambda speak: speak.said("cannot be sent"),
    lambda speak, number, what, _: speak.counted(
        "%(what)s cannot be sent", "%(what)s cannot be sent", number, what=what
    ),
)
SUBSTITUTION = Cause(
    CHANGED,
    lambda speak: speak.said("replaced"),
    lambda speak, number, what, _: speak.counted(
        "%(what)s is replaced", "%(what)s are replaced", number, what=what
    ),
)
PLACEHOLDER = Cause(
    CHANGED,
    lambda speak: speak.said("a placeholder"),
    lambda speak, number, what, _: speak.counted(
        "%(what)s, counted as this", "%(what)s, counted as these", number, what=what
    ),
)
DELETION = Cause(
    DELETED,
    lambda speak: speak.said("something was deleted here"),
    lambda speak, number, what, _: speak.counted(
        "%(what)s is deleted", "%(what)s are deleted", number, what=what
    ),
)
LINE_BREAK = Cause(
    None,
    None,
    lambda speak, number, what, _: speak.counted(
        "%(what)s, written as the vendor writes it",
        "%(what)s, written as the vendor writes them",
        number,
        what=what,
    ),
)
HEAVY = Cause(
    COSTS_MORE,
    lambda speak: speak.said("costs more than one unit"),
    lambda speak, number, what, units: speak.counted(
        "%(what)s costs %(units)s units", "%(what)s cost %(units)s units each", number, what=what, units=units
    ),
)
OPTOUT = Cause(
    MENTION,
    lambda speak: speak.said("the opt-out mention"),
    lambda speak, *_: speak.said("the opt-out mention, added at the end"),
)

PREFIX = Cause(
    ADDED,
    lambda speak: speak.said("the prefix"),
    lambda speak, *_: speak.said("the prefix, added before the text"),
)
SUFFIX = Cause(
    ADDED,
    lambda speak: speak.said("the suffix"),
    lambda speak, *_: speak.said("the suffix, added after the text"),
)

_BY_REASON: Mapping[str, Cause] = {
    "line-break": LINE_BREAK,
    "substitution": SUBSTITUTION,
    "deletion": DELETION,
    "lossy": UNSENDABLE,
    "unmapped": UNSENDABLE,
    "placeholder": PLACEHOLDER,
}


def cause_of(change: Change) -> Cause:
    """Why the characters of a change are marked, for any change but a cut."""
    cause = _BY_REASON[change.reason]
    return DELETION if cause in (SUBSTITUTION, PLACEHOLDER) and not change.replacement else cause
