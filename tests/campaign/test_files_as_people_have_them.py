"""Files as spreadsheets and people write them: data are read, the rest is reported, nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import pickle
import re
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import campaign_oracle
import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st

from septet.campaign import Estimate, Reject, estimate, open_source
from septet.campaign.rows import lines
from septet.destinations.phone_numbers import phone_number
from septet.errors import CampaignError
from septet.files.spreadsheet_cells import guarded
from septet.planning.merge_tags import DIALECTS, NAMES, Dialect, tags_in

PRICE = Decimal("0.045")
OPTIONS: dict[str, Any] = {"profile": "smsmode", "commercial": True}


def read(content: str | bytes, encoding: str = "utf-8", **options: Any) -> tuple[Estimate, list[Reject], Any]:
    """The estimate of a file, its rejects, and its measured rows."""
    rejects: list[Reject] = []
    batches: list[Any] = []
    octets = content if isinstance(content, bytes) else content.encode(encoding)
    found = estimate(
        io.BytesIO(octets), price=PRICE, rejects=rejects.append, sink=batches.append, **OPTIONS, **options
    )
    assert found.rows == found.measured + found.rejected == found.measured + len(rejects)
    rows = [row for batch in batches for row in batch.to_pylist()]
    assert len(rows) == found.measured
    return found, rejects, rows


def same(content: str | bytes, texts: list[str], rejected: Counter[str] | None = None, **options: Any) -> Any:
    """Asserts that a file comes to these texts, by the oracle; its estimate, rejects and rows."""
    found, rejects, rows = read(content, **options)
    wanted = campaign_oracle.expected(texts, price=PRICE, rejected=rejected, **OPTIONS)
    campaign_oracle.same(found, wanted)
    return found, rejects, rows


def test_empty_cells_of_a_spreadsheet_are_no_cells_and_its_empty_rows_no_rows() -> None:
    content = "message;;\nBonjour;;\nl’été\n;;\nSalut;;;\n\nplus;de;\n"
    found, rejects, rows = same(
        content, ["Bonjour", "l’été", "Salut"], Counter({"wrong-number-of-fields": 1})
    )
    assert list(rows[0])[:2] == ["message", "encoding"]
    assert found.left_out == {"blank-row": 1}
    assert found.mended == {"surplus-cells": 2}
    assert [(reject.line, reject.row) for reject in rejects] == [(7, b"plus;de;")]
    assert rejects[0].reason == "3 fields, but the header has 1"


def test_a_last_cell_that_nobody_reads_may_be_missing() -> None:
    content = "id;message;note\n1;un;x\n2;deux\n3\n4;quatre;y;;\n"
    found, rejects, rows = same(content, ["un", "deux", "quatre"], Counter({"wrong-number-of-fields": 1}))
    assert [row["note"] for row in rows] == ["x", "", "y"]
    assert found.mended == {"missing-cell": 1, "surplus-cells": 1}
    assert rejects == [Reject(4, "wrong-number-of-fields", "1 field, but the header has 3", b"3")]


def test_a_last_cell_that_is_read_may_not() -> None:
    _, rejects, _ = same("id;message\n1;un\n2\n", ["un"], Counter({"wrong-number-of-fields": 1}))
    assert rejects[0].line == 3


def test_where_most_rows_lack_the_last_cell_the_others_keep_it() -> None:
    content = "id;message;note\n1;a\n2;b\n3;c\n4;d;here\n"
    found, rejects, rows = same(content, ["a", "b", "c", "d"])
    assert not rejects
    assert [row["note"] for row in rows] == ["", "", "", "here"]
    assert found.mended == {"missing-cell": 3}


def test_columns_without_a_name_are_named_by_their_place() -> None:
    _, _, rows = same(";message;;note\n0;a;x;y\n", ["a"])
    assert list(rows[0].items())[:4] == [
        ("column 1", "0"),
        ("message", "a"),
        ("column 3", "x"),
        ("note", "y"),
    ]


cells = st.text(st.sampled_from('ab é€"\n;,'), max_size=6)
# A cell of several lines in a row of other cells may as well be a quote that is never closed.
in_a_line = st.text(st.sampled_from('ab é€";,'), max_size=6)
as_written = st.tuples(st.lists(cells, min_size=3, max_size=3), st.just(0)) | st.tuples(
    st.lists(in_a_line, min_size=1, max_size=3), st.integers(0, 3)
)


@given(
    st.lists(as_written, max_size=12),
    st.sampled_from([40, 80, 1 << 21]),
    st.sampled_from(["\r\n", "\n"]),
)
@examples(120)
def test_rows_in_are_rows_out(rows: list[tuple[list[str], int]], block: int, line_end: str) -> None:
    """Each row is measured, rejected or not a row, for any cells and any ends of blocks."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator=line_end)
    writer.writerows([["id", "message", "note"], ["0", "é", "0"]])
    texts, rejected, blank, mended = ["é"], 0, 0, Counter[str]()
    for own, surplus in rows:
        row = [*own, *[""] * surplus]
        if row == [""]:
            row = ["x"]
        writer.writerow(row)
        if not any(row):
            blank += 1
        elif len(row) < 2:
            rejected += 1
        else:
            texts.append(row[1])
            mended.update(["surplus-cells"] if len(row) > 3 else ["missing-cell"] if len(row) < 3 else [])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "BLOCK", block)
        counted = Counter({"wrong-number-of-fields": rejected} if rejected else {})
        found, _, out = same(text.getvalue(), texts, counted, delimiter=";", file_encoding="utf-8")
    assert [row["message"] for row in out] == texts
    assert found.left_out == ({"blank-row": blank} if blank else {})
    assert found.mended == mended


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "SEP=;", "sep=;  "])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_the_delimiter_that_a_first_line_declares(first: str, encoding: str, line_end: str) -> None:
    content = line_end.join([first, "id;message", "1;l'été, a, b, c", "2", ""])
    octets = content.encode(encoding)
    _, rejects, _ = same(octets, ["l'été, a, b, c"], Counter({"wrong-number-of-fields": 1}))
    assert rejects[0].line == 4
    with open_source(io.BytesIO(octets)) as source:
        assert (source.delimiter, source.columns) == (";", ("id", "message"))


