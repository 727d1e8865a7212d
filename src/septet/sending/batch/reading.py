"""Reading batch files: the rows of a file as its vendor reads them."""

from __future__ import annotations

import os
from contextlib import ExitStack

from septet.errors import BatchFileError, FileError
from septet.files.csv_records import decoded, records, wrong_number_of_fields
from septet.planning.suspicions import suspicion

from .rows import CONTENTS, BatchFault, BatchRow, batch_profile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

    from septet.vendors.profiles import Profile

    from .rows import OnFault

# The beginning of UTF-8's byte order mark in one-byte charsets; what follows it is then not a header.
_MARK = b"\xef\xbb\xbf"


def read_batch_file(
    path_or_file: str | os.PathLike[str] | BinaryIO,
    *,
    profile: str | os.PathLike[str] | Profile | None = None,
    on_fault: OnFault | None = None,
) -> Iterator[BatchRow]:
    """The rows of a batch file, one after the other, in the charset and form of the profile.

    The file is a path, or open for bytes; it is read when the first row is asked for. `on_fault`
    is called with each row that has a problem: one with too many or too few fields is left out, one that
    looks wrongly encoded is still among the rows. Without `on_fault` the first such row ends the reading
    with an error, or is a Python warning.

    Raises `BatchFileError`, a ValueError with the line, for a header that is not the vendor's and
    for unpaired quotation marks, OSError for a file that cannot be read.
    """
    found = batch_profile(profile)
    is_path = isinstance(path_or_file, (str, os.PathLike))
    if not is_path and not hasattr(path_or_file, "read"):
        raise TypeError(
            f"path_or_file: expected a path or a file open for bytes, found {type(path_or_file).__name__}"
        )
    return _rows(found, path_or_file, on_fault)


def _rows(
    profile: Profile, path_or_file: str | os.PathLike[str] | BinaryIO, on_fault: OnFault | None
) -> Iterator[BatchRow]:
    rule = profile.rule("batch")
    names = [column["name"] for column in rule["columns"]]
    contents = [column["holds"] for column in rule["columns"]]
    taken_for = str.maketrans(dict(rule["taken_for"]))
    with ExitStack() as stack:
        if isinstance(path_or_file, (str, os.PathLike)):
            where = os.fspath(path_or_file)
            file: BinaryIO = stack.enter_context(open(path_or_file, "rb"))
        else:
            where, file = str(getattr(path_or_file, "name", "the file")), path_or_file
            if not isinstance(file.read(0), bytes):
                raise TypeError(f"path_or_file: {where} is open for text, expected one open for bytes")
        lines = stack.enter_context(decoded(file, rule["charset"]))
        found = _records(lines, rule["delimiter"], where)
        _check_header(next(found, (1, []))[1], names, rule, where)
        warned = False
        for line, fields in found:
            if len(fields) != len(names):
                problem = wrong_number_of_fields(len(names), len(fields))
                if on_fault is None:
                    raise BatchFileError(problem.message, where, line)
                on_fault(BatchFault(line, tuple(fields), (problem,), True))
                continue
            held = dict(zip(contents, fields, strict=True))
            row = BatchRow(line, *(held.get(content, "").translate(taken_for) for content in CONTENTS))
            if suspected := suspicion(held["text"], rule["taken_for"]):
                if on_fault is not None:
                    on_fault(BatchFault(line, tuple(fields), (suspected,), False))
                elif not warned:
                    _warn(f"{where}, line {line}: {suspected.message}")
                    warned = True
            yield row


def _records(lines: Iterator[str], delimiter: str, where: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a file; where they end too soon, an error in the terms of batch files."""
    try:
        yield from records(lines, delimiter, where, strict=True)
    except FileError as error:
        raise BatchFileError(*error.args) from None


def _check_header(header: list[str], names: list[str], rule: dict[str, str], where: str) -> None:
    if header == names:
        return
    expected = rule["delimiter"].join(f'"{name}"' for name in names)
    seen = rule["delimiter"].join(header)
    reason = f"expected the header {expected}, found {seen[:60]!a}" if header else f"expected {expected}"
    if header and header[0].encode(rule["charset"], "replace").startswith(_MARK):
        reason += f" (it begins with UTF-8's byte order mark: expected {rule['charset']})"
    elif not header:
        reason += ", found an empty file"
    raise BatchFileError(reason, where, 1)


def _warn(message: str) -> None:
    import warnings

    warnings.warn(f"{message} Give on_fault to hear of every such row.", UserWarning, stacklevel=3)
