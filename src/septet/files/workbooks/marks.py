"""Marks: facts about some cells that the reader of a spreadsheet does not give, by row and column."""

from __future__ import annotations

from typing import NamedTuple

from septet.errors import FileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: The most octets of an unpacked part: a million rows of ten columns take half of it.
MOST_OCTETS = 1 << 30
#: The most cells that a sheet may span, full and empty ones; more only where a quarter of them are full.
#: The reader keeps 32 octets for each.
MOST_CELLS = 20_000_000

#: The error for a formula that was saved without its value.
NO_VALUE = ""


class Marks(NamedTuple):
    """Cells of one sheet, each by its row and its column, both from 0."""

    #: The cells that hold an error, such as ``#N/A``; `NO_VALUE` for a formula that was never computed.
    errors: Mapping[tuple[int, int], str] = {}
    #: Texts that the reader would give without their line breaks.
    texts: Mapping[tuple[int, int], str] = {}


def check_span(rows: int, columns: int, cells: int, where: str) -> None:
    """Raises FileError for a sheet that spans too many cells for the memory."""
    if rows * columns > max(MOST_CELLS, 4 * cells):
        raise FileError(
            f"its sheet spans {rows} rows and {columns} columns, nearly all of them empty: delete what "
            "stands far from the list, or save the list as CSV",
            where,
        )


def too_large(where: str) -> FileError:
    """The error for a file that unpacks to more than any campaign has."""
    return FileError(
        f"it unpacks to more than {MOST_OCTETS >> 20} MB: save the list as CSV, which has no limit", where
    )


def damaged(where: str) -> FileError:
    """The error for a file that cannot be read to its end."""
    return FileError("it is damaged: open it in a spreadsheet and save it again", where)
