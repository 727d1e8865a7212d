"""Spellings: the digits of a whole column of numbers, read from its buffers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from septet.campaign.arrow_columns import in_numpy
from septet.campaign.text_columns import column_of
from septet.destinations.beginnings import LONGEST
from septet.destinations.spellings import FURTHER_SEPARATORS, SEPARATORS, UNSEEN

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

# The classes of the octets of a number.
_DIGIT, _SEPARATOR, _PLUS, _OTHER = range(4)
_SIGNS = SEPARATORS.encode() + b"+"

# phonenumbers reads nothing that is longer.
_LONGEST_WRITTEN = 250


class Spelled(NamedTuple):
    """The numbers of a column that are digits, blanks and the like, perhaps after a plus."""

    #: The digits of each row as one number; 0 where there are none.
    values: np.ndarray[Any, Any]
    #: How many digits there are, and whether a plus comes first; 0 for a row that has to be read by itself.
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

    column = column_of(numbers)
    rows = column.rows
    places = np.asarray(column.offsets[: rows + 1])
    start, end = int(places[0]), int(places[-1])
    octets = np.frombuffer(column.data, np.uint8)[start:end] if end > start else np.zeros(0, np.uint8)
    places = places - start
    plus = np.zeros(rows, bool)
    odd = None
    signs = octets - np.uint8(ord("0")) > 9
    number = int(np.count_nonzero(signs))
    if number:
        filled = places[1:] > places[:-1]
        whole = bool(filled.all())
        firsts = places[:-1] if whole else places[:-1][filled]
        front = octets[firsts]
        plus[... if whole else filled] = front == ord("+")
        if number == int(np.count_nonzero(plus)):
            # A leading zero is not a digit of the resulting number, whose digits are counted here.
            octets = np.maximum(octets, np.uint8(ord("0")))
            lengths = np.diff(places) - plus
            return _spelled(octets, places, lengths, plus)
        if whole and (found := _digits(octets, places, signs, number, int(np.count_nonzero(plus)))):
            octets, places = found
            return _spelled(octets, places, np.diff(places), plus)
        odd = _odd(octets, places, np.flatnonzero(signs))
        odd = np.union1d(odd, np.flatnonzero(np.diff(places) > _LONGEST_WRITTEN))
        kept = ~signs
        before = np.zeros(len(octets) + 1, places.dtype)
        np.cumsum(kept, dtype=places.dtype, out=before[1:])
        octets, places = octets[kept], before[places]
    lengths = np.diff(places)
    if odd is not None:
        lengths[odd] = 0
    return _spelled(octets, places, lengths, plus)


def _digits(
    octets: np.ndarray[Any, Any],
    places: np.ndarray[Any, Any],
    signs: np.ndarray[Any, Any],
    number: int,
    pluses: int,
) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]] | None:
    """The digits alone, and where those of each row are; None if a row may be odd.

    `pluses` are those that come first in their row; `number` is how many signs there are.
    """
    import numpy as np

    digits = octets.tobytes().translate(None, _SIGNS)
    lengths = np.diff(places)
    if (
        len(octets) - len(digits) != number
        or int(np.count_nonzero(octets == ord("+"))) != pluses
        or int(lengths.max()) > _LONGEST_WRITTEN
    ):
        return None
    lengths -= np.add.reduceat(signs.view(np.uint8), places[:-1], dtype=np.uint8)
    among = np.zeros_like(places)
    np.cumsum(lengths, out=among[1:])
    return np.frombuffer(digits, np.uint8), among


def _odd(
    octets: np.ndarray[Any, Any], places: np.ndarray[Any, Any], signs: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """The rows with anything but digits and separators, or with a plus that does not come first."""
    import numpy as np

    kinds = _kinds()[octets[signs]]
    others = kinds == _OTHER
    marks = np.flatnonzero(kinds == _PLUS)
    if marks.size:
        rows = np.searchsorted(places, signs[marks], "right") - 1
        others[marks] = places[rows] != signs[marks]
    odd: np.ndarray[Any, Any] = np.searchsorted(places, signs[others], "right") - 1
    return odd


def _spelled(
    octets: np.ndarray[Any, Any], places: np.ndarray[Any, Any], lengths: np.ndarray[Any, Any], plus: Any
) -> Spelled:
    import numpy as np

    lengths[lengths > LONGEST] = 0
    return Spelled(_integers(octets, places, lengths > 0), lengths.astype(np.uint8), plus)


def _integers(octets: np.ndarray[Any, Any], places: np.ndarray[Any, Any], some: Any) -> np.ndarray[Any, Any]:
    """The digits of each row as a number, for the rows in `some`."""
    import numpy as np
    import pyarrow as pa

    rows = len(some)
    validity = None if some.all() else pa.py_buffer(np.packbits(some, bitorder="little"))
    wide = len(octets) > np.iinfo(np.int32).max
    offsets = places.astype(np.int64 if wide else np.int32, copy=False)
    texts = pa.Array.from_buffers(
        pa.large_string() if wide else pa.string(),
        rows,
        [validity, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(octets))],
    )
    return in_numpy(texts.cast(pa.int64()))


def _kinds() -> np.ndarray[Any, Any]:
    import numpy as np

    kinds = np.full(256, _OTHER, np.uint8)
    kinds[list(map(ord, SEPARATORS))] = _SEPARATOR
    kinds[ord("0") : ord("9") + 1] = _DIGIT
    kinds[ord("+")] = _PLUS
    return kinds
