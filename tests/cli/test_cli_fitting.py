"""The commands `split` and `fit`, and other channels in `estimate` and `compare`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

import septet
from septet.cli.app import app

TEXT = ("La piscine sera fermée du 12 au 25 mai. " * 6).strip()


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, list(arguments))


def test_split_shows_each_message_and_the_sum() -> None:
    result = run("split", TEXT, "--numbering", "({n}/{total}) ", "--price", "0.045", "-p", "smsmode")
    assert result.exit_code == 0
    assert "Message 2 of 2: GSM-7" in result.stdout
    assert "(2/2) " in result.stdout
    assert "In all: 2 messages, 2 billed segments, 0.09" in result.stdout
    assert "1 blank was left out" in result.stdout
    assert "Message 2 sur 2" in run("--lang", "fr", "split", TEXT).stdout


def test_split_in_json_is_as_its_schema_says() -> None:
    shape = json.loads(run("split", TEXT, "--json", "--price", "0.045").stdout)
    assert shape.pop("cost") == "0.090"
    Draft202012Validator(septet.schema("split")).validate(shape)
    assert shape == septet.split(TEXT).to_dict()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--segments", "0"], "--segments: expected a whole number from 1 on"),
        (["--characters", "9", "--octets", "9"], "--characters: expected one limit"),
        (["--numbering", "{x}"], "--numbering: expected a text with {n}"),
        (["--at", "lines"], "--at: expected one of"),
        (["--most", "1"], "--most: the text takes more than 1 messages of one billed segment"),
        (["--truncate"], "--truncate: expected None or False"),
        (["--optout-in", "each"], "--optout-in: gsm has no mention"),
    ],
)
def test_split_refuses_what_cannot_be(arguments: list[str], message: str) -> None:
    result = run("split", TEXT, *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_fit_takes_the_first_that_fits() -> None:
    result = run("fit", "x" * 161, "- court", "y", "--if-free", " Infos")
    assert result.exit_code == 0
    assert "Wording 2 of 3" in result.stdout
    assert "- court Infos" in result.stdout
    assert json.loads(run("fit", "x" * 161, "court", "--json").stdout)["original"] == "court"
    none = run("fit", "x" * 161, "y" * 162)
    assert none.exit_code == 1
    assert "Wording 2 of 2" in none.stdout
    assert run("fit").exit_code == 2


def test_estimate_says_what_was_cut_and_what_would_be_cheaper(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("centre\nLidl\n" + "C" * 100 + "\n")
    template = "Au magasin {centre}. " + "x" * 120
    arguments = ["estimate", str(path), "--template", template, "--price", "0.04", "--instead", "mms=0.05"]
    cut = run(*arguments, "--fit", "centre=5")
    assert "centre cut by" in cut.stdout
    assert "mms: no row would cost less at 0.05." in cut.stdout
    whole = run(*arguments)
    assert "mms: 1 row would cost less at 0.05 each" in " ".join(whole.stdout.split())
    shape = json.loads(run(*arguments, "--json").stdout)["instead"]["mms"]
    assert (shape["rows"], shape["from_segments"]) == (1, [{"price": "0.04", "segments": 2}])
    assert "--instead: expected NAME=PRICE" in run(*arguments, "--instead", "mms").stderr
    assert "--fit: expected FIELD" in run(*arguments, "--fit", "centre=x").stderr
    assert "--fit: the template has no field" in run(*arguments, "--fit", "center").stderr


def test_compare_says_where_another_channel_is_cheaper() -> None:
    arguments = ["compare", "x" * 200, "--profiles", "twilio,rcs-us", "--price", "0.04"]
    arguments += ["--price", "rcs-us=0.01", "--instead", "mms=0.07"]
    assert "mms would cost less than at twilio." in run(*arguments).stdout
    found = json.loads(run(*arguments, "--json").stdout)
    assert {one["profile"]: one["cheaper_instead"] for one in found} == {"twilio": ["mms"], "rcs-us": []}
    assert run("compare", "x", "--instead", "mms=1").exit_code == 2


def test_a_text_that_names_a_file_is_answered_with_a_hint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("notice.md", "mes notes.txt", "notice"):
        (tmp_path / name).write_text("x")
    monkeypatch.chdir(tmp_path)
    for command in ("preview", "count", "check", "advise", "compare", "split", "encode"):
        assert run(command, "notice.md").stderr.endswith("use --file notice.md\n"), command
    assert run("count", "mes notes.txt").stderr.endswith('use --file "mes notes.txt"\n')
    assert run("count", "./notice").stderr.endswith("use --file ./notice\n")
    assert run("count", "--file", "notice.md").stderr == ""
    # A message that happens to be a word, the name of no file, or no name at all.
    for other in ("notice", "other.md", "x", "a\0.md", "a" * 300 + ".md"):
        assert run("count", other).stderr == "", other
