"""Columns: whole Arrow columns of texts measured at once, with no Python object for a row.

pyarrow (extra `campaign`) is imported here, and only when a column is measured.
"""

from __future__ import annotations

from array import array as packed
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from septet.wording.extras import Needed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from septet import _kernel

#: The values of the column `encoding`: those of the planner, then the mark of a row that is no text.
INVALID = "invalid"


def measure_arrow(
    meter: _kernel.Meter, encodings: tuple[str, ...], array: Any, *, vouched: bool = False
) -> Any:
    """A record batch with `encoding`, `units` and `billed_segments` for each row of a column.

    A null row has three nulls. A row that is not UTF-8 has the encoding ``"invalid"`` and two
    nulls. Strings are checked too, unless whoever made the column has `vouched` for them: Arrow
    does not check what its files and buffers hold. Raises TypeError for anything but a pyarrow array of
    texts.
    """
    with Needed("measuring Arrow columns", "campaign", "pyarrow"):
        import pyarrow as pa
        import pyarrow.compute

    if not isinstance(array, (pa.Array, pa.ChunkedArray)):
        raise TypeError(f"array: expected a pyarrow Array or ChunkedArray, found {type(array).__name__}")
    chunks = chunks_of(array, pa.ChunkedArray)
    batches = [_measure_chunk(pa, meter, encodings, chunk, vouched) for chunk in chunks]
    if len(batches) == 1:
        return batches[0]
    if not batches:
        return _measure_chunk(pa, meter, encodings, pa.array([], text_type(pa, array.type)), vouched)
    columns = [pa.concat_arrays([batch.column(place) for batch in batches]) for place in range(3)]
    return pa.RecordBatch.from_arrays(columns, schema=batches[0].schema)


def count_arrow(meter: _kernel.Meter, array: Any, *, vouched: bool = False) -> Any:
    """The billed segments of each row of a column, as int64; null where it is null or not UTF-8.

    Callers ask this of short columns again and again, so it does nothing else. `vouched` and errors are as
    for `measure_arrow`.
    """
    import pyarrow as pa
    import pyarrow.compute

    if array.type.id not in layouts():
        text_type(pa, array.type)
    counts = [_count_chunk(pa, meter, chunk, vouched) for chunk in chunks_of(array, pa.ChunkedArray)]
    if len(counts) == 1:
        return counts[0]
    return pa.concat_arrays(counts) if counts else pa.array([], pa.int64())


def _count_chunk(pa: Any, meter: _kernel.Meter, array: Any, vouched: bool) -> Any:
    if array.type.id not in layouts():
        if pa.types.is_dictionary(array.type):
            return _count_chunk(pa, meter, array.dictionary, vouched).take(array.indices)
        return pa.nulls(len(array), pa.int64())
    places, _, billed, refused = weigh(pa, meter, array, vouched)
    measured = None
    if refused or array.null_count:
        measured = pa.compute.greater_equal(column(pa, pa.int8(), places), 0)
    return column(pa, pa.int64(), billed, measured)


def chunks_of(array: Any, chunked: Any) -> list[Any]:
    """The arrays of a column that have rows; `chunked` is the class of columns made of several arrays."""
    if not isinstance(array, chunked):
        return [array] if len(array) else []
    return [chunk for chunk in map(array.chunk, range(array.num_chunks)) if len(chunk)]


@lru_cache(maxsize=1)
def layouts() -> dict[int, Literal["i", "q", ""]]:
    """The integer type of the offsets, by the number of a type of texts; "" for views.

    Short columns are asked about again and again, and the number of a type is quick to read.
    """
    import pyarrow as pa

    found: dict[int, Literal["i", "q", ""]] = dict.fromkeys((pa.string().id, pa.binary().id), "i")
    found |= dict.fromkeys((pa.large_string().id, pa.large_binary().id), "q")
    return found | dict.fromkeys((pa.string_view().id, pa.binary_view().id), "")


def text_type(pa: Any, found: Any) -> Any:
    """The type to read a column as; raises TypeError when it holds no texts."""
    types = pa.types
    if types.is_dictionary(found):
        return text_type(pa, found.value_type)
    if types.is_large_string(found) or types.is_large_binary(found):
        return found
    if types.is_string(found) or types.is_binary(found):
        return found
    if types.is_string_view(found) or types.is_binary_view(found):
        return found
    if types.is_null(found):
        return pa.large_string()
    expected = "texts (string, large_string, string_view, or UTF-8 as binary)"
    raise TypeError(f"array: expected a column of {expected}, found {found}")


class Weighed(NamedTuple):
    """The results of a meter for the rows of an array, in buffers of Arrow."""

    #: A signed octet a row: the place of its candidate, or -1 where it is null or not UTF-8.
    places: Any
    units: Any
    billed: Any
    #: The rows that are not UTF-8.
    refused: list[int]