def test_a_declared_delimiter_that_no_one_would_guess() -> None:
    same("sep=^\nid^message\n1^a;b,c\n", ["a;b,c"])


NBSP = "\u00a0"


@pytest.mark.parametrize(
    "name",
    ["Message", " message", "MESSAGE ", f"{NBSP}message{NBSP}", "\u200bmessage", "Méssage", "Me\u0301ssage"],
)
def test_a_header_is_read_leniently(name: str) -> None:
    _, _, rows = same(f"id;{name};Prénom\n1;a;Ann\n", ["a"])
    assert list(rows[0])[:3] == ["id", name, "Prénom"]
    same(f"id;{name};Pre\u0301nom \n1;a;Ann\n", ["Bonjour Ann"], template="Bonjour {prénom}")
    same(json.dumps({name: "a"}), ["a"], format="ndjson")


def test_of_two_columns_alike_the_exact_one_is_meant() -> None:
    same("Message;message\n1;a\n", ["a"])
    for template in (None, "Bonjour {MESSAGE}"):
        with pytest.raises(CampaignError, match="'Message' and 'message' may both be 'MESSAGE'"):
            read("Message;message\n1;a\n", **({"template": template} if template else {"column": "MESSAGE"}))


def test_a_blank_behind_the_comma_is_no_part_of_a_cell() -> None:
    content = '"prenom", "message"\n"Ann", "un, deux"\n"Bob", "dit ""oui"""\n'
    _, _, rows = same(content, ["un, deux", 'dit "oui"'])
    assert [row["prenom"] for row in rows] == ["Ann", "Bob"]


