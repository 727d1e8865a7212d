"""Quoting: texts, characters and names in messages for people."""

from __future__ import annotations

from functools import lru_cache

from .messages import listed, said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .messages import Words


def printable(text: str, most: int = 24) -> str:
    """A text for a message, not too long and without anything that a terminal would act on."""
    shown = text if len(text) <= most else text[: most - 1] + "…"
    if shown.isprintable():
        return shown
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in shown)


def named(characters: str) -> str:
    """One character with its code point and name; several unchanged, with their number."""
    if len(characters) != 1:
        return said(
            '"%(characters)s" (%(number)s characters)',
            characters=printable(characters),
            number=len(characters),
        )
    return _named(characters)


@lru_cache(maxsize=512)
def _named(characters: str) -> str:
    import unicodedata

    name = unicodedata.name(characters, "")
    point = f"U+{ord(characters):04X}" + (f" {name}" if name else "")
    if not characters.isprintable():
        return point
    return said('"%(character)s" (%(point)s)', character=characters, point=point)


def in_quotes(texts: Iterable[str]) -> Words:
    """Several texts, each in quotation marks: ``"a", "b" and "c"``."""
    return listed(said('"%(text)s"', text=printable(text)) for text in texts)


def nearest(word: str, known: list[str]) -> str:
    """``' (did you mean "smsmode"?)'`` when a known word is near, otherwise nothing."""
    from difflib import get_close_matches

    found = get_close_matches(word, known, n=1)
    # The name of a column comes from a file, and may break the line.
    return f' (did you mean "{printable(found[0], 80)}"?)' if found else ""


def nearest_name(name: str, known: list[str]) -> str:
    """As `nearest`, for names of vendors: only if one of them is surely meant.

    This is the same name in other letters (``TWILIO``, ``sms-mode``), or one with a single slip
    after its first letter. Another vendor's name may have most letters of a known one.
    """
    wanted = _bare(name)
    found = next((other for other in known if wanted and _bare(other) == wanted), None)
    if found is None:
        found = next((other for other in known if _is_a_slip(wanted, _bare(other))), None)
    return f' (did you mean "{found}"?)' if found else ""


# A slip in a shorter name makes another name.
_SHORTEST_SLIP = 6


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _is_a_slip(word: str, known: str) -> bool:
    """Whether one letter of a word is missing, extra, wrong, or swapped with the next."""
    if word[:1] != known[:1] or len(known) < _SHORTEST_SLIP or abs(len(word) - len(known)) > 1:
        return False
    start = next(
        (place for place, pair in enumerate(zip(word, known, strict=False)) if pair[0] != pair[1]), -1
    )
    if start < 0:
        return len(word) != len(known)
    mine, other = word[start:], known[start:]
    swapped = mine[1:2] + mine[:1] + mine[2:]
    return other in (mine[1:], swapped) or other[1:] in (mine, mine[1:])
