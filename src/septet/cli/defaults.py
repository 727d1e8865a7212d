"""Defaults: the configuration as the options of a command, and which of its values were used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand
from typer.main import get_command

from septet.errors import OptionError, ProfileError
from septet.files.own_settings import OWN, SHARED
from septet.wording.messages import said

from . import output
from .configuration import WORDS, Configuration, find

#: The option that leaves them out: before the name of a command, or among its options.
LEAVING_OUT = "--no-config"

_TRUNCATE_WORDS = "truncate_words"

NoConfig = Annotated[
    bool, typer.Option(LEAVING_OUT, help=f"Take no defaults from {OWN} or {SHARED}.", show_default=False)
]


class Taken(NamedTuple):
    """A configuration, and the values of it that apply to the running command."""

    configuration: Configuration
    names: tuple[str, ...]


# For the command that runs in this process: there is only one.
_taken: Taken | None = None


def may_leave_out(command: Any) -> None:
    """Gives a command the option that leaves the configuration out; `defaults_for` looks for it."""
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command()(_leaving_out)
    option = next(option for option in get_command(alone).params if option.name == "no_config")
    option.expose_value = False
    command.params.append(option)


def _leaving_out(no_config: NoConfig = False) -> None:
    """A signature with only the option."""


def defaults_for(command: Any, arguments: Sequence[str], above: Any) -> dict[str, Any]:
    """The defaults that a command takes from the configuration, in the form of its options.

    None where it is called with `LEAVING_OUT` or for its help, or where there is no configuration.
    `above` is the context of all commands, whose language was perhaps typed. Raises `UsageError` for an
    invalid configuration.
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
    options = {parameter.name: parameter for parameter in command.params}
    values = {_option_of(name, value): value for name, value in found.values.items()}
    return {
        name: True
        if name == _TRUNCATE_WORDS
        else _as_typed(value, several=bool(getattr(options[name], "multiple", False)))
        for name, value in values.items()
        if name in options
    }


def leave_out() -> None:
    """Forgets the defaults of another command in this process."""
    global _taken
    _taken = None


def taken() -> Taken | None:
    """The values that the running command has from the configuration; None where it has none."""
    return _taken


def of_the_configuration(error: Exception) -> str:
    """The beginning of an error about a value that comes from the configuration.

    It names the file; empty where the value was typed.
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
        output.write_error(said("septet: %(names)s: from %(file)s", names=names, file=file) + "\n")


def _source(context: Any, name: str) -> str:
    """Where the value of an option is from, by click's name."""
    source = context.get_parameter_source(name)
    return "" if source is None else str(source.name)


def _is_default(context: Any, name: str) -> bool:
    return _source(context, name) == "DEFAULT_MAP"


def _is_typed(context: Any, name: str) -> bool:
    return _source(context, name) == "COMMANDLINE"


def _before_texts(arguments: Sequence[str]) -> Iterable[str]:
    """The arguments before ``--``, after which everything is text."""
    return arguments[: arguments.index("--")] if "--" in arguments else arguments


def _as_typed(value: Any, *, several: bool) -> Any:
    values = value if isinstance(value, list) else [value]
    if several:
        return [str(one) for one in values]
    if isinstance(value, list):
        return ",".join(map(str, value))
    return str(value) if isinstance(value, float) else value


def _option_of(name: str, value: Any) -> str:
    """The option for a value of the configuration."""
    return _TRUNCATE_WORDS if name == "truncate" and value == WORDS else name


def _is_mark(item: tuple[str, Any]) -> bool:
    return item[0] == "truncate_mark"


def _gives_way(context: Any, option: str) -> bool:
    """Whether a default is replaced by a typed option: a price list, or another way to cut.

    A mark only applies where words are cut.
    """
    if option == "price":
        return context.params.get("prices") is not None
    if option == "truncate_mark":
        return not context.params[_TRUNCATE_WORDS]
    ways = {"truncate": _TRUNCATE_WORDS, _TRUNCATE_WORDS: "truncate"}
    return option in ways and _is_typed(context, ways[option])


class Command(TyperCommand):
    """A command that may have defaults from the configuration, and notes them in a line on standard error."""

    def invoke(self, ctx: Any) -> Any:
        global _taken
        if _taken is not None:
            values, names = _taken.configuration.values, set()
            # Whether words are cut is decided before the mark.
            for name, value in sorted(values.items(), key=_is_mark):
                option = _option_of(name, value)
                if not _is_default(ctx, option):
                    continue
                if _gives_way(ctx, option):
                    ctx.params[option] = False if option == _TRUNCATE_WORDS else None
                else:
                    names.add(name)
            _taken = _taken._replace(names=tuple(name for name in values if name in names))
        # Noted at the end: errors have lines of their own.
        try:
            result = super().invoke(ctx)
        except typer.Exit:
            _say()
            raise
        _say()
        return result
