"""The command `split`: a long text as several separate messages."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from septet.cli import output
from septet.cli.arguments import ABOUT_DASHES, TextCommand
from septet.cli.options import Json, Places, about_a_message, asked, check_places_in, refusals
from septet.cli.preparation import MAY_NOT_BE_SENT
from septet.wording.speaking import language_spoken


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(cls=TextCommand, epilog=ABOUT_DASHES, short_help="Split a long text into separate messages.")(
        split
    )


@about_a_message
def split(
    context: typer.Context,
    segments: Annotated[int, typer.Option(metavar="N", help="The most billed segments of one message.")] = 1,
    characters: Annotated[
        int | None, typer.Option(metavar="N", help="The most characters of one message, instead of segments.")
    ] = None,
    octets: Annotated[
        int | None,
        typer.Option(metavar="N", help="The most octets of UTF-8 of one message, instead of segments."),
    ] = None,
    at: Annotated[str, typer.Option(metavar="words|sentences|paragraphs", help="Where to cut.")] = "words",
    numbering: Annotated[
        str | None,
        typer.Option(metavar="PATTERN", help="The number of each message, such as '({n}/{total}) '."),
    ] = None,
    head: Annotated[str, typer.Option(metavar="TEXT", help="Text before each message.")] = "",
    optout_in: Annotated[
        str | None,
        typer.Option("--optout-in", metavar="each|last", help="Which messages have the opt-out mention."),
    ] = None,
    most: Annotated[int | None, typer.Option(metavar="N", help="The most messages you accept.")] = None,
    balance: Annotated[bool, typer.Option("--balance", help="Make the messages about equally long.")] = False,
    price: Annotated[
        str | None, typer.Option(metavar="PRICE", help="The price of one segment, such as 0.038.")
    ] = None,
    json: Json = False,
    places: Places = "code-points",
    **shared: Any,
) -> None:
    """Split a long text into as few separate messages as possible.

    It is cut at words, sentences or lines; links, codes, numbers and merge fields stay whole. The exit
    code is 1 if a message may not be sent.

    \b
    Example:
      septet split --file notice.txt --numbering "({n}/{total}) " --price 0.045
    """
    planner, message = asked(context)
    with refusals():
        check_places_in(places, json)
        from septet.planning.fitting.splitting import split as split_text

        found = split_text(
            message,
            planner.profile,
            segments=segments,
            characters=characters,
            octets=octets,
            at=at,
            numbering=numbering,
            head=head,
            optout_in=optout_in,
            most=most,
            balance=balance,
            **planner.options,
        )
        cost = None if price is None else found.cost(price)
    if json:
        shape = found.to_dict(places, language_spoken())
        output.write_json(shape | ({} if cost is None else {"cost": str(cost)}))
    else:
        from septet.views.terminal.parts import sheet

        output.write(
            sheet(
                found,
                planner.profile,
                width=output.width(),
                colour=output.colour(),
                price=price,
                encoding=output.encoding(),
            )
        )
    if not found.ok:
        raise typer.Exit(MAY_NOT_BE_SENT)
