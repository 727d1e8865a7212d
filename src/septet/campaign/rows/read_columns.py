"""Read columns: which columns of a delimited file are read, and the shape of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from .cell_counts import CellCounts

if TYPE_CHECKING:
    from septet.campaign.estimators import Estimator

    from .headers import Header


class DelimitedFile(Protocol):
    """What is known of the file of the blocks."""

    columns: tuple[str, ...]
    header: Header
    mark: bytes
    token: bytes
    room: int
    line_end: bytes
    file_encoding: str
    is_ascii_so_far: bool
    is_guarded: bool

    @property
    def octet_encoding(self) -> str:
        """The encoding of the octets of a block."""
        ...

    def cut(self, octets: memoryview, closely: bool) -> int:
        """How much of a block is whole rows."""
        ...


class ReadColumns:
    """The columns that an estimator reads of a file; with `whole_rows` all of them."""

    def __init__(self, file: DelimitedFile, estimator: Estimator, whole_rows: bool) -> None:
        names = file.columns
        self.width = len(names)
        needed = estimator.columns_among(names)
        #: The places of the columns that every row needs.
        self.needed = {names.index(name) for name in needed}
        self.counts = CellCounts(self.width, self.needed)
        self.places = list(range(len(names))) if whole_rows else [names.index(name) for name in needed]
        self.names = list(names if whole_rows else needed)
        #: How many cells a row usually has.
        self.cells = file.header.cells
        if self.cells < self.width and self.width - 1 in self.needed:
            self.cells = self.width
