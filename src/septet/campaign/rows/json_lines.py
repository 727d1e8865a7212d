"""JSON lines: one object per line, parsed by Arrow in blocks; line by line where Arrow refuses a block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from septet import _kernel
from septet.campaign.pieces import in_pieces
from septet.campaign.pipelines import stop_if_cancelled
from septet.campaign.rejects import Reject, bad_octet
from septet.campaign.tallies import Tally
from septet.campaign.text_columns import in_one
from septet.errors import CampaignError, shown

from .json_rows import DECODER, RowReader, names_of, no_object
from .line_places import LinePlaces
from .lines import Attempt, Block, LineFile, in_utf8, is_ascii, last_line_end

if TYPE_CHECKING:
    import pyarrow as pa

    from septet.campaign.estimators import Estimator
    from septet.campaign.findings import Finding
    from septet.campaign.pieces import Pieces
    from septet.files.octets import Octets


class JsonLines(LineFile):
    """A file of JSON objects, one per line (NDJSON). Raises CampaignError where it cannot be one."""

    format = "ndjson"
    delimiter = None
    may_be_eight_bit = False  # RFC 8259, 8.1

    def __init__(self, octets: Octets, file_encoding: str | None = None) -> None:
        super().__init__(octets, file_encoding)
        start = self.sample.lstrip()
        if start and start[:1] != b"{":
            found = start[:40].decode("utf-8", "replace").partition("\n")[0].rstrip("\r")
            raise CampaignError(f"{self.name}: expected one JSON object per line, found {shown(found)}")
        #: The fields of the first lines, in their order.
        self.columns = _names_in(self.sample)

    def cut(self, octets: memoryview, closely: bool) -> int:
        """The place after the last line end: no JSON string contains one."""
        return last_line_end(octets, self.line_end)

    def parser(self, estimator: Estimator, whole_rows: bool) -> _Parser:
        """The parser of this file's blocks. Raises CampaignError for fields that no line has."""
        estimator.check(self.columns, self.name, whole_rows)
        return _Parser(self, estimator, whole_rows)


def _names_in(sample: bytes) -> tuple[str, ...]:
    """The names of the fields in complete lines."""
    names: dict[str, None] = {}
    whole = sample if b"\n" not in sample else sample[: sample.rfind(b"\n")]
    for line in whole.split(b"\n"):
        if not (line := line.strip()):
            continue
        try:
            # Python refuses to make an int of thousands of digits; none is needed here.
            found = DECODER.decode(line.removesuffix(b",").decode())
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict) and not found.keys() <= names.keys():
            names |= names_of(found)
    return tuple(names)


class _Parser:
    """Parses and measures blocks of one file."""

    def __init__(self, file: JsonLines, estimator: Estimator, whole_rows: bool) -> None:
        import pyarrow as pa
        import pyarrow.json

        self._json = pyarrow.json
        self._file = file
        self._estimator = estimator
        self._whole_rows = whole_rows
        needed = estimator.columns_among(file.columns)
        self._schema = pa.schema([(name, pa.string()) for name in (file.columns if whole_rows else needed)])
        self._reader = RowReader(self._schema.names, set(needed), whole_rows)

    def attempt(self, block: Block, encoding: str | None) -> Attempt:
        """Measures the lines of a block."""
        block = in_utf8(block, encoding, 0)
        octets = block.octets[: block.length]
        ascii_alone = self._file.is_ascii_so_far and is_ascii(octets)
        utf8 = ascii_alone or (self._file.file_encoding != "ascii" and _kernel.is_utf8(octets))
        batch, where = None, LinePlaces(octets)
        if utf8 and len(self._schema):
            batch = self._quickly(octets)
        # Arrow takes two objects in one line for two rows, and one in two lines for one.
        if batch is None or not where.are_rows(batch.num_rows):
            pieces, rejects, found = self._slowly(block.plain)
        else:
            pieces = in_pieces(self._estimator, batch, self._whole_rows)
            rejects = [
                Reject(where.number(fault.row), fault.code, fault.reason, where.line(fault.row))
                for fault in pieces.faults
            ]
            found = [finding._replace(line=where.number(finding.line)) for finding in pieces.findings]
        return Attempt(pieces.outcomes, rejects, where.line_feeds, b"", ascii_alone, utf8, encoding, found)

    def _quickly(self, octets: memoryview) -> pa.RecordBatch | None:
        """The rows of a block as Arrow reads them; None where it cannot."""
        import pyarrow as pa

        try:
            table = self._json.read_json(
                pa.BufferReader(pa.py_buffer(octets)),
                read_options=self._json.ReadOptions(use_threads=False, block_size=len(octets) + 1),
                parse_options=self._json.ParseOptions(
                    explicit_schema=self._schema,
                    # Otherwise a field that none of the first lines has would be lost.
                    unexpected_field_behavior="error" if self._whole_rows else "ignore",
                ),
            )
        except pa.ArrowInvalid:
            return None
        return pa.RecordBatch.from_arrays(
            [in_one(table.column(name)) for name in self._schema.names], schema=self._schema
        )

    def _slowly(self, block: bytes) -> tuple[Pieces, list[Reject], list[Finding]]:
        """The same line by line: broken lines are rejected, the others measured."""
        rows: list[dict[str, str | None]] = []
        places: list[tuple[int, bytes]] = []
        rejects: list[Reject] = []
        broken: dict[Any, int] = {}
        for number, line in enumerate(block.split(b"\n")):
            stop_if_cancelled()
            line = line.removesuffix(b"\r")
            if not line.strip():
                continue
            found = self._read(line)
            if isinstance(found, dict):
                rows.append(found)
                places.append((number, line))
            else:
                rejects.append(Reject(number, *found, line))
                broken["rejected", found[0]] = broken.get(("rejected", found[0]), 0) + 1
        pieces = in_pieces(self._estimator, self._reader.batch(rows), self._whole_rows)
        for fault in pieces.faults:
            number, line = places[fault.row]
            rejects.append(Reject(number, fault.code, fault.reason, line))
        shown = [finding._replace(line=places[finding.line][0]) for finding in pieces.findings]
        return pieces.and_counted(Tally(broken)), sorted(rejects), shown

    def _read(self, line: bytes) -> dict[str, str | None] | tuple[str, str]:
        """The fields of a line as texts, or the code and the reason why there are none."""
        try:
            text = line.decode(self._file.octet_encoding)
        except UnicodeDecodeError as error:
            octet, place = line[error.start], error.start + 1
            return "bad-bytes", bad_octet(octet, place, self._file.file_encoding)
        try:
            found = DECODER.decode(text.strip().removesuffix(","))
        except (ValueError, RecursionError) as error:
            return no_object(error)
        return self._reader.row(found)
