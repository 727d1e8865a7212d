"""Reading batch files: the document's own example, and each way in which a file can be wrong."""

from __future__ import annotations

import io
import pickle
import warnings
from pathlib import Path
from typing import Any

import pytest
from batch_examples import DOCUMENT, DOCUMENT_QUOTED, DOCUMENT_ROWS, HEADER, vendor_file

import septet
from septet import BatchRow


def read(content: bytes, **arguments: Any) -> list[BatchRow]:
    return list(septet.read_batch_file(io.BytesIO(content), **arguments))


@pytest.mark.parametrize("content", [DOCUMENT, DOCUMENT_QUOTED, DOCUMENT.rstrip(b"\n")])
@pytest.mark.parametrize("line_end", [b"\n", b"\r\n", b"\r"])
def test_the_documents_own_example(content: bytes, line_end: bytes, tmp_path: Path) -> None:
    content = content.replace(b"\n", line_end)
    expected = [BatchRow(line, *row) for line, row in enumerate(DOCUMENT_ROWS, start=2)]
    assert read(content) == expected
    path = tmp_path / "batch.csv"
    path.write_bytes(content)
    assert list(septet.read_batch_file(path)) == list(septet.read_batch_file(str(path))) == expected


def test_accents_and_the_euro_sign_are_those_of_iso_8859_15() -> None:
    assert read(HEADER + b'1234567,"\xe9t\xe9 \xa4, \xbd",\n') == [BatchRow(2, "1234567", "été €, œ")]


def test_a_text_may_hold_quotation_marks_delimiters_and_line_breaks() -> None:
    content = HEADER + b'1,"a ""b"", c\r\nd\ne",X\n\n2,"f",Y\n'
    assert read(content) == [BatchRow(2, "1", 'a "b", c\r\nd\ne', "X"), BatchRow(6, "2", "f", "Y")]


def test_the_file_stays_open_for_whoever_opened_it(tmp_path: Path) -> None:
    file = io.BytesIO(DOCUMENT)
    rows = septet.read_batch_file(file)
    assert next(rows).recipient == "99999911"
    rows.close()  # type: ignore[attr-defined]
    assert not file.closed
    path = tmp_path / "batch.csv"
    path.write_bytes(DOCUMENT)
    with open(path, "rb") as opened:
        assert len(list(septet.read_batch_file(opened))) == 3
        assert not opened.closed


EXPECTED = 'line 1: expected the header "numero","message","emetteur", found '

