"""Batch files: many messages, each with its own text, in the one file that a vendor takes."""

from __future__ import annotations

import csv
import errno
import io
import os
from collections.abc import Iterable
from typing import NamedTuple

from septet.files.whole_files import WholeFile
from septet.planning.option_names import check_names
from septet.sending.arguments import check_flag

from .checks import Checker
from .examination import examine
from .rows import batch_profile, numbered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import BinaryIO

    from typing_extensions import Unpack

    from septet.planning.option_types import Options
    from septet.vendors.profiles import Profile

    from .reports import BatchReport
    from .rows import BatchFault, BatchRow, OnFault, Row

_BLOCK = 1 << 20


def batch_file(
    rows: Iterable[Row],
    out: str | os.PathLike[str] | BinaryIO,
    *,
    profile: str | os.PathLike[str] | Profile | None = None,
    sender: str | None = None,
    skip_refused: bool = False,
    refuse_lossy: bool = False,
    numbering_plans: bool = True,
    on_fault: OnFault | None = None,
    **plan_options: Unpack[Options],
) -> BatchReport:
    """Writes a vendor's batch file: every row is planned, checked, and written as the phone will show it.

    A row is a mapping with `recipient`, `text` and `sender`, or the vendor's names for them, or a
    tuple of them in this order; the sender may be left out, and is then `sender`. Without a
    `country`, each recipient decides its own. `profile=None` is the one profile that has batch
    files. `plan_options` are those of `septet.plan`.

    The file is written whole or not at all: if one row is refused, it is not written, unless `skip_refused`
    writes the others. `out` is a path, whose file is replaced at the end, or a file
    open for bytes, which gets all of it at the end. `refuse_lossy` refuses rows that would lose
    characters; `numbering_plans=False` checks how numbers are written, not whether they exist.
    `on_fault` is called with each row that has problems, and the report then holds none of them.

    Raises TypeError and ValueError for wrong arguments and for invalid rows, OSError where the file cannot
    be written; nothing is then left of it.
    """
    check_names(plan_options, batch_file.__kwdefaults__)
    found = batch_profile(profile)
    for name, value in (
        ("skip_refused", skip_refused),
        ("refuse_lossy", refuse_lossy),
        ("numbering_plans", numbering_plans),
    ):
        check_flag(name, value)
    if isinstance(rows, (str, bytes)) or not isinstance(rows, Iterable):
        raise TypeError(f"rows: expected mappings or tuples, found {type(rows).__name__}")
    checker = Checker(found, sender, plan_options, refuse_lossy=refuse_lossy, numbering_plans=numbering_plans)
    given = numbered(found, rows)
    if isinstance(out, (str, os.PathLike)):
        with WholeFile(out) as place:
            report = write_rows(given, place.file, checker, skip_refused=skip_refused, on_fault=on_fault)
            if report.written:
                place.keep()
            return report
    _check_binary(out)
    import tempfile

    with tempfile.TemporaryFile() as spool:
        report = write_rows(given, spool, checker, skip_refused=skip_refused, on_fault=on_fault)
        if report.written:
            _copy(spool, out)
    return report


class _Encoded(NamedTuple):
    """The target of the csv module: a file of bytes, in the batch's charset."""

    file: BinaryIO
    charset: str

    def write(self, line: str) -> int:
        return self.file.write(line.encode(self.charset))


def write_rows(
    rows: Iterable[BatchRow | BatchFault],
    file: BinaryIO,
    checker: Checker,
    *,
    skip_refused: bool,
    on_fault: OnFault | None = None,
) -> BatchReport:
    """Writes rows as they come; `written` of the report tells whether the file may be kept."""
    rule = checker.rule
    # The example of the vendor's document quotes its header, too.
    writer = csv.writer(
        _Encoded(file, rule["charset"]),
        delimiter=rule["delimiter"],
        lineterminator=rule["line_end"],
        quoting=csv.QUOTE_ALL,
    )
    writer.writerow([column["name"] for column in rule["columns"]])
    return examine(rows, checker, writer.writerow, skip_refused=skip_refused, on_fault=on_fault)


def _check_binary(out: object) -> None:
    try:
        out.write(b"")  # type: ignore[attr-defined]
    except (AttributeError, TypeError):
        raise TypeError(
            f"out: expected a path or a file open for bytes, found {type(out).__name__}"
        ) from None


def _copy(source: BinaryIO, out: BinaryIO) -> None:
    source.seek(0)
    while block := source.read(_BLOCK):
        left = memoryview(block)
        while left:  # a file without a buffer may take less than it is given
            taken = out.write(left)
            if taken is None and isinstance(out, io.RawIOBase):
                raise BlockingIOError(
                    errno.EAGAIN, "out takes nothing more for now: expected one that blocks"
                )
            left = left[len(left) if taken is None else taken :]
