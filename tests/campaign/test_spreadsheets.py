"""Spreadsheets as campaigns: the content of a cell is measured, and what a cell lacks is reported."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import campaign_oracle
import pytest
import sheet_files
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from sheet_files import WRITERS, SheetError, ods_of

from septet.campaign import Estimate, PriceList, Reject, estimate, open_source
from septet.campaign.outputs import spreadsheets
from septet.campaign.outputs.outputs import Output, publishing
from septet.errors import CampaignError
from septet.files.workbooks import marks
from septet.files.workbooks.cells import cell_text

PRICE = Decimal("0.045")
OPTIONS: dict[str, Any] = {"profile": "smsmode", "commercial": True}


def read(octets: bytes, **options: Any) -> tuple[Estimate, list[Reject], list[dict[str, Any]]]:
    """The estimate of a workbook, its rejects and its measured rows."""
    rejects: list[Reject] = []
    batches: list[Any] = []
    found = estimate(
        io.BytesIO(octets), price=PRICE, rejects=rejects.append, sink=batches.append, **OPTIONS, **options
    )
    assert found.rows == found.measured + found.rejected == found.measured + len(rejects)
    return found, rejects, [row for batch in batches for row in batch.to_pylist()]


def same(octets: bytes, texts: list[str], rejected: dict[str, int], **options: Any) -> Any:
    """Asserts that a workbook comes to these texts, by the oracle."""
    found, rejects, rows = read(octets, **options)
    wanted = campaign_oracle.expected(texts, price=PRICE, rejected=Counter(rejected), **OPTIONS)
    campaign_oracle.same(found, wanted)
    return found, rejects, rows


@pytest.mark.parametrize("kind", WRITERS)
def test_a_sheet_is_read_as_it_is(kind: str) -> None:
    rows = [
        ["id", "Message", "mobile", "jour"],
        [1, "Bonjour, l’été !", 33612345678, date(2026, 1, 2)],
        [2.5, "deux\nlignes", "0612345679", None],
        [None, None, None, None],
        [3, 12, 612345670, ""],
        [4, SheetError("#DIV/0!"), "0612345679", None],
        [5, "ok", SheetError("#N/A"), None],
        [6, "", "0612345671", SheetError("#REF!")],
        [7, "x", 692123456, None],
    ]
    texts = ["Bonjour, l’été !", "deux\nlignes", "12", "", "x"]
    found, rejects, out = same(
        WRITERS[kind](rows), texts, {"error-cell": 2}, recipient="MOBILE", country="FR"
    )
    assert [row["Message"] for row in out] == texts
    assert [row["mobile"] for row in out] == [
        "33612345678",
        "0612345679",
        "0612345670",
        "0612345671",
        "0692123456",
    ]
    assert [row["id"] for row in out] == ["1", "2.5", "3", "6", "7"]
    assert [row["jour"] for row in out] == ["2026-01-02", "", "", "#REF!", ""]
    assert found.left_out == {"blank-row": 1}
    assert found.mended == {"lost-zero": 2}
    assert [(reject.line, reject.reason) for reject in rejects] == [
        (6, '"Message" holds a spreadsheet error, #DIV/0!: correct its formula'),
        (7, '"mobile" holds a spreadsheet error, #N/A: correct its formula'),
    ]
    with open_source(io.BytesIO(WRITERS[kind](rows))) as source:
        assert (source.format, source.columns, source.sheet) == (kind, tuple(rows[0]), None)


def test_cells_as_texts() -> None:
    told = {
        33612345678.0: "33612345678",
        3.36e10: "33600000000",
        1e-7: "0.0000001",
        -0.0: "0",
        1e22: "1" + "0" * 22,
        0.1 + 0.2: "0.30000000000000004",
        True: "TRUE",
        datetime(2026, 1, 2, 3, 4, 5): "2026-01-02 03:04:05",
        datetime(2026, 1, 2) - datetime(2026, 1, 1): "24:00:00",
        "x": "x",
    }
    assert [cell_text(value) for value in told] == list(told.values())
    assert not any("e" in cell_text(2.0**power).lower() for power in range(-60, 1000, 7))


def test_a_formula_that_was_saved_without_its_value_is_said() -> None:
    octets = sheet_files.openpyxl_xlsx([["message", "n"], ["=1+1", "=2+2"], ["a", 1], ['=A2&"x"', 2]])
    _, rejects, _ = same(octets, ["a"], {"error-cell": 2})
    assert "was saved without its value: open the file in a spreadsheet" in rejects[0].reason
    # A text that looks like one is a text, and openpyxl writes these into their cells.
    same(sheet_files.xlsx([["message"], ["=1+1"], ["#N/A"]]), ["=1+1", "#N/A"], {})


def test_a_sheet_is_named_by_its_name_or_its_number() -> None:
    octets = sheet_files.xlsx(
        [["Notice"]], "Lisez-moi", Envoi=[["message"], ["a"]], **{"1": [["message"], ["b"], ["c"]]}
    )
    for sheet, texts in (
        ("Envoi", ["a"]),
        (" envoi", ["a"]),
        (2, ["a"]),
        ("1", ["b", "c"]),
        ("3", ["b", "c"]),
    ):
        same(octets, texts, {}, sheet=sheet)
    with open_source(io.BytesIO(octets)) as source:
        assert source.sheet == "Lisez-moi"
    with pytest.raises(ValueError, match=r"sheet: .* has none named 'envoie' \(did you mean \"Envoi\"\?\)"):
        read(octets, sheet="envoie")
    with pytest.raises(CampaignError, match="sheet 'Envoi' is empty"):
        read(sheet_files.xlsx([["message"]], "a", Envoi=[]), sheet="Envoi")
    # The first that holds anything, unless one is named.
    same(sheet_files.xlsx([], "vide", Envoi=[["message"], ["a"]]), ["a"], {})
    for wrong in (True, 1.0, []):
        with pytest.raises(TypeError, match="sheet: expected the name of a sheet"):
            read(octets, sheet=wrong)
    for wrong in (0, -1, ""):
        with pytest.raises(ValueError, match="sheet: expected the name of a sheet"):
            read(octets, sheet=wrong)
    with pytest.raises(ValueError, match="sheet: the input is not a spreadsheet"):
        estimate(io.BytesIO(b"message\na\n"), sheet="Envoi")


def test_headers_of_sheets() -> None:
    rows = [["Clients de mai"], [], [None, "message", "", "note"], [1, "a", 5, "x"]]
    with pytest.raises(CampaignError, match="line 1 holds no column named 'message', but line 3 does"):
        read(sheet_files.xlsx(rows))
    _, _, out = same(sheet_files.xlsx(rows), ["a"], {}, header_line=3)
    assert list(out[0].items())[:4] == [("column 1", "1"), ("message", "a"), ("column 3", "5"), ("note", "x")]
    with pytest.raises(CampaignError, match="line 2 is empty"):
        read(sheet_files.xlsx(rows), header_line=2)
    plain = sheet_files.xlsx([[33612345678, "a"], [33612345679, "b"]])
    with pytest.raises(CampaignError, match=r"line 1 holds '33612345678', a telephone number.*--no-header"):
        read(plain)
    same(plain, ["a", "b"], {}, header_line=0, column="2")
    # Lines and columns are those of the sheet, wherever its cells begin.
    moved = sheet_files.xlsx([[], [], [None, "message"], [None, "a"], [], [None, SheetError("#N/A")]])
    _, rejects, _ = same(moved, ["a"], {"error-cell": 1})
    assert rejects[0].line == 6


def test_a_number_without_its_zero_needs_a_country() -> None:
    octets = sheet_files.xlsx([["message", "n"], ["a", 612345678], ["b", 33612345678]])
    rejects: list[Reject] = []
    found = estimate(io.BytesIO(octets), recipient="n", rejects=rejects.append)
    assert (found.measured, found.mended) == (1, {})
    assert rejects[0].reason == (
        "the number 612345678 has no first 0, because the format of the sheet hid it: format the "
        "column as text, or set the country, as in --country FR"
    )


def test_line_breaks_within_a_paragraph_are_kept() -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    texts = ["message", "un<text:line-break/>deux<text:tab/>x<text:s text:c='3'/>y", "a"]
    rows = "".join(f"<table:table-row>{cell.format(text)}</table:table-row>" for text in texts)
    same(ods_of(f'<table:table table:name="A">{rows}</table:table>'), ["un\ndeux\tx   y", "a"], {})


def _cut(octets: bytes) -> bytes:
    return octets[: len(octets) // 2]


def _torn(octets: bytes) -> bytes:
    """The sheet's own octets damaged, in a file whose directory is whole."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as file, zipfile.ZipFile(out, "w") as torn:
        for name in file.namelist():
            content = file.read(name)
            torn.writestr(
                name,
                content[: len(content) // 2] if name.endswith(("sheet1.xml", "content.xml")) else content,
            )
    return out.getvalue()


def _locked() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(900)
    )


