"""Bubbles: the segments of a drawing in the cells of a terminal, with a sign below each mark."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from septet.planning.drawing.marks import RANKS
from septet.views.drawing.glyphs import Glyph, glyphs, rows
from septet.views.drawing.screen import Line, Screen
from septet.wording.messages import said
from septet.wording.speaking import spoken

if TYPE_CHECKING:
    Drawn = dict[str, Any]

#: The style of each mark, of characters without a mark, and of what shows no character.
STYLES: Mapping[str | None, str] = {
    "lost": "bold red",
    "forces-ucs2": "bold magenta",
    "changed": "bold cyan",
    "costs-more": "bold yellow",
    "deleted": "bold red",
    "added": "green",
    "mention": "green",
    None: "",
}


def bubble(segment: Drawn, of: int, screen: Screen) -> Iterator[Line]:
    """One of so many segments, in a box that says how full it is."""
    symbols = screen.symbols
    title = spoken(said("Segment %(number)s of %(of)s", number=segment["number"], of=of))
    if len(title) + 6 > screen.width:
        title = f"{segment['number']}/{of}"
    yield [
        (symbols.top_left + symbols.horizontal + " ", "dim"),
        (title, "bold"),
        (" " + symbols.horizontal * (screen.width - len(title) - 5) + symbols.top_right, "dim"),
    ]
    runs = _Runs(segment["runs"])
    for row in rows(glyphs(runs.text, screen), screen.width - 4):
        yield from _row(row, runs, screen)
    yield _usage(segment["units"], segment["capacity"], screen)


class _Runs:
    """The runs of a segment by their places in its text."""

    def __init__(self, runs: Sequence[Drawn]) -> None:
        self.text = "".join(run["text"] for run in runs)
        self._shown: list[Drawn] = []
        self._starts: list[int] = []
        #: What was deleted, by its place.
        self._deleted: dict[int, Drawn] = {}
        place = 0
        for run in runs:
            if run["text"]:
                self._shown.append(run)
                self._starts.append(place)
                place += len(run["text"])
            else:
                self._deleted[place] = run

    def of(self, glyph: Glyph) -> Drawn:
        """The run of a glyph; if there are several, the one whose mark comes first."""
        first = bisect_right(self._starts, glyph.start) - 1
        last = bisect_right(self._starts, glyph.end - 1)
        return min(self._shown[first:last], key=lambda run: RANKS[run["mark"]])

    def deleted(self, place: int) -> Drawn | None:
        """What was deleted there, if anything."""
        return self._deleted.get(place)


def _row(row: list[Glyph], runs: _Runs, screen: Screen) -> Iterator[Line]:
    """A row of a bubble, with the signs of its marks below it if it has any."""
    edge = (screen.symbols.vertical, "dim")
    width = screen.width - 3  # one cell more than the text's own: a blank may hang over
    text: Line = []
    signs: Line = []
    used = 0
    for glyph in row:
        run = runs.of(glyph)
        style = STYLES[run["mark"]] or ("dim" if glyph.shown == screen.symbols.line_break else "")
        add(text, glyph.shown, style)
        if run["mark"] is None and (deleted := runs.deleted(glyph.start)) is not None:
            run, style = deleted, STYLES[deleted["mark"]]
        add(signs, _signs(run["sign"], glyph.cells), style)
        used += glyph.cells
    yield [edge, (" ", ""), *text, (" " * (width - used), ""), edge]
    behind = runs.deleted(row[-1].end) if row[-1].end == len(runs.text) else None
    if behind is not None and used < width:
        add(signs, behind["sign"], STYLES[behind["mark"]])
        used += 1
    if any(not piece.isspace() for piece, _ in signs):
        yield [edge, (" ", ""), *signs, (" " * (width - used), ""), edge]


def _signs(sign: str, cells: int) -> str:
    """The sign under a glyph of so many cells."""
    if not sign:
        return " " * cells
    return sign[:2].ljust(2, sign[0]) if cells == 2 else sign[0] * cells


def add(line: Line, text: str, style: str) -> None:
    """Adds to a line, as one piece with the last if the style is the same."""
    if line and line[-1][1] == style:
        line[-1] = (line[-1][0] + text, style)
    else:
        line.append((text, style))


def _usage(units: int, capacity: int, screen: Screen) -> Line:
    """The lower edge of a bubble: a bar of the units used."""
    symbols = screen.symbols
    used = said("%(number)s of %(of)s units", number=units, of=capacity)
    label = f" {spoken(used)} "
    if len(label) + 4 > screen.width - 2:
        label = f" {units}/{capacity} "
    bar = screen.width - 3 - len(label)
    filled = min(bar, -(-bar * units // capacity))
    return [
        (symbols.bottom_left, "dim"),
        (symbols.used * filled, "green"),
        (symbols.unused * (bar - filled), "dim"),
        (label, ""),
        (symbols.horizontal + symbols.bottom_right, "dim"),
    ]
