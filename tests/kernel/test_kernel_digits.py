"""The numbers that rows spell, against their definition."""

from __future__ import annotations

import re
from array import array
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

BETWEEN = b" -./()"
MOST, LONGEST = 18, 40

ROWS = st.one_of(
    st.none(),
    st.from_regex(re.compile(rb"\+?[0-9]{0,20}"), fullmatch=True),
    st.from_regex(re.compile(rb"\+?[0-9 ./()-]{0,45}"), fullmatch=True),
    st.tuples(
        st.from_regex(re.compile(rb"\+?[0-9]{0,17}"), fullmatch=True),
        st.binary(max_size=1),
        st.from_regex(re.compile(rb"[0-9 ]{0,10}"), fullmatch=True),
    ).map(b"".join),
)


def defined(row: bytes | None) -> tuple[int, int, int]:
    """The number of a row, how many digits it has, and whether a plus comes first."""
    if row is None or len(row) > LONGEST:
        return 0, 0, 0
    found = re.fullmatch(rb"(\+?)([0-9 ./()-]*)", row)
    digits = [] if found is None else [octet for octet in found[2] if octet in b"0123456789"]
    if found is None or not 0 < len(digits) <= MOST:
        return 0, 0, 0
    number = 0
    for octet in digits:
        number = 10 * number + b"0123456789".index(octet)
    return number, len(digits), len(found[1])


def read(
    kernel: Any, rows: list[bytes | None], *, code: str = "i", most: int = MOST
) -> list[tuple[int, ...]]:
    """What the kernel says of rows; null ones have octets, too, which count for nothing."""
    parts = [b"+33612345678" if row is None else row for row in rows]
    offsets = array(code, [0])
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    valid = sum(1 << place for place, row in enumerate(rows) if row is not None)
    validity = valid.to_bytes(len(rows) // 8 + 1, "little") if None in rows else None
    values, lengths, plus = (
        array("q", [7] * len(rows)),
        bytearray([7] * len(rows)),
        bytearray([7] * len(rows)),
    )
    written = memoryview(values), memoryview(lengths), memoryview(plus)
    # Exactly the octets of the rows: nothing behind them may be read.
    kernel.digits(b"".join(parts), memoryview(offsets), validity, len(rows), BETWEEN, most, LONGEST, *written)
    return list(zip(values, lengths, plus, strict=True))


@given(st.lists(ROWS, max_size=20), st.sampled_from("iq"))
def test_a_row_is_read_as_it_is_defined(either: Any, rows: list[bytes | None], code: str) -> None:
    assert read(either, rows, code=code) == [defined(row) for row in rows]


@pytest.mark.parametrize("length", range(20))
def test_each_digit_counts_at_its_place(either: Any, length: int) -> None:
    rows: list[bytes | None] = [b"0" * length, b"9" * length]
    rows += [
        b"0" * place + digit + b"0" * (length - place - 1)
        for place in range(length)
        for digit in (b"1", b"9")
    ]
    for sign in (b"/", b":", b"\x00", b"\xb5", b"x", b"+"):
        rows += [b"5" * place + sign + b"5" * (length - place - 1) for place in range(length)]
    assert read(either, rows) == [defined(row) for row in rows]
    assert read(either, [b"+" + (row or b"") for row in rows]) == [
        defined(b"+" + (row or b"")) for row in rows
    ]


def test_more_digits_than_asked_for_are_none(either: Any) -> None:
    rows: list[bytes | None] = [b"123456789", b"1234567890", b"12 345 678 9", b"1 234 567 890"]
    assert [length for _, length, _ in read(either, rows, most=9)] == [9, 0, 9, 0]
    assert [length for _, length, _ in read(either, rows, most=0)] == [0, 0, 0, 0]


def test_longer_rows_than_asked_for_are_none(either: Any) -> None:
    rows: list[bytes | None] = [
        b"12".ljust(LONGEST),
        b"12".ljust(LONGEST + 1),
        b"+12".ljust(LONGEST),
        b"+12".ljust(LONGEST + 1),
    ]
    assert [length for _, length, _ in read(either, rows)] == [2, 0, 2, 0]


def test_what_is_not_possible_is_refused(either: Any) -> None:
    with pytest.raises(ValueError, match="19 digits, more than 18"):
        read(either, [b"1"], most=19)
    values, lengths = memoryview(array("q", [0])), memoryview(bytearray(1))
    for offsets, said in (
        ([0, 3], "row 0: its offsets"),
        ([2, 1], "row 0: its offsets"),
        ([-1, 1], "row 0"),
        ([0], "1 items, not 2"),
    ):
        with pytest.raises(ValueError, match=said):
            either.digits(
                b"12", memoryview(array("i", offsets)), None, 1, b"", 18, 40, values, lengths, lengths
            )
    for short in range(3):
        written = [values, lengths, memoryview(bytearray(1))]
        written[short] = memoryview(array("q")) if short == 0 else memoryview(bytearray())
        with pytest.raises(ValueError, match="0 items, not 1"):
            either.digits(b"12", memoryview(array("i", [0, 2])), None, 1, b"", 18, 40, *written)
