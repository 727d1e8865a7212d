"""The command `preview`: a message as the phone will show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from septet.cli import output
from septet.cli.arguments import ABOUT_DASHES, TextCommand
from septet.cli.input import UsageError
from septet.cli.options import Json, Places, about_a_message, asked, check_places_in, refusals
from septet.cli.places import check_places
from septet.files.whole_files import WholeFile
from septet.wording.speaking import language_spoken

if TYPE_CHECKING:
    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(
        cls=TextCommand,
        epilog=ABOUT_DASHES,
        short_help="Show a message as the phone will show it, and its cost.",
    )(preview)


@about_a_message
def preview(
    context: typer.Context,
    price: Annotated[
        str | None, typer.Option(metavar="PRICE", help="The price of one segment, such as 0.038.")
    ] = None,
    width: Annotated[
        int | None, typer.Option(metavar="CELLS", help="The width, if not the terminal's.")
    ] = None,
    html: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Also write it as an HTML page; - prints the page instead."),
    ] = None,
    json: Json = False,
    places: Places = "code-points",
    **shared: Any,
) -> None:
    """Show a message as the phone will show it, segment by segment, and what it costs.

    \b
    Example:
      septet preview "-20 % sur tout, 10 € offerts !" --profile smsmode --commercial --price 0.045
    """
    planner, message = asked(context)
    plan = planner.plan(message)
    with refusals():
        check_places_in(places, json)
        cost = None if price is None else plan.cost(price)
    if html == output.STANDARD_OUTPUT and json:
        raise UsageError("--html - and --json both print to standard output: expected one of them")
    if html is not None and _wrote_page(plan, planner.profile, price, html, context.params):
        return
    if json:
        output.write_json(
            plan.to_dict(places, language_spoken()) | ({} if cost is None else {"cost": str(cost)})
        )
        return
    if width is not None and width < 1:
        raise UsageError(f"--width: expected a number of cells above 0, found {width}")
    from septet.views.terminal.preview import render

    output.write(
        render(
            plan,
            planner.profile,
            width=width or output.width(),
            colour=output.colour(),
            price=price,
            encoding=output.encoding(),
        )
    )


def _wrote_page(plan: Plan, profile: Profile, price: str | None, html: str, given: Mapping[str, Any]) -> bool:
    """Writes a preview as a page. Returns whether it went to standard output, where nothing else may then
    go."""
    from septet.views.pages.preview import preview_page

    if html == output.STANDARD_OUTPUT:
        output.write(preview_page(plan, profile, price=price))
        return True
    check_places({"--html": html}, {"FILE": given["file"]}, given["profile"])
    shown = preview_page(plan, profile, price=price)
    try:
        with WholeFile(html) as place:
            place.file.write(shown.encode("utf-8"))
            place.keep()
    except OSError as error:
        raise UsageError(f"--html: {html}: {error.strerror or error}; nothing was written") from None
    except ValueError as error:
        raise UsageError(f"--html: {error}") from None
    return False
