"""Defaults: those of the configuration as the options of a command, and which of them were taken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand
from typer.main import get_command

from septet.errors import OptionError, ProfileError
from septet.wording.messages import said

from . import output
from .configuration import OWN, SHARED, Configuration, find

#: The option that leaves them out: before the name of a command, or among its options.
LEAVING_OUT = "--no-config"

NoConfig = Annotated[
    bool, typer.Option(LEAVING_OUT, help=f"Take no defaults from {OWN} or {SHARED}.", show_default=False)
]


class Taken(NamedTuple):
    """A configuration, and those of its values that hold in the command that runs."""

    configuration: Configuration
    names: tuple[str, ...]


# The options that say how a text is cut.
_TRUNCATIONS = ("truncate", "truncate_words", "truncate_mark")

# Of the command that runs in this process: there is one.
_taken: Taken | None = None


def may_leave_out(command: Any) -> None:
    """Gives a command the option that leaves the configuration out; `defaults_for` looks for it."""
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command()(_leaving_out)
    option = next(option for option in get_command(alone).params if option.name == "no_config")
    option.expose_value = False
    command.params.append(option)


def _leaving_out(no_config: NoConfig = False) -> None:
    """Nothing but the option."""


def defaults_for(command: Any, arguments: Sequence[str], above: Any) -> dict[str, Any]:
    """The defaults that a command takes from the configuration, as its options hold them.

    None where it is called with `LEAVING_OUT` or for its help, or where there is no configuration.
    `above` is the context of all commands, whose language was perhaps typed. Raises `UsageError` for
    a configuration that is not what it should be.
    """
    global _taken
    _taken = None
    if {LEAVING_OUT, *above.help_option_names} & set(_before_texts(arguments)):
        return {}
    found = find()
    if found is None:
        return {}
    if _is_typed(above, "lang"):
        found.values.pop("lang", None)
    _taken = Taken(found, tuple(found.values))
    values = {**found.values}
    if values.get("truncate") == "words":
        # On the command line that is an option of its own.
        del values["truncate"]
        values["truncate_words"] = True
    options = {parameter.name: parameter for parameter in command.params}
    return {
        name: _as_typed(value, several=bool(getattr(options[name], "multiple", False)))
        for name, value in values.items()
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
        names, file = ", ".join(_taken.names), _taken.configuration.file
        output.write_error(said("septet: %(names)s: as %(file)s has it", names=names, file=file) + "\n")


def _source(context: Any, name: str) -> str:
    """Where the value of an option is from, as click calls it."""
    source = context.get_parameter_source(name)
    return "" if source is None else str(source.name)


def _is_taken(context: Any, name: str) -> bool:
    """Whether the configuration's value of an option holds."""
    if name == "truncate" and _source(context, "truncate_words") == "DEFAULT_MAP":
        name = "truncate_words"
    value = context.params.get(name)
    return _source(context, name) == "DEFAULT_MAP" and not (name in _TRUNCATIONS and value is None)


def _keep_one_truncation(context: Any) -> None:
    """A way to cut that is typed takes the place of the configuration's, and of its mark."""
    typed = [name for name in ("truncate", "truncate_words") if _is_typed(context, name)]
    if typed:
        for name in _TRUNCATIONS:
            if _source(context, name) == "DEFAULT_MAP" and (name != "truncate_mark" or typed == ["truncate"]):
                context.params[name] = None


def _is_typed(context: Any, name: str) -> bool:
    return _source(context, name) == "COMMANDLINE"


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
            _keep_one_truncation(ctx)
            names = tuple(name for name in _taken.names if _is_taken(ctx, name))
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