def _far(**cells: str) -> bytes:
    """A sheet with a cell at its far end."""
    octets = sheet_files.xlsx([["message"], ["a"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(octets)) as file, zipfile.ZipFile(out, "w") as far:
        for name in file.namelist():
            content = file.read(name)
            if name.endswith("sheet1.xml"):
                more = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
                content = content.replace(b"</sheetData>", more)
            far.writestr(name, content)
    return out.getvalue()


def _repeated() -> bytes:
    cell = '<table:table-cell office:value-type="string" {}><text:p>x</text:p></table:table-cell>'
    many = cell.format('table:number-columns-repeated="16000"')
    row = f'<table:table-row table:number-rows-repeated="1000000">{many}</table:table-row>'
    return ods_of(
        f'<table:table table:name="A"><table:table-row>{cell.format("")}</table:table-row>{row}</table:table>'
    )


ROWS = [["message"], *([f"Bonjour {number}"] for number in range(300))]
FAULTS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "cut xlsx": ("a.xlsx", lambda: _cut(sheet_files.xlsx(ROWS)), "it is damaged"),
    "cut ods": ("a.ods", lambda: _cut(sheet_files.ods(ROWS)), "it is damaged"),
    "cut xls": ("a.xls", lambda: _cut(sheet_files.xls(ROWS)), "it is damaged"),
    "torn xlsx": ("a.xlsx", lambda: _torn(sheet_files.xlsx(ROWS)), "it is damaged"),
    "torn ods": ("a.ods", lambda: _torn(sheet_files.ods(ROWS)), "it is damaged"),
    "no xls": ("a.xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "it is damaged"),
    "locked xlsx": ("a.xlsx", _locked, "a password locks it"),
    "locked ods": (
        "a.ods",
        lambda: ods_of("", "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
        "a password locks it",
    ),
    "text": ("a.xlsx", lambda: b"message\na\n", "expected a spreadsheet, found none: name it as what it is"),
    "archive": ("a.xlsx", lambda: _zip("a.csv"), "it is an archive and no spreadsheet: unpack it"),
    "binary workbook": ("a.xlsx", lambda: _zip("xl/workbook.bin"), "it is a binary workbook"),
    "far cell": ("a.xlsx", _far, "spans 1048576 rows and 16384 columns, nearly all of them empty"),
    "many cells": ("a.ods", _repeated, "nearly all of them empty"),
}


def _zip(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_read_is_said_in_a_line(fault: str, tmp_path: Path) -> None:
    name, make, message = FAULTS[fault]
    path = tmp_path / name
    path.write_bytes(make())
    with pytest.raises(CampaignError) as found:
        estimate(path)
    assert message in str(found.value)
    assert str(found.value).startswith(str(path))
    assert "\n" not in str(found.value)


def test_what_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(sheet_files.xlsx([["message"], *([f"{n} " + "a" * 30_000] for n in range(30))]))
    assert path.stat().st_size < 100_000
    for module in ("marks", "ooxml", "workbooks"):
        monkeypatch.setattr(f"septet.files.workbooks.{module}.MOST_OCTETS", 1 << 18)
    with pytest.raises(CampaignError, match="it unpacks to more than"):
        estimate(path)
    assert marks.MOST_OCTETS == 1 << 18


# --- written ------------------------------------------------------------------------------


def test_what_is_written_is_never_live(tmp_path: Path) -> None:
    texts = [
        "=1+1",
        "@SUM(1)",
        "http://x.fr",
        "mailto:a@b.fr",
        "+33612345678",
        "0612",
        "a\nb",
        "_x000D_",
        "é😀",
    ]
    octets = sheet_files.xlsx([["message", "=nom"], *[[text, 1] for text in texts]])
    out = tmp_path / "out.xlsx"
    with publishing([output := Output(out)]):
        estimate(io.BytesIO(octets), price=PRICE, sink=output.write)
    with zipfile.ZipFile(out) as file:
        content = file.read("xl/worksheets/sheet1.xml")
        assert b"<f" not in content
        assert b"hyperlink" not in content
        assert not [name for name in file.namelist() if "rels" in name and "worksheets" in name]
    import openpyxl

    rows = list(openpyxl.load_workbook(out).active.values)
    assert rows[0] == ("message", "=nom", "encoding", "units", "billed_segments", "cost", "problems")
    assert [row[4] for row in rows[1:]] == [1] * len(texts)
    campaign_oracle.same(estimate(out, price=PRICE), campaign_oracle.expected(texts, "gsm", PRICE))


def test_rows_beyond_a_sheet_go_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MOST_ROWS", 4)
    out = tmp_path / "out.xlsx"
    texts = [f"m{number}" for number in range(8)]
    with publishing([output := Output(out)]):
        estimate(texts, sink=output.write)
    for sheet, part in ((1, texts[:3]), (2, texts[3:6]), (3, texts[6:])):
        assert estimate(out, sheet=sheet).measured == len(part)


def test_a_text_that_no_cell_holds_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    with (
        pytest.raises(CampaignError, match="row 2, 'message': the text has more than the 32767 characters"),
        publishing([output := Output(tmp_path / "out.xlsx")]),
    ):
        estimate(["a", "é" * 32_768], sink=output.write)
    assert not list(tmp_path.iterdir())


# --- what others write --------------------------------------------------------------------

texts = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n €é"),
    max_size=12,
)


@given(
    st.lists(st.tuples(texts, st.none() | st.integers(0, 10**12) | st.floats(-1e6, 1e6)), max_size=8),
    st.sampled_from(["xlsx", "openpyxl", "ods"]),
)
@examples(12)
def test_what_other_writers_wrote_is_read_back(rows: list[tuple[str, Any]], writer: str) -> None:
    make = {"openpyxl": sheet_files.openpyxl_xlsx, **WRITERS}[writer]
    # A first blank is lost in a paragraph of OpenDocument, and so is what begins as a formula by openpyxl.
    rows = [("m" + text.strip() + "m", number) for text, number in rows]
    octets = make([["message", "n"], ["m", 0], *map(list, rows)])
    found, _, out = same(octets, ["m", *(text for text, _ in rows)], {})
    assert [row["message"] for row in out] == ["m", *(text for text, _ in rows)]
    for row, (_, number) in zip(out[1:], rows, strict=True):
        assert "e" not in row["n"].lower()
        assert number is None or float(row["n"]) == pytest.approx(number, rel=1e-14)
    assert not found.left_out


def test_price_lists_in_spreadsheets(tmp_path: Path) -> None:
    rows = [
        ["Pays", "Devise", "Prix", "date"],
        [33, "EUR", 0.045, None],
        ["BE", "EUR", "0,07 €", date(2026, 1, 2)],
        [None] * 4,
        ["*", "EUR", 1, None],
    ]
    for kind, make in WRITERS.items():
        path = tmp_path / f"prices.{kind}"
        path.write_bytes(make(rows))
        found = [(one.destination, one.price.amount, one.start) for one in PriceList.load(path).entries]
        assert found == [
            ("33", Decimal("0.045"), None),
            ("BE", Decimal("0.07"), date(2026, 1, 2)),
            ("*", Decimal(1), None),
        ]
    path.write_bytes(sheet_files.xlsx([*rows, ["ES", "EUR", SheetError("#N/A")]]))
    with pytest.raises(CampaignError, match="line 6: cell 3 holds an error"):
        PriceList.load(path)
