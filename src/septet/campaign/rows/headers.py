"""Headers: where a delimited file names its columns, their names, and where its rows begin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from septet.errors import CampaignError, OptionError, shown
from septet.files.column_names import places_of
from septet.files.delimiters import LIKELY, Look
from septet.files.header_cells import value_among
from septet.wording.quoting import printable

from .cells import Row, cells_of, is_blank, line_start, row_at, rows_of

#: This many rows show the shape of a file.
_ROWS_LOOKED_AT = 101


class Header(NamedTuple):
    """The columns of a file, and the shape of its rows."""

    names: tuple[str, ...]
    #: Where the rows begin.
    start: int
    #: How many cells most rows have: in a file from a spreadsheet, fewer or more than there are names.
    cells: int
    #: Whether there are blanks between a delimiter and the quotation mark after it.
    spaced: bool


def checked_line(line: object) -> int | None:
    """The number of the header's line; 0 for no header, None where not given. Raises for anything else."""
    if line is None or line is False:
        return None if line is None else 0
    expected = "the number of the header's line, or 0 or False where the file has none"
    if isinstance(line, bool) or not isinstance(line, int):
        raise TypeError(f"header_line: expected {expected}, found {shown(line)}")
    if line < 0:
        raise OptionError(f"header_line: expected {expected}, found {shown(line)}", "header_line", expected)
    return line


def header_in(
    text: bytes, start: int, mark: bytes, line: int | None, wanted: Sequence[str], where: str
) -> Header:
    """The header of a text of rows that begin at `start`, where its encoding and delimiter are known.

    Raises CampaignError where there is none, UnicodeDecodeError where it is not in the encoding.
    """
    spaced = re.search(rb"(?:\A|[\r\n]|%b) +\"" % re.escape(mark), text[start : start + 4096]) is not None
    if line == 0:
        shape = _cells_of_rows(text, start, mark, spaced)
        if not shape:
            raise CampaignError(f"{where}: it has no rows")
        cells = Counter(shape).most_common(1)[0][0]
        return Header(tuple(str(place) for place in range(1, cells + 1)), start, cells, spaced)
    found = _found(text, start, mark, line, spaced, where)
    row = row_at(text, found, mark, spaced)
    names = [name.decode("utf-8") for name in cells_of(text[row.start : row.end], mark, spaced)]
    line = line or 1 + len(re.findall(rb"\r\n|\n|\r", text[:found]))
    _refuse_values(names, wanted, text, row.after, mark, line, where)
    while names and not names[-1].strip():
        names.pop()
    names = named(names, range(1, len(names) + 1))
    shape = _cells_of_rows(text, row.after, mark, spaced)
    cells = Counter(shape).most_common(1)[0][0] if shape else len(names)
    if cells < len(names) - 1:  # such rows are broken
        cells = len(names)
    return Header(tuple(names), row.after, cells, spaced)


def look_at(text: bytes, start: int, line: int | None, columns: Sequence[str], delimiter: str) -> Look | None:
    """The header of a file as read with a delimiter; None where it is one cell."""
    mark = delimiter.encode()
    if line:
        start = line_start(text, line) or start
    rows: list[Row] = []
    for row in rows_of(text[: 1 << 16], mark, start):
        if rows or not is_blank(cells_of(text[row.start : row.end], mark)):
            rows.append(row)
            if rows[0].cells == 1:
                return None
        if len(rows) == _ROWS_LOOKED_AT:
            break
    if not rows:
        return None
    names = [name.decode("utf-8", "replace") for name in cells_of(text[rows[0].start : rows[0].end], mark)]
    # Nothing can be measured with only some of the columns: all of them have to be known.
    known = bool(columns) and all(places_of(column, names) for column in columns)
    return Look.of(known, [row.cells for row in rows])


def _found(text: bytes, start: int, mark: bytes, line: int | None, spaced: bool, where: str) -> int:
    """The beginning of the header."""
    if line is not None:
        place = line_start(text, line)
        if place is None or row_at(text, place, mark, spaced).end == place:
            raise CampaignError(f"{where}: line {line} is empty: expected the names of its columns")
        return place
    for row in rows_of(text, mark, start, spaced):
        if not is_blank(cells_of(text[row.start : row.end], mark, spaced)):
            return row.start
    raise CampaignError(f"{where}: it has no header: expected the names of its columns")


def _cells_of_rows(text: bytes, start: int, mark: bytes, spaced: bool) -> list[int]:
    """How many cells the first rows have, without empty rows."""
    rows = list(islice(rows_of(text, mark, start, spaced), _ROWS_LOOKED_AT))
    if len(rows) > 1 and rows[-1].after == len(text):
        rows.pop()  # the last row may be cut
    return [row.cells for row in rows if row.end - row.start >= row.cells]


def named(names: Sequence[str], places: Sequence[int]) -> list[str]:
    """The names of columns; an empty name becomes the place of its column."""
    taken = set(names)
    found = []
    for name, place in zip(names, places, strict=True):
        if not name.strip():
            name = f"column {place}"
            while name in taken:
                name += "'"
            taken.add(name)
        found.append(name)
    return found


def points_further_down(where: str, line: int, better: int, wanted: str) -> str:
    """The hint where the names of the columns are in a later line."""
    return (
        f"{where}: line {line} holds no column named {printable(wanted)!r}, but line {better} does: "
        f"--header-line {better} (header_line={better}) skips what stands above"
    )


def _refuse_values(
    names: list[str], wanted: Sequence[str], text: bytes, after: int, mark: bytes, line: int, where: str
) -> None:
    """Raises CampaignError where a number or a message is where a name should be."""
    known = bool(wanted) and all(places_of(one, names) for one in wanted)
    if not known and (better := _line_with(wanted, text, after, mark)):
        raise CampaignError(points_further_down(where, line, line + better, wanted[0]))
    if found := value_among(names, known):
        raise CampaignError(f"{where}: line {line} {found}")


def _line_with(wanted: Sequence[str], text: bytes, after: int, mark: bytes) -> int | None:
    """How many lines further down all wanted names are; None where they are nowhere."""
    if not wanted:
        return None
    # Below a title of one cell, the delimiter could not be seen.
    for delimiter in dict.fromkeys((mark, *(one.encode() for one in LIKELY))):
        for row in islice(rows_of(text, delimiter, after), 20):
            octets = text[row.start : row.end]
            names = [cell.decode("utf-8", "replace") for cell in cells_of(octets, delimiter)]
            if all(places_of(one, names) for one in wanted):
                return 1 + len(re.findall(rb"\r\n|\n|\r", text[after : row.start]))
    return None
