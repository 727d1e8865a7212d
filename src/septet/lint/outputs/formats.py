"""Formats: how a report is written, by the names of the formats in the command."""

from __future__ import annotations

from importlib import import_module

from septet.lint.reports import LintReport

#: Each has a module with its name here, with a function `written`.
FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit")


def written(report: LintReport, format: str, lang: str) -> str:
    """A report in a format and a language, with a line break at its end."""
    found: str = import_module(f".{format}", __package__).written(report, lang)
    return found
