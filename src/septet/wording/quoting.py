"""Quoting: texts, characters and names as a message to a person shows them."""

from __future__ import annotations

from .messages import said


def printable(text: str, most: int = 24) -> str:
    """A text for a message: nothing in it that a terminal would act on, and not too long."""
    shown = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in shown)


def named(characters: str) -> str:
    """One character with its code point and name; several as they are, with their number."""
    if len(characters) != 1:
        return said("several characters", characters=printable(characters), number=len(characters))
    import unicodedata

    name = unicodedata.name(characters, "")
    point = f"U+{ord(characters):04X}" + (f" {name}" if name else "")
    return f'"{characters}" ({point})' if characters.isprintable() else point


def nearest(word: str, known: list[str]) -> str:
    """``' (did you mean "smsmode"?)'`` when a known word is near, otherwise nothing."""
    from difflib import get_close_matches

    found = get_close_matches(word, known, n=1)
    return f' (did you mean "{found[0]}"?)' if found else ""
