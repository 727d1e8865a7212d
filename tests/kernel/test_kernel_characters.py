"""The different characters of a text, a code for each, runs and groups, against plain definitions."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from itertools import groupby
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

_TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=60),
    st.text(st.sampled_from("ab€é日本\u0301😀\U0010ffff\ud800\0"), max_size=60),
    # All of a range: each level of the look-up fills, and grows.
    st.tuples(st.integers(0, 0x10FF00), st.sampled_from([1, 127, 129])).map(
        lambda drawn: "".join(chr(min(drawn[0] + place * drawn[1], 0x10FFFF)) for place in range(200))
    ),
)


@given(text=_TEXTS)
@example(text="".join(map(chr, range(0, 0x110000, 97))))
def test_different_characters_are_counted(either: Any, text: str) -> None:
    assert [*either.different(text).items()] == [*Counter(text).items()]


@given(text=_TEXTS, codes=st.text(st.characters(exclude_categories=()), min_size=1, max_size=9))
@example(text="aé", codes="\U0010ffff")
def test_each_character_gets_its_code(either: Any, text: str, codes: str) -> None:
    listed = dict(zip(sorted(set(text))[::2], codes * 40, strict=False))
    found = either.recoded(text, listed, codes[0])
    assert found == "".join(listed.get(character, codes[0]) for character in text)
    assert found.isascii() == all(character < "\x80" for character in found)
    assert {found} == {"".join([*found])}, "not written as Python writes it"


@given(text=_TEXTS, codes=st.text(st.sampled_from("\0\1\2日😀"), min_size=1, max_size=8), data=st.data())
def test_runs_have_one_code_each(either: Any, text: str, codes: str, data: Any) -> None:
    styles = "".join(data.draw(st.lists(st.sampled_from(codes), min_size=len(text), max_size=len(text))))
    weights = bytes(1 + place * 37 % 254 for place in range(len(text)))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    patterns = {code: {"text": "", "code": code, "units": 0} for code in codes}
    expected, place = [], start
    for code, alike in groupby(styles[start:end]):
        behind = place + len([*alike])
        expected.append({"text": text[place:behind], "code": code, "units": sum(weights[place:behind])})
        place = behind
    found = either.runs(text, styles, weights, start, end, patterns, "text", "units")
    assert found == expected
    assert [[*run] for run in found] == [["text", "code", "units"]] * len(found)
    assert patterns == {code: {"text": "", "code": code, "units": 0} for code in codes}


@given(st.text(st.sampled_from("LLEJJJFFSNB\u65e5"), max_size=40), st.integers(1, 4))
@example("FFFJESSJJNBJ", 8)
def test_groups_are_those_of_the_definition(either: Any, letters: str, most: int) -> None:
    groups = either.Groups("LEFS", ("FF", "ES"), "J", "NJ", most)
    defined = re.finditer(f"(?:FF|ES)J{{0,{most - 1}}}|[LEFS]J{{1,{most}}}|[NJ]", letters)
    assert groups.spans(letters) == [(*found.span(), len(found.group()) == 1) for found in defined]


@given(st.text(st.sampled_from("\0\1日"), max_size=30), st.data())
def test_groups_are_joined(either: Any, codes: str, data: Any) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(codes)))))
    spans = [(start, end, end - start == 1) for start, end in itertools.pairwise(cuts)][::2]
    weights = bytes(1 + place % 3 for place in range(len(codes)))

    class Known(dict[Any, str]):
        def __missing__(self, key: Any) -> str:
            self[key] = chr(0x263A + len(self))
            return self[key]

    known, expected = Known(), [*codes]
    for start, end, lone in spans:
        expected[start:end] = known[codes[start:end], weights[start:end], lone] * (end - start)
    assert either.joined(codes, weights, spans, known) == "".join(expected)
    assert either.joined(codes, weights, spans, Known()) == "".join(expected)


def test_what_cannot_be_asked(either: Any) -> None:
    assert either.Groups("", (), "", "", 1).spans("abc") == []
    assert either.Groups("", ("ab",), "", "c", 1).spans("abcab") == [
        (0, 2, False),
        (2, 3, True),
        (3, 5, False),
    ]
    for wrong in (
        ("é", (), "", "", 1),
        ("", ("\0a",), "", "", 1),
        ("", ("ab", "ac"), "", "", 1),
        ("a", (), "", "", 0),
    ):
        with pytest.raises(ValueError, match=r"no letter|two pairs|no marks"):
            either.Groups(*wrong)
    for codes, unlisted in (({"a": "xy"}, "x"), ({"ab": "x"}, "x"), ({}, "")):
        with pytest.raises(ValueError, match=r"only single|not one"):
            either.recoded("a", codes, unlisted)
    for start, end, codes, weights in (
        (0, 3, "xx", b"11"),
        (-1, 1, "xx", b"11"),
        (2, 1, "xx", b"11"),
        (0, 1, "x", b"11"),
    ):
        with pytest.raises(ValueError, match="characters"):
            either.runs("ab", codes, weights, start, end, {"x": {}}, "text", "units")
    with pytest.raises(ValueError, match="characters"):
        either.runs("ab", "xx", b"1", 0, 1, {"x": {}}, "text", "units")
    for spans, weights, code in (
        ([(0, 3, True)], b"11", "x"),
        ([(1, 0, True)], b"11", "x"),
        ([], b"1", "x"),
        ([(0, 1, True)], b"11", "xy"),
    ):
        with pytest.raises(ValueError, match=r"codes|only single|not one"):
            either.joined("xx", weights, spans, {("x", b"1", True): code})
    with pytest.raises(KeyError):
        either.runs("ab", "xy", b"11", 0, 2, {"x": {}}, "text", "units")
