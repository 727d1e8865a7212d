"""Messages: their templates, and the translations that come with septet."""

from __future__ import annotations

import copy
import gettext
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st
from raised_problems import RAISED
from strategies import options, texts

import septet
from septet.wording.messages import TEMPLATES, Message, both, phrase, said, translated

LOCALE = Path(septet.__file__).parent / "locale"
LANGUAGES = sorted(folder.name for folder in LOCALE.iterdir())
PARAMETER = re.compile(r"%\((\w+)\)([sd])")


def catalogue(language: str) -> Catalog:
    """What the translators wrote."""
    with open(LOCALE / language / "LC_MESSAGES" / "django.po", "rb") as file:
        return read_po(file, language)


def compiled(language: str) -> gettext.NullTranslations:
    """What programs read."""
    return gettext.translation("django", LOCALE, [language])


def phrases() -> set[str]:
    """The words of the vendor files that come into messages."""
    profiles = [septet.profile(name) for name in septet.profiles()]
    found = {tag["meaning"] for profile in profiles for tag in profile.rule("tags")}
    return found | {profile.rule("ucs2")["account_option"] for profile in profiles if profile.rule("ucs2")}


@given(st.data())
def test_every_problem_of_a_plan_can_be_translated(data: st.DataObject) -> None:
    profile = data.draw(st.sampled_from(septet.profiles()))
    plan = septet.plan(data.draw(texts()), profile, **data.draw(options(profile)))
    for problem in plan.problems:
        assert isinstance(problem.message, Message)
        assert problem.message.template in TEMPLATES.values()
        assert translated(problem.message, lambda template: template) == problem.message
        for language in LANGUAGES:
            assert translated(problem.message, compiled(language).gettext) != problem.message


def test_every_code_has_a_template() -> None:
    codes = {key.partition("/")[0] for key in TEMPLATES}
    assert {row[0] for row in RAISED} <= codes


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_and_phrase_has_its_translation(language: str) -> None:
    found = {str(entry.id): str(entry.string) for entry in catalogue(language) if entry.id}
    wanted = {*TEMPLATES.values(), *(phrase(words).template for words in phrases()), "Text of an SMS"}
    assert wanted - found.keys() == set(), f"add these to locale/{language}, then run make messages"
    assert found.keys() - wanted == set(), f"nothing says these any more: take them out of locale/{language}"
    for template, translation in found.items():
        assert translation
        assert sorted(PARAMETER.findall(translation)) == sorted(PARAMETER.findall(template)), template
        # What is left once the parameters are out has no per cent sign that formatting would stumble over.
        assert "%" not in PARAMETER.sub("", translation).replace("%%", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_translations_are_those_of_the_translators(language: str) -> None:
    translations: Any = compiled(language)
    read = {key: text for key, text in translations._catalog.items() if key}
    written = {entry.id: entry.string for entry in catalogue(language) if entry.id}
    assert read == written, "run make messages"


# The French sentences are the translators'; that the figures and names are in them is what counts.
@pytest.mark.parametrize(
    ("profile", "options", "text", "code", "french"),
    [
        ("envoyersmspro", {}, "a" * 161, "too-long", "Le message prend 2 segments facturés, pour 1 au plus."),
        (
            *("smsmode", {}, "a" * 766, "truncated"),
            "Le dernier caractère est coupé\u00a0: le texte entier prend 6 segments facturés, pour 5",
        ),
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
    assert french in translated(problem.message, compiled("fr").gettext)


def test_a_message_is_a_text_like_any_other() -> None:
    message = both(phrase("100 %"), said("several characters", characters="çç", number=2))
    assert message == '100 % and "çç" (2 characters)'
    for again in (pickle.loads(pickle.dumps(message)), copy.copy(message), copy.deepcopy(message)):
        assert (again, again.template, again.parameters) == (message, message.template, message.parameters)
        assert type(again) is Message
    other = {
        "%(first)s and %(second)s": "%(second)s, %(first)s",
        "100 %%": "all %%",
        '"%(characters)s" (%(number)d characters)': "%(number)d: %(characters)s",
    }
    assert translated(message, other.__getitem__) == "2: çç, all %"
    assert translated("words without a template", other.__getitem__) == "words without a template"


def test_a_key_or_a_parameter_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        said("no-such-code")
    with pytest.raises(KeyError):
        said("too-long", limit=1)