@pytest.mark.parametrize(
    ("number", "what"),
    [
        ("0612345678", "a telephone number"),
        ("+33 6 12 34 56 78", "a telephone number"),
        ("33612345678", "a telephone number"),
        ("06.12.34.56.78", "a telephone number"),
        ("Bonjour Ann, votre commande est prête !", "a message"),
    ],
)
def test_a_list_without_a_header_loses_no_recipient(number: str, what: str) -> None:
    content = f"{number};x\n0612345679;y\n"
    with pytest.raises(CampaignError, match=what) as found:
        read(content, template="Soldes !")
    assert "--no-header" in str(found.value)
    assert "--header-line N" in str(found.value)
    for none in (0, False):
        _, _, rows = same(content, ["Soldes !"] * 2, template="Soldes !", header_line=none)
        assert [row["1"] for row in rows] == [number, "0612345679"]
    same(content, ["x", "y"], column="2", header_line=0)


def test_titles_above_a_header_are_passed_over() -> None:
    content = "Liste des clients;\nmise à jour le 1/1;\n\nid;message\n1;a\n2\n"
    with pytest.raises(CampaignError, match="--header-line 4"):
        read(content)
    _, rejects, _ = same(content, ["a"], Counter({"wrong-number-of-fields": 1}), header_line=4)
    assert rejects[0].line == 6
    with pytest.raises(CampaignError, match="line 3 is empty"):
        read(content, header_line=3)
    with pytest.raises(CampaignError, match="line 99 is empty"):
        read(content, header_line=99)


@pytest.mark.parametrize("line", [True, "1", 1.0])
def test_the_line_of_a_header_is_a_number(line: Any) -> None:
    with pytest.raises(TypeError, match="header_line: expected the number"):
        read("message\na\n", header_line=line)
    with pytest.raises(ValueError, match="header_line: expected the number"):
        read("message\na\n", header_line=-1)


def test_names_of_a_survey_are_names() -> None:
    question = "Souhaitez-vous recevoir nos offres par SMS sur votre mobile ?"
    same(f"{question};message\noui;a\n", ["a"])
    with open_source(io.BytesIO(f"{question};texto\noui;a\n".encode())) as source:
        assert source.columns == (question, "texto")


def test_a_template_s_text_is_the_message_that_is_written(tmp_path: Path) -> None:
    for name in ("message", "Message", " MESSAGE"):
        _, _, rows = same(f"{name};prenom\nold;Ann\n", ["Bonjour Ann"], template="Bonjour {prenom}")
        assert list(rows[0])[:2] == ["prenom", "message"]
        assert rows[0]["message"] == "Bonjour Ann"
    _, _, rows = same("message;prenom\nold;Ann\n", ["new old"], template="new {message}")
    assert rows[0]["message"] == "new old"


def test_a_template_takes_the_place_of_a_column() -> None:
    with pytest.raises(ValueError, match="column and template are both given"):
        read("texte;prenom\nold;Ann\n", template="Bonjour {prenom}", column="texte")


@pytest.mark.parametrize(
    ("number", "country", "read_as"),
    [
        ("0692123456", "FR", "RE"),
        ("06 92 12 34 56", "FR", "RE"),
        ("0690123456", "FR", "GP"),
        ("0639000000", "FR", "YT"),
        ("0696123456", "FR", "MQ"),
        ("0694201234", "FR", "GF"),
        ("0612345678", "RE", "FR"),
        ("06\u202f12\u202f34\u202f56\u202f78", "FR", "FR"),
        ("\u202a+33612345678\u202c", None, "FR"),
    ],
)
def test_a_number_is_read_alike_everywhere(number: str, country: str | None, read_as: str) -> None:
    for as_sent in (False, True):
        found = phone_number(number, country, as_sent=as_sent)
        assert found is not None
        assert (found.country, found.known) == (read_as, True)
    options = {"country": country} if country else {}
    found_rows = estimate([{"m": "a", "to": number}], "m", recipient="to", **options)
    assert (found_rows.measured, found_rows.rejected) == (1, 0)


