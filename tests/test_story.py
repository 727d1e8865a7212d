"""The whole story of docs/story.md, for each of the four French vendors."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("httpx")
pytest.importorskip("pyarrow")
pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")
pytest.importorskip("defusedxml")

import xlsxwriter
from clocks import WEDNESDAY, stop_at
from sources import ROOT, module_at

import septet.testing

ROWS = [
    ("Zoé", "0612345601", "Bonjour Zoé, -20 % sur toute la boutique jusqu'à dimanche."),
    ("Karim", "+33612345602", "Bonjour Karim, 10 € offerts [code ETE20] dès 50 € d'achat"),
    ("Inès", "0612345603", "Celle-ci ne veut plus de messages"),
    ("Paul", "0744123404", "Bonjour Paul, 10 € offerts dès 50 € d'achat, dans nos magasins. " * 4),
    ("Léa", "0612345605", "Bonjour"),
]
OPTIONS: dict[str, dict[str, Any]] = {
    "smsmode": {"sender": "BOUTIQUE"},
    "envoyersmspro": {"sender": "Boutique", "max_segments": 3},
    "smspartner": {"sender": "Boutique"},
    "encom": {"vendor_fields": {"customerAccount": "CL3578"}},
}


@pytest.mark.parametrize("name", OPTIONS)
def test_every_figure_is_the_same_from_end_to_end(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at(WEDNESDAY, monkeypatch)
    story = module_at(ROOT / "docs" / "examples" / "story.py", "story")
    with xlsxwriter.Workbook(tmp_path / "clients.xlsx") as book:
        sheet = book.add_worksheet()
        for line, cells in enumerate([("prenom", "mobile", "message"), *ROWS]):
            for column, cell in enumerate(cells):
                sheet.write_string(line, column, cell)
    (tmp_path / "stop.csv").write_text("mobile\n06 12 34 56 03\n", "utf-8")
    (tmp_path / "prices.csv").write_text("destination;currency;price;from\n33;EUR;0,045;\n", "utf-8")
    files = (tmp_path / "clients.xlsx", tmp_path / "stop.csv", tmp_path / "prices.csv")
    with septet.testing.vendor(name, price="0.045", currency="EUR") as vendor:
        told = story.campaign(*files, vendor, Decimal("0.045"), **OPTIONS[name])
        numbers = [number for call in vendor.received for number in call.recipients]
    assert told.estimated == told.planned == told.received >= 5
    assert told.billed in (None, told.received)
    assert told.cost == Decimal("0.045") * told.received
    assert told.charged in (None, told.cost)
    # Its log says the same, row by row and to the cent.
    log = told.log
    assert (log.rows, log.agree, log.causes, log.factor) == (4, 4, (), 1)
    assert log.planned == log.billed == told.received
    assert [paid.amount for paid in log.paid] == [told.cost]
    assert (log.checked_prices, log.left_out, log.rejects) == (4, {}, {})
    assert [number[-9:] for number in numbers] == ["612345601", "612345602", "744123404", "612345605"]
    # Which of them tell it: the documents of the other two say neither.
    assert (told.billed is not None, told.charged is not None) == {
        "envoyersmspro": (True, False),
        "smspartner": (True, True),
    }.get(name, (False, False))
