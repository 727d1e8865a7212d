"""The messages into which a text was split, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from septet.gsm.segmentation import ENCODING_NAMES
from septet.views.drawing.screen import Line, Piece, Screen
from septet.views.drawing.sentences import sentence
from septet.wording.messages import Words, counted, figure, joined, said
from septet.wording.problems import SEVERITY_NAMES
from septet.wording.quantities import billed_segments, units

from .preview import WIDEST, paragraph

if TYPE_CHECKING:
    from septet.planning.fitting.parts import Parts
    from septet.vendors.profiles import Profile

_STYLES = {"error": "red", "warning": "yellow", "notice": "dim"}


def sheet(
    parts: Parts,
    profile: Profile,
    *,
    width: int,
    colour: bool,
    price: Decimal | int | str | float | None = None,
    encoding: str = "utf-8",
) -> str:
    """Each message as the phone shows it, the bill of all of them, and what there is to know.

    Parameters are as for `preview.render`.
    """
    screen = Screen(min(width, WIDEST), colour, encoding)
    lines: list[Line] = list(paragraph([(profile.title, "bold")], screen))
    for number, plan in enumerate(parts, 1):
        place = said("Message %(number)s of %(total)s", number=number, total=len(parts))
        figures = joined(
            ", ",
            (ENCODING_NAMES[plan.encoding], units(plan.units), billed_segments(plan.billed_segments)),
        )
        lines += [[], *paragraph([(place, "bold"), (": ", ""), (figures, "dim")], screen)]
        for row in plan.text.splitlines() or [""]:
            lines += paragraph([(row, "")], screen, [("  ", "")], 2)
    lines += [[], *_in_all(parts, screen, price)]
    return "".join(screen.line(line) + "\n" for line in lines)


def _in_all(parts: Parts, screen: Screen, price: Decimal | int | str | float | None) -> Iterator[Line]:
    figures: list[Words] = [
        counted("%(number)s message", "%(number)s messages", len(parts)),
        billed_segments(parts.billed_segments),
    ]
    if price is not None:
        figures.append(figure(parts.cost(price)))
    yield from paragraph([(said("In all: "), "dim"), (joined(", ", figures), "bold")], screen)
    left_out = sum(end - start for start, end in parts.blanks)
    if left_out:
        words = counted(
            "%(number)s blank was left out where the text was cut.",
            "%(number)s blanks were left out where the text was cut.",
            left_out,
        )
        yield from paragraph([(words, "dim")], screen)
    for problem in parts.problems:
        lead: list[Piece] = [(SEVERITY_NAMES[problem.severity], _STYLES[problem.severity]), (": ", "")]
        yield from paragraph([*lead, (sentence([problem], screen), "")], screen)
