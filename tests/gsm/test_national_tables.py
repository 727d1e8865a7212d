"""The national language tables: the standard's rules for them, and every character encoded and decoded."""

from __future__ import annotations

import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septet.gsm import alphabets
from septet.gsm.alphabets import Tables, characters_by_septet, septets_by_character
from septet.gsm.characters import UNDEFINED
from septet.gsm.codec import decode_septets, encode_septets


def codes(written: str) -> dict[int, str]:
    """``"04ê 06ú"`` as a table."""
    return {int(cell[:2], 16): cell[2:] for cell in written.split()}


# TS 23.038, 6.2.1.2.4.
LANGUAGES = ("tr", "es", "pt", "bn", "gu", "hi", "kn", "ml", "or", "pa", "ta", "te", "ur")
NAMES = "Turkish Spanish Portuguese Bengali Gujarati Hindi Kannada Malayalam Oriya Punjabi Tamil Telugu Urdu"
IDENTIFIERS = {language: number for number, language in enumerate(LANGUAGES, start=1)}
# What the names of a script's characters begin with, or hold, in Unicode.
SCRIPTS = {
    "bn": "BENGALI",
    "gu": "GUJARATI",
    "hi": "DEVANAGARI",
    "kn": "KANNADA",
    "ml": "MALAYALAM",
    "or": "ORIYA",
    "pa": "GURMUKHI",
    "ta": "TAMIL",
    "te": "TELUGU",
    "ur": "ARABIC",
}
# TS 23.038, annex A: every single shift table keeps what the extension table has.
EXTENSION = {0x0A: "\f"} | codes("14^ 28{ 29} 2F\\ 3C[ 3D~ 3E] 40| 65€")

LOCKING = [language for language in IDENTIFIERS if alphabets.has_table(language, "locking")]
# Every pair of tables that a header can announce, of one language or of two.
PAIRS = [Tables(*pair) for pair in itertools.product([None, *LOCKING], [None, *IDENTIFIERS])]


def name(tables: Tables) -> str:
    return f"{tables.locking or 'default'}-{tables.single or 'default'}"


def cells(language: str, kind: str) -> dict[int, str]:
    tables = Tables(locking=language) if kind == "locking" else Tables(single=language)
    table = characters_by_septet(tables)[kind == "single"]
    return {code: character for code, character in enumerate(table) if character != UNDEFINED}


def test_there_are_thirteen_languages_with_the_identifiers_of_the_standard() -> None:
    assert {language: alphabets.identifier(language) for language in alphabets.languages()} == IDENTIFIERS
    assert all(alphabets.language_of(number) == language for language, number in IDENTIFIERS.items())
    assert " ".join(map(alphabets.language_name, IDENTIFIERS)) == NAMES


@pytest.mark.parametrize("number", [0, 14, 127, 255, -1])
def test_other_identifiers_are_reserved(number: int) -> None:
    assert alphabets.language_of(number) is None


def test_all_have_a_single_shift_table_and_all_but_spanish_a_locking_one() -> None:
    assert all(alphabets.has_table(language, "single") for language in IDENTIFIERS)
    assert set(IDENTIFIERS) - set(LOCKING) == {"es"}


@pytest.mark.parametrize("tables", PAIRS, ids=name)
def test_every_character_of_a_pair_comes_back(tables: Tables) -> None:
    basic, extension = characters_by_septet(tables)
    characters = set(basic + extension) - {UNDEFINED}
    assert set(septets_by_character(tables)) == characters
    for character in characters:
        septets = encode_septets(character, tables)
        assert decode_septets(septets, tables) == character
        assert len(septets) == (1 if character in basic else 2)
    everything = "".join(sorted(characters))
    assert decode_septets(encode_septets(everything, tables), tables) == everything


@pytest.mark.parametrize("tables", PAIRS, ids=name)
def test_every_code_of_a_pair_is_read_as_the_standard_says(tables: Tables) -> None:
    basic, extension = characters_by_septet(tables)
    for code in range(128):
        main = " " if basic[code] == UNDEFINED else basic[code]
        assert decode_septets(bytes([code]), tables) == main
        # TS 23.038, 6.2.1.1: without a symbol in the extension table, that of the locking shift table.
        behind = main if extension[code] == UNDEFINED else extension[code]
        assert decode_septets(bytes([0x1B, code]), tables) == behind


@given(st.sampled_from(PAIRS), st.data())
def test_every_text_of_a_pair_comes_back(tables: Tables, data: st.DataObject) -> None:
    text = data.draw(st.text(st.sampled_from(sorted(septets_by_character(tables)))))
    assert decode_septets(encode_septets(text, tables), tables) == text


@pytest.mark.parametrize("language", IDENTIFIERS)
def test_a_single_shift_table_keeps_the_extension_table(language: str) -> None:
    single = cells(language, "single")
    assert {code: single.get(code) for code in EXTENSION} == EXTENSION


@pytest.mark.parametrize("language", IDENTIFIERS)
def test_the_euro_sign_is_in_every_language(language: str) -> None:
    locking = language if language in LOCKING else None
    for tables in (Tables(single=language), Tables(locking), Tables(locking, language)):
        assert decode_septets(encode_septets("€", tables), tables) == "€"
    assert encode_septets("€", Tables(single=language)) == b"\x1b\x65"


@pytest.mark.parametrize("language", IDENTIFIERS)
def test_no_character_stands_at_an_escape_or_at_a_reserved_control_code(language: str) -> None:
    # TS 23.038, annex A: in a single shift table 0x1B is kept for a further table, 0x0D for a control code.
    assert not {0x0D, 0x1B} & set(cells(language, "single"))
    if language in LOCKING:
        assert 0x1B not in cells(language, "locking")


