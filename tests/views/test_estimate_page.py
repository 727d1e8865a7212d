"""The report of an estimate as a page: all figures are there, of any file, and nothing of a file acts."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pages import Found, as_written, read
from typer.testing import CliRunner

import septet
from septet.campaign import Estimate, estimate
from septet.campaign.estimators import Estimator
from septet.campaign.samples import Samples
from septet.cli.app import app
from septet.views.pages.estimate import estimate_page

HOSTILE = (
    "</style></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'> "
    "\x07\x1b[31m \u202egnp\u202c\u200b"
)


def made(
    rows: Any,
    profile: str = "gsm",
    name: str = "clients.csv",
    file_encoding: str | None = None,
    **options: Any,
) -> tuple[Estimate, Samples, Found]:
    estimator = Estimator(profile=profile, **options)
    samples = Samples(estimator)
    given = {"sink": samples.add, "rejects": samples.reject, **options}
    found = estimate(rows, profile=profile, file_encoding=file_encoding, **given)
    return found, samples, read(estimate_page(found, samples, estimator.profile, name))


def page_of(rows: Any, profile: str = "gsm", **options: Any) -> Found:
    return made(rows, profile, **options)[2]


def tables(page: Found) -> Mapping[str, Sequence[Sequence[str]]]:
    """The rows of each table, by its caption; the headings are the first."""
    return {
        table.one("caption").text: [
            [as_written(cell) for cell in row.all() if cell.name in ("th", "td")] for row in table.all("tr")
        ]
        for table in page.all("table")
    }


def sections(page: Found) -> dict[str, Found]:
    return {section.one("h2").text: section for section in page.all("section")}


MESSAGES = ["a" * 160] * 6 + ["b" * 161] * 3 + ["é" * 70 + "ç"] * 2 + ["😀"]


def test_the_bill() -> None:
    page = page_of(MESSAGES, price="0.045", currency="EUR")
    # 6 of 1 segment, 3 of 2, 2 of 2 (71 units of UCS-2), 1 of 1: 17 at 0.045.
    assert page.one("p", "bill").text == "0.765 EUR"
    assert "for 17 segments of 12 messages" in sections(page)["The bill"].text
    assert page.one("p", "verdict").text == "All messages may be sent."


def test_without_a_price_the_bill_is_in_segments() -> None:
    page = page_of(MESSAGES)
    assert page.one("p", "bill").text == "17 segments"
    assert "EUR" not in page.one("body").text
    assert [row[0] for row in tables(page)["Billed segments by number of segments"]] == ["Segments", "1", "2"]


def test_the_cost_by_number_of_segments_and_by_encoding() -> None:
    page = page_of(MESSAGES, price="0.045", currency="EUR")
    found = tables(page)
    assert found["Cost by number of segments, EUR"] == [
        ["Segments", "Messages", "Billed", "Cost", "Share of messages"],
        ["1", "7", "7", "0.315 EUR", "58.3 %"],
        ["2", "5", "10", "0.450 EUR", "41.7 %"],
    ]
    assert found["Cost by encoding, EUR"] == [
        ["Encoding", "Messages", "Billed", "Cost", "Share of messages"],
        ["GSM-7", "9", "12", "0.540 EUR", "75.0 %"],
        ["UCS-2", "3", "5", "0.225 EUR", "25.0 %"],
    ]


def bars(chart: Found) -> list[float]:
    """The lengths of the bars of a drawing: the paths that are filled."""
    lengths = []
    for path in chart.all("path"):
        if "fill: var(" in (path.attributes.get("style") or ""):
            across = [float(x) for x in re.findall(r"[ML] ([\d.]+) ", path.attributes["d"] or "")]
            lengths.append(max(across) - min(across))
    return lengths


def test_the_bars_are_as_long_as_what_they_stand_for() -> None:
    charts = list(page_of(MESSAGES, price="0.045", currency="EUR").all("svg"))
    assert len(charts) == 2
    short, long = bars(charts[0])
    assert short / long == pytest.approx(0.315 / 0.450, abs=0.01)
    assert charts[0].attributes["role"] == "img"
    assert charts[0].attributes["aria-label"] == "Cost by number of segments, EUR. 1: 0.315; 2: 0.450"
    assert [text.text for text in charts[1].all("text")] == ["GSM-7", "0.540", "UCS-2", "0.225"]


def test_the_colours_of_a_chart_are_those_of_the_page() -> None:
    for chart in page_of(MESSAGES).all("svg"):
        styles = " ".join(part.attributes.get("style") or "" for part in chart.all())
        assert "#" not in styles
        assert "font" not in styles
        assert {"var(--accent)", "currentColor", "var(--soft)"} <= set(
            re.findall(r"var\(--\w+\)|currentColor", styles)
        )


def test_many_lengths_are_drawn_together() -> None:
    page = page_of(["a" * 153 * count for count in range(2, 14)], price=1)
    rows = tables(page)["Cost by number of segments"]
    assert [row[0] for row in rows[1:]] == ["2", "3", "4", "5", "6", "7", "8", "9 or more"]
    assert rows[-1] == ["9 or more", "5", "55", "55", "41.7 %"]  # 9 + 10 + 11 + 12 + 13
    assert len(bars(next(page.all("svg")))) == 8


def test_the_most_expensive_characters_have_an_example() -> None:
    long = "x" * 100
    page = page_of([f"{long}’{long}", f"{long}’ô{long}", f"{'y' * 160}", f"[{'z' * 159}"], price="0.1")
    table = sections(page)["The most expensive characters"].one("table")
    rows = [[as_written(cell) for cell in row.all() if cell.name in ("th", "td")] for row in table.all("tr")]
    around = "x" * 30
    # 201 units of UCS-2 are 3 segments of 67 and 202 are 4, septets are 2; "[" makes 161 septets of 160.
    assert rows[1:] == [
        [
            "’ U+2019 RIGHT SINGLE QUOTATION MARK",
            *("forces UCS-2", "2", "3", "1", "0.3"),
            f"…{around}’{around}…",
        ],
        [
            "ô U+00F4 LATIN SMALL LETTER O WITH CIRCUMFLEX",
            *("forces UCS-2", "1", "2", "0", "0.2"),
            f"…{'x' * 29}’ô{around}…",
        ],
        ["[ U+005B LEFT SQUARE BRACKET", "counts double", "1", "1", "1", "0.1", f"[{'z' * 30}…"],
    ]


def test_no_more_than_ten_characters_are_listed() -> None:
    texts = [chr(0x430 + number) * (71 + number) for number in range(12)]
    section = sections(page_of(texts))["The most expensive characters"]
    assert len(list(section.one("tbody").all("tr"))) == 10
    assert section.text.endswith("2 others not listed.")


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.csv"
    rows = [
        b"name;message",
        b"a;Bonjour",
        b"b;one;too many",
        b"c",
        b"d;\xe9\xff\xfe\x80",
        b"e;" + HOSTILE.encode(),
        b"f;",
    ]
    path.write_bytes(b"\n".join(rows) + b"\n")
    return path


def test_rejected_rows_are_shown_with_their_reasons(broken: Path) -> None:
    found, _, page = made(broken, price="0.045", file_encoding="utf-8")
    rows = tables(page)["Rows that could not be measured"][1:]
    assert {row[1]: int(row[2]) for row in rows} == dict(found.rejects)
    assert {row[1] for row in rows} == {"wrong-number-of-fields", "bad-bytes"}
    shown = "\n".join(row[3] for row in rows)
    assert "line 3: " in shown
    assert "b;one;too many" in shown
    assert "line 5: " in shown
    assert "\\xff" in shown
    assert "3 rows could not be measured and are not in the bill" in page.one("p", "verdict").text


def test_refused_messages_are_shown_with_their_reasons(broken: Path) -> None:
    page = page_of(broken, file_encoding="utf-8")
    rows = tables(page)["Refused messages, warnings and notices"][1:]
    assert [row[:3] for row in rows] == [
        ["error", "empty-message", "1"],
        ["error", "invalid-character", "1"],
        ["warning", "suspect-markup", "1"],
    ]
    assert rows[0][3:] == ["The message shows no text. Write one.", "(empty)"]
    assert rows[1][4] == HOSTILE
    assert "2 messages must not be sent as they are" in page.one("p", "verdict").text


def test_rejected_rows_of_one_kind_are_three_at_the_most(tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    path.write_text("message,b\n" + "x,y,z\n" * 50 + "a,b\n" + "y" * 1000 + ",b,c\n")
    found, samples, page = made(path)
    assert found.rejects == {"wrong-number-of-fields": 51}
    assert len(list(page.one("ul", "examples").all("li"))) == 3
    assert max(len(reject.row) for reject in samples.rejects["wrong-number-of-fields"]) <= 240


def test_a_typical_the_shortest_and_the_longest_message_are_shown() -> None:
    texts = ["b" * 200, "tiny", "a" * 200, "c" * 400, "d" * 401]
    previews = sections(page_of(texts))["What the phones will show"]
    shown = {
        title.text: "".join(as_written(text) for text in preview.all("div", "text"))
        for title, preview in zip(previews.all("h3"), previews.one("div", "previews").content, strict=True)
        if isinstance(preview, Found)
    }
    # 1, 2, 2, 3, 3 segments: the median is 2, and the first of them is shown.
    assert shown == {
        "A typical message": "b" * 200,
        "The shortest message": "tiny",
        "The longest message": "d" * 401,
    }


def test_of_a_very_long_message_the_first_segments_are_shown() -> None:
    previews = sections(page_of(["a" * 153 * 200]))["What the phones will show"]
    assert [item.text for item in previews.one("div", "previews").all("li", "soft")] == [
        "and 196 more segments"
    ] * 3


def test_the_options_and_the_tables_are_named() -> None:
    page = page_of(["Promo"], "smsmode", commercial=True, price="0.045", currency="EUR", max_segments=3)
    facts = {name.text: value.text for name, value in zip(page.all("dt"), page.all("dd"), strict=True)}
    assert facts["Profile"] == f"smsmode: {septet.profile('smsmode').title}"
    assert facts["Kind of message"] == "commercial"
    assert facts["Price of a segment"] == "0.045"
    assert facts["Longest message"].startswith("3 billed segments; ")
    # Options that were not given decide as well: the defaults of the profile.
    assert facts["Encoding asked for"] == "GSM-7"
    assert facts["Opt-out mention"] == "STOP 36034 (always)"
    assert facts["Tables"] == f"edition {septet.TABLES_EDITION}"
    assert facts["Opt-out"].startswith("added to 1 row; it adds 0 segments")


def test_the_price_list_is_named(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("destination;currency;price\n33;EUR;0,045\nBE;EUR;0,07\n*;USD;0,12\n")
    rows = [{"message": "a", "mobile": "+33612345601"}]
    page = page_of(rows, prices=path, recipient="mobile")
    facts = {name.text: value.text for name, value in zip(page.all("dt"), page.all("dd"), strict=True)}
    assert facts["Price list"] == "list.csv, 3 prices in EUR, USD"


def test_an_empty_file_has_a_page_too(tmp_path: Path) -> None:
    path = tmp_path / "empty.csv"
    path.write_text("message\n")
    page = page_of(path, price="0.045", currency="EUR")
    assert page.one("p", "verdict").text == "There are no messages."
    assert page.one("p", "bill").text == "0 segments"
    assert not list(page.all("svg"))
    only_empty = page_of([""], price="0.045")
    assert only_empty.one("p", "verdict").text == "1 message must not be sent as it is."


def test_garbled_messages_are_said_before_the_bill() -> None:
    page = page_of(["Bonjour", "colis arrivÃ©"], price="0.045")
    verdict, first = page.all("p", "verdict")
    assert verdict.text == "Messages were probably read in the wrong charset: see below."
    assert first.text.startswith("suspect-encoding: 1 message. ")
    assert "Ã©" in first.text


def test_nothing_of_a_file_acts(tmp_path: Path) -> None:
    path = tmp_path / "hostile.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["message", HOSTILE])
        rows.writerows([[HOSTILE, ""], [HOSTILE * 9, ""], [f"{HOSTILE}’", "", "too many", HOSTILE]])
    page = page_of(path, name=HOSTILE, price="0.1", currency="EUR")
    assert as_written(next(page.one("header").all("bdi"))) == HOSTILE
    assert "EUR" in page.one("p", "bill").text


def test_recipients_decide_the_mention_of_their_previews() -> None:
    rows = [
        {"message": "Promo", "to": "0612345678"},
        {"message": "Promo, mais plus longue", "to": "+32470123456"},
    ]
    options = {"recipient": "to", "commercial": True}
    _, samples, page = made(rows, "smsmode", **options)
    previews = sections(page)["What the phones will show"].one("div", "previews")
    texts = [as_written(text) for text in previews.all("div", "text")]
    assert texts[1:] == ["Promo STOP 36034", "Promo, mais plus longue no-sms.eu"]
    assert samples.longest is not None
    assert samples.longest.units == len(texts[2])


def test_several_currencies(tmp_path: Path) -> None:
    prices = tmp_path / "prices.csv"
    prices.write_text("destination,price,currency\nFR,0.045,EUR\nBE,0.1,USD\n")
    rows = [{"message": "a", "to": "0612345678"}, {"message": "b" * 161, "to": "+32470123456"}]
    page = page_of(rows, "smsmode", recipient="to", prices=prices)
    assert page.one("p", "bill").text == "0.045 EUR + 0.20 USD"
    assert tables(page)["Billed segments by number of segments"][1:] == [
        ["1", "1", "1", "0.045 EUR", "50.0 %"],
        ["2", "1", "2", "0.20 USD", "50.0 %"],
    ]


def invoke(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["estimate", *arguments])


@pytest.fixture
def clients(tmp_path: Path) -> Path:
    path = tmp_path / "clients.csv"
    path.write_text("message\n" + "\n".join(MESSAGES) + "\n", encoding="utf-8")
    return path


def test_the_command_writes_the_report(clients: Path, tmp_path: Path) -> None:
    out, target = tmp_path / "out.csv", tmp_path / "report.html"
    result = invoke(str(clients), "--price", "0.045", "--report", str(target), "--out", str(out))
    assert result.exit_code == 0, result.stderr
    assert result.stdout == invoke(str(clients), "--price", "0.045").stdout
    page = read(target.read_text("utf-8"))
    assert page.one("p", "bill").text == "0.765"
    assert next(page.one("header").all("bdi")).text == "clients.csv"
    assert len(out.read_text("utf-8").splitlines()) == 13
    assert sorted(path.name for path in tmp_path.iterdir()) == ["clients.csv", "out.csv", "report.html"]


def complaint(result: Any) -> str:
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return str(result.stderr)


def test_a_report_that_cannot_be_written_leaves_nothing(clients: Path, tmp_path: Path) -> None:
    out, nowhere = tmp_path / "out.csv", tmp_path / "none" / "report.html"
    assert "cannot be written" in complaint(invoke(str(clients), "--report", str(nowhere), "--out", str(out)))
    assert "is the file to read" in complaint(invoke(str(clients), "--report", str(clients)))
    assert "name the same file" in complaint(invoke(str(clients), "--report", str(out), "--out", str(out)))
    assert [path.name for path in tmp_path.iterdir()] == ["clients.csv"]


def test_what_stops_the_work_leaves_neither_file_nor_report(
    clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = (str(clients), "--report", str(tmp_path / "report.html"), "--out", str(tmp_path / "out.csv"))

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Samples, "add", interrupted)
        result = invoke(*arguments)
    assert result.exit_code == 130
    assert "nothing was written" in result.stderr

    def full(*_: object, **__: object) -> str:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("septet.campaign.outputs.outputs.os.fsync", full)
        assert "No space left on device" in complaint(invoke(*arguments))
    assert [path.name for path in tmp_path.iterdir()] == ["clients.csv"]
    bounds = ("--template", "Bonjour {n}", "--bounds", "n=1..9", "--report", str(tmp_path / "report.html"))
    assert "--report is for a file of messages" in complaint(invoke(*bounds))


def test_without_matplotlib_the_extra_is_named(
    clients: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "matplotlib", None)
    said = complaint(invoke(str(clients), "--report", str(tmp_path / "report.html")))
    assert said == 'septet: --report needs matplotlib, which is not installed: pip install "septet[report]"\n'
    assert [path.name for path in tmp_path.iterdir()] == ["clients.csv"]


def test_the_page_does_not_grow_with_the_file() -> None:
    texts = [f"C’est l’été n° {number} {'€' * (number % 7)}" for number in range(2000)]
    few = len(estimate_page_of(texts[:200]))
    assert len(estimate_page_of(texts)) < 1.1 * few


def estimate_page_of(texts: list[str]) -> str:
    samples = Samples(Estimator(price=Decimal("0.045")))
    found = estimate(texts, price=Decimal("0.045"), sink=samples.add, rejects=samples.reject)
    return estimate_page(found, samples, septet.profile("gsm"), "texts")


def test_a_link_that_is_changed_is_said_before_the_bill(tmp_path: Path) -> None:
    path = tmp_path / "campaign.csv"
    path.write_text("message\nSuivi : https://ex.fr/~a[1]\nBonjour\n", "utf-8")
    estimator = Estimator(profile="smspartner")
    samples = Samples(estimator)
    made = estimate(path, profile="smspartner", sink=samples.add)
    assert list(made.to_dict()["problems"]) == ["link-changed"]
    page = estimate_page(made, samples, estimator.profile, "campaign.csv")
    assert page.index("link-changed") < page.index(">The bill<")
    assert "https://ex.fr/a(1)" in page[: page.index(">The bill<")]
