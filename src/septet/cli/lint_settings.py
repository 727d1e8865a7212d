"""The settings of the linter from a command line, which override those of a configuration file."""

from __future__ import annotations

import re
from typing import Any

import typer

from septet.errors import FileError, OptionError
from septet.lint.config_files import checked, settings_of_lint
from septet.lint.configs import Config, config_of
from septet.wording.quoting import printable

from .defaults import taken
from .input import UsageError
from .options import planning

# The options that are settings of the same name.
_PLAIN = ("keys", "references", "contexts", "exclude", "ignore", "price", "currency", "source_language")
_FURTHER = ("max_segments", "baseline")


def config_of_command(context: typer.Context) -> Config:
    """The typed settings of a command, and for the rest those of the configuration. Raises `UsageError`."""
    given: dict[str, Any] = {
        name: context.params[name]
        for name in (*_PLAIN, *_FURTHER)
        if _is_typed(context, name) and context.params[name] not in (None, ())
    }
    if context.params["bounds"]:
        given["bounds"] = dict(_pair("--bounds", one, "name=1..20") for one in context.params["bounds"])
    if context.params["volume"]:
        given["volume"] = {
            glob: _number(number)
            for glob, number in (_pair("--volume", one, "otp=2000000") for one in context.params["volume"])
        }
    profile, options = planning(context)
    given |= {name: value for name, value in options.items() if _is_typed(context, name)}
    for name in ("max_segments", "ignore"):
        if not _is_typed(context, name):
            given.pop(name, None)
    if _is_typed(context, "ignore"):
        given["ignore"] = list(context.params["ignore"])
    if _is_typed(context, "profile"):
        given["profile"] = profile
    try:
        # `defaults_for` has looked for a file, unless it was left out or there is none.
        file, settings = (None, {}) if taken() is None else settings_of_lint()
        if file is not None:
            checked(file, settings)
        merged = {**settings, **given}
        for table in ("bounds", "volume"):
            if table in given and table in settings:
                merged[table] = {**settings[table], **given[table]}
        config = config_of(merged)
    except FileError as error:
        raise UsageError(str(error)) from None
    except OptionError as error:
        raise UsageError(f"--{error}") from None
    return config


def _is_typed(context: typer.Context, name: str) -> bool:
    source = context.get_parameter_source(name)
    return source is not None and source.name == "COMMANDLINE"


def _pair(option: str, written: str, example: str) -> tuple[str, str]:
    name, equals, value = written.rpartition("=")
    if not equals or not name or not value:
        raise UsageError(f"{option}: expected, say, {example}, found {printable(written, 40)!r}")
    return name, value


def _number(written: str) -> int:
    digits = re.fullmatch(r"[0-9]{1,15}", written.replace("_", ""))
    if digits is None:
        raise UsageError(f"--volume: expected a number of messages, found {printable(written, 40)!r}")
    return int(digits.group())
