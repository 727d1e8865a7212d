"""The validator and the fields in a real Django: forms, models, migrations, translations."""

from __future__ import annotations

import copy
import json
import os
import pathlib
import pickle
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import django_site
import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.utils import translation
from django.utils.translation import gettext_lazy
from reminders.forms import CampaignForm, ReminderForm
from reminders.models import Reminder

import septet
from septet.django import SmsField, SmsTextField, SmsValidator
from septet.planning.acceptance import MOST_OF_A_CODE


def errors_of(form: forms.BaseForm, field: str = "text") -> list[tuple[str, str]]:
    found = form.errors.get_json_data().get(field, [])
    return [(error["code"], error["message"]) for error in found]


@pytest.fixture(autouse=True)
def in_english() -> Any:
    with translation.override("en"):
        yield


# --- the validator ------------------------------------------------------------------------


def test_an_error_for_each_problem_with_its_code_message_and_figures() -> None:
    text = "í\x1b" + "a" * 160
    plan = septet.plan(text, "smspartner", max_segments=1)
    with pytest.raises(ValidationError) as refused:
        SmsValidator("smspartner", max_segments=1)(text)
    errors = refused.value.error_list
    assert [error.code for error in errors] == [problem.code for problem in plan.problems]
    assert refused.value.messages == [problem.message for problem in plan.problems]
    assert errors[-1].code == "too-long"
    assert errors[-1].params is not None
    assert errors[-1].params.items() >= {"limit": 1, "actual": 2, "value": text}.items()


def test_a_text_without_errors_passes_and_warnings_count_where_they_should() -> None:
    SmsValidator("smspartner")("a:br:b")
    with pytest.raises(ValidationError) as refused:
        SmsValidator("smspartner", refuse_warnings=True)("a:br:b")
    assert [error.code for error in refused.value.error_list] == ["vendor-tag"]


def test_what_reads_alike_is_said_once_and_a_hostile_text_is_not_answered_at_length() -> None:
    with pytest.raises(ValidationError) as refused:
        SmsValidator()("a\x1b" * 3)
    assert len(refused.value.error_list) == 1
    characters = "".join("a" + chr(0x4E00 + number) for number in range(1000))
    with pytest.raises(ValidationError) as refused:
        SmsValidator("smspartner")(characters)
    codes = [error.code for error in refused.value.error_list]
    assert codes == ["unmapped-character"] * MOST_OF_A_CODE


def test_a_lazy_string_is_told_to_be_made_a_text() -> None:
    lazy = gettext_lazy("Bonjour")
    calls: list[tuple[str, Any]] = [
        ("text", lambda: septet.count(lazy)),  # type: ignore[arg-type]
        ("text", lambda: septet.Planner().count_many([lazy])),  # type: ignore[list-item]
        ("text", lambda: septet.prepare("smsmode", lazy)),  # type: ignore[arg-type]
        ("text", lambda: septet.split(lazy)),  # type: ignore[arg-type]
        ("text", lambda: septet.fold(lazy)),  # type: ignore[arg-type]
        ("reply", lambda: septet.is_optout(lazy)),  # type: ignore[arg-type]
        ("sender", lambda: septet.check_sender(lazy, "smsmode")),  # type: ignore[arg-type]
    ]
    for name, call in calls:
        with pytest.raises(TypeError, match=rf"{name}: expected a str, .* lazy string: give str\({name}\)"):
            call()
    assert septet.count(str(lazy)) == 1


def test_a_value_is_validated_as_it_would_be_shown() -> None:
    validate = SmsValidator(max_segments=1)
    validate(12345)
    validate(translation.gettext_lazy("Promo"))
    with pytest.raises(ValidationError, match="The message shows no text"):
        validate("")


def test_validators_are_equal_when_they_refuse_the_same() -> None:
    validator = SmsValidator("smsmode", max_segments=2)
    assert validator == SmsValidator(profile="smsmode", max_segments=2, truncate=None)
    assert hash(validator) == hash(SmsValidator("smsmode", max_segments=2))
    for other in (
        SmsValidator("smsmode"),
        SmsValidator("smspartner", max_segments=2),
        SmsValidator("smsmode", max_segments=2, refuse_warnings=True),
        "smsmode",
    ):
        assert validator != other
    for again in (copy.deepcopy(validator), pickle.loads(pickle.dumps(validator))):
        assert again == validator


