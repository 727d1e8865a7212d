"""The command `estimate` about people and the bill: who is left out, the tax, the hours, what is shown."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command_line import invoke, one_complaint

pytest.importorskip("pyarrow")
pytest.importorskip("phonenumbers")

PEOPLE = """\
message;tel
Bonjour;0612345678
Bonjour;+33 6 12 34 56 78
Bonjour;0140200000
Bonjour;0692123456
Bonjour;061234567
Bonjour;+32470123456
Bonjour;0698765432
"""


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    Path("people.csv").write_text(PEOPLE, "utf-8")
    Path("optout.csv").write_text("0698765432\nx\n", "utf-8")
    Path("prices.csv").write_text("destination;currency;price\nFR;EUR;0,045\n*;EUR;0,1\n", "utf-8")


ASKED = ("--recipient", "tel", "--profile", "smsmode")


def answer(*arguments: str, code: int = 1) -> Any:
    result = invoke("estimate", "people.csv", *ASKED, *arguments, "--json")
    assert result.exit_code == code, result.stderr
    return json.loads(result.stdout)


def test_who_is_left_out() -> None:
    found = answer("--prices", "prices.csv", "--dedupe", "--mobiles-only", "--exclude", "optout.csv")
    assert found["left_out"] == {"duplicate": 1, "excluded": 1, "landline": 1}
    assert (found["rows"], found["measured"], found["rejected"]) == (7, 3, 1)
    assert found["exclusions"] == {"numbers": 1, "unread": 1}
    assert found["duplicates"]["costs"] == [{"currency": "EUR", "amount": "0.045"}]
    assert [one["country"] for one in found["countries"]] == ["BE", "FR", "RE"]
    assert found["options"]["exclude"] == "optout.csv, 1 number"


def test_the_bill_with_the_tax() -> None:
    (quote,) = answer("--prices", "prices.csv", "--vat", "5,5")["quotes"]
    assert quote == {"currency": "EUR", "net": "0.38", "rate": "5.5", "vat": "0.02", "gross": "0.40"}
    lines = invoke("estimate", "people.csv", *ASKED, "--prices", "prices.csv", "--vat", "20").stdout
    assert "VAT at 20 %" in lines
    assert lines.index("By country and price") < lines.index("FR at 0.045 EUR")


def test_how_long_it_takes() -> None:
    found = answer("--rate", "0,5", "--send-at", "2027-03-02T19:30", "--commercial")["sending"]
    assert found == {
        "rate": "0.5",
        "begins": "2027-03-02T19:30:00+01:00",
        "ends": "2027-03-02T19:30:12+01:00",
        "seconds": 12,
        "held_back": 0,
        "at_quiet_hours": 1,
        "uncertain": 0,
    }


@pytest.mark.parametrize("shown", [(), ("--show-numbers",)])
def test_numbers_are_masked_unless_they_are_asked_for(shown: tuple[str, ...]) -> None:
    pytest.importorskip("matplotlib")
    invoke("estimate", "people.csv", *ASKED, "--report", "page.html", *shown)
    page = Path("page.html").read_text("utf-8")
    assert ("061234567" in page) == bool(shown)
    assert ("0612•••67" in page) != bool(shown)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--dedupe",), "--dedupe: expected --recipient NAME beside it"),
        (("--mobiles-only",), "--mobiles-only: expected --recipient NAME beside it"),
        (("--exclude", "optout.csv"), "--exclude: expected --recipient NAME beside it"),
        (("--recipient", "tel", "--exclude-column", "a"), "--exclude-column: expected --exclude FILE"),
        (("--recipient", "tel", "--exclude", "none.csv"), "none.csv"),
        (
            ("--recipient", "tel", "--exclude", "people.csv", "--exclude-column", "t"),
            "no column is named 't': the columns are message, tel",
        ),
        (("--vat", "20"), "--vat: expected --price PRICE or --prices FILE beside it"),
        (("--vat", "x", "--price", "1"), "--vat: expected a rate in per cent from 0 to 100"),
        (("--window", "8-21"), "--window: expected --rate RATE beside it"),
        (("--send-at", "2027-03-02T19:30"), "--send-at: expected --rate RATE beside it"),
        (("--rate", "quick"), "--rate: expected segments a second"),
        (("--rate", "1", "--window", "x"), "--window: expected the hours of a day"),
        (("--rate", "1", "--send-at", "x"), "--send-at: expected a date and a time"),
        (("--recipient", "tel", "--exclude", "optout.csv", "--out", "optout.csv"), "optout.csv"),
    ],
)
def test_what_makes_no_sense(arguments: tuple[str, ...], said: str) -> None:
    assert said in one_complaint(invoke("estimate", "people.csv", *arguments))


def test_bounds_have_no_people() -> None:
    for arguments in (("--vat", "20"), ("--dedupe",), ("--rate", "3"), ("--exclude", "a")):
        told = one_complaint(
            invoke("estimate", "--template", "{a}", "--bounds", "a=3", "--price", "1", *arguments)
        )
        assert f"{arguments[0]} is for a file of messages" in told
