"""Comparison: one text as several vendors would send it, what may be sent first, and the cheapest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from .planning import Planner
from .plans import Plan
from .preview import Line, paragraph, plain_number
from .preview_glyphs import glyphs, visible
from .preview_screen import Screen
from .segmentation import ENCODING_NAMES
from .vendors import Profile

# Of a plan, what differs between vendors; the original is the same for all.
_TOLD = (
    *("profile", "encoding", "units", "billed_segments", "remaining", "text", "changes"),
    *("optout", "optout_status", "truncated", "problems", "ok"),
)


class Compared(NamedTuple):
    """What one vendor makes of the text."""

    profile: Profile
    plan: Plan
    #: At the price given for it; None without one.
    cost: Decimal | None

    def to_dict(self) -> dict[str, Any]:
        """All that differs between vendors, in plain JSON types; the cost as its digits."""
        told = self.plan.to_dict()
        cost = None if self.cost is None else f"{self.cost:f}"
        return {name: told[name] for name in _TOLD} | {"title": self.profile.title, "cost": cost}


def compare(
    text: str, profiles: Iterable[Profile], prices: Mapping[str, str], **options: Any
) -> list[Compared]:
    """The plans of a text: those that may be sent first, then by cost or, without prices, by segments.

    `prices` says what one segment costs, by the name of a profile; ``""`` stands for the others.
    """
    found = []
    for profile in profiles:
        plan = Planner(profile, **options).plan(text)
        price = prices.get(profile.name, prices.get(""))
        found.append(Compared(profile, plan, None if price is None else plan.cost(price)))
    priced = all(compared.cost is not None for compared in found)

    def rank(compared: Compared) -> tuple[bool, Decimal | int]:
        cost = compared.cost if priced and compared.cost is not None else compared.plan.billed_segments
        return not compared.plan.ok, cost

    return sorted(found, key=rank)


def table(found: Sequence[Compared], *, width: int, colour: bool, encoding: str = "utf-8") -> str:
    """The comparison for a person: one vendor to a line, and what it would change."""
    screen = Screen(width, colour, encoding)
    heads = ["profile", "encoding", "units", "segments", "cost", ""]
    rows = [_cells(compared) for compared in found]
    if all(compared.cost is None for compared in found):
        heads.pop(4)
        for row in rows:
            row.pop(4)
    columns = [max(_width(cell, screen) for cell in column) for column in zip(heads, *rows, strict=True)][:-1]
    lines: list[Line] = [[(_aligned(heads, columns, screen), "bold")]]
    for compared, row in zip(found, rows, strict=True):
        lead = _aligned(row, columns, screen)
        style = "" if compared.plan.ok else "red"
        what = visible("; ".join(_remarks(compared.plan, screen)), screen)
        if not what or screen.width - len(lead) < _NARROWEST_REMARKS:
            lines.append([(lead, style)])
            lines.extend(paragraph([(what, "dim")], screen, [("    ", "")], 4))
        else:
            lines.extend(paragraph([(what, "dim")], screen, [(lead, style)], len(lead)))
    return "".join(screen.line(line) + "\n" for line in lines)


# Narrower than this, what is said of a vendor stands below its figures.
_NARROWEST_REMARKS = 24

# More kinds of change than this are counted, not listed.
_MOST_CHANGES = 6


def _cells(compared: Compared) -> list[str]:
    plan, cost = compared.plan, compared.cost
    figures = [str(plan.units), str(plan.billed_segments), "" if cost is None else plain_number(cost)]
    return [compared.profile.name, ENCODING_NAMES[plan.encoding], *figures, ""]


def _width(cell: str, screen: Screen) -> int:
    return sum(glyph.cells for glyph in glyphs(cell, screen))


def _aligned(cells: Sequence[str], columns: Sequence[int], screen: Screen) -> str:
    """The cells of a line: words to the left, figures to the right."""
    parts = []
    for place, (cell, column) in enumerate(zip(cells, columns, strict=False)):
        shown = visible(cell, screen)
        blank = " " * (column - _width(cell, screen))
        parts.append(shown + blank if place < 2 else blank + shown)
    return "  ".join(parts) + "  "


def _remarks(plan: Plan, screen: Screen) -> Iterable[str]:
    """What would be changed, added and cut, and what is wrong."""
    arrow = screen.symbols.arrow
    changed = Counter(
        (change.source, change.replacement) for change in plan.changes if change.reason != "truncated"
    )
    listed = [
        f"{_shown(source)} {arrow} {_shown(replacement)}" + (f" ({times})" if times > 1 else "")
        for (source, replacement), times in changed.most_common(_MOST_CHANGES)
    ]
    if listed:
        others = len(changed) - len(listed)
        yield ", ".join(listed) + (f" and {others} more" if others else "")
    if plan.optout:
        yield f'adds "{plan.optout.strip()}"'
    if plan.truncated:
        yield f"cuts {plan.truncated}"
    errors = list(dict.fromkeys(problem.code for problem in plan.problems if problem.severity == "error"))
    if errors:
        yield ", ".join(errors)


def _shown(characters: str) -> str:
    return {"": "nothing", " ": "a space", "\n": "a line break"}.get(characters, characters)
