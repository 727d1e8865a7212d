"""The command `count`: the billed segments of a message, for a script."""

from __future__ import annotations

from typing import Any

import typer

from septet.cli import output
from septet.cli.arguments import ABOUT_DASHES, TextCommand
from septet.cli.options import Json, about_a_message, asked


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(cls=TextCommand, epilog=ABOUT_DASHES, short_help="Print only the number of billed segments.")(
        count
    )


@about_a_message
def count(
    context: typer.Context,
    json: Json = False,
    **shared: Any,
) -> None:
    """Print the number of billed segments of a message, and nothing else.

    \b
    Example:
      septet count "-20 % sur tout" --profile envoyersmspro
    """
    planner, message = asked(context)
    if json:
        output.write_json(planner.measure(message)._asdict())
    else:
        output.write(f"{planner.count(message)}\n")
