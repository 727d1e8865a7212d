"""Measured rows: the rows of a batch with the results of each after their own columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from septet.files.column_names import plain
from septet.planning.pricing import times

from .appraisals import BITS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    import numpy as np
    import pyarrow as pa

    from .appraisals import Appraisal
    from .campaigns import Campaign
    from .prices.entries import Price

#: The columns that a measured row gets after its own.
MEASURED = ("encoding", "units", "billed_segments", "cost", "problems")
#: With prices in several currencies, a cost needs its currency.
CURRENCY = "currency"
#: The column of the text that a template gave.
RENDERED = "message"


def measured_rows(
    batch: pa.RecordBatch,
    rendered: pa.Array | None,
    appraisal: Appraisal,
    encodings: Sequence[str],
    campaign: Campaign,
    prices: Sequence[Price | None],
    price_of: np.ndarray[Any, Any] | None,
) -> pa.RecordBatch:
    """The rows of a batch, with `MEASURED` after their own columns.

    `rendered` are the texts that a template gave, `encodings` those that the places in the appraisal refer
    to. `price_of` has the place of each row's price among the `prices`; None: all have the first.
    """
    import numpy as np
    import pyarrow as pa

    places, units, billed, problems = appraisal
    columns = {name: batch.column(place) for place, name in enumerate(batch.schema.names)}
    if rendered is not None:
        # Whoever sends the rows takes the text from the column of that name: an older one must not be there.
        for name in [name for name in columns if plain(name) == RENDERED]:
            del columns[name]
        columns[RENDERED] = rendered.cast(pa.large_string(), safe=False)
    columns["encoding"] = _chosen(encodings, np.maximum(places, 0), pa.string())
    columns["units"], columns["billed_segments"] = pa.array(units), pa.array(billed)
    number = np.zeros(len(billed), np.int64) if price_of is None else price_of
    most = int(billed.max(initial=0)) + 1
    bills, which = _distinct(billed if price_of is None else number * most + billed)
    costs: list[Decimal | None] = []
    for bill in bills:
        place, segments = divmod(bill, most)
        price = prices[place]
        costs.append(None if price is None else times(price.amount, segments))
    columns["cost"] = _chosen(costs, which, pa.decimal128(38, campaign.scale))
    if campaign.in_several_currencies:
        currencies = [None if price is None else price.currency for price in prices]
        columns[CURRENCY] = _chosen(currencies, number, pa.string())
    sets, which = _distinct(problems)
    words = [" ".join(code for code, bit in BITS.items() if bits & bit) for bits in sets]
    columns["problems"] = _chosen(words, which, pa.string())
    return pa.RecordBatch.from_pydict(columns)


def _distinct(numbers: np.ndarray[Any, Any]) -> tuple[list[int], pa.Array]:
    """The distinct numbers among many, and the place of each one among these; without sorting all."""
    import pyarrow as pa

    found = pa.array(numbers).dictionary_encode()
    return found.dictionary.to_pylist(), found.indices


def _chosen(values: Sequence[Any], which: np.ndarray[Any, Any] | pa.Array, kind: Any) -> pa.Array:
    import pyarrow as pa

    if len(values) == 1:
        return pa.repeat(pa.scalar(values[0], kind), len(which))
    return pa.array(values, kind).take(which if isinstance(which, pa.Array) else pa.array(which))
