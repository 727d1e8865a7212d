"""Templates: what they take, and what they render."""

from __future__ import annotations

import pickle
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import septet

pa = pytest.importorskip("pyarrow")

from septet.errors import CampaignError  # noqa: E402
from septet.templates.pieces import Field, Literal  # noqa: E402
from septet.templates.templates import MissingFields, Template  # noqa: E402


def test_fields_and_braces() -> None:
    template = Template("{{{prenom}}}, code {code} ({prenom})")
    assert template.fields == ("prenom", "code")
    assert template.pieces == ("{", "prenom", "}, code ", "code", " (", "prenom", ")")
    assert [type(piece) for piece in template.pieces] == [Literal, Field] * 3 + [Literal]
    assert template.fill({"prenom": "Zoé", "code": 7}) == "{Zoé}, code 7 (Zoé)"
    assert Template("{Date de naissance}").fields == ("Date de naissance",)
    assert Template("").fields == ()


def test_a_vendors_merge_fields_are_fields_too() -> None:
    # Encom, « Messages à une liste de diffusion », « Personnalisation des messages ».
    template = Template("Bonjour %%name%%, {code}", "encom")
    assert template.fields == ("name", "code")
    assert template.fill({"name": "Zoé", "code": "A1"}) == "Bonjour Zoé, A1"
    assert Template("Bonjour %%name%%").fields == ()
    assert Template("Bonjour %%name%%") != Template("Bonjour %%name%%", "encom")


def test_a_vendor_file_may_have_merge_fields(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    merge = '[[merge_fields]]\ntext = "{text}"\nfield = "{field}"\nsource = "my own page"\n'
    rows = merge.format(text="<nom>", field="nom") + merge.format(text="[ville]", field="ville")
    path.write_text(f'extends = "encom"\n{rows}', "utf-8")
    assert Template("<nom>, [ville], %%name%%", path).pieces == ("nom", ", ", "ville", ", %%name%%")
    sheet = [rule.text for rule in septet.profile(path).rules if rule.key == "merge_fields"]
    assert sheet == [
        '"<nom>" is the column nom in a template',
        '"[ville]" is the column ville in a template',
    ]
    for text in ("<nom>", "n"):
        again = merge.format(text=text, field="x")
        path.write_text(f'extends = "gsm"\n{merge.format(text="<nom>", field="nom")}{again}', "utf-8")
        with pytest.raises(
            septet.ProfileError, match=r"merge_fields\[0\]\.text: expected a text that holds no"
        ):
            septet.profile(path)
    path.write_text('extends = "gsm"\n[[merge_fields]]\ntext = "<nom>"\nsource = "mine"', "utf-8")
    with pytest.raises(septet.ProfileError, match=r"merge_fields\[0\]\.field: expected a text"):
        septet.profile(path)


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("Bonjour {", r"character 9: a \{ without its pair: write \{\{ for the brace itself"),
        ("10 } 5", r"character 4: a \} without its pair: write \}\}"),
        ("a {b{c} d", r"character 3: a \{ without its pair"),
        ("{}", "character 1: expected the name of a column between the braces, found nothing"),
        ("a { }", "character 3: expected the name of a column between the braces, found white space"),
        ("{a.b}", r"plain name of a column, without \. \[ \] ! or :, found \{a\.b\}"),
        ("{a[0]}", r"plain name of a column, .* found \{a\[0\]\}"),
        ("{x!r}", r"plain name of a column, .* found \{x!r\}"),
        ("{x:>10}", r"plain name of a column, .* found \{x:>10\}"),
        ("a\ud800", "character 2: expected text, found a surrogate"),
    ],
)
def test_what_is_no_template(source: str, says: str) -> None:
    with pytest.raises(ValueError, match=f"^template: .*{says}"):
        Template(source)


def test_a_template_is_a_str() -> None:
    with pytest.raises(TypeError, match="expected a str, found bytes"):
        Template(b"a")  # type: ignore[arg-type]


def test_a_template_can_be_copied_and_pickled() -> None:
    template = Template("Bonjour {prenom}, %%name%%", "encom")
    again = pickle.loads(pickle.dumps(template))
    assert again == template
    assert again.fields == ("prenom", "name")
    assert {template: 1}[again] == 1


