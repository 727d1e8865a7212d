"""Columns of views: the answers of the same column with offsets, and no step out of their buffers."""

from __future__ import annotations

import random
import struct
from array import array
from typing import Any

import kernel_texts
import pyarrow as pa
import pytest
from kernel_texts import OUTSIDE, Table

_GSM = Table(
    {ordinal: 2 if chr(ordinal) in "^{}[~]|\\" else 1 for ordinal in range(10, 127)}, OUTSIDE, OUTSIDE
)
_UCS2 = Table({}, 1, 2)


def make_meter(kernel: Any, **rules: Any) -> Any:
    candidates = (
        kernel.Candidate(kernel.Weights(*_GSM), 160, 153),
        kernel.Candidate(kernel.Weights(*_UCS2), 70, 67),
    )
    defaults = {"physical": True, "one_line_break": True, "limit": 0, "needles": ()}
    return kernel.Meter(candidates, lambda text: (1, len(str(text)), 99), **defaults | rules)


def measure(meter: Any, views: bytes, data: tuple[Any, ...], rows: int, **others: Any) -> Any:
    places, units, billed = array("b", [7] * rows), array("q", [7] * rows), array("q", [7] * rows)
    written = [others.get("written", memoryview(array_)) for array_ in (places, units, billed)]
    refused = meter.measure_views(views, data, others.get("validity"), others.get("first", 0), rows, *written)
    return refused, places.tolist(), units.tolist(), billed.tolist()


def test_views_answer_as_offsets_do(either: Any) -> None:
    draw = random.Random("views")
    for _ in range(300):
        texts = [kernel_texts.draw_text(draw) for _ in range(draw.randrange(1, 8))]
        column = kernel_texts.draw_column(draw, texts)
        rules: dict[str, Any] = draw.choice([{}, {"needles": None}, {"needles": (("a",),)}, {"limit": 1}])
        meter = make_meter(either, **rules)
        assert kernel_texts.measured_in_views(meter, column) == kernel_texts.measured(meter, column)


def test_columns_of_arrow_itself(either: Any) -> None:
    rows = ["", None, "twelve octet", "thirteen octe", "é" * 6, "é" * 7, "x" * 400, "😀" * 40, "ж\r\n", None]
    meter = make_meter(either)
    expected = [(-1, 0, 0) if row is None else meter.measure(row) for row in rows] * 30
    # Chunks put together keep the buffers of each: there are many.
    chunks = [pa.array(rows, pa.string_view()) for _ in range(30)]
    for start in (0, 1, 13, 299):
        views = pa.concat_arrays(chunks).slice(start)
        validity, found, *data = views.buffers()
        assert len(data) >= 30
        asked = {"validity": validity, "first": views.offset}
        refused, *columns = measure(meter, found, tuple(data), len(views), **asked)
        assert (refused, list(zip(*columns, strict=True))) == ([], expected[start:])


def view(length: int, number: int = 0, start: int = 0) -> bytes:
    return struct.pack("=i4sii", length, b"abcd", number, start)


@pytest.mark.parametrize(
    "astray",
    [
        view(-1),
        view(-(2**31)),
        view(21),
        view(20, 0, 1),
        view(20, 0, -1),
        view(13, 1),
        view(13, -1),
        view(13, 2**31 - 1, 2**31 - 1),
        view(2**31 - 1, 0, 2**31 - 1),
    ],
)
def test_views_that_lead_astray_are_refused(either: Any, astray: bytes) -> None:
    meter, data = make_meter(either), (b"x" * 20,)
    with pytest.raises(ValueError, match="row 1: its view leads out of the data"):
        measure(meter, view(13) + astray, data, 2)
    # Nothing of a null row is looked at.
    assert measure(meter, view(20) + astray, data, 2, validity=b"\1") == ([], [0, -1], [20, 0], [1, 0])


def test_a_view_at_the_ends_of_its_buffer(either: Any) -> None:
    meter, data = make_meter(either), (b"[" + b"x" * 40, b"", b"y" * 13)
    views = view(13) + view(13, 0, 28) + view(41) + view(13, 2) + struct.pack("=i12s", 12, b"]" * 12)
    assert measure(meter, views, data, 5) == ([], [0] * 5, [14, 13, 42, 13, 24], [1] * 5)
    assert measure(meter, views, data, 0) == ([], [], [], [])


def test_buffers_that_are_too_short_are_refused(either: Any) -> None:
    meter = make_meter(either)
    for views, rows, others in (
        (view(2) + view(2)[:15], 2, {}),
        (view(2), 1, {"first": 1}),
        (view(2), 1, {"validity": b""}),
        (view(2) * 2, 2, {"written": memoryview(array("q", [0]))}),
    ):
        with pytest.raises(ValueError, match=r"items"):
            measure(meter, views, (), rows, **others)
    for first, rows in ((-1, 1), (0, -1)):
        with pytest.raises(ValueError, match="no rows"):
            meter.measure_views(b"", (), None, first, rows, *[memoryview(b"")] * 3)
    with pytest.raises((TypeError, BufferError)):
        measure(meter, view(2), (None,), 1)


def test_octets_that_are_no_utf8_are_refused(either: Any) -> None:
    meter = make_meter(either)
    rows = [b"\xff", b"abc\xe2\x82", b"a" * 40 + b"\x80", b"\xed\xa0\x80", "é".encode() * 30]
    views = pa.array(rows, pa.binary_view())
    _, found, *data = views.buffers()
    refused, places, *_ = measure(meter, found, tuple(data), len(rows))
    assert (refused, places) == ([0, 1, 2, 3], [-1, -1, -1, -1, 1])
