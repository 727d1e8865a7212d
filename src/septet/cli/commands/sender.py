"""The command `sender`: whether a vendor takes a sender."""

from __future__ import annotations

from typing import Annotated

import typer

from septet.cli import output
from septet.cli.defaults import Command
from septet.cli.options import Country, Json, ProfileName, refusals
from septet.cli.preparation import MAY_NOT_BE_SENT, write_problems
from septet.sending.senders import check_sender
from septet.wording.speaking import language_spoken


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    about = "Exit with 0 when the vendor takes the sender, 1 when not."
    app.command(cls=Command, short_help=about)(sender)


def sender(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The sender: a name or a number.")],
    profile: ProfileName = "gsm",
    country: Country = None,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count as errors.")] = False,
    json: Json = False,
) -> None:
    """Exit with 0 when a vendor takes a sender, 1 when not, 2 for wrong usage.

    What is wrong goes to standard error, one line each; with --json the answer goes to standard output.

    \b
    Example:
      septet sender MaBoite --profile octopush
    """
    with refusals():
        problems = check_sender(name, profile, country)
    is_taken = not any(problem.severity == "error" or (strict and problem.warns) for problem in problems)
    if json:
        told = [problem.to_dict(lang=language_spoken()) for problem in problems]
        output.write_json({"ok": is_taken, "problems": told})
    else:
        write_problems(list(problems))
    if not is_taken:
        raise typer.Exit(MAY_NOT_BE_SENT)
