"""Columns of texts: the buffers of an Arrow array, measured by meters of the kernel, whole or in part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .pipelines import stop_if_cancelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pyarrow as pa

    from septet import _kernel
    from septet.planning import Planner

    from .price_entries import Price


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


class Rows(NamedTuple):
    """The rows of a column once they are measured, in numpy arrays."""

    texts: Any
    column: Column
    places: np.ndarray[Any, Any]
    units: np.ndarray[Any, Any]
    billed: np.ndarray[Any, Any]
    #: Whether a row is billed more than one segment.
    several: np.ndarray[Any, Any]
    #: Whether weights alone decided of a row.
    ordinary: np.ndarray[Any, Any]
    prices: Sequence[Price | None]
    price_of: np.ndarray[Any, Any] | None


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
        memoryview(places),  # type: ignore[arg-type]
        memoryview(units),  # type: ignore[arg-type]
        memoryview(billed),  # type: ignore[arg-type]
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


def with_one_line_break(texts: pa.Array, column: Column) -> Column:
    """The column with CRLF, and a lone CR, as LF, where that is one character to the vendor."""
    import numpy as np
    import pyarrow.compute as pc

    octets = np.frombuffer(column.data, np.uint8)[column.offsets[0] : column.offsets[column.rows]]
    if not (octets == ord("\r")).any():
        return column
    return column_of(pc.replace_substring(pc.replace_substring(texts, "\r\n", "\n"), "\r", "\n"))