@pytest.mark.parametrize(
    ("number", "country", "reason"),
    [
        ("3,36E+10", "FR", "a spreadsheet has shortened the number to 3,36E\\+10: format the column as text"),
        ("3.36123e10", "FR", "a spreadsheet has shortened the number to 3.36123e10"),
        ("0612345678", None, "is a national one, and the country is not known: set it, as in --country FR"),
        (
            "0639123456",
            "FR",
            r"for an overseas number write its code, \+590…, \+594…, \+596…, \+262… or \+508…",
        ),
        ("+33 6", "FR", r"no numbering plan has the phone number \+33 6"),
        ("=1+1", "FR", "no numbering plan has the phone number =1"),
        ("", "FR", "there is no phone number"),
    ],
)
def test_what_is_no_number_says_why_and_begins_with_words(
    number: str, country: str | None, reason: str
) -> None:
    rejects: list[Reject] = []
    options = {"country": country} if country else {}
    estimate([{"m": "a", "to": number}], "m", recipient="to", rejects=rejects.append, **options)
    assert re.search(reason, rejects[0].reason)
    assert guarded(rejects[0].reason) == rejects[0].reason


TAGS = [
    *("{{prenom}}", "{{ contact.PRENOM }}", "%%prenom%%", "[prenom]", "*|PRENOM|*", "$prenom", "${prenom}"),
    *(
        "<prenom>",
        "#prenom#",
        ":prenom",
        "((prenom))",
        "@@prenom@@",
        "%prenom%",
        "{#prenom#}",
        "{{{prenom}}}",
    ),
    *("<%= prenom %>", "{{ prenom | default: 'vous' }}", "[[prenom]]", "«prenom»", "__prenom__", "%{prenom}"),
]


@pytest.mark.parametrize("tag", TAGS)
def test_another_tool_s_merge_tag_that_names_a_column_is_that_column(tag: str) -> None:
    found, _, rows = same(
        "id;Prénom\n1;Ann\n2;Zoé\n", ["Bonjour Ann !", "Bonjour Zoé !"], template=f"Bonjour {tag} !"
    )
    assert rows[0]["message"] == "Bonjour Ann !"
    assert [(one.text, column) for one, column in found.tags] == [(tag, "Prénom")]
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize(
    "tag", ["{{nom}}", "%%nom%%", "*|FNAME|*", "((nom))", "@@nom@@", "##nom##", "[[nom]]"]
)
def test_a_merge_tag_that_is_sent_as_it_stands_is_said(tag: str) -> None:
    found, _, rows = read("prenom\nAnn\n", template=f"Bonjour {tag} {{prenom}}")
    assert found.problems["unread-tag"] == 1
    assert [(one.text, column) for one, column in found.tags] == [(tag, None)]
    dialect = found.tags[0][0].dialect.name
    # Said to be of that tool, it is a field, and there is no such column.
    with pytest.raises(CampaignError, match="no column is named"):
        read("prenom\nAnn\n", template=f"Bonjour {tag} {{prenom}}", tags=dialect)
    assert rows[0]["message"].endswith("Ann")


@pytest.mark.parametrize("dialect", DIALECTS, ids=NAMES)
def test_each_dialect_reads_its_own_example(dialect: Dialect) -> None:
    found = re.fullmatch(dialect.pattern, dialect.example)
    assert found is not None
    assert re.fullmatch(r"(contact\.)?(name|NAME|var)", found["name"].strip())
    assert dialect.source


def test_the_lengths_that_tools_state() -> None:
    """TRAI's content templates have 30 characters for a variable, MSG91's have 40."""
    stated = {dialect.example: dialect.longest for dialect in DIALECTS if dialect.longest is not None}
    assert stated == {"{#var#}": 30, "##name##": 40}


@pytest.mark.parametrize(
    "text", ["12:30", "5 $", "100 %", "#promo", "a@b.fr", "http://a.b/?c=%20d%20", "(a)", "<3", "[1]"]
)
def test_signs_of_texts_are_no_merge_tags(text: str) -> None:
    found, _, _ = read("prenom\nAnn\n", template=f"{text} {{prenom}}")
    assert not found.tags


