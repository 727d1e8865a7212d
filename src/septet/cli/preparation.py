"""What the commands before sending share: the options of a request, and its problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from septet.sending.preparation import prepare
from septet.sending.prepared import Prepared
from septet.wording.messages import said
from septet.wording.problems import SEVERITY_NAMES, Problem
from septet.wording.quoting import printable

from . import output
from .completion import one_of
from .input import STANDARD_INPUT, UsageError
from .options import REQUEST_NAMES, about_a_message, planning, refusals
from .stream import standard_input

if TYPE_CHECKING:
    from septet.sending.batch.prepared import PreparedBatch
    from septet.vendors.profiles import Profile

#: The exit code for a message that should not be sent.
MAY_NOT_BE_SENT = 1

Sender = Annotated[str | None, typer.Option(metavar="NAME", help="The sender's name that the phone shows.")]
Recipients = Annotated[
    list[str] | None,
    typer.Option(metavar="NUMBERS", help="The recipients' numbers, with commas or one option each."),
]
Tag = Annotated[str | None, typer.Option(metavar="TAG", help="Your own tag for this message.")]
SendAt = Annotated[
    str | None,
    typer.Option(
        metavar="TIME", help="When to send it, such as 2026-12-24T09:30, in the vendor's time zone."
    ),
]
Method = Annotated[
    str,
    typer.Option(
        metavar="GET|POST", autocompletion=one_of("GET", "POST"), help="The HTTP method of the request."
    ),
]
Replies = Annotated[bool, typer.Option("--replies", help="A message that accepts replies.")]
VendorField = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME=VALUE", help="A further field, by the vendor's own name; repeatable."),
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


# The options among these that apply to a batch as a whole.
_OF_A_BATCH = ("sender", "tag", "send_at", "replies")


def about_a_request(command: Callable[..., None]) -> Callable[..., None]:
    """Gives a command a text, the options about it and those of a request instead of its ``**shared``."""
    return about_a_message(command, REQUEST_OPTIONS)


def prepared(context: typer.Context, message: str) -> Prepared:
    """The request of a command. Raises `UsageError`."""
    given = context.params
    profile, options = planning(context)
    arguments: dict[str, Any] = {name: given[name] for name in REQUEST_NAMES} | options
    arguments["recipients"] = given["recipients"] or None
    with _refusals():
        return prepare(profile, message, vendor_fields=_vendor_fields(given), **arguments)


def prepared_batch(context: typer.Context, path: str) -> tuple[Profile, PreparedBatch]:
    """A batch file's vendor, and the request that sends it; `path` may be ``-``. Raises `UsageError`."""
    from septet.sending.batch.preparation import prepare_batch
    from septet.sending.batch.rows import batch_profile

    given = context.params
    for name, value in (("TEXT", given["text"]), ("--file", given["file"])):
        if value is not None:
            raise UsageError(f"{name} and --batch are both given: expected one of them")
    if given["recipients"]:
        raise UsageError("--recipients: a batch file has a recipient in each row: leave them out")
    if given["method"] != "POST":
        raise UsageError(f"--method: a batch file goes out by POST, found {given['method']!r}")
    named, options = planning(context)
    # By default it is the vendor that has batch files, not the profile without rules.
    source = context.get_parameter_source("profile")
    is_named = source is not None and source.name != "DEFAULT"
    arguments: dict[str, Any] = {name: given[name] for name in _OF_A_BATCH} | options
    with ExitStack() as stack:
        stack.enter_context(_refusals())
        file = stack.enter_context(standard_input()) if path == STANDARD_INPUT else path
        try:
            profile = batch_profile(named if is_named else None)
            return profile, prepare_batch(profile, file, vendor_fields=_vendor_fields(given), **arguments)
        except OSError as error:
            reason = error.strerror or error
            raise UsageError(f"--batch: {printable(path)} cannot be read: {reason}") from None


@contextmanager
def _refusals() -> Iterator[None]:
    with refusals():
        try:
            yield
        except ModuleNotFoundError as error:
            if error.name != "tzdata":  # which a time of sending needs
                raise
            raise UsageError(str(error)) from None


def _vendor_fields(given: Mapping[str, Any]) -> dict[str, str]:
    fields = {}
    for field in given["vendor_field"] or ():
        name, equals, value = field.partition("=")
        if not equals:
            raise UsageError(f"--vendor-field: expected NAME=VALUE, found {field!r}")
        fields[name] = value
    return fields


def write_problems(problems: Iterable[Problem]) -> None:
    """Writes problems to standard error, one to a line."""
    from septet.views.drawing.screen import Screen
    from septet.views.drawing.sentences import sentence

    screen = Screen(80, False, output.error_encoding())
    for problem in problems:
        words = said(
            "%(severity)s: %(sentence)s",
            severity=SEVERITY_NAMES[problem.severity],
            sentence=sentence([problem], screen),
        )
        output.write_error(words + f" [{problem.code}]\n")
