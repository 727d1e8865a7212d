"""JSON lines: one object per line, parsed by Arrow in blocks; line by line where it does not take one."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from septet import _kernel
from septet.campaign.pipelines import stop_if_cancelled
from septet.campaign.rejects import Reject, bad_octet, half_a_pair
from septet.campaign.tallies import Tally
from septet.errors import CampaignError
from septet.wording.messages import said
from septet.wording.quoting import printable

from .lines import Attempt, Block, LineFile, in_utf8, is_ascii, last_line_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from septet.campaign.estimators import Estimator, Outcome
    from septet.campaign.findings import Finding
    from septet.files.octets import Octets

_HALF_A_PAIR = re.compile("[\ud800-\udfff]")


class JsonLines(LineFile):
    """A file of JSON objects, one per line (NDJSON). Raises CampaignError where it cannot be one."""

    format = "ndjson"
    delimiter = None
    may_be_eight_bit = False  # RFC 8259, 8.1

    def __init__(self, octets: Octets, file_encoding: str | None = None) -> None:
        super().__init__(octets, file_encoding)
        start = self.sample.lstrip()
        if start[:1] == b"[":
            raise CampaignError(f"{self.name}: expected one JSON object per line, found a JSON array")
        if start and start[:1] != b"{":
            shown = printable(start[:40].decode("utf-8", "replace").partition("\n")[0])
            raise CampaignError(f"{self.name}: expected one JSON object per line, found {shown!r}")
        #: The fields of the first lines, in their order.
        self.columns = _names_in(self.sample)
        if start and not self.columns and start.split(b"\n", 1)[0].strip() == b"{":
            raise CampaignError(f"{self.name}: expected one JSON object per line, found one on several lines")

    def cut(self, octets: memoryview, closely: bool) -> int:
        """Behind the last line end: no string of JSON has one in it."""
        return last_line_end(octets, self.line_end)

    def parser(self, estimator: Estimator, whole_rows: bool) -> _Parser:
        """What measures the blocks of this file. Raises CampaignError for fields that no line has."""
        estimator.check(self.columns, self.name, whole_rows)
        return _Parser(self, estimator, whole_rows)


def _names_in(sample: bytes) -> tuple[str, ...]:
    """The names of the fields in the lines that are whole."""
    names: dict[str, None] = {}
    whole = sample if b"\n" not in sample else sample[: sample.rfind(b"\n")]
    for line in whole.split(b"\n"):
        try:
            # Python makes no int of thousands of digits; none is needed here.
            found = json.loads(line, parse_int=_Number, parse_float=_Number)
        except (ValueError, RecursionError):
            continue
        if isinstance(found, dict):
            names |= dict.fromkeys(found)
    return tuple(names)


def fields_of(line: bytes, names: Sequence[str]) -> list[str | None] | None:
    """What a JSON object holds under these names, as texts; None for what is none, or has others."""
    try:
        found = json.loads(line.decode(), parse_int=_Number, parse_float=_Number)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.keys() - set(names):
        return None
    return [
        value if value is None or isinstance(value, str) else _written(value)
        for value in (found.get(name) for name in names)
    ]


class _Parser:
    """Parses and measures blocks of one file."""

    def __init__(self, file: JsonLines, estimator: Estimator, whole_rows: bool) -> None:
        import pyarrow as pa
        import pyarrow.json

        self._json = pyarrow.json
        self._file = file
        self._estimator = estimator
        self._whole_rows = whole_rows
        #: Numbers stay as they are written, so that no digit of them is lost.
        self._read_here = set(needed := estimator.columns_among(file.columns))
        self._schema = pa.schema([(name, pa.string()) for name in (file.columns if whole_rows else needed)])

    def attempt(self, block: Block, encoding: str | None) -> Attempt:
        """Measures the lines of a block."""
        block = in_utf8(block, encoding, 0)
        octets = block.octets[: block.length]
        ascii_alone = self._file.is_ascii_so_far and is_ascii(octets)
        utf8 = ascii_alone or (self._file.file_encoding != "ascii" and _kernel.is_utf8(octets))
        batch = self._quickly(octets) if utf8 and not self._whole_rows and len(self._schema) else None
        if batch is None:
            outcome, rejects, found = self._slowly(block.plain)
        else:
            outcome, rejects = self._estimator.measure(batch), []
            if outcome.faults:
                lines = [(place, line) for place, line in enumerate(block.plain.split(b"\n")) if line.strip()]
                rejects = [
                    Reject(lines[fault.row][0], fault.code, fault.reason, lines[fault.row][1].rstrip(b"\r"))
                    for fault in outcome.faults
                ]
            found = _on_their_lines(octets, outcome)
        count = _kernel.count_octet(octets, ord("\n"))
        return Attempt(outcome, rejects, count, b"", ascii_alone, utf8, encoding, found)

    def _quickly(self, octets: memoryview) -> pa.RecordBatch | None:
        """The rows of a block as Arrow reads them, or None where it does not."""
        import pyarrow as pa

        try:
            table = self._json.read_json(
                pa.BufferReader(pa.py_buffer(octets)),
                read_options=self._json.ReadOptions(use_threads=False, block_size=len(octets) + 1),
                parse_options=self._json.ParseOptions(
                    explicit_schema=self._schema, unexpected_field_behavior="ignore"
                ),
            )
        except pa.ArrowInvalid:
            return None
        return pa.RecordBatch.from_arrays(
            [table.column(name).combine_chunks() for name in self._schema.names], schema=self._schema
        )

    def _slowly(self, block: bytes) -> tuple[Outcome, list[Reject], list[Finding]]:
        """The same line by line: what is broken is rejected, and the rest measured."""
        import pyarrow as pa

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
        columns = [pa.array([row.get(name) for row in rows], pa.string()) for name in self._schema.names]
        if columns:
            batch = pa.RecordBatch.from_arrays(columns, schema=self._schema)
        else:
            batch = pa.RecordBatch.from_arrays([pa.nulls(len(rows))], [""])
        outcome = self._estimator.measure(batch, self._whole_rows)
        outcome = outcome._replace(tally=outcome.tally + Tally(broken))
        for fault in outcome.faults:
            number, line = places[fault.row]
            rejects.append(Reject(number, fault.code, fault.reason, line))
        shown = [finding._replace(line=places[finding.line][0]) for finding in outcome.findings]
        return outcome, sorted(rejects), shown

    def _read(self, line: bytes) -> dict[str, str | None] | tuple[str, str]:
        """The fields of a line as texts, or the code and the reason why it has none."""
        try:
            text = line.decode(self._file.octet_encoding)
        except UnicodeDecodeError as error:
            octet, place = line[error.start], error.start + 1
            return "bad-bytes", bad_octet(octet, place, self._file.file_encoding)
        try:
            found = json.loads(text, parse_int=_Number, parse_float=_Number, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            return "not-json", said("it is no JSON object: %(reason)s", reason=printable(str(error), 80))
        if not isinstance(found, dict):
            return "not-json", said("it is no JSON object")
        row: dict[str, str | None] = {}
        for name, value in found.items():
            if name not in self._schema.names:
                if self._whole_rows:
                    unknown = said(
                        'the field "%(field)s" is in none of the first lines', field=printable(name)
                    )
                    return "unknown-field", unknown
                continue
            if isinstance(value, str):
                try:
                    value.encode("utf-8")
                except UnicodeEncodeError:
                    return "bad-bytes", half_a_pair(printable(name))
            elif isinstance(value, _Number):
                value = value.text
            elif value is not None and (self._whole_rows and name not in self._read_here):
                try:
                    value = _written(value)
                except RecursionError:
                    return "not-json", said(
                        'the field "%(field)s" is nested too deeply', field=printable(name)
                    )
            elif value is not None:
                return "not-text", said('the field "%(field)s" is no text', field=printable(name))
            row[name] = value
        return row


class _Number:
    """A number as it is written."""

    def __init__(self, text: str) -> None:
        self.text = text


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no number in JSON")


def _written(value: Any) -> str:
    """A value as JSON again, its numbers as they are written: no digit of them is lost."""
    if isinstance(value, _Number):
        return value.text
    if isinstance(value, list):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_written(name)}: {_written(one)}' for name, one in value.items())}}}"
    text = json.dumps(value, ensure_ascii=False)
    # Half a surrogate pair has no UTF-8: it stays an escape.
    return json.dumps(value) if _HALF_A_PAIR.search(text) else text


def _on_their_lines(octets: memoryview, outcome: Outcome) -> list[Finding]:
    """The findings of a block, with the lines of their rows: empty lines are none."""
    if not outcome.findings:
        return []
    lines = [place for place, line in enumerate(bytes(octets).split(b"\n")) if line.strip()]
    return [finding._replace(line=lines[finding.line]) for finding in outcome.findings]
