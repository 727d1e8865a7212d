"""The command `fit`: of several wordings, the first that fits."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from septet.cli import output
from septet.cli.arguments import ABOUT_DASHES, TextsCommand
from septet.cli.input import UsageError
from septet.cli.options import Json, about_planning, planning, refusals
from septet.cli.preparation import MAY_NOT_BE_SENT
from septet.wording.messages import said
from septet.wording.speaking import language_spoken


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(cls=TextsCommand, epilog=ABOUT_DASHES, short_help="Choose the first wording that fits.")(fit)


@about_planning
def fit(
    context: typer.Context,
    texts: Annotated[
        list[str] | None,
        typer.Argument(metavar="TEXTS", show_default=False, help="The wordings, the best one first."),
    ] = None,
    if_free: Annotated[
        str,
        typer.Option("--if-free", metavar="TEXT", help="Text to add at the end if it costs no segment."),
    ] = "",
    json: Json = False,
    **shared: Any,
) -> None:
    """Choose the first of several wordings that needs one billed segment, or at most --max-segments.

    If none fits, the last one is shown and the exit code is 1.

    \b
    Example:
      septet fit "Votre commande est prête, à très bientôt dans notre magasin" "Commande prête" -p twilio
    """
    if not texts:
        raise UsageError("TEXTS: expected the wordings, the best one first")
    profile, options = planning(context)
    most = options.pop("max_segments") or 1
    with refusals():
        from septet.planning.fitting.wordings import first_that_fits

        plan = first_that_fits(texts, profile, max_segments=most, if_free=if_free, **options)
    if json:
        output.write_json(plan.to_dict(lang=language_spoken()))
    else:
        from septet.views.terminal.preview import render

        number = next((place for place, text in enumerate(texts, 1) if plan.original.startswith(text)), 0)
        words = said("Wording %(number)s of %(total)s", number=number, total=len(texts))
        output.write(words + "\n\n")
        output.write(
            render(
                plan,
                plan.terms.profile,
                width=output.width(),
                colour=output.colour(),
                encoding=output.encoding(),
            )
        )
    if not plan.ok:
        raise typer.Exit(MAY_NOT_BE_SENT)
