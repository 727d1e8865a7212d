"""Sheets of OpenDocument (.ods; OASIS, part 3): the cells that their reader does not report, or not fully.

An error is a text without a value that LibreOffice marks (``calcext:value-type="error"``). Line breaks and
tabs within a paragraph (6.1.4, 6.1.5) are elements, which the reader leaves out. Few files have either, or
repeated cells: only these are read element by element.
"""

from __future__ import annotations

import re
import zipfile
from xml.parsers import expat

from .marks import Marks, check_span, damaged
from .ooxml import parts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

CONTENT = "content.xml"
MIME_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"

_MARKED = (b'calcext:value-type="error"', b"<text:line-break", b"<text:tab")
# Repeated columns: cells for the rest of a row are harmless, and in nearly every file, as are the columns
# at the beginning of a sheet.
_MANY = re.compile(rb'number-columns-repeated="[0-9]{4,}"')
_HARMLESS = re.compile(rb'number-columns-repeated="[0-9]{4,}"[^<>]*/>\s*</table:table-row>')
_COLUMNS = re.compile(rb'<table:table-column[^>]*number-columns-repeated="[0-9]{4,}"')
_MANY_ROWS = re.compile(rb'number-rows-repeated="[0-9]{4,}"')
_HAS_VALUE = b"office:value-type"
# No row of any sheet takes this many octets.
_LONGEST_ROW = 1 << 26
_LAST = b"document-content>"


def marks_of_sheets(archive: zipfile.ZipFile, where: str) -> dict[str, Marks]:
    """The marks of the sheets that have any. Raises FileError for a file that is damaged or too large.

    Call it before the reader, which makes all sheets at once.
    """
    if not _is_worth_a_walk(archive, where):
        return {}
    walk = _Walk(where)
    for block in parts(archive, CONTENT, where):
        walk.feed(block)
    walk.feed(b"", last=True)
    return walk.found


def is_locked(archive: zipfile.ZipFile, where: str) -> bool:
    """Whether a password is needed to read the file."""
    name = "META-INF/manifest.xml"
    return name in archive.namelist() and any(b"encryption-data" in b for b in parts(archive, name, where))


def _is_worth_a_walk(archive: zipfile.ZipFile, where: str) -> bool:
    held, many = b"", False
    for block in parts(archive, CONTENT, where):
        held += block
        cut = held.rfind(b"<table:table-row")
        if cut <= 0:
            cut = len(held) if len(held) > _LONGEST_ROW else 0
        if _is_telling(held[:cut], many):
            return True
        many = many or _MANY_ROWS.search(held, 0, cut) is not None
        held = held[cut:]
    if not held.rstrip().endswith(_LAST):
        raise damaged(where)
    return _is_telling(held, many)


def _is_telling(rows: bytes, many: bool) -> bool:
    """Whether some rows hold what the reader does not report; `many` empty ones come before them."""
    if any(mark in rows for mark in _MARKED) or (many and _HAS_VALUE in rows):
        return True
    if any(rows.find(_HAS_VALUE, found.end()) >= 0 for found in _MANY_ROWS.finditer(rows)):
        return True
    repeated = len(_MANY.findall(rows))
    return repeated > 0 and repeated > len(_HARMLESS.findall(rows)) + len(_COLUMNS.findall(rows))


class _Walk:
    """All elements of a document; `found` are the marks by the names of the sheets."""

    def __init__(self, where: str) -> None:
        self._where = where
        self.found: dict[str, Marks] = {}
        self._errors: dict[tuple[int, int], str] = {}
        self._texts: dict[tuple[int, int], str] = {}
        self._reader = expat.ParserCreate(namespace_separator=None)
        self._reader.buffer_text = True
        self._reader.StartElementHandler = self._start
        self._reader.EndElementHandler = self._end
        self._reader.CharacterDataHandler = self._characters
        self._reader.EntityDeclHandler = self._entity
        self._row = self._column = self._rows = self._cells = self._widest = 0
        self._repeats = self._repeated = 1
        self._text: list[str] | None = None
        self._paragraphs = 0
        self._has_value = self._is_error = self._is_broken = False

    def feed(self, octets: bytes, last: bool = False) -> None:
        try:
            self._reader.Parse(octets, last)
        except expat.ExpatError:
            raise damaged(self._where) from None

    def _entity(self, *_: Any) -> None:
        raise damaged(self._where)  # no spreadsheet declares an entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._errors, self._texts = {}, {}
            self.found[attributes.get("table:name", "")] = Marks(self._errors, self._texts)
            self._row = self._rows = self._widest = self._cells = 0
        elif name == "table:table-row":
            self._column, self._repeats = 0, _times(attributes, "table:number-rows-repeated")
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._repeated = _times(attributes, "table:number-columns-repeated")
            self._is_error = attributes.get("calcext:value-type") == "error"
            self._has_value = "office:value-type" in attributes
            self._text, self._paragraphs, self._is_broken = [], 0, False
        elif self._text is not None:
            if name == "text:p":
                self._paragraphs += 1
                if self._paragraphs > 1:
                    self._text.append("\n")
            elif name == "text:s":
                self._text.append(" " * min(_times(attributes, "text:c"), 1 << 15))
            elif name in ("text:line-break", "text:tab"):
                self._text.append("\n" if name == "text:line-break" else "\t")
                self._is_broken = True

    def _characters(self, text: str) -> None:
        if self._text is not None and self._paragraphs:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            self._end_of_cell()
        elif name == "table:table-row":
            self._row += self._repeats
        elif name == "table:table":
            check_span(self._rows, self._widest, self._cells, self._where)

    def _end_of_cell(self) -> None:
        text = "".join(self._text or ())
        self._text = None
        if self._has_value:
            self._rows = self._row + self._repeats
            self._widest = max(self._widest, self._column + self._repeated)
            self._cells += 1
            check_span(self._rows, self._widest, self._cells, self._where)
            if self._is_error or self._is_broken:
                kept = self._errors if self._is_error else self._texts
                for row in range(self._row, self._row + self._repeats):
                    for column in range(self._column, self._column + self._repeated):
                        kept[row, column] = text
        self._column += self._repeated


def _times(attributes: dict[str, str], name: str) -> int:
    written = attributes.get(name, "1")
    return max(1, int(written)) if written.isdecimal() and len(written) < 9 else 1
