"""How long a campaign takes and what of it falls into quiet hours, against a walk from row to row."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

pytest.importorskip("phonenumbers")
from clocks import stop_at

import septet
from septet.campaign import Estimator, estimate
from septet.campaign.rows import tables
from septet.destinations.phone_numbers import phone_number
from septet.destinations.time_zones import zones_of

PARIS = ZoneInfo("Europe/Paris")
# The known places of numbers, by their country only or by their area code.
ZONES = {
    "33612345678": ["Europe/Paris"],
    "262692123456": ["Indian/Reunion"],
    "262639012345": ["Indian/Mayotte"],
    "596696123456": ["America/Martinique"],
    "32470123456": ["Europe/Brussels"],
    "14155552671": ["America/Los_Angeles"],
    "12125552671": ["America/New_York"],
    "61412345678": [  # a mobile telephone works in all of Australia
        *("Australia/Lord_Howe", "Antarctica/Macquarie", "Australia/Hobart", "Australia/Melbourne"),
        *("Australia/Sydney", "Australia/Broken_Hill", "Australia/Brisbane", "Australia/Lindeman"),
        *("Australia/Adelaide", "Australia/Darwin", "Australia/Perth", "Australia/Eucla"),
    ],
    "80012345678": [],  # of no single country
}
COUNTED_AS_FRANCE = ("33612345678", "262692123456", "262639012345", "596696123456")
HOLIDAYS = {date(2026, 7, 14), date(2026, 12, 25), date(2027, 1, 1)}


def closed(moment: datetime, opens: int, closes: int, charter: bool) -> bool:
    day = moment.date()
    return not opens <= moment.hour < closes or (charter and (day.weekday() == 6 or day in HOLIDAYS))


def naive(numbers: list[str], texts: list[str], begins: datetime, rate: Decimal, **asked: Any) -> list[int]:
    """The rows held back, at quiet hours, and uncertain."""
    sent, found = 0, [0, 0, 0]
    for number, text in zip(numbers, texts, strict=True):
        moment = begins.astimezone(UTC) + timedelta(
            microseconds=int(Fraction(sent) / Fraction(rate) * 1_000_000)
        )
        read = phone_number(number, None)
        assert read is not None
        sent += septet.count(text, "smsmode", commercial=True, country=read.country)
        bound = number in COUNTED_AS_FRANCE
        if bound and closed(moment.astimezone(PARIS), 8, 22, True):
            found[0] += 1
            while closed(moment.astimezone(PARIS), 8, 22, True):  # its vendor waits
                moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        window = asked.get("window")
        if not bound and window is None:
            continue
        opens, closes = window or (8, 22)
        states = {
            closed(moment.astimezone(ZoneInfo(z)), opens, closes, window is None) for z in ZONES[number]
        }
        if states == {True}:
            found[1] += 1
        elif states != {False}:
            found[2] += 1
    return found


@pytest.mark.parametrize(
    ("begins", "rate"),
    [
        ("2026-07-11T17:03:10", "0.004"),  # over a weekend and a holiday
        ("2026-10-24T12:00:00", "0.01"),  # the clocks go back
        ("2027-03-27T06:00:00", "0.02"),  # and forth
        ("2026-12-24T20:00:01", "0.003"),
        ("2026-11-30T10:00:00", "30"),
    ],
)
def test_every_row_has_its_hour(begins: str, rate: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "ROWS", 37)
    numbers = [list(ZONES)[place * place % len(ZONES)] for place in range(150)]
    texts = ["x" * (40 + 37 * place % 500) for place in range(150)]
    rows = [{"message": text, "tel": number} for text, number in zip(texts, numbers, strict=True)]
    start = datetime.fromisoformat(begins).replace(tzinfo=PARIS)
    asked: dict[str, Any] = {"profile": "smsmode", "recipient": "tel", "commercial": True, "rate": rate}
    for window in (None, (8, 21), (0, 24)):
        named = {} if window is None else {"window": f"{window[0]}-{window[1]}"}
        found = estimate(rows, send_at=begins, **asked, **named)
        sending = found.sending
        assert sending is not None
        expected = naive(numbers, texts, start, Decimal(rate), window=window)
        assert [sending.held_back, sending.at_quiet_hours, sending.uncertain] == expected
        assert found.problems.get("quiet-hours", 0) == expected[0]
        assert found.problems.get("recipient-hours", 0) == expected[1]
        assert sending.seconds == -(-found.segments // Fraction(rate))
        assert sending.begins == start
        assert sending.ends == start.astimezone(UTC) + timedelta(seconds=sending.seconds)
        assert pickle.loads(pickle.dumps(found)) == found


def test_left_out_rows_take_no_time() -> None:
    rows = [{"message": "a", "tel": "+33612345678"}] * 5 + [{"message": "a", "tel": "+33698765432"}]
    found = estimate(rows, recipient="tel", rate=1, send_at="2026-11-30T10:00", dedupe=True)
    assert found.sending is not None
    assert found.sending.seconds == 2


def test_without_numbers_the_clock_is_that_of_the_beginning() -> None:
    asked: dict[str, Any] = {"rate": 1, "send_at": "2026-11-30T19:59:58"}
    found = estimate(["a"] * 5, profile="smsmode", window="8h-20h", **asked).sending
    assert found is not None
    assert (found.held_back, found.at_quiet_hours, found.uncertain) == (None, 3, 0)
    found = estimate(["a"] * 5, profile="gsm", **asked).sending
    assert found is not None
    assert (found.begins.tzinfo, found.held_back, found.at_quiet_hours) == (ZoneInfo("UTC"), None, None)


def test_now_is_the_vendors(monkeypatch: pytest.MonkeyPatch) -> None:
    stop_at("2026-11-30T21:59", monkeypatch)
    found = estimate(["a"] * 5, profile="smsmode", commercial=True, rate="0,05").sending
    assert found is not None
    assert (found.begins, found.held_back) == (datetime(2026, 11, 30, 21, 59, tzinfo=PARIS), 2)
    aware = estimate(["a"], profile="smsmode", rate=1, send_at="2026-11-30T21:59+00:00").sending
    assert aware is not None
    assert aware.begins.isoformat() == "2026-11-30T22:59:00+01:00"


def test_the_end_of_the_calendar() -> None:
    found = estimate(["a"], profile="smsmode", commercial=True, rate=1, send_at="9999-12-31T23:59:59")
    assert found.sending is not None
    assert (found.sending.ends, found.sending.held_back) == (None, None)


def test_tallies_know_of_no_hours() -> None:
    estimator = Estimator(profile="smsmode", commercial=True, rate=2, send_at="2026-11-30T23:00")
    found = estimator.estimate(estimator.tally(pa.RecordBatch.from_pydict({"message": ["a"] * 3}))).sending
    assert found is not None
    assert (found.seconds, found.held_back, found.at_quiet_hours) == (2, None, None)


@pytest.mark.parametrize(
    ("options", "error", "said"),
    [
        ({"rate": 0}, ValueError, "rate: expected segments a second"),
        ({"rate": "fast"}, ValueError, "rate: expected segments a second"),
        ({"rate": True}, ValueError, "rate: expected segments a second"),
        ({"window": "8-21"}, ValueError, "window: it needs to be known how fast"),
        ({"send_at": "2026-11-30T10:00"}, ValueError, "send_at: it needs to be known how fast"),
        ({"rate": 1, "window": "21-8"}, ValueError, "window: expected the hours of a day"),
        ({"rate": 1, "window": "8-25"}, ValueError, "window: expected the hours of a day"),
        ({"rate": 1, "window": 8}, TypeError, "window: expected a text"),
        ({"rate": 1, "send_at": "2026-11-30"}, ValueError, "send_at: expected a date and a time"),
        ({"rate": 1, "send_at": "9999-12-31T23:59:59-10:00", "country": "FR"}, ValueError, "of this age"),
        ({"rate": 1, "send_at": "soon"}, ValueError, "send_at: expected a date and a time"),
    ],
)
def test_what_is_no_time(options: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        estimate(["Bonjour"], **options)


@pytest.mark.parametrize(("number", "zones"), ZONES.items())
def test_where_a_number_is(number: str, zones: list[str]) -> None:
    read = phone_number(number, None)
    assert read is not None
    assert set(zones_of(read.digits, read.country)) == set(zones)
