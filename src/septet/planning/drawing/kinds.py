"""Kinds: what people call a character, by its script and its use, such as a Hebrew letter."""

from __future__ import annotations

import unicodedata

from .kept import Kept

#: How the Unicode names of letters begin, and the kind that follows from it.
_SCRIPTS = {
    "ARABIC": "arabic-letter",
    "ARMENIAN": "armenian-letter",
    "BENGALI": "bengali-letter",
    "BOPOMOFO": "bopomofo-letter",
    "CHEROKEE": "cherokee-letter",
    "CJK": "chinese-character",
    "COPTIC": "coptic-letter",
    "CYRILLIC": "cyrillic-letter",
    "DEVANAGARI": "devanagari-letter",
    "ETHIOPIC": "ethiopic-letter",
    "GEORGIAN": "georgian-letter",
    "GREEK": "greek-letter",
    "GUJARATI": "gujarati-letter",
    "GURMUKHI": "gurmukhi-letter",
    "HANGUL": "korean-letter",
    "HEBREW": "hebrew-letter",
    "HIRAGANA": "kana",
    "KANNADA": "kannada-letter",
    "KATAKANA": "kana",
    "KATAKANA-HIRAGANA": "kana",
    "KHMER": "khmer-letter",
    "LAO": "lao-letter",
    "LATIN": "latin-letter",
    "MALAYALAM": "malayalam-letter",
    "MONGOLIAN": "mongolian-letter",
    "MYANMAR": "burmese-letter",
    "ORIYA": "odia-letter",
    "SINHALA": "sinhala-letter",
    "SYRIAC": "syriac-letter",
    "TAMIL": "tamil-letter",
    "TELUGU": "telugu-letter",
    "THAANA": "thaana-letter",
    "THAI": "thai-letter",
    "TIBETAN": "tibetan-letter",
    "TIFINAGH": "tifinagh-letter",
    "YI": "yi-letter",
}

# Symbols that phones draw in colours. The later blocks are mainly emoji; the earlier ones have these.
_EMOJI = (
    ("\u231a", "\u231b"),
    ("\u23e9", "\u23f3"),
    ("\u23f8", "\u23fa"),
    ("\u2600", "\u27bf"),
    ("\u2b1b", "\u2b1c"),
    ("\u2b50", "\u2b55"),
    ("\U0001f000", "\U0001f0ff"),
    ("\U0001f18e", "\U0001f18e"),
    ("\U0001f191", "\U0001f19a"),
    ("\U0001f200", "\U0001faff"),
)

# Characters that have a kind of their own, whatever their category is.
_ALONE = {
    **dict.fromkeys(("\n", "\r", "\r\n", "\u2028", "\u2029"), "line-break"),
    "\t": "tab",
    "\u2026": "ellipsis",
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc", "apostrophe"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a\u2032\u2033", "quotation-mark"),
    **dict.fromkeys("\u2212\u2010\u2011", "dash"),
    **dict.fromkeys("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069", "direction"),
    "\ufffd": "replacement",
}

_BY_CATEGORY = {
    "Cc": "control",
    "Cf": "invisible",
    "Cn": "unassigned",
    "Co": "private-use",
    "Cs": "surrogate",
    "Pd": "dash",
    "Sc": "currency",
    "Sm": "mathematical-sign",
    "Zs": "space",
}
_BY_CLASS = {"L": "other-letter", "M": "mark", "N": "digit", "P": "punctuation", "S": "symbol", "Z": "space"}


# Default_Ignorable_Code_Point of the Unicode Standard, only those that `str.isprintable` accepts:
# combining grapheme joiner, Hangul fillers, Khmer inherent vowels, variation selectors.
SHAPELESS = frozenset(
    chr(ordinal)
    for first, last in (
        (0x034F, 0x034F),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFFA0, 0xFFA0),
        (0xE0100, 0xE01EF),
    )
    for ordinal in range(first, last + 1)
)


def kind_of(characters: str) -> str:
    """The kind of a character, one of those in `kind_words`; several characters are a placeholder."""
    return _kinds[characters] if len(characters) == 1 else _ALONE.get(characters, "placeholder")


def _kind(character: str) -> str:
    if character in _ALONE:
        return _ALONE[character]
    category = unicodedata.category(character)
    if is_flag_half(character):
        return "flag-letter"
    if is_skin_tone(character):
        return "skin-tone"
    if any(first <= character <= last for first, last in _EMOJI):
        return "emoji"
    if character in SHAPELESS:
        return "invisible"
    name = unicodedata.name(character, "")
    if category[0] == "L":
        return _letter(character, name)
    if category[0] == "M" and name.startswith("COMBINING"):
        return "combining-accent"
    if category[0] == "S" and "ARROW" in name:
        return "arrow"
    if (
        category[0] in "SN"
        and not character.isascii()
        and _is_latin(unicodedata.normalize("NFKC", character))
    ):
        return "styled-letter"
    if category == "Sm" and character.isascii():
        return "symbol"
    return _BY_CATEGORY.get(category) or _BY_CLASS[category[0]]


def is_flag_half(character: str) -> bool:
    """Whether two such characters make a flag."""
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def is_skin_tone(character: str) -> bool:
    """Whether it colours the emoji before it."""
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def _letter(character: str, name: str) -> str:
    words = name.replace("HALFWIDTH ", "").split(" ", 1)
    kind = _SCRIPTS.get(words[0], "")
    if kind == "latin-letter":
        return "accented-letter" if " WITH " in name else kind
    if not kind and _is_latin(unicodedata.normalize("NFKC", character)):
        return "styled-letter"
    return kind or "other-letter"


def _is_latin(text: str) -> bool:
    return text.isascii() and any(map(str.isalpha, text))


_kinds = Kept(_kind)

#: The code point of a character and the name that Unicode gives it, ``U+20AC EURO SIGN``.
NAMES = Kept(lambda character: f"U+{ord(character):04X} {unicodedata.name(character, '')}".rstrip())
