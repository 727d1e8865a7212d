"""Glued links, markup and outer blanks are reported with their place, and ordinary texts have no report."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vector_files import VECTORS, text_of

import septet

CODES = {"glued-link", "suspect-markup", "outer-blanks"}

#: Texts as people send them, in nine languages, with everything that only looks like a sign of something.
QUIET = [
    *("AT&T & Co", "a < b", "a<b & c>d", "<#> Votre code est 1234\nFA+9qCX9VSu", "I <3 you", "R&D; P&L;"),
    *("x > 3 && y < 4", "Bonjour <prenom> !", "https://ex.fr/a?x=1&copy=2", "A&B;C", "&&&;", "<>", "< br >"),
    "Votre commande n° 12345 est prête : à retirer (magasin du centre) avant samedi 19h.",
    "Rappel : RDV lundi 3 août à 9h30 [cabinet dentaire], 3 rue de l'Église.",
    "Suivez votre colis : https://ex.fr/s/AbC_1. Merci !",
    "Suivez votre colis (https://ex.fr/s/AbC_1) 🎉",
    "Your code is 123456. Do not share it.\n\n@www.example.gov #123456",
    "Sale! 20% off everything (online & in store) at example.com/sale 🎉",
    "Tu código es 482913. No lo compartas. 2ª planta, 3.º A",
    "O seu código é 482913. Não o partilhe: https://ex.pt/a",
    "Il tuo codice è 482913; scade alle ore 18.30 (oggi).",
    "Ihr Code lautet 482913. Gültig bis 14.30 Uhr [heute].",
    "Je code is 482913. Bekijk www.voorbeeld.nl, of bel 010-1234567.",
    "Twój kod to 482913. Zobacz: przyklad.pl/a, dziękujemy!",
    "Kodunuz: 482913. Bilgi için https://ornek.com.tr/a?b=1",
    "Καλημέρα (σας)! Доброе утро [вам]. 你好（世界）。",
    "Москва: https://ex.ru/wiki/Москва",
    "Wiki https://ex.fr/wiki/Mercury_(planet) et (c'est tout)",
]


def found(text: str, profile: str = "gsm") -> list[tuple[str, int | None, int | None]]:
    return [(p.code, p.start, p.end) for p in septet.plan(text, profile).problems if p.code in CODES]


@pytest.mark.parametrize("text", QUIET)
def test_ordinary_texts_are_left_alone(text: str) -> None:
    assert not found(text)


def test_the_texts_of_the_vectors_are_left_alone() -> None:
    """The texts of vendors' documents and of the standard, except those with such things on purpose."""
    texts = {
        text_of(vector["text"])
        for path in VECTORS.glob("*.json")
        for vector in json.loads(path.read_text("utf-8"))
    }
    assert len(texts) >= 50
    for text in texts:
        assert not [code for code, *_ in found(text) if code != "outer-blanks"], text
        blanks = bool(text.strip()) and text != text.strip()
        assert ("outer-blanks" in [code for code, *_ in found(text)]) == blanks, text


@pytest.mark.parametrize(
    "text",
    [
        "https://ex.fr/a🎉Venez",
        "ex.fr/a点击",
        "https://ex.fr/a)See",
        "Go www.ex.fr(now",
        "ex.com.😀",
        "ex.fr/a]B",
    ],
)
def test_a_glued_link_is_said(text: str) -> None:
    assert "glued-link" in [code for code, *_ in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Tom &amp; Co",
        "Jerry&#039;s",
        "caf&eacute;",
        "a<br>b",
        "<b>Promo</b>",
        "a &amp;eacute; b",
        "<!-- x -->",
    ],
)
def test_markup_is_said(text: str) -> None:
    assert "suspect-markup" in [code for code, *_ in found(text)]


