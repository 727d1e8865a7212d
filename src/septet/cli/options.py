"""The options that the commands about a message share; they mean the same as in the library."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any

import typer

from septet.planning.options import NAMES
from septet.planning.planner import Planner
from septet.wording.places import CODE_POINTS, check_places

from . import completion
from .defaults import of_the_configuration
from .file_hints import hint_of_file
from .input import UsageError, message_text

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
        autocompletion=completion.profiles,
        help="The vendor that sends: a name (see septet profiles) or a TOML file.",
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option(
        metavar="auto|gsm7|ucs2|latin1|utf8",
        autocompletion=completion.one_of("auto", "gsm7", "ucs2", "latin1", "utf8"),
        help="The encoding, if not the profile's.",
    ),
]
Commercial = Annotated[
    bool,
    typer.Option(
        "--commercial/--no-commercial",
        show_default=False,
        help="Marketing text: the profile's commercial rules apply.",
    ),
]
Optout = Annotated[
    str | None,
    typer.Option(
        metavar="never|if-free|always",
        autocompletion=completion.one_of("never", "if-free", "always"),
        help="When the opt-out mention is added.",
    ),
]
OptoutText = Annotated[
    str | None, typer.Option(metavar="MENTION", help="The opt-out mention, if not the profile's.")
]
MaxSegments = Annotated[int | None, typer.Option(metavar="N", help="The most billed segments you accept.")]
Truncate = Annotated[
    bool | None,
    typer.Option("--truncate/--no-truncate", show_default=False, help="Whether to cut a longer text to fit."),
]
TruncateWords = Annotated[
    bool,
    typer.Option(
        "--truncate-words",
        help="Cut words of a longer text, before its links, numbers and codes: better than --truncate.",
    ),
]
TruncateMark = Annotated[
    str | None,
    typer.Option("--truncate-mark", metavar="TEXT", help="The mark where --truncate-words cuts, such as ..."),
]
Country = Annotated[
    str | None,
    typer.Option(
        metavar="CODE",
        autocompletion=completion.countries,
        help="The destination: ISO 3166 code of two letters.",
    ),
]
Language = Annotated[
    str | None,
    typer.Option(
        metavar="CODES",
        autocompletion=completion.languages,
        help="National tables to allow: auto, or ISO 639-1 codes such as tr or tr,es.",
    ),
]
Ports = Annotated[
    str | None,
    typer.Option(metavar="TO,FROM", help="The application ports in each header: destination, source."),
]
Header = Annotated[
    str | None,
    typer.Option(metavar="HEX", help="Further information elements of each header, in hexadecimal."),
]
Prefix = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Text that the vendor puts before yours, where you choose it."),
]
Suffix = Annotated[
    str | None,
    typer.Option(metavar="TEXT", help="Text that the vendor puts after yours, where you choose it."),
]
Substitute = Annotated[
    str | None,
    typer.Option(
        metavar="on|off|NAME",
        autocompletion=completion.one_of("on", "off"),
        help="Whether the vendor replaces characters, where it has a switch.",
    ),
]
LinkLength = Annotated[
    int | None,
    typer.Option(metavar="N", help="The length of a link after the vendor has rewritten it, where it does."),
]
RecipientCount = Annotated[
    int | None,
    typer.Option(metavar="N", help="How many recipients get it at once, where a limit depends on that."),
]
Ignore = Annotated[
    list[str] | None,
    typer.Option(
        metavar="CODE",
        autocompletion=completion.ignored_codes,
        help="The code of a warning or notice to ignore; repeatable.",
    ),
]
File = Annotated[str | None, typer.Option(metavar="FILE", help="Read the message from a file.")]
FileEncoding = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The encoding of the file or standard input; UTF-8 if not given."),
]
KeepNewline = Annotated[
    bool, typer.Option("--keep-newline", help="Keep the one final line break of a file or of standard input.")
]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON (ASCII only).")]

Places = Annotated[
    str,
    typer.Option(
        metavar="code-points|utf-16",
        autocompletion=completion.one_of("code-points", "utf-16"),
        help="The unit of places in JSON: utf-16 for JavaScript, Java and C#.",
    ),
]

# How messages are planned: the options of every command that plans, besides its own.
_PLANNING = {
    "profile": (ProfileName, "gsm"),
    "encoding": (Encoding, None),
    "commercial": (Commercial, False),
    "optout": (Optout, None),
    "optout_text": (OptoutText, None),
    "max_segments": (MaxSegments, None),
    "truncate": (Truncate, None),
    "truncate_words": (TruncateWords, False),
    "truncate_mark": (TruncateMark, None),
    "country": (Country, None),
    "language": (Language, None),
    "ignore": (Ignore, None),
    "ports": (Ports, None),
    "header": (Header, None),
    "prefix": (Prefix, None),
    "suffix": (Suffix, None),
    "substitute": (Substitute, None),
    "link_length": (LinkLength, None),
    "recipient_count": (RecipientCount, None),
}

# The options of every command about one message.
_MESSAGE = {
    "text": (Text, None),
    **_PLANNING,
    "file": (File, None),
    "file_encoding": (FileEncoding, None),
    "keep_newline": (KeepNewline, False),
}

#: The arguments of `prepare` that are options of the same name.
REQUEST_NAMES = ("sender", "recipients", "tag", "send_at", "method", "replies")

# Other names can begin a refusal too: those of files.
_OPTIONS = (
    *(*NAMES, *REQUEST_NAMES, "vendor_fields", "profiles"),
    *("places", "price", "prices", "currency", "on", "optout_rate"),
    *("column", "template", "bounds", "recipient", "format", "delimiter", "file_encoding"),
    *(
        "segments",
        "characters",
        "octets",
        "at",
        "numbering",
        "head",
        "optout_in",
        "most",
        "if_free",
        "fit",
        "fit_mark",
        "instead",
    ),
    *("header_line", "tags", "vat", "exclude", "exclude_column", "dedupe", "mobiles_only", "rate", "window"),
    *("changed_since", "text", "status", "direction", "date", "billed_encoding", "earlier_prices"),
)
_OPTION_NAME = re.compile(rf"^({'|'.join(_OPTIONS)})(?=:| for )")


def about_a_message(
    command: Callable[..., None], further: Mapping[str, tuple[Any, Any]] | None = None
) -> Callable[..., None]:
    """Gives a command a text and the options about it instead of its ``**shared``, and `further` ones.

    Typer reads a command's signature, so the signature is replaced; `asked` reads the values.
    """
    return _given(command, _MESSAGE | dict(further or {}))


def about_planning(
    command: Callable[..., None], further: Mapping[str, tuple[Any, Any]] | None = None
) -> Callable[..., None]:
    """Gives a command the options of a planner instead of its ``**shared``, and `further` ones.

    `planning` reads those of a planner.
    """
    return _given(command, _PLANNING | dict(further or {}))


def _given(command: Callable[..., None], options: dict[str, tuple[Any, Any]]) -> Callable[..., None]:
    signature = inspect.signature(command, eval_str=True)
    own = [p for p in signature.parameters.values() if p.kind is not inspect.Parameter.VAR_KEYWORD]
    shared = [
        inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=kind)
        for name, (kind, default) in options.items()
    ]
    command.__signature__ = signature.replace(parameters=[own[0], *shared, *own[1:]])  # type: ignore[attr-defined]
    return command


def asked(context: typer.Context) -> tuple[Planner, str]:
    """The planner and the message of a command. Raises `UsageError`."""
    given = context.params
    message = message_text(given["text"], given["file"], given["file_encoding"], given["keep_newline"])
    hint_of_file(given["text"])
    profile, options = planning(context)
    with refusals():
        return Planner(profile, **options), message


def language_codes(given: str | None) -> str | tuple[str, ...] | None:
    """The option --language in the form of a planner."""
    return given if given in (None, "auto") else tuple(str(given).split(","))


def planning(context: typer.Context) -> tuple[str, dict[str, Any]]:
    """The profile and the options of a planner that a command was asked for. Raises `UsageError`."""
    options = {name: context.params.get(name) for name in NAMES}  # not every command has each of them
    if context.params.get("truncate_words"):
        if options["truncate"] is not None:
            other = "--truncate" if options["truncate"] else "--no-truncate"
            raise UsageError(f"--truncate-words and {other} contradict each other: expected one of them")
        options["truncate"] = "words"
    elif options["truncate_mark"] is not None:
        raise UsageError("--truncate-mark: expected --truncate-words beside it, which puts the mark")
    options["language"] = language_codes(options["language"])
    if options["ports"] is not None:
        options["ports"] = _ports(options["ports"])
    if options["header"] is not None:
        options["header"] = _header(options["header"])
    states: dict[Any, Any] = {"on": True, "off": False}
    options["substitute"] = states.get(options["substitute"], options["substitute"])
    options["ignore"] = tuple(options["ignore"]) if options["ignore"] else None
    return context.params["profile"], options


def _ports(written: str) -> tuple[int, ...]:
    found = re.fullmatch(r"(\d{1,9})\s*,\s*(\d{1,9})", written.strip(), re.ASCII)
    if found is None:
        raise UsageError(f"--ports: expected two numbers, such as 2948,9200, found {written!r}")
    return int(found[1]), int(found[2])


def _header(digits: str) -> bytes:
    try:
        return bytes.fromhex(digits)
    except ValueError:
        raise UsageError(
            f"--header: expected the elements in hexadecimal, such as 01028005, found {digits!r}"
        ) from None


@contextmanager
def refusals() -> Iterator[None]:
    """Turns errors of the library about typed values into `UsageError`, with the options as typed."""
    try:
        yield
    except (ValueError, OSError) as error:
        words = of_the_configuration(error) or _OPTION_NAME.sub(_as_typed, str(error))
        raise UsageError(words) from None


def _as_typed(name: re.Match[str]) -> str:
    return "--" + name.group().replace("_", "-").replace("vendor-fields", "vendor-field")


def check_places_in(places: str, json: bool) -> None:
    """Raises ValueError for an unknown unit of places, and where no places are printed."""
    check_places(places)
    if places != CODE_POINTS and not json:
        raise ValueError("places: only --json prints places: expected --json")
