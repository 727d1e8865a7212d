"""Joints: leaving something out of a text joins nothing, and leaves no extra blank."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import septet

LONG = "x" * 71


def best(text: str) -> str:
    # If a text ends in a blank, removing only that is the best advice; this test is about
    # the pictures.
    found = septet.advise(f"{LONG}; {text}")
    return next(a for a in found if a.kind != "strip").text.removeprefix(f"{LONG}; ")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Win 5🎉10 €", "Win 5 10 €"),
        ("a🎉b", "a b"),
        ("a🎉🎈b", "a b"),
        ("Merci.🎉Bonjour", "Merci. Bonjour"),
        ("20%🎉ce soir", "20% ce soir"),
        ("Hello 🎉! Oui", "Hello! Oui"),
        ("Oui\n 🎉. Non", "Oui\n. Non"),
        ("Hello 🎉, oui", "Hello, oui"),
        ("Bravo 🎉 ! Ok", "Bravo ! Ok"),
        ("(🎉 Promo)", "(Promo)"),
        ("(Promo 🎉)", "(Promo)"),
        ('"🎉 oui 🎉" non', '"oui" non'),
        ("« 🎉 Promo 🎉 »", '" Promo "'),
        ("a\u00a0🎉\u00a0b", "a b"),
        ("a 🎉 🎉 b", "a b"),
        ("fin 🎉", "fin"),
        ("fin 🎉 ", "fin"),
        ("fin 🎉 🎉\nou 🎉\r\n🎉 non", "fin\nou\r\nnon"),
        ("l'🎉ami", "l'ami"),
        ("voir 🎉.fr", "voir .fr"),
        ("5🎉.10 et 5🎉-10", "5 .10 et 5 -10"),
        ("5\x1b10 a \ud800 b \x1b", "5 10 a b"),
        ("5\x0110", "5 10"),
        ("✓Payé 5✓10", "OK Payé 5 OK 10"),
        ("❤5 3❤️5 😮Oh", "<3 5 3 <3 5 :o Oh"),
        ("5\ufe0f\u20e310 1\ufe0f\u20e32\ufe0f\u20e3", "5 10 12"),
        ("5\u200b10", "510"),  # so it was read before
        ("北京, oui 北京", "Bei Jing, oui Bei Jing"),
    ],
)
def test_what_is_left_out(text: str, written: str) -> None:
    assert best(text) == written


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "5",
                "10",
                "a",
                "été",
                "Z",
                " ",
                " ",
                "  ",
                "\n",
                "\r\n",
                "\u00a0",
                ".",
                ",",
                "!",
                "?",
                ":",
                ";",
            ),
            *(
                "(",
                ")",
                '"',
                "'",
                "«",
                "»",
                "€",
                "%",
                "🎉",
                "🎉",
                "🎈",
                "👨\u200d👩\u200d👧",
                "⭐",
                "♛",
                "❤",
                "😀",
            ),
            *("\x1b", "\ud800", "\x01", "✓", "1\ufe0f\u20e3", "’", "e\u0301", "京", "½"),
        ]
    ),
    min_size=1,
    max_size=16,
).map("".join)


def pieces(text: str, advice: septet.Advice) -> list[tuple[str, int | None]]:
    """Every character of the advised text with its place in the text as it was given, if it has one."""
    found: list[tuple[str, int | None]] = []
    place = 0
    for change in advice.changes:
        found += [(text[at], at) for at in range(place, change.start)]
        found += [(character, None) for character in change.replacement]
        place = change.end
    return found + [(text[at], at) for at in range(place, len(text))]


def is_seen(text: str) -> bool:
    return any(unicodedata.category(c) not in ("Cf", "Mn", "Me") for c in text)


@given(text=PIECES)
def test_nothing_runs_together_that_stood_apart(text: str) -> None:
    text = f"{LONG}; {text}"
    for advice in septet.advise(text, optout="never"):
        found = pieces(text, advice)
        assert "".join(character for character, _ in found) == advice.text
        for (one, place), (other, behind) in pairwise(found):
            if place is not None and behind is not None and one.isalnum() and other.isalnum():
                assert not is_seen(text[place + 1 : behind]), (text, advice)


def blanks(pattern: str, text: str) -> int:
    return len(re.findall(pattern, text.replace("\u00a0", " ")))


@given(text=PIECES)
def test_no_blank_is_left_over(text: str) -> None:
    text = f"{LONG}; {text}"
    for advice in septet.advise(text, optout="never"):
        steps = set(advice.kind.split("+"))
        if not steps & {"emoji", "invalid"} or steps & {"transliteration", "signs", "emoticons"}:
            continue
        for pattern in ("  ", r" [.,!?)](?!\w)", r"\( ", r" (?=\r?\n|\Z)"):
            # Those that remain were there, between the same or around what was left out.
            assert blanks(pattern, advice.text) <= blanks(pattern, text), (pattern, text, advice)
        if text.rstrip(" \u00a0") != text.rstrip(" \u00a0🎉🎈👨👩👧\u200d♛"):
            assert not advice.text.endswith(" ")


@pytest.mark.long
@pytest.mark.parametrize("unit", ["\u200b", "\u200d", "⭐\u200b", "⭐ \u200b", "\x00", "⭐", "\u200b5", "✓"])
def test_long_runs_of_what_is_left_out_have_an_answer(unit: str) -> None:
    # Each of them looked at anew from each of its neighbours would take minutes: no clock is needed.
    text = unit * (60_000 // len(unit)) + "ж"
    for advice in septet.advise(text):
        assert advice.billed_segments <= septet.count(text)
