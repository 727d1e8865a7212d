"""Price lists: which price applies to a number on a day, and the errors of an invalid list."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from datetime import date
from decimal import Context, Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
from sources import ROOT

pytest.importorskip("phonenumbers")

from septet.campaign import estimate
from septet.campaign.prices.entries import Entry, Price
from septet.campaign.prices.lists import PriceList
from septet.campaign.prices.money import amount
from septet.destinations.phone_numbers import phone_number
from septet.errors import CampaignError

Write = Callable[[str, str | bytes], Path]

EURO_LIST = """\
destination;currency;price;from
33;EUR;0,045;
33;EUR;0,049;2027-01-01
33;EUR;0,052;2028-01-01
+33 700;EUR;0,06;
RE;EUR;0,08;
262;EUR;0,09;
be;EUR;0.07;2026-06-01
"1";USD;0.0075;
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return written


@pytest.mark.parametrize(
    ("number", "day", "price"),
    [
        ("33612345678", date(2026, 11, 22), "0.045"),
        ("+33612345678", date(2026, 12, 31), "0.045"),
        ("33612345678", date(2027, 1, 1), "0.049"),
        ("33612345678", date(2029, 1, 1), "0.052"),
        ("33700000001", date(2026, 11, 22), "0.06"),  # the longest beginning
        ("33700000001", date(2029, 1, 1), "0.06"),
        ("262692123456", date(2026, 11, 22), "0.08"),  # Réunion, which shares 262 with Mayotte
        ("262639012345", date(2026, 11, 22), "0.09"),  # Mayotte
        ("32470123456", date(2026, 5, 31), None),
        ("32470123456", date(2026, 6, 1), "0.07"),
        ("14155552671", date(2026, 11, 22), "0.0075"),
        ("49301234567", date(2026, 11, 22), None),
        ("", date(2026, 11, 22), None),
        ("call me", date(2026, 11, 22), None),
        ("FR", date(2026, 11, 22), "0.045"),
        ("re", date(2026, 11, 22), "0.08"),
        ("YT", date(2026, 11, 22), "0.09"),
        ("BE", date(2026, 11, 22), "0.07"),
        ("DE", date(2026, 11, 22), None),
    ],
)
def test_the_price_of_a_number(number: str, day: date, price: str | None, write: Write) -> None:
    prices = PriceList.load(write("prices.csv", EURO_LIST))
    found = prices.price(number, on=day)
    assert (found and str(found.amount)) == price
    read = phone_number(number, None)
    if read is not None and len(number) > 2:
        assert prices.price(read, on=day) == found


def test_a_country_is_more_than_its_calling_code_and_less_than_what_is_longer() -> None:
    def price(*destinations: str) -> str | None:
        entries = (Entry(d, Price(Decimal(n), "EUR")) for n, d in enumerate(destinations))
        found = PriceList(entries).price("14165550123", on=date(2026, 1, 1))  # Toronto
        return destinations[int(found.amount)] if found else None

    assert price("*", "1", "US", "CA", "1416") == "1416"
    assert price("*", "1", "US", "CA", "1415") == "CA"
    assert price("*", "CA") == "CA"
    assert price("*", "1", "US", "1415") == "1"
    assert price("US", "*") == "*"
    assert price("US", "33") is None


def test_a_list_in_toml_says_the_same(write: Write) -> None:
    path = write(
        "prices.toml",
        """
        currency = "EUR"
        [[prices]]
        destination = 33
        price = "0,045"
        [[prices]]
        destination = "33"
        price = 0.049
        from = 2027-01-01
        [[prices]]
        destination = "1"
        price = 0.0075
        currency = "USD"
        """,
    )
    prices = PriceList.load(path)
    assert prices.entries == (
        Entry("33", Price(Decimal("0.045"), "EUR")),
        Entry("33", Price(Decimal("0.049"), "EUR"), date(2027, 1, 1)),
        Entry("1", Price(Decimal("0.0075"), "USD")),
    )
    assert prices.currencies == ("EUR", "USD")
    assert prices.scale == 4


@pytest.mark.parametrize(
    "content",
    [
        b'\xef\xbb\xbfDestination,Currency,Price\r\nFR,EUR,"0,045"\r\n\r\n',
        b"price\tcurrency\tdestination\nFR\n".replace(b"FR\n", b"0,045\tEUR\tFR\n"),
        b'destination;currency;price\n"FR" ; EUR ; 0,045 \n'.replace(b'"FR" ', b"FR "),
        b"destination;currency;price\n\xa0FR;EUR;0,045\n",  # Windows-1252, a space that does not break
        b"sep=;\r\ndestination;currency;price\r\nFR;EUR;0,045\r\n",
        "sep=;\ndestination;currency;price\nFR;EUR;0,045 €\n".encode("utf-16"),
        b'"sep=|"\ndestination|currency|price\nFR|EUR|,045\n',
        "Pays ;DEVISE;Prix;À partir du;;\nFR;EUR;0,045 €;;;\n;;;;;\n".encode(),
        b"pays;devise;prix\rFR;EUR;0,045\r",
    ],
)
def test_what_spreadsheets_save(content: bytes, write: Write) -> None:
    prices = PriceList.load(write("prices.csv", content))
    assert prices.entries == (Entry("FR", Price(Decimal("0.045"), "EUR")),)


