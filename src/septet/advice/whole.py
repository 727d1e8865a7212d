"""Whole: which things of a text an advice does not change, and what may become a part of them."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from septet.planning.things.thing import Thing

# With a sign missing or changed, these lead elsewhere or open nothing.
_UNCHANGED = frozenset({"link", "email", "machine-line", "app-hash", "field", "code"})
# Text right after these would be read as a part of them.
_OPEN_ENDED = frozenset({"link", "email", "code", "phone"})
# These are read by people, the others by programs.
_READ = frozenset({"code", "phone"})
_HYPHENS = ("\u2010", "\u2011")

_TELEPHONE_NUMBER = re.compile(r"[\d\s+()./*#‑–-]+")
_SCHEME_AND_HOST = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://)?[^\s/?#]*")


def unchanged(text: str, found: Sequence[Thing]) -> list[Thing]:
    """The things in which nothing changes, except for what is escaped in a link."""
    return [
        thing
        for thing in found
        if thing.kind in _UNCHANGED
        # A thing that overlaps a code becomes one thing with it.
        or (thing.kind == "phone" and not _TELEPHONE_NUMBER.fullmatch(text, thing.start, thing.end))
    ]


def open_ends(text: str, found: Sequence[Thing]) -> frozenset[int]:
    """The ends of things that would take in whatever follows without a blank.

    A hyphen of typography behind a code or a number is read as a part of it already.
    """
    return frozenset(
        thing.end
        for thing in found
        if thing.kind in _OPEN_ENDED
        and not (thing.kind in _READ and text[thing.end : thing.end + 1] in _HYPHENS)
    )


def path_of(text: str, link: Thing) -> int:
    """Where the part of a link begins in which characters may be escaped: after its host."""
    host = _SCHEME_AND_HOST.match(text, link.start, link.end)
    return link.end if host is None else host.end()
