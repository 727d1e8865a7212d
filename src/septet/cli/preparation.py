"""What the commands before sending share: the options of a request, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer

from septet.sending.preparation import prepare
from septet.sending.prepared import Prepared
from septet.wording.problems import Problem

from . import output
from .input import UsageError
from .options import REQUEST_NAMES, about_a_message, planning, refusals

#: What the commands answer to a message that should not be sent.
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

#: The options of a request, each with its default.
REQUEST_OPTIONS = {
    "sender": (Sender, None),
    "recipients": (Recipients, None),
    "tag": (Tag, None),
    "send_at": (SendAt, None),
    "method": (Method, "POST"),
    "replies": (Replies, False),
    "vendor_field": (VendorField, None),
}


def about_a_request(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command a text, the options about it and those of a request instead of its ``**shared``."""
    return about_a_message(command, REQUEST_OPTIONS)


def prepared(context: typer.Context, message: str) -> Prepared:
    """The request that a command was asked for. Raises `UsageError`."""
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


def write_problems(problems: Iterable[Problem]) -> None:
    """Writes problems to standard error, one to a line."""
    from septet.views.drawing.facts import sentence
    from septet.views.drawing.screen import Screen

    screen = Screen(80, False, output.error_encoding())
    lines = (f"{problem.severity}: {sentence([problem], screen)} [{problem.code}]\n" for problem in problems)
    output.write_error("".join(lines))
