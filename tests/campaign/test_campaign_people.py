"""People and not rows: who is met twice, who is left out and why, against a naive count of each."""

from __future__ import annotations

import json
import pickle
import random
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

pytest.importorskip("phonenumbers")
import numpy as np
import phonenumbers

import septet
from septet.campaign import (
    Estimator,
    Exclusions,
    PriceList,
    Samples,
    estimate,
    estimate_page,
    read_exclusions,
)
from septet.campaign.rows import tables
from septet.errors import CampaignError

PRICE = Decimal("0.045")
NUMBERS = [
    *("0612345678", "+33 6 12 34 56 78", "33612345678", "06.98.76.54.32", "0698765432"),
    *("0140200000", "0800000000", "0899000000", "0692123456", "+262692123456", "+32470123456"),
    *("+14155552671", "nope", "", "061234567", "0639012345", "+447911123456"),
]


def e164(written: str) -> str | None:
    for region in ("FR", "RE", "YT"):
        try:
            found = phonenumbers.parse(written, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(found):
            return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
        if not written.startswith(("+", "0")):
            return e164(f"+{written}")
    return None


def is_mobile(number: str) -> bool:
    kinds = phonenumbers.PhoneNumberType
    kind = phonenumbers.number_type(phonenumbers.parse(number, None))
    return kind in (kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE)


def some_rows(seed: int) -> list[dict[str, str]]:
    rng = random.Random(seed)
    return [
        {"message": rng.choice(["Bonjour", "é€" * 90, "ж" * 80, "x" * 200]), "tel": rng.choice(NUMBERS)}
        for _ in range(120)
    ]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("asked", [{}, {"dedupe": True}, {"mobiles_only": True, "dedupe": True}])
def test_every_row_is_counted_once(seed: int, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS", 7)  # so that the same people are in many batches
    rows, listed = some_rows(seed), ["0698765432", "+32470123456", "never"]
    found = estimate(rows, profile="gsm", country="FR", recipient="tel", price=PRICE, exclude=listed, **asked)
    excluded = {e164(number) for number in listed} - {None}
    seen: set[str] = set()
    why: Counter[str] = Counter()
    segments = again = more = 0
    countries: Counter[str] = Counter()
    for row in rows:
        number = e164(row["tel"])
        if number is None:
            why["rejected"] += 1
        elif number in excluded:
            why["excluded"] += 1
        elif asked.get("mobiles_only") and not is_mobile(number):
            why["kind"] += 1
        else:
            billed = septet.count(row["message"])
            if number in seen:
                again, more = again + 1, more + billed
                if asked.get("dedupe"):
                    continue
            seen.add(number)
            why["measured"] += 1
            segments += billed
            country = phonenumbers.region_code_for_number(phonenumbers.parse(number, None))
            countries[str(country)] += 1
    left_out = dict(found.left_out)
    assert (found.rows, found.measured, found.rejected) == (120, why["measured"], why["rejected"])
    assert found.rows == found.measured + found.rejected + sum(left_out.values())
    assert left_out.pop("excluded", 0) == why["excluded"]
    assert found.duplicates is not None
    assert (found.duplicates.rows, found.duplicates.segments) == (again, more)
    assert found.duplicates.costs[0].amount == more * PRICE
    if asked.get("dedupe"):
        assert left_out.pop("duplicate") == again
        assert "duplicate-recipient" not in found.problems
    else:
        assert found.problems["duplicate-recipient"] == again
    assert sum(left_out.values()) == why["kind"]
    assert set(left_out) <= {"landline", "freephone", "premium"}
    assert (found.segments, found.cost) == (segments, segments * PRICE)
    assert {share.country: share.rows for share in found.countries} == countries
    assert sum(share.segments for share in found.countries) == segments
    assert sum(found.kinds.values()) == found.measured
    assert found.exclusions is not None
    assert (len(found.exclusions), found.exclusions.unread) == (2, 1)
    assert pickle.loads(pickle.dumps(found)) == found
    json.dumps(found.to_dict())


def test_the_first_is_kept_in_what_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS", 2)
    rows = [
        {"message": "", "tel": "nope", "id": "0"},
        {"message": "one", "tel": "0612345678", "id": "1"},
        {"message": "two", "tel": "0698765432", "id": "2"},
        {"message": "three", "tel": "+33 6 12 34 56 78", "id": "3"},
        {"message": "four", "tel": "0140200000", "id": "4"},
        {"message": "five", "tel": "33698765432", "id": "5"},
    ]
    kept: list[pa.RecordBatch] = []
    asked: dict[str, Any] = {"profile": "smsmode", "recipient": "tel", "sink": kept.append}
    estimate(rows, dedupe=True, **asked)
    assert [row["id"] for batch in kept for row in batch.to_pylist()] == ["1", "2", "4"]
    assert [row["problems"] for batch in kept for row in batch.to_pylist()] == ["", "", "not-mobile"]
    kept.clear()
    estimate(rows, mobiles_only=True, dedupe=True, exclude=["0698765432"], **asked)
    assert [row["id"] for batch in kept for row in batch.to_pylist()] == ["1"]


def test_a_number_is_kept_by_its_first_row_that_can_be_measured() -> None:
    rows = [{"name": name, "tel": tel} for name, tel in [("", "0612345678"), ("Ann", "0612345678")]]
    found = estimate(rows, profile="smsmode", template="Hi {name}", recipient="tel", dedupe=True)
    assert (found.measured, dict(found.rejects), dict(found.left_out)) == (1, {"missing-field": 1}, {})


LISTS: list[tuple[str, bytes]] = [
    ("list.csv", b"nom;telephone\nAnn;06 98 76 54 32\nBob;+32470123456\n"),
    ("list.csv", b"0698765432\n+32470123456\n"),  # no header
    ("list.txt", b"Numero\r\n0698765432\r\n+32470123456\r\n\r\n"),
    ("list.csv", "sep=;\r\nNom;Tél\r\nAnn;0698765432\r\nBob;+32470123456\r\n".encode("utf-16")),
    ("list.csv", b"other,tel\n0612345678,0698765432\n0612345678,+32470123456\n"),  # as in the campaign
    ("list.ndjson", b'{"phone": "0698765432"}\n{"phone": "+32470123456", "why": "STOP"}\n'),
    ("list.csv", b"tel;date\n0698765432;2026-01-01\nunknown;2026-01-01\n+32470123456;2026-01-02\n"),
]


@pytest.mark.parametrize(("name", "content"), LISTS)
def test_opt_out_lists(name: str, content: bytes, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found = read_exclusions(path, recipient="tel", country="fr")
    assert (len(found), found.name) == (2, name)
    assert found.holds(np.array([33612345678, 33698765432, 32470123456])).tolist() == [False, True, True]
    assert found.unread == content.count(b"unknown")
    assert pickle.loads(pickle.dumps(found)) == found


def test_opt_out_lists_that_are_no_files() -> None:
    for source in (["0698765432"], pa.table({"n": ["+33698765432", None]}), pa.array(["+33698765432"])):
        assert read_exclusions(source, country="FR") == Exclusions(
            np.array([33698765432]), "the rows" if isinstance(source, list) else "the table"
        )


@pytest.mark.parametrize(
    ("content", "column", "said"),
    [
        (b"a;b\n0698765432;0612345678\n", None, "several of its columns hold phone numbers, a, b"),
        (b"a;b\nx;y\n", None, "none of its columns holds phone numbers"),
        # No numbering plan has these.
        (b"0712345678\n0712345679\n", None, "none of its columns holds phone numbers"),
        (b"a;b\n0698765432;y\n", "c", "no column is named 'c': the columns are a, b"),
        (b"", None, "it is empty"),
    ],
)
def test_opt_out_lists_that_cannot_be_read(
    content: bytes, column: str | None, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    with pytest.raises(CampaignError) as caught:
        read_exclusions(path, column, country="FR")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"dedupe": True}, "dedupe: it needs the column of the recipients"),
        ({"mobiles_only": True}, "mobiles_only: it needs the column of the recipients"),
        ({"exclude": ["0612345678"]}, "exclude: it needs the column of the recipients"),
        ({"exclude_column": "a"}, "exclude_column: it is that of an opt-out list"),
        ({"vat": 20}, "vat: it is that of a price"),
        ({"vat": 101, "price": 1}, "vat: expected a rate in per cent from 0 to 100"),
        ({"vat": "a lot", "price": 1}, "vat: expected a rate in per cent from 0 to 100"),
    ],
)
def test_options_that_make_no_sense(options: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        estimate(["Bonjour"], **options)


def test_options_are_strict() -> None:
    for options in ({"dedupe": 1}, {"mobiles_only": "yes"}):
        with pytest.raises(TypeError, match="expected True or False"):
            estimate(["Bonjour"], recipient="tel", **options)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="read_exclusions"):
        Estimator(recipient="tel", exclude="list.csv")


