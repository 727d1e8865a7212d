"""Runs: a log read once from its first row to its last, and again where several causes meet in a row."""

from __future__ import annotations

import datetime
import os
import re
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

from septet.campaign.pipelines import Pool
from septet.campaign.prices.lists import PriceList
from septet.campaign.rejects import Progress
from septet.campaign.rows.sources import Source, open_source
from septet.campaign.tallies import Tally
from septet.errors import CampaignError, OptionError, shown
from septet.files.octets import reason
from septet.planning.option_names import check_names
from septet.planning.options import Settings
from septet.vendors.profiles import profile as find_profile

from .calibrations import Calibration
from .causes import Found, causes_of
from .columns import NAMES, Columns, check_column, columns_of
from .comparers import Comparer
from .hypotheses import together
from .memory import SystemMemory
from .price_rules import PriceRules
from .tried import Tried, hypotheses_of
from .ways import Way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from typing_extensions import Unpack

    from septet.campaign.rejects import Part
    from septet.planning.option_types import Options
    from septet.vendors.profiles import Profile

    from .differing_rows import DifferingRow

#: The most differing rows to keep for showing, and the most sets of hypotheses.
_KEPT = 5000
#: The number of threads: each of them takes some four megabytes.
_THREADS = 8
#: The most causes that are tried together.
_TOGETHER = 3


class _Read(NamedTuple):
    """What one reading of a log gave."""

    tally: Tally
    shown: list[DifferingRow]
    segments: Found
    prices: Found


def calibrate(
    export: Any,
    profile: str | os.PathLike[str] | Profile = "gsm",
    *,
    text: str | None = None,
    segments: str | None = None,
    price: str | None = None,
    currency: str | None = None,
    status: str | None = None,
    direction: str | None = None,
    recipient: str | None = None,
    date: str | datetime.date | None = None,
    billed_encoding: str | None = None,
    prices: PriceList | str | os.PathLike[str] | None = None,
    earlier_prices: Sequence[PriceList | str | os.PathLike[str]] = (),
    on: datetime.date | None = None,
    format: str | None = None,
    delimiter: str | None = None,
    file_encoding: str | None = None,
    header_line: int | None = None,
    sheet: str | int | None = None,
    progress: Callable[[Progress], object] | None = None,
    **options: Unpack[Options],
) -> Calibration:
    """Compares a vendor's message log or invoice with the plan: what agrees, what differs, and why.

    `export` is a file or anything else that `septet.campaign.estimate` reads, one row for each message.
    These are names of its columns; in a known export they are found:

    - `text`, the message, and `segments`, what was billed for it;
    - `price`, what it cost, in the `currency` that another column has;
    - `status` and `direction`: failed and received messages were not billed and are left out;
    - `recipient`, whose country decides the opt-out mention and the price;
    - `date`, the day of each message, for price lists that change; or a day, which is that of all;
    - `billed_encoding`, the encoding that the vendor says it was sent in.

    `prices` is a list by destination that prices are compared with, on the day of each message, or of all
    (`on`, today unless known); `earlier_prices` are other lists that may have been billed by. `format`,
    `delimiter`, `file_encoding`, `header_line` and `sheet` say how a file is written, as for `estimate`.
    The `options` are those of `septet.plan`, as the messages were sent. `progress` is told how far it has
    come.

    A cause is named where its rows are far more than accidents would make: with it, rows are billed so that
    it would change. Where two causes meet in a row, the log is read twice; a stream, which cannot be, keeps
    such rows unexplained.

    Raises CampaignError for a log that cannot be read or lacks a column, TypeError and ValueError for what
    `septet.plan` would refuse.
    """
    days, on = _day_or_column(date, on)
    named = (text, segments, price, currency, status, direction, recipient, days, billed_encoding)
    given: dict[str, str | None] = dict(zip(NAMES, named, strict=True))
    check_names(options, calibrate.__kwdefaults__)
    for what, column in given.items():
        check_column(what, column)
    found = find_profile(profile)
    way = Way(found.origin, {name: value for name, value in options.items() if value is not None})
    Settings(way.profile, dict(way.options))  # refuses options that the profile does not take
    lists = _lists(prices, earlier_prices, on)
    tried = Tried(way, hypotheses_of(way))

    def opened() -> Source:
        if isinstance(export, Source):
            return export
        wanted = [name for name in given.values() if name is not None]
        return open_source(export, format, delimiter, file_encoding, wanted, header_line, sheet)

    with SystemMemory(), opened() as source:
        columns = columns_of(found, source.columns, given, source.name)
        rules = _price_rules(lists, columns, on, way, source.name)
        read = _read(source, columns, tried, rules, progress)
    if len(read.segments.places) > 1 and read.segments.left and _can_be_read_again(export):
        several = [tried.hypotheses[place] for place in read.segments.places[:_TOGETHER]]
        sets = [
            together(*some) for size in range(2, len(several) + 1) for some in combinations(several, size)
        ]
        tried = Tried(way, [*tried.hypotheses, *sets])
        with SystemMemory(), opened() as source:
            read = _read(source, columns, tried, rules, progress)
    names = [one.rule for one in tried.hypotheses] + [one.rule for one in (rules.others if rules else ())]
    return Calibration(
        found.name, way.options, columns, read.tally, read.segments, read.prices, read.shown, names
    )


