"""The options that the commands about a message share; they mean what the library's options mean."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from .cli_input import UsageError, message_text
from .planning import Planner

Text = Annotated[
    str | None,
    typer.Argument(metavar="TEXT", show_default=False, help="The message; - reads it from standard input."),
]
ProfileName = Annotated[
    str,
    typer.Option(
        "--profile",
        "-p",
        metavar="NAME",
        help="The vendor that sends: a name (see septet profiles) or a TOML file.",
    ),
]
Encoding = Annotated[
    str | None, typer.Option(metavar="auto|gsm7|ucs2", help="The encoding, if not the profile's.")
]
Commercial = Annotated[
    bool, typer.Option("--commercial", help="Marketing text: the profile's commercial rules hold.")
]
Optout = Annotated[
    str | None, typer.Option(metavar="never|if-free|always", help="When the opt-out mention is added.")
]
OptoutText = Annotated[
    str | None, typer.Option(metavar="MENTION", help="The opt-out mention, if not the profile's.")
]
MaxSegments = Annotated[int | None, typer.Option(metavar="N", help="The most billed segments you accept.")]
Truncate = Annotated[
    bool | None,
    typer.Option("--truncate/--no-truncate", show_default=False, help="Cut a longer text to fit, or do not."),
]
Country = Annotated[
    str | None, typer.Option(metavar="CODE", help="Where it goes: ISO 3166 code of two letters.")
]
Language = Annotated[
    str | None,
    typer.Option(
        metavar="CODES", help="National tables to allow: auto, or ISO 639-1 codes such as tr or tr,es."
    ),
]
File = Annotated[str | None, typer.Option(metavar="FILE", help="Read the message from a file.")]
FileEncoding = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="How the file or standard input is encoded; UTF-8 if not given."),
]
KeepNewline = Annotated[
    bool, typer.Option("--keep-newline", help="Keep the one final line break of a file or of standard input.")
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON (ASCII only).")]

# Those that a Planner takes, by its names.
_PLANNER_OPTIONS = (
    "encoding",
    "commercial",
    "optout",
    "optout_text",
    "max_segments",
    "truncate",
    "country",
    "language",
)

_OPTION_NAME = re.compile(rf"^({'|'.join((*_PLANNER_OPTIONS, 'price'))})\b")


def asked(context: typer.Context) -> tuple[Planner, str]:
    """The planner and the message that a command was asked for. Raises `UsageError`."""
    given = context.params
    message = message_text(given["text"], given["file"], given["file_encoding"], given["keep_newline"])
    with refusals():
        options = {name: given[name] for name in _PLANNER_OPTIONS}
        if options["language"] not in (None, "auto"):
            options["language"] = tuple(options["language"].split(","))
        return Planner(given["profile"], **options), message


@contextmanager
def refusals() -> Iterator[None]:
    """What the library refuses here was typed: a `UsageError`, with the options as they are typed."""
    try:
        yield
    except (ValueError, OSError) as error:
        raise UsageError(_OPTION_NAME.sub(_as_typed, str(error))) from None


def _as_typed(name: re.Match[str]) -> str:
    return "--" + name.group().replace("_", "-")
