"""Messages: their templates, how they are put together, and their translation."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import options, texts

import septet
from septet.wording.languages import LANGUAGES, Language, language_of, nearest_language
from septet.wording.messages import (
    Words,
    amount,
    capitalised,
    counted,
    day,
    figure,
    joined,
    listed,
    moment,
    one_of,
    phrase,
    said,
    translated,
)
from septet.wording.quantities import units
from septet.wording.speaking import language_spoken, speak, speaking, spoken

OTHERS = [lang for lang in LANGUAGES if lang != "en"]

#: Texts of other languages, only for tests of the machinery.
TURNED = {
    "%(first)s and %(second)s": "%(second)s, %(first)s",
    "100 %%": "all %%",
    '"%(characters)s" (%(number)s characters)': "%(number)s: %(characters)s",
}
OTHER = Language("fr", TURNED.__getitem__, lambda one, several, number: f"{TURNED[one]}")


@given(st.data())
def test_every_problem_of_a_plan_can_be_translated(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(septet.profiles()))
    plan = septet.plan(data.draw(texts()), profile, **data.draw(options(profile)))
    for problem in plan.problems:
        assert isinstance(problem.message, Words)
        assert problem.in_language("en") == problem.message == str(problem.message)
        for lang in OTHERS:
            assert problem.in_language(lang) != problem.message
            assert problem.to_dict(lang) == problem.to_dict() | {"message": problem.in_language(lang)}
    for lang in OTHERS:
        told = plan.to_dict(lang=lang)
        assert [found["message"] for found in told.pop("problems")] == [
            problem.in_language(lang) for problem in plan.problems
        ]
        english = plan.to_dict()
        del english["problems"]
        assert told == english


# The French sentences are the translators'; that the figures and names are in them is what counts.
@pytest.mark.parametrize(
    ("profile", "options", "text", "code", "french"),
    [
        ("envoyersmspro", {}, "a" * 161, "too-long", "Le message prend 2 segments facturés, pour 1 au plus."),
        (
            *("smsmode", {}, "a" * 766, "truncated"),
            "Le dernier caractère est coupé\u00a0: le texte entier prend 6 segments facturés, pour 5",
        ),
        ("smsmode", {}, "a" * 767, "truncated", "Les 2 derniers caractères sont coupés\u00a0: le texte"),
        ("smsmode", {}, "a" * 2765, "truncated", "Les 2\u202f000 derniers caractères sont coupés\u00a0: le"),
        ("smspartner", {}, "aíúb", "unmapped-character", "«\u00a0íú\u00a0» (2 caractères)\u00a0: hors de"),
        (
            *("smspartner", {}, "a:br::euro:b", "vendor-tag"),
            "qui peut la remplacer par un saut de ligne et le symbole de l’euro.",
        ),
        (
            "smspartner",
            {"encoding": "ucs2"},
            "a",
            "account-option-needed",
            "Ce message est prévu en UCS-2. isU",
        ),
    ],
)
def test_a_problem_in_french(
    profile: str, options: dict[str, Any], text: str, code: str, french: str
) -> None:
    plan = septet.plan(text, profile, **options)
    (problem,) = (problem for problem in plan.problems if problem.code == code)
    assert french in problem.in_language("fr")


MADE = [
    said("%(profile)s has no Unicode mode: 100 %%", profile="x"),
    counted("%(number)s segment", "%(number)s segments", 2),
    listed([phrase("100 %"), "b"]),
    one_of("abc"),
    joined("; ", ["a", figure(1000)]),
    capitalised(phrase("first")),
    figure(Decimal("1234.5")),
    amount(Decimal("1.50"), "EUR"),
    day(date(2026, 11, 30)),
]


@pytest.mark.parametrize("words", MADE, ids=str)
def test_words_are_a_text_like_any_other(words: Words) -> None:
    for again in (pickle.loads(pickle.dumps(words)), copy.copy(words), copy.deepcopy(words)):
        assert type(again) is type(words)
        assert again == words
        for lang in LANGUAGES:
            assert again.in_language(lang) == words.in_language(lang)
    assert words.in_language() == words
    assert type(words.in_language()) is str


def test_words_in_words() -> None:
    message = listed(
        [phrase("100 %"), said('"%(characters)s" (%(number)s characters)', characters="çç", number=2)]
    )
    assert message == '100 % and "çç" (2 characters)'
    assert translated(message, OTHER) == "2: çç, all %"
    assert translated("words without a template", OTHER) == "words without a template"


def test_words_put_together_stay_words() -> None:
    line = "- " + phrase("100 %") + ": " + figure(1234) + "\n"
    assert isinstance(line, Words)
    assert line == "- 100 %: 1 234\n"
    assert line.in_language(OTHER) == "- all %: 1\u202f234\n"


@pytest.mark.parametrize(
    ("words", "english", "french"),
    [
        (figure(0), "0", "0"),
        (figure(-1234567), "-1 234 567", "-1\u202f234\u202f567"),
        (figure(Decimal("1234.50")), "1 234.50", "1\u202f234,50"),
        (figure(Decimal("0.045")), "0.045", "0,045"),
        (figure(Decimal("1e-9")), "0.000000001", "0,000000001"),
        (amount(Decimal("1234.50"), "EUR"), "1 234.50 EUR", "1\u202f234,50\u00a0€"),
        (amount(Decimal("1234.50"), "€"), "1 234.50 €", "1\u202f234,50\u00a0€"),
        (amount(Decimal("1234.5"), "EUR"), "1 234.50 EUR", "1\u202f234,50\u00a0€"),
        (amount(Decimal("0.045"), "EUR"), "0.045 EUR", "0,045\u00a0€"),
        (amount(Decimal("-3"), "CHF"), "-3 CHF", "-3\u00a0CHF"),
        (amount(Decimal("12.5")), "12.5", "12,5"),
        (day(date(2026, 11, 3)), "2026-11-03", "03/11/2026"),
        (day(date(1, 2, 3)), "0001-02-03", "03/02/0001"),
        (moment(datetime(2026, 11, 3, 9, 5)), "2026-11-03 09:05", "03/11/2026 09:05"),
        (listed([]), "", ""),
        (listed(["a"]), "a", "a"),
        (listed("ab"), "a and b", "a et b"),
        (listed("abc"), "a, b and c", "a, b et c"),
        (one_of("abc"), "a, b or c", "a, b ou c"),
        (capitalised(said("characters")), "Characters", "Caractères"),
    ],
)
def test_numbers_amounts_days_and_lists(words: Words, english: str, french: str) -> None:
    assert (words, words.in_language("fr")) == (english, french)


@pytest.mark.parametrize(
    ("number", "english", "french"),
    [
        (0, "0 units", "0 unité"),
        (1, "1 unit", "1 unité"),
        (2, "2 units", "2 unités"),
        (1000, "1 000 units", "1\u202f000 unités"),
    ],
)
def test_what_a_language_takes_for_one(number: int, english: str, french: str) -> None:
    words = units(number)
    assert (words, words.in_language("fr")) == (english, french)
    assert pickle.loads(pickle.dumps(words)).in_language("fr") == french


def test_a_parameter_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        said("%(limit)s of %(actual)s", limit=1)


@pytest.mark.parametrize(
    ("lang", "error"), [("de", ValueError), ("", ValueError), (None, TypeError), (1, TypeError)]
)
def test_a_language_that_is_not_spoken(lang: Any, error: type[Exception]) -> None:
    for asked in (
        lambda: figure(1).in_language(lang),
        lambda: septet.plan("a" * 766, "smsmode").problems[0].to_dict(lang),
        lambda: septet.plan("").to_dict(lang=lang),
        lambda: septet.plan("a").to_dict(lang=lang),
        lambda: speak(lang),
    ):
        with pytest.raises(error, match="lang: expected"):
            asked()


@pytest.mark.parametrize(
    ("environment", "lang"),
    [
        ({}, "en"),
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_CA@euro"}, "fr"),
        ({"LANG": "fr"}, "fr"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_BE.UTF-8"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
        ({"LANG": "en_GB.UTF-8", "LANGUAGE": "de:fr:en"}, "fr"),
        ({"LANG": "fr_FR.UTF-8", "LANGUAGE": "de"}, "fr"),
        ({"LANG": "C", "LANGUAGE": "fr"}, "en"),
        ({"LC_NUMERIC": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_language_of_a_locale(environment: dict[str, str], lang: str) -> None:
    assert language_of(environment) == lang


def test_the_nearest_language() -> None:
    assert [nearest_language(tag) for tag in ("fr-ca", "FR", "fr_FR.UTF-8", "de", "", "frr")] == [
        *("fr", "fr", "fr", "en", "en", "en")
    ]


def test_the_language_that_is_spoken() -> None:
    words = figure(Decimal("1.5"))
    assert (language_spoken(), spoken(words), spoken("as it is")) == ("en", "1.5", "as it is")
    with speaking("fr"):
        assert (language_spoken(), spoken(words)) == ("fr", "1,5")
        with speaking("en"):
            speak("fr")
            assert spoken(words) == "1,5"
        assert language_spoken() == "fr"
        speak("en")
    assert language_spoken() == "en"
