"""Cells: a batch of rows for CSV, where a spreadsheet must not take a text for a formula."""

from __future__ import annotations

import json
from typing import Any

from septet.campaign.rejects import readable
from septet.campaign.text_columns import column_of
from septet.files.spreadsheet_cells import APOSTROPHE, COULD_RUN, HARMLESS_FIRST, PLAIN_NUMBER


def as_cells(batch: Any) -> Any:
    """A RecordBatch for CSV: only plain types, and no text that a spreadsheet could run."""
    import pyarrow as pa

    columns = [_cells(pa, column) for column in batch.columns]
    names = guarded(pa.array(batch.schema.names, pa.string())).to_pylist()
    return pa.RecordBatch.from_arrays(columns, names=names)


def guarded(texts: Any) -> Any:
    """An array of strings of which a spreadsheet can run none: `guarded`, for a column."""
    import pyarrow as pa
    import pyarrow.compute as pc

    looked_at = _may_run(texts)
    if not looked_at.any():
        return texts
    # The pattern is slow, and few rows need it.
    mask = pa.array(looked_at)
    some = texts.filter(mask)
    runs = pc.and_not(pc.match_substring_regex(some, COULD_RUN), pc.match_substring_regex(some, PLAIN_NUMBER))
    if not pc.any(runs).as_py():
        return texts
    could_run = pc.replace_with_mask(mask, mask, runs)
    apostrophe = pc.cast(APOSTROPHE, texts.type)
    empty = pc.cast("", texts.type)
    return pc.if_else(could_run, pc.binary_join_element_wise(apostrophe, texts, empty), texts)


def _may_run(texts: Any) -> Any:
    """The rows of an array of strings whose first octet may be harmful, in numpy."""
    import numpy as np

    column = column_of(texts)
    offsets = np.asarray(column.offsets)[: column.rows + 1]
    octets = np.frombuffer(column.data, np.uint8)
    if not octets.size:
        return np.zeros(column.rows, bool)
    first = octets.take(offsets[:-1], mode="clip")
    # Letters and digits are recognised at once; for the few others there is a table.
    looked_at = ((first < ord("0")) | (first > ord("z")) | (first == ord("=")) | (first == ord("@"))) & (
        offsets[1:] > offsets[:-1]
    )
    if looked_at.any():
        harmful = np.ones(256, bool)
        harmful[list(HARMLESS_FIRST)] = False
        places = np.flatnonzero(looked_at)
        looked_at[places] = harmful.take(first.take(places))
    return looked_at


def _cells(pa: Any, column: Any) -> Any:
    types, kind = pa.types, column.type
    if types.is_dictionary(kind):
        return _cells(pa, column.cast(kind.value_type))
    if types.is_string_view(kind):
        column = column.cast(pa.large_string())
    elif types.is_nested(kind):
        column = pa.array([_as_json(value) for value in column.to_pylist()], pa.large_string())
    elif types.is_binary(kind) or types.is_large_binary(kind) or types.is_fixed_size_binary(kind):
        octets = column.to_pylist()
        column = pa.array([None if o is None else readable(o) for o in octets], pa.large_string())
    if types.is_string(column.type) or types.is_large_string(column.type):
        return guarded(column)
    return column


def _as_json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=json_value)


def json_value(value: Any) -> str:
    """The JSON of a value for which JSON has no type: the number of a price, a day, octets."""
    if isinstance(value, bytes):
        return readable(value)
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)
