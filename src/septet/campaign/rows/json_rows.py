"""JSON objects as rows: their fields as texts, numbers with all their digits as written."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from septet.campaign.rejects import half_a_pair
from septet.planning.columns import made_of
from septet.wording.messages import said
from septet.wording.quoting import printable

if TYPE_CHECKING:
    from collections.abc import Set

    import pyarrow as pa

_HALF_A_PAIR = re.compile("[\ud800-\udfff]")


class Number:
    """A number as written."""

    def __init__(self, text: str) -> None:
        self.text = text


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is not a number in JSON")


#: Numbers stay as written, so that no digit is lost.
DECODER = json.JSONDecoder(parse_int=Number, parse_float=Number, parse_constant=_no_number)


def no_object(error: Exception) -> tuple[str, str]:
    """Why a text is not a row, where it is not JSON."""
    return "not-json", said("it is not a JSON object: %(reason)s", reason=printable(str(error), 80))


class RowReader:
    """Makes rows of JSON objects. `needed` are the names that must hold texts; `whole_rows` keeps all."""

    def __init__(self, names: Sequence[str], needed: Set[str], whole_rows: bool) -> None:
        self._names = list(names)
        self._read_here = needed
        self._whole_rows = whole_rows

    def row(self, found: Any) -> dict[str, str | None] | tuple[str, str]:
        """The fields of an object as texts, or the code and the reason why there are none."""
        if not isinstance(found, dict):
            return "not-json", said("it is not a JSON object")
        row: dict[str, str | None] = {}
        for name, value in found.items():
            if _HALF_A_PAIR.search(name):
                return "bad-bytes", said("the name of a field holds half a surrogate pair")
            if name not in self._names:
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
            elif isinstance(value, Number):
                value = value.text
            elif value is not None and (self._whole_rows and name not in self._read_here):
                try:
                    value = written(value)
                except RecursionError:
                    return "not-json", said(
                        'the field "%(field)s" is nested too deeply', field=printable(name)
                    )
            elif value is not None:
                return "not-text", said('the field "%(field)s" is not a text', field=printable(name))
            row[name] = value
        return row

    def batch(self, rows: Sequence[dict[str, str | None]]) -> pa.RecordBatch:
        """Rows as a batch, with a nameless column where no field is read."""
        import pyarrow as pa

        columns = [made_of([row.get(name) for row in rows], pa.string()) for name in self._names]
        if not columns:
            return pa.RecordBatch.from_arrays([pa.nulls(len(rows))], [""])
        return pa.RecordBatch.from_arrays(columns, self._names)


def names_of(found: dict[str, Any]) -> dict[str, None]:
    """The names of an object's fields that are texts, in their order."""
    return dict.fromkeys(name for name in found if not _HALF_A_PAIR.search(name))


def fields_of(line: bytes, names: Sequence[str]) -> list[str | None] | None:
    """The values of a JSON object under these names, as texts; None for anything else, or where there are
    other names."""
    try:
        found = DECODER.decode(line.decode().strip().removesuffix(","))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.keys() - set(names):
        return None
    return [
        value if value is None or isinstance(value, str) else written(value)
        for value in (found.get(name) for name in names)
    ]


def as_json(value: Any) -> bytes:
    """The text of a value in a `Reject`; octets that were not text stay unchanged."""
    try:
        return written(value).encode("utf-8", "surrogateescape")
    except (UnicodeEncodeError, RecursionError):
        return repr(value).encode("utf-8", "backslashreplace")


def written(value: Any) -> str:
    """A value as JSON again, its numbers as written: no digit is lost."""
    if isinstance(value, Number):
        return value.text
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{written(name)}: {written(one)}' for name, one in value.items())}}}"
    text = json.dumps(value, ensure_ascii=False)
    # Half a surrogate pair has no UTF-8 form: it stays an escape.
    return json.dumps(value) if _HALF_A_PAIR.search(text) else text