def test_dialects_that_are_named_are_the_only_ones() -> None:
    content = "prenom;nom\nAnn;Lee\n"
    found, _, rows = read(content, template="[prenom] %nom%", tags=["brackets"])
    assert rows[0]["message"] == "Ann %nom%"
    assert found.problems["unread-tag"] == 1
    with pytest.raises(ValueError, match="tags: 'bracket' is not a dialect of merge tags"):
        read(content, template="x", tags="bracket")
    with pytest.raises(ValueError, match="tags: they are those of a template"):
        read(content, column="nom", tags="brackets")


def test_a_value_may_be_too_long_for_its_tag() -> None:
    content = "var;x\n" + "a" * 30 + ";1\n" + "é" * 30 + ";2\n" + "é" * 31 + ";3\n"
    found, rejects, _ = same(content, ["a" * 30, "é" * 30], Counter({"long-field": 1}), template="{#var#}")
    assert rejects[0].reason == "var has more than the 30 characters that its merge tag allows"
    assert found.rows == 3


def test_each_dialect_is_read_from_its_own_example() -> None:
    assert len(set(NAMES)) == len(DIALECTS) >= 25
    for dialect in DIALECTS:
        [tag] = tags_in(f"Bonjour {dialect.example}, merci")
        assert (tag.text, tag.dialect) == (dialect.example, dialect)


def test_a_row_that_lacks_fields_says_which() -> None:
    content = "a;b;c\n1;;x\n;2;x\n;;x\n1;2;x\n"
    _, rejects, _ = same(content, ["1 2"], Counter({"missing-field": 3}), template="{a} {b}")
    assert [(reject.line, reject.reason) for reject in rejects] == [
        (2, "no value for b"),
        (3, "no value for a"),
        (4, "no value for a, b"),
    ]


FRENCH = ["Déjà l'été à Orléans", "C'est prêt, à bientôt", "Où êtes-vous allé ?", "Façade réparée"]


@pytest.mark.parametrize("encoding", ["mac_roman", "cp850", "cp1252", "iso-8859-1", "utf-8"])
@pytest.mark.parametrize("line_end", ["\r", "\r\n", "\n"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_encodings_of_old_machines_are_found(encoding: str, line_end: str, delimiter: str) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    writer.writerows([["id", "message"], *([str(place), one] for place, one in enumerate(FRENCH))])
    same(text.getvalue().encode(encoding), FRENCH)


@pytest.mark.parametrize(
    ("word", "encoding"),
    [
        ("ANSI", "cp1252"),
        ("Unicode", "utf-16"),
        ("unicode  big endian", "utf-16-be"),
        ("UTF-8-BOM", "utf-8-sig"),
    ],
)
def test_words_of_windows_own_editor(word: str, encoding: str) -> None:
    octets = ("id;message\n" + "".join(f"1;{one}\n" for one in FRENCH)).encode(encoding)
    same(octets, FRENCH, file_encoding=word)


QUIRKS: dict[str, dict[str, Any]] = {
    "none": {},
    "sep": {"first": "sep={d}{e}"},
    "titles": {"first": "Clients{e}{e}"},
    "surplus": {"behind": "{d}{d}"},
    "blank rows": {"between": "{d}{d}{e}{e}"},
    "quoted": {"quoted": True},
    "no last line end": {"cut": True},
}


@pytest.mark.parametrize("quirk", QUIRKS)
def test_encodings_delimiters_line_ends_and_quirks(quirk: str) -> None:
    """Each file of a table gives the same texts, and reports what was left out."""
    how = QUIRKS[quirk]
    texts = [*FRENCH, "a; b, c\t| d", "« l’été » d’Aÿ"]
    turn = list(QUIRKS).index(quirk)
    for place_of_encoding, encoding in enumerate(("utf-8", "utf-8-sig", "utf-16", "cp1252")):
        for place_of_delimiter, delimiter in enumerate((";", ",", "\t", "|")):
            # Each pair of two is there, and over the quirks each of three.
            end = ("\n", "\r\n", "\r")[(place_of_encoding + place_of_delimiter + turn) % 3]
            rows = []
            for place, text in enumerate(["message", *texts]):
                cells = ["id" if not place else str(place), text, "n"]
                if how.get("quoted") or delimiter in text:
                    cells[1] = f'"{text}"'
                rows.append(delimiter.join(cells) + how.get("behind", "").format(d=delimiter) + end)
            rows.insert(3, how.get("between", "").format(d=delimiter, e=end))
            content = how.get("first", "").format(d=delimiter, e=end) + "".join(rows)
            if how.get("cut"):
                content = content.removesuffix(end)
            header = 3 if quirk == "titles" else None
            found, _, out = read(content.encode(encoding), header_line=header)
            told = (quirk, encoding, delimiter, end)
            assert [row["message"] for row in out] == texts, told
            assert found.left_out == ({"blank-row": 1} if quirk == "blank rows" else {}), told
            assert found.rows == found.measured == len(texts), told
    campaign_oracle.same(found, campaign_oracle.expected(texts, price=PRICE, **OPTIONS))


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12), max_size=8),
    st.sampled_from(["csv", "pyarrow", "polars"]),
    st.sampled_from([";", ",", "\t"]),
)
@examples(10)
def test_what_other_writers_of_csv_wrote_is_read_back(texts: list[str], writer: str, delimiter: str) -> None:
    table = {"id": ["0", *map(str, range(len(texts)))], "message": ["é", *texts]}
    if writer == "csv":
        text = io.StringIO(newline="")
        csv.writer(text, delimiter=delimiter).writerows([list(table), *zip(*table.values(), strict=True)])
        octets = text.getvalue().encode()
    elif writer == "pyarrow":
        import pyarrow
        import pyarrow.csv

        sink = io.BytesIO()
        options = pyarrow.csv.WriteOptions(delimiter=delimiter)
        pyarrow.csv.write_csv(pyarrow.table(table), sink, options)
        octets = sink.getvalue()
    else:
        import polars

        octets = polars.DataFrame(table).write_csv(separator=delimiter).encode()
    _, _, rows = same(octets, table["message"], delimiter=delimiter, file_encoding="utf-8")
    assert [row["message"] for row in rows] == table["message"]


