"""Rows as they will be sent, for a person who checks before approving the bill."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from septet.gsm.segmentation import ENCODING_NAMES
from septet.views.drawing.glyphs import visible
from septet.views.drawing.screen import Line, Screen
from septet.wording.messages import said
from septet.wording.quantities import billed_segments

from .preview import WIDEST, paragraph

if TYPE_CHECKING:
    from septet.campaign.shown import ShownRow
    from septet.wording.messages import Words


def shown_rows(rows: Sequence[ShownRow], *, width: int, colour: bool, encoding: str = "utf-8") -> str:
    """The rows as lines of text, each under its description."""
    screen = Screen(min(width, WIDEST), colour, encoding)
    blocks = ["\n".join(screen.line(line) for line in _row(row, screen)) for row in rows]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def _row(row: ShownRow, screen: Screen) -> Iterator[Line]:
    plan = row.plan
    figures = said(
        "%(row)s: %(segments)s, %(encoding)s",
        row=_name(row),
        segments=billed_segments(plan.billed_segments),
        encoding=ENCODING_NAMES[plan.encoding],
    )
    yield from paragraph([(figures, "bold")], screen)
    for line in plan.text.split("\n"):
        yield from paragraph(
            [("".join(visible(character, screen) for character in line), "")], screen, [("  ", "")], 2
        )


def _name(row: ShownRow) -> Words:
    if {"longest", "dearest"} <= set(row.what):
        return said("Row %(row)s, the longest and the most expensive", row=row.row)
    if "longest" in row.what:
        return said("Row %(row)s, the longest", row=row.row)
    if "dearest" in row.what:
        return said("Row %(row)s, the most expensive", row=row.row)
    return said("Row %(row)s", row=row.row)
