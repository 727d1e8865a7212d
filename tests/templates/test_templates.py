"""Templates: what they take, what they render, and their bounds held against every value there is."""

from __future__ import annotations

import pickle
import re
from datetime import date
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import septet

pa = pytest.importorskip("pyarrow")

from septet.errors import CampaignError  # noqa: E402
from septet.templates.bounds import Bill  # noqa: E402
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
        '"<nom>" stands for the column nom in a template',
        '"[ville]" stands for the column ville in a template',
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
    with pytest.raises(MissingFields, match=r"^nothing for the fields a, b$") as caught:
        Template("{a}{b}").fill(row)
    assert caught.value.fields == ("a", "b")
    assert pickle.loads(pickle.dumps(caught.value)).fields == ("a", "b")


# --- bounds -------------------------------------------------------------------------------

# What each weight of a profile can be: 1, 2 behind an escape, 2 that may be cut, none, UCS-2 of one
# unit and of two.
PROFILES: dict[str, tuple[dict[str, Any], str]] = {
    "gsm": ({}, "a€ç😀"),
    "gsm, UCS-2": ({"encoding": "ucs2"}, "aç😀"),
    "gsm, GSM-7": ({"encoding": "gsm7"}, "a€ç😀"),
    "encom": ({"commercial": True}, "a€ç😀"),
    "smspartner": ({}, "a€œ^ç☃"),
    "smspartner, automatic": ({"encoding": "auto"}, "a€œ^ç☃😀"),
    "smsmode": ({"commercial": True}, "a€ç"),
    "smsmode, if free": ({"commercial": True, "optout": "if-free"}, "a€ç"),
    "smsmode, two at most": ({"commercial": True, "max_segments": 2}, "a€ç"),
    "smsmode, automatic": ({"encoding": "auto", "commercial": True}, "a€ç😀"),
    "envoyersmspro": ({"max_segments": 3}, "a€ç"),
}

# Around the places where one more segment is billed, alone and with others, with pairs that cannot
# be cut standing there or not.
FIXED = st.builds(
    lambda length, near, pair: "x" * (length - 2 * pair) + "]" * pair if near == 0 else "é" * length,
    st.one_of(
        *(st.integers(edge - 9, edge + 2) for edge in (70, 134, 160, 201, 306, 459)), st.integers(0, 5)
    ),
    st.integers(0, 1),
    st.integers(0, 2),
)


@pytest.mark.parametrize("name", PROFILES)
@given(fixed=FIXED, behind=st.sampled_from(["", "]", "z", "ç"]), data=st.data())
def test_bounds_are_those_of_all_values(name: str, fixed: str, behind: str, data: st.DataObject) -> None:
    options, alphabet = PROFILES[name]
    lengths = st.tuples(st.integers(0, 2), st.integers(0, 2)).map(lambda pair: (min(pair), max(pair)))
    first, second = data.draw(lengths, "a"), data.draw(lengths, "b")
    twice = data.draw(st.booleans(), "a stands twice")
    planner = septet.Planner(name.split(",")[0], **options)
    template = Template("{a}" + fixed + "{b}" + behind + ("{a}" if twice else ""))
    found = template.bounds(planner, a=first, b=second)

    counts: dict[str, list[int]] = {"gsm7": [], "ucs2": []}
    for a, b in product(values(alphabet, *first), values(alphabet, *second)):
        measure = planner.measure(a + fixed + b + behind + a * twice)
        counts[measure.encoding].append(measure.billed_segments)
    everything = counts["gsm7"] + counts["ucs2"]
    assert (found.fewest, found.most) == (min(everything), max(everything))
    for encoding, bill in (("gsm7", found.gsm7), ("ucs2", found.ucs2)):
        seen = counts[encoding]
        assert bill == (Bill(min(seen), max(seen)) if seen else None), encoding
    assert planner.count(found.fewest_text) == found.fewest
    assert planner.count(found.most_text) == found.most


def values(alphabet: str, least: int, most: int) -> list[str]:
    return ["".join(value) for n in range(least, most + 1) for value in product(alphabet, repeat=n)]


@given(fixed=FIXED, least=st.integers(0, 2), more=st.integers(0, 1))
def test_what_tips_a_template_is_billed_as_it_would_be(fixed: str, least: int, more: int) -> None:
    planner = septet.Planner("gsm")
    found = Template(fixed + "{a}").bounds(planner, a=(least, least + more))
    for tip in found.tips:
        sample = tip.characters[:3]
        counts = [
            planner.count(fixed + value)
            for value in values("a€" + sample, least, least + more)
            if any(character in value for character in sample)
        ]
        assert bool(counts) == bool(least + more)
        if counts:
            assert tip.bill == (min(counts), max(counts)), tip


