"""A column reports links and values as plans do, text by text, and looks at few rows for it."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest
import regex
from mechanisms import TRIED

from septet import profiles
from septet.campaign.appraisals import BITS, Appraiser
from septet.campaign.glances import Glance
from septet.planning.planner import Planner

CODES = ("link-changed", "value-changed", "glued-link", "suspect-markup")
#: Examples of each kind of thing, and others that are not things, with a place for a sign; with blanks, too.
AROUND = (
    *("https://ex.fr/a{}b", "(ex.fr/{})", "www.e{}.fr", "https://ex.fr/a{} b", "a{}b@ex.fr", "x@ex{}.fr"),
    *(
        "@ex.fr #12{}3",
        "Code\n@ex.fr #12{}3",
        "<#> a{} FA+9qCX9VSu",
        "{{{{ nom{}x }}}} !",
        "{{ a{} }}",
        "[{}nom]",
    ),
    *(
        "(({}a))",
        "%{}s%",
        "<{}>",
        "[[ pr{}nom ]]",
        "{{% if {}a %}}",
        "$ {}",
        "{} 12",
        "5 {}",
        "5 {} 6",
        "5{}6",
    ),
    *("3 ao{}t", "le 3 f{}vrier", "1er d{}avril", "3 de mar{}o", "10 z{}", "10 K{}", "10 o{}clock", "20 {}C"),
    *(
        "1{}re",
        "2{}me",
        "code : NO{}L",
        "code:N{}L",
        "Code « N{}EL »",
        "code : « N{}EL »",
        "mot de passe = a{}b",
    ),
    *("10 € / m{}", "10 €{}/ mois", "10 km{}", "10 k{}", "½ {}g", "~{}US$ -10", "Coût de l’envoi {} : 4,90"),
    *("PIN 1{}2", "06{}12{}34{}56{}78", "n{} 12345", "A12{}99", "10 {} 12", "12 {} 14 h", "f{}te", "l{}eau."),
    *(
        "Infos : f{}te",
        "50 % d{}s",
        "9h30 f{}te",
        "{}",
        "a {} b",
        "+{}33612345678",
        "m{} 12",
        "5 m{}",
        "\u200b\u200b{}",
    ),
)
SIGNS = "êéçûÀœñ«’“…–€~|^\\[]{}°º½²µ\u2009\u200b🎉Жł١"
NAMES = [
    name
    for name in TRIED
    if Glance(Planner(name))._changing
    and name not in ("smsmode@2020-11", "smsmode-voice", "twilio-tollfree", "smspartner-eco")
]


@pytest.mark.parametrize("name", NAMES)
def test_a_column_says_what_plans_say(name: str) -> None:
    planner = Planner(name)
    texts = [
        around.replace("{}", sign).replace("{{", "{").replace("}}", "}")
        for around in AROUND
        for sign in SIGNS
    ]
    texts = random.Random(name).sample(texts, 600)
    texts += [f"{text} 🎉" for text in texts[::7]]
    found = Appraiser(planner).appraise(pa.array(texts))[0].problems.tolist()
    wrong = []
    for text, bits in zip(texts, found, strict=True):
        said = {problem.code for problem in planner.plan(text).problems} & {*CODES}
        if {code for code in CODES if bits & BITS[code]} != said:
            wrong.append((text, said))
    assert not wrong


@pytest.mark.parametrize("name", ["govuk-notify", "govuk-notify@2026-08", "sinch", "smspartner", "telnyx"])
def test_a_column_says_what_plans_say_of_signs_that_are_deleted(name: str) -> None:
    planner = Planner(name)
    deleted = [sign for sign, sent in planner.profile.substitutions.items() if not sent]
    signs = [*deleted, *(f"\x01{sign}" for sign in deleted), *(f"{sign}’" for sign in deleted)]
    texts = [around.replace("{}", sign).replace("{{", "{") for around in AROUND for sign in signs]
    texts = random.Random(name).sample(texts, 600)
    texts += [f"{text} {'€' * 80}" for text in texts[::7]]
    found = Appraiser(planner).appraise(pa.array(texts))[0]
    wrong = []
    for row, plan in enumerate(map(planner.plan, texts)):
        said = sum({BITS[problem.code] for problem in plan.problems}), plan.units, plan.billed_segments
        if (found.problems[row], found.units[row], found.billed[row]) != said:
            wrong.append((texts[row], said))
    assert not wrong


@pytest.mark.parametrize("name", [name for name in profiles() if Planner(name).profile.substitutions])
def test_a_column_says_what_plans_say_of_each_sign_that_is_replaced(name: str) -> None:
    planner = Planner(name)
    replaced = sorted(planner.profile.substitutions)
    some = random.Random(name).sample(replaced, min(len(replaced), 150))
    texts = [around.replace("{}", sign) for around in ("{}", "K_9{}", "a {}’", "é{}ж") for sign in some]
    found = Appraiser(planner).appraise(pa.array(texts))[0]
    for row, plan in enumerate(map(planner.plan, texts)):
        said = sum({BITS[problem.code] for problem in plan.problems}), plan.units, plan.billed_segments
        assert (found.problems[row], found.units[row], found.billed[row]) == said, texts[row]


@pytest.mark.parametrize("name", ["brevo", "octopush"])
def test_a_control_within_a_word_ends_it_for_no_one(name: str) -> None:
    planner = Planner(name)
    texts = [f"code : A1{control}b{sign}c" for control in map(chr, range(9)) for sign in SIGNS]
    found = Appraiser(planner).appraise(pa.array(texts))[0].problems & BITS["value-changed"] != 0
    assert found.tolist() == [
        any(problem.code == "value-changed" for problem in planner.plan(text).problems) for text in texts
    ]


# Amounts in all their spellings: each blank may be missing, a common one, or one that some vendors lose.
BLANK = ("", " ", "\u00a0", "\u202f")
AMOUNTS = (
    *(
        f"{number}{first}{unit}{second}/{third}{of}"
        for number in ("10", "1½")
        for first in BLANK
        for unit in ("€", "k€", "°C", "° C", "%", "Ω", "µg", "km²")
        for second in BLANK
        for third in BLANK
        for of in ("m²", "mois", "kg")
    ),
    *(
        f"{sign}{first}{money}{second}{minus}{number}"
        for sign in ("≈", "±", "~", "–", "−", "-", "")
        for first in BLANK
        for money in ("€", "US$", "EUR", "₺", "Rs.", "kr", "")
        for second in BLANK
        for minus in ("", "-", "−")
        for number in ("10", "½", "3 – 5 €", "3 × 5 km²")
    ),
    *(
        f"{number}{first}{unit}"
        for number in ("10", "3", "1er", "½")
        for first in BLANK
        for unit in ("‰", "°F", "º C", "m²", "km²", "Kč", "zł", "μm", "×", "août", "d’avril", "de março")
    ),
)


@pytest.mark.parametrize("name", ["brevo", "disparopro", "octopush", "smspartner", "smsmode"])
def test_a_column_says_what_plans_say_of_each_spelling_of_an_amount(name: str) -> None:
    planner = Planner(name)
    texts = random.Random(name).sample(AMOUNTS, 400)
    found = Appraiser(planner).appraise(pa.array(texts))[0].problems.tolist()
    wrong = []
    for text, bits in zip(texts, found, strict=True):
        said = {problem.code for problem in planner.plan(text).problems} & {*CODES}
        if {code for code in CODES if bits & BITS[code]} != said:
            wrong.append((text, said))
    assert not wrong


def test_a_letter_of_another_script_behind_a_link_is_told_wherever_it_stands_in_unicode() -> None:
    planner = Planner("gsm")
    ordinals = (
        *range(0x80, 0x400),
        *range(0x400, 0x1E00, 31),
        *range(0x1E00, 0x2100),
        *range(0x2100, 0x32400, 311),
    )
    letters = [chr(ordinal) for ordinal in ordinals if chr(ordinal).isalpha()]
    for link in ("https://ex.fr/a", "ex.fr"):
        texts = [f"Voir {link}{letter}" for letter in letters]
        found = Appraiser(planner).appraise(pa.array(texts))[0].problems.tolist()
        # The micro sign and modifier letters have no script.
        told = [regex.match(r"\p{Script=Latin}|[\u00b5\u02b0-\u02ff]", letter) is None for letter in letters]
        assert [bool(bits & BITS["glued-link"]) for bits in found] == told
        said = [
            any(problem.code == "glued-link" for problem in planner.plan(text).problems) for text in texts
        ]
        assert said == told


FRENCH = (
    "Soldes d’été : -20 % dès 50 € d’achat, prêt-à-porter et fêtes à l’hôtel ! https://ex.fr/{n} STOP 36180",
    "Bonjour, votre colis est arrivé au relais « Forêt » : code {n}, à retirer dès 9h30. Ça va bientôt.",
    "Rappel : contrôle le 3 mars à 14h30 chez le Dr Lefèvre, bâtiment B, 2 étage gauche. Réf {n}",
)


@pytest.mark.parametrize(
    "name", ["smsmode", "octopush", "smspartner", "envoyersmspro", "brevo", "webex", "twilio"]
)
def test_few_rows_are_looked_at(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    monkeypatch.setattr(Glance, "look", lambda _, text: looked.append(text) or iter(()))
    Appraiser(Planner(name)).appraise(
        pa.array([text.format(n=number) for number in range(50) for text in FRENCH])
    )
    assert not looked
