"""Estimates against planning every row by itself, whatever the rows came in."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import Any

import campaign_oracle
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import septet
from septet.campaign import Estimator, Tally, estimate

PRICE = Decimal("0.045")
PLANNERS: list[tuple[str, dict[str, Any]]] = [
    ("gsm", {}),
    ("gsm", {"encoding": "ucs2"}),
    ("gsm", {"max_segments": 1}),
    ("smsmode", {}),
    ("smsmode", {"commercial": True}),
    ("smsmode", {"commercial": True, "encoding": "auto"}),
    ("smsmode", {"commercial": True, "optout": "never"}),
    ("smsmode", {"optout": "if-free", "max_segments": 2}),
    ("smspartner", {"commercial": True}),
    ("smspartner", {"commercial": True, "encoding": "auto"}),
    ("smspartner-eco", {"commercial": True}),
    ("encom", {"commercial": True}),
    ("envoyersmspro", {"commercial": True, "optout": "always"}),
    ("envoyersmspro", {"truncate": True}),
    ("envoyersmspro", {"encoding": "ucs2"}),
    ("gsm", {"optout_text": "[STOP] €", "optout": "always", "commercial": True}),
]

PIECES = [
    *("a", " ", "é", "€", "[", "ç", "œ", "…", "’", "😀", "Ж", "\n", "\r\n", "\r", "\x1b", "\0"),
    *(
        "STOP 36034",
        "STOP",
        "36034",
        "STOP AU 36111",
        "STOP SMS au 36111",
        "NoPub = STOP",
        ":br:",
        "STOP 36123",
    ),
    *("x" * 140, "é" * 70, "😀" * 33, "]" * 80, "k" * 400, "Ж" * 67, "œ" * 75),
]
texts = st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), max_size=12)


@pytest.mark.parametrize(("profile", "options"), PLANNERS)
@given(rows=texts)
@settings(max_examples=25)
def test_figures_are_those_of_the_rows(
    kernel: str, profile: str, options: dict[str, Any], rows: list[str]
) -> None:
    if profile == "gsm" and "optout" in options:
        options = {**options}
    found = estimate(rows, profile=profile, price=PRICE, **options)
    campaign_oracle.same(found, campaign_oracle.expected(rows, profile, PRICE, **options))


@given(rows=texts, cut=st.integers(0, 12))
@settings(max_examples=30)
def test_tallies_of_parts_add_up_to_that_of_the_whole(rows: list[str], cut: int) -> None:
    estimator = Estimator(profile="smsmode", price=PRICE, commercial=True, encoding="auto")
    estimator = pickle.loads(pickle.dumps(estimator))
    whole = pa.RecordBatch.from_arrays([pa.array(rows, pa.string())], ["message"])
    parts = [pickle.loads(pickle.dumps(estimator.tally(part))) for part in (whole[:cut], whole[cut:])]
    assert sum(parts, Tally()) == parts[1] + parts[0] == estimator.tally(whole)
    found = estimator.estimate(parts[0] + parts[1])
    assert (
        found
        == pickle.loads(pickle.dumps(found))
        == estimate(rows, profile="smsmode", price=PRICE, commercial=True, encoding="auto")
    )
