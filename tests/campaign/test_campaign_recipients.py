"""Columns of recipients: each row as `phone_number` reads it, for every type of column, and its price."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

pytest.importorskip("phonenumbers")
pytest.importorskip("pyarrow")

import pyarrow as pa
from generated_numbers import numbers

from septet.campaign import estimate
from septet.campaign.campaigns import Campaign
from septet.campaign.prices.entries import Entry, Price
from septet.campaign.prices.lists import PriceList
from septet.campaign.recipients.beginnings import Known, known
from septet.campaign.recipients.columns import Recipients, recipients
from septet.campaign.routes import Router
from septet.destinations.kinds import KINDS
from septet.destinations.phone_numbers import phone_number, reading_of

WRITTEN = [
    "+33612345678",
    "0612345678",
    "06 12 34 56 78",
    "0033 6.12.34.56.78",
    "(06) 12-34-56-78",
    "33612345678",
    "612345678",
    "0692123456",
    "+33 (0)6 12 34 56 78",
    "\u200e+33\u00a06\u202f12 34 56 78\u202c",
    "0800123456",
    "0123456789",
    "+14155552671",
    "+1 415 555 2671 x 3",
    "3,36E+10",
    "call me",
    "",
    None,
    "+",
    "+3361234567",
    "1" * 30,
    "0" * 10,
    "1 2",
    "12",
]


def rows(found: Recipients) -> list[tuple[Any, ...]]:
    return [
        (
            int(found.numbers[row]),
            found.countries[found.country[row]],
            KINDS[found.kind[row]],
            bool(found.faults[row]),
        )
        for row in range(len(found.numbers))
    ]


def one_by_one(written: list[Any], home: str | None) -> list[tuple[Any, ...]]:
    found = []
    for text in written:
        number, kind = (None, "unknown") if text is None else reading_of(str(text), home)
        digits = 0 if number is None or len(number.digits) > 18 else int(number.digits)
        found.append(
            (digits, number and number.country, kind, number is None or not number.known),
        )
    return found


@pytest.mark.parametrize(
    "made",
    [
        lambda texts: pa.array(texts, pa.string()),
        lambda texts: pa.array(texts, pa.large_string()),
        lambda texts: pa.array(texts, pa.string_view()),
        lambda texts: pa.array([text and text.encode() for text in texts], pa.binary()),
        lambda texts: pa.array([text and text.encode() for text in texts], pa.large_binary()),
        lambda texts: pa.array([text and text.encode() for text in texts], pa.binary_view()),
        lambda texts: pa.array(texts, pa.string()).dictionary_encode(),
        lambda texts: pa.chunked_array([pa.array(texts[:5], pa.string()), pa.array(texts[5:], pa.string())]),
        lambda texts: pa.array(["+33999", *texts, "x"], pa.string()).slice(1, len(texts)),
    ],
)
def test_a_column_is_read_as_each_of_its_numbers(made: Callable[[list[str | None]], Any]) -> None:
    assert rows(recipients(made(WRITTEN), Known("FR"))) == one_by_one(WRITTEN, "FR")


def test_one_odd_number_changes_nothing_in_the_others() -> None:
    plain = ["+33 6 12 34 56 78", "06.12-34 56/78", "(06)12345678", "0692123456", "- -", "+", "0612345679"]
    for odd in (
        [],
        ["0612345678"],
        ["06 12+34"],
        ["06 12 34 56 78 x"],
        ["06" + " " * 300 + "12345678"],
        [""],
        ["+ 33 +"],
    ):
        for written in ([*plain, *odd], [*odd, *plain], [*plain[:2], *odd, *plain[2:]]):
            column = pa.array(["+33", *written], pa.string()).slice(1)
            assert rows(recipients(column, Known("FR"))) == one_by_one(written, "FR"), odd


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.int64()], ids=str)
def test_a_null_is_no_number_whatever_stands_behind_it(kind: pa.DataType) -> None:
    """Arrow leaves open what a null's octets are: a masked column may still hold its numbers there."""
    whole = pa.array(["33612345678", "33612345679", "33612345670"]).cast(kind)
    _, *behind = whole.buffers()
    column = pa.Array.from_buffers(kind, 3, [pa.py_buffer(b"\x05"), *behind])
    assert column.to_pylist() == [whole[0].as_py(), None, whole[2].as_py()]
    found = rows(recipients(column, Known("FR")))
    assert found == one_by_one(["33612345678", None, "33612345670"], "FR")


