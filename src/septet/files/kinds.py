"""Kinds: the kind of a file that is not text, by its beginning."""

from __future__ import annotations

# Modern spreadsheets are ZIP archives.
_BEGINNINGS = (
    (b"PAR1", "a Parquet file"),
    (b"PK\x03\x04", "a spreadsheet or an archive: name a spreadsheet .xlsx or .ods, and unpack an archive"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet: name it .xls"),
    (b"BZh", "a file packed with bzip2: unpack it, or pack it with gzip"),
    (b"\xfd7zXZ\x00", "a file packed with xz: unpack it, or pack it with gzip"),
    (b"\x28\xb5\x2f\xfd", "a file packed with zstd: unpack it, or pack it with gzip"),
    (b"7z\xbc\xaf\x27\x1c", "an archive of 7-Zip: unpack it"),
    (b"%PDF-", "a PDF: save its table as CSV"),
)


def what_is_no_text(start: bytes) -> str | None:
    """The kind of a file with this beginning, and what to do about it; None where it may be text."""
    return next((found for beginning, found in _BEGINNINGS if start.startswith(beginning)), None)
