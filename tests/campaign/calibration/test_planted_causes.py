"""Calibrations find the cause that is planted in a log, and none if there is none."""

from __future__ import annotations

import random
from typing import Any

import pytest
from billed_logs import OWN_RULES, PLANTS, log_of, texts

pytest.importorskip("phonenumbers")

import septet
from septet import calibrate

COLUMNS = {"text": "Body", "segments": "NumSegments"}
#: Causes that are examined text by text take long, and few rows are enough to find them.
FEW = ("govuk-notify", "govuk-notify@2026-08")


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_cause_is_the_one_that_is_named(name: str) -> None:
    plant = PLANTS[name]
    rows = log_of(plant, 200 if plant.profile in FEW else 1000, seed=7)
    found = calibrate(rows, plant.profile, **COLUMNS, **plant.options)
    assert found.agree < found.rows == len(rows)
    assert [cause.rule in plant.rules for cause in found.causes] == [True], found.causes
    assert found.unexplained == 0
    cause = found.causes[0]
    assert cause.rows == found.differ
    assert cause.against == 0
    assert cause.segments == found.billed - found.planned


@pytest.mark.parametrize("rule", OWN_RULES)
def test_a_rule_that_is_not_followed_is_named_beside_the_standard_as_a_whole(rule: str) -> None:
    plant = PLANTS[f"the standard: {rule}"]
    (cause,) = calibrate(log_of(plant, 1000, seed=11), plant.profile, **COLUMNS).causes
    assert {cause.rule, *cause.also} >= {rule, "profile=gsm"}


def test_all_causes_are_tried_and_some_are_told_to_be_alike() -> None:
    assert len(PLANTS) > 20
    found = calibrate(log_of(PLANTS["CRLF counted as one"], 1500, seed=7), "twilio", **COLUMNS)
    assert {found.causes[0].rule, *found.causes[0].also} >= {"line_breaks.units=1", "text.line_breaks=lf"}


@pytest.mark.parametrize(
    ("profile", "options"),
    [
        ("gsm", {}),
        ("twilio", {}),
        ("smspartner", {"commercial": True}),
    ],
)
def test_no_cause_is_named_where_none_was_planted(profile: str, options: dict[str, Any]) -> None:
    bill = septet.Planner(profile, **options).count
    # Accidents in none to half of all rows, of one or two segments more or less.
    for seed, rate in enumerate((0, 0.01, 0.1, 0.5)):
        draw = random.Random(seed)
        rows = [
            {
                "Body": text,
                "NumSegments": max(1, bill(text) + draw.choice((-1, 1, 1, 2)) * (draw.random() < rate)),
            }
            for text in texts(300, seed)
        ]
        found = calibrate(rows, profile, **COLUMNS, **options)
        assert found.causes == (), (rate, found.causes)
        assert found.unexplained == found.differ
        assert (found.differ == 0) == (rate == 0)
        assert len(found.unexplained_rows) == min(10, found.differ)


@pytest.mark.parametrize("name", ["a switch off", "160 in each part", "ç in the alphabet"])
def test_a_cause_of_a_part_of_the_log_is_said_to_be_one(name: str) -> None:
    plant = PLANTS[name]
    bill, planned = plant.bill(), septet.Planner(plant.profile, **plant.options).count
    logged = enumerate(texts(2000, 9, plant.features))
    rows = [{"Body": text, "NumSegments": (planned if place % 3 else bill)(text)} for place, text in logged]
    found = calibrate(rows, plant.profile, **COLUMNS, **plant.options)
    assert [cause.rule in plant.rules for cause in found.causes] == [True]
    assert found.unexplained == 0
    assert found.causes[0].against > 0


def test_two_causes_are_both_found_and_together_where_they_meet() -> None:
    off = septet.Planner("twilio", substitute=False).count
    logged = list(texts(3000, 11, ("quotes", "breaks", "padding", "cedilla")))
    rows = [{"Body": text, "NumSegments": off(text.replace("\r\n", "\n"))} for text in logged]
    found = calibrate(rows, "twilio", **COLUMNS)
    rules = [cause.rule for cause in found.causes]
    assert rules == [
        "substitute=False",
        "line_breaks.units=1",
        "substitute=False + line_breaks.units=1",
    ]
    assert found.causes[2].kind == "together"
    assert found.unexplained == 0
    assert sum(cause.rows for cause in found.causes) == found.differ
    # What comes by once cannot be read again.
    once = calibrate(iter(rows), "twilio", **COLUMNS)
    assert [cause.rule for cause in once.causes] == rules[:2]
    assert once.unexplained == found.causes[2].rows


def test_accidents_beside_a_cause_stay_unexplained() -> None:
    bill, draw = septet.Planner("twilio", substitute=False).count, random.Random(1)
    rows, accidents = [], 0
    for text in texts(2000, 12):
        extra = 3 * (draw.random() < 0.01)
        accidents += extra > 0
        rows.append({"Body": text, "NumSegments": bill(text) + extra})
    found = calibrate(rows, "twilio", **COLUMNS)
    assert [cause.rule for cause in found.causes] == ["substitute=False"]
    assert found.unexplained == accidents > 0


def test_few_rows_are_explained_where_all_that_differ_are() -> None:
    bill = septet.Planner("twilio", substitute=False).count
    logged = ["Bonjour", "à demain", "c’est l’été “ici” " * 5, "l’offre “du jour” – " * 5]
    rows = [{"Body": text, "NumSegments": bill(text)} for text in logged]
    assert [cause.rule for cause in calibrate(rows, "twilio", **COLUMNS).causes] == ["substitute=False"]
    # A single row shows nothing.
    one = calibrate(rows[2:3], "twilio", **COLUMNS)
    assert (one.causes, one.unexplained) == ((), 1)
