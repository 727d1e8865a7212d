"""Sheets of old workbooks (.xls; MS-XLS, in the container of MS-CFB): the cells that hold an error.

The stream of the workbook is a sequence of records; an error is in a BOOLERR, or in the result of a FORMULA.
"""

from __future__ import annotations

import re
import struct

from .marks import Marks, damaged

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: The stream of a password-locked Office Open XML workbook (MS-OFFCRYPTO, 2.3.4.4).
LOCKED = "EncryptedPackage".encode("utf-16-le")

# MS-XLS, 2.5.10.
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
_FORMULA, _END, _SHEET, _BOOLEAN_OR_ERROR, _BEGIN = 0x0006, 0x000A, 0x0085, 0x0205, 0x0809
# The beginning of a BOOLERR, and the end of a FORMULA's result that is not a number.
_BOOLEAN_OR_ERROR_BEGINS, _NO_NUMBER = b"\x05\x02\x08\x00", re.compile(rb"\xff\xff")
# MS-CFB, 2.1: marks of the end of a chain, and beyond the last sector.
_LAST = 0xFFFFFFFA


def is_locked(octets: bytes) -> bool:
    """Whether the container holds a locked modern workbook; for an old one its reader tells."""
    return LOCKED in octets


def marks_in(octets: bytes, sheet: str, where: str) -> Marks:
    """The marks of a sheet by its name. Raises FileError for a container that is damaged."""
    try:
        stream = _stream(octets)
        if not _may_hold_errors(stream):
            return Marks()
        errors = {}
        for kind, start, _ in _records(stream, _beginning(stream, sheet)):
            if kind == _BOOLEAN_OR_ERROR and stream[start + 7]:
                code = stream[start + 6]
            elif (
                kind == _FORMULA and stream[start + 12 : start + 14] == b"\xff\xff" and stream[start + 6] == 2
            ):
                code = stream[start + 8]
            else:
                continue
            row, column = struct.unpack_from("<HH", stream, start)
            errors[row, column] = _ERRORS.get(code, "#ERROR")
        return Marks(errors)
    except (struct.error, IndexError, ValueError):
        raise damaged(where) from None


def _may_hold_errors(stream: bytes) -> bool:
    """Whether the records have to be read: most workbooks have no error."""
    return _BOOLEAN_OR_ERROR_BEGINS in stream or any(
        stream[place - 6] == 2 and stream[place - 16 : place - 14] == b"\x06\x00"
        for place in (found.start() for found in _NO_NUMBER.finditer(stream, 16))
    )


def _records(stream: bytes, place: int) -> Iterator[tuple[int, int, int]]:
    """The kind of each record of a substream, and where its content begins and ends."""
    depth = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield kind, place + 4, place + 4 + length
        place += 4 + length
        depth += (kind == _BEGIN) - (kind == _END)  # a chart is a nested substream
        if not depth:
            return


def _beginning(stream: bytes, sheet: str) -> int:
    """The beginning of a sheet's substream."""
    for kind, start, _ in _records(stream, 0):
        if kind == _SHEET:
            place, _, count, is_wide = struct.unpack_from("<IHBB", stream, start)
            name = stream[start + 8 : start + 8 + count * (1 + (is_wide & 1))]
            if name.decode("utf-16-le" if is_wide & 1 else "latin-1") == sheet:
                return int(place)
    raise ValueError(sheet)


def _stream(octets: bytes) -> bytes:
    """The workbook's stream: in sectors that a table chains, small ones in sectors of sectors."""
    size = 1 << struct.unpack_from("<H", octets, 30)[0]
    small = 1 << struct.unpack_from("<H", octets, 32)[0]
    directory, _, cutoff, small_table, _, more, _ = struct.unpack_from("<7I", octets, 48)
    tables = list(struct.unpack_from("<109I", octets, 76))
    seen = 0
    while more < _LAST and seen < len(octets) // size:
        *several, more = struct.unpack_from(f"<{size // 4}I", octets, (more + 1) * size)
        tables += several
        seen += 1
    chain: list[int] = []
    for table in tables:
        if table < _LAST:
            chain += struct.unpack_from(f"<{size // 4}I", octets, (table + 1) * size)

    def content(first: int) -> bytes:
        return b"".join(octets[(s + 1) * size : (s + 2) * size] for s in _chained(first, chain))

    entries = content(directory)
    root = entries[:128]
    for start in range(0, len(entries) - 127, 128):
        entry = entries[start : start + 128]
        name = entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")
        if name not in ("Workbook", "Book"):
            continue
        first, length = struct.unpack_from("<II", entry, 116)
        if length >= cutoff:
            return content(first)[:length]
        held = content(struct.unpack_from("<I", root, 116)[0])
        octets_of_table = content(small_table)
        links = list(struct.unpack_from(f"<{len(octets_of_table) // 4}I", octets_of_table))
        return b"".join(held[s * small : (s + 1) * small] for s in _chained(first, links))[:length]
    raise ValueError("no workbook is in it")


def _chained(first: int, links: list[int]) -> list[int]:
    """The sectors of a chain. Raises ValueError where it has no end."""
    found = []
    while first < _LAST:
        found.append(first)
        if len(found) > len(links):
            raise ValueError("a chain of sectors has no end")
        first = links[first]
    return found