@pytest.mark.parametrize("named", [False, True])
@pytest.mark.parametrize("late", ["été à 10", '"été\nà 10"'], ids=["plain", "quoted"])
def test_the_first_letters_beyond_ascii_come_late(late: str, named: bool) -> None:
    """The blocks behind were looked at before, as UTF-8: they are read again in the file's encoding."""
    rows = ["Bonjour"] * 80_000 + [late] * 130_000
    content = ("message\n" + "\n".join(rows) + "\n").encode("cp1252")
    rejects: list[Any] = []
    options = {"file_encoding": "cp1252"} if named else {}
    found = estimate(io.BytesIO(content), rejects=rejects.append, **options)
    assert rejects == []
    assert found.measured == 210_000
    # Nothing was read in another charset.
    assert found.problems == {}


@pytest.mark.parametrize("block", [40, 64, 200, 1000])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "cp850", "mac_roman", "iso-8859-15"])
def test_cells_of_several_lines_are_cut_between_blocks(
    encoding: str, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a block leaves to the next one is read as it was written, whatever the file is in."""
    for name in ("BLOCK", "_FIRST_BLOCK"):
        monkeypatch.setattr(lines, name, block)
    monkeypatch.setattr(lines, "_SAMPLE", 64)
    dice = Random(f"{encoding} {block}")
    for _ in range(5):
        texts = [
            "".join(
                dice.choices(["é", "à 10", "\n", '"', "ç\n\n", "Bonjour", ";", ","], k=dice.randint(1, 12))
            )
            for _ in range(150)
        ]
        texts = ["été", *(text for text in texts if text.strip())]
        written = io.StringIO(newline="")
        csv.writer(written, delimiter=";", lineterminator="\n").writerows(
            [["id", "message"], *enumerate(texts)]
        )
        batches: list[Any] = []
        rejects: list[Any] = []
        content = io.BytesIO(written.getvalue().encode(encoding))
        estimate(content, file_encoding=encoding, sink=batches.append, rejects=rejects.append)
        assert rejects == []
        assert [row["message"] for batch in batches for row in batch.to_pylist()] == texts
