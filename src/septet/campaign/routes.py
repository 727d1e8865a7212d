"""Routes: where the rows of a batch go, as the numbers of their recipients say, and what they cost there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from septet.destinations.kinds import KINDS, MOBILE, MOBILE_OR_LANDLINE
from septet.destinations.phone_numbers import kind_of_digits, phone_number
from septet.wording.messages import said

from .bad_numbers import why_bad
from .people import Destination, People
from .pipelines import stop_if_cancelled

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pyarrow as pa

    from septet.wording.messages import Words

    from .campaigns import Campaign

    Numbers = np.ndarray[Any, np.dtype[np.int64]]

#: The places of the kinds that a message may well reach.
_MOBILES = [KINDS.index(kind) for kind in (MOBILE, MOBILE_OR_LANDLINE)]
#: Why a row is left out though it could be measured; with `mobiles_only` also the kind of its number.
EXCLUDED, DUPLICATE = "excluded", "duplicate"
#: All of these, by their places in `Routes.left_out`.
WHYS = (EXCLUDED, *KINDS)


class Routes(NamedTuple):
    """Where each row of a batch goes; in numpy arrays."""

    #: The numbers without their plus; 0 where there is none.
    numbers: Numbers
    #: The place of each one's kind among `KINDS`.
    kinds: Numbers
    #: The place of each row's destination among the `destinations`; -1 for one that goes nowhere.
    destination_of: Numbers
    destinations: list[Destination]
    #: The place among `WHYS` of why a row is left out; -1 for one that is not.
    left_out: Numbers
    #: Of the other rows without a destination, the code of what is wrong with it, and the reason.
    faults: dict[int, tuple[str, Words]]

    @property
    def not_mobile(self) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """The rows with a number that is surely of no mobile telephone."""
        import numpy as np

        return (self.numbers > 0) & ~np.isin(self.kinds, _MOBILES)

    def people(self, batch: pa.RecordBatch, measured: Numbers, billed: Numbers) -> People:
        """The measured rows of the batch."""
        return People(
            batch,
            measured,
            billed[measured],
            self.numbers[measured],
            self.destination_of[measured],
            self.destinations,
        )

    def counts(self, measured: Numbers) -> dict[Any, int]:
        """The measured rows by the kind of their number, and those that are left out by why."""
        import numpy as np

        found: dict[Any, int] = {}
        for kind, rows in zip(KINDS, np.bincount(self.kinds[measured], minlength=len(KINDS)), strict=True):
            if rows:
                found["kind", kind] = int(rows)
        left_out = self.left_out[self.left_out >= 0]
        for why, rows in zip(WHYS, np.bincount(left_out, minlength=len(WHYS)), strict=True):
            if rows:
                found["left-out", why] = int(rows)
        return found


def routes(column: pa.Array, campaign: Campaign, passed_over: Mapping[int, object]) -> Routes:
    """Where the rows with these recipients go, but for those that are passed over."""
    import numpy as np

    rows, home = len(column), campaign.home
    numbers, kinds = np.zeros(rows, np.int64), np.zeros(rows, np.int64)
    destination_of, left_out = np.full(rows, -1, np.int64), np.full(rows, -1, np.int64)
    destinations: dict[Destination, int] = {}
    faults: dict[int, tuple[str, Words]] = {}
    found = {}
    for row, written in enumerate(column.to_pylist()):
        stop_if_cancelled()
        if row in passed_over:
            continue
        if isinstance(written, bytes):
            written = written.decode("utf-8", "replace")
        number = None if written is None else phone_number(str(written).strip(), home)
        if number is None or not number.known:
            faults[row] = "bad-number", why_bad(None if written is None else str(written), home)
            continue
        found[row] = number
        numbers[row], kinds[row] = int(number.digits), KINDS.index(kind_of_digits(number.digits))
    if campaign.exclusions is not None:
        left_out[(numbers > 0) & campaign.exclusions.holds(numbers)] = WHYS.index(EXCLUDED)
    if campaign.mobiles_only:
        others = (numbers > 0) & (left_out < 0) & ~np.isin(kinds, _MOBILES)
        left_out[others] = kinds[others] + WHYS.index(KINDS[0])
    for row, number in found.items():
        if left_out[row] >= 0:
            continue
        line, price = None, campaign.price
        if campaign.prices is not None:
            priced = campaign.prices.line(number, campaign.on)
            if priced is None:
                why = said("the price list has no price for +%(number)s", number=number.digits)
                faults[row] = "no-price", why
                continue
            line, price = priced
        destination = Destination(number.country, line, price)
        destination_of[row] = destinations.setdefault(destination, len(destinations))
    return Routes(numbers, kinds, destination_of, list(destinations), left_out, faults)
