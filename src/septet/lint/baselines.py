"""Baselines: files of known findings, so that only new ones are reported."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any

from septet.errors import FileError
from septet.files.whole_files import WholeFile

from .findings import Finding
from .reports import LintReport

_VERSION = 1


def without_known(report: LintReport, path: str) -> LintReport:
    """A report without the findings that a baseline holds. Raises FileError for a file that is not a
    baseline."""
    known = _read(path)
    new = tuple(one for one in report.findings if _mark(one, path) not in known)
    return report._replace(findings=new, known=len(report.findings) - len(new))


def write_baseline(findings: Sequence[Finding], path: str) -> None:
    """Writes the findings as a baseline; it holds keys but no texts. Raises OSError and FileError."""
    marks = sorted({_mark(finding, path) for finding in findings})
    held: dict[str, Any] = {
        "septet-lint-baseline": _VERSION,
        "findings": [dict(zip(_FIELDS, mark, strict=True)) for mark in marks],
    }
    with WholeFile(path) as place:
        place.file.write((json.dumps(held, indent=1, ensure_ascii=True) + "\n").encode())
        place.keep()


_FIELDS = ("path", "rule", "fingerprint")


def _mark(finding: Finding, baseline: str) -> tuple[str, str, str]:
    """The identity of a finding, the same wherever the command is called."""
    beside = os.path.dirname(os.path.abspath(baseline))
    path = os.path.relpath(os.path.abspath(finding.path), beside).replace(os.sep, "/")
    return path, finding.rule, finding.fingerprint


def _read(path: str) -> set[tuple[str, str, str]]:
    try:
        with open(path, "rb") as file:
            held: Any = json.loads(file.read())
    except OSError as error:
        raise FileError(f"cannot be read: {error.strerror or error}", path) from None
    except (ValueError, RecursionError):
        raise FileError("expected a baseline in JSON", path) from None
    rows = held.get("findings") if isinstance(held, dict) else None
    if not isinstance(rows, list) or held.get("septet-lint-baseline") != _VERSION:
        raise FileError('expected a baseline, which has "septet-lint-baseline": 1 and findings', path)
    found: set[tuple[str, str, str]] = set()
    for row in rows:
        mark = [row.get(name) for name in _FIELDS] if isinstance(row, dict) else []
        texts = [part for part in mark if isinstance(part, str)]
        if len(texts) != len(_FIELDS):
            raise FileError(f"expected findings with {', '.join(_FIELDS)}", path)
        found.add((texts[0], texts[1], texts[2]))
    return found
