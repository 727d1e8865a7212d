"""Columns: whole Arrow columns of texts measured at once, with no Python object for a row.

pyarrow (extra `campaign`) is imported here, and only when a column is measured.
"""

from __future__ import annotations

from septet.wording.extras import Needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from septet import _kernel

#: The values of the column `encoding`: those of the planner, then the mark of a row that no text is.
INVALID = "invalid"


def measure_arrow(
    meter: _kernel.Meter,
    encodings: tuple[str, ...],
    array: Any,
    prefix: str = "",
    nothing: tuple[int, ...] = (),
) -> Any:
    """A record batch with `encoding`, `units` and `billed_segments` for each row of a column.

    Each text is measured with a prefix before it; of as many units as `nothing` says of its encoding it
    shows nothing of its own, and has no units then.

    A null row has three nulls. A row that is no UTF-8 has the encoding ``"invalid"`` and two
    nulls. Raises TypeError for what is no pyarrow array of texts.
    """
    with Needed("measuring Arrow columns", "campaign", "pyarrow"):
        import pyarrow as pa
        import pyarrow.compute

    if not isinstance(array, (pa.Array, pa.ChunkedArray)):
        raise TypeError(f"array: expected a pyarrow Array or ChunkedArray, found {type(array).__name__}")
    chunks = array.chunks if isinstance(array, pa.ChunkedArray) else [array]
    given = meter, encodings, prefix, nothing
    batches = [_measure_chunk(pa, *given, chunk) for chunk in chunks if len(chunk)]
    if len(batches) == 1:
        return batches[0]
    if not batches:
        return _measure_chunk(pa, *given, pa.array([], _text_type(pa, array.type)))
    columns = [pa.concat_arrays([batch.column(place) for batch in batches]) for place in range(3)]
    return pa.RecordBatch.from_arrays(columns, schema=batches[0].schema)


def _text_type(pa: Any, found: Any) -> Any:
    """The type to read a column as; TypeError when it holds no texts."""
    types = pa.types
    if types.is_dictionary(found):
        return _text_type(pa, found.value_type)
    if types.is_large_string(found) or types.is_large_binary(found):
        return found
    if types.is_string(found) or types.is_binary(found):
        return found
    if types.is_null(found) or types.is_string_view(found):
        return pa.large_string()
    if types.is_binary_view(found):
        return pa.large_binary()
    expected = "texts (string, large_string, string_view, or UTF-8 as binary)"
    raise TypeError(f"array: expected a column of {expected}, found {found}")


def _measure_chunk(
    pa: Any,
    meter: _kernel.Meter,
    encodings: tuple[str, ...],
    prefix: str,
    nothing: tuple[int, ...],
    array: Any,
) -> Any:
    wanted = _text_type(pa, array.type)
    if pa.types.is_dictionary(array.type):
        # Each distinct text is measured once, however often it stands in the column.
        given = meter, encodings, prefix, nothing
        return _measure_chunk(pa, *given, array.dictionary).take(array.indices)
    if array.type != wanted:
        array = array.cast(wanted)
    if prefix:
        array = pa.compute.binary_join_element_wise(
            *(pa.scalar(prefix.encode()).cast(wanted), array, pa.scalar(b"").cast(wanted))
        )
    rows = len(array)
    # Arrow's own memory, which it keeps and hands out again: fresh pages would cost more than the count.
    codes, units, billed = (pa.allocate_buffer(width * rows) for width in (1, 8, 8))
    places_written = memoryview(codes).cast("b")
    refused: list[int] = []
    if rows:
        validity, offsets, data = array.buffers()
        wide = pa.types.is_large_string(wanted) or pa.types.is_large_binary(wanted)
        refused = meter.measure_column(
            b"" if data is None else data,
            memoryview(offsets).cast("q" if wide else "i"),
            validity if array.null_count else None,
            array.offset,
            rows,
            places_written,
            memoryview(units).cast("q"),
            memoryview(billed).cast("q"),
        )
    measured = None
    if refused or array.null_count:
        measured = pa.compute.greater_equal(_column(pa, pa.int8(), codes, None), 0)
        for place in refused:
            places_written[place] = len(encodings)
    places = _column(pa, pa.int8(), codes, None)
    if array.null_count:
        places = pa.compute.if_else(pa.compute.greater_equal(places, 0), places, pa.scalar(None, pa.int8()))
    figures = [_column(pa, pa.int64(), column, measured) for column in (units, billed)]
    if prefix:
        figures = _without_empty(pa, places, figures, nothing)
    values = [*encodings, INVALID]
    distinct = list(dict.fromkeys(values))
    if len(distinct) < len(values):
        # Several ways have one encoding; of those a dictionary holds one.
        places = pa.array([distinct.index(value) for value in values], pa.int8()).take(places)
    return pa.RecordBatch.from_arrays(
        [
            pa.DictionaryArray.from_arrays(places, pa.array(distinct)),
            *figures,
        ],
        names=["encoding", "units", "billed_segments"],
    )


def _without_empty(pa: Any, places: Any, figures: list[Any], nothing: tuple[int, ...]) -> list[Any]:
    """The same figures, but none for the rows that show no more than what is added to each."""
    # A row that is no UTF-8 has a place behind all others, and no figures.
    alone = pa.array([*nothing, -1], pa.int64()).take(places)
    is_shown = pa.compute.not_equal(figures[0], alone)
    return [pa.compute.if_else(is_shown, figure, pa.scalar(0, pa.int64())) for figure in figures]


def _column(pa: Any, kind: Any, octets: Any, measured: Any) -> Any:
    column = pa.Array.from_buffers(kind, octets.size * 8 // kind.bit_width, [None, octets])
    return column if measured is None else pa.compute.if_else(measured, column, pa.scalar(None, kind))
