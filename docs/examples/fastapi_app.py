"""An interface that refuses a text which cannot be sent, and tells what another one costs."""

from typing import Annotated

from fastapi import FastAPI
from pydantic import BaseModel

from septet.pydantic import PlannedText, SmsText

app = FastAPI()


class Reminder(BaseModel):
    recipient: str
    text: Annotated[PlannedText, SmsText(profile="smspartner", max_segments=2)]


class Accepted(BaseModel):
    shown: str
    billed_segments: int


@app.post("/reminders")
def remind(reminder: Reminder) -> Accepted:
    plan = reminder.text.plan
    return Accepted(shown=plan.text, billed_segments=plan.billed_segments)
