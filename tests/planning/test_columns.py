"""Arrow columns: the same answers as text by text, in every layout that a column can have."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import septet

PLANNERS: list[tuple[str, dict[str, Any]]] = [
    ("gsm", {}),
    ("gsm", {"language": "auto"}),
    ("smspartner", {"encoding": "auto", "commercial": True}),
    ("smsmode", {"commercial": True}),
    ("smsmode", {"optout": "if-free"}),
    ("envoyersmspro", {"truncate": True}),
    ("twilio", {}),
    ("telnyx", {"truncate": True, "max_segments": 2}),
    ("sinch", {}),
    ("sinch", {"encoding": "gsm7"}),
    ("webex", {"encoding": "gsm7"}),
    ("brevo", {}),
    ("octopush", {"truncate": True}),
    ("gsm", {"truncate": "words", "truncate_mark": "...", "max_segments": 1}),
    ("smsmode", {"truncate": "words", "commercial": True, "max_segments": 1}),
]

TEXTS = [
    "abc",
    None,
    "",
    "ça … €",
    "é€" * 100,
    "😀" * 70,
    "STOP 36034",
    "a\r\nb\rc\n",
    "^~",
    "x" * 2000,
    "]" * 153,
    "ğü",
    "“Sale” — 50 % off… " * 8,
    "“Sale” — 50 % off… 😀" * 8,
    "👍🏽" * 40,
    "STOP au [STOP_CODE]",
    "a" * 500,
    None,
    "\0\x1b",
]

# A str that UTF-8 cannot encode is not a text of a column.
texts = st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=200), max_size=20)


def expected(planner: septet.Planner, rows: list[str | None]) -> list[dict[str, Any]]:
    return [
        dict.fromkeys(("encoding", "units", "billed_segments"))
        if row is None
        else planner.measure(row)._asdict()
        for row in rows
    ]


def layouts(rows: list[str | None]) -> dict[str, Any]:
    column = pa.array(rows, pa.string())
    padded = pa.array(["padding €", None, *rows, "more"], pa.large_string())
    return {
        "string": column,
        "large_string": column.cast(pa.large_string()),
        "string_view": column.cast(pa.string_view()),
        "binary": column.cast(pa.binary()),
        "large_binary": column.cast(pa.large_binary()),
        "dictionary": column.dictionary_encode(),
        "sliced": padded.slice(2, len(rows)),
        "sliced dictionary": padded.dictionary_encode().slice(2, len(rows)),
        "chunked": pa.chunked_array([column, column.slice(0, 0)], pa.string()),
        "chunks": pa.chunked_array([column.slice(0, 3), column.slice(3)], pa.string()),
    }


@pytest.mark.parametrize("layout", layouts([]))
@pytest.mark.parametrize(("profile", "options"), PLANNERS)
def test_a_column_is_measured_as_its_texts_are(
    kernel: str, profile: str, options: dict[str, Any], layout: str
) -> None:
    planner = septet.Planner(profile, **options)
    batch = planner.measure_arrow(layouts(TEXTS)[layout])
    batch.validate(full=True)
    assert batch.to_pylist() == expected(planner, TEXTS)


@given(rows=texts, start=st.integers(0, 20), count=st.integers(0, 20), wide=st.booleans())
def test_any_slice_of_any_column(
    kernel: str, rows: list[str | None], start: int, count: int, wide: bool
) -> None:
    planner = septet.Planner("smspartner", encoding="auto", commercial=True)
    column = pa.array(rows, pa.large_string() if wide else pa.string()).slice(start, count)
    batch = planner.measure_arrow(column)
    batch.validate(full=True)
    assert batch.to_pylist() == expected(planner, rows[start : start + count])


@given(rows=st.lists(st.none() | st.binary(max_size=40), max_size=20))
def test_rows_that_are_no_utf8_are_reported(kernel: str, rows: list[bytes | None]) -> None:
    planner = septet.Planner("smsmode")
    found = planner.measure_arrow(pa.array(rows, pa.binary())).to_pylist()
    for row, answer in zip(rows, found, strict=True):
        try:
            text = None if row is None else row.decode("utf-8")
        except UnicodeDecodeError:
            assert answer == {"encoding": "invalid", "units": None, "billed_segments": None}
        else:
            assert answer == expected(planner, [text])[0]


def test_columns_without_rows_and_without_texts(kernel: str) -> None:
    planner = septet.Planner()
    for empty in (
        pa.array([], pa.string()),
        pa.array([], pa.string_view()),
        pa.array([], pa.string()).dictionary_encode(),
        pa.chunked_array([], pa.large_string()),
    ):
        batch = planner.measure_arrow(empty)
        assert (batch.num_rows, batch.schema.names) == (0, ["encoding", "units", "billed_segments"])
    assert planner.measure_arrow(pa.nulls(2)).to_pylist() == expected(planner, [None, None])


@pytest.mark.parametrize("wrong", [["abc"], "abc", None, pa.array([1, 2]), pa.table({"a": ["b"]})])
def test_what_is_no_column_of_texts(wrong: Any) -> None:
    with pytest.raises(TypeError, match="array: expected a"):
        septet.Planner().measure_arrow(wrong)


def test_a_planner_travels_to_another_process_and_measures_there() -> None:
    planner = pickle.loads(pickle.dumps(septet.Planner("smsmode", commercial=True)))
    assert planner.measure_arrow(pa.array(["ça"])).to_pylist()[0]["units"] == 2 + len(" STOP 36034")


def test_without_pyarrow_one_line_says_what_to_install() -> None:
    code = "import sys; sys.modules['pyarrow'] = None; import septet; septet.Planner().measure_arrow([])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert result.stderr.splitlines()[-1] == (
        'ModuleNotFoundError: measuring Arrow columns needs pyarrow: pip install "septet[campaign]"'
    )
