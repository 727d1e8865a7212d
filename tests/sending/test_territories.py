"""A territory that a vendor counts as its mainland is that everywhere: one mention, one bill."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
import pytest

import septet
from septet.campaign import estimate

COUNTED = [
    (profile, territory, home)
    for profile in septet.profiles()
    for home, counted in (septet.profile(profile).rule("territories") or {"counted_as": {}})[
        "counted_as"
    ].items()
    for territory in counted
]
#: Where the two mentions of sMsmode differ by a segment: 160 with the one, 161 with the other.
TEXT = "a" * 150
NIGHT = datetime(2027, 3, 2, 23, 30, tzinfo=ZoneInfo("Europe/Paris"))


def number_of(territory: str) -> str | None:
    example = phonenumbers.example_number_for_type(territory, phonenumbers.PhoneNumberType.MOBILE)
    return None if example is None else f"+{example.country_code}{example.national_number}"


@pytest.mark.parametrize(("profile", "territory", "home"), COUNTED)
def test_every_way_to_ask_counts_a_territory_as_its_home(profile: str, territory: str, home: str) -> None:
    at_home: dict[str, Any] = {"commercial": True, "country": home}
    there = at_home | {"country": territory.lower()}
    expected = septet.plan(TEXT, profile, **at_home)
    assert septet.plan(TEXT, profile, **there) == expected
    assert septet.count(TEXT, profile, **there) == expected.billed_segments
    assert septet.Planner(profile, **there).count_many([TEXT]) == [expected.billed_segments]
    by_country = estimate([{"m": TEXT}], "m", profile=profile, **there)
    assert by_country.segments == expected.billed_segments
    assert septet.prepare(profile, TEXT, **there).plan == expected
    if (number := number_of(territory)) is None:
        return  # nobody has a telephone in the Southern Lands
    rows = [{"m": TEXT, "to": number}]
    by_number = estimate(rows, "m", profile=profile, recipient="to", price=1, commercial=True)
    assert by_number.segments == expected.billed_segments
    for given in (there, at_home, {"commercial": True}):
        prepared = septet.prepare(profile, TEXT, recipients=[number], **given)
        assert prepared.plan.optout == expected.optout
        assert "mixed-countries" not in {problem.code for problem in prepared.problems}


@pytest.mark.parametrize(("profile", "territory", "home"), COUNTED)
def test_quiet_hours_are_those_of_the_home(profile: str, territory: str, home: str) -> None:
    def held_back(country: str) -> bool:
        prepared = septet.prepare(profile, TEXT, commercial=True, country=country, send_at=NIGHT)
        return any(problem.code == "quiet-hours" for problem in prepared.problems)

    assert held_back(territory) == held_back(home)


@pytest.mark.parametrize(
    ("profile", "territory", "home"), [case for case in COUNTED if septet.profile(case[0]).rule("batch")]
)
def test_a_batch_writes_the_mention_of_the_home(profile: str, territory: str, home: str) -> None:
    def written(country: str) -> bytes:
        out = io.BytesIO()
        septet.batch_file(
            [("33612345678", TEXT)],
            out,
            profile=profile,
            commercial=True,
            country=country,
            numbering_plans=False,
        )
        return out.getvalue()

    assert written(territory) == written(home)


def test_reunion_at_smsmode() -> None:
    """The reported case: the mention for abroad, one segment too few, and no warning."""
    options: dict[str, Any] = {"commercial": True, "country": "RE"}
    assert septet.plan(TEXT, "smsmode", **options).optout == " STOP 36034"
    assert septet.count(TEXT, "smsmode", **options) == 2
