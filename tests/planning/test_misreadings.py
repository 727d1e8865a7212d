"""Garbled texts are known for what they were, and real words are not taken for garbled ones."""

from __future__ import annotations

from typing import Any

import pytest
from babel import Locale
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

import septet
from septet.planning.misreadings import FOLLOWERS, LEADS, RARE, misreading

#: What Windows-1252 has where Latin-1 has control characters.
TYPOGRAPHIC = {
    octet: bytes([octet]).decode("cp1252")
    for octet in range(0x80, 0xA0)
    if octet not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def as_latin_1(text: str) -> str:
    return text.encode("utf-8").decode("latin-1")


def as_windows_1252(text: str) -> str:
    return as_latin_1(text).translate(TYPOGRAPHIC)


def twice(text: str) -> str:
    return as_windows_1252(as_windows_1252(text))


def words(*codes: str) -> list[str]:
    """The names that languages have for languages, countries, scripts, months and currencies: real words."""
    found: set[str] = set()

    def gather(part: Any) -> None:
        if isinstance(part, str):
            found.add(part)
        elif hasattr(part, "values"):
            for inner in part.values():
                gather(inner)

    for code in codes:
        locale = Locale.parse(code)
        for names in (locale.languages, locale.territories, locale.scripts, locale.months, locale.days):
            gather(names)
        gather(locale.currencies)
    return sorted(found)


# Whoever uses letters that UTF-8 becomes when it is read as Latin-1, or that it is written with.
LANGUAGES = (
    *("fr", "pt", "pt_PT", "vi", "es", "it", "de", "tr", "pl", "ro", "cs", "sk", "hu", "ca", "gl", "nl"),
    *("sv", "fi", "da", "nb", "is", "et", "lv", "lt", "hr", "sl", "sq", "mt", "ru", "el", "he", "ar"),
)
AROUND = (
    *("{}", "{}…", "{} …", "«{}»", "«\u00a0{}\u00a0»", "“{}”", "„{}“", "»{}«", "”{}”", "‘{}’", "({})", "{}®"),
    *("{}’s", "{}\u00a0!", "{}\u00a0»", "{} – 5\u00a0€", "{}, {}", "{}\u00a0: 20\u00a0°", "{}…{}", "¡{}!"),
)


@pytest.mark.parametrize("code", LANGUAGES)
def test_real_words_are_not_suspected(code: str) -> None:
    for word in words(code):
        for written in (word, word.upper()):
            for around in AROUND:
                text = around.replace("{}", written)
                assert misreading(text) is None, text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "NÃO",
            "MAÇÃ",
            "À côté",
            "Ã",
            "Â",
            "Ä",
            "Å",
            "«Ã»",
            "“Â”",
            "MAÇÃ…",
            "“AMANHÃ”",
            "voilà\u00a0»",
            "ÂGE",
        ),
        *("Ã la carte", "HYVÄÄ PÄIVÄÄ…", "ĐÃ NHẬN", "NHÃ…", "Xin chào quý khách", "BLÅ…", "Ö»", "olá»…"),
        *(
            "20 °C",
            "l’Âme",
            "É€",
            "créée à 10 €",
            "10\u00a0€",
            "最一刀",
            "一一一",
            "\u3000\u3000\u3000",
            "a\0b",
        ),
        *("İstanbul", "ŞANLIURFA", "Œuvre", "Æ", "naïf", "ð", "\u2000\u3000一", ""),
    ],
)
def test_what_is_real_is_not_suspected(text: str) -> None:
    assert misreading(text) is None
    assert all(problem.code != "suspect-encoding" for problem in septet.plan(text).problems)


@pytest.mark.parametrize("read", [as_latin_1, as_windows_1252, twice])
@pytest.mark.parametrize(
    "text",
    [
        *(
            "arrivé",
            "aujourd’hui",
            "¿Qué?",
            "¿",
            "é",
            "à 14h",
            "5 €",
            "KÖLN",
            "Straße",
            "DÉJÀ",
            "OÙ",
            "HABLÓ",
        ),
        *("não", "AMANHÃ", "maçã", "œuvre", "«\u00a0Bonjour\u00a0»", "İstanbul", "ștergere", "żółć", "ÅRHUS"),
        *(
            "привет",
            "ΓΕΙΑ",
            "您好",
            "한국어",
            "bạn đã nhận",
            "bravo 😀",
            "✅ fait",
            "N°5",
            "20 °C",
            "PROMO\u00a0!",
        ),
        *("Chère Élodie, à bientôt…", "ÇA VA ?", "Ça"),
    ],
)
def test_utf_8_read_in_another_charset(read: Any, text: str) -> None:
    garbled = read(text)
    found = misreading(garbled)
    assert found is not None
    assert found.mistake == "utf-8"
    assert found.mended(garbled) == text
    (problem,) = (p for p in septet.plan(garbled).problems if p.code == "suspect-encoding")
    assert problem.severity == "warning"
    assert problem.start is not None
    assert garbled[problem.start : problem.end] == problem.details["characters"]
    assert problem.details["probably"] == text


