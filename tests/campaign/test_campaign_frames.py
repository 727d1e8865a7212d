"""Frames of pandas and Polars as people have them: read, or refused in one clear line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import septet
from septet.campaign import Estimate, estimate
from septet.campaign.text_columns import column_of
from septet.errors import CampaignError

TEXTS = ["Bonjour", "l’été" * 20, None, ""]
#: Sums over the texts; a missing text counts as an empty one.
SEGMENTS = sum(septet.count(text or "") for text in TEXTS)


def frames(texts: list[str | None]) -> dict[str, Any]:
    """The texts in each kind of frame and of column."""
    kinds = [pl.String, pl.Categorical, pl.Enum(sorted({text for text in texts if text is not None}))]
    found: dict[str, Any] = {}
    for kind in kinds:
        column = pl.Series("message", texts, dtype=kind)
        found |= {
            f"{kind}": column.to_frame(),
            f"{kind}, lazy": column.to_frame().lazy(),
            f"{kind} alone": column,
        }
    objects = pd.Series(texts, name="message", dtype=object)
    found["objects of Polars"] = pl.DataFrame({"message": pl.Series(texts, dtype=pl.Object)})
    for dtype in (object, "category", "string", pd.ArrowDtype(pa.large_string())):
        found[f"pandas, {dtype}"] = objects.astype(dtype).to_frame()
        found[f"pandas, {dtype} alone"] = objects.astype(dtype)
    found["index"] = pd.DataFrame(
        {"n": range(len(texts))}, index=pd.Index(texts, name="message", dtype=object)
    )
    return found


def test_texts_in_any_column_of_a_frame() -> None:
    for name, frame in frames(TEXTS).items():
        found = estimate(frame)
        assert (found.rows, found.measured, found.segments) == (4, 4, SEGMENTS), name
        assert estimate(frame[:0] if "lazy" not in name else frame.head(0)).rows == 0, name


def test_the_rows_of_any_frame_are_handed_on() -> None:
    for name, frame in frames(TEXTS).items():
        batches: list[pa.RecordBatch] = []
        estimate(frame, sink=batches.append)
        rows = [row for batch in batches for row in batch.to_pylist()]
        assert [row["message"] or "" for row in rows] == [text or "" for text in TEXTS], name
        assert sum(row["billed_segments"] for row in rows) == SEGMENTS, name


def test_a_template_fills_in_what_a_frame_has() -> None:
    for name, frame in frames(["Ann", None, "Zoé"]).items():
        if "alone" not in name:
            found = estimate(frame, template="Bonjour {message}")
            assert (found.measured, found.rejects) == (2, Counter({"missing-field": 1})), name
    numbers = {"n": [1.0, None, 33612345678.0, float("nan")]}
    for frame in (pd.DataFrame(numbers), pl.DataFrame(numbers), pl.LazyFrame(numbers), rows_of(numbers)):
        texts: list[pa.RecordBatch] = []
        estimate(frame, template="n {n}", sink=texts.append)
        assert [row["message"] for batch in texts for row in batch.to_pylist()] == ["n 1", "n 33612345678"]


def rows_of(columns: dict[str, list[Any]]) -> list[dict[str, Any]]:
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


RECIPIENTS: dict[str, tuple[list[Any], int]] = {
    "texts": (["33612345678", None, "33698765432"], 2),
    "floats, as one is missing": ([33612345678.0, None, 33698765432.0], 2),
    "NaN": ([33612345678.0, float("nan"), 33698765432.0], 2),
    "whole numbers": ([33612345678, None, 33698765432], 2),
    "no whole number, and too large a one": ([33612345678.5, 3.3612345678e20, 33612345678.0], 1),
}
MAKERS: tuple[Callable[[dict[str, list[Any]]], Any], ...] = (
    pd.DataFrame,
    pl.DataFrame,
    pl.LazyFrame,
    rows_of,
    lambda columns: pd.DataFrame(columns).astype(object),
)


def test_recipients_that_a_frame_made_numbers_of() -> None:
    for name, (recipients, known) in RECIPIENTS.items():
        for make in MAKERS:
            found = estimate(make({"message": ["a"] * 3, "mobile": recipients}), recipient="mobile")
            assert (found.measured, found.rejects["bad-number"]) == (known, 3 - known), name
    query = duckdb.sql(
        "SELECT 'a' AS message, unnest([33612345678.0, 33698765432.50])::DECIMAL(20, 2) AS mobile"
    )
    assert estimate(query, recipient="mobile").measured == 1


def test_the_rows_have_their_recipients_in_full() -> None:
    frame = pd.DataFrame({"message": ["a", "b"], "mobile": [33612345678.0, None]})
    batches: list[pa.RecordBatch] = []
    estimate(frame, recipient="mobile", sink=batches.append)
    assert [row["mobile"] for batch in batches for row in batch.to_pylist()] == ["33612345678"]


def test_objects_of_several_kinds() -> None:
    numbers = ["33612345678", 33698765432, 33612345678.0, None]
    frame = pd.DataFrame({"message": ["a"] * 4, "mobile": numbers, "junk": [1, "x", [2], {}]})
    assert estimate(frame, recipient="mobile").rejects == Counter({"bad-number": 1})
    assert estimate(frame).measured == 4  # nothing is read from the other columns
    batches: list[pa.RecordBatch] = []
    assert estimate(frame, sink=batches.append).measured == 4
    assert [row["junk"] for row in batches[0].to_pylist()] == ["1", "x", "[2]", "{}"]
    messages = ["a", 5, ["x"], b"b", True, "lone \ud800", None]
    found = estimate(pd.DataFrame({"message": messages}))
    assert found.rejects == Counter({"not-text": 3, "bad-bytes": 1})
    assert found.measured == 3
    found = estimate(pl.DataFrame({"message": pl.Series(["a", ["x"], None], dtype=pl.Object)}))
    assert (found.measured, found.rejects) == (2, Counter({"not-text": 1}))
    assert estimate(pd.Series(["a", "lone \ud800"], dtype=object)).rejects == Counter({"bad-bytes": 1})


def test_a_query_is_run_for_what_is_read_alone() -> None:
    def refuse(column: Any) -> Any:
        raise AssertionError("this column was not asked for")

    query = pl.LazyFrame({"message": ["a", "b"]}).with_columns(
        other=pl.col("message").map_batches(refuse, return_dtype=pl.Int64)
    )
    assert estimate(query).segments == 2
    assert estimate(query, template="Bonjour").rows == 2


@pytest.mark.parametrize(
    ("frame", "options", "expected"),
    [
        (pl.LazyFrame({"a": ["x"]}), {}, "the query: no column is named 'message': the columns are a"),
        (
            pl.LazyFrame({"a": ["x"]}).select("b"),
            {},
            'the query: it has no answer: unable to find column "b"',
        ),
        (
            pl.LazyFrame({"message": ["x"]}).with_columns(pl.col("message").cast(pl.Int64)),
            {},
            "the query: it has no answer: conversion from `str` to `i64` failed",
        ),
        (pl.DataFrame({"message": [["x"]]}), {}, "column 'message': expected texts, found large_list"),
        (pd.DataFrame({"message": [1, 2]}), {}, "column 'message': expected texts, found int64"),
        (
            pd.DataFrame([["a", "b"]], columns=["message", "message"]),
            {},
            "the table: more than one column is named 'message'",
        ),
        (
            pl.DataFrame({"n": [["x"]]}),
            {"template": "{n}"},
            "template: the column 'n' cannot be written into a text",
        ),
    ],
)
def test_what_cannot_be_read_is_one_line(frame: Any, options: dict[str, Any], expected: str) -> None:
    with pytest.raises(CampaignError) as raised:
        estimate(frame, **options)
    assert str(raised.value).startswith(expected)
    assert "\n" not in str(raised.value)


def test_several_frames_one_after_the_other() -> None:
    found: Estimate = estimate([pd.DataFrame({"message": ["a", None]}), pd.DataFrame({"message": ["b"]})])
    assert (found.rows, found.segments) == (3, 2)


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()])
def test_an_array_of_nothing_may_have_no_buffers(kind: pa.DataType) -> None:
    column = column_of(pa.Array.from_buffers(kind, 0, [None, None, pa.py_buffer(b"")]))
    assert (column.rows, bytes(column.data), list(column.offsets), column.validity) == (0, b"", [0], None)