def test_what_would_tip_a_template_to_ucs2() -> None:
    found = Template("Bonjour {prenom}").bounds(septet.Planner("gsm"), prenom=(2, 70))
    tips = {tip.name: tip for tip in found.tips}
    # TS 23.038, 6.2.1: à é è ì ò ù ä ö ü å æ ø ñ are in the default alphabet, ç and circumflexes are not.
    assert set("çêëîïôûœ") <= set(tips["lower-case accents"].characters)
    assert not set("àéèìòùäöüåæøñ") & set(tips["lower-case accents"].characters)
    assert "’" in tips["typographic quotation marks"].characters
    # 8 + 70 characters: 78 of 1 unit, or 8 + 140.
    assert tips["lower-case accents"].bill == Bill(1, 2)
    assert tips["emoji"].bill == Bill(1, 3)
    assert (found.gsm7, found.ucs2) == (Bill(1, 1), Bill(1, 3))
    assert found.lost == ()


def test_where_nothing_can_tip_it_what_is_lost_is_said() -> None:
    found = Template("Bonjour {prenom}").bounds(septet.Planner("smsmode"), prenom=(2, 20))
    assert found.ucs2 is None
    assert found.tips == ()
    assert "ç" in dict(found.lost)["lower-case accents"]
    # SMS Partner replaces ç, ê … by characters of the alphabet: only í ú õ æ … have no row.
    found = Template("Bonjour {prenom}").bounds(septet.Planner("smspartner"), prenom=(2, 20))
    assert not set("çêëîïôûœ") & set(dict(found.lost)["lower-case accents"])


def test_a_mention_in_the_template_is_not_added_again() -> None:
    # 160 - 11 of " STOP 36034": beside it 149 units are left.
    planner = septet.Planner("smsmode", commercial=True)
    assert Template("x" * 147 + "{a}").bounds(planner, a=(1, 3)).gsm7 == Bill(1, 2)
    assert Template("x" * 147 + "{a} STOP 36034").bounds(planner, a=(1, 1)).gsm7 == Bill(1, 1)
    assert Template("x" * 147 + " {a}STOP 36034").bounds(planner, a=(1, 1)).gsm7 == Bill(1, 1)


def test_bounds_in_plain_types() -> None:
    import json

    found = Template("Bonjour {prenom}").bounds(septet.Planner(), prenom=(2, 20))
    plain = json.loads(json.dumps(found.to_dict()))
    assert plain["gsm7"] == {"fewest": 1, "most": 1}
    assert plain["tips"][0]["bill"] == {"fewest": 1, "most": 1}


@pytest.mark.parametrize(
    ("lengths", "says"),
    [
        ({}, "no lengths for the field 'prenom': expected, say, prenom=2..20"),
        (
            {"prenom": (2, 20), "prenon": (1, 2)},
            r"the template has no field 'prenon' \(did you mean \"prenom\"\?\)",
        ),
        ({"prenom": (20, 2)}, r"prenom: expected the fewest and the most characters, .* found \(20, 2\)"),
        ({"prenom": (-1, 2)}, "prenom: expected the fewest"),
        ({"prenom": 20}, "prenom: expected the fewest"),
        ({"prenom": (True, 2)}, "prenom: expected the fewest"),
    ],
)
def test_lengths_that_make_no_sense(lengths: Any, says: str) -> None:
    with pytest.raises(ValueError, match=f"^bounds: {says}"):
        Template("Bonjour {prenom}").bounds(septet.Planner(), **lengths)


def test_bounds_that_are_not_known() -> None:
    with pytest.raises(ValueError, match="national language tables"):
        Template("{a}").bounds(septet.Planner(language="tr"), a=(1, 2))


@pytest.mark.parametrize(
    ("profile", "options"),
    [
        ("smsmode", {"max_segments": 2}),
        ("smsmode", {"max_segments": 2, "encoding": "auto"}),
        ("smsmode", {"max_segments": 3, "encoding": "ucs2", "commercial": True}),
        ("clicksend", {"max_segments": 2}),
        ("gsm", {"max_segments": 2, "truncate": True, "encoding": "gsm7"}),
    ],
)
def test_bounds_hold_where_a_cut_keeps_a_large_cluster_whole(profile: str, options: dict[str, Any]) -> None:
    planner = septet.Planner(profile, **options)
    template = Template("Bonjour {a}, votre code est {b}. Merci")
    found = template.bounds(planner, a=(100, 300), b=(1, 300))
    assert planner.count(found.fewest_text) == found.fewest
    assert planner.count(found.most_text) == found.most
    for a in ("x" * 100, "e" + "\u0301" * 299, "x" * 100 + "\u0301" * 200, "я" * 300):
        for b in ("y", "\u0301" * 300, "y" + "\u0301" * 150, "😀" * 300):
            segments = planner.count(template.fill({"a": a, "b": b}))
            assert found.fewest <= segments <= found.most, (a, b)
    assert found.fewest == 1  # the cluster that begins with the blank before {a} leaves "Bonjour"


def test_bounds_are_not_known_where_what_is_kept_decides_its_encoding() -> None:
    planner = septet.Planner("gsm", max_segments=2, truncate=True)
    template = Template("Bonjour {a}")
    assert template.bounds(planner, a=(1, 20)).most == 1
    with pytest.raises(ValueError, match="bounds: not known where some values make the text so long"):
        template.bounds(planner, a=(1, 400))
