"""Transliteration: a letter of another script by its sound, in Latin letters (Unidecode, an extra)."""

from __future__ import annotations

from functools import lru_cache

from septet.wording.extras import installing
from septet.wording.messages import said

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

#: What to do if it is missing.
HINT = said(
    "Transliteration needs Unidecode, which is not installed: %(install)s",
    install=installing("transliterate"),
)


def available() -> bool:
    """Whether Unidecode is installed."""
    return by_sound("a") != ""  # kept, as a missing package is looked for everywhere


def concerns(text: str) -> bool:
    """Whether a text has letters that are not Latin ones."""
    from unicodedata import name

    return any(c.isalpha() and "LATIN" not in name(c, "") for c in set(text) if not c.isascii())


@lru_cache(maxsize=4096)
def by_sound(character: str) -> str:
    """The Latin letters that sound like a character; empty if none are known, or without Unidecode."""
    unidecode = _unidecode()
    if unidecode is None or "\ud800" <= character <= "\udfff":
        return ""
    letters = unidecode(character)
    return "" if letters == "[?]" else letters


def _unidecode() -> Callable[[str], str] | None:
    try:
        from unidecode import unidecode_expect_nonascii
    except ImportError:
        return None
    return unidecode_expect_nonascii
