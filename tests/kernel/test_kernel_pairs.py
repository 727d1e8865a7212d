"""Pairs of octets in the rows of a column, and what is near a marked character, against plain definitions."""

from __future__ import annotations

from array import array
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from kernel_texts import CUT

PAIRS = (
    (b"()\xf0", b"ab\x9f"),
    (b"  \t", b" \n"),
    (bytes(range(0x80, 0xC0)), bytes(range(0xC2, 0xF5))),
    (b"\xc2", b"\xa0\xa9"),
)
LEADING = ((b".", bytes(range(0x61, 0x7B)) + b"\xc3"), (b"-\n", b"-()"))
LED, OPENING, CLOSING = 0b1001, 0x4000, 0x8000
ENDS = "\0 b\u00a0\u2003\u2029\uffff"


def marks_of(kernel: Any, rows: list[bytes], first: int = 0) -> list[int]:
    pairs = kernel.Pairs(PAIRS, ENDS, LEADING, LED)
    offsets = array("q", [0])
    for row in rows:
        offsets.append(offsets[-1] + len(row))
    marks = array("H", [0xFFFF] * (len(rows) - first))
    pairs.mark(b"".join(rows), memoryview(offsets)[first:], len(rows) - first, memoryview(marks))
    return marks.tolist()


def defined(row: bytes) -> int:
    """The marks of a row, octet by octet."""
    found, is_led = 0, False
    for one, other in pairwise(row):
        is_led = is_led and one > 0x20
        here = sum(1 << place for place, (a, b) in enumerate(PAIRS) if one in a and other in b)
        found |= here if is_led else here & ~LED
        is_led = is_led or any(one in a and other in b for a, b in LEADING)
    ends = [character.encode() for character in ENDS]
    found |= OPENING if any(row[: len(end)] == end for end in ends) else 0
    return found | (CLOSING if any(row[-len(end) :] == end for end in ends) else 0)


_OCTETS = st.lists(
    st.sampled_from(
        [
            *(b".a", b".", b"-", b"(a", b")", b"a", b" ", b"\n", b"\xc2\xa0", b"\xc2", b"\xf0\x9f"),
            *(b"x" * 31, b"\xc3\xa9", b"\xe2\x80\x83", b"\xe2\x80\xa9", b"\xe2", b"\x80", b"\xa9"),
            *(b"\xef\xbf\xbf", b"\0"),
        ]
    ),
    max_size=14,
).map(b"".join)


@given(st.lists(_OCTETS | st.binary(max_size=70), max_size=6), st.integers(0, 3))
@example([b"x" * 31 + b".", b"a", b"x" * 29 + b".a" + b"(a"], 0)
@example([b"x" * 31 + b".a(a", b" ", b"\xc2", b"\xa0"], 1)
@example([b"\xe2", b"\x80\x83", b"\x80\x83\xe2\x80", b"\x83", b"\xc2", b"\xa0 ", b"b", b"\0"], 0)
@example([b"", b".a\n(a", b".a" + b"-" * 40 + b"(a", b".a" + b"-" * 29 + b" (a"], 0)
def test_pairs_are_those_of_the_definition(either: Any, rows: list[bytes], first: int) -> None:
    first = min(first, len(rows))
    assert marks_of(either, rows, first) == [defined(row) for row in rows[first:]]


def test_what_cannot_be_asked(either: Any) -> None:
    with pytest.raises(ValueError, match="15 pairs, more than 14"):
        either.Pairs(((b"a", b"b"),) * 15)
    with pytest.raises(ValueError, match="9 pairs, more than 8"):
        either.Pairs(((b"a", b"b"),), leading=((b"a", b"b"),) * 9)
    with pytest.raises(ValueError, match="33 ends, more than 32"):
        either.Pairs((), "a" * 33)
    with pytest.raises(ValueError, match="beyond the BMP: '🎉'"):
        either.Pairs((), "a🎉")
    with pytest.raises(ValueError, match="surrogates not allowed"):
        either.Pairs((), "\ud800")
    for led in (2, -1):
        with pytest.raises(ValueError, match="no such pairs"):
            either.Pairs(((b"a", b"b"),), led=led)
    pairs = either.Pairs(((b"a", b"b"), (b"", b"b")))
    marks = memoryview(array("H", [7]))
    pairs.mark(b"", memoryview(array("q")), 0, marks)
    pairs.mark(b"ab", memoryview(array("i", [0, 2])), 1, marks)
    assert marks.tolist() == [1]
    for rows, offsets, error in (
        (1, [0, 3], "row 0"),
        (2, [0, 1, 2], "not 2"),
        (1, [0], "not 2"),
        (-1, [0], "no rows"),
    ):
        with pytest.raises(ValueError, match=error):
            pairs.mark(b"ab", memoryview(array("q", offsets)), rows, marks)


NEAR = (b"0.", b"1@", b":", b"=\xab", b"de", b"23", (b"xa", b"ab"))
MARK, PARTED = CUT | 0x20 | 4, 0x40


