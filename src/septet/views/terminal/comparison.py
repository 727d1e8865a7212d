"""The table of a comparison: one vendor to a line, its figures and what it would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from septet.gsm.segmentation import ENCODING_NAMES
from septet.views.drawing.facts import plain_number
from septet.views.drawing.glyphs import glyphs, visible
from septet.views.drawing.screen import Screen

from .preview import Line, paragraph

if TYPE_CHECKING:
    from septet.advice.comparison import Compared
    from septet.planning.plans import Plan

# Narrower than this, what is said of a vendor stands below its figures.
_NARROWEST_REMARKS = 24

# More kinds of change than this are counted, not listed.
_MOST_CHANGES = 6


def table(found: Sequence[Compared], *, width: int, colour: bool, encoding: str = "utf-8") -> str:
    """The comparison for a person: one vendor to a line, and what it would change."""
    screen = Screen(width, colour, encoding)
    heads = ["profile", "encoding", "units", "segments", "loses", "cost", ""]
    rows = [_cells(compared) for compared in found]
    said = (any(compared.lost for compared in found), any(compared.cost is not None for compared in found))
    for place in [place for place, is_said in zip((5, 4), reversed(said), strict=True) if not is_said]:
        for row in (heads, *rows):
            row.pop(place)
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


def _cells(compared: Compared) -> list[str]:
    plan, cost = compared.plan, compared.cost
    figures = [str(plan.units), str(plan.billed_segments), str(compared.lost)]
    return [
        compared.profile.name,
        ENCODING_NAMES[plan.encoding],
        *figures,
        "" if cost is None else plain_number(cost),
        "",
    ]


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
