"""Sources of rows: every kind of file and table gives the same rows, and only broken rows are rejected."""

from __future__ import annotations

import csv
import encodings.aliases
import functools
import gzip
import io
import json
import os
import pkgutil
import threading
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import campaign_oracle
import pyarrow as pa
import pyarrow.csv
import pyarrow.dataset
import pyarrow.parquet
import pytest
from effort import examples
from hypothesis import example, given
from hypothesis import strategies as st

from septet.campaign import Reject, estimate, open_source, pieces
from septet.campaign.estimators import Estimator
from septet.campaign.rows import lines, tables
from septet.campaign.rows.arrow_rows import ArrowRows
from septet.campaign.rows.cells import cells_of, rows_of
from septet.campaign.rows.delimited_blocks import BlockParser
from septet.errors import CampaignError, OptionError

PRICE = Decimal("0.045")
OPTIONS: dict[str, Any] = {"profile": "smsmode", "commercial": True, "encoding": "auto"}
HEADER = ["id", "message", "note"]

cells = st.text(st.sampled_from('ab é€ç’😀"\n\r;,\t0'), max_size=12)
rows_of_three = st.lists(st.tuples(cells, cells, cells).map(list), max_size=12)


# The same octets at any time: parameters of tests are their names.
PACK = functools.partial(gzip.compress, mtime=0)


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks of so few octets that every row may be where one ends."""
    monkeypatch.setattr(lines, "BLOCK", 40)
    monkeypatch.setattr(lines, "_SAMPLE", 64)
    monkeypatch.setattr(tables, "ROWS", 3)
    monkeypatch.setattr(pieces, "ROWS", 2)


def write_csv(rows: list[list[str]], delimiter: str = ";", quoting: Any = csv.QUOTE_MINIMAL) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=quoting).writerows([HEADER, *rows])
    return text.getvalue()


def same(source: Any, texts: list[str], rejected: Counter[str] | None = None, **options: Any) -> list[Reject]:
    """Asserts that an estimate is that of these texts; returns the rejected rows."""
    rejects: list[Reject] = []
    found = estimate(source, price=PRICE, rejects=rejects.append, **OPTIONS, **options)
    wanted = campaign_oracle.expected(texts, price=PRICE, rejected=rejected, **OPTIONS)
    campaign_oracle.same(found, wanted)
    assert Counter(reject.code for reject in rejects) == found.rejects
    return rejects


TEXTS = ["Bonjour", "C’est l’été 😀", "", "à\nla ligne", 'dit "oui" ; ou non, tant pis', "x" * 170, "€" * 90]
ROWS = [[str(number), text, "ç"] for number, text in enumerate(TEXTS)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    ("file_encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("iso-8859-15", "iso-8859-15"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_delimiter_and_encoding_are_found(
    tmp_path: Path, delimiter: str, file_encoding: str, found: str, packed: bool
) -> None:
    rows = [row for row in ROWS if file_encoding.startswith("utf") or "😀" not in row[1]]
    rows = [[a, b.replace("’", "'") if "8859" in file_encoding else b, c] for a, b, c in rows]
    content = write_csv(rows, delimiter).encode(file_encoding)
    path = tmp_path / ("list.csv.gz" if packed else "list.csv")
    path.write_bytes(gzip.compress(content) if packed else content)
    assert not same(path, [row[1] for row in rows])
    assert not same(str(path), [row[1] for row in rows], delimiter=delimiter, file_encoding=file_encoding)
    with open_source(path) as source:
        assert (source.delimiter, source.file_encoding, source.format) == (delimiter, found, "csv")
        assert source.columns == tuple(HEADER)
        assert source.total == path.stat().st_size


@given(
    rows=rows_of_three, delimiter=st.sampled_from(";,\t"), quoting=st.sampled_from([0, 1]), end=st.booleans()
)
@examples(150)
def test_any_rows_as_csv(rows: list[list[str]], delimiter: str, quoting: int, end: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "BLOCK", 40)
        text = write_csv(rows, delimiter, quoting)
        octets = (text if end else text.removesuffix("\r\n")).encode()
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))[1:]
        assert read == rows
        stream = io.BytesIO(octets)
        # A row with only empty cells is not a row.
        texts = [row[1] for row in rows if any(row)]
        assert not same(stream, texts, delimiter=delimiter, file_encoding="utf-8")


@given(st.lists(st.sampled_from(['"', '""', "a", ";", "\n", "\r", "\r\n", "é"]), max_size=30).map("".join))
@example('a"b;c\n')
@example('"a"b";c\n')
@examples(200)
def test_cells_are_those_of_arrow_and_of_python(text: str) -> None:
    """The same reading of a block in every way: Arrow's, our own, and that of the csv module."""
    octets = text.encode()
    found = list(rows_of(octets, b";"))
    if not all(row.closed for row in found):
        return
    ours = [[cell.decode() for cell in cells_of(octets[row.start : row.end], b";")] for row in found]
    python = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=";") if row]
    assert ours == python
    if ours and len({len(row) for row in ours}) == 1:
        width = len(ours[0])
        table = pyarrow.csv.read_csv(
            pa.BufferReader(octets),
            pyarrow.csv.ReadOptions(column_names=[str(place) for place in range(width)]),
            pyarrow.csv.ParseOptions(delimiter=";", newlines_in_values=True),
            pyarrow.csv.ConvertOptions(column_types={str(place): pa.string() for place in range(width)}),
        )
        assert [list(row.values()) for row in table.to_pylist()] == ours


