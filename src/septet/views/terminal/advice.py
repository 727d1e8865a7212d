"""The sheet of advice: every cheaper way to say a text, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from septet.advice.losses import lost_characters
from septet.gsm.segmentation import ENCODING_NAMES
from septet.views.drawing.facts import gain_of
from septet.views.drawing.screen import Line, Piece, Screen
from septet.wording.messages import counted, figure, joined, said
from septet.wording.quantities import billed_segments, units

from .preview import WIDEST, paragraph

if TYPE_CHECKING:
    from septet.advice.advice import Advice
    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile

_CHANGED = "bold cyan"


def sheet(
    plan: Plan,
    profile: Profile,
    advices: Sequence[Advice],
    *,
    width: int,
    colour: bool,
    price: Decimal | int | str | float | None = None,
    encoding: str = "utf-8",
) -> str:
    """The text as it is, and each advice: what it gains, the text, and what its reader sees of it.

    Parameters are as for `preview.render`.
    """
    screen = Screen(min(width, WIDEST), colour, encoding)
    figures = _figures(plan)
    if price is not None:
        figures.append(figure(plan.cost(price)))
    if missing := lost_characters(plan):
        figures.append(
            counted("%(number)s character lost or cut off", "%(number)s characters lost or cut off", missing)
        )
    lines = [
        *paragraph([(profile.title, "bold")], screen),
        [],
        *paragraph([(said("As it is: "), "dim"), (joined(", ", figures), "")], screen),
    ]
    for number, advice in enumerate(advices, 1):
        lines.append([])
        lines.extend(_advice(number, advice, screen, price))
    return "".join(screen.line(line) + "\n" for line in lines)


def _advice(
    number: int, advice: Advice, screen: Screen, price: Decimal | int | str | float | None
) -> Iterator[Line]:
    gain = gain_of(advice, price)
    head: list[Piece] = [(advice.kind, "bold"), (said(": %(gain)s", gain=gain), "green")]
    yield from paragraph(head, screen, [(f"{number}. ", "dim")], 3)
    if advice.kind != "shortening":
        for row in _rows(advice):
            yield from paragraph(row, screen, [("   ", "")], 3)
    yield from paragraph([(advice.note, "")], screen, [("   ", "")], 3)
    yield from paragraph([(joined(", ", _figures(advice)), "dim")], screen, [("   ", "")], 3)


def _rows(advice: Advice) -> Iterator[list[Piece]]:
    """The text line by line, with changes in a style of their own."""
    row: list[Piece] = []
    place, moved = 0, 0
    pieces: list[Piece] = []
    for change in advice.changes:
        start = change.start + moved
        end = start + len(change.replacement)
        pieces += ((advice.text[place:start], ""), (advice.text[start:end], _CHANGED))
        place, moved = end, moved + len(change.replacement) - (change.end - change.start)
    pieces.append((advice.text[place:], ""))
    for text, style in pieces:
        first, *others = text.split("\n")
        row.append((first, style))
        for other in others:
            yield row
            row = [(other, style)]
    yield row


def _figures(weighed: Plan | Advice) -> list[str]:
    return [
        ENCODING_NAMES[weighed.encoding],
        units(weighed.units),
        billed_segments(weighed.billed_segments),
    ]
