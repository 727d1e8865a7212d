"""Marks: what the reader of a spreadsheet does not say of some cells, by their rows and columns."""

from __future__ import annotations

from typing import NamedTuple

from septet.errors import FileError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

#: So many octets may a part of a packed file come to: a million rows of ten columns are half of it.
MOST_OCTETS = 1 << 30
#: So many cells may a sheet span, full ones and empty ones; more only where a quarter of them are full.
#: The reader keeps room for each: 32 octets.
MOST_CELLS = 20_000_000

#: An error that stands for a formula which was saved without its value.
NO_VALUE = ""


class Marks(NamedTuple):
    """Cells of one sheet, each by its row and its column, both from 0."""

    #: Those that hold an error, as ``#N/A``; `NO_VALUE` for a formula that was never computed.
    errors: Mapping[tuple[int, int], str] = {}
    #: Texts that the reader would give without their line breaks.
    texts: Mapping[tuple[int, int], str] = {}


def check_span(rows: int, columns: int, cells: int, where: str) -> None:
    """Raises FileError for a sheet that spans so many cells that no memory may hold them."""
    if rows * columns > max(MOST_CELLS, 4 * cells):
        raise FileError(
            f"its sheet spans {rows} rows and {columns} columns, nearly all of them empty: delete what "
            "stands far from the list, or save the list as CSV",
            where,
        )


def too_large(where: str) -> FileError:
    """What is said of a file that unpacks to more than anyone would send."""
    return FileError(
        f"it unpacks to more than {MOST_OCTETS >> 20} MB: save the list as CSV, which has no limit", where
    )


def damaged(where: str) -> FileError:
    """What is said of a file that cannot be read to its end."""
    return FileError("it is damaged: open it in a spreadsheet and save it again", where)
