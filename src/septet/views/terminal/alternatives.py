"""The saving of another channel with one price for each message, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from septet.views.drawing.estimate_facts import money
from septet.views.drawing.screen import Line, Screen
from septet.wording.messages import Words, counted, figure, joined, said
from septet.wording.quantities import segments

from .preview import WIDEST, paragraph

if TYPE_CHECKING:
    from septet.campaign.alternatives import Instead


def alternatives(found: Mapping[str, Instead], *, width: int, colour: bool, encoding: str = "utf-8") -> str:
    """A paragraph for each channel, by its name. Parameters as for `preview.render`."""
    screen = Screen(min(width, WIDEST), colour, encoding)
    lines = (line for name, instead in found.items() for line in _alternative(name, instead, screen))
    return "".join(screen.line(line) + "\n" for line in lines)


def _alternative(name: str, instead: Instead, screen: Screen) -> Iterator[Line]:
    words: Words
    if instead.rows:
        words = said(
            "%(rows)s would cost less at %(price)s each: %(other)s instead of %(costs)s, which saves "
            "%(saved)s.",
            rows=counted("%(number)s row", "%(number)s rows", instead.rows),
            price=figure(instead.price),
            other=money(instead.instead),
            costs=money(instead.costs),
            saved=money(instead.saved),
        )
    else:
        words = said("no row would cost less at %(price)s.", price=figure(instead.price))
    yield from paragraph([(name, "bold"), (": ", ""), (words, "")], screen)
    parts = [
        said("from %(segments)s where one costs %(price)s", segments=segments(number), price=figure(price))
        for price, number in instead.from_segments.items()
    ]
    if parts:
        cheaper = said("It is cheaper %(parts)s.", parts=joined(said("; "), parts))
        yield from paragraph([(cheaper, "dim")], screen)
