"""SARIF 2.1.0: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from septet.lint.reports import LintReport
from septet.lint.rules import RULES
from septet.version import __version__
from septet.wording.messages import translated

from .shared import message_of, shown_key, shown_path, troubles

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "notice": "note"}
_PLACES = {name: place for place, name in enumerate(RULES)}


def written(report: LintReport, lang: str) -> str:
    """One run with all rules and findings; files that could not be read are its notifications."""
    run: dict[str, Any] = {
        "tool": {
            "driver": {
                "name": "septet",
                "version": __version__,
                "rules": [
                    {
                        "id": rule.name,
                        "shortDescription": {"text": str(translated(rule.title, lang))},
                        "fullDescription": {"text": str(translated(rule.page, lang))},
                        "help": {"text": str(translated(rule.page, lang))},
                        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
                    }
                    for rule in RULES.values()
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.broken,
                "toolExecutionNotifications": [
                    {
                        "level": "error",
                        "message": {"text": one.message},
                        "locations": [_location(one.path, {"startLine": one.line})],
                    }
                    for one in troubles(report.broken)
                ],
            }
        ],
        "results": [
            {
                "ruleId": finding.rule,
                "ruleIndex": _PLACES[finding.rule],
                "level": _LEVELS[finding.severity],
                "message": {"text": f"{shown_key(finding)}: {message_of(finding, lang, report.currency)}"},
                "locations": [
                    _location(
                        shown_path(finding.path),
                        {
                            "startLine": finding.line,
                            "startColumn": finding.column,
                            "endLine": finding.end_line,
                            "endColumn": finding.end_column,
                        },
                    )
                ],
                "partialFingerprints": {"septet/v1": finding.fingerprint},
            }
            for finding in report.findings
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=True) + "\n"


def _location(path: str, region: dict[str, int]) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": quote(path)}, "region": region}}
