"""The names of kinds of characters, for one and for several; the French names are in the catalogue."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .speaker import Speaker

#: By kind (`kind_of`, and ``extension``), the name for a number of such characters.
KIND_WORDS: Mapping[str, Callable[[Speaker, int], str]] = {
    "accented-letter": lambda speak, number: speak.counted(
        "%(number)s accented letter", "%(number)s accented letters", number
    ),
    "apostrophe": lambda speak, number: speak.counted(
        "%(number)s typographic apostrophe", "%(number)s typographic apostrophes", number
    ),
    "arabic-letter": lambda speak, number: speak.counted(
        "%(number)s Arabic letter", "%(number)s Arabic letters", number
    ),
    "armenian-letter": lambda speak, number: speak.counted(
        "%(number)s Armenian letter", "%(number)s Armenian letters", number
    ),
    "arrow": lambda speak, number: speak.counted("%(number)s arrow", "%(number)s arrows", number),
    "bengali-letter": lambda speak, number: speak.counted(
        "%(number)s Bengali letter", "%(number)s Bengali letters", number
    ),
    "bopomofo-letter": lambda speak, number: speak.counted(
        "%(number)s Bopomofo letter", "%(number)s Bopomofo letters", number
    ),
    "burmese-letter": lambda speak, number: speak.counted(
        "%(number)s Burmese letter", "%(number)s Burmese letters", number
    ),
    "cherokee-letter": lambda speak, number: speak.counted(
        "%(number)s Cherokee letter", "%(number)s Cherokee letters", number
    ),
    "chinese-character": lambda speak, number: speak.counted(
        "%(number)s Chinese character", "%(number)s Chinese characters", number
    ),
    "combining-accent": lambda speak, number: speak.counted(
        "%(number)s combining accent", "%(number)s combining accents", number
    ),
    "control": lambda speak, number: speak.counted(
        "%(number)s control character", "%(number)s control characters", number
    ),
    "coptic-letter": lambda speak, number: speak.counted(
        "%(number)s Coptic letter", "%(number)s Coptic letters", number
    ),
    "currency": lambda speak, number: speak.counted(
        "%(number)s currency sign", "%(number)s currency signs", number
    ),
    "cyrillic-letter": lambda speak, number: speak.counted(
        "%(number)s Cyrillic letter", "%(number)s Cyrillic letters", number
    ),
    "dash": lambda speak, number: speak.counted("%(number)s dash", "%(number)s dashes", number),
    "devanagari-letter": lambda speak, number: speak.counted(
        "%(number)s Devanagari letter", "%(number)s Devanagari letters", number
    ),
    "digit": lambda speak, number: speak.counted("%(number)s digit", "%(number)s digits", number),
    "direction": lambda speak, number: speak.counted(
        "%(number)s direction mark", "%(number)s direction marks", number
    ),
    "ellipsis": lambda speak, number: speak.counted(
        "%(number)s ellipsis sign", "%(number)s ellipsis signs", number
    ),
    "emoji": lambda speak, number: speak.counted("%(number)s emoji", "%(number)s emoji", number),
    "ethiopic-letter": lambda speak, number: speak.counted(
        "%(number)s Ethiopic letter", "%(number)s Ethiopic letters", number
    ),
    "extension": lambda speak, number: speak.counted(
        "%(number)s character of the GSM extension table",
        "%(number)s characters of the GSM extension table",
        number,
    ),
    "flag-letter": lambda speak, number: speak.counted(
        "%(number)s letter of a flag", "%(number)s letters of flags", number
    ),
    "georgian-letter": lambda speak, number: speak.counted(
        "%(number)s Georgian letter", "%(number)s Georgian letters", number
    ),
    "greek-letter": lambda speak, number: speak.counted(
        "%(number)s Greek letter", "%(number)s Greek letters", number
    ),
    "gujarati-letter": lambda speak, number: speak.counted(
        "%(number)s Gujarati letter", "%(number)s Gujarati letters", number
    ),
    "gurmukhi-letter": lambda speak, number: speak.counted(
        "%(number)s Gurmukhi letter", "%(number)s Gurmukhi letters", number
    ),
    "hebrew-letter": lambda speak, number: speak.counted(
        "%(number)s Hebrew letter", "%(number)s Hebrew letters", number
    ),
    "invisible": lambda speak, number: speak.counted(
        "%(number)s invisible character", "%(number)s invisible characters", number
    ),
    "kana": lambda speak, number: speak.counted(
        "%(number)s Japanese kana", "%(number)s Japanese kana", number
    ),
    "kannada-letter": lambda speak, number: speak.counted(
        "%(number)s Kannada letter", "%(number)s Kannada letters", number
    ),
    "khmer-letter": lambda speak, number: speak.counted(
        "%(number)s Khmer letter", "%(number)s Khmer letters", number
    ),
    "korean-letter": lambda speak, number: speak.counted(
        "%(number)s Korean letter", "%(number)s Korean letters", number
    ),
    "lao-letter": lambda speak, number: speak.counted(
        "%(number)s Lao letter", "%(number)s Lao letters", number
    ),
    "latin-letter": lambda speak, number: speak.counted(
        "%(number)s Latin letter", "%(number)s Latin letters", number
    ),
    "line-break": lambda speak, number: speak.counted(
        "%(number)s line break", "%(number)s line breaks", number
    ),
    "malayalam-letter": lambda speak, number: speak.counted(
        "%(number)s Malayalam letter", "%(number)s Malayalam letters", number
    ),
    "mark": lambda speak, number: speak.counted(
        "%(number)s vowel sign or other mark on letters",
        "%(number)s vowel signs and other marks on letters",
        number,
    ),
    "mathematical-sign": lambda speak, number: speak.counted(
        "%(number)s mathematical sign", "%(number)s mathematical signs", number
    ),
    "mongolian-letter": lambda speak, number: speak.counted(
        "%(number)s Mongolian letter", "%(number)s Mongolian letters", number
    ),
    "odia-letter": lambda speak, number: speak.counted(
        "%(number)s Odia letter", "%(number)s Odia letters", number
    ),
    "other-letter": lambda speak, number: speak.counted(
        "%(number)s letter of another script", "%(number)s letters of other scripts", number
    ),
    "placeholder": lambda speak, number: speak.counted(
        "%(number)s placeholder", "%(number)s placeholders", number
    ),
    "private-use": lambda speak, number: speak.counted(
        "%(number)s private-use character", "%(number)s private-use characters", number
    ),
    "punctuation": lambda speak, number: speak.counted(
        "%(number)s punctuation mark", "%(number)s punctuation marks", number
    ),
    "quotation-mark": lambda speak, number: speak.counted(
        "%(number)s typographic quotation mark", "%(number)s typographic quotation marks", number
    ),
    "replacement": lambda speak, number: speak.counted(
        "%(number)s replacement character", "%(number)s replacement characters", number
    ),
    "sinhala-letter": lambda speak, number: speak.counted(
        "%(number)s Sinhala letter", "%(number)s Sinhala letters", number
    ),
    "skin-tone": lambda speak, number: speak.counted(
        "%(number)s skin tone of an emoji", "%(number)s skin tones of emoji", number
    ),
    "space": lambda speak, number: speak.counted(
        "%(number)s space that is not the ordinary one",
        "%(number)s spaces that are not the ordinary one",
        number,
    ),
    "styled-letter": lambda speak, number: speak.counted(
        "%(number)s letter from a special set, such as bold or full-width",
        "%(number)s letters from special sets, such as bold or full-width",
        number,
    ),
    "surrogate": lambda speak, number: speak.counted(
        "%(number)s lone surrogate", "%(number)s lone surrogates", number
    ),
    "symbol": lambda speak, number: speak.counted("%(number)s symbol", "%(number)s symbols", number),
    "syriac-letter": lambda speak, number: speak.counted(
        "%(number)s Syriac letter", "%(number)s Syriac letters", number
    ),
    "tab": lambda speak, number: speak.counted("%(number)s tab", "%(number)s tabs", number),
    "tamil-letter": lambda speak, number: speak.counted(
        "%(number)s Tamil letter", "%(number)s Tamil letters", number
    ),
    "telugu-letter": lambda speak, number: speak.counted(
        "%(number)s Telugu letter", "%(number)s Telugu letters", number
    ),
    "thaana-letter": lambda speak, number: speak.counted(
        "%(number)s Thaana letter", "%(number)s Thaana letters", number
    ),
    "thai-letter": lambda speak, number: speak.counted(
        "%(number)s Thai letter", "%(number)s Thai letters", number
    ),
    "tibetan-letter": lambda speak, number: speak.counted(
        "%(number)s Tibetan letter", "%(number)s Tibetan letters", number
    ),
    "tifinagh-letter": lambda speak, number: speak.counted(
        "%(number)s Tifinagh letter", "%(number)s Tifinagh letters", number
    ),
    "unassigned": lambda speak, number: speak.counted(
        "%(number)s unassigned character", "%(number)s unassigned characters", number
    ),
    "yi-letter": lambda speak, number: speak.counted("%(number)s Yi letter", "%(number)s Yi letters", number),
}
