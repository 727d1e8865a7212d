"""Arrow columns made from Python's values and numpy's, and back, without Arrow's own conversions.

Those conversions look for pandas, and load it where it is installed: half a second, and 40 MB.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from septet.planning.columns import made_of

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa


def taken(column: Any, rows: np.ndarray[Any, Any]) -> Any:
    """Some rows of a column, by their places."""
    import pyarrow as pa

    return column.take(pa.Array.from_buffers(pa.int64(), len(rows), [None, pa.py_buffer(rows)]))


def kept(column: Any, mask: np.ndarray[Any, Any]) -> Any:
    """The rows of a column that a mask selects."""
    import numpy as np

    return column if mask.all() else taken(column, np.flatnonzero(mask))


def without_nulls(texts: Any) -> Any:
    """A column of texts or octets with an empty one instead of each null."""
    import pyarrow.compute as pc

    if not texts.null_count:
        return texts
    return pc.if_else(texts.is_valid(), texts, made_of([b""] * len(texts), texts.type))


def in_numpy(column: pa.Array, missing: int = 0) -> np.ndarray[Any, Any]:
    """A column of whole numbers or of yes and no; what is null is `missing`."""
    import numpy as np
    import pyarrow as pa

    start, end = column.offset, column.offset + len(column)
    validity, data = column.buffers()
    if data is None:
        return np.full(len(column), missing, np.int64)
    if pa.types.is_boolean(column.type):
        found = _bits(data)[start:end]
    else:
        found = np.frombuffer(data, str(column.type))[start:end]
    if not column.null_count:
        return found
    # A type that can hold the value of a null.
    return np.where(_bits(validity)[start:end], found.astype(np.int64), missing)


def _bits(octets: Any) -> np.ndarray[Any, Any]:
    import numpy as np

    return np.unpackbits(np.frombuffer(octets, np.uint8), bitorder="little").astype(bool)
