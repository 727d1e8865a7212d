"""Written values: plain values of columns and of Python as a text has them.

Numbers, dates and booleans are written as Arrow writes them, except floats, whose digits are written in
full: a column of telephone numbers becomes floats as soon as one is missing, and nobody can call
3.3612345678e+10.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

#: Beyond it a float cannot distinguish adjacent whole numbers.
_MOST = 2.0**53


def in_full(value: float) -> str:
    """A float with all its digits and no exponent; a whole one without a point."""
    from decimal import Decimal

    written = repr(value)
    if abs(value) < _MOST:
        written = format(Decimal(written), "f")
    return written.removesuffix(".0")


def written(pa: Any, column: Any) -> Any:
    """A column as `large_string` or, if it came as octets, `large_binary`; a NaN is null.

    Raises ArrowInvalid or ArrowNotImplementedError for a column without plain values.
    """
    types, kind = pa.types, column.type
    if types.is_dictionary(kind):
        return written(pa, column.dictionary).take(column.indices)
    if types.is_binary(kind) or types.is_large_binary(kind) or types.is_binary_view(kind):
        return column.cast(pa.large_binary())
    if types.is_fixed_size_binary(kind):
        raise pa.ArrowNotImplementedError("octets of one length, as objects are handed over, are no text")
    texts = column.cast(pa.large_string())
    return _floats(pa, column, texts) if types.is_float32(kind) or types.is_float64(kind) else texts


def _floats(pa: Any, column: Any, texts: Any) -> Any:
    import pyarrow.compute as pc

    shortened = pc.fill_null(pc.match_substring(texts, "e"), False)
    if pc.any(shortened).as_py():
        values = [in_full(value) for value in column.filter(shortened).to_pylist()]
        texts = pc.replace_with_mask(texts, shortened, pa.array(values, pa.large_string()))
    return pc.if_else(pc.fill_null(pc.is_nan(column), False), pa.scalar(None, pa.large_string()), texts)