def test_tallies_know_of_no_duplicates() -> None:
    batch = pa.RecordBatch.from_pydict({"message": ["a", "b"], "tel": ["+33612345678", "+33612345678"]})
    estimator = Estimator(recipient="tel")
    alone = estimator.estimate(estimator.tally(batch))
    whole = estimate(pa.Table.from_batches([batch]), recipient="tel")
    assert alone.duplicates is None
    assert (whole.duplicates and whole.duplicates.rows) == 1
    assert alone.countries == whole.countries
    with pytest.raises(CampaignError, match="dedupe"):
        Estimator(recipient="tel", dedupe=True).tally(batch)


def test_the_warnings_can_be_ignored() -> None:
    rows = [{"message": "a", "tel": number} for number in ("+33140200000", "+33140200000")]
    found = estimate(rows, recipient="tel")
    assert dict(found.problems) == {"not-mobile": 2, "duplicate-recipient": 1}
    found = estimate(rows, recipient="tel", ignore=("not-mobile", "duplicate-recipient"))
    assert dict(found.problems) == {}


def test_the_bill_by_country_and_price() -> None:
    prices = PriceList.load("docs/prices.csv")
    numbers = ["33612345678", "33744123456", "33744123457", "32470123456", "14155552671", "870773111632"]
    rows = [{"message": "x" * 200, "tel": number} for number in numbers]
    found = estimate(rows, recipient="tel", prices=prices, on=date(2026, 12, 31), vat="20 %")
    lines = {
        (share.country, line.destination): (line.rows, line.segments, str(line.price), line.costs[0].amount)
        for share in found.countries
        for line in share.lines
    }
    assert lines == {
        ("FR", "33"): (1, 2, "0.045", Decimal("0.09")),
        ("FR", "33744"): (2, 4, "0.06", Decimal("0.24")),
        ("BE", "BE"): (1, 2, "0.07", Decimal("0.14")),
        ("US", "*"): (1, 2, "0.12", Decimal("0.24")),
        ("001", "*"): (1, 2, "0.12", Decimal("0.24")),
    }
    assert found.countries[0].country == "FR"
    assert found.countries[0].costs[0].amount == Decimal("0.33")
    assert found.cost == Decimal("0.95")
    (quote,) = found.quotes
    assert quote == ("EUR", Decimal("0.95"), Decimal(20), Decimal("0.19"), Decimal("1.14"))


