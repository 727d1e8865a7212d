"""Cells: rows of delimited text one by one, by RFC 4180 and as Arrow's own reader takes them.

A quote opens a quoted cell only where a cell begins; in it, two quotes are one, and line breaks and
delimiters are text. Some write a blank after each delimiter: in such files (`spaced`), a quote after blanks
opens a cell, too. This is the slow way, for blocks that Arrow cannot take as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_LINE_END = re.compile(rb"\r\n|\n|\r")


class Row(NamedTuple):
    """The place of a row in a block, and its number of cells."""

    start: int
    #: Before its line end, and after it.
    end: int
    after: int
    cells: int
    #: Whether its last quoted cell is closed.
    closed: bool
    #: Whether text follows a quoted cell of several lines at once: its quote belonged to another cell.
    torn: bool


@lru_cache(maxsize=16)
def _cell(delimiter: bytes, spaced: bool) -> re.Pattern[bytes]:
    mark = re.escape(delimiter)
    blanks = rb"(?: *)" if spaced else rb""
    return re.compile(rb'(?:%b"[^"]*(?:""[^"]*)*("|\Z))?[^%b\r\n]*(%b|\r\n|\n|\r|\Z)' % (blanks, mark, mark))


def row_at(block: bytes, start: int, delimiter: bytes, spaced: bool = False) -> Row:
    """The row that starts at a place of a block."""
    match = _cell(delimiter, spaced).match
    place, cells, torn = start, 0, False
    while True:
        found = match(block, place)
        assert found is not None  # the pattern matches anything
        cells += 1
        separator = found[2]
        if found[1] and found.end(1) < found.start(2):
            torn = torn or _LINE_END.search(block, place, found.start(1)) is not None
        place = found.end()
        if separator != delimiter:
            return Row(start, place - len(separator), place, cells, found[1] != b"", torn)


def rows_of(block: bytes, delimiter: bytes, start: int = 0, spaced: bool = False) -> Iterator[Row]:
    """The rows of a block, without those of no octet at all."""
    while start < len(block):
        row = row_at(block, start, delimiter, spaced)
        start = row.after
        if row.end > row.start:
            yield row


def first_line(block: bytes, row: Row) -> Row:
    """A row as far as its first line goes."""
    found = _LINE_END.search(block, row.start)
    if found is None:
        return row._replace(end=len(block), after=len(block))
    return row._replace(end=found.start(), after=found.end())


def line_start(block: bytes, line: int) -> int | None:
    """The beginning of a line, counted from 1; None after the last one."""
    place = 0
    for _ in range(line - 1):
        found = _LINE_END.search(block, place)
        if found is None:
            return None
        place = found.end()
    return place if place < len(block) else None


def cells_of(row: bytes, delimiter: bytes, spaced: bool = False) -> list[bytes]:
    """The cells of a row, without their quotes."""
    match = _cell(delimiter, spaced).match
    place, cells = 0, []
    while True:
        found = match(row, place)
        assert found is not None
        separator = found[2]
        cell = row[place : found.end() - len(separator)]
        if found[1]:
            closing = found.start(1)
            opening = row.index(b'"', place)
            behind = row[closing + 1 : place + len(cell)]
            cell = row[opening + 1 : closing].replace(b'""', b'"') + (
                behind.rstrip(b" ") if spaced else behind
            )
        cells.append(cell)
        place = found.end()
        if separator != delimiter:
            return cells


def is_blank(cells: list[bytes]) -> bool:
    """Whether all cells of a row are empty: spreadsheets leave such rows after the last one."""
    return len(cells) > 1 and not any(cells)
