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


@given(text=_TEXTS, codes=st.text(st.characters(exclude_categories=()), min_size=1, max_size=9))
@example(text="".join(map(chr, range(0, 0x110000, 97))), codes="ab\U0010ffff")
def test_characters_are_grouped_by_their_codes(either: Any, text: str, codes: str) -> None:
    asked = []

    class Known(dict[str, str]):
        def __missing__(self, character: str) -> str:
            asked.append(character)
            return codes[ord(character) % len(codes)]

    code_of = {character: codes[ord(character) % len(codes)] for character in text}
    groups: dict[str, dict[str, int]] = {}
    for character, times in Counter(text).items():
        if code_of[character] != codes[0]:
            groups.setdefault(code_of[character], {})[character] = times
    for known in (Known(), code_of):
        found, alike = either.grouped(text, known, codes[0])
        assert found == "".join(code_of[character] for character in text)
        assert {found} == {"".join([*found])}, "not written as Python writes it"
        assert [(code, [*of.items()]) for code, of in alike.items()] == [
            (code, [*of.items()]) for code, of in groups.items()
        ]
    assert asked == [*code_of], "each is asked for once"


@given(text=_TEXTS, codes=st.text(st.characters(exclude_categories=()), min_size=1, max_size=9))
@example(text="aé", codes="\U0010ffff")
def test_each_character_gets_its_code(either: Any, text: str, codes: str) -> None:
    listed = dict(zip(sorted(set(text))[::2], codes * 40, strict=False))
    found = either.recoded(text, listed, codes[0])
    assert found == "".join(listed.get(character, codes[0]) for character in text)
    assert found.isascii() == all(character < "\x80" for character in found)
    assert {found} == {"".join([*found])}, "not written as Python writes it"


@given(text=_TEXTS, codes=st.text(st.sampled_from("\0\1\2éϿ"), min_size=1, max_size=8), data=st.data())
def test_runs_have_one_code_each(either: Any, text: str, codes: str, data: Any) -> None:
    styles = "".join(data.draw(st.lists(st.sampled_from(codes), min_size=len(text), max_size=len(text))))
    weights = bytes(1 + place * 37 % 254 for place in range(len(text)))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    patterns = [{"text": "", "code": chr(code), "units": 0} for code in range(ord(max(codes)) + 1)]
    before = [pattern.copy() for pattern in patterns]
    expected, place = [], start
    for code, alike in groupby(styles[start:end]):
        behind = place + len([*alike])
        expected.append({"text": text[place:behind], "code": code, "units": sum(weights[place:behind])})
        place = behind
    found = either.runs(text, styles, weights, start, end, patterns, "text", "units")
    assert found == expected
    assert [[*run] for run in found] == [["text", "code", "units"]] * len(found)
    assert patterns == before


@st.composite
def _starts(draw: st.DrawFn, letters: str) -> list[int]:
    return sorted(draw(st.sets(st.integers(0, len(letters)))))


def _pieces(letters: str, starts: list[int], most: int) -> list[tuple[int, int, bool]]:
    """The groups of the definition, split."""
    found = []
    for group in re.finditer(f"(?:FF|ES)J{{0,{most - 1}}}|[LEFS]J{{1,{most}}}|[NJ]", letters):
        begin, end = group.span()
        cuts = [begin, *(start for start in starts if begin < start < end), end]
        pieces = [(first, last, False) for first, last in itertools.pairwise(cuts)]
        pieces[-1] = (*pieces[-1][:2], end - begin == 1 or len(pieces) > 1)
        found += [piece for piece in pieces if piece[1] - piece[0] > 1 or piece[2]]
    return found


@given(st.text(st.sampled_from("LLEJJJFFSNB\u65e5"), max_size=40), st.integers(1, 4), st.data())
@example("FFFJESSJJNBJ", 8, None)
def test_groups_are_those_of_the_definition(either: Any, letters: str, most: int, data: Any) -> None:
    groups = either.Groups("LEFS", ("FF", "ES"), "J", "NJ", most)
    for starts in ([], [0], [] if data is None else data.draw(_starts(letters))):
        assert groups.spans(letters, starts) == _pieces(letters, starts, most)


@given(st.text(st.sampled_from("LLEJJJFFSNB"), max_size=40), st.data())
def test_groups_are_joined(either: Any, letters: str, data: Any) -> None:
    starts = data.draw(_starts(letters))
    size = {"min_size": len(letters), "max_size": len(letters)}
    codes = "".join(data.draw(st.lists(st.sampled_from("\0\1\2é"), **size)))
    weights = bytes(data.draw(st.lists(st.sampled_from([1, 1, 1, 2, 127]), **size)))
    ranks = bytes(place * 7 % 5 for place in range(0x100))

    class Known(dict[Any, str]):
        def __missing__(self, key: Any) -> str:
            self[key] = chr(0x263A + len(self))
            return self[key]

    known, expected = Known(), [*codes]
    for start, end, lone in _pieces(letters, starts, 2):
        first = sorted(codes[start:end], key=lambda code: ranks[ord(code)])[0]
        units = [*weights[start:end]]
        if lone or max(units) > 1:
            first = known[first, sum(units) if max(units) > 1 else 0, lone]
        expected[start:end] = first * (end - start)
    groups = either.Groups("LEFS", ("FF", "ES"), "J", "NJ", 2)
    assert groups.joined(letters, starts, codes, weights, ranks, known) == "".join(expected)
    assert groups.joined(letters, starts, codes, weights, ranks, Known()) == "".join(expected)


def test_what_cannot_be_asked(either: Any) -> None:
    assert either.Groups("", (), "", "", 1).spans("abc", []) == []
    assert either.Groups("", ("ab",), "", "c", 1).spans("abcab", []) == [
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
    for codes, plain in (({"a": "xy"}, "x"), ({"a": ""}, "x"), ({"a": "x"}, "xy")):
        with pytest.raises(ValueError, match=r"only single|not one"):
            either.grouped("a", codes, plain)
    with pytest.raises(KeyError):
        either.grouped("ab", {"a": "x"}, "x")
    for start, end, codes, weights in (
        (0, 3, "\0\0", b"11"),
        (-1, 1, "\0\0", b"11"),
        (2, 1, "\0\0", b"11"),
        (0, 1, "\0", b"11"),
        (0, 1, "\0\0", b"1"),
    ):
        with pytest.raises(ValueError, match="characters"):
            either.runs("ab", codes, weights, start, end, [{}], "text", "units")
    with pytest.raises(IndexError):
        either.runs("ab", "\0\1", b"11", 0, 2, [{}], "text", "units")
    groups = either.Groups("a", (), "j", "j", 1)
    for letters, codes, weights, ranks, code in (
        ("ab", "\0", b"11", b"1", "x"),
        ("ab", "\0\0", b"1", b"1", "x"),
        ("a", "\0\0", b"11", b"1", "x"),
        ("ab", "\0\1", b"11", b"1", "x"),
        ("bj", "\0\0", b"\1\1", b"1", "xy"),
    ):
        with pytest.raises(ValueError, match=r"codes|ranks|only single|not one"):
            groups.joined(letters, [], codes, weights, ranks, {("\0", 0, True): code})
    with pytest.raises(KeyError):
        groups.joined("bj", [], "\0\0", b"\1\1", b"1", {})