@pytest.mark.parametrize("make", [SmsValidator, SmsField, SmsTextField])
@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"profile": "smsmod"}, septet.ProfileError, "smsmod.*did you mean"),
        ({"max_segments": True}, ValueError, "^max_segments: "),
        ({"optout": "always"}, ValueError, "^optout: gsm has no mention"),
        ({"refuse_warnings": 1}, ValueError, "^refuse_warnings: expected True or False, found 1"),
        ({"max_segment": 2}, TypeError, "max_segment"),
    ],
)
def test_a_wrong_option_fails_where_it_is_written(
    make: Any, arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        make(**arguments)


def test_without_django_one_line_says_what_to_install() -> None:
    code = "import sys; sys.modules['django'] = None; import septet; septet.django"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.splitlines()[-1] == (
        'ModuleNotFoundError: septet.django needs Django: pip install "septet[django]"'
    )


# --- the form field -----------------------------------------------------------------------


def test_a_form_refuses_and_accepts() -> None:
    form = CampaignForm({"text": "Soldes !"})
    assert form.is_valid()
    assert form.cleaned_data == {"text": "Soldes !"}
    assert form.fields["text"].planner.plan(form.cleaned_data["text"]).text == "Soldes ! STOP 36xxx"
    form = CampaignForm({"text": "í" + "a" * 160})
    codes = [code for code, _ in errors_of(form)]
    assert codes == ["unmapped-character", "too-long"]
    assert errors_of(form)[1][1] == "2 segments : le budget en prévoit 1."
    assert errors_of(CampaignForm({"text": ""}))[0][0] == "required"


def test_words_of_ones_own_for_one_error_alone() -> None:
    form = CampaignForm({"text": "a" * 161})
    assert errors_of(form) == [("too-long", "2 segments : le budget en prévoit 1.")]


def test_line_breaks_are_counted_as_they_were_typed() -> None:
    class Form(forms.Form):
        text = SmsField(profile="gsm", max_segments=1)

    # HTML, 4.10.22.5 (read 2026-11-22): a form is submitted with CRLF for each line break. Typed
    # were 160 characters; with CRLF they would be two segments.
    typed = "a\n" * 79 + "bb"
    form = Form({"text": typed.replace("\n", "\r\n")}, initial={"text": typed})
    assert form.is_valid()
    assert form.cleaned_data["text"] == typed
    assert not form.has_changed()


def test_white_space_around_a_text_is_stripped_unless_it_is_wanted() -> None:
    assert SmsField().clean("  a\r\n") == "a"
    assert SmsField(strip=False).clean("  a\r") == "  a\n"


def test_the_options_of_a_character_field_are_there_too() -> None:
    field = SmsField(max_length=3, required=False, label="Text", validators=[SmsValidator("smspartner")])
    assert field.clean("") == ""
    assert isinstance(field.widget, forms.Textarea)
    assert field.widget.attrs["maxlength"] == "3"
    with pytest.raises(ValidationError) as refused:
        field.clean("abí\x1b")
    assert [error.code for error in refused.value.error_list] == [
        "invalid-character",
        "unmapped-character",
        "invalid-character",
        "max_length",
    ]


def test_forms_share_a_planner_but_nothing_else() -> None:
    first, second = CampaignForm().fields["text"], CampaignForm().fields["text"]
    assert first is not second
    assert first.planner is second.planner


# --- the model field ----------------------------------------------------------------------


def test_a_model_refuses() -> None:
    reminder = Reminder(text="í" + "a" * 306, signature="a:br:")
    with pytest.raises(ValidationError) as refused:
        reminder.full_clean()
    codes = {name: [error.code for error in errors] for name, errors in refused.value.error_dict.items()}
    assert codes == {"text": ["unmapped-character", "too-long"], "signature": ["vendor-tag"]}
    Reminder(text="À demain !").full_clean(validate_unique=False)


def test_a_model_form_uses_the_form_field_with_the_same_options() -> None:
    form = ReminderForm({"text": "a\r\nb", "signature": ""})
    assert isinstance(form.fields["text"], SmsField)
    assert form.fields["text"].planner.settings.limit == 2
    assert form.is_valid()
    assert form.cleaned_data["text"] == "a\nb"
    # Each problem is reported once, though the form and the model both look.
    form = ReminderForm({"text": "í" + "a" * 306})
    assert [code for code, _ in errors_of(form)] == ["unmapped-character", "too-long"]


def test_a_model_form_uses_the_models_own_words() -> None:
    class Model(models.Model):
        text = SmsTextField(max_segments=1, error_messages={"too-long": "%(actual)d > %(limit)d"})

        class Meta:
            app_label = "reminders"

    form = forms.modelform_factory(Model, fields=["text"])({"text": "a" * 161})
    assert errors_of(form) == [("too-long", "2 > 1")]
    with pytest.raises(ValidationError) as refused:
        Model(text="a" * 161).full_clean()
    assert refused.value.messages == ["2 > 1"]


def test_a_model_is_stored_and_read_back() -> None:
    with connection.schema_editor() as editor:
        editor.create_model(Reminder)
    saved = ReminderForm({"text": "À demain,\r\n9 h !"}).save()
    assert Reminder.objects.get(pk=saved.pk).text == "À demain,\n9 h !"
    assert Reminder.objects.filter(text__contains="9 h").count() == 1


def test_choices_make_a_select_as_for_any_field() -> None:
    field = SmsTextField(choices=[("a", "A"), ("b", "B")]).formfield()
    assert isinstance(field, forms.TypedChoiceField)
    assert field.clean("a") == "a"


# --- migrations ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        SmsValidator(),
        SmsValidator("smsmode", max_segments=2, commercial=True),
        SmsValidator("gsm", language=("tr", "es"), refuse_warnings=True),
        SmsValidator("gsm", ignore=("truncated", "vendor-tag")),
    ],
)
def test_a_validator_can_be_written_in_a_migration(value: SmsValidator) -> None:
    written, imports = MigrationWriter.serialize(value)
    assert imports == {"import septet.django"}
    assert eval(written, {"septet": septet}) == value


