"""A form for a reminder, and one for a text that no model holds."""

from django import forms

from septet.django import SmsField

from .models import Reminder


class ReminderForm(forms.ModelForm):
    class Meta:
        model = Reminder
        fields = ("text", "signature")


class CampaignForm(forms.Form):
    text = SmsField(
        profile="smspartner",
        commercial=True,
        max_segments=1,
        error_messages={"too-long": "%(actual)d segments : le budget en prévoit %(limit)d."},
    )