FAULTS = {
    "another header": (b"numero;message;emetteur\n", EXPECTED + "'numero;message;emetteur'"),
    "a column more": (
        b"numero,message,emetteur,refClient\n",
        EXPECTED + "'numero,message,emetteur,refClient'",
    ),
    "no header": (b'1,"a",""\n', EXPECTED),
    "a mark": (b"\xef\xbb\xbf" + HEADER, "(it begins with UTF-8's byte order mark: expected ISO-8859-15)"),
    "an empty file": (b"", 'line 1: expected "numero","message","emetteur", found an empty file'),
    "a field less": (HEADER + b'1,"a",""\n2,"b"\n', "line 3: The row has 2 fields, but the header has 3."),
    "a field more": (
        HEADER + b"1,a, b,\n",
        "line 2: The row has 4 fields, but the header has 3. Put a text that contains",
    ),
    "a quotation mark that stays open": (
        HEADER + b'1,"a",""\n2,"b\n\n3,c,\n',
        "line 3: a quotation mark is opened in this row and never closed",
    ),
    "one that is closed in the next row": (
        HEADER + b'1,"a,""\n2,"b",""\n',
        "line 2: the quotation marks do not pair (',' expected after '\"'): a \" inside a text is",
    ),
    "a quotation mark inside a text": (HEADER + b'1,"a "b" c",\n', "line 2: the quotation marks do not pair"),
    "a field without an end": (HEADER + b'1,"' + b"a" * 200_000, "line 2: a field has more than 131072"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_its_line(fault: str, tmp_path: Path) -> None:
    content, says = FAULTS[fault]
    path = tmp_path / "batch.csv"
    path.write_bytes(content)
    with pytest.raises(septet.BatchFileError) as error:
        list(septet.read_batch_file(path))
    assert str(error.value).startswith(f"{path}, line ")
    assert says in str(error.value)
    assert "\n" not in str(error.value)
    again = pickle.loads(pickle.dumps(error.value))
    assert (str(again), again.line, again.file) == (str(error.value), error.value.line, str(path))


def test_rows_with_faults_are_handed_over_and_the_others_given() -> None:
    faults: list[septet.BatchFault] = []
    content = HEADER + b"1,a,\n2,b\n3,c,d,e\n4,f,\n" + "5,fête,\n".encode()
    rows = read(content, on_fault=faults.append)
    assert [(row.line, row.text) for row in rows] == [(2, "a"), (5, "f"), (6, "fÃªte")]
    assert [(fault.line, fault.fields, fault.refused) for fault in faults] == [
        (3, ("2", "b"), True),
        (4, ("3", "c", "d", "e"), True),
        (6, ("5", "fÃªte", ""), False),
    ]
    assert [fault.problems[0].code for fault in faults] == ["row-fields", "row-fields", "suspect-encoding"]
    assert '"Ãª" may stand for "ê"' in faults[2].problems[0].message


def test_quotation_marks_that_do_not_pair_end_the_reading_even_so() -> None:
    faults: list[septet.BatchFault] = []
    rows = septet.read_batch_file(
        io.BytesIO(HEADER + b'1,a,\n2,"b"c,\n3,d,\n'), profile="smsmode", on_fault=faults.append
    )
    assert next(rows).text == "a"
    with pytest.raises(septet.BatchFileError, match="line 3: the quotation marks do not pair"):
        next(rows)
    assert faults == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("10 € à l’été".encode(), "UTF-8"),
        ("bravo 😀".encode(), "UTF-8"),
        ("l’été".encode("cp1252"), 'Windows-1252 that was read as ISO-8859: U+0092 may stand for "’"'),
        ("10 € à l’été".encode("cp1252"), 'U+0092 may stand for "’"'),
        ("À 10 €".encode(), '"Ã\\x80" may stand for "À"'),
    ],
)
def test_a_text_in_another_charset_is_a_warning(text: bytes, says: str) -> None:
    with pytest.warns(UserWarning, match="line 2: ") as found:
        rows = read(HEADER + b"1," + text + b",\n2," + text + b",\n")
    assert len(rows) == 2
    assert len(found) == 1  # of the first row; on_fault hears of all
    assert says in str(found[0].message)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read(HEADER + "1,créée à 10 €,\n".encode("iso-8859-15"))[0].text == "créée à 10 €"


def test_both_octets_that_the_vendor_lists_for_a_euro_are_one() -> None:
    # sMsmode, 2 Envoi de SMS, « Caractères et encodage »: € %A4 and € %80.
    faults: list[septet.BatchFault] = []
    content = HEADER + b"1,10 \x80 \xe0 12 \xa4,\n" + "2,10 € l’été,\n".encode("cp1252")
    rows = read(content, on_fault=faults.append)
    assert [row.text for row in rows] == ["10 € à 12 €", "10 € l\x92été"]
    # What else is of Windows-1252 is a warning as before, of the row as it stood.
    assert [(fault.line, fault.fields[1]) for fault in faults] == [(3, "10 \x80 l\x92été")]


def test_a_byte_that_the_charset_of_ones_own_profile_lacks(tmp_path: Path) -> None:
    own = vendor_file(tmp_path / "mine.toml", ('charset = "ISO-8859-15"\ndel', 'charset = "UTF-8"\ndel'))
    assert read(HEADER + "1,été,\n".encode(), profile=own)[0].text == "été"
    with pytest.raises(
        septet.BatchFileError, match=r"the file, line \d: here or soon after, byte 0xE9 is not"
    ):
        read(HEADER + b"1,\xe9t\xe9,\n", profile=own)


@pytest.mark.parametrize(
    ("source", "error", "says"),
    [
        (io.StringIO("numero"), TypeError, "is open for text"),
        (5, TypeError, "expected a path or a file open for bytes, found int"),
        ("absent.csv", FileNotFoundError, "absent.csv"),
    ],
)
def test_what_cannot_be_read(source: Any, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        list(septet.read_batch_file(source))


def test_a_profile_without_batch_files_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="profile gsm has no batch files; expected smsmode"):
        septet.read_batch_file(io.BytesIO(DOCUMENT), profile="gsm")