def test_what_is_cut_is_not_spoken_of() -> None:
    text = "a" * 160 + " &amp; https://ex.fr/a🎉b "
    plan = septet.plan(text, "smsmode", truncate=True, max_segments=1)
    assert {p.code for p in plan.problems} == {"truncated", "link-cut"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (" a", [(0, 1, 1, 0)]),
        ("\r\n\u00a0a", []),
        ("\na\n\n", [(0, 1, 1, 0), (2, 4, 2, 0)]),
        ("a" * 159 + "  ", [(159, 161, 2, 1)]),
        (" " + "a" * 159 + " ", [(0, 1, 1, 1), (160, 161, 1, 1)]),
        ("  ", []),  # there is nothing between them
        ("\u200b\u200ba", []),
    ],
)
def test_outer_blanks_and_what_they_cost(text: str, told: list[tuple[int, int, int, int]]) -> None:
    problems = [p for p in septet.plan(text, "gsm").problems if p.code == "outer-blanks"]
    if text.startswith("\r\n"):
        # A line break is two characters here, and the no-break space makes it UCS-2.
        (problem,) = problems
        assert (problem.start, problem.end, problem.details["units"]) == (0, 3, 3)
        return
    figures = [(p.start, p.end, p.details["units"], p.details["segments"]) for p in problems]
    assert figures == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hi   Ann  , hello", ["  ", "  "]),
        ("Bonjour  , votre colis", ["  "]),
        ("Bonjour Ann  !", [" "]),
        ("Hi  Ann Lee   . Go", [" ", "   "]),
        ("Hi Ann  ;ok", [" "]),
        ("Hi Ann   ", []),
        ("Total  :  10  ...", []),
        ("One.  Two", []),
        ("a\n  , b", []),
        ("Hi  Ann, hello  you", []),
        ("STOP   AU  36111", []),
    ],
)
def test_blanks_that_a_padded_value_leaves(text: str, told: list[str]) -> None:
    places = [(p.start, p.end) for p in septet.plan(text).problems if p.code == "outer-blanks"]
    inner = [(start, end) for start, end in places if end != len(text)]
    assert [text[start:end] for start, end in inner] == told


def test_what_the_blanks_of_a_padded_value_cost() -> None:
    text = "Hi   Ann  , " + "a" * 151
    problems = [p for p in septet.plan(text).problems if p.code == "outer-blanks"]
    assert [dict(p.details) for p in problems] == [{"blanks": 2, "units": 2, "segments": 1}] * 2
    assert septet.plan("Hi Ann, " + "a" * 151).billed_segments == 1


@given(text=st.text(st.sampled_from([" ", "\n", "a", "é", "€", "\u00a0", "ç"]), max_size=12))
def test_blanks_cost_what_the_text_is_billed_less_without_them(text: str) -> None:
    for name in ("gsm", "smsmode", "clicksend", "smspartner"):
        plan = septet.plan(text * 20, name)
        problems = [p for p in plan.problems if p.code == "outer-blanks"]
        for problem in problems:
            inner = septet.plan((text * 20).strip(), name)
            assert problem.details["segments"] == max(0, plan.billed_segments - inner.billed_segments)
        assert sum(p.details["blanks"] for p in problems) == (
            len(plan.original) - len(plan.original.strip()) if plan.original.strip() else 0
        )


@pytest.mark.long
@pytest.mark.parametrize("part", ["https://ex.fr/a🎉", "&amp; ", "&", "<", " ", "<br>", "(", "a.(a", "a  , "])
def test_many_signs_are_no_more_work_than_one_after_the_other(part: str) -> None:
    text = part * ((60_000 if part[-1] in "🎉 >;" else 1_000_000) // len(part))
    codes = {p.code for p in septet.plan(text).problems}
    expected = {"https://ex.fr/a🎉": "glued-link", "&amp; ": "suspect-markup", "<br>": "suspect-markup"}
    assert codes & {"glued-link", "suspect-markup"} == ({expected[part]} if part in expected else set())
