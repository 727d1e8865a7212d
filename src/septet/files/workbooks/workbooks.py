"""Workbooks: the sheets of a spreadsheet's file, read by python-calamine (extra `campaign`).

Files that this library cannot read, or that would end the process (a password, damage, a sheet of only
empty cells), are refused in one line before it is called.
"""

from __future__ import annotations

import io
import os
import zipfile
from itertools import chain, islice
from typing import NamedTuple

from septet.errors import FileError, OptionError
from septet.wording.extras import Needed
from septet.wording.quoting import nearest, printable

from . import biff, ooxml, opendocument
from .marks import MOST_OCTETS, Marks, damaged, too_large

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, BinaryIO

#: The endings of names of spreadsheets, and the kind of each.
ENDINGS = {".xlsx": "xlsx", ".xlsm": "xlsx", ".ods": "ods", ".xls": "xls"}
KINDS = ("xlsx", "ods", "xls")
_ZIP = b"PK\x03\x04"
_PASSWORD = "a password locks it: save it without one"


class Sheet(NamedTuple):
    """One sheet: its cells from the first used one to the last, in rows of equal length."""

    #: ``"xlsx"``, ``"ods"`` or ``"xls"``.
    kind: str
    name: str
    #: The sheets of the workbook that hold anything, as far as known without reading them.
    names: tuple[str, ...]
    #: The row and the column of its first cell, from 0.
    row: int
    column: int
    width: int
    height: int
    #: Each cell as a text, a number, a day, a time or a boolean; "" where it is empty or holds an error.
    rows: Iterator[list[Any]]
    marks: Marks


def is_workbook(start: bytes) -> bool:
    """Whether a file with this beginning may be a spreadsheet."""
    return start.startswith((_ZIP, biff.MAGIC))


def read_sheet(source: str | os.PathLike[str] | BinaryIO, where: str, sheet: str | None = None) -> Sheet:
    """A sheet by its name or its number, counted from 1; by default, the first that holds anything.

    `where` is the name of the file in messages. Raises FileError in one line for anything but a
    spreadsheet, and OptionError for a missing sheet.
    """
    with Needed("reading a spreadsheet", "campaign", "python_calamine"):
        import python_calamine as calamine
    octets = _octets(source, where)
    archive = _archive(octets, where)
    kind = _kind(octets, archive, where)
    known = opendocument.marks_of_sheets(archive, where) if archive and kind == "ods" else {}
    try:
        workbook = calamine.load_workbook(io.BytesIO(octets))
        all_of_it = workbook.sheets_metadata
        usable = [one.name for one in all_of_it if one.typ == calamine.SheetTypeEnum.WorkSheet]
        seen = [
            one.name
            for one in all_of_it
            if one.name in usable and one.visible == calamine.SheetVisibleEnum.Visible
        ]
        wanted = [_named(sheet, usable, where)] if sheet is not None else seen or usable
        for name in wanted:
            if kind == "ods":
                marks = known.get(name, Marks())
            else:
                marks = (
                    ooxml.marks_in(archive, name, where) if archive else biff.marks_in(octets, name, where)
                )
            found = workbook.get_sheet_by_name(name)
            if found.start is not None or name == wanted[-1]:
                return _sheet(kind, found, name, tuple(seen or usable), marks)
    except (FileError, OptionError):
        raise
    except calamine.PasswordError:
        raise FileError(_PASSWORD, where) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise damaged(where) from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the form in which Rust's own panics arrive
            raise
        raise damaged(where) from None
    raise FileError("it has no sheet of cells", where)


def _sheet(kind: str, found: Any, name: str, names: tuple[str, ...], marks: Marks) -> Sheet:
    if found.start is None:
        return Sheet(kind, name, names, 0, 0, 0, 0, iter(()), marks)
    (row, column), (last, _) = found.start, found.end
    rows: Iterator[list[Any]] = islice(found.iter_rows(), row, None)
    if marks.texts:
        rows = _with_texts(rows, row, column, marks)
    return Sheet(kind, name, names, row, column, found.width, last - row + 1, rows, marks)


def _with_texts(rows: Iterator[list[Any]], row: int, column: int, marks: Marks) -> Iterator[list[Any]]:
    """The rows with the line breaks that their reader left out."""
    by_row: dict[int, dict[int, str]] = {}
    for (at, place), text in marks.texts.items():
        by_row.setdefault(at, {})[place] = text
    for number, cells in enumerate(rows, row):
        for place, text in by_row.get(number, {}).items():
            cells[place - column] = text
        yield cells


def _octets(source: str | os.PathLike[str] | BinaryIO, where: str) -> bytes:
    try:
        if isinstance(source, (str, os.PathLike)):
            with open(source, "rb") as file:
                octets = file.read(MOST_OCTETS + 1)
        else:
            pieces = iter(lambda: source.read(1 << 20), b"")
            octets = b"".join(islice(pieces, (MOST_OCTETS >> 20) + 1))
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else printable(str(error), 120)
        raise FileError(f"it cannot be read: {why}", where) from None
    if len(octets) > MOST_OCTETS:
        raise too_large(where)
    return octets


def _archive(octets: bytes, where: str) -> zipfile.ZipFile | None:
    if not octets.startswith(_ZIP):
        return None
    try:
        archive = zipfile.ZipFile(io.BytesIO(octets))
        sizes = sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise damaged(where) from None
    if sizes > 2 * MOST_OCTETS:
        raise too_large(where)
    return archive


def _kind(octets: bytes, archive: zipfile.ZipFile | None, where: str) -> str:
    """The kind of a file by its content. Raises FileError for anything but a readable spreadsheet."""
    if archive is None:
        if not octets.startswith(biff.MAGIC):
            raise FileError("expected a spreadsheet, found none: name it as what it is, such as .csv", where)
        if biff.is_locked(octets):
            raise FileError(_PASSWORD, where)
        return "xls"
    names = archive.namelist()
    if ooxml.WORKBOOK in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise FileError("it is a binary workbook (.xlsb): save it as .xlsx", where)
    if opendocument.CONTENT in names and "mimetype" in names:
        mime_type = b"".join(chain(ooxml.parts(archive, "mimetype", where)))
        if mime_type.strip() == opendocument.MIME_TYPE:
            if opendocument.is_locked(archive, where):
                raise FileError(_PASSWORD, where)
            return "ods"
    raise FileError("it is an archive and no spreadsheet: unpack it", where)


def _named(sheet: str, names: list[str], where: str) -> str:
    """The sheet of this name or number."""
    if sheet in names:
        return sheet
    if found := [name for name in names if name.casefold().strip() == sheet.casefold().strip()]:
        return found[0]
    if sheet.isdecimal() and 1 <= int(sheet) <= len(names):
        return names[int(sheet) - 1]
    shown = ", ".join(repr(printable(name)) for name in names)
    message = f"sheet: {where} has none named {printable(sheet)!r}{nearest(sheet, names)}: it has {shown}"
    raise OptionError(message, "sheet", tuple(names))
