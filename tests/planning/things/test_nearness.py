"""A change that touches a thing is always found to be near; common texts have none, and are not searched."""

from __future__ import annotations

import random

import pytest

import septet
from septet.planning.damages import _Damages
from septet.planning.equivalence import is_nothing
from septet.planning.things import recognition
from septet.planning.things.nearness import Near

#: The characters of things, the text around them, and signs that some vendor changes.
PIECES = (
    *("12", "3", "10", "1 234", "06", "+33", "(0)", "FR76", "ABCD", "A12", "½", "¼", "٣", "1er", "er"),
    *("ex.fr", "https://", "www.", "code", "Code ", "mot de passe", "pin", "NOEL", "NOËL", "ÀÉ", "STOP"),
    *("a", "é", "ê", "août", "février", "mars", "março", "May", "ſept", "de", "d", "o", "clock", "h", "K"),
    *("m²", "m", "zł", "°", "C", "km", "€", "$", "£", "₤", "%", "‰", "x", "×", "~", "≈", "№", "º", "ª"),
    *(" ", " ", " ", " ", " ", "\u00a0", "\u2009", "\u202f", "\n", "\u200b", "<#>"),
    *("’", "“", "”", "–", "—", "‑", "-", "…", "œ", "ça", "🎉", "Ж", ".", ",", ":", ";", "=", "/", "_", "|"),
    *("(", ")", "((", "[", "]", "[[", "{", "}", "#", "@", "^", "\\", "*", "<", ">"),
)
PLANNERS = [
    septet.Planner("gsm", encoding="gsm7"),
    septet.Planner("smsmode"),
    septet.Planner("smsmode", truncate=True, max_segments=1),
    septet.Planner("twilio"),
    septet.Planner("brevo"),
    septet.Planner("octopush"),
    septet.Planner("envoyersmspro"),
]


def test_no_thing_that_is_touched_is_missed() -> None:
    chance = random.Random(20)
    touched = 0
    for _ in range(1000):
        text = "".join(chance.choices(PIECES, k=chance.randrange(2, 14)))
        plan = chance.choice(PLANNERS).plan(text)
        telling = [change for change in plan.changes if not is_nothing(change)]
        found = recognition.things(text) if telling else ()
        if any(_Damages(plan, plan.changes, found).problems()):
            touched += 1
            assert Near(text).may_be_touched(telling), (text, plan.problems)
    assert touched > 150


@pytest.mark.parametrize(
    "text",
    [
        "Soldes d’été : -20 % sur tout le magasin ce week-end, réservé à nos clients fidèles, à 9 h",
        "Ça, voilà : l’œuvre « à là ô » était prête… ¼ ê ë ☃ ï, venez la voir dès demain matin !",
        "L’été sera chaud : profitez-en, jusqu’à 50 % de remise sur https://ex.fr/promo dès 9h30 !",
        "Rappel : contrôle le 3 mars à 14h30 chez le Dr Lefèvre, bâtiment B",
        "Le coût de l’envoi : 4,90 €, 2 goûters achetés = 1 offert, 3 dîners à la mûre",
        "Don’t miss it… we have tickets from $10 at https://ex.com/a, use SAVE10 “today”",
    ],
)
def test_in_common_texts_no_thing_is_looked_for(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def looked(_: str) -> None:
        raise AssertionError("a thing was looked for")

    monkeypatch.setattr(recognition, "things", looked)
    plan = septet.plan(text, "smsmode")
    assert plan.changes
    assert not {"link-changed", "value-changed"} & {problem.code for problem in plan.problems}


def test_a_hundred_thousand_characters_take_a_moment() -> None:
    text = "l’œuvre à voir… " * 6_000
    assert not any(problem.code == "value-changed" for problem in septet.plan(text, "smsmode").problems)
