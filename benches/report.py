"""The results of a bench: tables and targets, in Markdown that is readable in a terminal too."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple


class Table(NamedTuple):
    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[str]]


class Bar(NamedTuple):
    """A figure that is to be reached, and that of this run; None if it could not be measured."""

    what: str
    figure: float | None
    bar: float
    at_most: bool = False
    unit: str = "×"
    #: Whether it is set for the compiled kernel.
    compiled: bool = True

    @property
    def reached(self) -> bool | None:
        if self.figure is None:
            return None
        return self.figure <= self.bar if self.at_most else self.figure >= self.bar


class Report(NamedTuple):
    """The results of one bench."""

    tables: Sequence[Table]
    bars: Sequence[Bar] = ()
    notes: Sequence[str] = ()


def nanoseconds(figure: float) -> str:
    """A time with three significant digits."""
    return f"{figure:,.1f}" if figure < 100 else f"{float(f'{figure:.3g}'):,.0f}"


def ratio(figure: float) -> str:
    return f"{figure:.2f}" if figure < 10 else f"{figure:,.1f}" if figure < 100 else f"{figure:,.0f}"


def table_of_bars(bars: Sequence[Bar]) -> Table:
    words = {True: "reached", False: "NOT reached", None: "not measured"}
    return Table(
        "To reach",
        ["what", "bar", "this run", ""],
        [
            [
                bar.what,
                f"at {'most' if bar.at_most else 'least'} {bar.bar:g} {bar.unit}",
                "" if bar.figure is None else f"{ratio(bar.figure)} {bar.unit}",
                words[bar.reached],
            ]
            for bar in bars
        ],
    )


def markdown(table: Table) -> str:
    """The table, its columns aligned; all but the first and those of words to the right."""
    rows = [list(table.header), *map(list, table.rows)]
    widths = [max(max(_width(row[place]) for row in rows), 3) for place in range(len(rows[0]))]
    right = [
        all(not row[place] or row[place][0].isdigit() for row in rows[1:]) for place in range(len(rows[0]))
    ]
    rule = [
        "-" * (width - 1) + ":" if flush else "-" * width for width, flush in zip(widths, right, strict=True)
    ]
    lines = ["| " + " | ".join(map(_padded, row, widths, right)) + " |" for row in [rows[0], rule, *rows[1:]]]
    return "\n".join([f"### {table.title}", "", *lines])


def _padded(cell: str, width: int, flush_right: bool) -> str:
    space = " " * (width - _width(cell))
    return space + cell if flush_right else cell + space


def _width(cell: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in cell)
