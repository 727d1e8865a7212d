"""JSON: the report as `schema("lint")` describes it."""

from __future__ import annotations

import json

from septet.lint.reports import LintReport


def written(report: LintReport, lang: str) -> str:
    """The report in one line of ASCII."""
    return json.dumps(report.to_dict(lang), ensure_ascii=True) + "\n"
