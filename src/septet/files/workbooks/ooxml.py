"""Sheets of Office Open XML (.xlsx, .xlsm; ECMA-376): the cells that their reader does not report.

An error has ``t="e"`` (18.18.11); a formula whose cell has no value was saved by a program that does
not compute. Both are found in the octets, so that a sheet of a million cells takes little longer.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from posixpath import join, normpath

from septet.errors import FileError

from .marks import MOST_OCTETS, NO_VALUE, Marks, check_span, damaged, too_large

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

WORKBOOK = "xl/workbook.xml"
_BLOCK = 1 << 20
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_SEVERAL_LETTERS = re.compile(rb"""\br=["']([A-Z]{2,3})[0-9]""")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["']([0-9]{1,7})["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_IS_ERROR = re.compile(rb"""\bt=["']e["']""")
# The errors that a damaged file may raise, depending on the damage.
_DAMAGED = (
    *(KeyError, OSError, EOFError, RuntimeError, NotImplementedError, ValueError),
    *(zipfile.BadZipFile, zlib.error),
)
# No row of any sheet takes this many octets: a text has 32,767 characters, and a row 16,384 cells.
_LONGEST_ROW = 1 << 26
_HAS_TYPE = re.compile(rb"""\bt=["'](?!n["'])""")


def marks_in(archive: zipfile.ZipFile, sheet: str, where: str) -> Marks:
    """The marks of a sheet by its name. Raises FileError where it, or a text in it, is too large."""
    for name in archive.namelist():
        if name.lower().endswith("sharedstrings.xml"):
            for _ in parts(archive, name, where):
                pass  # its size is the stated one, and nothing of it is damaged
    path = _paths(archive, where).get(sheet)
    if path is None:
        return Marks()
    errors: dict[tuple[int, int], str] = {}
    span = _Span()
    for rows in _whole_rows(archive, path, where):
        span.add(rows)
        errors |= _errors_in(rows, span)
    columns = _widest(_whole_rows(archive, path, where)) if span.is_wide else _LETTERS
    check_span(span.rows, columns, span.cells, where)
    return Marks(errors)


def parts(archive: zipfile.ZipFile, name: str, where: str) -> Iterator[bytes]:
    """A part of a packed file, in pieces. Raises FileError where it is damaged or too large."""
    read = 0
    try:
        with archive.open(name) as file:
            while block := file.read(_BLOCK):
                read += len(block)
                if read > MOST_OCTETS:
                    raise too_large(where)
                yield block
    except FileError:
        raise
    except _DAMAGED:
        raise damaged(where) from None


# Several capitals become one, so that a column of two letters is found quickly. A text may hold the same,
# too.
_CAPITALS = bytes.maketrans(bytes(range(ord("B"), ord("Z") + 1)), b"A" * 25)
_LETTERS = 26


class _Span:
    """The span of the part of a sheet that was read, and its number of cells."""

    def __init__(self) -> None:
        self.rows = self.cells = 0
        #: The beginning of a cell.
        self.tag = b"<c"
        #: Whether columns may have names of several letters.
        self.is_wide = False

    def add(self, rows: bytes) -> None:
        if not self.cells and (prefix := re.search(rb"<(\w+:)(?:row|c)\b", rows)):
            self.tag = b"<" + prefix[1] + b"c"
        self.cells += rows.count(self.tag + b" ") or rows.count(self.tag + b">")
        last = rows.rfind(b"row ")
        if last >= 0 and (number := _ROW_NUMBER.search(rows, rows.rfind(b"<", 0, last))):
            self.rows = max(self.rows + 1, int(number[1]))
        else:
            self.rows += len(re.findall(rb"<(?:\w+:)?row\b", rows))
        if not self.is_wide:
            plain = rows.translate(_CAPITALS)
            self.is_wide = b'r="AA' in plain or b"r='AA" in plain


def _widest(pieces: Iterator[bytes]) -> int:
    most = _LETTERS
    for rows in pieces:
        for letters in set(_SEVERAL_LETTERS.findall(rows)):
            most = max(most, _column(letters) + 1)
    return most


def _errors_in(rows: bytes, span: _Span) -> dict[tuple[int, int], str]:
    """The cells with an error, and those with a formula that has no value."""
    errors: dict[tuple[int, int], str] = {}
    tag = re.escape(span.tag)
    prefix = re.escape(span.tag[1:-1])
    if b't="e"' in rows or b"t='e'" in rows:
        whole = re.compile(rb"%b ([^>]*)>(.*?)</%bc>" % (tag, prefix), re.DOTALL)
        for found in whole.finditer(rows):
            if not found[1].endswith(b"/") and _IS_ERROR.search(found[1]):
                value = _VALUE.search(found[2])
                error = "#ERROR" if value is None else value[1].decode("utf-8", "replace")
                errors[_place(rows, found.start(), found[1], span)] = error
    if b"<" + span.tag[1:-1] + b"f" in rows:
        bare = re.compile(
            rb"%b ([^>]*)>\s*<%bf(?:/>|\s[^>]*/>|\s*>[^<]*</%bf>|\s[^>]*[^/>]>[^<]*</%bf>)\s*"
            rb"(?:<%bv\s*/>|<%bv>\s*</%bv>)?\s*</%bc>" % (tag, *[prefix] * 7)
        )
        for found in bare.finditer(rows):
            if not _HAS_TYPE.search(found[1]):
                errors[_place(rows, found.start(), found[1], span)] = NO_VALUE
    return errors


def _place(rows: bytes, start: int, attributes: bytes, span: _Span) -> tuple[int, int]:
    """The row and the column of a cell; where a file does not name them, they follow the cell before."""
    if found := _REFERENCE.search(attributes):
        return int(found[2]) - 1, _column(found[1])
    begun = re.compile(rb"<(?:\w+:)?row\b")
    row = [match.start() for match in begun.finditer(rows, 0, start)][-1]
    column = rows.count(span.tag + b" ", row, start) + rows.count(span.tag + b">", row, start)
    if number := _ROW_NUMBER.match(rows, row):
        return int(number[1]) - 1, column
    behind = len(begun.findall(rows, row)) - 1
    return span.rows - 1 - behind, column


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _whole_rows(archive: zipfile.ZipFile, path: str, where: str) -> Iterator[bytes]:
    """The octets of a sheet, in pieces that end before a row."""
    held = b""
    for block in parts(archive, path, where):
        held += block
        cut = max(held.rfind(b"<row"), held.rfind(b":row"))
        cut = held.rfind(b"<", 0, cut + 1)
        if cut > 0:
            yield held[:cut]
            held = held[cut:]
        elif len(held) > _LONGEST_ROW:
            raise too_large(where)
    yield held


def _paths(archive: zipfile.ZipFile, where: str) -> dict[str, str]:
    """The path of each sheet in the packed file, by its name."""
    links = {
        _attribute(link, "Id"): _attribute(link, "Target")
        for link in _read(archive, "xl/_rels/workbook.xml.rels", where)
    }
    found = {}
    for element in _read(archive, WORKBOOK, where).iter():
        if element.tag.rpartition("}")[2] == "sheet" and (target := links.get(_attribute(element, "id"))):
            path = target[1:] if target.startswith("/") else normpath(join("xl", target))
            if path in archive.namelist():
                found[_attribute(element, "name")] = path
    return found


def _attribute(element: Element, name: str) -> str:
    """An attribute, in the namespace of any edition of the standard."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def _read(archive: zipfile.ZipFile, name: str, where: str) -> Element:
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root: Element = fromstring(b"".join(parts(archive, name, where)))
    except FileError:
        raise
    except (ParseError, ValueError):
        raise damaged(where) from None
    return root
