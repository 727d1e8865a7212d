"""Columns of texts: the buffers of an Arrow array, measured by meters of the kernel, whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from septet.errors import CampaignError
from septet.wording.quoting import printable

from .arrow_columns import in_numpy, kept, without_nulls
from .pipelines import stop_if_cancelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pyarrow as pa

    from septet import _kernel
    from septet.planning.planner import Planner

    from .prices.entries import Price


class Column(NamedTuple):
    """The buffers of an Arrow column of texts, from its first row on."""

    rows: int
    data: Any
    offsets: memoryview
    #: A bit per row, or None where no row is null.
    validity: Any


def column_of(texts: pa.Array) -> Column:
    """The buffers of a string or binary array, or of a large one."""
    import pyarrow as pa
    import pyarrow.compute as pc

    _, offsets, data = texts.buffers()
    wide = pa.types.is_large_string(texts.type) or pa.types.is_large_binary(texts.type)
    validity = None
    if texts.null_count:
        validity = pc.is_valid(texts).buffers()[1]
    places = memoryview(offsets).cast("q" if wide else "i") if offsets else memoryview(bytes(8)).cast("q")
    return Column(len(texts), b"" if data is None else data, places[texts.offset :], validity)


def in_one(column: pa.ChunkedArray) -> pa.Array:
    """A column of a table as one array, without a copy where it is one already."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def some_of(texts: pa.Array, chosen: np.ndarray[Any, Any]) -> pa.Array:
    """The chosen rows of a column; the column itself where all are chosen."""
    return kept(texts, chosen)


def matching(texts: pa.Array, chosen: np.ndarray[Any, Any], pattern: str) -> np.ndarray[Any, Any]:
    """Which of the chosen rows of a column, all UTF-8, match a pattern for RE2."""
    import pyarrow as pa
    import pyarrow.compute as pc

    found = chosen.copy()
    if found.any():
        # Strings, since regular expressions would take octets for Latin-1.
        some = some_of(texts, chosen).cast(pa.large_string())
        found[found] = in_numpy(pc.match_substring_regex(some, pattern))
    return found


def texts_of(batch: pa.RecordBatch, column: str) -> pa.Array:
    """A column of texts, as strings or as bytes of UTF-8. Raises CampaignError for any other.

    A null is an empty text: text files have no other way to write it.
    """
    import pyarrow as pa

    types = pa.types
    texts = batch.column(column)
    if isinstance(texts, pa.ChunkedArray):
        texts = texts.combine_chunks()
    if types.is_dictionary(texts.type):
        texts = texts.dictionary_decode()
    kind = texts.type
    if types.is_string_view(kind) or types.is_null(kind):
        texts = texts.cast(pa.large_string())
    elif types.is_binary_view(kind):
        texts = texts.cast(pa.large_binary())
    if types.is_string(texts.type) or types.is_large_string(texts.type):
        return without_nulls(texts)
    if types.is_binary(texts.type) or types.is_large_binary(texts.type):
        return without_nulls(texts)
    raise CampaignError(f"column {printable(column)!r}: expected texts, found {kind}")


class Rows(NamedTuple):
    """The rows of a measured column, in numpy arrays."""

    column: Column
    places: np.ndarray[Any, Any]
    units: np.ndarray[Any, Any]
    billed: np.ndarray[Any, Any]
    #: The segments on the air, and those that would be billed without the mention; as billed, where weights
    #: did not decide.
    transmitted: np.ndarray[Any, Any]
    alone: np.ndarray[Any, Any]
    #: What a census marks of each row.
    flags: np.ndarray[Any, Any]
    #: The marks of the pairs that were asked for.
    marks: np.ndarray[Any, Any]
    #: Whether a row is billed more than one segment.
    several: np.ndarray[Any, Any]
    #: The rows that weights alone did not decide.
    planned: np.ndarray[Any, Any]
    prices: Sequence[Price | None]
    price_of: np.ndarray[Any, Any] | None


#: The counts of a census: (place of the price, candidate, code point, rows, amount, and the same for the
#: rows that hold no other such character).
Counted = tuple[int, int, int, int, int, int, int]


def survey(
    census: _kernel.Census,
    column: Column,
    planned_from: int,
    prices: Sequence[Price | None],
    price_of: np.ndarray[Any, Any] | None,
    pairs: _kernel.Pairs | None = None,
    is_utf8: bool = False,
) -> tuple[Rows, list[Counted]]:
    """Measures each row, and counts what its characters cost where that is known at once; marks the rows
    that hold `pairs`. With `is_utf8`, all rows are known to be UTF-8.

    The candidates of planned rows come with `planned_from` added.
    """
    import numpy as np

    places, flags = np.empty(column.rows, np.int8), np.empty(column.rows, np.uint8)
    marks = np.empty(0 if pairs is None else column.rows, np.uint16)
    figures = [np.empty(column.rows, np.int64) for _ in range(4)]
    written: list[Any] = [*map(view, (places, *figures, flags)), pairs, view(marks)]
    found = census.measure(
        column.data,
        column.offsets,
        column.validity,
        column.rows,
        view(price_of),
        len(prices),
        *written,
        is_utf8=is_utf8,
    )
    units, billed, transmitted, alone = figures
    planned = np.flatnonzero(places >= planned_from)
    places[planned] -= planned_from
    rows = Rows(
        *(column, places, units, billed, transmitted, alone, flags, marks, billed > 1, planned),
        *(prices, price_of),
    )
    return rows, found


def take_count(
    census: _kernel.Census, rows: Rows, places: np.ndarray[Any, Any], amounts: np.ndarray[Any, Any]
) -> list[Counted]:
    """Counts the candidates of some rows, by the places of these, with the amount of each."""
    column = rows.column
    price_of = view(rows.price_of)
    given = map(view, (places, amounts))
    return census.count(column.data, column.offsets, column.rows, price_of, len(rows.prices), *given)


def view(array: Any) -> Any:
    """The buffer of an array for the kernel; None for none."""
    return None if array is None else memoryview(array)


def measure(
    meter: _kernel.Meter, column: Column, places: np.ndarray[Any, Any], only: Any = None
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Units and billed segments of each row, or of those that `only` is true for (0 elsewhere)."""
    import numpy as np

    units, billed = np.empty(column.rows, np.int64), np.empty(column.rows, np.int64)
    validity: Any = column.validity if only is None else np.packbits(only, bitorder="little")
    meter.measure_column(
        column.data,
        column.offsets,
        validity,
        0,
        column.rows,
        view(places),
        view(units),
        view(billed),
    )
    return units, billed


def measure_again(meter: _kernel.Meter, column: Column, only: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The billed segments that another meter gives to some rows."""
    import numpy as np

    return measure(meter, column, np.empty(column.rows, np.int8), only)[1]


def patient(planner: Planner) -> _kernel.Meter:
    """The meter of a planner, which can be stopped between two rows."""

    def the_long_way(text: object) -> tuple[int, int, int]:
        stop_if_cancelled()
        return planner.measure_the_long_way(text)

    return planner.meter(the_long_way, needles=planner.needles)
