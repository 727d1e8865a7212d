"""Sets of numbers, against Python's own."""

from __future__ import annotations

import sys
from array import array
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kernels import PATHS, on_path

NUMBERS = st.integers(-(2**63), 2**63 - 1) | st.integers(-3, 3) | st.integers(33600000000, 33600000040)


def again(numbers: Any, some: list[int]) -> list[bool]:
    found = array("B", [7] * len(some))
    numbers.again(memoryview(array("q", some)), memoryview(found))
    assert set(found) <= {0, 1}
    return [bool(one) for one in found]


def defined(known: set[int], some: list[int]) -> list[bool]:
    found = []
    for number in some:
        found.append(number in known)
        known.add(number)
    return found


@given(st.lists(st.lists(NUMBERS, max_size=80), max_size=5))
def test_a_number_is_repeated_where_it_came_before(either: Any, parts: list[list[int]]) -> None:
    numbers, known = either.NumberSet(), set[int]()
    for some in parts:
        assert again(numbers, some) == defined(known, some)
        assert len(numbers) == len(known)


@pytest.mark.parametrize("step", [1, 1 << 20, 0x9E3779B97F4A7C15 >> 3, 1_548_008_755_920, 10**10])
def test_many_numbers_are_each_there_once(either: Any, step: int) -> None:
    numbers, known, chance = either.NumberSet(), set[int](), Random(step)
    for size in (1, 0, 50, 767, 768, 769, 3, 20_000, 700):
        some = [(chance.randrange(4 * size) * step + 33 * 10**9) % 2**63 for _ in range(size)]
        assert again(numbers, some) == defined(known, some)
    assert len(numbers) == len(known)
    assert again(numbers, sorted(known)) == [True] * len(known)


@pytest.mark.parametrize("size", [1000, 49_000, 49_200, 100_000])
@pytest.mark.compiled_kernel
def test_the_compiled_one_is_small(size: int) -> None:
    with on_path(PATHS[0]) as kernel:
        numbers = kernel.NumberSet()
    assert sys.getsizeof(numbers) < 100
    for start in range(0, size, 500):
        again(numbers, list(range(start, start + 500)))
    assert 10 * size < sys.getsizeof(numbers) < 22 * size


def test_short_buffers_are_refused(either: Any) -> None:
    numbers = either.NumberSet()
    with pytest.raises(ValueError, match="3 items, not 4"):
        numbers.again(memoryview(array("q", [1, 2, 3, 4])), memoryview(bytearray(3)))
    assert len(numbers) == 0
