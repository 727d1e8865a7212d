"""The commands before sending: whether a message may be sent, and the request that sends it."""

from __future__ import annotations

import shlex
from typing import Annotated, Any

import typer

from . import cli_output as output
from .cli_arguments import TextCommand
from .cli_input import UsageError
from .cli_options import REQUEST_NAMES, Json, about_a_message, asked, planning, refusals
from .preparation import prepare
from .prepared import Prepared
from .problems import Problem
from .requests import Request

# What both commands answer to a message that should not be sent.
MAY_NOT_BE_SENT = 1

Sender = Annotated[
    str | None, typer.Option(metavar="NAME", help="The sender's name that the phone is to show.")
]
Recipients = Annotated[
    list[str] | None,
    typer.Option(metavar="NUMBERS", help="Where it goes: numbers, with commas or one option each."),
]
Tag = Annotated[str | None, typer.Option(metavar="TAG", help="A tag of your own for this message.")]
SendAt = Annotated[
    str | None,
    typer.Option(
        metavar="TIME", help="When to send it, such as 2026-12-24T09:30, in the vendor's time zone."
    ),
]
Method = Annotated[str, typer.Option(metavar="GET|POST", help="How the request is to be made.")]
Replies = Annotated[bool, typer.Option("--replies", help="A message that can be answered.")]
VendorField = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=VALUE", help="A further field, by the vendor's own name; as often as needed."),
]

_REQUEST = {
    "sender": (Sender, None),
    "recipients": (Recipients, None),
    "tag": (Tag, None),
    "send_at": (SendAt, None),
    "method": (Method, "POST"),
    "replies": (Replies, False),
    "vendor_field": (VendorField, None),
}


def check(
    context: typer.Context,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count as errors.")] = False,
    json: Json = False,
    **shared: Any,
) -> None:
    """Exit with 0 when a message may be sent, 1 when not, 2 for wrong usage.

    Problems and warnings go to standard error, one per line; the characters they are about
    are counted from 1. With --json the answer goes to standard output instead. Of the request,
    what is given is checked: what is not given is not asked for (septet request asks for all).

    \b
    Example:
      septet check "-20 % sur tout" --profile smspartner-eco --commercial && echo send it
    """
    planner, message = asked(context)
    if any(context.params[name] not in (default, ()) for name, (_, default) in _REQUEST.items()):
        found = _prepared(context, message).problems
        problems = [problem for problem in found if problem.details.get("fault") != "absent"]
    else:
        problems = list(planner.plan(message).problems)
    may_be_sent = not any(strict or problem.severity == "error" for problem in problems)
    if json:
        output.write_json({"ok": may_be_sent, "problems": [problem.to_dict() for problem in problems]})
    else:
        _complain(problems)
    if not may_be_sent:
        raise typer.Exit(MAY_NOT_BE_SENT)


def request(
    context: typer.Context,
    curl: Annotated[
        bool, typer.Option("--curl", help="Print a curl command instead, without your credentials.")
    ] = False,
    json: Json = False,
    **shared: Any,
) -> None:
    """Print the exact fields of the request that sends a message; 1 when it may not be sent.

    Problems and warnings go to standard error, one per line. Nothing is sent, and credentials
    are never asked for: add yours where the vendor wants them.

    \b
    Example:
      septet request "Bonjour Maman" --profile smsmode --recipients 0623123457 --sender PERSO
    """
    _, message = asked(context)
    prepared = _prepared(context, message)
    with refusals():
        made = prepared.request
    if json:
        output.write_json(prepared.to_dict())
    else:
        _complain(prepared.problems)
        if prepared.ok:
            authentication = prepared.plan.planner.profile.rule("request")["authentication"]
            output.write(_curl(made) if curl else _listing(made))
            output.write_error(f"add your credentials: {authentication}\n")
    if not prepared.ok:
        raise typer.Exit(MAY_NOT_BE_SENT)


def register(app: typer.Typer, about_dashes: str) -> None:
    """Adds the commands to the others."""
    for command, short_help in (
        (check, "Exit with 0 when it may be sent, 1 when not."),
        (request, "Print the exact fields of the request that sends it."),
    ):
        app.command(cls=TextCommand, epilog=about_dashes, short_help=short_help)(
            about_a_message(command, _REQUEST)
        )


def _prepared(context: typer.Context, message: str) -> Prepared:
    given = context.params
    fields = {}
    for field in given["vendor_field"] or ():
        name, equals, value = field.partition("=")
        if not equals:
            raise UsageError(f"--vendor-field: expected NAME=VALUE, found {field!r}")
        fields[name] = value
    profile, options = planning(context)
    arguments: dict[str, Any] = {name: given[name] for name in REQUEST_NAMES} | options
    arguments["recipients"] = given["recipients"] or None
    with refusals():
        try:
            return prepare(profile, message, vendor_fields=fields, **arguments)
        except ModuleNotFoundError as error:
            if error.name != "tzdata":  # which a time of sending needs
                raise
            raise UsageError(str(error)) from None


def _complain(problems: list[Problem] | tuple[Problem, ...]) -> None:
    from .preview_facts import sentence
    from .preview_screen import Screen

    screen = Screen(80, False, output.error_encoding())
    lines = (f"{problem.severity}: {sentence([problem], screen)} [{problem.code}]\n" for problem in problems)
    output.write_error("".join(lines))


def _listing(made: Request) -> str:
    """The fields, one to a line; what a terminal would act on is spelled out."""
    kind = "" if made.content_type is None else f"{made.content_type}, "
    lines = [f"{made.method} {made.url}", f"{kind}{made.charset}", ""]
    column = max(map(len, made.fields), default=0) + 2
    for name, value in made.fields.items():
        shown = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in str(value))
        lines.append(f"{name:<{column}}{shown}")
    return "\n".join(lines) + "\n"


def _curl(made: Request) -> str:
    """A command line; all of it is ASCII, so that no terminal or shell can change a character."""
    words = ["curl", "--request", made.method, made.address()]
    if made.content_type is not None:
        words += [
            "--header",
            f"Content-Type: {made.content_type}",
            "--data-binary",
            made.body().decode("ascii"),
        ]
    return shlex.join(words) + "\n"
