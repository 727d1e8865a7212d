"""Written values: floats with all their digits, in columns and one by one."""

from __future__ import annotations

import math
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from septet.campaign import Template
from septet.errors import CampaignError
from septet.templates.written_values import in_full, written


def test_floats_are_written_with_all_their_digits() -> None:
    values = {33612345678.0: "33612345678", 0.1: "0.1", 5.0: "5", 1234567890123.25: "1234567890123.25"}
    values |= {1e-9: "0.000000001", -2e10: "-20000000000", 2.0**53 - 1: "9007199254740991"}
    column = pa.array([*values, None, math.nan], pa.float64())
    assert written(pa, column).to_pylist() == [*values.values(), None, None]
    assert [in_full(value) for value in values] == list(values.values())
    assert written(pa, pa.array([0.1, 3e9], pa.float32())).to_pylist() == ["0.1", "3000000000"]


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_what_is_written_is_the_value(value: float) -> None:
    assert float(in_full(value)) == value
    found = written(pa, pa.array([value]))[0].as_py()
    assert float(found) == value
    if abs(value) < 2**53:
        assert "e" not in found
        assert Decimal(found) == Decimal(in_full(value))


def test_dictionaries_and_views_are_texts() -> None:
    views = pa.array(["a", "b"], pa.string_view())
    column = pa.DictionaryArray.from_arrays(pa.array([1, None, 0]), views)
    assert written(pa, column).to_pylist() == ["b", None, "a"]
    assert written(pa, pa.array([b"\xff"], pa.binary_view())).to_pylist() == [b"\xff"]


def test_octets_of_one_length_are_no_text() -> None:
    batch = pa.RecordBatch.from_pydict({"name": pa.array([b"12345678"], pa.binary(8))})
    with pytest.raises(
        CampaignError, match=r"the column 'name' cannot be written into a text: .*binary\[8\]"
    ):
        Template("Dear {name}").render(batch)


def test_one_row_is_filled_as_a_column_is() -> None:
    template = Template("{n} {code}")
    assert template.fill({"n": 33612345678.0, "code": b"x"}) == "33612345678 x"
    batch = pa.RecordBatch.from_pydict({"n": [33612345678.0], "code": [b"x"]})
    assert template.render(batch).texts.to_pylist() == [b"33612345678 x"]
