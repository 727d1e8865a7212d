"""JUnit: a suite for each file, in which each finding is a test that failed.

There is no standard; this is what https://github.com/testmoapp/junitxml describes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from xml.etree.ElementTree import Element, SubElement, tostring

from septet.lint.findings import Finding
from septet.lint.reports import LintReport

from .shared import message_of, shown_key, shown_path, troubles

# Characters that XML 1.0 cannot write (2.2).
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def written(report: LintReport, lang: str) -> str:
    """The report as XML. A notice is shown and fails no test."""
    of_files: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        of_files[finding.path].append(finding)
    failing = sum(finding.severity != "notice" for finding in report.findings)
    root = Element("testsuites", name="septet lint", failures=str(failing), errors=str(len(report.broken)))
    tests = 0
    for path in report.files:
        found = of_files[path]
        count = str(max(1, len(found)))
        tests += int(count)
        failures = str(sum(finding.severity != "notice" for finding in found))
        suite = SubElement(
            root, "testsuite", name=shown_path(path), tests=count, failures=failures, errors="0"
        )
        for finding in found:
            _case(suite, finding, lang, report.currency)
        if not found:
            SubElement(suite, "testcase", name="septet lint", classname=shown_path(path))
    for one in troubles(report.broken):
        tests += 1
        suite = SubElement(root, "testsuite", name=one.path, tests="1", failures="0", errors="1")
        case = SubElement(suite, "testcase", name="septet lint", classname=one.path)
        SubElement(case, "error", message=_plain(one.message), type="unreadable-file")
    root.set("tests", str(tests))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, "unicode") + "\n"


def _case(suite: Element, finding: Finding, lang: str, currency: str) -> None:
    path = shown_path(finding.path)
    name = _plain(f"{finding.rule}: {shown_key(finding)}")
    case = SubElement(suite, "testcase", name=name, classname=path, file=path, line=str(finding.line))
    message = _plain(message_of(finding, lang, currency))
    where = f"{path}:{finding.line}:{finding.column}"
    if finding.severity == "notice":
        SubElement(case, "system-out").text = f"{where}: {message}"
    else:
        SubElement(case, "failure", message=message, type=finding.severity).text = where


def _plain(text: str) -> str:
    return _NOT_IN_XML.sub("?", text)
