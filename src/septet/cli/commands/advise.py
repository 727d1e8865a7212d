"""The command `advise`: the cheaper ways to say a message, or only the best of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer

from septet.advice.advice import Advice, advise_on
from septet.advice.foldings import LAST_RESORTS, STEPS
from septet.advice.losses import may_gain
from septet.advice.transliteration import HINT, available, concerns
from septet.cli import output
from septet.cli.arguments import ABOUT_DASHES, TextCommand
from septet.cli.input import UsageError
from septet.cli.options import Json, Places, about_a_message, asked, check_places_in, refusals
from septet.views.drawing.glyphs import visible
from septet.views.drawing.screen import Screen
from septet.wording.messages import Words, capitalised, said
from septet.wording.speaking import language_spoken, spoken

# Kinds of advice that are only applied on request: somebody should read the text first, or another option is
# needed.
_ONLY_IF_ASKED = LAST_RESORTS | {"language"}

NOTHING_TO_ADVISE = 1


def register(app: typer.Typer) -> None:
    """Adds the command to the command line."""
    app.command(cls=TextCommand, epilog=ABOUT_DASHES, short_help="Suggest cheaper wordings for a message.")(
        advise
    )


@about_a_message
def advise(
    context: typer.Context,
    price: Annotated[
        str | None, typer.Option(metavar="PRICE", help="What one segment costs, such as 0.038.")
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Print only the text of the best advice.")] = False,
    kind: Annotated[
        str | None,
        typer.Option(metavar="KIND", help="Only the advice of this kind, such as typography+cedilla."),
    ] = None,
    width: Annotated[
        int | None, typer.Option(metavar="CELLS", help="The width, if not the terminal's.")
    ] = None,
    json: Json = False,
    places: Places = "code-points",
    **shared: Any,
) -> None:
    """Suggest wordings with fewer billed segments, fewer lost characters, or repaired errors.

    --apply prints the rewritten text on standard output, and what its reader will notice on
    standard error. It uses the best advice that keeps every word and emoji in its script and
    needs no other option; --kind selects another. If there is no advice, the text is printed
    unchanged and the exit code is 1.

    \b
    Example:
      septet advise "Soldes d’été : -20 % sur tout ce week-end…" --profile smsmode
    """
    planner, message = asked(context)
    if apply and json:
        raise UsageError("--apply and --json are both given: expected one of them")
    if width is not None and width < 1:
        raise UsageError(f"--width: expected a number of cells above 0, found {width}")
    if kind is not None and not STEPS.keys() >= set(kind.split("+")):
        raise UsageError(f"--kind: expected {', '.join(STEPS)}, or several joined by +, found {kind!r}")
    plan = planner.plan(message)
    with refusals():
        check_places_in(places, json)
        plan.cost("0" if price is None else price)
    found = advise_on(plan)
    advices = [advice for advice in found if kind in (None, advice.kind)]
    if apply:
        _apply(message, advices, found, kind)
        return
    if json:
        output.write_json([_in_json(advice, price, places) for advice in advices])
        return
    from septet.views.terminal.advice import sheet

    output.write(
        sheet(
            plan,
            planner.profile,
            advices,
            width=width or output.width(),
            colour=output.colour(),
            price=price,
            encoding=output.encoding(),
        )
    )
    if not advices:
        output.write("\n" + capitalised(_nothing(found, kind)) + ".\n")
    if not available() and may_gain(plan) and concerns(message):
        _say(HINT)


def _in_json(advice: Advice, price: str | None, places: str) -> dict[str, Any]:
    return advice.to_dict(places, language_spoken()) | (
        {} if price is None else {"saves_cost": str(advice.saves_cost(price))}
    )


def _nothing(found: Sequence[Advice], kind: str | None) -> Words:
    """The message that there is no advice, or of which other kinds there is some."""
    others = ", ".join(dict.fromkeys(advice.kind for advice in found))
    if not others:
        return said("nothing to advise")
    if kind is None:
        return said("nothing to advise but %(others)s, each with --kind", others=others)
    return said(
        "nothing to advise of the kind %(kind)s but %(others)s, each with --kind", kind=kind, others=others
    )


def _apply(message: str, advices: list[Advice], found: Sequence[Advice], kind: str | None) -> None:
    possible = [
        advice for advice in advices if kind is not None or _ONLY_IF_ASKED.isdisjoint(advice.kind.split("+"))
    ]
    if not possible:
        output.write(message + "\n")
        _say(said("%(nothing)s; the text is printed unchanged", nothing=_nothing(found, kind)))
        raise typer.Exit(NOTHING_TO_ADVISE)
    best = possible[0]
    output.write(best.text + "\n")
    _say(said("%(kind)s: %(note)s", kind=best.kind, note=best.note))


def _say(words: str) -> None:
    screen = Screen(80, False, output.error_encoding())
    line = said("septet advise: %(words)s", words=words)
    output.write_error(visible(spoken(line), screen) + "\n")
