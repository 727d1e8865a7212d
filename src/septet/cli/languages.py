"""The option `--lang`, which every command has: the language of its output, if not the locale's."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from typer.main import get_command

from septet.wording.languages import LANGUAGES
from septet.wording.speaking import speak

from .completion import one_of
from .input import UsageError


def _speak(lang: str | None) -> str | None:
    if lang is not None:
        try:
            speak(lang)
        except ValueError as error:
            raise UsageError(f"--{error}") from None
    return lang


Lang = Annotated[
    str | None,
    typer.Option(
        "--lang",
        metavar="|".join(LANGUAGES),
        callback=_speak,
        expose_value=False,
        is_eager=True,
        show_default=False,
        autocompletion=one_of(*LANGUAGES),
        help="The language of the output; by default that of the locale.",
    ),
]


def speak_in(command: Any) -> None:
    """Gives a command the option, before its help."""
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command()(_speaking)
    command.params += [option for option in get_command(alone).params if option.name == "lang"]


def _speaking(lang: Lang = None) -> None:
    """A signature with only the option."""