class Broken:
    """A row that is rejected: how it is written, and why."""

    BAD_OCTET = ("bad-bytes", b"7;caf\xe9;x")
    FEW = ("wrong-number-of-fields", b"caf\xc3\xa9")
    MANY = ("wrong-number-of-fields", b"7;a;b;c")
    OPEN = ("unclosed-quote", b'7;"never closed;x')


broken = st.sampled_from([Broken.BAD_OCTET, Broken.FEW, Broken.MANY])
good = st.tuples(cells, cells, cells).map(list)


@given(
    rows=st.lists(st.one_of(good, good, broken), max_size=14), block=st.sampled_from([40, 64, 200, 1 << 21])
)
@examples(150)
def test_broken_rows_are_rejected_with_their_line_and_the_rest_goes_on(rows: list[Any], block: int) -> None:
    octets, line, texts, wanted = b"id;message;note\r\n", 2, ["é"], []
    octets += "0;é;0\r\n".encode()
    line += 1
    for row in rows:
        if isinstance(row, tuple):
            wanted.append((line, *row))
            written = row[1] + b"\r\n"
        else:
            if any(row):
                texts.append(row[1])
            written = write_csv([row]).partition("\r\n")[2].encode()
        octets += written
        line += written.count(b"\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "BLOCK", block)
        rejects = same(
            io.BytesIO(octets),
            texts,
            Counter(code for _, code, _ in wanted),
            delimiter=";",
            file_encoding="utf-8",
        )
    assert [(reject.line, reject.code, reject.row) for reject in rejects] == wanted


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("block", [150, 500, 1000, 4000])
def test_cells_of_several_lines_in_which_blocks_end(
    block: int, end: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "BLOCK", block)
    monkeypatch.setattr(lines, "_SAMPLE", 64)
    texts = [
        f'à{end}la "ligne" {number}{end}' * 3 if number % 3 else f"{number} " * 20 for number in range(150)
    ]
    path = tmp_path / "rows.csv"
    path.write_bytes(write_csv([[str(n), text, ""] for n, text in enumerate(texts)]).encode())
    assert same(path, texts) == []


def test_a_block_stays_as_it_is_while_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A block may be copied while a thread reads it: to be read again, behind the rest of the one before."""
    monkeypatch.setattr(lines, "BLOCK", 500)
    monkeypatch.setattr(lines, "_SAMPLE", 64)
    attempt, read = BlockParser.attempt, ArrowRows.read
    here = threading.local()
    changed: list[bool] = []

    def attempted(self: BlockParser, block: Any, encoding: str | None) -> Any:
        here.block, here.octets = block, block.plain
        return attempt(self, block, encoding)

    def reading(self: ArrowRows, *arguments: Any) -> Any:
        found = read(self, *arguments)
        changed.append(here.block.plain != here.octets)
        return found

    monkeypatch.setattr(BlockParser, "attempt", attempted)
    monkeypatch.setattr(ArrowRows, "read", reading)
    texts = ["à\nla ligne" * 4] * 150
    same(io.BytesIO(write_csv([[str(n), text, ""] for n, text in enumerate(texts)]).encode()), texts)
    assert len(changed) > 20
    assert not any(changed)


def test_a_quote_that_is_never_closed_costs_its_own_row_alone(tmp_path: Path, small_blocks: None) -> None:
    path = tmp_path / "list.csv"
    body = [
        b"1;un;x",
        b'2;"deux;x',
        b"3;trois;x",
        b"4;quatre;x",
        b'5;"cinq\r\nencore";x',
        b'6;"six;x',
        b"7;sept;x",
    ]
    path.write_bytes(b"\r\n".join([b"id;message;note", *body]))
    rejects = same(path, ["un", "trois", "quatre", "cinq\r\nencore", "sept"], Counter({"unclosed-quote": 2}))
    assert [(reject.line, reject.row) for reject in rejects] == [(3, body[1]), (8, body[5])]


def test_quotes_that_are_never_closed_hide_no_rows_from_each_other(
    tmp_path: Path, small_blocks: None
) -> None:
    # For a reader that only looks at quotes, the first cell ends at the second quote.
    path = tmp_path / "list.csv"
    body = [b'1;"Promo', b"2;Bonjour", b"3;Salut", b'4;"Offre', b"5;Fin", b'6;"deux\nlignes"', b'7;"a""b"']
    path.write_bytes(b"\n".join([b"id;message", *body, b""]))
    rejects = same(path, ["Bonjour", "Salut", "Fin", "deux\nlignes", 'a"b'], Counter({"unclosed-quote": 2}))
    assert [(reject.line, reject.row) for reject in rejects] == [(2, body[0]), (5, body[3])]


def test_text_behind_a_quoted_cell_is_text_where_it_hides_nothing(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('id;message\n1;"Promo" du jour\n2;"deux\nlignes"\n')
    assert not same(path, ["Promo du jour", "deux\nlignes"])


def test_ascii_that_was_asked_for_is_ascii(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("message\nété\nhiver\n", "utf-8")
    [reject] = same(path, ["hiver"], Counter({"bad-bytes": 1}), file_encoding="ascii")
    assert reject.reason == "octet 0xC3 at place 1 is not ascii"


def test_utf_16_without_its_mark_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("message\nBonjour\n".encode("utf-16-le"))
    with pytest.raises(
        CampaignError, match="begins with a byte order mark, and this does not: say utf-16-le"
    ):
        estimate(path, file_encoding="utf-16")
    for name in ("utf-16", "utf-32"):
        path.write_bytes("message\nBonjour\n".encode(name))
        assert not same(path, ["Bonjour"], file_encoding=name)


def test_json_over_several_lines_is_no_ndjson(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text('{\n  "message": "a"\n}\n')
    with pytest.raises(CampaignError, match="expected a list of objects"):
        estimate(path)


def test_what_json_has_no_number_for_is_no_json(tmp_path: Path) -> None:
    path = tmp_path / "list.ndjson"
    path.write_text('{"message": NaN}\n{"message": "a"}\n{"message": -Infinity}\n')
    found = estimate(path)
    assert (found.measured, found.rejects) == (1, {"not-json": 2})


def test_a_file_of_one_column_needs_no_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('message\nBonjour, ça va ; et toi\n\n"deux\nlignes"\n', "utf-8")
    assert not same(path, ["Bonjour, ça va ; et toi", "deux\nlignes"])
    with open_source(path) as source:
        assert source.delimiter is None


def test_an_encoding_that_shows_only_late_is_found_there(tmp_path: Path, small_blocks: None) -> None:
    path = tmp_path / "list.csv"
    texts = ["plain text of ASCII"] * 40 + ["c’était l’été", "à Orléans"] + ["plain"] * 10 + ["déjà"]
    path.write_bytes(write_csv([["1", text, ""] for text in texts]).encode("cp1252"))
    assert not same(path, texts)


def test_one_bad_octet_in_utf8_does_not_make_it_another_encoding(tmp_path: Path, small_blocks: None) -> None:
    path = tmp_path / "list.csv"
    content = write_csv([["1", text, ""] for text in ["plain"] * 40 + ["été", "là", "ça"]]).encode()
    path.write_bytes(content + b"9;caf\xe9;\r\n" + "8;été;\r\n".encode())
    rejects = same(path, ["plain"] * 40 + ["été", "là", "ça", "été"], Counter({"bad-bytes": 1}))
    assert [(reject.line, reject.row) for reject in rejects] == [(45, b"9;caf\xe9;")]
    assert rejects[0].reason == "octet 0xE9 at place 6 is not utf-8"


def test_damage_is_not_taken_for_an_encoding(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"id;message;note\n1;one;\n2;\xff\xfe\x81;\n3;three;\n")
    rejects = same(path, ["one", "three"], Counter({"bad-bytes": 1}))
    assert [(reject.line, reject.row) for reject in rejects] == [(3, b"2;\xff\xfe\x81;")]


def test_octets_that_windows_has_no_character_for(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(write_csv([["1", "été", ""], ["2", "a", ""]]).encode("cp1252") + b"3;b\x81;\r\n")
    rejects = same(path, ["été", "a"], Counter({"bad-bytes": 1}), file_encoding="cp1252")
    assert [(reject.line, reject.code) for reject in rejects] == [(4, "bad-bytes")]


def test_half_a_pair_and_half_a_unit_of_utf16(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    text = write_csv([["1", "été", ""], ["2", "\ud83d", ""], ["3", "😀", ""]])
    path.write_bytes(text.encode("utf-16-le", "surrogatepass") + "4;a;".encode("utf-16-le") + b"x")
    rejects = same(path, ["été", "😀"], Counter({"bad-bytes": 2}), file_encoding="utf-16-le", delimiter=";")
    assert [reject.line for reject in rejects] == [3, 5]


def test_line_ends_of_old(tmp_path: Path, small_blocks: None) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"id;message;note\r" + b"1;un;x\r" * 20 + b"deux\r3;trois;x\r")
    rejects = same(path, ["un"] * 20 + ["trois"], Counter({"wrong-number-of-fields": 1}))
    assert [reject.line for reject in rejects] == [22]


def as_ndjson(rows: list[list[str]]) -> bytes:
    return b"".join(
        json.dumps(dict(zip(HEADER, row, strict=True)), ensure_ascii=False).encode() + b"\n" for row in rows
    )


@given(rows=rows_of_three, end=st.booleans(), crlf=st.booleans())
@examples(60)
def test_any_rows_as_ndjson(rows: list[list[str]], end: bool, crlf: bool) -> None:
    octets = as_ndjson([["0", "é", "0"], *rows])
    octets = octets if end else octets[:-1]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "BLOCK", 60)
        stream = io.BytesIO(octets.replace(b"\n", b"\r\n") if crlf else octets)
        assert not same(stream, ["é", *(row[1] for row in rows)], format="ndjson")


def test_broken_lines_of_ndjson(tmp_path: Path, small_blocks: None) -> None:
    path = tmp_path / "list.ndjson.gz"
    content = [
        b'{"message": "un", "n": 1}',
        b'{"message": "deux"',
        b"",
        b'{"message": null}',
        b'{"n": 2}',
        b'{"message": ["a"]}',
        b"[1]",
        b'{"message": "caf\xe9"}',
        b'{"message": "\\ud83d"}',
        b'{"message": 12.50}',
        b'{"message": "\\ud83d\\ude00", "more": {"a": [1]}}',
    ]
    path.write_bytes(gzip.compress(b"\n".join(content)))
    codes = [
        "not-json",
        "not-text",
        "not-json",
        "bad-bytes",
        "bad-bytes",
    ]
    rejects = same(path, ["un", "", "", "12.50", "😀"], Counter(codes))
    assert [reject.code for reject in rejects] == codes
    assert [reject.line for reject in rejects] == [2, 6, 7, 8, 9]
    assert [reject.row for reject in rejects] == [content[reject.line - 1] for reject in rejects]


def table(rows: list[list[str]] = ROWS) -> pa.Table:
    return pa.table({name: [row[place] for row in rows] for place, name in enumerate(HEADER)})


class Capsule:
    """A table that only says how to read it."""

    def __init__(self, table: pa.Table) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._table.__arrow_c_stream__(requested_schema)


FORMS: dict[str, Callable[[pa.Table], Any]] = {
    "table": lambda table: table,
    "chunked": lambda table: pa.concat_tables([table[:2], table[2:2], table[2:]]),
    "sliced": lambda table: pa.concat_tables([table, table])[len(TEXTS) :],
    "dictionary": lambda table: table.set_column(1, "message", table["message"].dictionary_encode()),
    "large": lambda table: table.cast(pa.schema([(name, pa.large_string()) for name in HEADER])),
    "view": lambda table: table.cast(pa.schema([(name, pa.string_view()) for name in HEADER])),
    "binary": lambda table: table.cast(pa.schema([(name, pa.binary()) for name in HEADER])),
    "batch": lambda table: table.to_batches()[0],
    "batches": lambda table: iter(table.to_batches(max_chunksize=2)),
    "reader": lambda table: table.to_reader(max_chunksize=2),
    "dataset": lambda table: pyarrow.dataset.dataset(table),
    "capsule": Capsule,
    "mappings": lambda table: table.to_pylist(),
    "texts": lambda table: iter(table["message"].to_pylist()),
}


@pytest.mark.parametrize("form", FORMS)
def test_tables_and_rows_of_every_form(form: str, small_blocks: None) -> None:
    assert not same(FORMS[form](table()), TEXTS)


VIEWS: dict[str, Any] = {
    "text": (pa.string_view(), "a"),
    "octets": (pa.binary_view(), b"a"),
    "in a list": (pa.list_(pa.string_view()), ["a"]),
    "in a row": (pa.struct([("x", pa.string_view())]), {"x": "a"}),
    "in a dictionary": (pa.dictionary(pa.int8(), pa.string()), "a"),
}


@pytest.mark.parametrize("form", VIEWS)
def test_views_beside_a_rejected_row(form: str, small_blocks: None) -> None:
    kind, value = VIEWS[form]
    rows = pa.table(
        {
            "message": pa.array(["un", None, "deux", "trois"], pa.string_view()),
            "tel": pa.array(["+33612345678", "+33612345678", "x", "+33612345679"], pa.string_view()),
            "other": pa.array([value, None, value, value], kind),
        }
    )
    written: list[pa.RecordBatch] = []
    rejects: list[Reject] = []
    found = estimate(rows, recipient="tel", price=PRICE, sink=written.append, rejects=rejects.append)
    assert (found.rows, found.segments) == (4, 2)
    assert [reject.line for reject in rejects] == [3]
    kept = pa.Table.from_batches(written)
    assert kept["message"].to_pylist() == ["un", None, "trois"]
    assert kept["other"].to_pylist() == [value, None, value]


def test_what_arrow_cannot_do_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise pa.ArrowNotImplementedError("no kernel for\nthis")

    monkeypatch.setattr(Estimator, "measure", fail)
    with pytest.raises(
        CampaignError, match=r"the table: its rows cannot be measured: no kernel for"
    ) as caught:
        estimate(table())
    assert "\n" not in str(caught.value)


def test_what_the_sink_raises_comes_through() -> None:
    def sink(_: pa.RecordBatch) -> None:
        raise pa.ArrowInvalid("of the caller")

    with pytest.raises(pa.ArrowInvalid, match="of the caller"):
        estimate(table(), sink=sink)


def test_frames_of_others() -> None:
    pandas, polars, duckdb = (pytest.importorskip(name) for name in ("pandas", "polars", "duckdb"))
    assert not same(pandas.DataFrame(table().to_pydict()), TEXTS)
    assert not same(polars.DataFrame(table()), TEXTS)
    relation = duckdb.from_arrow(table())
    assert not same(relation, TEXTS)


def test_parquet(tmp_path: Path, small_blocks: None) -> None:
    path = tmp_path / "list.parquet"
    rows = pa.concat_tables(
        [table(), pa.table({"id": ["9"], "message": pa.array([None], pa.string()), "note": ["é"]})]
    )
    pa.parquet.write_table(rows, path, row_group_size=3)
    # What is null here is an empty cell elsewhere: an empty message.
    assert not same(path, [*TEXTS, ""])
    pa.parquet.write_table(rows, tmp_path / "list.data")
    same(tmp_path / "list.data", [*TEXTS, ""])


def test_a_table_with_octets_that_are_no_text() -> None:
    column = pa.array([b"un", b"caf\xe9", b"deux"], pa.binary()).view(pa.string())
    rejects = same(pa.table({"message": column}), ["un", "deux"], Counter({"bad-bytes": 1}))
    assert rejects == [Reject(2, "bad-bytes", "the message is not UTF-8", rb'{"message": "caf\\xe9"}')]


def test_rows_of_python_that_are_no_texts() -> None:
    rejects = same(
        ["un", None, 3, b"x", "\ud83d", "deux"],
        ["un", "", "deux"],
        Counter({"not-text": 2, "bad-bytes": 1}),
    )
    assert [reject.line for reject in rejects] == [3, 4, 5]
    rejects = same(
        [{"message": "un"}, {}, {"message": [1]}, "x", {"message": 5}],
        ["un", "", "5"],
        Counter({"not-text": 2}),
    )
    assert [reject.line for reject in rejects] == [3, 4]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("empty.csv", b"", "empty.csv: it is empty"),
        ("a.csv", b"PAR1xxxx", "a.csv: expected CSV, found a Parquet file"),
        ("a.csv", b"PK\x03\x04xxxx", "a.csv: expected CSV, found a spreadsheet or an archive: name a sp"),
        ("a.csv", b"a;b;c\n" + bytes(range(256)) * 4, "a.csv: expected a file of text, found octets"),
        ("a.csv", b"SQLite format 3\0" + bytes(100), "a.csv: expected a file of text, found octets"),
        ("a.parquet", b"a;message\n1;2\n", "a.parquet: expected a Parquet file: "),
        ("a.ndjson", b"id;message\n", "a.ndjson: expected one JSON object per line, found 'id;message'"),
        ("a.json", b'[{"message": 1},\n{"a"}]', "a.json: line 2: expected JSON: Expecting ':' delimiter"),
        ("a.csv", b"id;mesage;note\n1;a;b\n",
         "a.csv: no column is named 'message' (did you mean \"mesage\"?): "
         "the columns are id, mesage, note"),
        ("a.csv", b"message;message\na;b\n", "a.csv: more than one column is named 'message'"),
        ("a.csv", b"\n\n", "a.csv: it has no header: expected the names of its columns"),
        ("a.csv.gz", PACK(b"message\na\n" * 99999)[:-9], "a.csv.gz: its gzip data is damaged: "),
        ("a.csv.gz", b"message\na\n", "a.csv.gz: expected gzip data, found a file that is not packed"),
        ("a.csv", PACK(b"message\na\n"), "a.csv: expected CSV, found gzip data: name it .gz"),
        ("a.csv.gz", b"\x1f\x8bxx", "a.csv.gz: its gzip data is damaged: "),
        ("a.parquet.gz", PACK(b"PAR1"), "a.parquet.gz: Parquet is read from a file, not packed"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_one(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CampaignError) as caught:
        estimate(path)
    assert str(caught.value).startswith(f"{tmp_path}{os.sep}{message}")
    assert "\n" not in str(caught.value)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(CampaignError, match="it cannot be read: No such file"):
        estimate(tmp_path / "none.csv")
    with pytest.raises(CampaignError, match="it cannot be read: Is a directory"):
        estimate(tmp_path)
    with pytest.raises(CampaignError, match="open it as binary"):
        estimate(io.StringIO("message\na\n"))
    with pytest.raises(CampaignError, match="not from a stream"):
        estimate(io.BytesIO(b"PAR1"))


@pytest.mark.parametrize("source", [5, None, b"message", {"message": "a"}, object()])
def test_what_holds_no_rows(source: Any) -> None:
    with pytest.raises(TypeError, match="source: expected a path, a binary stream, texts"):
        estimate(source)


def test_a_column_that_holds_no_texts() -> None:
    with pytest.raises(CampaignError, match="column 'message': expected texts, found int64"):
        estimate(pa.table({"message": [1, 2]}))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"format": "docx"}, "format: expected one of csv, ndjson, parquet, xlsx, ods, xls"),
        ({"delimiter": ";;"}, "delimiter: expected one character"),
        ({"file_encoding": "klingon"}, "file_encoding: 'klingon' is not a known encoding"),
        ({"file_encoding": "rot13"}, "file_encoding: 'rot13' is not a known encoding"),
    ],
)
def test_options_that_no_one_knows(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        estimate(io.BytesIO(b"message;a\nb;c\n"), **options)


@pytest.mark.parametrize(
    "nested",
    [
        '{"id": 9007199254740993}',
        "[1, 2]",
        '{"a": [0.10, 1E400, -0, null, true, {}]}',
        '["é \\"quoted\\""]',
        '["\\ud83d"]',
        "[" + "7" * 5000 + "]",
    ],
)
def test_nested_values_keep_what_is_written(tmp_path: Path, nested: str) -> None:
    path, rows = tmp_path / "list.ndjson", []
    path.write_text('{"message": "a", "n": ' + nested + ', "yes": true}\n', "utf-8")
    estimate(path, sink=rows.append)
    (row,) = rows[0].to_pylist()
    assert (row["n"], row["yes"]) == (nested, "true")


@pytest.mark.parametrize("place", [0, 20_000])
@pytest.mark.parametrize("file_encoding", ["utf-8", "cp1252"])
def test_a_nul_is_a_character_wherever_it_stands(tmp_path: Path, place: int, file_encoding: str) -> None:
    path = tmp_path / "list.csv"
    texts = ["un été sans nuages"] * 20_001
    texts[place] = "un\0été"
    path.write_bytes(write_csv([["1", text, "\0"] for text in texts[: place + 3]]).encode(file_encoding))
    assert not same(path, texts[: place + 3])


def test_a_line_that_is_nested_too_deeply_is_rejected_alone() -> None:
    deep = b'{"message": "b", "n": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    rejects = same(
        io.BytesIO(b'{"message": "a", "n": 1}\n' + deep),
        ["a"],
        Counter({"not-json": 1}),
        format="ndjson",
        sink=lambda rows: None,
    )
    assert [reject.line for reject in rejects] == [2]


def series(name: str) -> Callable[[list[str | None]], Any]:
    def make(texts: list[str | None]) -> Any:
        library = pytest.importorskip(name)
        return library.Series(texts)

    return make


COLUMNS: dict[str, Callable[[list[str | None]], Any]] = {
    "array": lambda texts: pa.array(texts, pa.string()),
    "view": lambda texts: pa.array(texts, pa.string_view()),
    "chunked": lambda texts: pa.chunked_array([texts[:2], [], texts[2:]], pa.string()),
    "struct": lambda texts: pa.array([{"message": text} for text in texts]),
    "pandas": series("pandas"),
    "polars": series("polars"),
}


@pytest.mark.parametrize("form", COLUMNS)
def test_columns_of_texts(form: str, small_blocks: None) -> None:
    assert not same(COLUMNS[form]([*TEXTS, None]), [*TEXTS, ""])
    assert (
        estimate(COLUMNS[form](["a"])[:0] if form != "struct" else pa.table({"message": ["a"]})[:0]).rows == 0
    )


@pytest.mark.parametrize("form", ["array", "chunked", "pandas", "polars"])
def test_a_column_is_the_one_with_the_messages(form: str) -> None:
    column = COLUMNS[form](["Bonjour"])
    assert estimate(column, "text").measured == 1
    with pytest.raises(CampaignError, match="a template and a recipient need rows with fields"):
        estimate(column, template="{message}")
    with pytest.raises(CampaignError, match="expected texts, found int64"):
        estimate(COLUMNS[form]([1, 2]) if form != "array" and form != "chunked" else pa.array([1, 2]))


def test_a_pandas_column_of_this_and_that() -> None:
    pandas = pytest.importorskip("pandas")
    same(pandas.Series(["un", 3, None]), ["un", ""], Counter({"not-text": 1}))


def test_several_tables_one_after_the_other(small_blocks: None) -> None:
    pandas = pytest.importorskip("pandas")
    whole = table()
    assert not same(iter([whole[:2], whole[2:2], whole[2:]]), TEXTS)
    assert not same([whole[:2], whole[2:].to_batches()[0]], TEXTS)
    frame = pandas.DataFrame(whole.to_pydict())
    assert not same(iter([frame[:3], frame[3:]]), TEXTS)


@pytest.mark.parametrize(
    "source",
    [
        [table(), "a"],
        [table(), pa.table({"note": ["a"]})],
        [pa.array(["a"])],
        [pa.table({"message": ["a"]}), pa.table({"message": [["b"]]})],
    ],
)
def test_tables_that_are_not_alike(source: Any) -> None:
    with pytest.raises(TypeError, match=r"^source: expected "):
        estimate(source)


# What Python calls an encoding, and some things that it does not.
MODULES = {module.name for module in pkgutil.iter_modules(encodings.__path__)}
NONE = {"gsm03.38", "no-such-encoding", "", " ", "a\0b", "é"}
ALL_ENCODINGS = sorted({*encodings.aliases.aliases.values(), *MODULES, *NONE})


def refusal(path: Path, encoding: str) -> tuple[type[Exception], str] | None:
    try:
        estimate(path, "message", file_encoding=encoding)
    except ValueError as error:
        return type(error), str(error)
    return None


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of unicode-escape
@pytest.mark.parametrize(
    "content",
    [b"message;b\nBonjour\xe9 \xff\x80;1\nxn--a-;2\n", b"message\nabc\n", "message\né\n".encode("utf-16")],
)
@pytest.mark.parametrize("name", ["a.csv", "a.ndjson"])
def test_every_encoding_of_python_is_read_or_refused_in_one_line(
    name: str, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    beginnings = {CampaignError: f"{path}", OptionError: "file_encoding: "}
    for encoding in ALL_ENCODINGS:
        if found := refusal(path, encoding):
            kind, said = found
            assert said.startswith(beginnings[kind]), encoding  # no UnicodeError is among them
            assert "\n" not in said


@pytest.mark.parametrize("encoding", ["idna", "punycode"])
def test_encodings_of_the_names_of_hosts_are_none_of_files(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"message\nabc\n")
    with pytest.raises(CampaignError) as caught:
        estimate(path, "message", file_encoding=encoding)
    expected = f"{encoding} is not an encoding of files: expected, say, utf-8, cp1252 or iso-8859-15"
    assert str(caught.value) == f"{path}: {expected}"


@pytest.mark.parametrize("kind", ["csv", "ndjson"])
def test_a_block_in_pieces_is_the_same_as_one_at_once(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["Bonjour", " https://a.fr/é ", "x" * 170, "€" * 90, "Hi", "<b>oui</b>", " encore"] * 9
    rows = [
        {"message": text, "tel": "nope" if number % 11 == 5 else f"06123456{number % 40:02}"}
        for number, text in enumerate(texts)
    ]
    path = tmp_path / f"rows.{kind}"
    if kind == "csv":
        lines_of = ["message;tel", *(f'"{row["message"]}";{row["tel"]}' for row in rows)]
        lines_of[20:20] = ["too;many;cells", ";;", "few"]
    else:
        lines_of = [json.dumps(row) for row in rows]
        lines_of[20:20] = ["", "{broken", "[]"]
    path.write_text("\n".join(lines_of), "utf-8")

    def everything() -> tuple[Any, ...]:
        kept: list[pa.RecordBatch] = []
        rejects: list[Reject] = []
        found = estimate(
            path, recipient="tel", profile="smsmode", dedupe=True, sink=kept.append, rejects=rejects.append
        )
        return found.to_dict(), rejects, [row for batch in kept for row in batch.to_pylist()], len(kept)

    *whole, once = everything()
    monkeypatch.setattr(pieces, "ROWS", 4)
    *parts, several = everything()
    assert parts == whole
    assert several > 10 * once