@pytest.mark.parametrize(
    ("written", "destination", "day"),
    [
        ("0033", "33", None),
        ("+33 6", "336", None),
        ("00 33 6", "336", None),
        ("33", "33", date(2026, 12, 31)),
    ],
)
def test_destinations_and_days_as_people_write_them(
    written: str, destination: str, day: date | None, write: Write
) -> None:
    since = f"{day:%d/%m/%Y}" if day else ""
    row = f"pays;devise;prix;date\n{written};EUR;1;{since}\n".encode()
    assert PriceList.load(write("prices.csv", row)).entries == (
        Entry(destination, Price(Decimal(1), "EUR"), day),
    )


@pytest.mark.parametrize("price", ["1e-9999999", "1e9999999", "0." + "1" * 40, 1 << 50])
def test_a_price_beyond_any_is_refused(price: str | int, write: Write, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at most 12 digits before the point and 18 behind it"):
        estimate(["Bonjour"], price=price)
    path = write("prices.toml", f'currency = "EUR"\n[[prices]]\ndestination = "33"\nprice = {price}\n')
    with pytest.raises(CampaignError, match="18 behind it, found"):
        PriceList.load(path)


def test_what_rows_cost_does_not_depend_on_the_context_of_the_caller() -> None:
    written: list[Any] = []
    with localcontext(prec=2, traps=[]):
        found = estimate(["a" * 1000], price="123456789012.123456789012345678", sink=written.append)
    cost = Decimal("123456789012.123456789012345678")
    assert written[0]["cost"].to_pylist() == [Context(prec=60).multiply(cost, 7)]
    assert found.cost == Context(prec=60).multiply(cost, 7)


def test_a_list_made_of_entries_is_checked_and_told_as_one_of_a_file() -> None:
    euro, other = Price(Decimal("0.045"), "EUR"), Price(Decimal("0.05"), "USD")
    day = date(2027, 1, 1)
    for start, since in ((None, ""), (day, " from 2027-01-01")):
        with pytest.raises(CampaignError, match=f"^two prices are given for 33{since}$"):
            PriceList([Entry("33", euro, start), Entry("33", other, start)])
    assert str(PriceList([Entry("33", euro), Entry("33", other, day)])) == "2 prices in EUR, USD"
    assert str(PriceList([Entry("33", euro)], "own.csv")) == "own.csv, 1 price in EUR"


def test_a_currency_is_one_of_iso_4217() -> None:
    with pytest.raises(ValueError, match=r'currency: expected the code .* \(did you mean "EUR"\?\)'):
        estimate(["Bonjour"], price=1, currency="EURO")


def test_today_is_the_day_unless_one_is_given() -> None:
    always, future = Price(Decimal(1), "EUR"), Price(Decimal(2), "EUR")
    prices = PriceList([Entry("33", always), Entry("33", future, date.max)])
    assert prices.price("FR") == always


def test_a_list_can_be_pickled(write: Write) -> None:
    prices = PriceList.load(write("prices.csv", EURO_LIST))
    again = pickle.loads(pickle.dumps(prices))
    assert again == prices
    assert hash(again) == hash(prices)
    assert again.price("FR", on=date(2027, 5, 5)) == Price(Decimal("0.049"), "EUR")


HEADER = "destination;currency;price;from\n"

FAULTS = {
    "an unknown column": (
        "destination;prise;currency\n",
        "line 1: 'prise' is not a column .* \\(did you mean",
    ),
    "a missing column": ("destination;price\n", "line 1: expected a column named currency, found none"),
    "a column twice": ("destination;price;currency;price\n", "line 1: expected each column once"),
    "too many cells": (HEADER + "33;EUR;0,045;;x\n", "line 2: expected 4 cells, found 5"),
    "too few cells": (HEADER + "33;EUR;0,045\n", "line 2: expected 4 cells, found 3"),
    "a cell without a name": (
        "destination;price;currency;\n33;1;EUR;x\n",
        "line 2: expected a name in line 1 above 'x', found none",
    ),
    "a fault behind what Excel declares": ("sep=;\n" + HEADER + "33;EUR;;\n", "line 3: price: expected"),
    "another currency beside the price": (HEADER + "33;USD;0,045 €;\n", "line 2: price: .* in USD"),
    "no currency of ISO 4217": (HEADER + "33;EUX;1;\n", "line 2: currency: expected the code"),
    "too many digits behind the point": (
        HEADER + "33;EUR;0.1234567890123456789;\n",
        "line 2: price: expected a number .* 18 behind it",
    ),
    "too many digits before the point": (HEADER + "33;EUR;1234567890123;\n", "line 2: price: expected"),
    "a spreadsheet": ("PK\x03\x04", "it is damaged: open it in a spreadsheet"),
    "a comma that was not quoted": (
        "destination,currency,price\n33,EUR,0,045\n",
        "line 2: expected 3 cells, found 4",
    ),
    "no price": (HEADER + "33;EUR;;\n", "line 2: price: expected a number .*, found nothing"),
    "a price in words": (HEADER + "33;EUR;free;\n", "line 2: price: expected a number .*, found 'free'"),
    "a negative price": (HEADER + "33;EUR;-0,045;\n", "line 2: price: expected a number of zero or more"),
    "a price with two points": (HEADER + "33;EUR;1.234,5;\n", "line 2: price: expected a number"),
    "no destination": (HEADER + ";EUR;1;\n", "line 2: destination: expected .*, found nothing"),
    "no country": (HEADER + "XX;EUR;1;\n", "line 2: destination: expected the beginning .*, found 'XX'"),
    "a national number": (HEADER + "06;EUR;1;\n", "line 2: destination: expected .*, found '06'"),
    "no currency": (HEADER + "33;;1;\n", "line 2: currency: expected the code .* nothing"),
    "a sign": (HEADER + "33;€;1;\n", "line 2: currency: expected the code .*, found '€'"),
    "another order of the day": (HEADER + "33;EUR;1;01/31/2027\n", "line 2: from: expected a day such as"),
    "no day": (HEADER + "33;EUR;1;2027-02-30\n", "line 2: from: expected a day such as"),
    "two prices": (
        HEADER + "33;EUR;1;\n33;EUR;1;2027-01-01\n+33;EUR;2;\n",
        "line 4: expected one price for 33, found another at line 2",
    ),
    "nothing": ("", "line 1: expected a column named destination"),
    "a header alone": (HEADER, "expected a price list with one price at least, found none"),
    "a quotation mark": (HEADER + '33;EUR;"1', "line 2: expected CSV: "),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_a_csv_list(name: str, write: Write) -> None:
    content, says = FAULTS[name]
    with pytest.raises(CampaignError, match=rf"prices\.csv: {says}") as caught:
        PriceList.load(write("prices.csv", content))
    assert "\n" not in str(caught.value)


TOML_FAULTS = {
    "no TOML": ("price = ", "expected a price list in TOML: "),
    "an unknown key": ("prises = 1", r"'prises' is not known \(did you mean \"prices\"\?\)"),
    "no tables": ("prices = [1]", r"prices: expected tables \[\[prices\]\]"),
    "an unknown key of an entry": (
        '[[prices]]\ndestination = "33"\nprix = 1',
        "prices, entry 1: 'prix' is not known",
    ),
    "a price that is none": (
        'currency = "EUR"\n[[prices]]\ndestination = "33"\nprice = true',
        "prices, entry 1: price: expected a number .*, found 'True'",
    ),
    "an infinite price": (
        'currency = "EUR"\n[[prices]]\ndestination = "33"\nprice = inf',
        "prices, entry 1: price: expected a number",
    ),
    "no currency": (
        '[[prices]]\ndestination = "33"\nprice = 1',
        "prices, entry 1: currency: expected the code",
    ),
    "a moment": (
        'currency = "EUR"\n[[prices]]\ndestination = "33"\nprice = 1\nfrom = 2027-01-01T00:00:00',
        "prices, entry 1: from: expected a day",
    ),
}


@pytest.mark.parametrize("name", TOML_FAULTS)
def test_a_fault_of_a_toml_list(name: str, write: Write) -> None:
    content, says = TOML_FAULTS[name]
    with pytest.raises(CampaignError, match=rf"prices\.toml: {says}") as caught:
        PriceList.load(write("prices.toml", content))
    assert "\n" not in str(caught.value)


def test_a_list_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match=r"no\.csv: the price list cannot be read: No such file"):
        PriceList.load(tmp_path / "no.csv")
    with pytest.raises(CampaignError, match="the price list cannot be read: "):
        PriceList.load(tmp_path)


def test_prices_as_people_write_them() -> None:
    for written in ("0,045", " 0.045 ", ".045", ",045", "0,045 €", "0,045\u202f€", "EUR 0.045", "£0.045"):
        assert amount(written) == Decimal("0.045")
    assert amount("0,045 €", currency="EUR") == amount("$0.045", currency="CAD") == Decimal("0.045")
    for written in ("0.045 €", "EUR 0.045"):
        with pytest.raises(ValueError, match="expected a price in USD"):
            amount(written, currency="USD")
    for written in ("", "1 000", "1.000,5", "-1", "1e3", "٣", "€ 1 €", "1 euro", "."):
        with pytest.raises(ValueError, match="expected a number such as"):
            amount(written)


def test_the_examples_of_the_documents_fit_each_other() -> None:
    documents = ROOT / "docs"
    found = estimate(
        documents / "clients.csv",
        prices=documents / "prices.csv",
        recipient="mobile",
        country="FR",
        on=date(2026, 12, 31),
    )
    assert (found.rows, found.rejected) == (8, 0)
    rows = [line.split(";") for line in (documents / "prices.csv").read_text("utf-8").splitlines()[1:]]
    amounts = {Decimal(price.replace(",", ".")) for _, _, price, start in rows if not start}
    # Each entry that applies on that day, except the one for all others, is used for some recipient.
    used = {price.amount for (price, _, _), _ in found.tally.of("bill")}
    assert used == amounts - {Decimal("0.12")}
