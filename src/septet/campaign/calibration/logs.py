"""Logs: the rows of a batch of a vendor's log as columns of figures; what was not billed is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from septet.campaign.arrow_columns import in_numpy, taken
from septet.campaign.estimators import Fault
from septet.campaign.recipients.beginnings import known
from septet.campaign.recipients.columns import recipients
from septet.campaign.text_columns import texts_of
from septet.files.column_names import places_of
from septet.wording.messages import said

from .cells import EMPTY, NO_NUMBER, count_of, day_of, encoding_of, price_of, values_of
from .columns import plain_word

if TYPE_CHECKING:
    from collections import defaultdict
    from collections.abc import Sequence

    import numpy as np
    import pyarrow as pa

    from septet.campaign.recipients.columns import Recipients

    from .columns import Columns
    from .ways import Counter, Figures

    Numbers = np.ndarray[Any, np.dtype[np.int64]]
    Mask = np.ndarray[Any, np.dtype[np.bool_]]
    Counts = defaultdict[Any, int]

#: Why rows are left out: nothing was sent, or nothing was billed that is planned.
LEFT_OUT = INBOUND, UNBILLED, OTHER_CHANNEL, NO_SEGMENTS = (
    *("inbound", "unbilled-status", "other-channel", "no-segments"),
)


class Log(NamedTuple):
    """The rows of a batch that are compared, in numpy arrays."""

    #: Their places in the batch.
    rows: Numbers
    texts: pa.Array
    planned: Figures
    billed: Numbers
    #: The place of each one's country among the names; None where it changes nothing.
    countries: Numbers | None
    names: Sequence[str | None]
    #: The place of the encoding in the log, -1 where it has none; None without such a column.
    encodings: Numbers | None
    prices: Numbers | None
    #: The place of each one's currency among `currencies`; None without such a column.
    currency: Numbers | None
    currencies: Sequence[str | None]
    #: Their recipients, and the ordinals of their days, 0 for an unreadable one; None without such columns.
    recipients: Recipients | None
    days: Numbers | None


class LogReader:
    """Reads batches of one log. Safe in threads."""

    def __init__(self, columns: Columns, counter: Counter, home: str | None, by_country: bool) -> None:
        """`by_country` says that the mention or the price of a row depends on where it goes."""
        self._columns = columns
        self._counter = counter
        self._by_country = by_country and columns.recipient is not None
        self._known = known(home)

    def read(self, batch: pa.RecordBatch, counts: Counts, faults: list[Fault], prices: Any) -> Log | None:
        """The rows that can be compared; None without any. What is left out or broken is reported.

        `prices` are the price rules, where prices are checked.
        """
        import numpy as np
        import pyarrow as pa

        columns = self._columns
        billed, kept = self._billed(batch, counts, faults)
        rows = np.flatnonzero(kept)
        if not rows.size:
            return None
        texts = texts_of(batch, _own(columns.text, batch))
        texts = texts if kept.all() else taken(texts, rows)
        countries, names = self._countries(self._cells(batch, columns.recipient, rows))
        planned = self._counter.figures(texts, countries, names)
        whole = planned.encodings >= 0
        if not whole.all():
            why = said("the message is not UTF-8")
            faults += [Fault(row, "bad-bytes", why) for row in rows[~whole].tolist()]
            texts, rows = taken(texts, np.flatnonzero(whole)), rows[whole]
            planned = planned.of(whole)
            countries = None if countries is None else countries[whole]
            if not rows.size:
                return None
        encodings = amounts = currency = days = found = None
        currencies: Sequence[str | None] = (None,)
        if (cells := self._cells(batch, columns.billed_encoding, rows)) is not None:
            encodings = values_of(cells).read(encoding_of, np.int64)
        if (cells := self._cells(batch, columns.price, rows)) is not None:
            amounts = values_of(cells).read(price_of, np.int64)
        if (cells := self._cells(batch, columns.currency, rows)) is not None:
            values = values_of(cells)
            currency, currencies = values.places, [word and word.upper() for word in values.distinct]
        if prices is not None:
            found = prices.recipients(self._cells(batch, columns.recipient, rows))
            if prices.dated and (cells := self._cells(batch, columns.date, rows)) is not None:
                days = values_of(cells).read(day_of, np.int64)
        texts = texts.cast(pa.large_binary()).cast(pa.large_string())
        return Log(
            *(rows, texts, planned, billed[rows], countries, names, encodings, amounts, currency, currencies),
            *(found, days),
        )

    def _billed(self, batch: pa.RecordBatch, counts: Counts, faults: list[Fault]) -> tuple[Numbers, Mask]:
        """The billed segments, and the rows whose segments can be compared."""
        import numpy as np

        kept = np.ones(batch.num_rows, bool)

        def leave_out(those: Mask, why: str) -> None:
            counts["left-out", why] += int(np.count_nonzero(those & kept))
            kept[those] = False

        columns = self._columns
        if (cells := self._cells(batch, columns.direction)) is not None:
            incoming = values_of(cells).read(lambda word: plain_word(word) in columns.inbound, bool)
            leave_out(incoming, INBOUND)
        if (cells := self._cells(batch, columns.status)) is not None:
            unbilled = values_of(cells).read(lambda word: plain_word(word) in columns.unbilled, bool)
            leave_out(unbilled, UNBILLED)
        if columns.other_channels and (cells := self._cells(batch, columns.recipient)) is not None:
            leave_out(_begins(cells, columns.other_channels), OTHER_CHANNEL)
        billed = values_of(self._cells(batch, columns.segments)).read(count_of, np.int64)
        leave_out((billed == EMPTY) | (billed == 0), NO_SEGMENTS)
        broken = kept & (billed == NO_NUMBER)
        why = said("its number of segments is not a whole number")
        faults += [Fault(row, "no-count", why) for row in np.flatnonzero(broken).tolist()]
        return billed, kept & ~broken

    def _cells(self, batch: pa.RecordBatch, name: str | None, rows: Numbers | None = None) -> Any:
        """The values of a column, in some rows or in all; None where there is no such column."""

        if name is None:
            return None
        column = batch.column(_own(name, batch))
        if rows is None or len(rows) == batch.num_rows:
            return column
        return taken(column, rows)

    def _countries(self, numbers: Any) -> tuple[Numbers | None, Sequence[str | None]]:
        """The country of each row, where that may change its mention."""
        if numbers is None or not self._by_country:
            return None, ()
        found = recipients(numbers, self._known)
        return found.country.astype("int64"), tuple(found.countries)


def _own(name: str, batch: pa.RecordBatch) -> str:
    """The name of a column in a batch."""
    names = batch.schema.names
    return str(name if name in names else names[places_of(name, names)[0]])


def _begins(numbers: pa.Array, beginnings: Sequence[str]) -> Mask:
    """The rows that begin with one of some words."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    found = np.zeros(len(numbers), bool)
    if pa.types.is_integer(numbers.type) or pa.types.is_null(numbers.type):
        return found
    if pa.types.is_dictionary(numbers.type):
        numbers = numbers.dictionary_decode()
    for beginning in beginnings:
        found |= in_numpy(pc.starts_with(numbers, beginning)).astype(bool)
    return found
