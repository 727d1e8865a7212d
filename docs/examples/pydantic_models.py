"""A reminder whose text sMsmode sends as it is written, in two segments at most."""

from typing import Annotated

from pydantic import BaseModel

from septet.pydantic import PlannedText, SmsText


class Reminder(BaseModel):
    recipient: str
    text: Annotated[PlannedText, SmsText(profile="smsmode", max_segments=2, truncate=False)]


reminder = Reminder.model_validate({"recipient": "33612345678", "text": "À demain, 9 h !"})
print(reminder.text)
print(reminder.text.plan.billed_segments, reminder.text.plan.cost("0.045"))
