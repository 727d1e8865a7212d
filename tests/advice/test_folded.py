"""Folded texts: total, the same each time, and within the alphabet as far as the map has something."""

from __future__ import annotations

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from oracle_profiles import DEFAULT_ALPHABET, EXTENSION_TABLE

import septet

GSM = {*DEFAULT_ALPHABET, *EXTENSION_TABLE}


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’été, « à l’œuvre » – 10 €…", "L'été, \" à l'oeuvre \" - 10 €..."),
        ("Ça va ? ç ê ÿ", "Ça va ? Ç e y"),
        ("e\u0301te\u0301", "été"),
        ("Zażółć gęślą jaźń", "Zazolc gesla jazn"),
        ("ok", "ok"),
        ("", ""),
        ("日本 😀", "日本 :)"),
        ("\ud800\x1b", "\ud800\x1b"),
    ],
)
def test_what_stands_for_what(text: str, folded: str) -> None:
    found = septet.fold(text)
    assert {*found} <= {*GSM, *text}
    if all(character in GSM for character in folded):
        assert {*found} <= GSM
    assert septet.fold(found) == found
    assert found.replace("'", '"') == folded.replace("'", '"')


@examples(200)
@given(st.text(st.characters(exclude_categories=())), st.sampled_from(["gsm", "smspartner", "encom"]))
def test_any_text_has_an_answer(text: str, alphabet: str) -> None:
    found = septet.fold(text, alphabet=alphabet)
    assert septet.fold(found, alphabet=alphabet) == found == septet.fold(text, alphabet=alphabet)
    sent = septet.plan(septet.fold(text, alphabet=alphabet, unknown="?"), alphabet, encoding="gsm7")
    assert not any(change.reason in ("lossy", "unmapped") for change in sent.changes)


@given(st.text(st.characters(exclude_categories=())))
def test_the_codec_asks_it_what_to_write(text: str) -> None:
    octets = text.encode("gsm03.38", "septet.fold")
    assert octets.decode("gsm03.38") == octets.decode("gsm03.38").replace("\x1b", "?")
    if all(character in GSM for character in text):
        assert octets.decode("gsm03.38") == text


def test_the_codec_writes_what_fold_says() -> None:
    assert "L’œuvre 日".encode("gsm03.38", "septet.fold").decode("gsm03.38") == "L'oeuvre ?"


def test_steps_and_what_is_unknown() -> None:
    assert septet.fold("ê’", steps=("typography",)) == "ê'"
    assert septet.fold("日x", unknown="?") == "?x"
    assert septet.fold("日x", unknown="") == "x"
    for wrong in ({"steps": ("emoji",)}, {"unknown": "日"}, {"unknown": 3}):
        with pytest.raises(ValueError, match=r"steps|unknown"):
            septet.fold("x日", **wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="expected a str"):
        septet.fold(b"x")  # type: ignore[arg-type]
