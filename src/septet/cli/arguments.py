"""Arguments: telling the text of a message from the options around it.

A message may begin with a dash (``-20 % sur tout``), which other commands take for an option.
Here an argument is an option only if the command has one of exactly that name; anything else
is the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from .defaults import Command

#: The help for the text of such a command.
ABOUT_DASHES = (
    "TEXT may begin with a dash: only an argument that is exactly one of these options is taken for "
    "an option. Put -- before a text that is exactly the name of one."
)


class Separated(NamedTuple):
    """The options of a command line, each in one word, and the rest: the texts."""

    options: list[str]
    texts: list[str]
    #: The last option of the line, if it takes a value and has none.
    incomplete: str | None


def separate(arguments: Iterable[str], with_value: Iterable[str], flags: Iterable[str]) -> Separated:
    """Sorts the arguments of a command into options and texts.

    `with_value` and `flags` are the names that the command knows. An option's value is the argument after
    it, in any form, or follows ``=`` for a long name. Everything after ``--`` is text.
    """
    valued, plain = frozenset(with_value), frozenset(flags)
    options: list[str] = []
    texts: list[str] = []
    incomplete: str | None = None
    waiting = iter(arguments)
    for argument in waiting:
        name, equals, _ = argument.partition("=")
        if argument == "--":
            texts.extend(waiting)
        elif argument in valued:
            value = next(waiting, None)
            if value is None:
                incomplete = argument
            elif argument.startswith("--"):
                options.append(f"{argument}={value}")
            else:
                options.extend((argument, value))
        elif argument in plain or (equals and name.startswith("--") and (name in valued or name in plain)):
            options.append(argument)
        else:
            texts.append(argument)
    return Separated(options, texts, incomplete)


def surplus(texts: Sequence[str], known: Iterable[str]) -> str:
    """The error for several texts where one is expected: most likely a mistyped option."""
    names = [name for name in known if name.startswith("--")]
    given = f"one text is expected, {len(texts)} were given"
    for text in texts:
        name = text.partition("=")[0]
        near = get_close_matches(name, names, n=1) if text.startswith("-") else []
        if near:
            return f"no option is named {quoted(name)}: did you mean {near[0]}? ({given})"
    shown = ", ".join(map(quoted, texts[:3])) + (", ..." if len(texts) > 3 else "")
    return f"{given}: {shown}; put quotation marks around one with spaces"


def quoted(text: str, most: int = 40) -> str:
    """The beginning of a text in quotation marks, for a message of one line."""
    return repr(text if len(text) <= most else text[:most] + "...")


class TextCommand(Command):
    """A command with one text, which may begin with a dash."""

    #: Whether it takes several.
    several = False

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        options = [parameter for parameter in self.get_params(ctx) if parameter.param_type_name == "option"]
        flags = [name for option in options if _is_flag(option) for name in _names(option)]
        with_value = [name for option in options if not _is_flag(option) for name in _names(option)]
        found = separate(args, with_value, flags)
        if any(name in found.options for name in ctx.help_option_names):
            return super().parse_args(ctx, ["--help"])
        # A shell that completes such a line asks for the possible values.
        if found.incomplete and not ctx.resilient_parsing:
            ctx.fail(f"{found.incomplete} needs a value after it")
        if len(found.texts) > 1 and not self.several and not ctx.resilient_parsing:
            ctx.fail(surplus(found.texts, [*with_value, *flags]))
        return super().parse_args(ctx, [*found.options, "--", *found.texts])


class TextsCommand(TextCommand):
    """A command with several texts, each of which may begin with a dash."""

    several = True


def _is_flag(option: Any) -> bool:
    return bool(getattr(option, "is_flag", False))


def _names(option: Any) -> list[str]:
    return [*option.opts, *option.secondary_opts]
