"""Manners: how a coding writes characters; many vendors write them as others do."""

from __future__ import annotations

from weakref import WeakValueDictionary

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from .codings import Coding


class Manner:
    """What all codings have in common that show, lose and report the same of any text that they take.

    There is one object for them, so that it is looked up by its identity.
    """

    __slots__ = ("__weakref__", "_kept", "_listed", "_others", "_shown")

    def __init__(self, shown: Mapping[str, str], others: tuple[object, ...]) -> None:
        self._shown, self._others = shown, others
        self._listed = frozenset(shown)
        self._kept = frozenset(source for source, became in shown.items() if source == became)

    def key(self, characters: frozenset[str]) -> object:
        """Equal for manners that show, lose and report the same of a text with these characters."""
        if "\r" in characters:
            return self  # it may be a part of a line break
        shown, others = self._shown, self._others
        # Where nothing is said of others, they are sent as they are.
        touched = characters - self._kept if others else characters & self._listed
        found = frozenset([(character, shown.get(character)) for character in touched])
        return found, others and (touched <= self._listed or others)


_known: WeakValueDictionary[tuple[object, ...], Manner] = WeakValueDictionary()


def manner_of(coding: Coding) -> Manner:
    """The manner in which a coding writes."""
    profile = coding.profile
    listed = "".join(sorted(coding.known))
    shown = dict(zip(listed, listed, strict=True))
    # A line feed comes before a carriage return, and so each shows what becomes of it.
    shown.update((source, became) for _, _, source, became, _ in coding.changes(listed, 0, len(listed)))
    others: tuple[object, ...] = ()
    if not coding.carries_all:
        unknown, may_be_ucs2 = (
            profile.rule("unknown_character"),
            "ucs2" in profile.rule("encodings")["offered"],
        )
        # What becomes of all others, and what is said of them.
        others = unknown["reason"], unknown["shown"], coding.wide, coding.encoding == "latin1", may_be_ucs2
    key = (*shown.items(), others, profile.line_break_units > 0)
    return _known.get(key) or _known.setdefault(key, Manner(shown, others))
