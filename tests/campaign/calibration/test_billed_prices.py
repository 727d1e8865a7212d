"""Prices of a log, compared with price lists: by which list, day and rounding they were billed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("phonenumbers")

from septet import calibrate
from septet.campaign.prices.lists import PriceList
from septet.errors import CampaignError, OptionError

LIST = """\
destination;currency;price;from
33;EUR;0,045;
33;EUR;0,049;2026-01-01
+33744;EUR;0,06;
BE;EUR;0,07;
BE;EUR;0,08;2026-01-01
*;EUR;0,12;
"""
EARLIER = "destination;currency;price\n33;EUR;0,05\nBE;EUR;0,09\n*;EUR;0,2\n"
NUMBERS = ("+33612345678", "+33744123456", "+32470123456", "+4915123456789")
TEXTS = ("Bonjour", "x" * 200, "y" * 400)
COLUMNS = {
    "text": "Body",
    "segments": "Segments",
    "price": "Price",
    "recipient": "To",
    "currency": "Currency",
}


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    path = tmp_path / "prices.csv"
    path.write_text(LIST, "utf-8")
    return path


def log(
    price: Callable[[str, int], Decimal], days: tuple[str, ...] = ("2026-10-01",)
) -> list[dict[str, Any]]:
    """Each text to each number on each day, at a price of a number and its segments."""
    return [
        {"To": to, "Body": text, "Segments": n, "Price": str(-price(to, n)), "Currency": "eur", "Sent": sent}
        for sent in days
        for to in NUMBERS
        for n, text in enumerate(TEXTS, 1)
    ]


def of_list(path: Path, on: date, factor: Decimal = Decimal(1)) -> Callable[[str, int], Decimal]:
    found = PriceList.load(path)
    return lambda to, n: found.price(to, on).amount * n * factor  # type: ignore[union-attr]


def test_a_list_that_never_changes_is_checked_whatever_the_day_of_a_row(tmp_path: Path) -> None:
    this_year, year_before = tmp_path / "this-year.csv", tmp_path / "year-before.csv"
    this_year.write_text(EARLIER.replace("0,05", "0,06"), "utf-8")
    year_before.write_text(EARLIER, "utf-8")
    columns = {**COLUMNS, "date": "Sent", "prices": this_year, "earlier_prices": [year_before]}
    # No day is needed, so that one which cannot be read is no fault either.
    days = ("2026-10-01", "", "unknown")
    found = calibrate(log(of_list(this_year, date(2026, 10, 1)), days), **columns)
    assert (found.checked_prices, found.agree, found.causes) == (36, 36, ())
    found = calibrate(log(of_list(year_before, date(2026, 10, 1)), days), **columns)
    assert [(cause.rule, cause.rows) for cause in found.causes] == [("prices=year-before.csv", 18)]
    assert (found.checked_prices, found.unexplained) == (36, 0)


def test_prices_by_the_list_agree_on_the_day_of_all_or_of_each(prices: Path) -> None:
    on = date(2026, 10, 1)
    rows = log(of_list(prices, on))
    found = calibrate(rows, **COLUMNS, prices=prices, on=on)
    assert (found.rows, found.agree, found.checked_prices, found.causes) == (12, 12, 12, ())
    assert [(cost.currency, cost.amount) for cost in found.paid] == [("EUR", Decimal("1.854"))]
    # There is one day for all rows, or a column of days.
    assert calibrate(rows, **COLUMNS, prices=prices, date=on).agree == 12
    assert calibrate(rows, **COLUMNS, prices=prices, date="2026-10-01").agree == 12
    old, new = (of_list(prices, day) for day in (date(2025, 6, 1), on))
    both = log(old, ("2025-06-01 12:00:00",)) + log(new, ("01/10/2026",))
    both += log(new, ("Thu, 01 Oct 2026 10:00:00 +0000",))
    assert calibrate(both, **COLUMNS, date="Sent", prices=prices).agree == 36


def test_the_days_of_rows_are_read_as_vendors_write_them(prices: Path) -> None:
    old, new = (of_list(prices, day) for day in (date(2025, 12, 31), date(2026, 1, 1)))
    # The seconds before and after midnight of 2026 in UTC, and days in other forms.
    rows = log(old, ("1767225599", "2025/12/31", "31.12.2025", "Wed, 31 Dec 2025 23:59:59 +0000"))
    rows += log(new, ("1767225600", "2026-01-01T00:00:00Z", "1/1/2026", "Thu, 01 Jan 2026 00:00:00 +0000"))
    found = calibrate(rows, **COLUMNS, date="Sent", prices=prices)
    assert (found.checked_prices, found.agree) == (96, 96)
    # A day that no calendar has cannot be checked, as little as none.
    unknown = log(new, ("2026-02-30", "30/02/2026", "tomorrow", "", "99999999999"))
    found = calibrate([*rows, *unknown], **COLUMNS, date="Sent", prices=prices)
    assert (found.checked_prices, found.rows) == (96, 156)


def test_prices_of_a_later_day_are_found(prices: Path) -> None:
    rows = log(of_list(prices, date(2026, 10, 1)))
    found = calibrate(rows, **COLUMNS, prices=prices, on=date(2025, 12, 31))
    (cause,) = found.causes
    assert (cause.rule, cause.rows, found.unexplained) == ("on=2026-01-01", 6, 0)


@pytest.mark.parametrize(
    ("rule", "bill"),
    [
        ("on=2025-12-31", lambda path: of_list(path, date(2025, 6, 1))),
        ("price.per=message", lambda path: lambda to, n: of_list(path, date(2026, 10, 1))(to, 1)),
        ("price.tax=20", lambda path: of_list(path, date(2026, 10, 1), Decimal("1.2"))),
        (
            "price.digits=2",
            lambda path: (
                lambda to, n: of_list(path, date(2026, 10, 1))(to, n).quantize(Decimal("0.01"), ROUND_HALF_UP)
            ),
        ),
        (
            "prices=countries",
            lambda path: lambda to, n: of_list(path, date(2026, 10, 1))(to.replace("744", "6"), n),
        ),
        ("prices=*", lambda path: lambda to, n: Decimal("0.12") * n),
        ("prices=earlier.csv", lambda path: of_list(path.with_name("earlier.csv"), date(2026, 10, 1))),
    ],
)
def test_what_prices_were_billed_by_is_found(rule: str, bill: Any, prices: Path) -> None:
    earlier = prices.with_name("earlier.csv")
    earlier.write_text(EARLIER, "utf-8")
    rows = log(bill(prices))
    found = calibrate(rows, **COLUMNS, prices=prices, earlier_prices=[earlier], on=date(2026, 10, 1))
    assert [cause.rule for cause in found.causes] == [rule]
    assert found.unexplained == 0
    (cause,) = found.causes
    planned = sum(of_list(prices, date(2026, 10, 1))(row["To"], row["Segments"]) for row in rows)
    assert [cost.currency for cost in cause.more] == ["EUR"]
    assert cause.more[0].amount == -sum(Decimal(row["Price"]) for row in rows) - planned
    assert found.differ_by == {"segments": 0, "encoding": 0, "price": cause.rows}


def test_other_prices_have_no_cause(prices: Path) -> None:
    rows = log(lambda to, n: Decimal("0.0137") * n + Decimal(len(to)) / 1000)
    found = calibrate(rows, **COLUMNS, prices=prices, on=date(2026, 10, 1))
    assert (found.causes, found.unexplained) == ((), 12)
    first = found.unexplained_rows[0]
    assert (first.price, first.expected_price) == (Decimal("0.0257"), Decimal("0.049"))


def test_what_is_beyond_the_plan_is_as_dear_as_the_rest_of_its_message() -> None:
    rows = [{"Body": "Bonjour", "Segments": 3, "Price": "0.135", "To": "", "Currency": "EUR"}]
    found = calibrate(rows, **COLUMNS)
    assert (found.overbilled, found.overbilled_rows, found.factor) == (2, 1, 3)
    assert [tuple(cost) for cost in found.overpaid] == [("EUR", Decimal("0.09"))]


def test_a_price_list_needs_the_columns_that_it_is_about(prices: Path) -> None:
    rows = log(of_list(prices, date(2026, 10, 1)))
    with pytest.raises(CampaignError, match="the column of the recipients: give it as recipient"):
        calibrate(rows, text="Body", segments="Segments", price="Price", prices=prices)
    with pytest.raises(CampaignError, match="the column of the prices: give it as price"):
        calibrate(rows, text="Body", segments="Segments", recipient="To", prices=prices)
    with pytest.raises(OptionError, match="on: it goes with a price list"):
        calibrate(rows, **COLUMNS, on=date(2026, 10, 1))
    with pytest.raises(OptionError, match="date and on are both given"):
        calibrate(rows, **COLUMNS, prices=prices, on=date(2026, 1, 1), date=date(2026, 1, 1))
    with pytest.raises(TypeError, match="on: expected a date"):
        calibrate(rows, **COLUMNS, prices=prices, on="2026-01-01")
