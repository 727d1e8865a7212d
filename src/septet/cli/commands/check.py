"""The command `check`: whether a message may be sent."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from septet.cli import output
from septet.cli.arguments import ABOUT_DASHES, TextCommand
from septet.cli.options import Json, Places, asked, check_places_in, refusals
from septet.cli.preparation import MAY_NOT_BE_SENT, REQUEST_OPTIONS, about_a_request, prepared, write_problems
from septet.wording.places import placing
from septet.wording.speaking import language_spoken


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(
        cls=TextCommand, epilog=ABOUT_DASHES, short_help="Check whether it may be sent (exit code 0 or 1)."
    )(check)


@about_a_request
def check(
    context: typer.Context,
    strict: Annotated[bool, typer.Option("--strict", help="Treat warnings as errors.")] = False,
    json: Json = False,
    places: Places = "code-points",
    **shared: Any,
) -> None:
    """Exit with 0 when a message may be sent, 1 when not, 2 for wrong usage.

    Problems, warnings and notices go to standard error, one per line, with the places of characters
    counted from 1. With --json the answer goes to standard output instead. Of the request, only
    what you give is checked (septet request requires everything).

    \b
    Example:
      septet check "-20 % sur tout" --profile smspartner-eco --commercial && echo send it
    """
    planner, message = asked(context)
    with refusals():
        check_places_in(places, json)
    if any(context.params[name] not in (default, ()) for name, (_, default) in REQUEST_OPTIONS.items()):
        found = prepared(context, message).problems
        problems = [problem for problem in found if problem.details.get("fault") != "absent"]
    else:
        problems = list(planner.plan(message).problems)
    may_be_sent = not any(problem.severity == "error" or (strict and problem.warns) for problem in problems)
    if json:
        placed = placing(message, places)
        told = [placed(problem.to_dict(language_spoken())) for problem in problems]
        output.write_json({"ok": may_be_sent, "problems": told})
    else:
        write_problems(problems)
    if not may_be_sent:
        raise typer.Exit(MAY_NOT_BE_SENT)
