"""Texts from the environment, refused when the program starts rather than when one is sent."""

from typing import Annotated

from pydantic_settings import BaseSettings, SettingsConfigDict

from septet.pydantic import SmsText


class Texts(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="SMS_", validate_default=True)

    welcome: Annotated[str, SmsText("smspartner", max_segments=1)] = "Bienvenue !"
    goodbye: Annotated[str, SmsText("smspartner", max_segments=1, refuse_warnings=True)] = "À bientôt !"
