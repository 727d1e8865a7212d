"""JSON documents: a list of objects, by itself or within an object (``{"contacts": [{…}, …]}``).

They are read object by object, in memory that does not grow with the file. A document that is broken in its
middle is refused: after that place, the beginnings of objects are unknown.
"""

from __future__ import annotations

import codecs
import json
import re
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from septet.campaign.pieces import ROWS
from septet.campaign.rejects import Part, Reject
from septet.campaign.tallies import Tally
from septet.errors import CampaignError, shown
from septet.files import encodings
from septet.wording.quoting import printable

from .json_rows import DECODER, RowReader, as_json, names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from septet.campaign.estimators import Estimator, Outcome
    from septet.campaign.findings import Finding
    from septet.campaign.pipelines import Pool
    from septet.files.octets import Octets

_BLANKS = re.compile(r"[ \t\r\n]*")
_BLOCK = 1 << 18
_OPENS_LIST = re.compile(rb"\[\s*\{")
#: A value that is not complete within this many characters counts as broken.
_LONGEST = 1 << 24
#: The objects whose names are the columns.
_FIRST = 1000


def is_document(sample: bytes, wanted: tuple[str, ...]) -> bool:
    """Whether a file with this beginning is one document, and not one object per line."""
    start = sample.lstrip()
    if start[:1] != b"{":
        return start[:1] == b"["
    line, ended, rest = start.partition(b"\n")
    if not ended and len(sample) >= _BLOCK:  # one long line
        return _OPENS_LIST.search(start) is not None
    line = line.strip().removesuffix(b",")
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        if line.endswith(b"[") or (not rest.strip() and _OPENS_LIST.search(start)):
            return True
        return not line.endswith(b"}") and not rest.lstrip().startswith(b"{")
    if rest.strip() or not isinstance(found, dict) or set(wanted) & found.keys():
        return False
    return any(_is_list_of_objects(value) for value in found.values())


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


