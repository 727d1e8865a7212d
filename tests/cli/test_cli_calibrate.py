"""The command `calibrate`: what a person types, and what it answers."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

pytest.importorskip("phonenumbers")

from sources import ROOT

import septet
from septet.cli.app import app

HEADER = ("To", "Body", "Status", "NumSegments", "Direction", "Price", "PriceUnit", "SentDate")


def run(*arguments: str, **more: Any) -> Any:
    return CliRunner().invoke(app, list(arguments), **more)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty rows that were billed with the vendor's replacements switched off, one that nothing explains."""
    monkeypatch.chdir(tmp_path)
    bill = septet.Planner("twilio", substitute=False).count
    path = tmp_path / "log.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for place in range(40):
            text = ("l’été “ici” " if place % 4 == 0 else "Bonjour à tous ") * (2 + place % 9)
            number, price = bill(text), f"{-0.05 * bill(text):.3f}"
            rest = ("outbound-api", price, "EUR", "2026-10-01 10:00:00")
            writer.writerow(("+33612345678", text, "delivered", number, *rest))
        writer.writerow(("+33612345678", "Rappelez le +33612345678", "sent", 7, *rest))
        writer.writerow(("+33612345678", "STOP", "received", 1, "inbound", "", "", ""))
    return path


def test_a_known_log_needs_no_options_but_its_profile(log: Path) -> None:
    result = run("calibrate", "log.csv", "--profile", "twilio")
    assert result.exit_code == 1, result.output
    shown = " ".join(result.stdout.split())
    assert "41 compared: 35 billed as planned, 6 differently" in shown
    assert "1 received" in shown
    assert "1. substitute=False: the vendor's replacements are switched off 5 rows" in shown
    assert 'line 42: planned 1 segment in GSM-7, billed 7 segments: "Rappelez le +33612••••78"' in shown
    assert "multiply an estimate by" in shown
    assert "+33612345678" not in result.output
    # Explained rows are not a failure, and neither are rows that agree.
    lines = log.read_text("utf-8").splitlines(keepends=True)
    log.write_text("".join(lines[:41]), "utf-8", newline="")
    assert run("calibrate", "log.csv", "--profile", "twilio").exit_code == 0
    agreeing = run("calibrate", "log.csv", "--profile", "twilio", "--substitute", "off")
    assert agreeing.exit_code == 0
    assert "All rows were billed as planned." in agreeing.stdout


def test_json_is_as_its_schema_says_and_the_same_as_in_python(log: Path) -> None:
    shape = json.loads(run("calibrate", "log.csv", "--profile", "twilio", "--json").stdout)
    Draft202012Validator(septet.schema("calibration")).validate(shape)
    assert shape == septet.calibrate(log, "twilio", commercial=False).to_dict()
    with log.open("rb") as stream:
        given = (
            "--text",
            "Body",
            "--segments",
            "NumSegments",
            "--status",
            "Status",
            "--direction",
            "Direction",
        )
        again = run("calibrate", "-", "--profile", "twilio", *given, "--json", input=stream.read())
    assert json.loads(again.stdout)["causes"] == shape["causes"]


def test_prices_are_held_against_a_list(log: Path) -> None:
    log.with_name("prices.csv").write_text(
        "destination;currency;price;from\n33;EUR;0,05;\n33;EUR;0,06;2026-01-01\n"
    )
    result = run(
        "calibrate", "log.csv", "-p", "twilio", "--substitute", "off", "--prices", "prices.csv", "--json"
    )
    shape = json.loads(result.stdout)
    assert [cause["rule"] for cause in shape["causes"]] == ["on=2025-12-31"]
    before = ("--prices", "prices.csv", "--on", "2025-05-01")
    assert (
        json.loads(run("calibrate", "log.csv", "-p", "twilio", *before, "--json").stdout)["differ_by"][
            "price"
        ]
        == 1
    )
    in_words = run("--lang", "fr", "calibrate", "log.csv", "-p", "twilio", "--prices", "prices.csv").stdout
    assert "les prix sont ceux d’avant le" in " ".join(in_words.split())


def test_the_page_says_the_same_and_shows_no_number(log: Path) -> None:
    assert run("calibrate", "log.csv", "-p", "twilio", "--report", "log.html").exit_code == 1
    page = log.with_name("log.html").read_text("utf-8")
    assert "<code>substitute=False</code>" in page
    assert "What was billed, and what was planned" in page
    assert "Rappelez le +33612••••78" in page
    assert "+33612345678" not in page
    assert "<script" not in page
    assert run("--lang", "fr", "calibrate", "log.csv", "-p", "twilio", "--report", "fr.html").exit_code == 1
    page = log.with_name("fr.html").read_text("utf-8")
    assert 'lang="fr"' in page
    assert "les remplacements du prestataire sont désactivés" in page


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "no file: expected EXPORT, or - for standard input"),
        (["none.csv"], "none.csv: it cannot be read"),
        (["log.csv", "-"], "standard input and files are both given"),
        (["log.csv", "--text", "Txt"], "no column is named 'Txt': the columns are To, Body"),
        (["log.csv", "-p", "gsm"], "give the column of the texts as --text; the columns are To, Body"),
        (["log.csv", "-p", "gsm"], "the profile gsm has no known export with these columns (twilio and"),
        (["log.csv", "--on", "2026-01-01"], "--on: expected --prices FILE beside it"),
        (["log.csv", "--earlier-prices", "x.csv"], "--earlier-prices: expected --prices FILE beside it"),
        (["log.csv", "--prices", "log.csv"], "log.csv"),
        (
            ["log.csv", "--date", "2026-02-31"],
            "--date: expected a day such as 2027-01-31, found '2026-02-31'",
        ),
        (["log.csv", "--report", "-"], "--report: expected the name of a file, found -"),
        (["log.csv", "--report", "log.csv"], "log.csv"),
        (["log.csv", "--no-header", "--header-line", "2"], "--no-header and --header-line are both given"),
        (["log.csv", "--substitute", "maybe"], "--substitute: expected True, False, found 'maybe'"),
    ],
)
def test_what_makes_no_sense_is_said_in_a_line(arguments: list[str], message: str, log: Path) -> None:
    result = run("calibrate", *(["-p", "twilio"] if "-p" not in arguments else []), *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") <= 2
    assert "Traceback" not in result.stderr


def test_the_report_in_the_documentation_is_what_it_prints(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = (ROOT / "docs" / "calibrate.md").read_text("utf-8")
    command, _, shown = page.split("```console\n$ ")[1].split("```")[0].partition("\n")
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    assert run(*command.split()[1:]).stdout == shown
