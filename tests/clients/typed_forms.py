"""How a client uses septet in models and forms, only for mypy --strict, like typed_plans.py."""

from __future__ import annotations

from typing import Annotated, assert_type

from django import forms
from pydantic import BaseModel

import septet
from septet.django import SmsField, SmsValidator
from septet.pydantic import PlannedText, SmsText


class Message(BaseModel):
    text: Annotated[PlannedText, SmsText(profile="smsmode", max_segments=2, commercial=True)]
    plain: Annotated[str, SmsText("gsm", encoding="gsm7", refuse_warnings=True)]


class MessageForm(forms.Form):
    text = SmsField(profile="smsmode", max_segments=2, strip=False)
    other = forms.CharField(validators=[SmsValidator("smsmode", optout="never")])


def uses(message: Message, form: MessageForm) -> None:
    assert_type(message.text.plan, septet.Plan)
    assert_type(message.plain, str)
    assert_type(form.text.planner, septet.Planner)


def mistakes(message: Message) -> None:
    SmsText(commercial="yes")  # type: ignore[arg-type]
    SmsText(max_segment=2)  # type: ignore[call-arg]
    SmsValidator(optout="sometimes")  # type: ignore[arg-type]
    message.plain.plan  # type: ignore[attr-defined]  # noqa: B018
