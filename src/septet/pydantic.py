"""Pydantic: a text that a vendor will send, as a type of a model (extra `pydantic`).

>>> from typing import Annotated
>>> from pydantic import BaseModel
>>> from septet.pydantic import PlannedText, SmsText
>>> class Reminder(BaseModel):
...     text: Annotated[PlannedText, SmsText(profile="smsmode", max_segments=2)]
>>> Reminder.model_validate({"text": "See you at 9!"}).text.plan.billed_segments
1
"""

from __future__ import annotations

from collections.abc import Mapping

from .planning.acceptance import Acceptance
from .wording.extras import Needed
from .wording.languages import ENGLISH, LANGUAGES, check_language
from .wording.messages import said
from .wording.quantities import billed_segments

with Needed("septet.pydantic", "pydantic", "pydantic", "pydantic_core"):
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
    from pydantic_core import CoreSchema, PydanticCustomError, core_schema

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from typing import Any

    from typing_extensions import Unpack

    from .planning.option_types import Options
    from .planning.plans import Plan
    from .vendors.profiles import Profile
    from .wording.problems import Problem

__all__ = ["PlannedText", "SmsText"]


def __dir__() -> list[str]:
    return sorted(__all__)


class PlannedText(str):
    """The original text, with the plan by which it was accepted."""

    __slots__ = ("plan",)

    #: What will reach the phone, in how many segments, at what cost.
    plan: Plan

    def __new__(cls, plan: Plan) -> PlannedText:
        text = super().__new__(cls, plan.original)
        text.plan = plan
        return text

    def __reduce__(self) -> tuple[type[PlannedText], tuple[Plan]]:
        return PlannedText, (self.plan,)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        raise TypeError(
            "PlannedText: expected the rules to plan by beside it, "
            'such as Annotated[PlannedText, SmsText(profile="gsm")]'
        )


