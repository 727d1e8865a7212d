"""Routes: where the rows of a batch go, by the numbers of their recipients, and what they cost there."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.destinations.kinds import KINDS, MOBILE, MOBILE_OR_LANDLINE
from septet.destinations.readings import PhoneNumber
from septet.wording.messages import said

from .bad_numbers import why_bad
from .people import Destination, People
from .pipelines import stop_if_cancelled
from .recipients.beginnings import known
from .recipients.columns import recipients, written_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pyarrow as pa

    from septet.wording.messages import Words

    from .campaigns import Campaign

    Numbers = np.ndarray[Any, np.dtype[np.int64]]
    Mask = np.ndarray[Any, np.dtype[np.bool_]]

#: The places of the kinds of numbers that a message may reach.
_MOBILES = [KINDS.index(kind) for kind in (MOBILE, MOBILE_OR_LANDLINE)]
#: Why a row is left out though it could be measured; with `mobiles_only` also the kind of its number.
EXCLUDED, DUPLICATE = "excluded", "duplicate"
#: All of these, by their places in `Routes.left_out`.
WHYS = (EXCLUDED, *KINDS)
# Rows without a destination: no number, or one without a price in the price list.
_NOWHERE = -1


class Routes(NamedTuple):
    """Where each row of a batch goes; in numpy arrays."""

    #: The numbers without their plus; any value where there is none.
    numbers: Numbers
    #: The place of each one's kind among `KINDS`.
    kinds: np.ndarray[Any, Any]
    #: The place of each row's destination among the `destinations`; -1 where it has none.
    destination_of: Numbers
    destinations: list[Destination]
    #: The place in `WHYS` of the reason why a row is left out; -1 for other rows.
    left_out: np.ndarray[Any, Any]
    #: For the other rows without a destination, the code of what is wrong, and the reason.
    faults: dict[int, tuple[str, Words]]

    @property
    def leaves_out(self) -> bool:
        """Whether any row is left out."""
        return bool((self.left_out >= 0).any())

    @property
    def not_mobile(self) -> Mask:
        """The rows with a number that is certainly not mobile."""
        return _among(self.kinds, [place for place in range(len(KINDS)) if place not in _MOBILES])

    def people(
        self,
        batch: pa.RecordBatch,
        measured: Numbers,
        billed: Numbers,
        encoding_of: Numbers,
        encodings: Sequence[str],
    ) -> People:
        """The measured rows of the batch."""
        of_rows: tuple[Any, ...] = billed, encoding_of, self.numbers, self.kinds, self.destination_of
        if len(measured) < len(billed):  # nearly always all are measured, and nothing is copied
            of_rows = tuple(values[measured] for values in of_rows)
        billed, encoding_of, numbers, kinds, destination_of = of_rows
        return People(
            *(batch, measured, billed, encoding_of, encodings, numbers, kinds),
            *(destination_of, self.destinations),
        )

    def counts(self, measured: Numbers) -> dict[Any, int]:
        """The measured rows by the kind of their number, and the left-out ones by the reason."""
        import numpy as np

        found: dict[Any, int] = {}
        kinds = self.kinds if len(measured) == len(self.kinds) else self.kinds[measured]
        for kind, rows in zip(KINDS, np.bincount(kinds, minlength=len(KINDS)), strict=True):
            if rows:
                found["kind", kind] = int(rows)
        if not self.leaves_out:
            return found
        left_out = self.left_out[self.left_out >= 0]
        for why, rows in zip(WHYS, np.bincount(left_out, minlength=len(WHYS)), strict=True):
            if rows:
                found["left-out", why] = int(rows)
        return found


class Router:
    """Finds the routes of the recipients of a campaign. Safe in threads."""

    def __init__(self, campaign: Campaign) -> None:
        prices = campaign.prices
        self._campaign = campaign
        beginnings = () if prices is None else tuple(filter(str.isdigit, prices.destinations))
        self._known = known(campaign.home, frozenset(beginnings))
        self._lock = threading.Lock()
        #: All destinations so far, and the place of that of each key of a beginning.
        self._destinations: dict[Destination, int] = {}
        self._of_key: list[int] = []
        # The memory of `why_bad`.
        self._nowhere: set[int] = set()

    def routes(self, column: pa.Array, passed_over: Mapping[int, object]) -> Routes:
        """The routes of the rows with these recipients, except for the skipped ones."""
        import numpy as np

        campaign, found = self._campaign, recipients(column, self._known)
        destination_of = self._of_keys()[found.keys]
        for row, other in found.others.items():
            destination_of[row] = self._place_of(other)
        rows, over = len(found.numbers), list(passed_over)
        left_out = np.full(rows, -1, np.int8)
        if campaign.exclusions is not None or campaign.mobiles_only:
            numbered = ~found.faults
            numbered[over] = False
            if campaign.exclusions is not None:
                left_out[numbered & campaign.exclusions.holds(found.numbers)] = WHYS.index(EXCLUDED)
            if campaign.mobiles_only:
                others = numbered & (left_out < 0) & ~_among(found.kind, _MOBILES)
                left_out[others] = found.kind[others] + WHYS.index(KINDS[0])
        astray = (destination_of < 0) & (left_out < 0)
        astray[over] = False
        faults: dict[int, tuple[str, Words]] = {}
        lost = np.flatnonzero(astray)
        for row, written in zip(lost.tolist(), written_at(column, lost), strict=True):
            stop_if_cancelled()
            if found.faults[row]:
                why = why_bad(written, campaign.home, self._nowhere, int(found.keys[row]))
                faults[row] = "bad-number", why
            else:
                number = str(found.numbers[row])
                why = said("the price list has no price for +%(number)s", number=number)
                faults[row] = "no-price", why
        destination_of[left_out >= 0] = _NOWHERE
        destination_of[over] = _NOWHERE
        destinations, destination_of = self._used(destination_of)
        return Routes(found.numbers, found.kind, destination_of, destinations, left_out, faults)

    def _used(self, destination_of: Numbers) -> tuple[list[Destination], Numbers]:
        """Only the destinations of some rows, and the places of these among them."""
        import numpy as np

        every = list(self._destinations)
        used = np.flatnonzero(np.bincount(destination_of + 1, minlength=1)[1:])
        if len(used) == len(every):
            return every, destination_of
        new = np.full(len(every) + 1, _NOWHERE, np.int64)
        new[used] = np.arange(len(used))
        return [every[place] for place in used.tolist()], new[destination_of]

    def _of_keys(self) -> Numbers:
        import numpy as np

        keys = self._known.keys
        with self._lock:
            for key in keys[len(self._of_key) :]:
                number = PhoneNumber(key.head, key.country, key.known) if key.head else None
                self._of_key.append(self._place_of(number))
            return np.array(self._of_key, np.int64)

    def _place_of(self, number: PhoneNumber | None) -> int:
        campaign = self._campaign
        if number is None or not number.known:
            return _NOWHERE
        line, price = None, campaign.price
        if campaign.prices is not None:
            priced = campaign.prices.line(number, campaign.on)
            if priced is None:
                return _NOWHERE
            line, price = priced
        return self._destinations.setdefault(
            Destination(number.country, line, price), len(self._destinations)
        )


def _among(kinds: np.ndarray[Any, Any], those: list[int]) -> Mask:
    """Which kinds are among some given ones, by a table."""
    import numpy as np

    table = np.zeros(len(KINDS), bool)
    table[those] = True
    found: Mask = table[kinds]
    return found
