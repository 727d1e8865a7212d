"""Django: a validator, a form field and a model field for the text of an SMS (extra `django`).

With ``"septet"`` in INSTALLED_APPS, their messages are translated as the rest of the site is.
"""

from __future__ import annotations

from .gsm.characters import unify_line_breaks
from .planning.acceptance import Acceptance
from .planning.options import NAMES
from .vendors.profiles import Profile, profiles
from .vendors.profiles import profile as profile_of
from .wording.extras import Needed
from .wording.languages import Language, nearest_language
from .wording.messages import translated

with Needed("septet.django", "django", "django"):
    from django import forms
    from django.core.exceptions import ValidationError
    from django.db import models
    from django.db.migrations.serializer import BaseSerializer
    from django.db.migrations.writer import MigrationWriter
    from django.utils.deconstruct import deconstructible
    from django.utils.functional import lazy
    from django.utils.translation import get_language, gettext, gettext_lazy, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from typing import Any

    from typing_extensions import Unpack

    from .planning.option_types import Options
    from .planning.planner import Planner
    from .wording.problems import Problem

    _TextField = models.TextField[str, str]
else:
    _TextField = models.TextField

__all__ = ["SmsField", "SmsTextField", "SmsValidator"]


def __dir__() -> list[str]:
    return sorted(__all__)


def _named(value: Any) -> Any:
    """The name of a profile that comes with septet, which a migration can hold; anything else unchanged."""
    if isinstance(value, Profile) and value.name in profiles() and value == profile_of(value.name):
        return value.name
    return value


class _ProfileSerializer(BaseSerializer):
    """Raises an error that says why a migration cannot hold a profile of one's own."""

    def serialize(self) -> tuple[str, set[str]]:
        raise ValueError(
            f"{self.value!r} does not come with septet, so that a migration cannot name it: "
            "give the path of its .toml file as profile"
        )


MigrationWriter.register_serializer(Profile, _ProfileSerializer)


@deconstructible
class _Written:
    """Keeps its arguments for a migration."""


class SmsValidator(_Written, Acceptance):
    """Refuses a text whose plan has errors, and with `refuse_warnings` also one with warnings.

    Raises `ValidationError` with one error for each problem (those with the same words are one): its
    code, its message, and its figures as parameters. Takes the options of `septet.plan`, with the
    same errors, when it is made; the planner is compiled then, and can be used by itself as `planner`.
    """

    def __init__(
        self,
        profile: str | os.PathLike[str] | Profile = "gsm",
        *,
        refuse_warnings: bool = False,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(profile, refuse_warnings=refuse_warnings, **options)
        self.profile = _named(profile)
        self.options = options

    def __call__(self, value: object) -> None:
        text = str(value)
        refused = self._refused(self.planner.plan(text))
        if refused:
            # A form shows no places, so one sentence is enough for problems with the same words.
            alike = {(problem.code, problem.message): problem for problem in refused}
            raise ValidationError([_error(problem, text) for problem in alike.values()])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SmsValidator):
            return NotImplemented
        return self.arguments == other.arguments

    def __hash__(self) -> int:
        return hash((self.planner.profile, self.refuse_warnings))

    def deconstruct(self) -> Any:
        """Path and arguments, for a migration."""
        path, arguments, named = super().deconstruct()  # type: ignore[misc]
        return path, [_named(value) for value in arguments], {n: _named(v) for n, v in named.items()}

    @property
    def arguments(self) -> dict[str, Any]:
        """The arguments that differ from their defaults; they make an equal field."""
        options = {name: value for name, value in self.options.items() if value is not None}
        if self.profile != "gsm":
            options["profile"] = self.profile
        return options | ({"refuse_warnings": True} if self.refuse_warnings else {})


def _error(problem: Problem, value: str) -> ValidationError:
    parameters = getattr(problem.message, "parameters", {})
    return ValidationError(
        _as_template_when_shown(problem.message),
        code=problem.code,
        params={**problem.details, **parameters, "value": value},
    )


def _as_template(message: str) -> str:
    """A message in the site's language, so that Django puts no parameter into it.

    Django's own gettext finds what the site translates otherwise.
    """
    site = Language(nearest_language(get_language() or ""), gettext, ngettext)
    return translated(message, site).replace("%", "%%")


_as_template_when_shown = lazy(_as_template, str)


class _PlannedField:
    """The common part of the form field and the model field: `SmsValidator`, and messages of one's own.

    `error_messages` may have a message for each problem code, with the same parameters.
    """

    default_validators: Any
    error_messages: Any

    def __init__(
        self,
        *arguments: Any,
        profile: str | os.PathLike[str] | Profile = "gsm",
        refuse_warnings: bool = False,
        **named: Any,
    ) -> None:
        options: Any = {name: named.pop(name) for name in NAMES if name in named}
        self._own_words = named.get("error_messages") or {}
        self.sms_validator = SmsValidator(profile, refuse_warnings=refuse_warnings, **options)
        self.default_validators = [*self.default_validators, self.sms_validator]
        super().__init__(*arguments, **named)

    @property
    def planner(self) -> Planner:
        """The planner that validates texts; `planner.plan(text)` gives the plan of one."""
        return self.sms_validator.planner

    def run_validators(self, value: Any) -> None:
        """Runs the validators; all their errors, each in the words of `error_messages` if there are any."""
        try:
            super().run_validators(value)  # type: ignore[misc]
        except ValidationError as errors:
            for error in errors.error_list:
                error.message = self.error_messages.get(error.code, error.message)
            raise


class SmsField(_PlannedField, forms.CharField):
    """A form field for the text of an SMS; takes the options of `SmsValidator` and of `CharField`.

    Browsers send each line break as CRLF, whatever was typed: it is read as the LF that the
    phone gets. As every `CharField`, it strips the text unless ``strip=False``.
    """

    widget = forms.Textarea

    def to_python(self, value: Any) -> str | None:
        """The text, with each line break as LF."""
        text = super().to_python(value)
        return unify_line_breaks(text) if isinstance(text, str) else text


class SmsTextField(_PlannedField, _TextField):
    """A model field for the text of an SMS; takes the options of `SmsValidator` and of `TextField`.

    Its form field is an `SmsField` with the same options.
    """

    description = gettext_lazy("Text of an SMS")

    def deconstruct(self) -> Any:
        """Name, path and arguments, for a migration."""
        name, path, arguments, named = super().deconstruct()
        return name, path, arguments, {**named, **self.sms_validator.arguments}

    def formfield(self, *arguments: Any, **named: Any) -> Any:
        """The form field of a model form, with the same messages."""
        same = {"error_messages": self._own_words, **self.sms_validator.arguments}
        return super().formfield(*arguments, **{"form_class": SmsField, **same, **named})
