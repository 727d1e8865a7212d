"""Files of rows, opened by the ending of their name, otherwise by their beginning."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from septet.errors import CampaignError, OptionError, shown
from septet.files import encodings
from septet.files.kinds import what_is_no_text
from septet.files.octets import Octets
from septet.files.watches import Watch
from septet.files.workbooks import workbooks

from .delimited import Delimited
from .json_documents import JsonDocument, is_document
from .json_lines import JsonLines
from .sheets import SheetRows
from .tables import Parquet

if TYPE_CHECKING:
    from septet.campaign.estimators import Estimator
    from septet.campaign.pipelines import Pool
    from septet.campaign.rejects import Part

FORMATS = ("csv", "ndjson", "parquet", *workbooks.KINDS)
#: The kind of file for the last ending of a name, without the ending of packed files.
ENDINGS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".json": "ndjson",
    ".parquet": "parquet",
    ".pq": "parquet",
    **workbooks.ENDINGS,
}
_PARQUET = b"PAR1"


class Rows(Protocol):
    """The methods of every kind of source."""

    name: str
    format: str
    delimiter: Any
    file_encoding: Any
    columns: tuple[str, ...]
    total: int | None

    def parts(self, pool: Pool, estimator: Estimator, whole_rows: bool) -> Iterator[Part]:
        """The rows, measured, in their order."""
        ...

    def close(self) -> None:
        """Closes what was opened."""
        ...


class Written(NamedTuple):
    """The given form of a file; what is None is detected."""

    format: str | None
    delimiter: str | None
    encoding: str | None
    #: Names that the rows should have, which helps detection.
    columns: Sequence[str]
    header_line: int | None
    sheet: str | None


def open_file(source: Any, written: Written) -> tuple[Rows, Watch]:
    """The rows of a file or a stream, by its name or its beginning, and the watch on it.

    Raises FileError, of which CampaignError is one, and OptionError for an option that does not fit the file.
    """
    watch = Watch(source, os.fspath(source) if isinstance(source, (str, os.PathLike)) else "the input")
    octets = Octets(source)
    try:
        start = octets.peek(16)
        kind = written.format or _kind(octets, start)
        if kind == "parquet":
            octets.close()
            if octets.packed or not isinstance(source, (str, os.PathLike)):
                raise CampaignError(
                    f"{octets.where}: Parquet is read from a file, not packed and not from a stream"
                )
            return Parquet(source), watch
        if kind in workbooks.KINDS:
            return _sheet(octets, source, written), watch
        if written.sheet is not None:
            message = f"sheet: {octets.where} is not a spreadsheet: expected {', '.join(workbooks.ENDINGS)}"
            raise OptionError(message, "sheet", tuple(workbooks.ENDINGS))
        _refuse(octets, start, kind)
        if kind == "ndjson" and is_document(_in_utf8(octets, written.encoding), tuple(written.columns)):
            return JsonDocument(octets, written.encoding), watch
        if kind == "ndjson":
            return JsonLines(octets, written.encoding), watch
        _, delimiter, encoding, columns, header_line, _ = written
        return Delimited(octets, delimiter, encoding, columns, header_line), watch
    except BaseException:
        octets.close()
        raise


def _kind(octets: Octets, start: bytes) -> str:
    """The kind of a file: by the ending of its name, otherwise by its beginning."""
    name = octets.name.lower()
    plain = name.removesuffix(".gz").removesuffix(".gzip")
    if plain != name and not octets.packed:
        raise CampaignError(f"{octets.where}: expected gzip data, found a file that is not packed")
    for ending, kind in ENDINGS.items():
        if plain.endswith(ending):
            if plain == name and octets.packed:
                raise CampaignError(f"{octets.where}: expected {kind.upper()}, found gzip data: name it .gz")
            return kind
    if start.startswith(_PARQUET):
        return "parquet"
    if workbooks.is_workbook(start):
        return "xlsx"  # or another of its family: the content tells which
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    return "ndjson" if re.match(rb"\{|\[\s*\{", text) else "csv"


def _refuse(octets: Octets, start: bytes, kind: str) -> None:
    """Raises CampaignError for a text file that is not text."""
    if found := what_is_no_text(start):
        raise CampaignError(f"{octets.where}: expected {kind.upper()}, found {found}")


def _in_utf8(octets: Octets, encoding: str | None) -> bytes:
    """The beginning of a file, in UTF-8."""
    sample = octets.peek()
    found = encoding or encodings.found_in(sample, may_be_eight_bit=False)
    try:
        return sample.decode(found, "replace").removeprefix("\ufeff").encode("utf-8", "replace")
    except UnicodeError:  # not an encoding of files; the error comes when the file is read
        return sample


def _sheet(octets: Octets, source: Any, written: Written) -> SheetRows:
    """The rows of a spreadsheet, which is read at once."""
    if octets.packed:
        raise CampaignError(f"{octets.where}: spreadsheets are packed already: unpack it")
    asked = octets.where, written.sheet, written.columns, written.header_line
    if isinstance(source, (str, os.PathLike)):
        octets.close()
        return SheetRows(source, *asked)
    with octets:
        return SheetRows(octets.reader(), *asked)


def checked_sheet(sheet: object) -> str | None:
    """The name of a sheet, or its number as written."""
    if sheet is None or (isinstance(sheet, str) and sheet):
        return sheet
    if isinstance(sheet, int) and not isinstance(sheet, bool) and sheet >= 1:
        return str(sheet)
    expected = "the name of a sheet, or its number from 1"
    message = f"sheet: expected {expected}, found {shown(sheet)}"
    if sheet == "" or (isinstance(sheet, int) and not isinstance(sheet, bool)):
        raise OptionError(message, "sheet", expected)
    raise TypeError(message)
