"""A wrong text is refused with the same problem codes, whichever way it comes in.

A new way in is one more function in WAYS_IN.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Annotated, Any

import django_site  # noqa: F401 (sets Django up)
import pytest
from django import forms
from django.core.exceptions import ValidationError
from pydantic import TypeAdapter
from pydantic import ValidationError as PydanticError
from typer.testing import CliRunner
from wrong_texts import WRONG_TEXTS, WrongText

import septet
from septet.cli.app import app
from septet.django import SmsField, SmsTextField, SmsValidator
from septet.pydantic import SmsText
from septet.wording.problems import SEVERITIES

Codes = list[str]

#: The codes that a plan may have: those that stand before the ones of a request.
OF_TEXTS = list(SEVERITIES)[: list(SEVERITIES).index("recipients-missing")]


def counts(severity: str, strict: bool) -> bool:
    """Whether a text is refused for it: for an error always, for a notice never."""
    return severity == "error" or (strict and severity == "warning")


def through_plan(row: WrongText, strict: bool) -> Codes:
    plan = septet.plan(row.text, row.profile, **row.options)
    assert plan.ok == (not row.errors)
    return [problem.code for problem in plan.problems if counts(problem.severity, strict)]


def through_prepare(row: WrongText, strict: bool) -> Codes:
    # Only what the text is refused for: the rest of the request is left out.
    problems = septet.prepare(row.profile, row.text, **row.options).problems
    wanted = [problem for problem in problems if problem.code in OF_TEXTS]
    return [problem.code for problem in wanted if counts(problem.severity, strict)]


def through_check(row: WrongText, strict: bool) -> Codes:
    command = ["check", "--json", "--profile", row.profile, *(["--strict"] if strict else [])]
    for name, value in row.options.items():
        option = "--" + name.replace("_", "-")
        for one in value if isinstance(value, tuple) else (value,):
            command += [option] if one is True else [option, str(one)]
    answer = CliRunner().invoke(app, [*command, row.text])
    found = json.loads(answer.stdout)
    codes = [problem["code"] for problem in found["problems"] if counts(problem["severity"], strict)]
    assert found["ok"] == (not codes)
    assert answer.exit_code == (1 if codes else 0)
    return codes


def through_pydantic(row: WrongText, strict: bool) -> Codes:
    rules = SmsText(row.profile, refuse_warnings=strict, **row.options)
    try:
        TypeAdapter(Annotated[str, rules]).validate_python(row.text)
    except PydanticError as refused:
        (error,) = refused.errors()
        codes = [problem["code"] for problem in error["ctx"]["problems"]]
        assert error["type"] == codes[0]
        return codes
    return []


def through_django_validator(row: WrongText, strict: bool) -> Codes:
    return refused_by(SmsValidator(row.profile, refuse_warnings=strict, **row.options), row.text)


def through_django_form(row: WrongText, strict: bool) -> Codes:
    field = SmsField(profile=row.profile, refuse_warnings=strict, strip=False, **row.options)

    class Form(forms.Form):
        text = field

    form = Form({"text": row.text})
    form.is_valid()
    return [str(error.code) for error in form.errors.as_data().get("text", ())]


def through_django_model(row: WrongText, strict: bool) -> Codes:
    field = SmsTextField(profile=row.profile, refuse_warnings=strict, **row.options)
    return refused_by(lambda text: field.clean(text, None), row.text)


def refused_by(validate: Callable[[str], Any], text: str) -> Codes:
    try:
        validate(text)
    except ValidationError as refused:
        return [error.code for error in refused.error_list]
    return []


WAYS_IN = [
    through_plan,
    through_prepare,
    through_check,
    through_pydantic,
    through_django_validator,
    through_django_form,
    through_django_model,
]

#: Django has codes of its own for a field that nothing was written in.
DJANGO_EMPTY = {through_django_form: ["required"], through_django_model: ["blank"]}


@pytest.mark.parametrize("strict", [False, True], ids=["errors", "warnings too"])
@pytest.mark.parametrize("row", WRONG_TEXTS, ids=str)
@pytest.mark.parametrize("way_in", WAYS_IN)
def test_a_wrong_text_has_the_same_codes(
    way_in: Callable[[WrongText, bool], Codes], row: WrongText, strict: bool
) -> None:
    expected = [*row.errors, *(row.warnings if strict else ())]
    if not row.text:
        expected = DJANGO_EMPTY.get(way_in, expected)
    assert sorted(way_in(row, strict)) == sorted(expected)


@pytest.mark.parametrize("row", [row for row in WRONG_TEXTS if row.warnings or row.notices], ids=str)
@pytest.mark.parametrize("way_in", WAYS_IN)
def test_what_is_ignored_is_said_by_none(way_in: Callable[[WrongText, bool], Codes], row: WrongText) -> None:
    silent = row._replace(options=row.options | {"ignore": (*row.warnings, *row.notices)})
    assert sorted(way_in(silent, True)) == sorted(row.errors)


def test_every_code_of_a_text_is_in_the_table() -> None:
    found = {code for row in WRONG_TEXTS for code in (*row.errors, *row.warnings, *row.notices)}
    assert found == set(OF_TEXTS)
