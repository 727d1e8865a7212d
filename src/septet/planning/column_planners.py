"""Column planners: a planner's answers for whole Arrow columns, as libraries of columns need them.

The adapters for Polars, pandas and DuckDB share it; it knows none of them.
"""

from __future__ import annotations

from functools import partial

from .columns import count_arrow, measure_arrow
from .planner import kept_planner
from .shown_columns import ShownTexts

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from typing import Any

    from septet.vendors.profiles import Profile

    from .option_types import Options
    from .planner import Planner

#: The fields of a measured text, in the order of `Measure`.
FIELDS = ("encoding", "units", "billed_segments")


class ColumnPlanner:
    """Answers for columns of texts on the terms of a planner. Safe in threads; travels between processes.

    A null row stays null. A row that is not UTF-8 becomes null too, but its encoding is ``"invalid"``. All
    raise TypeError for anything but an Arrow column of texts. Needs pyarrow.

    `vouched` says that the columns come from a library that checks its strings, as Polars and DuckDB do: they
    are UTF-8. If they were not, their rows would get any figures. Octets are always checked.
    """

    __slots__ = ("_encodings", "_meter", "_shown", "_vouched", "planner")

    def __init__(self, planner: Planner, *, vouched: bool = False) -> None:
        self.planner = planner
        self._vouched = vouched
        self._encodings = tuple(coding.encoding for coding in planner.codings)
        self._meter = planner.meter(planner.measure_the_long_way, needles=planner.needles)
        self._shown = ShownTexts(planner)

    def __reduce__(self) -> tuple[Any, ...]:
        return partial(ColumnPlanner, vouched=self._vouched), (self.planner,)

    def segments(self, array: Any) -> Any:
        """The billed segments of each text, as int64."""
        return count_arrow(self._meter, array, vouched=self._vouched)

    def measure(self, array: Any) -> Any:
        """The fields of each text, in a record batch: a dictionary of words, and two int64."""
        return measure_arrow(self._meter, self._encodings, array, vouched=self._vouched)

    def structs(self, array: Any) -> Any:
        """The fields of each text, in a struct: a string and two int64; null where a text is."""
        import pyarrow as pa

        encoding, units, billed = self.measure(array).columns
        encoding = encoding.dictionary_decode()
        mask = encoding.is_null() if encoding.null_count else None
        return pa.StructArray.from_arrays([encoding, units, billed], FIELDS, mask=mask)

    def text(self, array: Any) -> Any:
        """What the phone shows of each text: large strings, or the column itself where nothing is changed."""
        return self._shown.of(array)


def column_planner(
    profile: str | os.PathLike[str] | Profile, options: Options, *, vouched: bool = False
) -> ColumnPlanner:
    """A column planner of a profile and options; it uses a kept planner if there is one.

    Errors are those of `Planner`.
    """
    return ColumnPlanner(kept_planner(profile, options), vouched=vouched)
