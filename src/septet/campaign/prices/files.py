"""The files that price lists come in, TOML and CSV: read into entries, each fault with its place."""

from __future__ import annotations

import io
import os
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from septet.errors import CampaignError, FileError, shown_path
from septet.files.column_names import plain
from septet.files.csv_records import records
from septet.files.delimiters import declared_in
from septet.files.encodings import found_in
from septet.files.kinds import what_is_no_text
from septet.files.workbooks.cells import cell_text
from septet.files.workbooks.workbooks import is_workbook, read_sheet
from septet.wording.quoting import nearest, printable

from .entries import KEYS, Entry, entry

_TOP = ("currency", "prices")
_NEEDED = ("destination", "price")
# The names that French vendors give the columns of their lists.
_IN_FRENCH = {
    "pays": "destination",
    "indicatif": "destination",
    "préfixe": "destination",
    "prix": "price",
    "tarif": "price",
    "devise": "currency",
    "à partir du": "from",
    "depuis": "from",
    "date": "from",
}


def entries(path: str | os.PathLike[str]) -> list[Entry]:
    """The entries of a file, TOML where its name ends so, otherwise CSV. Raises CampaignError."""
    name = os.fspath(path)
    try:
        with open(path, "rb") as file:
            content = file.read()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CampaignError(f"{shown_path(name)}: the price list cannot be read: {reason}") from None
    found = []
    first: dict[tuple[str, Any], str] = {}
    for where, row, currency in _rows(content, name):
        one = entry(row, currency, where)
        key = one.destination, one.start
        if key in first:
            since = f" from {one.start}" if one.start else ""
            raise CampaignError(
                f"{where}: expected one price for {one.destination}{since}, found another at {first[key]}"
            )
        first[key] = where.removeprefix(f"{name}: ")
        found.append(one)
    if not found:
        raise CampaignError(f"{name}: expected a price list with one price at least, found none")
    return found


def _rows(content: bytes, name: str) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """The rows of a list, each with its place and the currency of all of them."""
    if is_workbook(content):
        yield from _under_header(_sheet(content, name), name, 1)
        return
    text = _text(content, name)
    yield from _toml(text, name) if name.lower().endswith(".toml") else _csv(text, name)


def _sheet(content: bytes, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a spreadsheet's first sheet, with their lines."""
    try:
        sheet = read_sheet(io.BytesIO(content), name)
    except FileError as error:
        raise CampaignError(str(error)) from None
    for row, column in sorted(sheet.marks.errors):
        raise CampaignError(f"{name}: line {row + 1}: cell {column + 1} holds an error: expected a value")
    for line, cells in enumerate(sheet.rows, sheet.row + 1):
        yield line, list(map(cell_text, cells))


def _text(content: bytes, name: str) -> str:
    """The text of a list, in its detected encoding."""
    if found := what_is_no_text(content):
        raise CampaignError(f"{name}: expected CSV or TOML, found {found}")
    try:
        return content.decode(found_in(content)).removeprefix("\ufeff")
    except UnicodeDecodeError:
        # This encoding has a character for nearly every octet.
        return content.decode("cp1252", "replace")


def _toml(text: str, name: str) -> Iterator[tuple[str, dict[str, Any], Any]]:
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise CampaignError(f"{name}: expected a price list in TOML: {error}") from None
    for key in document:
        if key not in _TOP:
            raise CampaignError(
                f"{name}: {printable(key)!r} is not known{nearest(key, list(_TOP))}: expected "
                "currency or [[prices]]"
            )
    prices = document.get("prices", [])
    if not isinstance(prices, list) or not all(isinstance(row, dict) for row in prices):
        raise CampaignError(f"{name}: prices: expected tables [[prices]]")
    for place, row in enumerate(prices, 1):
        yield f"{name}: prices, entry {place}", row, document.get("currency")


def _csv(text: str, name: str) -> Iterator[tuple[str, dict[str, Any], None]]:
    declared = declared_in(text)
    body = text[len(declared.line) :] if declared else text
    delimiter = declared.delimiter if declared else max(";,\t", key=body.partition("\n")[0].count)
    skipped = 1 if declared else 0
    # A quoted cell may hold line breaks, which the reader has to see.
    read = records(io.StringIO(body, newline=""), delimiter, name, skipped)
    try:
        yield from _under_header(read, name, 1 + skipped)
    except CampaignError:
        raise
    except FileError as error:
        raise CampaignError(f"{name}: line {error.line}: expected CSV: {error.reason}") from None


def _under_header(
    read: Iterator[tuple[int, list[str]]], name: str, begin: int
) -> Iterator[tuple[str, dict[str, Any], None]]:
    """The rows below the first, which names the columns."""
    first, names = next(read, (begin, []))
    header = [key_of(cell) for cell in names]
    _check_header(header, f"{name}: line {first}")
    for line, row in read:
        where = f"{name}: line {line}"
        if any(cell.strip() for cell in row):
            yield where, _entry_row(row, header, first, where), None


def _entry_row(row: list[str], header: list[str], header_line: int, where: str) -> dict[str, Any]:
    """The cells of a line by their columns, without the empty ones that spreadsheets leave behind."""
    surplus = [cell for cell in row[len(header) :] if cell.strip()]
    if surplus or (len(row) < len(header) and any(header[len(row) :])):
        raise CampaignError(f"{where}: expected {len(header)} cells, found {len(row)}")
    cells = list(zip(header, row, strict=False))
    if without := next((cell for key, cell in cells if not key and cell.strip()), None):
        raise CampaignError(
            f"{where}: expected a name in line {header_line} above {printable(without)!r}, found none"
        )
    return {key: cell for key, cell in cells if key}


def key_of(column: str) -> str:
    """The key of a column of a list, however people and spreadsheets write it."""
    bare = plain(column)
    return _IN_FRENCH.get(bare, bare)


def _check_header(header: list[str], where: str) -> None:
    for column in filter(None, header):
        if column not in KEYS:
            raise CampaignError(
                f"{where}: {printable(column)!r} is not a column of a price list"
                f"{nearest(column, list(KEYS))}: expected {', '.join(KEYS)}"
            )
    for column in (*_NEEDED, "currency"):
        if column not in header:
            raise CampaignError(f"{where}: expected a column named {column}, found none")
    named = list(filter(None, header))
    if len(set(named)) < len(named):
        raise CampaignError(f"{where}: expected each column once")
