"""Text: what people read, a line for each finding, and a summary."""

from __future__ import annotations

from septet.lint.reports import LintReport
from septet.wording.messages import Words, amount, counted, joined, said, translated
from septet.wording.problems import SEVERITY_NAMES
from septet.wording.quoting import printable

from .shared import message_of, shown_key, shown_path


def written(report: LintReport, lang: str) -> str:
    """The findings, each with its place first, and a summary."""
    lines = []
    for finding in report.findings:
        severity = translated(SEVERITY_NAMES[finding.severity], lang)
        path = shown_path(finding.path)
        place = f"{printable(path, len(path))}:{finding.line}:{finding.column}"
        message = message_of(finding, lang, report.currency)
        lines.append(f"{place}: {severity} {finding.rule}: {message} [{shown_key(finding)}]")
    return "".join(f"{line}\n" for line in lines) + f"{translated(summary(report), lang)}\n"


def summary(report: LintReport) -> Words:
    """The number of findings, and of entries and files."""
    severities = [finding.severity for finding in report.findings]
    parts: list[str] = [
        joined(
            ", ",
            (
                counted("%(number)s error", "%(number)s errors", severities.count("error")),
                counted("%(number)s warning", "%(number)s warnings", severities.count("warning")),
                counted("%(number)s notice", "%(number)s notices", severities.count("notice")),
            ),
        ),
        counted(
            "%(number)s entry of %(files)s checked",
            "%(number)s entries of %(files)s checked",
            report.entries,
            files=counted("%(number)s file", "%(number)s files", len(report.files)),
        ),
    ]
    if report.left_out:
        parts.append(
            counted("%(number)s is not an SMS", "%(number)s are not SMS", report.left_out),
        )
    if report.known:
        parts.append(
            counted("%(number)s known by the baseline", "%(number)s known by the baseline", report.known)
        )
    fixable = sum(finding.is_fixable for finding in report.findings)
    if fixable:
        parts.append(
            counted("%(number)s can be fixed with --fix", "%(number)s can be fixed with --fix", fixable)
        )
    if report.cost:
        parts.append(said("what could be saved: %(cost)s a year", cost=amount(report.cost, report.currency)))
    return joined("; ", parts) + "."
