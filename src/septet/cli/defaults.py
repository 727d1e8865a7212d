"""Defaults: those of the configuration as the options of a command, and which of them were taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand

from septet.errors import OptionError, ProfileError

from . import output
from .configuration import Configuration, find

#: The option that leaves them out: before the name of a command, or among its options.
LEAVING_OUT = "--no-config"


class Taken(NamedTuple):
    """A configuration, and those of its values that hold in the command that runs."""

    configuration: Configuration
    names: tuple[str, ...]


# Of the command that runs in this process: there is one.
_taken: Taken | None = None


def defaults_for(command: Any, arguments: Sequence[str]) -> dict[str, Any]:
    """The defaults that a command takes from the configuration, as its options hold them.

    None where it is called with `LEAVING_OUT`, has no such option, or there is no configuration.
    Raises `UsageError` for a configuration that is not what it should be.
    """
    global _taken
    _taken = None
    options = {parameter.name: parameter for parameter in command.params if parameter.name != "text"}
    if "no_config" not in options or LEAVING_OUT in _before_texts(arguments):
        return {}
    found = find()
    if found is None:
        return {}
    _taken = Taken(found, tuple(found.values))
    return {
        name: _as_typed(value, several=bool(getattr(options[name], "multiple", False)))
        for name, value in found.values.items()
        if name in options
    }


def leave_out() -> None:
    """Forgets what another command of this process took."""
    global _taken
    _taken = None


def taken() -> Taken | None:
    """What the command that runs has from the configuration; None where it has nothing."""
    return _taken


def of_the_configuration(error: Exception) -> str:
    """What is said of a value that the library refuses, where it is one of the configuration's.

    It begins with the file; empty where the value was typed.
    """
    if _taken is None:
        return ""
    name = error.option if isinstance(error, OptionError) else ""
    if isinstance(error, ProfileError):
        name = "profile"
    return f"{_taken.configuration.file}: {error}" if name in _taken.names else ""


def _say() -> None:
    if _taken is not None and _taken.names:
        output.write_error(f"septet: {', '.join(_taken.names)}: as {_taken.configuration.file} has it\n")


def _before_texts(arguments: Sequence[str]) -> Iterable[str]:
    """The arguments before ``--``, behind which all is text."""
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _as_typed(value: Any, *, several: bool) -> Any:
    values = value if isinstance(value, list) else [value]
    texts = [str(one) if isinstance(one, float) else one for one in values]
    if several:
        return texts
    return ",".join(texts) if isinstance(value, list) else texts[0]


class Command(TyperCommand):
    """A command that may have defaults from the configuration, and says so in a line on standard error."""

    def invoke(self, ctx: Any) -> Any:
        global _taken
        if _taken is not None:
            names = tuple(name for name in _taken.names if self._is_from_there(ctx, name))
            # A price list that is typed takes the place of a price.
            if "price" in names and ctx.params.get("prices") is not None:
                ctx.params["price"] = None
                names = tuple(name for name in names if name != "price")
            _taken = _taken._replace(names=names)
        # Said at the end: what is wrong with it is a line of its own.
        try:
            result = super().invoke(ctx)
        except typer.Exit:
            _say()
            raise
        _say()
        return result

    @staticmethod
    def _is_from_there(ctx: Any, name: str) -> bool:
        source = ctx.get_parameter_source(name)
        return source is not None and str(source.name) == "DEFAULT_MAP"
