"""Delimited files: CSV in its kinds, its delimiter and header found or given.

A block is cut at its last line break, and a row of our own after it shows whether that was right: inside a
quoted cell it would be swallowed. In a file where that happened once, line breaks with an odd number of
quotes before them are skipped.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from septet import _kernel
from septet.campaign.rejects import ADDED, readable
from septet.errors import CampaignError, OptionError, shown
from septet.files.delimiters import LIKELY, can_part, declared_in, likeliest
from septet.files.spreadsheet_cells import unguarded

from .cells import cells_of
from .delimited_blocks import BlockParser
from .headers import header_in, look_at
from .lines import LineFile, last_line_end

if TYPE_CHECKING:
    from septet.campaign.estimators import Estimator
    from septet.files.octets import Octets

#: A header of one column needs no delimiter; this one occurs in no text.
_NONE = "\x1f"


class Delimited(LineFile):
    """A delimited file. Raises CampaignError where it cannot be one."""

    format = "csv"

    def __init__(
        self,
        octets: Octets,
        delimiter: str | None = None,
        file_encoding: str | None = None,
        columns: Sequence[str] = (),
        header_line: int | None = None,
    ) -> None:
        super().__init__(octets, file_encoding)
        declared = declared_in(self.sample[:64].decode("utf-8", "ignore"))
        # The line that tells Excel the delimiter is not a row.
        start = len(declared.line.encode()) if declared else 0
        look = partial(look_at, self.sample, start, header_line, columns)
        found = delimiter or (declared.delimiter if declared else likeliest(LIKELY, look)) or _NONE
        if not (can_part(found) and found.isascii()):
            expected = "one character of ASCII such as ; or ,"
            raise OptionError(f"delimiter: expected {expected} found {shown(found)}", "delimiter", expected)
        #: None where there is only one column.
        self.delimiter = None if found == _NONE else found
        self.mark = found.encode()
        try:
            header = header_in(self.sample, start, self.mark, header_line, columns, self.name)
        except UnicodeDecodeError:
            raise CampaignError(
                f"{self.name}: its header is not {self.file_encoding}: say how it is written (file_encoding)"
            ) from None
        #: Whether this is a file of rejects, in which some cells begin with an apostrophe.
        self.is_guarded = set(ADDED) <= set(header.names)
        if self.is_guarded:
            header = header._replace(names=tuple(map(unguarded, header.names)))
        self.columns = header.names
        self.header = header
        #: The cell that Arrow has to find after a block, in the first column that it reads.
        self.token = secrets.token_hex(8).encode()
        self.room = len(self.token) + max(len(self.columns), header.cells) + 2

    def cells(self, row: bytes) -> list[str | None]:
        """The cells of a row, unchanged; octets that are not text are escaped."""
        found = map(readable, cells_of(row, self.mark, self.header.spaced))
        return [unguarded(cell) if self.is_guarded else cell for cell in found]

    def parser(self, estimator: Estimator, whole_rows: bool) -> BlockParser:
        """The parser of this file's blocks. Raises CampaignError for missing columns."""
        estimator.check(self.columns, self.name, whole_rows)
        return BlockParser(self, estimator, whole_rows)

    def cut(self, octets: memoryview, closely: bool) -> int:
        """The place after the last line end; on a closer look, after the last one with an even number of
        quotes before it."""
        if self.line_end == b"\r":
            octets = octets[:-1]  # a line feed may follow
        cut = last = last_line_end(octets, self.line_end)
        if not closely:
            return last
        odd = _kernel.count_octet(octets[:cut], ord('"')) & 1
        for _ in range(1000):
            if not odd or not cut:
                break
            earlier = last_line_end(octets[: cut - 1], self.line_end)
            odd ^= _kernel.count_octet(octets[earlier:cut], ord('"')) & 1
            cut = earlier
        return cut or last
