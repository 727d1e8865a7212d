"""A column of recipients: the facts of each number, in numpy arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from septet.campaign.arrow_columns import in_numpy
from septet.campaign.pipelines import stop_if_cancelled
from septet.destinations.beginnings import LONGEST
from septet.destinations.kinds import KINDS, UNKNOWN
from septet.destinations.phone_numbers import reading_of

from .beginnings import EACH, Known
from .spellings import spelled

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pyarrow as pa

    from septet.destinations.readings import PhoneNumber


class Recipients(NamedTuple):
    """The facts of the numbers in a column."""

    #: The international numbers (ITU-T E.164), without the plus; 0 where there is no number at all, or one
    #: with too many digits. A number that no plan knows has its likely form.
    numbers: np.ndarray[Any, Any]
    #: The place of each one's country among `countries`.
    country: np.ndarray[Any, Any]
    #: The place of its kind among `septet.destinations.kinds.KINDS`.
    kind: np.ndarray[Any, Any]
    #: Whether it cannot be sent to: there is no number, or no numbering plan knows it.
    faults: np.ndarray[Any, Any]
    #: Countries by ISO 3166-1; "001" for no particular country, None for an unknown one.
    countries: Sequence[str | None]
    #: The key of its beginning in the table that was asked; `EACH` for those that were read one by one.
    keys: np.ndarray[Any, Any]
    #: The latter, by their row.
    others: dict[int, PhoneNumber | None]


def recipients(column: pa.Array, known: Known) -> Recipients:
    """Reads a column of numbers, as `phone_number` reads each of them."""
    import numpy as np
    import pyarrow as pa

    if isinstance(column, pa.ChunkedArray):
        column = column.combine_chunks()
    if pa.types.is_dictionary(column.type):
        return _of_dictionary(column, known)
    rows = len(column)
    keys = np.full(rows, EACH, np.int32)
    spellings = spelled(column)
    if spellings is not None:
        for code, those in _by_spelling(spellings.lengths, spellings.plus):
            length, plus = divmod(code, 2)
            if length:
                values = spellings.values if those is None else spellings.values[those]
                found = known.find(values, length, bool(plus))
                if those is None:
                    keys = found
                else:
                    keys[those] = found
    more, country, is_known, kind = known.arrays
    numbers = more[keys]
    if spellings is not None:
        numbers += spellings.values
        np.maximum(numbers, 0, out=numbers)
    countries, kinds, faults = country[keys], kind[keys], ~is_known[keys]
    others: dict[int, PhoneNumber | None] = {}
    each = np.flatnonzero(keys == EACH)
    for row, written in zip(each.tolist(), written_at(column, each), strict=True):
        stop_if_cancelled()
        number, its_kind = (None, UNKNOWN) if written is None else reading_of(written, known.home)
        others[row] = number
        numbers[row] = 0 if number is None or len(number.digits) > LONGEST else int(number.digits)
        countries[row] = known.country(None if number is None else number.country)
        kinds[row] = KINDS.index(its_kind)
        faults[row] = number is None or not number.known
    return Recipients(numbers, countries, kinds, faults, known.countries, keys, others)


def written_at(column: pa.Array, places: np.ndarray[Any, Any]) -> list[str | None]:
    """Some numbers of a column, as written."""
    if not places.size:
        return []
    written: list[str | None] = []
    # Arrow cannot take rows of views by their places.
    for place in places.tolist():
        value = column[place].as_py()
        value = value.decode("utf-8", "replace") if isinstance(value, bytes) else value
        written.append(None if value is None else str(value))
    return written


def _by_spelling(lengths: Any, plus: Any) -> list[tuple[int, np.ndarray[Any, Any] | None]]:
    """The rows of each length, with and without a plus; None for all of them."""
    import numpy as np

    codes = lengths * np.uint8(2) + plus
    found = np.flatnonzero(np.bincount(codes)).tolist()
    if len(found) == 1:
        return [(found[0], None)]
    return [(code, np.flatnonzero(codes == code)) for code in found]


def _of_dictionary(column: pa.DictionaryArray, known: Known) -> Recipients:
    """Each value of a dictionary is read once."""
    import numpy as np
    import pyarrow as pa

    values = pa.concat_arrays([column.dictionary, pa.nulls(1, column.dictionary.type)])
    one = recipients(values, known)
    places = in_numpy(column.indices, len(values) - 1)
    keys = one.keys[places]
    each = np.flatnonzero(keys == EACH)
    others = {row: one.others[place] for row, place in zip(each.tolist(), places[each].tolist(), strict=True)}
    return one._replace(
        numbers=one.numbers[places],
        country=one.country[places],
        kind=one.kind[places],
        faults=one.faults[places],
        keys=keys,
        others=others,
    )