class SmsText(Acceptance):
    """Marks a `str`, or a `PlannedText`, of a Pydantic model as the text of an SMS.

    ``Annotated[str, SmsText(profile="smsmode", max_segments=2)]`` refuses a text whose plan has
    errors, with `refuse_warnings` also one with warnings. An accepted text is a `PlannedText`, a
    `str` with a `plan`, and dumped as a plain `str`.

    Takes the options of `septet.plan`, with the same errors, when the annotation is made; the
    planner is compiled then, and can be used by itself as `planner`. Errors are in the language
    `lang`, or in that of the validation's own context, ``context={"lang": "fr"}``.
    """

    __slots__ = ("lang",)

    def __init__(
        self,
        profile: str | os.PathLike[str] | Profile = "gsm",
        *,
        refuse_warnings: bool = False,
        lang: str = ENGLISH,
        **options: Unpack[Options],
    ) -> None:
        super().__init__(profile, refuse_warnings=refuse_warnings, **options)
        #: The language of the errors, unless the context of a validation asks for another.
        self.lang = check_language(lang)

    def validate(self, text: str, lang: str | None = None) -> PlannedText:
        """The text with its plan. Raises `PydanticCustomError` if it is refused.

        `lang` is the language of the error, if not the one of these rules.
        """
        plan = self.planner.plan(text)
        refused = self._refused(plan)
        if refused:
            raise _refusal(refused, self.lang if lang is None else lang)
        return PlannedText(plan)

    def _validate(self, text: str, info: ValidationInfo) -> PlannedText:
        context = info.context
        asked = context.get("lang") if isinstance(context, Mapping) else None
        return self.validate(text, asked if asked in LANGUAGES else None)

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return self._behind(core_schema.str_schema() if source is PlannedText else handler(source), source)

    def _behind(self, schema: CoreSchema, source: object) -> CoreSchema:
        if schema["type"] == "nullable":
            return {**schema, "schema": self._behind(schema["schema"], source)}
        if schema["type"] not in _MAY_GIVE_TEXTS:
            raise TypeError(f"SmsText: expected to stand beside str or PlannedText, found {source!r}")
        return core_schema.with_info_after_validator_function(
            self._validate,
            schema,
            serialization=core_schema.plain_serializer_function_ser_schema(
                str, return_schema=core_schema.str_schema()
            ),
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        found = handler.resolve_ref_schema(handler(schema))
        texts = (part for part in found.get("anyOf", [found]) if part.get("type") == "string")
        next(texts, found).update(self._facts())
        return found

    def _facts(self) -> dict[str, Any]:
        """The properties of every accepted text, in the words of JSON Schema."""
        settings, profile = self.planner.settings, self.planner.profile
        limit = billed_segments(settings.limit)
        named = {"vendor": profile.title, "limit": limit}
        words = said("The text of an SMS, for %(vendor)s: %(limit)s at most.", **named)
        if self._takes_cut_texts:
            words = said(
                "The text of an SMS, for %(vendor)s: %(limit)s at most; a longer text is cut.", **named
            )
        longest = self._longest()
        return {
            # An empty text has the problem `empty-message` at every vendor.
            "minLength": 1,
            **({} if longest is None else {"maxLength": longest}),
            "description": words.in_language(self.lang),
            "x-septet": {
                "profile": profile.name,
                "encodings": list(settings.encodings),
                "commercial": settings.commercial,
                "optout": settings.optout,
                "max_segments": settings.limit,
                "truncate": "words" if settings.cuts_words else settings.truncate,
                **({"truncate_mark": settings.truncate_mark} if settings.truncate_mark else {}),
                "refuse_warnings": self.refuse_warnings,
                **({"ignore": sorted(settings.ignored)} if settings.ignored else {}),
            },
        }

    @property
    def _takes_cut_texts(self) -> bool:
        settings = self.planner.settings
        return settings.truncate and not (self.refuse_warnings and "truncated" not in settings.ignored)

    def _longest(self) -> int | None:
        """The most characters of any accepted text; None if there is no such figure."""
        settings, profile = self.planner.settings, self.planner.profile
        if self._takes_cut_texts:
            return None
        if "gsm7" in settings.encodings and "" in profile.substitutions.values():
            return None  # a character that the vendor deletes costs nothing
        if profile.rule("placeholders"):
            return None  # a vendor's replacement for one may be shorter
        most = max(coding.room(settings.limit) for coding in self.planner.codings)
        # If a line break costs one unit, so does a CRLF, which has two characters.
        return 2 * most if profile.line_break_units == 1 else most

    def __repr__(self) -> str:
        refuses = ", refuse_warnings=True" if self.refuse_warnings else ""
        return f"SmsText({self.planner!r}{refuses})"


#: The kinds of core schema whose values may be texts; the first value shows whether they are.
_MAY_GIVE_TEXTS = (
    *("str", "function-before", "function-after", "function-wrap", "function-plain", "chain"),
    *("lax-or-strict", "json-or-python", "default", "custom-error", "definitions", "definition-ref"),
)


def _refusal(problems: list[Problem], lang: str) -> PydanticCustomError:
    """One error for all problems: the first one's code and figures, a sentence for each code.

    The context also lists them, as `Plan.to_dict` does, in `problems`.
    """
    first_of_each = {problem.code: problem for problem in reversed(problems)}
    message = " ".join(str(problem.in_language(lang)) for problem in reversed(first_of_each.values()))
    context = _encodable({**problems[0].details, "problems": [problem.to_dict(lang) for problem in problems]})
    if "{" in message:
        # Pydantic would read a name in braces as one of the context.
        message, context = "{message}", {**context, "message": message}
    return PydanticCustomError(problems[0].code, message, context)


def _encodable(value: Any) -> Any:
    """A context without surrogates, which Pydantic cannot write in a message or in JSON."""
    if isinstance(value, dict):
        return {name: _encodable(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_encodable(part) for part in value]
    return value.encode("utf-8", "backslashreplace").decode("utf-8") if isinstance(value, str) else value