class JsonDocument:
    """The objects of a list in a JSON document. Raises CampaignError where there is none."""

    format = "ndjson"
    delimiter = None

    def __init__(self, octets: Octets, file_encoding: str | None = None) -> None:
        self.name = octets.where
        self.total = octets.total
        self._octets = octets
        sample = octets.peek()
        self.file_encoding = (
            encodings.in_its_order(file_encoding, sample, self.name)
            if file_encoding
            else encodings.found_in(sample, False)
        )
        errors = "surrogatepass" if self.file_encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
        self._decoder = codecs.getincrementaldecoder(self.file_encoding)(errors)
        self._text, self._place, self._line, self._ended = "", 0, 1, False
        self._in_a_line = self._has_begun = False
        self._numbers = count(1)
        self._find_list()
        self._head = list(islice(self._objects(), _FIRST))
        if not self._head:
            raise CampaignError(f"{self.name}: its list of objects is empty")
        #: Whether all objects are in one line, so that a row is named by its number.
        self._in_a_line = self._line == 1
        if self._in_a_line:
            self._head = [(number, found) for number, (_, found) in enumerate(self._head, 1)]
            self._numbers = count(len(self._head) + 1)
        names: dict[str, None] = {}
        for _, found in self._head:
            if isinstance(found, dict):
                names |= names_of(found)
        #: The fields of the first objects, in their order.
        self.columns = tuple(names)

    def parts(self, pool: Pool, estimator: Estimator, whole_rows: bool) -> Iterator[Part]:
        """The rows, measured, in their order."""
        estimator.check(self.columns, self.name, whole_rows)
        needed = estimator.columns_among(self.columns)
        reader = RowReader(self.columns if whole_rows else needed, set(needed), whole_rows)

        def work(piece: list[tuple[int, Any]]) -> tuple[Tally, list[Reject], Outcome, list[Finding]]:
            rows, places, rejects = [], [], []
            broken: dict[Any, int] = {}
            for line, found in piece:
                row = reader.row(found)
                if isinstance(row, dict):
                    rows.append(row)
                    places.append((line, found))
                else:
                    rejects.append(Reject(line, *row, as_json(found)))
                    broken["rejected", row[0]] = broken.get(("rejected", row[0]), 0) + 1
            outcome = estimator.measure(reader.batch(rows), whole_rows)
            for fault in outcome.faults:
                line, found = places[fault.row]
                rejects.append(Reject(line, fault.code, fault.reason, as_json(found)))
            shown = [one._replace(line=places[one.line][0]) for one in outcome.findings]
            return outcome.tally + Tally(broken), sorted(rejects), outcome, shown

        for _, future in pool.ahead(work, self._pieces()):
            tally, rejects, outcome, shown = future.result()
            yield Part(tally, rejects, outcome.batch, self._octets.done, shown, outcome.people)

    def _pieces(self) -> Iterator[list[tuple[int, Any]]]:
        head, self._head = self._head, []
        if head:
            yield head
        while piece := list(islice(self._objects(), ROWS)):
            yield piece

    def _find_list(self) -> None:
        """Goes to the first object of the list."""
        if self._next() == "{":
            self._place += 1
            while True:
                if self._next() != '"':
                    raise self._wrong("a list of objects")
                self._value()
                if self._next() != ":":
                    raise self._wrong('":"')
                self._place += 1
                if self._next() == "[" and self._opens_objects():
                    break
                self._value()
                if self._next() != ",":
                    raise self._wrong("a list of objects")
                self._place += 1
        elif self._next() != "[":
            raise self._wrong("a list of objects")
        self._place += 1

    def _opens_objects(self) -> bool:
        while True:
            found = _BLANKS.match(self._text, self._place + 1)
            assert found is not None
            if found.end() < len(self._text):
                return self._text[found.end()] == "{"
            if not self._more():
                return False

    def _objects(self) -> Iterator[tuple[int, Any]]:
        """Each element of the list with its line; nothing after the list is read."""
        while (sign := self._next()) and sign != "]":
            if sign == ",":
                self._place += 1
                continue
            line = next(self._numbers) if self._in_a_line else self._line
            yield line, self._value()
            if (sign := self._next()) not in (",", "]"):
                raise self._wrong('"," or "]"')
        if not sign:
            raise self._wrong('"]"')

    def _next(self) -> str:
        """The next character that is not a blank; "" at the end."""
        while True:
            found = _BLANKS.match(self._text, self._place)
            assert found is not None
            self._line += self._text.count("\n", self._place, found.end())
            self._place = found.end()
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._more():
                return ""

    def _value(self) -> Any:
        """The value that begins here."""
        while True:
            try:
                found, end = DECODER.raw_decode(self._text, self._place)
            except (ValueError, RecursionError) as error:
                told = error
            else:
                # A number may continue in the part that was not read yet.
                if end < len(self._text) or self._ended or not self._more():
                    self._line += self._text.count("\n", self._place, end)
                    self._place = end
                    return found
                continue
            # Reading on forgets what stands before the value, and with it the lines up to the fault.
            broken = self._broken(told)
            near_end = len(self._text) - getattr(told, "pos", len(self._text)) < 16
            if self._ended or len(self._text) - self._place > _LONGEST or not self._more():
                raise broken
            if not near_end and "Unterminated" not in str(told):
                raise broken

    def _more(self) -> bool:
        """Reads as much again as there is already, so that no text is scanned too often."""
        if self._ended:
            return False
        kept = self._text[self._place :]
        octets = self._octets.read_some(max(_BLOCK, len(kept)))
        self._ended = not octets
        try:
            more = self._decoder.decode(octets, self._ended)
            self._text = kept + (more if self._has_begun else more.removeprefix("\ufeff"))
            self._has_begun = True
        except UnicodeDecodeError as error:
            raise CampaignError(f"{self.name}: it is not {self.file_encoding}: {error.reason}") from None
        self._place = 0
        return True

    def _broken(self, error: Exception) -> CampaignError:
        line = self._line
        if isinstance(error, json.JSONDecodeError):
            line += self._text.count("\n", self._place, error.pos)
        return CampaignError(
            f"{self.name}: line {line}: expected JSON: {printable(getattr(error, 'msg', str(error)), 80)}"
        )

    def _wrong(self, expected: str) -> CampaignError:
        found = self._text[self._place : self._place + 40].partition("\n")[0]
        return CampaignError(f"{self.name}: line {self._line}: expected {expected}, found {shown(found)}")

    def close(self) -> None:
        """Closes the file."""
        self._octets.close()
