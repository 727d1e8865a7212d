"""GitLab: a report of code quality, which shows in merge requests.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
import json

from septet.lint.reports import LintReport

from .shared import message_of, shown_key, shown_path, troubles

_SEVERITIES = {"error": "major", "warning": "minor", "notice": "info"}


def written(report: LintReport, lang: str) -> str:
    """A list of findings and of files that could not be read."""
    found = [
        {
            "description": f"{shown_key(finding)}: {message_of(finding, lang, report.currency)}",
            "check_name": finding.rule,
            "fingerprint": _fingerprint(shown_path(finding.path), finding.fingerprint),
            "severity": _SEVERITIES[finding.severity],
            "location": {
                "path": shown_path(finding.path),
                "lines": {"begin": finding.line, "end": finding.end_line},
            },
        }
        for finding in report.findings
    ]
    found += [
        {
            "description": one.message,
            "check_name": "unreadable-file",
            "fingerprint": _fingerprint(one.path, "unreadable-file"),
            "severity": "blocker",
            "location": {"path": one.path, "lines": {"begin": one.line, "end": one.line}},
        }
        for one in troubles(report.broken)
    ]
    return json.dumps(found, ensure_ascii=True, indent=1) + "\n"


def _fingerprint(path: str, mark: str) -> str:
    return hashlib.sha256(f"{path}\0{mark}".encode("utf-8", "surrogatepass")).hexdigest()[:32]
