"""Column planners: segments, measures and shown texts of columns, as the plan of each row has them."""

from __future__ import annotations

import pickle
import random
from contextlib import suppress
from typing import Any

import columns_of_texts
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import septet
from septet.planning.column_planners import FIELDS, ColumnPlanner

TEXTS = columns_of_texts.with_nulls(columns_of_texts.texts())


SOME: dict[str, dict[str, Any]] = {
    "envoyersmspro": {"commercial": True},
    "smsmode": {"commercial": True},
    "smspartner": {},
    "twilio": {},
}


def shown(planner: septet.Planner, rows: list[str | None]) -> list[str | None]:
    return [None if row is None else planner.plan(row).text for row in rows]


def test_every_profile_answers_for_a_column_as_for_its_texts(kernel: str) -> None:
    column = pa.array(TEXTS, pa.string())
    part = slice(None) if kernel == "cython" else slice(None, None, 3)
    for planner, answers in columns_of_texts.answers(part).items():
        # One of the kernel that is in place.
        columns = ColumnPlanner(septet.Planner(planner.profile, **planner.options))
        measures = [answer and answer.measure._asdict() for answer in answers]
        assert columns.structs(column).to_pylist() == measures, planner
        assert columns.segments(column).to_pylist() == [m and m["billed_segments"] for m in measures], planner
        text = columns.text(column)
        text.validate(full=True)
        assert text.to_pylist() == [answer and answer.text for answer in answers], planner


@settings(max_examples=30)
@given(
    rows=st.lists(
        st.none() | st.text(st.sampled_from("aç’\r\n[€😀\u0301 STOP3604"), max_size=200), max_size=12
    ),
    start=st.integers(0, 12),
)
def test_any_slice_of_any_column_is_shown(kernel: str, rows: list[str | None], start: int) -> None:
    column = pa.array(rows, pa.string()).slice(start)
    for profile, options in SOME.items():
        planner = septet.Planner(profile, **options)
        assert ColumnPlanner(planner).text(column).to_pylist() == shown(planner, rows[start:])


def test_texts_are_shown_in_every_layout(kernel: str) -> None:
    planner = septet.Planner("smsmode", commercial=True)
    columns = ColumnPlanner(planner)
    column = pa.array(TEXTS, pa.string())
    layouts: list[Any] = [
        column.cast(pa.large_string()),
        column.cast(pa.string_view()),
        column.cast(pa.binary()),
        column.cast(pa.binary_view()),
        column.dictionary_encode(),
        pa.chunked_array([column.slice(0, 3), column.slice(3, 0), column.slice(3)]),
    ]
    for layout in layouts:
        assert columns.text(layout).to_pylist() == shown(planner, TEXTS), layout.type
    assert columns.text(pa.chunked_array([], pa.string())).to_pylist() == []
    assert columns.text(pa.nulls(2)).to_pylist() == [None, None]


def test_what_is_no_utf8_shows_nothing(kernel: str) -> None:
    octets = pa.array([b"\xff", "l’été".encode(), None, b"\xe2\x80"], pa.binary())
    columns = ColumnPlanner(septet.Planner("smsmode"))
    assert columns.text(octets).to_pylist() == [None, "l?été", None, None]
    assert columns.segments(octets).to_pylist() == [None, 1, None, None]
    assert columns.structs(octets).to_pylist()[0] == {**dict.fromkeys(FIELDS), "encoding": "invalid"}


def test_strings_that_are_vouched_for_are_not_checked(kernel: str) -> None:
    planner = septet.Planner("twilio")
    columns = pickle.loads(pickle.dumps(ColumnPlanner(planner, vouched=True)))
    expected = [None if text is None else planner.count(text) for text in TEXTS]
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        column = pa.array(TEXTS, kind)
        assert columns.segments(column).to_pylist() == expected
        assert columns.structs(column) == ColumnPlanner(planner).structs(column)
    # Octets are checked all the same.
    octets = pa.array([b"\xff", "été".encode(), b"a" * 40 + b"\xe2\x80"], pa.binary())
    assert columns.segments(octets).to_pylist() == [None, 1, None]
    assert columns.structs(octets).field("encoding").to_pylist() == ["invalid", "gsm7", "invalid"]
    # A lie makes no row wrong but its own.
    draw = random.Random(4)
    for _ in range(100):
        rows = [
            draw.randbytes(draw.randrange(90)) if draw.randrange(2) else (text or "").encode()
            for text in draw.sample(TEXTS, 5)
        ]
        lying = pa.array(rows, pa.binary()).cast(pa.string(), safe=False)
        found = columns.segments(lying).to_pylist()
        for row, count in zip(rows, found, strict=True):
            with suppress(UnicodeDecodeError):
                assert count == planner.count(row.decode())


def test_a_column_that_is_shown_as_it_is_is_not_copied() -> None:
    for kind in (pa.large_string(), pa.string_view()):
        column = pa.array(["abc", None, "éà"], kind)
        assert ColumnPlanner(septet.Planner()).text(column) is column


@pytest.mark.parametrize("wrong", [pa.array([1, 2]), pa.array([["a"]]), pa.array([1]).dictionary_encode()])
def test_what_is_no_column_of_texts(wrong: Any) -> None:
    columns = ColumnPlanner(septet.Planner())
    for asked in (columns.segments, columns.measure, columns.structs, columns.text):
        with pytest.raises(TypeError, match="array: expected a column of texts"):
            asked(wrong)


def test_it_travels_to_another_process() -> None:
    columns = pickle.loads(pickle.dumps(ColumnPlanner(septet.Planner("smsmode", commercial=True))))
    assert columns.text(pa.array(["ça"])).to_pylist() == ["?a STOP 36034"]
