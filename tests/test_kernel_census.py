"""The census: which marked characters the rows of a column hold, against counting them one by one."""

from __future__ import annotations

import importlib
from array import array
from collections import Counter
from collections.abc import Iterator
from typing import Any

import kernel_texts
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernel_texts import CUT, OUTSIDE, Column

from septet import _kernel_py

try:
    _kernel_c: Any = importlib.import_module("septet._kernel_c")
except ImportError:
    _kernel_c, PATHS = None, ["unbuilt"]
else:
    PATHS = list(_kernel_c.PATHS)

FORCING, DOUBLE, SILENT = 1, 2, CUT | 4


@pytest.fixture(
    scope="module",
    params=["python", *(pytest.param(f"cython-{path}", marks=pytest.mark.compiled_kernel) for path in PATHS)],
)
def either(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The twin, and the compiled kernel on each path."""
    if request.param == "python":
        yield _kernel_py
        return
    assert _kernel_c is not None, "the compiled kernel does not load: build it, or run --no-compiled-kernel"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_kernel_c, "PATH", request.param.removeprefix("cython-"))
        yield _kernel_c


def census(kernel: Any) -> Any:
    """Of candidate 0: brackets and € count double; of 1: all but a, é and € is counted, U+001B is not."""
    doubles = {ord(character): DOUBLE for character in "[]€"}
    weights = {ord(character): 1 for character in "aé"} | dict.fromkeys(doubles, 2)
    others = {ord(character): 0 for character in "aé€"} | {0x1B: SILENT}
    return kernel.Census(
        (kernel.Weights(doubles, 0, 0), kernel.Weights(others, FORCING, FORCING)),
        (kernel.Weights(weights, OUTSIDE, OUTSIDE), kernel.Weights({}, 1, 2)),
    )


def column(rows: list[bytes], wide: bool = False) -> Column:
    offsets = array("q" if wide else "i", [0])
    for row in rows:
        offsets.append(offsets[-1] + len(row))
    return Column(b"".join(rows), offsets, None, 0, len(rows))


def one_by_one(rows: list[str], candidates: list[int]) -> Any:
    """What `kernel_texts.counted` would answer, its amounts included."""
    found: dict[tuple[int, int], Counter[str]] = {}
    flags, excess = [], []
    for row, (text, candidate) in enumerate(zip(rows, candidates, strict=True)):
        amount = row * row - 3
        marked = [c for c in text if (c in "[]€" if candidate == 0 else c not in "aé€")]
        counted = {c for c in marked if c != "\x1b"} if candidate == 1 else set(marked)
        if candidate not in (0, 1):
            marked, counted = [], set()
        for character in counted:
            entry = found.setdefault((candidate, ord(character)), Counter())
            entry.update(rows=1, amount=amount)
            if len(counted) == 1:
                entry.update(alone=1, alone_amount=amount)
        mark = DOUBLE if candidate == 0 else FORCING
        flags.append((mark if counted else 0) | (SILENT if candidate == 1 and "\x1b" in marked else 0))
        excess.append(len(marked) if candidate == 0 else sum(c > "\uffff" for c in marked))
    figures = [
        (*key, entry["rows"], entry["amount"], entry["alone"], entry["alone_amount"])
        for key, entry in sorted(found.items())
    ]
    return figures, flags, excess


texts = st.text(st.sampled_from("aaaaaaaé[]€’Ж字😀\x1b\uffff\U0010ffff"), max_size=100)


@given(rows=st.lists(texts, max_size=12), wide=st.booleans())
def test_rows_are_counted_as_one_by_one(either: Any, rows: list[str], wide: bool) -> None:
    candidates = [row % 4 - 1 for row in range(len(rows))]
    answer = kernel_texts.counted(census(either), column([r.encode() for r in rows], wide), 2)
    assert answer == one_by_one(rows, candidates)


@given(rows=st.lists(st.binary(max_size=40), max_size=8))
def test_what_is_no_utf8_is_passed_over(either: Any, rows: list[bytes]) -> None:
    kept = [row.decode("utf-8", "ignore") for row in rows]
    candidates = [row % 4 - 1 for row in range(len(rows))]
    answer = kernel_texts.counted(census(either), column(rows), 2)
    assert answer == one_by_one(kept, candidates)


@pytest.mark.parametrize("offsets", [[0, 4, 3], [0, 4, 6], [-1, 3, 5], [2, 1, 5]])
def test_offsets_that_lead_astray_are_refused(either: Any, offsets: list[int]) -> None:
    astray = Column(b"abcde", array("i", offsets), None, 0, 2)
    with pytest.raises(ValueError, match=r"row [01]: its offsets lead out of the data"):
        kernel_texts.counted(census(either), astray, 2)


@pytest.mark.parametrize("short", range(5))
def test_buffers_that_are_too_short_are_refused(either: Any, short: int) -> None:
    buffers = [
        array("i", [0, 1, 2]),
        array("b", [0, 0]),
        array("q", [0, 0]),
        array("B", [0, 0]),
        array("q", [0, 0]),
    ]
    buffers[short] = buffers[short][:-1]
    offsets, *others = map(memoryview, buffers)
    with pytest.raises(ValueError, match=r"\d items, not \d"):
        census(either).count(b"ab", offsets, 2, *others)


def test_no_rows_and_too_few_weights(either: Any) -> None:
    nothing = memoryview(array("q"))
    assert census(either).count(b"", nothing, 0, nothing, nothing, nothing, nothing) == []
    with pytest.raises(ValueError, match="no rows: -1"):
        census(either).count(b"", nothing, -1, nothing, nothing, nothing, nothing)
    with pytest.raises(ValueError, match="1 weights, not 0"):
        either.Census((), (either.Weights({}, 1, 2),))
