"""Every documented figure of every vendor, and the standard's own: the oracle and the library.

The vectors are data, typed from the documents: tests/vectors/*.json, one file per document.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import oracle
import pytest
from judged_problems import JUDGED
from oracle_profiles import PROFILES
from vector_files import VECTORS, text_of

import septet

FIELDS = {"label", "comment", "source", "profile", "options", "text", "expect"}

Vector = dict[str, Any]


def load() -> list[Any]:
    parameters = []
    for path in sorted(VECTORS.glob("*.json")):
        for vector in json.loads(path.read_text(encoding="utf-8")):
            parameters.append(pytest.param(vector, id=f"{path.stem}: {vector['label']}"))
    return parameters


def by_code(problems: list[Any]) -> list[list[Any]]:
    return sorted(
        [list(problem) for problem in problems],
        key=lambda problem: (problem[0], -1 if problem[2] is None else problem[2]),
    )


def expected(vector: Vector) -> dict[str, Any]:
    expect = dict(vector["expect"])
    for name in ("text", "optout"):
        if name in expect:
            expect[name] = text_of(expect[name])
    if "segment_texts" in expect:
        expect["segment_texts"] = [text_of(pieces) for pieces in expect["segment_texts"]]
    if "problems" in expect:
        expect["problems"] = by_code(expect["problems"])
    return expect


ALL = load()

#: The oracle, which is naive, takes seconds for a text of more characters.
SOON = 5_000


def for_the_oracle() -> list[Any]:
    found = []
    for parameter in ALL:
        (vector,) = parameter.values
        if vector["profile"] not in PROFILES:
            continue  # it has no national tables, which some use by default
        marks = [pytest.mark.long] if len(text_of(vector["text"])) > SOON else []
        found.append(pytest.param(vector, id=parameter.id, marks=marks))
    return found


def test_the_vectors_are_well_formed() -> None:
    assert len(ALL) > 500
    labels = [parameter.id for parameter in ALL]
    assert len(set(labels)) == len(labels)
    for parameter in ALL:
        (vector,) = parameter.values
        assert set(vector) == FIELDS, parameter.id
        assert vector["source"], parameter.id
        assert vector["expect"], parameter.id


@pytest.mark.parametrize("vector", for_the_oracle())
def test_the_oracle_gives_the_documented_answer(vector: Vector) -> None:
    answer = oracle.answer(text_of(vector["text"]), vector["profile"], **vector["options"])
    given: dict[str, Any] = {
        "encoding": answer.encoding,
        "units": answer.units,
        "billed_segments": answer.billed_segments,
        "remaining": answer.remaining,
        "text": answer.text,
        "physical": len(answer.segments),
        "segments": [[segment.units, segment.capacity] for segment in answer.segments],
        "segment_texts": [segment.text for segment in answer.segments],
        "changes": [list(change) for change in answer.changes],
        "optout": answer.optout,
        "optout_status": answer.optout_status,
        "truncated": answer.truncated,
        "problems": by_code(answer.problems),
        "ok": answer.ok,
    }
    of_the_library_alone = {"vendor", "price", "cost"}
    expect = {name: value for name, value in expected(vector).items() if name not in of_the_library_alone}
    assert {name: given[name] for name in expect} == expect


@pytest.mark.parametrize("vector", ALL)
def test_the_library_gives_the_documented_answer(kernel: str, vector: Vector) -> None:
    text = text_of(vector["text"])
    expect = expected(vector)
    plan = septet.plan(text, vector["profile"], **vector["options"])
    price = expect.pop("price", None)
    given: dict[str, Any] = {
        "encoding": plan.encoding,
        "units": plan.units,
        "billed_segments": plan.billed_segments,
        "remaining": plan.remaining,
        "text": plan.text,
        "physical": len(plan.segments),
        "segments": [[segment.units, segment.capacity] for segment in plan.segments],
        "segment_texts": [segment.text for segment in plan.segments],
        "changes": [[c.start, c.end, c.source, c.replacement, c.reason] for c in plan.changes],
        "optout": plan.optout,
        "optout_status": plan.optout_status,
        "truncated": plan.truncated,
        "problems": by_code(
            [[p.code, p.severity, p.start, p.end] for p in plan.problems if p.code not in JUDGED]
        ),
        "ok": plan.ok,
        "cost": None if price is None else str(plan.cost(Decimal(price))),
        "vendor": {p.code: [p.vendor_code, p.vendor_message] for p in plan.problems if p.code not in JUDGED},
    }
    assert {name: given[name] for name in expect} == expect
    if "billed_segments" in expect:
        assert septet.count(text, vector["profile"], **vector["options"]) == expect["billed_segments"]
