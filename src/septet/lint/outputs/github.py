"""GitHub: commands of a workflow, which show as annotations beside the lines of a change.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from septet.lint.reports import LintReport

from .shared import message_of, shown_key, shown_path, troubles


def written(report: LintReport, lang: str) -> str:
    """A command for each finding, and for each file that could not be read."""
    lines = [
        _command("error", {"file": one.path, "line": one.line, "title": "septet"}, one.message)
        for one in troubles(report.broken)
    ]
    for finding in report.findings:
        properties: dict[str, str | int] = {
            "file": shown_path(finding.path),
            "line": finding.line,
            "endLine": finding.end_line,
            "col": finding.column,
            "title": f"septet: {finding.rule}",
        }
        # GitHub takes the column of an end only on the line of the beginning.
        if finding.end_line == finding.line:
            properties["endColumn"] = finding.end_column
        message = f"{shown_key(finding)}: {message_of(finding, lang, report.currency)}"
        lines.append(_command(finding.severity, properties, message))
    return "".join(f"{line}\n" for line in lines)


def _command(name: str, properties: dict[str, str | int], message: str) -> str:
    said = ",".join(f"{key}={_property(str(value))}" for key, value in properties.items())
    return f"::{name} {said}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