def test_a_column_of_whole_numbers_is_read_as_their_digits() -> None:
    written = [33612345678, 612345678, 14155552671, 0, -33612345678, None, 12, 2**52]
    for kind in (pa.int64(), pa.float64()):
        column = pa.array(written, kind)
        assert rows(recipients(column, Known("FR"))) == one_by_one(column.to_pylist(), "FR")
    small = [612345678, None, 0, 1]
    assert rows(recipients(pa.array(small, pa.int32()), Known("FR"))) == one_by_one(small, "FR")
    assert rows(recipients(pa.array(small, pa.uint64()), Known("FR"))) == one_by_one(small, "FR")
    assert rows(recipients(pa.nulls(2), Known("FR"))) == one_by_one([None, None], "FR")
    assert rows(recipients(pa.array([], pa.string()), Known("FR"))) == []


def test_a_sample_of_numbers_is_read_as_each_of_them_and_again_from_the_table() -> None:
    table = Known("FR")
    for country in ("FR", "CA", "DE", "AR"):
        drawn = [text for text, _ in numbers(country, 150, random.Random(country))]
        column, alone = pa.array(drawn, pa.string()), one_by_one(drawn, "FR")
        assert rows(recipients(column, table)) == alone
        assert rows(recipients(column, table)) == alone


def test_each_row_has_the_price_that_its_number_has_alone() -> None:
    dice = random.Random(5)
    places = ["33", "336", "33612", "3361234", "FR", "RE", "262692", "1", "US", "1415", "CA", "44", "*"]
    prices = PriceList(
        Entry(place, Price(Decimal(number), "EUR"), date(2026, 1, 1) if number % 3 else None)
        for number, place in enumerate(places)
    )
    written = [text for country in ("FR", "US", "GB", "DE") for text, _ in numbers(country, 60, dice)]
    written += ["+33612340000", "+33612345678", "+33613000000", "0692123456", *filter(None, WRITTEN)]
    on = date(2026, 6, 1)
    router = Router(Campaign(profile="gsm", recipient="to", prices=prices, on=on, country="FR"))
    for _ in range(2):
        found = router.routes(pa.array(written), {})
        for row, text in enumerate(written):
            number = phone_number(text, "FR")
            line = prices.line(number, on) if number and number.known else None
            place = found.destination_of[row]
            assert (place < 0) == (line is None), text
            if number is not None and line is not None:
                assert found.destinations[place] == (number.country, *line), text
    assert known("FR", frozenset()) is not known("FR", frozenset(["336"]))


def test_a_campaign_costs_what_its_rows_cost_one_by_one() -> None:
    dice = random.Random(11)
    places = enumerate(("33", "336", "1", "RE"), 1)
    prices = PriceList(Entry(place, Price(Decimal(number), "EUR")) for number, place in places)
    written = [text for country in ("FR", "US", "RE") for text, _ in numbers(country, 40, dice)]
    table = pa.table({"message": ["€" * (row % 300) for row in range(len(written))], "mobile": written})
    batches: list[Any] = []
    rejects: list[Any] = []
    found = estimate(
        table, recipient="mobile", prices=prices, country="FR", sink=batches.append, rejects=rejects.append
    )
    alone = Decimal(0)
    for text, number in zip(table["message"].to_pylist(), written, strict=True):
        try:
            alone += (
                estimate(
                    [{"message": text, "mobile": number}], recipient="mobile", prices=prices, country="FR"
                ).cost
                or 0
            )
        except ValueError:
            pytest.fail(f"{number!r} cannot be measured alone")
    assert found.cost == alone
    assert sum(batch.num_rows for batch in batches) + len(rejects) == found.rows == len(written)
