"""What `estimate` and `batch` read, show and write of files as people have them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import sheet_files
from command_line import invoke
from sheet_files import SheetError

ROWS = [["prenom", "mobile", "texte"], ["Ann", 33612345678, "Bonjour"], [" Zoé ", 612345679, "Salut "]]


def answer(*arguments: object, code: int = 0) -> dict[str, Any]:
    result = invoke("estimate", *map(str, arguments), "--json")
    assert result.exit_code == code, result.stderr
    return json.loads(result.stdout)  # type: ignore[no-any-return]


def shown(*arguments: object, code: int = 0) -> str:
    result = invoke("estimate", *map(str, arguments))
    assert result.exit_code == code, result.stderr
    return " ".join(result.stdout.split())


def refused(*arguments: object) -> str:
    result = invoke(*map(str, arguments))
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return result.stderr


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "clients.xlsx"
    path.write_bytes(sheet_files.xlsx([["Notice"]], "Lisez-moi", Envoi=ROWS))
    return path


def test_a_spreadsheet_from_sheet_to_sheet(book: Path, tmp_path: Path) -> None:
    out, rejects = tmp_path / "out.xlsx", tmp_path / "rejects.xlsx"
    asked = ("--sheet", "Envoi", "--column", "texte", "--recipient", "mobile", "--country", "FR")
    text = shown(book, *asked, "--out", out, "--rejects", rejects, "--price", "0,04")
    # A long path is broken where the line ends.
    assert f"{book}, sheet Envoi".replace(" ", "") in text.replace(" ", "")
    assert "1 number has no first 0, because the format of the sheet hid it: it is read with 0" in text
    assert "Blanks 1 row has blanks around a value: --strip removes them" in text
    found = answer(out, "--column", "texte")
    assert (found["rows"], found["segments"]) == (2, 2)
    assert answer(rejects, "--column", "texte")["rows"] == 0
    assert "it has 'Lisez-moi', 'Envoi'" in refused("estimate", book, "--sheet", "x")
    assert "no column is named 'texte'" in refused("estimate", book, "--column", "texte")


def test_blanks_are_taken_away_where_that_is_asked_for(book: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.ndjson"
    asked = (book, "--sheet", 2, "--template", "Bonjour {prenom} !", "--out", out)
    assert answer(*asked)["blanks"]["rows"] == 1
    assert '"Bonjour  Zoé  !"' in out.read_text("utf-8")
    found = answer(*asked, "--strip")
    assert (found["blanks"]["rows"], found["mended"]) == (0, {"stripped": 1})
    assert '"Bonjour Zoé !"' in out.read_text("utf-8")
    assert "1 row had blanks around a value, which were removed" in shown(*asked, "--strip")


def test_a_template_from_a_file(book: Path, tmp_path: Path) -> None:
    template = tmp_path / "texte.txt"
    template.write_text("Bonjour {prenom},\nà bientôt\n", "utf-8")
    text = shown(book, "--sheet", 2, "--template-file", template, "--show", 1)
    assert "Row 1, the most expensive: 1 billed segment, UCS-2 Bonjour Ann, à bientôt" in text
    asked = (book, "--sheet", 2, "--template", r"Bonjour\n{prenom}")
    assert r"\n in it is sent as these two characters: for a line break, type one" in shown(*asked)
    assert "--template and --template-file are both given" in refused(
        "estimate", *asked, "--template-file", template
    )
    assert "standard input" in refused("estimate", "-", "--template-file", "-")
    found = answer("--template-file", template, "--bounds", "prenom=1..3")
    assert found["ucs2"]["most"] == 1


def test_a_look_before_the_bill(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    texts = ["un", "deux", "€" * 100, "x" * 159, "l’été " * 12, "trois"]
    path.write_text("message\n" + "".join(f"{text}\n" for text in texts), "utf-8")
    found = answer(path, "--show", 2, "-p", "smsmode", "--commercial")
    assert [(row["what"], row["row"]) for row in found["shown"]] == [
        (["first"], 1),
        (["first"], 2),
        (["longest"], 4),
        (["dearest"], 3),
    ]
    assert found["shown"][0]["text"].startswith("un")
    assert "STOP" in found["shown"][0]["text"]
    assert "shown" not in answer(path)
    assert "Row 4, the longest: 1 billed segment, GSM-7" in shown(path, "--show", 1)
    # What is shown changes no figure, in NDJSON with other fields, too.
    lines = tmp_path / "a.ndjson"
    lines.write_text('{"message": "a"}\n' + "\n" * 270_000 + '{"message": "b", "other": 1}\n')
    assert answer(lines, "--show", 5)["measured"] == answer(lines)["measured"] == 2
    assert "--show" in refused("estimate", path, "--show", 0)


def test_several_files_and_patterns(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in (("a.csv", "un"), ("b.csv", "deux"), ("c.txt", "trois")):
        (tmp_path / name).write_text(f"message;n\n{text};1\n2;x;y\n")
    monkeypatch.chdir(tmp_path)
    assert answer("a.csv", "b.csv", "c.txt", code=1)["rows"] == 6
    assert answer("*.csv", "c.txt", code=1)["measured"] == 3
    text = shown("[ab].csv", "--rejects", "r.csv", code=1)
    assert "without a vendor, a.csv, b.csv" in text
    assert Path("r.csv").read_text().splitlines()[1].endswith('"a.csv"')
    assert "no file has such a name" in refused("estimate", "*.ods")
    assert "--out: b.csv is the file to read" in refused("estimate", "a.csv", "b.csv", "--out", "b.csv")
    assert "expected one of them" in refused("estimate", "a.csv", "-")
    assert sorted(os.listdir()) == ["a.csv", "b.csv", "c.txt", "clients.xlsx", "r.csv"]


def test_the_message_says_how_rejects_are_mended(tmp_path: Path) -> None:
    path, rejects = tmp_path / "a.csv", tmp_path / "r.csv"
    path.write_bytes("Titre;\nnum;message\nx;é\n+33612345678;b\n".encode("cp1252"))
    asked = ("--header-line", 2, "--file-encoding", "ANSI", "--recipient", "num", "--rejects", rejects)
    text = shown(path, *asked, code=1)
    assert "it has the columns of the input; correct its rows and use it as FILE, without" in text
    assert "--file-encoding" in text.partition("without")[2]
    assert "--header-line" in text.partition("without")[2]
    rejects.write_text(rejects.read_text("utf-8-sig").replace('"x"', '"+33612345679"'), "utf-8")
    assert answer(rejects, "--recipient", "num")["measured"] == 1


def test_a_batch_of_a_file_that_changes_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from septet.cli.commands import batch

    path, out = tmp_path / "a.csv", tmp_path / "out.csv"
    path.write_text("recipient;text\n0612345678;a\n")
    write = batch.write_rows

    def changing(*arguments: Any, **options: Any) -> Any:
        report = write(*arguments, **options)
        path.write_text("recipient;text\n0612345678;ab\n")
        return report

    monkeypatch.setattr(batch, "write_rows", changing)
    assert "a.csv: it has changed while it was read" in refused("batch", path, out)
    assert not out.exists()


def test_a_batch_from_a_spreadsheet(tmp_path: Path) -> None:
    path, out, rejects = tmp_path / "a.xlsx", tmp_path / "out.csv", tmp_path / "r.csv"
    rows = [
        ["Mobile", "Texte"],
        [612345678, "Bonjour"],
        [],
        ["0612345679", SheetError("#N/A")],
        [33612345670, 5],
    ]
    path.write_bytes(sheet_files.xlsx([["x"]], "x", Envoi=rows))
    asked = ("batch", path, out, "--recipient-column", "mobile", "--text-column", "texte", "--sheet", "Envoi")
    result = invoke(*map(str, asked), "--rejects", str(rejects))
    assert result.exit_code == 1
    assert (
        out.read_text() == '"numero","message","emetteur"\n"0612345678","Bonjour",""\n"33612345670","5",""\n'
    )
    assert (
        "line 4: error: A cell holds a spreadsheet error, #N/A. Correct its formula. [cell-error]"
        in result.stderr
    )
    assert "1 number has no first 0, because the format of the sheet hid it" in result.stderr
    assert rejects.read_text("utf-8-sig").splitlines()[1].startswith("0612345679;#N/A;4;")
    assert "--sheet: " in refused("batch", rejects, tmp_path / "o.csv", "--sheet", "1")
    path.write_bytes(path.read_bytes()[:500])
    assert "it is damaged" in refused("batch", path, tmp_path / "o.csv")
