"""The table of a comparison: one vendor a line, its figures and what it would change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from septet.gsm.segmentation import ENCODING_NAMES
from septet.views.drawing.glyphs import glyphs, visible
from septet.views.drawing.screen import Line, Screen
from septet.wording.messages import counted, figure, joined, said
from septet.wording.speaking import spoken

from .preview import paragraph

if TYPE_CHECKING:
    from septet.advice.comparison import Compared
    from septet.planning.plans import Plan

# On a narrower screen the words about a vendor are below its figures.
_NARROWEST_REMARKS = 24

# Kinds of changes beyond this number are counted, not listed.
_MOST_CHANGES = 6


_HEADS = (
    *(said("profile"), said("encoding"), said("units")),
    *(said("segments"), said("loses"), said("cost")),
)

# Characters that would not be seen among others.
_NAMES = {"": said("nothing"), " ": said("a space"), "\n": said("a line break")}


def table(found: Sequence[Compared], *, width: int, colour: bool, encoding: str = "utf-8") -> str:
    """The comparison for a person: one vendor a line, and what it would change."""
    screen = Screen(width, colour, encoding)
    heads = [*map(spoken, _HEADS), ""]
    rows = [_cells(compared) for compared in found]
    told = (any(compared.lost for compared in found), any(compared.cost is not None for compared in found))
    for place in [place for place, is_told in zip((5, 4), reversed(told), strict=True) if not is_told]:
        for row in (heads, *rows):
            row.pop(place)
    columns = [max(_width(cell, screen) for cell in column) for column in zip(heads, *rows, strict=True)][:-1]
    lines: list[Line] = [[(_aligned(heads, columns, screen), "bold")]]
    for compared, row in zip(found, rows, strict=True):
        lead = _aligned(row, columns, screen)
        style = "" if compared.plan.ok else "red"
        what = visible(spoken(joined(said("; "), _remarks(compared.plan, screen))), screen)
        if not what or screen.width - len(lead) < _NARROWEST_REMARKS:
            lines.append([(lead, style)])
            lines.extend(paragraph([(what, "dim")], screen, [("    ", "")], 4))
        else:
            lines.extend(paragraph([(what, "dim")], screen, [(lead, style)], len(lead)))
    return "".join(screen.line(line) + "\n" for line in lines)


def _cells(compared: Compared) -> list[str]:
    plan, cost = compared.plan, compared.cost
    figures = [spoken(figure(number)) for number in (plan.units, plan.billed_segments, compared.lost)]
    return [
        compared.profile.name,
        ENCODING_NAMES[plan.encoding],
        *figures,
        "" if cost is None else spoken(figure(cost)),
        "",
    ]


def _width(cell: str, screen: Screen) -> int:
    return sum(glyph.cells for glyph in glyphs(cell, screen))


def _aligned(cells: Sequence[str], columns: Sequence[int], screen: Screen) -> str:
    """The cells of a line: words on the left, figures on the right."""
    parts = []
    for place, (cell, column) in enumerate(zip(cells, columns, strict=False)):
        shown = visible(cell, screen)
        blank = " " * (column - _width(cell, screen))
        parts.append(shown + blank if place < 2 else blank + shown)
    return "  ".join(parts) + "  "


def _remarks(plan: Plan, screen: Screen) -> Iterable[str]:
    """What would be changed, added and cut, and the problems."""
    arrow = screen.symbols.arrow
    changed = Counter(
        (change.source, change.replacement) for change in plan.changes if change.reason != "truncated"
    )
    shown = [
        f"{_shown(source)} {arrow} {_shown(replacement)}" + (f" ({times})" if times > 1 else "")
        for (source, replacement), times in changed.most_common(_MOST_CHANGES)
    ]
    if others := len(changed) - len(shown):
        yield said("%(some)s and %(number)s more", some=joined(", ", shown), number=others)
    elif shown:
        yield joined(", ", shown)
    for added in (plan.prefix, plan.suffix, plan.optout):
        if added:
            yield said('adds "%(mention)s"', mention=added.strip())
    if plan.truncated:
        yield counted("cuts %(number)s character", "cuts %(number)s characters", plan.truncated)
    errors = list(dict.fromkeys(problem.code for problem in plan.problems if problem.severity == "error"))
    if errors:
        yield ", ".join(errors)


def _shown(characters: str) -> str:
    return _NAMES.get(characters, characters)
