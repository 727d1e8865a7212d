"""The conformance suite: its cases are those that are generated, and its runner tells right from wrong."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from sources import ROOT

import septet

SUITE = ROOT / "conformance"


@pytest.fixture(scope="module")
def tools() -> dict[str, Any]:
    """The modules of the suite, which are no package: each is run as a command."""
    found = {}
    for name in ("arithmetic", "generate", "run"):
        spec = importlib.util.spec_from_file_location(name, SUITE / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(sys.modules, name, module)
            patch.setattr(sys, "path", [str(SUITE), *sys.path])
            spec.loader.exec_module(module)
        found[name] = module
    return found


def test_the_cases_are_those_that_are_generated(tools: dict[str, Any]) -> None:
    written = tools["generate"].files()
    assert {path: path.read_text("utf-8") for path in written} == written
    assert {*(SUITE / "vendors").glob("*.jsonl")} <= set(written)


def test_each_case_is_as_the_schema_says_and_has_a_number_of_its_own(tools: dict[str, Any]) -> None:
    schema = json.loads((SUITE / "case.schema.json").read_text("utf-8"))
    validator = jsonschema.Draft202012Validator(schema)
    seen: set[str] = set()
    for part in tools["run"].parts():
        cases = tools["run"].cases(part)
        for case in cases[:: 1 + len(cases) // 10]:
            validator.validate(case)
        seen |= {case["id"] for case in cases}
    assert len(seen) > 2000


def test_the_standard_is_answered_as_the_suite_expects(kernel: str, tools: dict[str, Any]) -> None:
    for case in tools["run"].cases("standard"):
        if case["ask"] or len(case["text"]) > 1000:
            continue  # `make conformance` asks everything
        plan = septet.plan(case["text"])
        ends = [segment.end for segment in plan.segments]
        found = {
            "encoding": plan.encoding,
            "units": plan.units,
            "segments": plan.billed_segments,
            "ends": ends,
        }
        assert found == case["expect"], case["id"]


ENGINE = """
import json, sys
for line in sys.stdin:
    text = json.loads(line)["text"]
    print(json.dumps(%s), flush=True)
"""
NAIVE = '{"segments": -(-len(text) // 153) if len(text) > 160 else 1, "encoding": None}'


@pytest.mark.parametrize(
    ("answer", "status", "says"),
    [
        (NAIVE, 1, "room-of-ucs2                     2 passed, 24 failed"),
        ('{"cannot": "anything"}', 1, "0 passed, 0 failed"),
        ("{}", 1, "0 passed, 0 failed"),
        ('{"segments": "1"}', 1, "\n683 cases: 0 passed, 683 failed"),
        ("[]", 2, "standard/0001: expected an object, found '[]'"),
        ("exit(3)", 2, "standard/0001: the command ended with status 3"),
    ],
)
def test_the_runner_says_what_is_wrong(
    tools: dict[str, Any],
    answer: str,
    status: int,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    engine = tmp_path / "engine.py"
    engine.write_text(ENGINE % answer, "utf-8")
    monkeypatch.setattr(sys, "argv", ["run.py", "--show", "0", "--", sys.executable, str(engine)])
    assert tools["run"].main() == status
    said = capfd.readouterr()
    assert says in said.out + said.err