def _day_or_column(date: object, on: datetime.date | None) -> tuple[Any, datetime.date | None]:
    """The column of the days, and the day of all rows; at most one of them is given."""
    if isinstance(date, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", date):
        try:
            date = datetime.date.fromisoformat(date)
        except ValueError:
            raise OptionError(
                f"date: expected a day such as 2027-01-31, found {date!r}", "date", "a day"
            ) from None
    if not isinstance(date, datetime.date):
        return date, on
    if on is not None:
        message = "date and on are both given: expected one of them"
        raise OptionError(message, "on", "date or on, not both")
    return None, date


def _lists(prices: Any, earlier: Any, on: object) -> list[PriceList]:
    """The price list and the earlier ones; none without a list."""
    if on is not None and (not isinstance(on, datetime.date)):
        raise TypeError(f"on: expected a date, found {shown(on)}")
    if prices is None:
        for name, value in (("earlier_prices", earlier), ("on", on)):
            if value:
                message = f"{name}: it goes with a price list: give prices as well"
                raise OptionError(message, name, "prices beside it")
        return []
    if isinstance(earlier, (str, os.PathLike, PriceList)):
        earlier = [earlier]
    return [one if isinstance(one, PriceList) else PriceList.load(one) for one in (prices, *earlier)]


def _price_rules(
    lists: Sequence[PriceList], columns: Columns, on: datetime.date | None, way: Way, where: str
) -> PriceRules | None:
    if not lists:
        return None
    for what, name in (("price", columns.price), ("recipient", columns.recipient)):
        if name is None:
            raise CampaignError(f"{where}: a price list needs the column of the {what}s: give it as {what}")
    day = on if on is not None or columns.date is not None else datetime.date.today()
    home = way.options.get("country") or way.profile.country
    return PriceRules(lists[0], lists[1:], day, home.upper() if home else None)


def _can_be_read_again(export: Any) -> bool:
    """Whether a log is a file or in memory, and not a stream that can be read only once."""
    if isinstance(export, (str, os.PathLike, list, tuple)):
        return True
    return hasattr(export, "column_names") or hasattr(export, "columns")


def _read(
    source: Source,
    columns: Columns,
    tried: Tried,
    rules: PriceRules | None,
    progress: Callable[[Progress], object] | None,
) -> _Read:
    comparer = Comparer(columns, tried.way, tried.counters, rules)
    total = Tally()
    shown: dict[str, DifferingRow] = {}
    with Pool(_THREADS) as pool:
        for part in _parts(source, pool, comparer):
            total += part.tally
            for row in part.findings:
                if len(shown) < _KEPT:
                    shown.setdefault(row.code, row)  # type: ignore[arg-type]
            if progress is not None:
                gone = total["compared",] + total.left_out + total.rejected
                progress(Progress(gone, total.rejected, 0, part.done, source.total))
    currencies = rules.base.prices.currencies if rules else ()
    currency = currencies[0] if len(currencies) == 1 else None
    rows = list(shown.values())
    return _Read(
        total,
        rows,
        causes_of(total, "segments", tried.hypotheses, rows),
        causes_of(total, "price", rules.others if rules else (), rows, currency),
    )


def _parts(source: Source, pool: Pool, comparer: Comparer) -> Iterator[Part]:
    """The parts of a log; an error of Arrow with one of its values becomes a message of one line."""
    import pyarrow as pa

    try:
        yield from source.parts(pool, comparer, False)
    except pa.ArrowException as error:
        raise CampaignError(f"{source.name}: its rows cannot be compared: {reason(error)}") from error
