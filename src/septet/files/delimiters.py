"""Delimiters: the character that separates the cells of a CSV file, given by name or detected."""

from __future__ import annotations

import re
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

#: Those that spreadsheets write, the one of French Excel first.
OF_SPREADSHEETS = (";", ",", "\t")

#: The likely delimiters of a file of rows, the likelier ones first.
LIKELY = (*OF_SPREADSHEETS, "|")

#: Words for delimiters that cannot be typed, or that a shell would take for its own.
NAMED = {"tab": "\t", r"\t": "\t", "semicolon": ";", "comma": ","}


def meant_by(written: str) -> str:
    """The delimiter for a word of a command line; any other text unchanged."""
    return NAMED.get(written, written)


def can_part(text: str) -> bool:
    """Whether a text may be a delimiter: one character, with no meaning of its own in CSV."""
    return len(text) == 1 and text not in '"\r\n'


class Declared(NamedTuple):
    """A first line that tells Excel the delimiter: ``sep=;``."""

    delimiter: str
    #: The line, unchanged, with its end.
    line: str


_DECLARED = re.compile(
    r'\ufeff?(?:"sep=(?P<quoted>.)"|sep=(?P<bare>.))[ \t]*(?:\r\n|\n|\r|\Z)', re.IGNORECASE
)


def declared_in(text: str) -> Declared | None:
    """The declaration in the first line of a text of rows; None where that is an ordinary row."""
    found = _DECLARED.match(text)
    if found is None or not can_part(delimiter := found["quoted"] or found["bare"]):
        return None
    return Declared(delimiter, found.group())


class Look(NamedTuple):
    """How the first rows of a file look with one delimiter."""

    #: How many names of the header are known ones.
    known: int
    #: How many cells the header has.
    cells: int
    #: The share of the rows, the header among them, that have as many cells.
    alike: float

    @classmethod
    def of(cls, known: int, cells: Sequence[int]) -> Look:
        """The look of rows, the header first, each by the number of its cells."""
        return cls(known, cells[0], cells.count(cells[0]) / len(cells))

    @property
    def rank(self) -> tuple[int, bool, float]:
        """The higher the better: known names, then rows that fit the header, then cells."""
        return self.known, self.alike > 0.5, self.cells * self.alike


def likeliest(delimiters: Iterable[str], look: Callable[[str], Look | None]) -> str | None:
    """The delimiter with which the first rows of a file look best; of equal ones, the first.

    `look` gives None for an impossible delimiter; the result is None if all are impossible.
    """
    looks = [(delimiter, found) for delimiter in delimiters if (found := look(delimiter)) is not None]
    return max(looks, key=lambda pair: pair[1].rank, default=(None, None))[0]
