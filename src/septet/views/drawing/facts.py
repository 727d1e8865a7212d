"""Facts: what a plan comes to and what is wrong with it, in words, on a terminal and on a page alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from septet.advice.advice import in_passing
from septet.advice.foldings import MENDING
from septet.gsm.alphabets import language_name
from septet.gsm.segmentation import ENCODING_NAMES
from septet.wording.messages import counted, figure, listed, said
from septet.wording.speaking import spoken

from .glyphs import visible

if TYPE_CHECKING:
    from septet.advice.advice import Advice
    from septet.planning.plans import Plan
    from septet.wording.messages import Words
    from septet.wording.problems import Problem

    from .screen import Screen

# Of what was cut off, as much is quoted as helps to find the place.
_QUOTED = 60

# Of problems that say the same, so many places are named.
_PLACES = 6


def facts(plan: Plan, price: Decimal | int | str | float | None, screen: Screen) -> Iterator[tuple[str, str]]:
    """What a plan comes to: what each figure is, and the figure in words."""
    forced = (
        f", because of {count_of(len(plan.forcing), 'character')} that GSM-7 lacks" if plan.forcing else ""
    )
    yield "Encoding", ENCODING_NAMES[plan.encoding] + forced + _tables(plan)
    yield "Units", str(plan.units)
    sent = len(plan.segments)
    differs = f" (transmitted as {sent})" if sent != plan.billed_segments else ""
    yield "Billed", count_of(plan.billed_segments, "segment") + differs
    yield "Left", f"{count_of(plan.remaining, 'character')} before one more segment is billed"
    if plan.optout_status != "not-required":
        yield "Opt-out", _OPTOUT_WORDS[plan.optout_status]
    if plan.truncated:
        ellipsis = screen.symbols.ellipsis
        cut = f" {ellipsis} ".join(plan.original[start:end].strip(" ") for start, end in plan.cuts)
        more = ellipsis if len(cut) > _QUOTED else ""
        yield "Cut off", f"{count_of(plan.truncated, 'character')}: {cut[:_QUOTED]}{more}"
    if price is not None:
        yield "Cost", plain_number(plan.cost(price))
    for advice in in_passing(plan):
        gain = "" if advice.kind == "shortening" else f"{gain_of(advice, price)}: "
        yield "Advice", gain + advice.note


def gain_of(advice: Advice, price: Decimal | int | str | float | None = None) -> Words:
    """What is gained by an advice: ``saves 1 segment (0.045)``."""
    gains: list[str] = []
    if not MENDING.isdisjoint(advice.kind.split("+")):
        gains.append(said("mends the text"))
    if advice.saves > 0:
        saves: Words = counted("saves %(number)s segment", "saves %(number)s segments", advice.saves)
        if price is not None:
            saves += " (" + figure(advice.saves_cost(price)) + ")"
        gains.append(saves)
    if advice.mends > 0:
        gains.append(
            counted("loses %(number)s character fewer", "loses %(number)s characters fewer", advice.mends)
        )
    return listed(gains)


def _tables(plan: Plan) -> str:
    """Which national tables are in use, in words."""
    kinds = (("locking", plan.tables.locking), ("single", plan.tables.single))
    words = [f"the {language_name(code)} {kind} shift table" for kind, code in kinds if code]
    return f", with {' and '.join(words)}" if words else ""


_OPTOUT_WORDS = {
    "added": "added at the end",
    "already-there": "already in the text",
    "not-added": "not added",
    "missing": "missing",
}


def verdict(plan: Plan, where: str) -> str:
    """Whether a message may be sent; `where` is that of its warnings."""
    warned = f"; mind the warnings {where}" if any(problem.warns for problem in plan.problems) else ""
    return f"May be sent{warned}." if plan.ok else "Must not be sent as it is."


def alike(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Problems by what they say: the same words about several places are said once."""
    found: dict[tuple[object, ...], list[Problem]] = {}
    for problem in problems:
        found.setdefault((problem.code, problem.message, problem.vendor_code), []).append(problem)
    return list(found.values())


def sentence(problems: Sequence[Problem], screen: Screen) -> str:
    """Problems that differ in their place alone, in plain words on one line, with the vendor's own code.

    Places are counted from 1.
    """
    problem = problems[0]
    line = problem.message
    places = [_place(problem, screen) for problem in problems[:_PLACES] if problem.start is not None]
    if places:
        shown = ", ".join(places)
        if len(problems) > _PLACES:
            number = len(problems) - _PLACES
            line = said("characters %(places)s and %(number)s more: ", places=shown, number=number) + line
        elif len(problems) == 1 and shown.isdigit():
            line = said("character %(place)s: ", place=shown) + line
        else:
            line = said("characters %(places)s: ", places=shown) + line
    if problem.vendor_code is not None and problem.vendor_message:
        quoted = {"code": problem.vendor_code, "words": problem.vendor_message}
        line = line + " " + said("(vendor code %(code)s: %(words)s)", **quoted)
    elif problem.vendor_code is not None:
        line = line + " " + said("(vendor code %(code)s)", code=problem.vendor_code)
    return visible(spoken(line), screen)


def _place(problem: Problem, screen: Screen) -> str:
    first, last = (problem.start or 0) + 1, problem.end or 0
    return f"{first}{screen.symbols.dash}{last}" if last > first else str(first)


def count_of(number: int, noun: str) -> str:
    """A number and its noun: ``1 segment``, ``2 segments``."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def grouped(number: int | Decimal) -> str:
    """A number in groups of three digits: ``1 234 567.89``."""
    whole, point, rest = (plain_number(number) if isinstance(number, Decimal) else str(number)).partition(".")
    return (f"{int(whole):,}".replace(",", " ") if whole.isdigit() else whole) + point + rest


def plain_number(amount: Decimal) -> str:
    """A decimal without an exponent, unless it would be absurdly long."""
    return f"{amount:f}" if abs(amount.adjusted()) < 30 else str(amount)
