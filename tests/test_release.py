"""What a release still lacks is reported, and nothing where it lacks nothing."""

from __future__ import annotations

from typing import Any

import pytest
from sources import ROOT, module_at

SCRIPT = ROOT / ".ci" / "release_check.py"
# A source distribution has no use for it.
pytestmark = pytest.mark.skipif(not SCRIPT.exists(), reason="only a checkout is released")


def check() -> Any:
    return module_at(SCRIPT, "release_check")


def test_the_changelog_names_the_version_and_its_day() -> None:
    missing = check().missing_in_changelog
    assert missing("# Changelog\n\n## 1.2.0 (2027-01-31)\n\n## 1.1.0 (2026-12-01)\n", "1.2.0") is None
    assert "'Unreleased (1.2.0)'" in missing("## Unreleased (1.2.0)\n\n## 1.1.0 (2026-12-01)\n", "1.2.0")
    assert "'1.1.0 (2026-12-01)'" in missing("## 1.1.0 (2026-12-01)\n", "1.2.0")


def test_the_record_has_a_run_of_the_version() -> None:
    missing = check().missing_in_record
    assert missing({"a.md": "- septet: 1.2.0, cython kernel"}, "1.2.0") is None
    assert "no run of 1.2.0" in missing({"a.md": "- septet: 1.2.1, cython kernel"}, "1.2.0")