def test_nearly_every_word_is_known_once_it_is_garbled() -> None:
    found = [word for word in words("fr", "es", "pt", "it", "de", "tr", "pl") if not word.isascii()]
    assert len(found) > 2000
    for read in (as_latin_1, as_windows_1252, twice):
        mended = 0
        for word in found:
            garbled = read(word)
            known = misreading(garbled)
            mended += known is not None and known.mended(garbled) == word
        # The others may be real, since they are single.
        assert mended >= 0.99 * len(found), read


@pytest.mark.parametrize(
    ("text", "mistake", "start", "end", "was"),
    [
        ("Bonjour ça va".encode("utf-16-le").decode("utf-16-be"), "utf-16", 0, 8, "Bonjour ça va"),
        ("\ufffe" + "l’été".encode("utf-16-le").decode("utf-16-be"), "utf-16", 0, 1, "l’été"),
        ("Bonjour’".encode("utf-16-be").decode("latin-1"), "utf-16", 0, 14, "Bonjour’"),
        ("Bonjour".encode("utf-16").decode("latin-1"), "utf-16", 2, 16, "Bonjour"),
        ("10 \x80, l\x92été", "windows-1252", 3, 4, "10 €, l’été"),
        ("très".encode().decode("iso-8859-15"), "utf-8", 2, 4, "très"),
        ("\ufeffBonjour".encode().decode("cp1252"), "utf-8", 0, 3, "Bonjour"),
        ("Chère Ã‰lodie, à bientôt", "utf-8", 6, 8, "Chère Élodie, à bientôt"),
        ("Ã  l'hÃ´tel, dÃ©jÃ  !  VoilÃ , Ã tÃ´t lÃ ", "utf-8", 6, 8, "à l'hôtel, déjà !  Voilà, à tôt là"),
        ("Une MAÇÃ Ã\xa0 5 â‚¬ ?", "utf-8", 9, 11, "Une MAÇÃ à 5 € ?"),
        ("caf\ufffd\ufffd", "lost", 3, 5, None),
        ("caf\ufffd".encode().decode("cp1252"), "lost", 3, 6, None),
    ],
)
def test_other_mistakes(text: str, mistake: str, start: int, end: int, was: str | None) -> None:
    found = misreading(text)
    assert found is not None
    assert (found.mistake, found.start, found.end, found.mended(text)) == (mistake, start, end, was)


def test_a_control_character_that_the_vendor_replaces_is_no_sign() -> None:
    # Twilio: "U+008D" and others become blanks.
    assert misreading("a\x8d") is not None
    assert all(problem.code != "suspect-encoding" for problem in septet.plan("a\x8d", "twilio").problems)


@given(st.text(st.one_of(st.sampled_from(sorted(LEADS | FOLLOWERS | RARE)), st.characters()), max_size=30))
@examples(300)
def test_what_is_suspected_has_signs_and_places(text: str) -> None:
    found = misreading(text)
    if found is None:
        return
    held = set(text)
    # With these, a column of texts is searched for rows to look at.
    assert held & RARE or (held & LEADS and held & FOLLOWERS)
    assert 0 <= found.start < found.end <= len(text)
    place = 0
    for repair in found.repairs:
        assert place <= repair.start < repair.end <= len(text)
        assert text[repair.start : repair.end] != repair.replacement
        place = repair.end


# A capital in the midst of a word would be taken for a sign of ISO-8859-15.
SMALL = [chr(c) for c in range(0x20, 0x180) if not 0x7F <= c < 0xA0 and not chr(c).isupper()]


@given(st.text(st.sampled_from(SMALL), min_size=1, max_size=60))
@examples(200)
def test_a_garbled_text_that_is_suspected_becomes_what_it_was(text: str) -> None:
    garbled = as_windows_1252(text + " arrivé")
    found = misreading(garbled)
    assert found is not None
    if misreading(text) is None:
        assert found.mended(garbled) == text + " arrivé"


@pytest.mark.long
@pytest.mark.parametrize(
    "part", ["Ã", "Ã©", "Ä”", "MAÇÃ… ", "â€", "é\u00a0»", "\x80", "a\0", "一", "䈀漀渀", "\ufffd", "”Ä”"]
)
def test_a_million_characters_have_an_answer(part: str) -> None:
    # By its square, one of them would take hours.
    found = misreading(part * (1_000_000 // len(part)))
    assert found is None or found.mended(part) != part
