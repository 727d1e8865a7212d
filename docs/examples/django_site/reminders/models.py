"""A reminder, in the database."""

from django.db import models

from septet.django import SmsTextField, SmsValidator


class Reminder(models.Model):
    text = SmsTextField(profile="smspartner", max_segments=2)
    # Any other field of texts can have the validator by itself.
    signature = models.CharField(
        max_length=40, blank=True, validators=[SmsValidator("smspartner", refuse_warnings=True)]
    )
