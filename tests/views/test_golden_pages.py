"""What a campaign's page says, whole, in every language.

The files in ``golden`` hold its texts, one to a line; to write them anew:

    PYTHONPATH=src:tests/oracle python tests/views/test_golden_pages.py
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pages import Found, read
from sources import ROOT

from septet._tables import EDITION
from septet.campaign import estimate
from septet.campaign.estimators import Estimator
from septet.campaign.samples import Samples
from septet.version import __version__
from septet.views.pages.estimate import estimate_page
from septet.wording.languages import LANGUAGES

GOLDEN = ROOT / "tests" / "golden"

MESSAGES = ["Bonjour, c’est l’été 😀 !"] * 1200 + ["Ça va ]", "", "\x1b", "a" * 800]


def page_of(lang: str) -> str:
    options = {"commercial": True, "price": "0.045", "currency": "EUR", "optout_rate": "0.02"}
    estimator = Estimator(profile="smsmode", encoding="auto", **options)
    samples = Samples(estimator)
    rows = [{"message": text} for text in MESSAGES] + [{"other": "a"}]
    hooks = {"sink": samples.add, "rejects": samples.reject}
    found = estimate(rows, profile="smsmode", encoding="auto", **hooks, **options)
    profile = estimator.profile
    return estimate_page(found, samples, profile, "clients.csv", made=date(2026, 11, 30), lang=lang)


def texts(page: Found) -> Iterator[str]:
    """The texts of a page, those of its drawings' names too; neither its style nor the phones."""
    if page.name == "style" or "phone" in page.classes:
        return
    if label := page.attributes.get("aria-label"):
        yield label
    if all(isinstance(part, str) for part in page.content) or page.name in ("p", "td", "th", "li", "dd"):
        yield " ".join(page.text.split(" "))
        return
    for part in page.content:
        if isinstance(part, Found):
            yield from texts(part)


def written(lang: str) -> str:
    found = (text.replace("\n", " ") for text in texts(read(page_of(lang))) if text.strip())
    lines = "".join(f"{line}\n" for line in found)
    return lines.replace(__version__, "VERSION").replace(EDITION, "EDITION")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_golden(lang: str) -> None:
    pytest.importorskip("matplotlib")
    assert written(lang) == golden_path(lang).read_text("utf-8")


def golden_path(lang: str) -> Path:
    return GOLDEN / f"estimate-page-{lang}.txt"


if __name__ == "__main__":
    for each in LANGUAGES:
        golden_path(each).write_text(written(each), "utf-8")
