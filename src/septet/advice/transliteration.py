"""Transliteration: a letter of another script by its sound, in Latin letters (Unidecode, an extra)."""

from __future__ import annotations

import unicodedata
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
    return not text.isascii() and any(map(_is_of_another_script, set(text)))


@lru_cache(maxsize=1024)
def _is_of_another_script(character: str) -> bool:
    return not character.isascii() and character.isalpha() and "LATIN" not in unicodedata.name(character, "")


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
