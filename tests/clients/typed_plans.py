"""How a client uses plans, for mypy --strict alone: `make lint` reads it, nothing runs it.

A line marked with an ignore has to be an error, or mypy says that the mark is not used.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, assert_type

import septet


def plans() -> None:
    plan = septet.plan("text", profile="gsm", max_segments=2)
    assert_type(plan, septet.Plan)
    assert_type(plan.cost("0.038"), Decimal)
    assert_type(plan.segments, tuple[septet.Segment, ...])
    assert_type(plan.problems, tuple[septet.Problem, ...])
    assert_type(plan.problems[0].start, int | None)
    assert_type(plan.to_dict(), dict[str, Any])
    assert_type(septet.Planner("gsm").count("text"), int)
    assert_type(septet.Planner("gsm", language=("tr", "es")).measure("text").units, int)
    assert_type(septet.schema("plan"), dict[str, Any])


def mistakes() -> None:
    septet.plan(b"text")  # type: ignore[arg-type]
    septet.plan("text", "gsm", max_segment=2)  # type: ignore[call-arg]
    septet.plan("text", encoding="utf-8")  # type: ignore[arg-type]
    septet.plan("text").units = 3  # type: ignore[misc]
    septet.plan("text").problems[0].code = "other"  # type: ignore[misc]
