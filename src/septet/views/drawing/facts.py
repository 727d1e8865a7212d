"""Facts: the cost and the advice of a plan, which are not in its drawing, for a terminal and for a page."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from septet.advice.advice import in_passing
from septet.advice.foldings import MENDING
from septet.wording.messages import counted, figure, listed, said

if TYPE_CHECKING:
    from septet.advice.advice import Advice
    from septet.planning.plans import Plan
    from septet.wording.messages import Words


def beside(plan: Plan, price: Decimal | int | str | float | None) -> Iterator[tuple[str, str]]:
    """What is not in a drawing: the cost, if there is a price, and what would be better."""
    if price is not None:
        yield said("Cost"), figure(plan.cost(price))
    yield from ((ADVICE, words) for words in advised(plan, price))


#: The words before a cheaper way to say the text.
ADVICE = said("Advice")


def advised(plan: Plan, price: Decimal | int | str | float | None) -> Iterator[str]:
    """What would be better, each in a sentence."""
    for advice in in_passing(plan):
        if advice.kind == "shortening":
            yield advice.note
        else:
            yield said("%(gain)s: %(note)s", gain=gain_of(advice, price), note=advice.note)


def gain_of(advice: Advice, price: Decimal | int | str | float | None = None) -> Words:
    """The gain of an advice: ``saves 1 segment (0.045)``."""
    gains: list[str] = []
    if not MENDING.isdisjoint(advice.kind.split("+")):
        gains.append(said("repairs the text"))
    if advice.saves > 0:
        saves: Words = counted("saves %(number)s segment", "saves %(number)s segments", advice.saves)
        if price is not None:
            saves += " (" + figure(advice.saves_cost(price)) + ")"
        gains.append(saves)
    if advice.mends > 0:
        gains.append(
            counted("loses %(number)s fewer character", "loses %(number)s fewer characters", advice.mends)
        )
    return listed(gains)