@pytest.mark.parametrize(
    ("price", "currency", "vat", "net", "tax", "gross"),
    [
        ("0.045", "EUR", 20, "0.05", "0.01", "0.06"),  # half up, once
        ("0.044", "EUR", "5,5", "0.04", "0.00", "0.04"),
        ("12.5", "JPY", 10, "13", "1", "14"),  # without a smaller unit
        ("0.0445", "TND", 19, "0.045", "0.009", "0.054"),
        ("0.045", None, 0, "0.05", "0.00", "0.05"),
        ("1.000000000000000001", "EUR", "19.6", "1.00", "0.20", "1.20"),
    ],
)
def test_the_tax_is_rounded_once(
    price: str, currency: str | None, vat: Any, net: str, tax: str, gross: str
) -> None:
    found = estimate(["Bonjour"], price=price, currency=currency, vat=vat)
    (quote,) = found.quotes
    assert (quote.currency, str(quote.net), str(quote.vat), str(quote.gross)) == (currency, net, tax, gross)


def page_of(rows: list[dict[str, str]], **options: Any) -> str:
    samples = Samples(Estimator(**options))
    shown = {name: options.pop(name) for name in ("numbers", "lang") if name in options}
    found = estimate(rows, sink=samples.add, rejects=samples.reject, **options)
    return estimate_page(found, samples, septet.profile(options.get("profile", "gsm")), "a.csv", **shown)


def test_a_page_masks_the_numbers_of_rows() -> None:
    rows = [{"message": "Bonjour", "tel": "06 12 34 56 7"}, {"message": "Bonjour", "tel": "+33612345678"}]
    page = page_of(rows, profile="smsmode", recipient="tel")
    assert "06 12 34 56 7" not in page
    assert "06 12 ••" in page


def test_a_page_says_what_the_terminal_says() -> None:
    asked: dict[str, Any] = {"profile": "smspartner", "encoding": "auto"}
    found = estimate(["жук"], **asked)
    assert set(found.problems) == {"account-option-needed"}  # a notice
    page = page_of([{"message": "жук"}], **asked)
    assert "All messages may be sent.<" in page
    samples = Samples(Estimator(template="Hi *|FNAME|*"))
    found = estimate([{"a": "b"}], template="Hi *|FNAME|*", sink=samples.add)
    assert dict(found.problems) == {"unread-tag": 1}
    page = estimate_page(found, samples, septet.profile("gsm"), "a.csv")
    assert "may be sent" not in page
