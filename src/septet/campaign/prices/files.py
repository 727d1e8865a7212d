"""The files that price lists come in, TOML and CSV: read into entries, each fault with its place."""

from __future__ import annotations

import csv
import io
import os
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from septet.errors import CampaignError
from septet.wording.quoting import nearest, printable

from .entries import KEYS, Entry, entry

_TOP = ("currency", "prices")
_NEEDED = ("destination", "price")


def entries(path: str | os.PathLike[str]) -> list[Entry]:
    """The entries of a file, TOML where its name ends so, otherwise CSV. Raises CampaignError."""
    name = os.fspath(path)
    try:
        with open(path, "rb") as file:
            content = file.read()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CampaignError(f"{name}: the price list cannot be read: {reason}") from None
    text = _text(content)
    read = _toml if name.lower().endswith(".toml") else _csv
    found = []
    first: dict[tuple[str, Any], str] = {}
    for where, row, currency in read(text, name):
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


def _text(content: bytes) -> str:
    """UTF-8, otherwise Windows-1252, which has a character for nearly every byte."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
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
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    # A quoted cell may hold line breaks, which the reader has to see.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip().lower() for cell in next(reader, [])]
        _check_header(header, name)
        for row in reader:
            where = f"{name}: line {reader.line_num}"
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(header):
                raise CampaignError(f"{where}: expected {len(header)} cells, found {len(row)}")
            yield where, dict(zip(header, row, strict=True)), None
    except csv.Error as error:
        raise CampaignError(f"{name}: line {reader.line_num}: expected CSV: {error}") from None


def _check_header(header: list[str], name: str) -> None:
    for column in header:
        if column not in KEYS:
            raise CampaignError(
                f"{name}: line 1: {printable(column)!r} is no column of a price list"
                f"{nearest(column, list(KEYS))}: expected {', '.join(KEYS)}"
            )
    for column in (*_NEEDED, "currency"):
        if column not in header:
            raise CampaignError(f"{name}: line 1: expected a column named {column}, found none")
    if len(set(header)) < len(header):
        raise CampaignError(f"{name}: line 1: expected each column once")