def test_a_vendor_file_can_be_written_in_a_migration(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text('extends = "smspartner"\ntitle = "Own"\n', "utf-8")
    for path in (file, str(file)):
        validator = SmsValidator(path, max_segments=2)
        written, _ = MigrationWriter.serialize(validator)
        assert eval(written, {"septet": septet, "pathlib": pathlib}) == validator


def test_a_profile_that_comes_with_septet_is_written_by_its_name(tmp_path: Path) -> None:
    smsmode = septet.profile("smsmode")
    for validator in (SmsValidator(smsmode, max_segments=2), SmsValidator(profile=smsmode, max_segments=2)):
        written, _ = MigrationWriter.serialize(validator)
        assert "'smsmode'" in written
        assert eval(written, {"septet": septet}) == validator == SmsValidator("smsmode", max_segments=2)
    # Otherwise each run of makemigrations would find a change.
    assert SmsValidator(smsmode).deconstruct() == SmsValidator("smsmode").deconstruct()
    assert SmsTextField(profile=smsmode).deconstruct() == SmsTextField(profile="smsmode").deconstruct()


def test_a_profile_of_ones_own_cannot_be_written_and_says_what_to_give(tmp_path: Path) -> None:
    # It has the name of another one, and its rules are not the same.
    file = tmp_path / "smsmode.toml"
    file.write_text('extends = "smspartner"\ntitle = "Own"\n', "utf-8")
    own = septet.profile(file)
    for value in (SmsValidator(own), SmsTextField(profile=own)):
        with pytest.raises(ValueError, match=r"smsmode.* give the path of its \.toml file as profile"):
            MigrationWriter.serialize(value)
    # A form needs no migration, nor does a model without one.
    assert SmsField(profile=own).clean("a") == "a"
    assert SmsTextField(profile=own).clone().formfield().planner.profile == own


class _Shorter(SmsValidator):
    def __init__(self, most: int) -> None:
        super().__init__("smsmode", max_segments=most)


def test_a_validator_of_ones_own_is_written_with_its_own_arguments() -> None:
    assert _Shorter(2).deconstruct()[1:] == ([2], {})


def test_a_field_can_be_written_in_a_migration() -> None:
    field = SmsTextField("label", profile="smsmode", max_segments=2, refuse_warnings=True, blank=True)
    written, _ = MigrationWriter.serialize(field)
    again = eval(written, {"septet": septet})
    assert again.deconstruct()[1:] == field.deconstruct()[1:]
    assert again.sms_validator == field.sms_validator
    assert field.clone().deconstruct() == field.deconstruct()
    assert SmsTextField().deconstruct()[1:] == ("septet.django.SmsTextField", [], {})


class Site:
    """The site of the documentation in a folder of its own, where Django's commands are run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "site"
        shutil.copytree(django_site.SITE, self.folder, ignore=shutil.ignore_patterns("__pycache__"))

    def run(self, *command: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "django", *command, "--settings=site_settings", "--pythonpath=."],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def test_a_site_migrates_and_migrates_again_when_an_option_changes(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.run("makemigrations", "reminders")
    first = (site.folder / "reminders" / "migrations" / "0001_initial.py").read_text("utf-8")
    assert "septet.django.SmsTextField(max_segments=2, profile='smspartner')" in first
    assert "septet.django.SmsValidator('smspartner', refuse_warnings=True)" in first
    # Nothing has changed: validators and fields are equal to those that the migration holds.
    assert "No changes" in site.run("makemigrations", "reminders", "--check", "--dry-run")
    models_file = site.folder / "reminders" / "models.py"
    models_file.write_text(
        models_file.read_text("utf-8").replace("max_segments=2", "max_segments=3"), "utf-8"
    )
    site.run("makemigrations", "reminders", "--name", "longer")
    second = (site.folder / "reminders" / "migrations" / "0002_longer.py").read_text("utf-8")
    assert "max_segments=3" in second
    assert "signature" not in second
    site.run("migrate")
    code = (
        "from reminders.forms import ReminderForm; from reminders.models import Reminder; "
        "ReminderForm({'text': 'a' * 459}).save(); print(len(Reminder.objects.get().text)); "
        "print(ReminderForm({'text': 'a' * 460}).errors.as_json())"
    )
    length, errors = site.run("shell", "--command", code).splitlines()[-2:]
    assert length == "459"
    (error,) = json.loads(errors)["text"]
    # The site is French.
    assert error["code"] == "too-long"
    assert error["message"].startswith("Le message prend 4 segments facturés, pour 3 au plus.")


# --- translations -------------------------------------------------------------------------


def test_messages_are_translated_when_they_are_shown() -> None:
    form = ReminderForm({"text": "íí:br:" + "a" * 306})
    english = errors_of(form)
    with translation.override("fr"):
        french = errors_of(form)
    assert [code for code, _ in english] == ["unmapped-character", "too-long"]
    assert english[0][1].startswith('"íí" (2 characters) is not in the GSM alphabet')
    assert french[0][1].startswith("«\u00a0íí\u00a0» (2 caractères)\u00a0: hors de l’alphabet GSM")
    assert "prend 3 segments facturés, pour 2 au plus" in french[1][1]


def test_a_number_of_things_is_the_languages_own() -> None:
    validate = SmsValidator("smsmode", refuse_warnings=True)
    with pytest.raises(ValidationError) as one:
        validate("a" * 766)
    with pytest.raises(ValidationError) as many:
        validate("a" * 2765)
    assert one.value.messages[0].startswith("The last character is cut")
    with translation.override("fr-ca"):
        assert one.value.messages[0].startswith("Le dernier caractère est coupé\u00a0:")
        assert many.value.messages[0].startswith("Les 2\u202f000 derniers caractères sont coupés\u00a0:")


def test_a_message_in_a_page_is_escaped() -> None:
    rules = {"profile": "gsm", "commercial": True, "optout": "never", "optout_text": "<b>%(value)s"}
    form = type("Form", (forms.Form,), {"text": SmsField(**rules)})({"text": "Promo"})
    assert "&quot;&lt;b&gt;%(value)s&quot;" in str(form.errors)