@pytest.mark.parametrize("language", LOCKING)
def test_a_locking_shift_table_keeps_line_breaks_digits_and_small_letters(language: str) -> None:
    locking = cells(language, "locking")
    for character in "\n\r 0123456789abcdefghijklmnopqrstuvwxyz!,.:;?":
        assert locking[ord(character)] == character


@pytest.mark.parametrize("language", SCRIPTS)
def test_capital_letters_are_behind_the_escape_where_the_script_takes_their_place(language: str) -> None:
    single = cells(language, "single")
    for character in "ABCDEFGHIJKLMNOPQRSTUVWXYZ":
        assert single[ord(character)] == character
        assert len(encode_septets(character, Tables(language, language))) == 2


@pytest.mark.parametrize("language", SCRIPTS)
def test_a_table_has_the_letters_of_its_own_script(language: str) -> None:
    for kind in ("locking", "single"):
        for character in cells(language, kind).values():
            own = SCRIPTS[language] in unicodedata.name(character, "")
            # The dandas of Unicode's Devanagari block serve every script of the subcontinent.
            assert own or ord(character) < 0x100 or character in "€।॥", (kind, character)


@pytest.mark.parametrize("language", SCRIPTS)
def test_the_digits_of_a_script_stand_in_order(language: str) -> None:
    digits = {code: unicodedata.digit(c) for code, c in cells(language, "single").items() if c.isdigit()}
    # Bengali begins at 0x19 and leaves out the escape; the others at 0x1C.
    codes = [0x19, 0x1A, *range(0x1C, 0x24)] if language == "bn" else list(range(0x1C, 0x26))
    assert digits == {code: digit for digit, code in enumerate(codes)}


def test_turkish_locking_differs_from_the_default_alphabet_in_eight_codes() -> None:
    default, _ = characters_by_septet()
    turkish = cells("tr", "locking")
    changed = {code: c for code, c in turkish.items() if c != default[code]}
    expected = codes("04€ 07ı 0BĞ 0Cğ 1CŞ 1Dş 40İ 60ç")
    assert changed == expected
    assert "".join(default[code] for code in expected) == "èìØøÆæ¡¿"


@pytest.mark.parametrize(
    ("language", "added"),
    [
        ("tr", "47Ğ 49İ 53Ş 63ç 67ğ 69ı 73ş"),
        ("es", "09ç 41Á 49Í 4FÓ 55Ú 61á 69í 6Fó 75ú"),
        (
            "pt",
            "05ê 09ç 0BÔ 0Cô 0EÁ 0Fá 12Φ 13Γ 15Ω 16Π 17Ψ 18Σ 19Θ 1FÊ "
            "41À 49Í 4FÓ 55Ú 5BÃ 5CÕ 61Â 69í 6Fó 75ú 7Bã 7Cõ 7Fâ",
        ),
    ],
)
def test_the_latin_single_shift_tables(language: str, added: str) -> None:
    assert cells(language, "single") == EXTENSION | codes(added)


def test_portuguese_locking() -> None:
    default, _ = characters_by_septet()
    changed = {code: c for code, c in cells("pt", "locking").items() if c != default[code]}
    assert changed == codes(
        "04ê 06ú 07í 08ó 09ç 0BÔ 0Cô 0EÁ 0Fá 12ª 13Ç 14À 15∞ 16^ 17\\ 18€ 19Ó 1A| "
        "1CÂ 1Dâ 1EÊ 24º 40Í 5BÃ 5CÕ 5DÚ 60~ 7Bã 7Cõ 7D`"
    )


def test_hindi_locking_begins_in_devanagari() -> None:
    # A table in circulation has Bengali signs in these three places.
    assert [cells("hi", "locking")[code] for code in range(3)] == ["\u0901", "\u0902", "\u0903"]
    assert [cells("bn", "locking")[code] for code in range(3)] == ["\u0981", "\u0982", "\u0983"]


@pytest.mark.parametrize(
    ("tables", "text", "septets"),
    [
        (Tables("tr"), "ığşçĞŞİ€", "070C1D600B1C4004"),
        (Tables(None, "tr"), "ığşçĞŞİ€", "1B691B671B731B631B471B531B491B65"),
        # Infobip, National Language Shift: "1B55" is Ú from the extended set.
        (Tables(None, "es"), "Ú", "1B55"),
        (Tables("pt", "pt"), "ção", "097B6F"),
        (Tables("hi", "hi"), "नमस्ते A1", "2F424C5F2759201B4131"),
        (Tables("ur", "ur"), "سلام", "3D4D004E"),
    ],
)
def test_samples(tables: Tables, text: str, septets: str) -> None:
    assert encode_septets(text, tables).hex().upper() == septets
    assert decode_septets(bytes.fromhex(septets), tables) == text


def test_a_code_without_character_is_a_space() -> None:
    assert 0x00 not in cells("ta", "locking")
    assert decode_septets(b"\x00\x1b\x35\x03", Tables("ta", "ta")) == " 5\u0b85"


def test_the_place_of_a_character_that_a_pair_lacks_is_named() -> None:
    with pytest.raises(UnicodeEncodeError) as caught:
        encode_septets("ağøb", Tables("tr"))
    assert (caught.value.start, caught.value.end) == (2, 3)
    with pytest.raises(UnicodeEncodeError):
        encode_septets("ğ")
