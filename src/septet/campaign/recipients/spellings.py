"""Spellings: the digits of a whole column of numbers, read from its buffers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from septet import _kernel
from septet.campaign.arrow_columns import in_numpy
from septet.campaign.text_columns import column_of, view
from septet.destinations.beginnings import LONGEST
from septet.destinations.spellings import FURTHER_SEPARATORS, SEPARATORS, UNSEEN

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

# phonenumbers reads nothing that is longer.
_LONGEST_WRITTEN = 250


class Spelled(NamedTuple):
    """The numbers of a column that are digits, blanks and the like, perhaps after a plus."""

    #: The digits of each row as one number; 0 for a row that has to be read by itself.
    values: np.ndarray[Any, Any]
    #: How many digits there are, and whether a plus comes first; 0 for such a row, too.
    lengths: np.ndarray[Any, Any]
    plus: np.ndarray[Any, Any]


def spelled(numbers: pa.Array) -> Spelled | None:
    """The digits of a column of texts or whole numbers; None for any other column."""
    import pyarrow as pa

    types, kind = pa.types, numbers.type
    if types.is_integer(kind):
        return _of_integers(numbers)
    if types.is_string_view(kind) or types.is_binary_view(kind):
        numbers = numbers.cast(pa.large_string() if types.is_string_view(kind) else pa.large_binary())
        kind = numbers.type
    if types.is_string(kind) or types.is_large_string(kind):
        return _of_texts(_without_further_signs(numbers))
    if types.is_binary(kind) or types.is_large_binary(kind):
        return _of_texts(numbers)
    return None


def _of_integers(numbers: pa.Array) -> Spelled:
    import numpy as np

    found = in_numpy(numbers)
    found = np.where((found > 0) & (found < 10**LONGEST), found, 0).astype(np.int64)
    lengths = np.searchsorted(10 ** np.arange(LONGEST + 1, dtype=np.int64), found, "right").astype(np.uint8)
    return Spelled(found, lengths, np.zeros(len(found), bool))


def _without_further_signs(numbers: pa.Array) -> pa.Array:
    """The numbers without blanks, hyphens and invisible signs beyond ASCII."""
    import numpy as np
    import pyarrow.compute as pc

    column = column_of(numbers)
    octets = np.frombuffer(column.data, np.uint8)[column.offsets[0] : column.offsets[column.rows]]
    if octets.max(initial=0) < 0x80:
        return numbers
    return pc.replace_substring_regex(numbers, f"[{FURTHER_SEPARATORS}{UNSEEN}]", "")


def _of_texts(numbers: pa.Array) -> Spelled:
    import numpy as np

    column, rows = column_of(numbers), len(numbers)
    found = Spelled(np.empty(rows, np.int64), np.empty(rows, np.uint8), np.empty(rows, bool))
    _kernel.digits(
        *(column.data, column.offsets, column.validity, rows),
        *(SEPARATORS.encode(), LONGEST, _LONGEST_WRITTEN),
        *map(view, found),
    )
    return found