def test_a_batch_is_rendered_and_its_missing_fields_are_marked() -> None:
    rows = pa.record_batch({"prenom": ["Zoé", None, "", "Al"], "n": [1, 2, 3, None], "other": [0, 0, 0, 0]})
    texts, missing = Template("{prenom} a {n} points").render(rows)
    assert texts.to_pylist() == ["Zoé a 1 points", None, None, None]
    assert missing.to_pylist() == [False, True, True, True]
    texts, missing = Template("sans champ").render(rows)
    assert texts.to_pylist() == ["sans champ"] * 4
    assert missing is None
    assert Template("{prenom} a {n} points").missing(rows, 3) == ("n",)
    assert Template("{prenom} a {n} points").missing(rows, 1) == ("prenom",)
    assert Template("{prenom} a {n} points").missing(rows, 0) == ()


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (pa.string(), ["é", "b"]),
        (pa.large_string(), ["é", "b"]),
        (pa.string_view(), ["é", "b"]),
        (pa.dictionary(pa.int8(), pa.string()), ["é", "b"]),
        (pa.int64(), [-5, 12]),
        (pa.float64(), [1.5, 12.0]),
        (pa.decimal128(9, 2), [Decimal("1.50"), Decimal("12.00")]),
        (pa.date32(), [date(2026, 1, 2), date(2026, 11, 22)]),
        (pa.bool_(), [True, False]),
    ],
)
def test_a_row_is_written_as_a_column_is(kind: Any, values: list[Any]) -> None:
    template = Template("<{x}>")
    expected = [template.fill({"x": value}) for value in values]
    if kind == pa.decimal128(9, 2):
        assert expected == ["<1.50>", "<12.00>"]
    table = pa.table({"x": pa.chunked_array([pa.array([value], kind) for value in values])})
    assert template.render(table).texts.to_pylist() == expected
    assert template.render(table.to_batches()[0]).texts.to_pylist() == expected[:1]
    assert template.render(table.slice(0, 0)).texts.to_pylist() == []


def test_octets_stay_octets_so_that_a_broken_row_breaks_alone() -> None:
    rows = pa.record_batch({"x": pa.array([b"caf\xc3\xa9", b"caf\xe9", None, b""], pa.binary())})
    texts, missing = Template("un {x}").render(rows)
    assert texts.to_pylist() == [b"un caf\xc3\xa9", b"un caf\xe9", None, None]
    assert missing.to_pylist() == [False, False, True, True]
    measured = septet.Planner().measure_arrow(texts)
    assert measured.column("encoding").to_pylist()[:2] == ["gsm7", "invalid"]


def test_an_unknown_field_names_the_nearest_column() -> None:
    rows = pa.record_batch({"prenom": ["a"], "nom": ["b"]})
    says = (
        "no column is named 'prenon', which the template needs (did you mean \"prenom\"?): "
        "expected one of prenom, nom"
    )
    with pytest.raises(CampaignError, match=f"^template: {re.escape(says)}$"):
        Template("{prenon}").render(rows)
    with pytest.raises(CampaignError, match=f"^clients.csv: {re.escape(says)}$"):
        Template("{prenon}").check(["prenom", "nom"], "clients.csv")


def test_columns_that_cannot_be_written() -> None:
    rows = pa.record_batch({"x": pa.array([[1], [2]], pa.list_(pa.int8()))})
    with pytest.raises(CampaignError, match=r"column 'x' cannot be written into a text: .* found list"):
        Template("{x}").render(rows)
    with pytest.raises(CampaignError, match=r"field 'x' cannot be written into a text: .* found list"):
        Template("{x}").fill({"x": [1]})
    twice = pa.RecordBatch.from_arrays([pa.array(["a"]), pa.array(["b"])], names=["x", "x"])
    with pytest.raises(CampaignError, match="2 columns are named 'x'"):
        Template("{x}").render(twice)


@pytest.mark.parametrize("row", [{}, {"a": None, "b": ""}, {"a": "", "c": "x"}])
def test_a_row_without_its_fields_has_no_text(row: dict[str, Any]) -> None:
    with pytest.raises(MissingFields, match=r"^no value for the fields a, b$") as caught:
        Template("{a}{b}").fill(row)
    assert caught.value.fields == ("a", "b")
    assert pickle.loads(pickle.dumps(caught.value)).fields == ("a", "b")
