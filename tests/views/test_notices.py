"""What only informs is shown in a quiet voice, and no verdict minds it."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import invoke
from pages import read

import septet
from septet.campaign import estimate
from septet.campaign.estimators import Estimator
from septet.campaign.samples import Samples
from septet.views.pages.estimate import estimate_page
from septet.views.pages.preview import preview_page

PROFILE = septet.profile("smspartner")
INFORMED = septet.plan("日本", PROFILE, encoding="ucs2")


def test_a_preview() -> None:
    assert [problem.severity for problem in INFORMED.problems] == ["notice"]
    shown = invoke("preview", "日本", "-p", "smspartner", "--encoding", "ucs2").stdout
    assert "\n i " in shown or "\ni " in shown
    assert shown.splitlines()[-1] == "✓ May be sent."
    warned = invoke("preview", "日本 :br:", "-p", "smspartner", "--encoding", "ucs2").stdout
    assert "warnings" in warned.splitlines()[-1]


def test_a_page() -> None:
    page = read(preview_page(INFORMED, PROFILE))
    verdict = page.one("p", "verdict")
    assert (verdict.text, verdict.classes) == ("May be sent.", ["verdict", "good"])
    assert len(list(page.all("li", "notice"))) == 1
    assert not list(page.all("li", "warning"))


def test_an_estimate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.csv").write_text("message\n日本\nPromo :br:\n", "utf-8")
    shown = invoke("estimate", "rows.csv", "-p", "smspartner", "--encoding", "ucs2").stdout
    assert "! Warnings: vendor-tag 1" in shown
    assert "i Notices: account-option-needed" in shown
    assert shown.index("Warnings") < shown.index("Notices")
    silent = invoke(
        *("estimate", "rows.csv", "-p", "smspartner", "--encoding", "ucs2"),
        *("--ignore", "account-option-needed", "--ignore", "vendor-tag"),
    ).stdout
    assert "Notices" not in silent
    assert "Warnings" not in silent


def test_the_page_of_an_estimate_has_errors_first_and_notices_last() -> None:
    options = {"profile": PROFILE, "encoding": "ucs2"}
    estimator = Estimator(**options)
    samples = Samples(estimator)
    found = estimate(["日本", "Promo :br:", "\x1b"], sink=samples.add, **options)
    page = read(estimate_page(found, samples, PROFILE, "rows.csv"))
    severities = [span.classes[1] for span in page.all("span", "severity")]
    assert severities == ["error", "warning", "notice"]
