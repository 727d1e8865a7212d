"""Manners: how a coding writes characters; many vendors write them as others do."""

from __future__ import annotations

from weakref import WeakValueDictionary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .codings import Coding


class Manner:
    """What all codings have in common that show, lose and report the same of any text that they take.

    There is one object for them, so that it is looked up by its identity.
    """

    __slots__ = ("__weakref__",)


_known: WeakValueDictionary[tuple[object, ...], Manner] = WeakValueDictionary()


def manner_of(coding: Coding) -> Manner:
    """The manner in which a coding writes."""
    profile = coding.profile
    listed = "".join(sorted({*coding.known, "\n", "\r"}))
    # The line breaks of the list are not next to each other, and so each shows what becomes of it.
    key: tuple[object, ...] = (listed, *coding.changes(listed, 0, len(listed)), profile.line_break_units > 0)
    if not coding.carries_all:
        unknown, may_be_ucs2 = (
            profile.rule("unknown_character"),
            "ucs2" in profile.rule("encodings")["offered"],
        )
        # What becomes of all others, and what is said of them.
        key += unknown["reason"], unknown["shown"], coding.wide, coding.encoding == "latin1", may_be_ucs2
    return _known.get(key) or _known.setdefault(key, Manner())
