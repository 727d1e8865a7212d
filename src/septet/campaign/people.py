"""People: the recipients of a batch's measured rows, row by row, for figures that need all rows together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from .occurrences import occurrences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    import pyarrow as pa

    from .prices.entries import Price

    Numbers = np.ndarray[Any, np.dtype[np.int64]]
    Counts = dict[Any, int]
    #: The price of a segment, the encoding, and the billed segments.
    Bill = tuple[Price | None, str, int]


class Destination(NamedTuple):
    """Where rows go, and what a segment costs there."""

    #: ISO 3166-1 alpha-2; ``"001"`` for a number of no single country; None where it is not known.
    country: str | None
    #: The destination of the price list that holds for them; None without a list.
    line: str | None
    price: Price | None


class People(NamedTuple):
    """The rows of a batch that were measured, in their order."""

    batch: pa.RecordBatch
    #: Their places in the batch.
    rows: Numbers
    #: The segments that each is billed.
    billed: Numbers
    #: The place of each one's encoding among the `encodings`; empty if the numbers are.
    encoding_of: Numbers
    encodings: Sequence[str]
    #: The number of each, without its plus; empty where no column holds numbers.
    numbers: Numbers
    #: The place of its kind among `septet.destinations.kinds.KINDS`; empty if the numbers are.
    kinds: np.ndarray[Any, Any]
    #: The place of each one's destination among the `destinations`; empty if the numbers are.
    destination_of: Numbers
    destinations: Sequence[Destination]

    def without(self, left_out: np.ndarray[Any, np.dtype[np.bool_]]) -> People:
        """The same without some of the measured rows."""
        kept = ~left_out
        numbered = len(self.numbers) > 0
        return self._replace(
            rows=self.rows[kept],
            billed=self.billed[kept],
            encoding_of=self.encoding_of[kept] if numbered else self.encoding_of,
            numbers=self.numbers[kept] if numbered else self.numbers,
            kinds=self.kinds[kept] if numbered else self.kinds,
            destination_of=self.destination_of[kept] if numbered else self.destination_of,
        )

    def bills(self, some: np.ndarray[Any, np.dtype[np.bool_]]) -> Iterator[tuple[Bill, int]]:
        """The bills of some of the rows, with how many rows have each; one may come several times."""
        import numpy as np

        wide, most = len(self.encodings), len(self.destinations)
        rows = np.flatnonzero(some)  # places are found once, and masks each time
        keys = (self.billed[rows] * wide + self.encoding_of[rows]) * most + self.destination_of[rows]
        for key, times in occurrences(keys):
            key, destination = divmod(key, most)
            segments, encoding = divmod(key, wide)
            yield (self.destinations[destination].price, self.encodings[encoding], segments), times

    def counts(self) -> Counts:
        """The rows and the segments of each destination."""
        import numpy as np

        most = len(self.destinations)
        if most == 1:
            billed = int(self.billed.sum())
            return self._going(self.destinations[0], len(self.rows), billed)
        rows = np.bincount(self.destination_of, minlength=most)
        # Sums of whole numbers below 2**53, which floats hold exactly.
        segments = np.bincount(self.destination_of, self.billed, minlength=most)
        found: Counts = {}
        for destination, number, some in zip(
            self.destinations, rows.tolist(), segments.tolist(), strict=True
        ):
            if number:
                found |= self._going(destination, number, int(some))
        return found

    @staticmethod
    def _going(destination: Destination, rows: int, segments: int) -> Counts:
        return {("going", "rows", *destination): rows, ("going", "segments", *destination): segments}


def people_without_numbers(batch: pa.RecordBatch, rows: Numbers, billed: Numbers) -> People:
    """The measured rows of a batch whose recipients are unknown."""
    return People(batch, rows, billed, rows[:0], (), rows[:0], rows[:0], rows[:0], ())


def people_without_destinations(batch: pa.RecordBatch, numbers: Numbers) -> People:
    """Numbers that nothing is sent to."""
    none = numbers[:0]
    return People(batch, none, none, none, (), numbers, none, none, ())
