"""Files of exclusions: an opt-out list in any format that campaigns are read from."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any, cast

from septet.destinations.countries import country_code
from septet.errors import CampaignError
from septet.files.column_names import places_of, several_named
from septet.wording.quoting import nearest, printable

from .estimators import Outcome
from .exclusions import Exclusions
from .people import people_without_destinations
from .pipelines import Pool
from .recipients.beginnings import known
from .recipients.columns import recipients, written_at
from .rows.sources import open_source
from .tallies import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from .rows.sources import Source

_WAY_OUT = "name the one with --exclude-column (exclude_column)"
#: The column name of a list of texts.
_ALONE = "number"
#: The words in a tally for a value that is not a number, and for a number, in a column.
_UNREAD, _READ = "unread", "read"


def read_exclusions(
    source: Any, column: str | None = None, *, recipient: str | None = None, country: str | None = None
) -> Exclusions:
    """The numbers of an opt-out list: a file, or any other source of `estimate` except a stream.

    They stand in `column`, otherwise in the one named as `recipient` is in the campaign, otherwise in
    the only one that holds numbers. A file whose first line holds a number needs no header. A national
    number is one of `country`.

    Raises CampaignError if it cannot be read, or if the column is not found.
    """
    if hasattr(source, "read"):
        raise TypeError("exclude: expected a file's path, numbers or a table, found a stream")
    home = country_code(country)
    line = _header_line(source, home)
    with open_source(source, header_line=line) as opened:
        names, name = opened.columns, opened.name
    chosen = _chosen(source, names, name, column, recipient, home, line) if names else _ALONE
    numbers: list[Any] = []
    unread = 0
    with open_source(source, header_line=line) as opened:
        for tally, found in _read(opened, [chosen], home):
            unread += tally[_UNREAD, chosen]
            numbers.append(found)
    import numpy as np

    name = os.path.basename(name) if isinstance(source, (str, os.PathLike)) else name
    return Exclusions(np.concatenate([*numbers, np.zeros(0, np.int64)]), name, unread)


def _header_line(source: Any, home: str | None) -> int | None:
    """None where a list may have a header, 0 where numbers stand instead of one."""
    try:
        with open_source(source):
            return None
    except CampaignError:
        try:
            with open_source(source, header_line=0) as opened:
                # With a single column, it is clear what is wrong.
                if len(opened.columns) == 1 or _with_numbers(opened, home):
                    return 0
        except CampaignError:
            pass
        raise


def _chosen(
    source: Any,
    names: Sequence[str],
    where: str,
    column: str | None,
    recipient: str | None,
    home: str | None,
    line: int | None,
) -> str:
    """The column of the numbers. Raises CampaignError where it is not found."""
    for wanted in (column, recipient):
        if wanted is None:
            continue
        found = places_of(wanted, names)
        if len(found) == 1:
            return names[found[0]]
        if found:
            raise CampaignError(f"{where}: {several_named(wanted, [names[place] for place in found])}")
        if wanted is column:
            known = ", ".join(map(printable, names))
            raise CampaignError(
                f"{where}: no column is named {printable(column)!r}{nearest(column, list(names))}: "
                f"the columns are {known}"
            )
    with open_source(source, header_line=line) as opened:
        holding = _with_numbers(opened, home)
    if len(holding) == 1:
        return holding[0]
    if not holding:
        raise CampaignError(f"{where}: none of its columns holds phone numbers: {_WAY_OUT}")
    several = ", ".join(map(printable, holding))
    raise CampaignError(f"{where}: several of its columns hold phone numbers, {several}: {_WAY_OUT}")


def _with_numbers(opened: Source, home: str | None) -> list[str]:
    """The columns that hold numbers, by the first rows: at least half of the values are numbers."""
    names = list(opened.columns)
    for tally, _ in _read(opened, names, home):
        return [name for name in names if tally[_READ, name] >= max(tally[_UNREAD, name], 1)]
    return []


def _read(opened: Source, columns: list[str], home: str | None) -> Any:
    """The counts and the numbers in the parts of a list."""
    reader = _Reader(columns, home)
    with Pool() as pool:
        # It is used instead of an estimator: rows go in, recipients come out.
        for part in opened.rows.parts(pool, cast("Any", reader), False):
            assert part.people is not None
            yield part.tally, part.people.numbers


class _Reader:
    """Reads the numbers in some columns of batches."""

    template = recipient = None
    needles = ()
    is_quick = True  # no row is planned
    works_in_pieces = False  # the first rows decide, and there should be many of them

    def __init__(self, columns: list[str], home: str | None) -> None:
        self.columns = tuple(columns)
        self.column = columns[0]
        self.planner = self
        self.home = home
        self._known = known(home)

    def check(self, *_: object) -> None:
        """The columns are those of the file."""

    def columns_among(self, names: Sequence[str]) -> list[str]:
        """The columns that are read."""
        return list(self.columns)

    def measure(self, batch: pa.RecordBatch, whole_rows: bool = False) -> Outcome:
        """The numbers of a batch; values that are not numbers are counted."""
        import numpy as np

        counts: Counter[Any] = Counter()
        numbers = [np.zeros(0, np.int64)]
        for name, column in zip(self.columns, batch.columns, strict=True):
            found = recipients(column, self._known)
            numbers.append(found.numbers[~found.faults])
            counts[_READ, name] = len(numbers[-1])
            odd = written_at(column, np.flatnonzero(found.faults))
            counts[_UNREAD, name] = sum(1 for text in odd if text and text.strip())
        people = people_without_destinations(batch, np.concatenate(numbers))
        return Outcome(Tally(counts), [], None, [], people)