def near_of(kernel: Any, rows: list[str]) -> list[bool]:
    """Which rows have the mark, of those that hold é, ñ or 🎉."""
    weights = kernel.Weights({}, 1, 2)
    marks = kernel.Weights({0xE9: MARK, 0xF1: MARK | PARTED, 0x1F389: MARK, 1: MARK}, 0, 0)
    meter = kernel.Meter(
        (kernel.Candidate(weights, 70, 67),),
        lambda text: (7, 0, 0),
        physical=False,
        one_line_break=False,
        limit=0,
        needles=(),
    )
    census = kernel.Census(meter, (marks,), None, NEAR)
    octets = [row.encode() for row in rows]
    offsets = array("q", [0])
    for row in octets:
        offsets.append(offsets[-1] + len(row))
    flags, places = array("B", bytes(len(rows))), array("b", bytes(len(rows)))
    figures = [array("q", [0] * len(rows)) for _ in range(4)]
    written = map(memoryview, (places, *figures, flags))
    census.measure(b"".join(octets), memoryview(offsets), None, len(rows), None, 1, *written)
    assert [bool(flag & 4) for flag in flags] == [not {*"éñ🎉\1"}.isdisjoint(row) for row in rows]
    return [bool(flag & 0x20) for flag in flags]


def is_near(row: str) -> bool:
    """Whether é, ñ or 🎉 has something near, by splitting words; of words that are not too long."""
    words = [word for word in row.replace("\n", " ").split(" ") if word]
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        beside = [before, *words[place + 1 : place + 2]]
        beside[1:] = [word[:1] for word in beside[1:]]
        if len(before.encode()) <= 2:
            beside += words[max(0, place - 2) : max(0, place - 1)]
        for at, character in enumerate(word):
            if character == "ñ" and any(digit in other for other in beside for digit in "23"):
                return True
            if character in "éñ🎉" and (
                not {*"0."}.isdisjoint(word[:at])
                or not {*"1@"}.isdisjoint(word[at + 1 :])
                or ":" in word[at + 1 : -1]
                or (before.endswith(("=", "«")) and announced(words[max(0, place - 6) : place]))
                or (word[:at] in ("d", "e") and not {*"23"}.isdisjoint(before))
            ):
                return True
    return False


_PIECES = st.sampled_from(
    [
        *"éñ🎉0.1@:=«23 abdexA\n",
        " dé",
        "  ",
        "é",
        " é",
        "xa ",
        "= é",
        " ñ ",
        "de x " * 7,
        " " + "a" * 31 + " ",
    ]
)


def announced(words: list[str]) -> bool:
    return any(stem in word.lower() for word in words for stem in ("xa", "ab"))


@given(st.lists(st.lists(_PIECES, max_size=14).map("".join), min_size=1, max_size=4))
@example(
    [
        "3 dé",
        "3 ddé",
        "a3 e🎉 d",
        "xA a a a a = \n é",
        "Ab a a a a a = é",
        "bab« é",
        "a= é x",
        "é:",
        "é:a",
        "aé.",
        "a.é",
        "« é",
        "=de é",
        "é1",
        "1é",
        "3 ñ",
        "3 a ñ",
        "3 é bñ",
        "3 éa ñ",
        "3 a b ñ",
        "ñ 2",
        "ñb\n  3",
        "ñ a2",
        "é 3 é",
        *(" " * (place % 2) + "a " * place + text for place in range(12, 18) for text in ("0 a é 2", "a0é")),
        "a " * 16 + "=" + "  é xa" + " ab " * 8 + " = é",
        "é" + "ab " * 20 + "ñ3",
    ]
)
def test_near_is_that_of_the_definition(either: Any, rows: list[str]) -> None:
    assert near_of(either, rows) == [is_near(row) for row in rows]


def test_a_character_may_part_words_itself(either: Any) -> None:
    rows = ["0\1a", "a\0011", "a0 b\1", "b\1a", "0 \1", "\1 1", "b = xa\1 = \1"]
    assert near_of(either, rows) == [True, True, False, False, False, False, True]


def test_what_is_far_is_taken_for_near(either: Any) -> None:
    for much in (
        "x" * 63 + "é",
        "é" + "x" * 62,
        "x" + " " * 64 + "é",
        "x" * 64 + " é",
        "xx " + "x" * 64 + "  é",
        *("ñ" + "x" * 62, "x" * 64 + " ñ" + " " * 64 + "x"),
    ):
        assert near_of(either, [much]) == [False], much
    for more in (
        *("x" * 65 + "é", "é" + "x" * 65, "x" + " " * 65 + "é", "x" * 65 + " dé"),
        *("x" * 65 + " ñ", "ñ" + "x" * 65, "ñ" + " " * 65 + "x", "x" * 65 + " a ñ"),
    ):
        assert near_of(either, [more]) == [True], more
