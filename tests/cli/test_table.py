"""Tables of a batch: the same files as those of an estimate, read in the same way."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from septet.cli.input import UsageError
from septet.cli.table import open_table

KNOWN = ["recipient", "text", "numero", "message"]


def read(path: Path, octets: bytes, **options: Any) -> tuple[list[str], list[tuple[int, list[str]]]]:
    path.write_bytes(octets)
    with open_table(str(path), options.pop("encoding", None), None, KNOWN, **options) as table:
        return table.header, list(table.records)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman", "cp850"])
@pytest.mark.parametrize("first", ["sep=;", '"sep=;"'])
def test_the_delimiter_that_a_first_line_declares(tmp_path: Path, encoding: str, first: str) -> None:
    text = f"{first}\r\nnumero;message\r\n0612345678;déjà prêt à l'été, a, b, c, d\r\n"
    header, records = read(tmp_path / "in.csv", text.encode(encoding))
    assert header == ["numero", "message"]
    assert records == [(3, ["0612345678", "déjà prêt à l'été, a, b, c, d"])]


def test_text_behind_a_quoted_cell_belongs_to_it(tmp_path: Path) -> None:
    content = b'numero;message\n06;"TV 32" promo\n07;"deux\nlignes"\n08;x\n'
    _, records = read(tmp_path / "in.csv", content)
    assert records == [(2, ["06", "TV 32 promo"]), (3, ["07", "deux\nlignes"]), (5, ["08", "x"])]


@pytest.mark.parametrize(
    "content", [b'numero;message\n06;"a\n07;b\n', b'numero;message\n06;"Promo\n07;"Offre\n']
)
def test_a_quote_that_is_never_closed_is_an_error_with_its_line(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UsageError, match="line 2: "):
        read(tmp_path / "in.csv", content)


def test_a_list_without_a_header_and_one_with_a_title(tmp_path: Path) -> None:
    path, rows = tmp_path / "in.csv", b"0612345678;a\n0612345679;b\n"
    with pytest.raises(UsageError, match=r"line 1 holds '0612345678', a telephone number.*--no-header"):
        read(path, rows)
    header, records = read(path, rows, header_line=0)
    assert header == ["1", "2"]
    assert [line for line, _ in records] == [1, 2]
    header, records = read(path, b"Liste;\n;\nnumero;message;;\n" + rows, header_line=3)
    assert header == ["numero", "message"]
    assert [line for line, _ in records] == [4, 5]


@pytest.mark.parametrize(
    ("octets", "what"),
    [(b"7z\xbc\xaf\x27\x1c" + bytes(20), "an archive of 7-Zip"), (b"BZh91AY", "packed with bzip2")],
)
def test_what_is_no_text_is_said_as_an_estimate_says_it(tmp_path: Path, octets: bytes, what: str) -> None:
    with pytest.raises(UsageError, match=f"expected CSV, found .*{what}"):
        read(tmp_path / "in.csv", octets)


@pytest.mark.parametrize(("word", "encoding"), [("ANSI", "cp1252"), ("Unicode", "utf-16")])
def test_words_of_windows_own_editor(tmp_path: Path, word: str, encoding: str) -> None:
    octets = "numero;message\n06;été\n".encode(encoding)
    assert read(tmp_path / "in.csv", octets, encoding=word)[1] == [(2, ["06", "été"])]
