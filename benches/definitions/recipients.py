"""What do recipients and a price list of 250 lines cost, beside the same estimate without them?

Prices by country and by beginning. The numbers are those of the corpus `recipients`, in the international
form and, for one country, in the national form with blanks; the texts are those of `short`, each with its
own number. Numbering plans are looked up when a process reads a column for the first time, which is the
first line.
"""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from typing import Any

from corpora import draw, numbers
from report import Bar, Report, Table, ratio
from session import Session
from timing import interleaved, once

ROWS, QUICK_ROWS = 1_000_000, 100_000
LINES = 250


def measure(session: Session) -> Report:
    try:
        import phonenumbers
        import pyarrow
    except ImportError:
        return Report([], [Bar(_WHAT, None, 3, at_most=True)], ["pyarrow or phonenumbers is not installed"])
    from septet.campaign import estimate

    count = QUICK_ROWS if session.quick else ROWS
    pool = draw("short", 2000)
    texts = [f"{row} {pool[row % len(pool)]}" for row in range(count)]
    prices = _prices(phonenumbers)
    at_home = [
        f"0{number[3]} {number[4:6]} {number[6:8]} {number[8:10]} {number[10:]}"
        for number in numbers(count, 4)
    ]
    columns = {"30 countries, +33…": numbers(count), "one country, 06 12 …": at_home}
    rows, bars = [], []
    for name, column in columns.items():
        table = pyarrow.table({"message": texts, "mobile": pyarrow.array(column, pyarrow.string())})
        given: dict[str, Any] = {"recipient": "mobile", "prices": prices, "country": "FR"}
        start = time.perf_counter()
        found = estimate(table, on=date(2026, 1, 1), **given)
        first = (time.perf_counter() - start) * 1e9
        _check(found, texts, column, prices)
        subjects = {
            "without": once(lambda table=table: estimate(table)),
            "with": once(lambda table=table, given=given: estimate(table, on=date(2026, 1, 1), **given)),
        }
        taken = interleaved(subjects, min(session.rounds, 7), session.seconds, loops=2)
        rows.append([name, *(f"{figure / count:,.0f}" for figure in (*taken.values(), first))])
        bars.append(Bar(f"{_WHAT}, {name}", taken["with"] / taken["without"], 3, at_most=True))
        rows[-1].append(ratio(taken["with"] / taken["without"]))
    header = ["numbers", "without", "with", "the first time", "with, of without"]
    return Report([Table(f"{count:,} rows, ns per row", header, rows)], bars)


_WHAT = f"recipients with a price list of {LINES} lines, of the time without"


def _prices(phonenumbers: Any) -> Any:
    """A price for each of 200 countries, for the beginnings of some of their numbers, and for all others."""
    from septet.campaign.prices.entries import Entry, Price
    from septet.campaign.prices.lists import PriceList

    countries = sorted(phonenumbers.SUPPORTED_REGIONS)[:200]
    beginnings = dict.fromkeys(number[1:6] for number in numbers(500))
    places = [*countries, "FR", "DE", "GB", "US", *beginnings][: LINES - 1]
    names = dict.fromkeys([*places, *(f"3375{number:02d}" for number in range(LINES))])
    entries = [
        Entry(place, Price(Decimal(10 + number) / 1000, "EUR"))
        for number, place in enumerate([*list(names)[: LINES - 1], "*"])
    ]
    assert len(entries) == LINES
    return PriceList(entries)


def _check(found: Any, texts: list[str], column: Any, prices: Any) -> None:
    """Raises AssertionError unless a sample costs as much as its rows one by one."""
    from septet.campaign import estimate
    from septet.destinations.phone_numbers import phone_number

    assert (found.rows, found.rejected) == (len(texts), 0)
    step = max(1, len(texts) // 500)
    some = [(text, number) for text, number in zip(texts[::step], column[::step], strict=True)]
    sample = estimate(
        [{"message": text, "mobile": number} for text, number in some],
        recipient="mobile",
        prices=prices,
        country="FR",
        on=date(2026, 1, 1),
    )
    import septet

    total = Decimal(0)
    for text, number in some:
        read = phone_number(number, "FR")
        assert read is not None
        price = prices.price(read, date(2026, 1, 1))
        assert price is not None
        total += price.amount * septet.count(text)
    assert sample.cost == total
