"""Tables: a CSV file as a spreadsheet saves it, with its encoding and delimiter detected or given."""

from __future__ import annotations

import codecs
import csv
import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import BinaryIO, NamedTuple

from septet.errors import FileError, OptionError
from septet.files.column_names import places_of, without_accents
from septet.files.csv_records import decoded, records
from septet.files.delimiters import OF_SPREADSHEETS, Look, can_part, declared_in, likeliest, meant_by
from septet.files.encodings import as_python_names, eight_bit, is_for_files
from septet.files.header_cells import value_among
from septet.files.kinds import what_is_no_text
from septet.files.watches import Watch
from septet.files.workbooks.cells import cell_text
from septet.files.workbooks.workbooks import Sheet, is_workbook, read_sheet
from septet.wording.extras import Needed

from .input import STANDARD_INPUT, UsageError

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_BLOCK = 1 << 20


class Table(NamedTuple):
    """A CSV file that is being read."""

    header: list[str]
    #: Each record after the header, with the line where it begins.
    records: Iterator[tuple[int, list[str]]]
    delimiter: str
    encoding: str
    #: In bytes.
    size: int
    file: BinaryIO | Walk
    #: The watch on whether the file has changed.
    watch: Watch
    #: The cells that hold an error of a sheet, by their lines and their places in a record.
    errors: Mapping[tuple[int, int], str] = {}

    def read_so_far(self) -> int:
        """How many bytes have been read; rows are a little behind."""
        return self.file.tell()


@contextmanager
def open_table(
    path: str,
    encoding: str | None,
    delimiter: str | None,
    known: Sequence[str],
    header_line: int | None = None,
    sheet: str | None = None,
) -> Iterator[Table]:
    """A CSV file or a spreadsheet by its path, or ``-`` for standard input. Raises `UsageError`.

    `known` are names of columns: the delimiter that shows most of them is used. `header_line` is the
    line that holds the names; with 0 there is none, and the columns are named 1, 2, 3 and so on. `sheet` is
    the name or the number of a spreadsheet's.
    """
    where = "standard input" if path == STANDARD_INPUT else path
    try:
        with _opened(path) as file:
            watch = Watch(file, where)
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
            start = file.read(16)
            if is_workbook(start):
                file.seek(0)
                yield _of_a_sheet(file, where, sheet, header_line, watch)
                return
            if sheet is not None:
                raise UsageError(f"--sheet: {where} is not a spreadsheet")
            if no_text := what_is_no_text(start):
                raise UsageError(f"{where}: expected CSV, found {no_text}")
            file.seek(0)
            charset = _charset(encoding) or _detected(file)
            if (fault := _fault(file, charset)) is not None:
                line, byte = fault
                raise UsageError(
                    f"{where}, line {line}: byte 0x{byte:02X} is not {charset.removesuffix('-sig')}; "
                    "say how it is encoded with --file-encoding"
                )
            file.seek(0)
            with decoded(file, charset) as lines:
                first = next(lines, "")
                declared = declared_in(first)
                skipped = 1 if declared else 0
                for _ in range((header_line or 1 + skipped) - 1):
                    first = next(lines, "")
                chosen = _delimiter(delimiter) or (
                    declared.delimiter if declared else _found_delimiter(first, known)
                )
            file.seek(0)
            with decoded(file, charset) as lines:
                skipped = max(skipped, (header_line or 1) - 1)
                for _ in range(skipped):
                    next(lines, "")
                found = records(lines, chosen, where, skipped)
                header, rows = _header(found, header_line, where)
                yield Table(header, rows, chosen, charset, size, file, watch)
    except (FileError, OptionError) as error:
        raise UsageError(str(error)) from None


class SheetNumber(str):
    """A number of a sheet, which has no first 0, even if its format shows one."""

    __slots__ = ()


