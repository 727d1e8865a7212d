"""How a client estimates campaigns, only for mypy --strict, like typed_plans.py."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, assert_type

from septet.campaign import Estimate, Estimator, PriceList, Template, estimate


def estimates(found_later: dict[str, Any]) -> None:
    found = estimate(["text"], "message", "smsmode", "0.045", currency="EUR", commercial=True)
    assert_type(found, Estimate)
    assert_type(found.cost, Decimal | None)
    prices = PriceList.load("prices.csv")
    estimate("rows.csv", template=Template("{name}"), recipient="to", prices=prices, on=date(2027, 1, 1))
    estimate("rows.csv", template=None, delimiter=";", optout_rate=0.02, **found_later)
    estimator = Estimator(profile="smsmode", price=Decimal(1), max_segments=2, language=("tr", "es"))
    assert_type(estimator.columns, tuple[str, ...])
    Estimator(**found_later)


def mistakes() -> None:
    estimate(["text"], commercial="yes")  # type: ignore[arg-type]
    estimate(["text"], recipent="to")  # type: ignore[call-arg]
    Estimator(currency=978)  # type: ignore[arg-type]
