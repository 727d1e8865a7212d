"""Single characters: what no SMS carries as text, what a charset has, and line breaks."""

from __future__ import annotations

import itertools

import pytest

from septet.gsm.alphabets import Tables
from septet.gsm.characters import (
    holds_invalid,
    is_encodable,
    is_invalid,
    place_in_original,
    unify_line_breaks,
)
from septet.gsm.table_names import table_names


def test_what_no_message_carries() -> None:
    invalid = [chr(point) for point in range(0x110000) if is_invalid(chr(point))]
    assert invalid == ["\x1b", *map(chr, range(0xD800, 0xE000))]
    for character in ["\x1b", "\ud800", "\udbff", "\udc00", "\udfff"]:
        for text in (character, f"a{character}", f"é{character}", f"{character}😀"):
            assert holds_invalid(text)
    for text in ("", "a", "\x1a\x1c", "é", "\ud7ff\ue000", "😀"):
        assert not holds_invalid(text)


def test_a_charset_has_every_character_or_not() -> None:
    assert is_encodable("", "ascii")
    assert is_encodable("é", "latin-1")
    assert not is_encodable("é", "ascii")
    assert not is_encodable("a€", "latin-1")
    assert not is_encodable("\ud800", "utf-8")


def test_a_place_before_line_breaks_were_unified() -> None:
    for pieces in itertools.product(["\r", "\n", "\r\n", "a"], repeat=5):
        text = "".join(pieces)
        unified, place = unify_line_breaks(text), 0
        assert "\r" not in unified
        for at, character in enumerate(unified):
            assert place_in_original(text, at) == place
            assert character == ("a" if text[place] == "a" else "\n")
            place += 2 if text.startswith("\r\n", place) else 1
        assert place_in_original(text, len(unified)) == len(text)


@pytest.mark.parametrize(
    ("tables", "names"),
    [
        (Tables(), ""),
        (Tables(locking="tr"), "the Turkish locking shift table"),
        (Tables(single="es"), "the Spanish single shift table"),
        (Tables("pt", "hi"), "the Portuguese locking shift table and the Hindi single shift table"),
    ],
)
def test_the_names_of_tables(tables: Tables, names: str) -> None:
    assert str(table_names(tables)) == names