class Walk:
    """Counts how many rows of a sheet were given."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._line = sheet.row

    def records(self) -> Iterator[tuple[int, list[str]]]:
        errors: dict[int, list[tuple[int, str]]] = {}
        for (row, column), error in self._sheet.marks.errors.items():
            errors.setdefault(row + 1, []).append((column - self._sheet.column, error))
        for line, cells in enumerate(self._sheet.rows, self._sheet.row + 1):
            self._line = line
            for place, error in errors.get(line, ()):
                if 0 <= place < len(cells):
                    cells[place] = error
            texts = [
                cell_text(cell)
                if isinstance(cell, (str, bool)) or not isinstance(cell, (float, int))
                else SheetNumber(cell_text(cell))
                for cell in cells
            ]
            if any(texts):
                yield line, texts

    def tell(self) -> int:
        """As a file has it, in rows."""
        return self._line - self._sheet.row


def _of_a_sheet(
    file: BinaryIO, where: str, sheet: str | None, header_line: int | None, watch: Watch
) -> Table:
    with Needed("reading a spreadsheet", "campaign", "python_calamine", "defusedxml"):
        found = read_sheet(file, where, sheet)
    walk = Walk(found)
    above = max(0, (header_line or 1) - 1)
    header, rows = _header(((n, r) for n, r in walk.records() if n > above), header_line, where)
    errors = {(row + 1, column - found.column): text for (row, column), text in found.marks.errors.items()}
    # A name may be missing above cells that are not read.
    header += [f"column {place + 1}" for place in range(len(header), found.width)]
    return Table(header, rows, OF_SPREADSHEETS[0], "utf-8", found.height, walk, watch, errors)


def _header(
    found: Iterator[tuple[int, list[str]]], header_line: int | None, where: str
) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The names of the columns, without empty ones at the end, and the records after them."""
    line, header = next(found, (1, []))
    while header_line is None and header and not any(header):
        line, header = next(found, (1, []))
    if not header:
        raise UsageError(f"{where} is empty: expected a header with the names of the columns")
    if header_line == 0:
        return [str(place) for place in range(1, len(header) + 1)], chain([(line, header)], found)
    if fault := value_among(header, known=True):
        raise UsageError(f"{where}, line {line} {fault}")
    names = [name.strip() for name in header]
    while names and not names[-1]:
        names.pop()
    return names, found


def columns(header: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The places of the columns that hold each content, by the names that each may have.

    Case and accents do not matter: `Numéro` is `numero`. Where only one name may be meant, the column with
    the same spelling comes before others. Raises ValueError where two columns are named alike.
    """
    places: dict[str, int] = {}
    for content, names in wanted.items():
        if len(names) == 1:
            found = places_of(names[0], header)
        else:
            alike = {without_accents(name) for name in names}
            found = [place for place, name in enumerate(header) if without_accents(name) in alike]
        if len(found) > 1:
            both = " and ".join(header[place] for place in found)
            raise ValueError(f"the columns {both} both hold the {content}: expected one")
        if found:
            places[content] = found[0]
    return places


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    """A file that can be read more than once: any other is copied first."""
    import shutil
    import tempfile

    try:
        if path == STANDARD_INPUT:
            if sys.stdin is None:
                raise UsageError("standard input is closed: give the name of a file")
            source: BinaryIO = sys.stdin.buffer
        else:
            source = open(path, "rb")  # noqa: SIM115  # closed below, standard input is not
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"{path} cannot be read: {reason}") from None
    try:
        if path != STANDARD_INPUT and stat.S_ISREG(os.fstat(source.fileno()).st_mode):
            yield source
            return
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(source, copy, _BLOCK)
            copy.flush()
            yield copy
    finally:
        if path != STANDARD_INPUT:
            source.close()


def _charset(name: str | None) -> str | None:
    if name is None:
        return None
    name = as_python_names(name)
    try:
        found = codecs.lookup(name).name
        "".encode(name)  # refuses codecs that are not between text and bytes, such as rot13
        usable = is_for_files(name)
    except (LookupError, ValueError):
        usable = False
    if not usable:
        raise UsageError(
            f"--file-encoding: {name!r} is not a known encoding: expected, say, utf-8, cp1252 or iso-8859-15"
        )
    return "utf-8-sig" if found == "utf-8" else found  # a byte order mark is not part of the header


def _detected(file: BinaryIO) -> str:
    """UTF-8 or UTF-16 by its mark, UTF-8 where the whole file is, otherwise the encoding that explains its
    beginning."""
    beginning = file.read(len(codecs.BOM_UTF8))
    for mark, charset in _MARKS:
        if beginning.startswith(mark):
            return charset
    if _fault(file, "utf-8") is None:
        return "utf-8"
    file.seek(0)
    return eight_bit(file.read(_BLOCK))


def _fault(file: BinaryIO, charset: str) -> tuple[int, int] | None:
    """The line and the first byte that is not in a charset; None where the whole file is."""
    decoder = codecs.getincrementaldecoder(charset)()
    line = 1
    file.seek(0)
    try:
        while block := file.read(_BLOCK):
            decoder.decode(block)
            line += block.count(b"\n")
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return line + error.object.count(b"\n", 0, error.start), error.object[error.start]
    return None


def _delimiter(given: str | None) -> str | None:
    if given is None:
        return None
    meant = meant_by(given)
    if not can_part(meant):
        raise UsageError(
            f"--delimiter: expected one character such as ; or , or the word tab, found {given!r}"
        )
    return meant


def _found_delimiter(first_line: str, known: Sequence[str]) -> str:
    """The delimiter with which the first line has the most known names, then the most fields."""
    names = {without_accents(name) for name in known}

    def look(delimiter: str) -> Look:
        fields = next(csv.reader([first_line], delimiter=delimiter), [])
        return Look.of(sum(without_accents(field) in names for field in fields), [len(fields)])

    return likeliest(OF_SPREADSHEETS, look) or OF_SPREADSHEETS[0]