def is_view(pa: Any, kind: Any) -> bool:
    """Whether a column has views instead of offsets."""
    return bool(pa.types.is_string_view(kind) or pa.types.is_binary_view(kind))


@lru_cache(maxsize=1)
def _strings() -> frozenset[int]:
    """The numbers of the types of strings; the other types of texts hold octets."""
    import pyarrow as pa

    return frozenset({pa.string().id, pa.large_string().id, pa.string_view().id})


def weigh(pa: Any, meter: _kernel.Meter, array: Any, vouched: bool = False) -> Weighed:
    """The results of a meter for an array of strings or octets, large ones or views, without a copy of it.

    Where it is `vouched` for, strings are UTF-8; octets are checked all the same.
    """
    rows, allocate = len(array), pa.allocate_buffer
    # Memory of Arrow, which keeps and reuses it: fresh pages would cost more than the count.
    places, units, billed = allocate(rows), allocate(8 * rows), allocate(8 * rows)
    refused: list[int] = []
    if rows:
        written = memoryview(places).cast("b"), memoryview(units).cast("q"), memoryview(billed).cast("q")
        validity, found, *data = array.buffers()
        validity = validity if array.null_count else None
        kind = array.type.id
        layout, is_utf8 = layouts()[kind], vouched and kind in _strings()
        if not layout:
            parts = tuple(data)
            refused = meter.measure_views(
                found, parts, validity, array.offset, rows, *written, is_utf8=is_utf8
            )
        else:
            octets = b"" if data[0] is None else data[0]
            offsets = memoryview(found).cast(layout)
            refused = meter.measure_column(
                octets, offsets, validity, array.offset, rows, *written, is_utf8=is_utf8
            )
    return Weighed(places, units, billed, refused)


def _measure_chunk(
    pa: Any, meter: _kernel.Meter, encodings: tuple[str, ...], array: Any, vouched: bool
) -> Any:
    wanted = text_type(pa, array.type)
    if pa.types.is_dictionary(array.type):
        # Each distinct text is measured once, however often the column has it.
        return _measure_chunk(pa, meter, encodings, array.dictionary, vouched).take(array.indices)
    if array.type != wanted:
        array = array.cast(wanted)
    codes, units, billed, refused = weigh(pa, meter, array, vouched)
    measured = None
    if refused or array.null_count:
        measured = pa.compute.greater_equal(column(pa, pa.int8(), codes), 0)
        places_written = memoryview(codes).cast("b")
        for place in refused:
            places_written[place] = len(encodings)
    places = column(pa, pa.int8(), codes)
    if array.null_count:
        places = pa.compute.if_else(pa.compute.greater_equal(places, 0), places, pa.scalar(None, pa.int8()))
    figures = [column(pa, pa.int64(), buffer, measured) for buffer in (units, billed)]
    values = [*encodings, INVALID]
    distinct = list(dict.fromkeys(values))
    if len(distinct) < len(values):
        # Several ways share one encoding, and a dictionary holds each encoding once.
        own = packed("b", map(distinct.index, values))
        places = column(pa, pa.int8(), pa.py_buffer(own)).take(places)
    return pa.RecordBatch.from_arrays(
        [
            pa.DictionaryArray.from_arrays(places, made_of(distinct, pa.string())),
            *figures,
        ],
        names=["encoding", "units", "billed_segments"],
    )


def made_of(values: Sequence[str | bytes | None], kind: Any) -> Any:
    """Texts or octets as an array of strings or octets, large ones or not.

    Arrow's own way looks for pandas, and loads it where it is installed.
    """
    import pyarrow as pa

    octets = [value.encode() if isinstance(value, str) else value or b"" for value in values]
    wide = pa.types.is_large_string(kind) or pa.types.is_large_binary(kind)
    offsets = packed("q" if wide else "i", accumulate(map(len, octets), initial=0))
    validity = None
    if None in values:
        validity = pa.py_buffer(_bits([value is not None for value in values]))
    buffers = [validity, pa.py_buffer(offsets), pa.py_buffer(b"".join(octets))]
    return pa.Array.from_buffers(kind, len(octets), buffers)


def _bits(values: Sequence[bool]) -> bytes:
    """A bit for each value, the first one lowest."""
    written = "".join("1" if value else "0" for value in reversed(values))
    return int(written or "0", 2).to_bytes(len(values) // 8 + 1, "little")


def column(pa: Any, kind: Any, octets: Any, measured: Any = None) -> Any:
    """A buffer as an array; null where it is not measured."""
    values = pa.Array.from_buffers(kind, octets.size * 8 // kind.bit_width, [None, octets])
    return values if measured is None else pa.compute.if_else(measured, values, pa.scalar(None, kind))
