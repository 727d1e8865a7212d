"""The command `request`: the fields of the request that sends a message."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated, Any

import typer

from septet.cli import output
from septet.cli.arguments import ABOUT_DASHES, TextCommand
from septet.cli.options import Json, Places, asked, check_places_in, refusals
from septet.cli.preparation import MAY_NOT_BE_SENT, about_a_request, prepared, write_problems

if TYPE_CHECKING:
    from septet.sending.requests import Request


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(
        cls=TextCommand,
        epilog=ABOUT_DASHES,
        short_help="Print the exact fields of the request that sends it.",
    )(request)


@about_a_request
def request(
    context: typer.Context,
    curl: Annotated[
        bool, typer.Option("--curl", help="Print a curl command instead, without your credentials.")
    ] = False,
    json: Json = False,
    places: Places = "code-points",
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
    with refusals():
        check_places_in(places, json)
    found = prepared(context, message)
    with refusals():
        made = found.request
    if json:
        output.write_json(found.to_dict(places))
    else:
        write_problems(found.problems)
        if found.ok:
            authentication = found.plan.terms.profile.rule("request")["authentication"]
            output.write(_curl(made) if curl else _listing(made))
            output.write_error(f"add your credentials: {authentication}\n")
    if not found.ok:
        raise typer.Exit(MAY_NOT_BE_SENT)


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
