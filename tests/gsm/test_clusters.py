"""Grapheme clusters, window by window, are those of the whole text."""

from __future__ import annotations

import itertools
import re

import oracle
import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from septet import _kernel
from septet.gsm import segmentation

# Each of these joins, or refuses to join, a cluster in its own way (UAX #29).
PIECES = ["a", "é", "е", "字", "\r", "\n", "\u0301", "\u200d", "👨", "👩", "🏽", "🇫", "🇷", "क", "्", "ष", "ि"]
PIECES += ["\u0600", "각", "ᄀ", "ᅡ", "ᆨ", "\ud800", "\xad", "©", "\u0903", " "]

texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@given(text=texts, window=st.sampled_from([1, 2, 3, 5, 256]))
def test_windows_change_nothing(text: str, window: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segmentation, "_WINDOW", window)
        found = list(segmentation.clusters(text, 0, len(text)))
    assert found == [(match.start(), match.end()) for match in regex.finditer(r"\X", text)]


@given(text=texts, place=st.integers(0, 60), window=st.sampled_from([2, 256]))
def test_the_boundary_before_a_place(text: str, place: int, window: int) -> None:
    place %= len(text) + 1
    boundaries = [match.start() for match in regex.finditer(r"\X", text)] + [len(text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segmentation, "_WINDOW", window)
        found = segmentation.grapheme_boundary(text, place)
    assert found == max(boundary for boundary in boundaries if boundary <= place)


@given(text=texts, place=st.integers(0, 60), known=st.integers(0, 60), steps=st.sampled_from([1, 16]))
def test_no_boundary_is_looked_for_before_one_that_is_known(
    text: str, place: int, known: int, steps: int
) -> None:
    place %= len(text) + 1
    boundaries = [match.start() for match in regex.finditer(r"\X", text)] + [len(text)]
    known = max(boundary for boundary in boundaries if boundary <= known)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segmentation, "_STEPS", steps)
        found = segmentation.grapheme_boundary(text, place, known)
    assert found == max(known, max(boundary for boundary in boundaries if boundary <= place))


@pytest.mark.parametrize("window", [2, 256])
@pytest.mark.parametrize("steps", [1, 2, 16])
def test_the_boundary_before_every_place_of_short_texts(
    monkeypatch: pytest.MonkeyPatch, window: int, steps: int
) -> None:
    monkeypatch.setattr(segmentation, "_WINDOW", window)
    monkeypatch.setattr(segmentation, "_STEPS", steps)
    for pieces in itertools.product(["\r", "\n", "a", "\u0301", "👨", "\u200d", "🇫"], repeat=4):
        text = "".join(pieces) + "a"
        boundaries = [match.start() for match in regex.finditer(r"\X", text)]
        for place in range(len(text)):
            expected = max(boundary for boundary in boundaries if boundary <= place)
            for known in [boundary for boundary in boundaries if boundary <= expected]:
                assert segmentation.grapheme_boundary(text, place, known) == expected, (text, known)


def test_what_stands_apart_is_nothing_that_joins() -> None:
    """Texts of every character, by its properties in the Unicode Character Database."""
    characters = [chr(point) for point in range(0x110000) if not 0xD800 <= point <= 0xDFFF]
    apart = "".join(c for c in characters if not segmentation.holds_joining(c))
    assert regex.fullmatch(r"[\p{GCB=Other}\p{GCB=Control}\p{GCB=CR}\p{GCB=LF}]+", apart)
    assert len(regex.findall(r"\X", apart[::-1])) == len(apart)
    assert {*"aéЖ字’…€😀👩"} <= {*apart}
    codes = segmentation.joining_codes(_kernel.OUTSIDE)
    weights = _kernel.Weights(codes, 1, _kernel.OUTSIDE)
    found = weights.codes("".join(characters))
    assert [c for c, code in zip(characters, found, strict=True) if code == 1] == [*apart]


@given(text=texts, size=st.integers(2, 12))
def test_segments_keep_clusters_whole_unless_one_is_larger(text: str, size: int) -> None:
    weights = _kernel.Weights({}, 1, 2)
    expected, used = [0], 0
    for cluster in regex.findall(r"\r(?=\n)|\n|\X", text):
        whole = weights.units(cluster) <= size
        if used and used + weights.units(cluster) > size:
            expected.append(expected[-1])
            used = 0
        for part in [cluster] if whole else cluster:
            if used + weights.units(part) > size:
                expected.append(expected[-1])
                used = 0
            used += weights.units(part)
            expected[-1] += len(part)
    starts = segmentation.cluster_starts(text, weights, size)
    assert [*starts[1:], len(text)] == expected


def test_a_thread_may_ask_while_another_makes_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled, calls = re.compile, []
    text, weights = "ж" * 66 + "e\u0301", _kernel.Weights({}, 1, 2)

    def asking(pattern: str) -> re.Pattern[str]:
        calls.append(pattern)
        if len(calls) == 2:  # where the other thread has made one of two ready
            assert segmentation.holds_joining(text)
            assert segmentation.cluster_starts(text, weights, 67) == [0, 66]
        return compiled(pattern)

    monkeypatch.setattr(segmentation, "_made", None)
    monkeypatch.setattr(re, "compile", asking)
    assert segmentation.holds_joining(text)
    assert len(calls) == 4


def starts_one_by_one(text: str, size: int) -> list[int]:
    """Where segments start: clusters stay whole, except CR LF and a cluster longer than a segment."""
    starts, used = [], size
    for start, end in oracle.visible_clusters(text):
        if used and used + end - start > size:
            used = size
        for group in [end - start] if end - start <= size else [1] * (end - start):
            if used + group > size:
                starts.append(start)
                used = 0
            start += group
            used += group
    return starts


def test_a_carriage_return_beside_every_kind_of_cluster(kernel: str) -> None:
    """All short texts of what joins a cluster and what does not, in segments of one to three."""
    weights = _kernel.Weights({}, 1, 1)
    for pieces in itertools.product(["\r", "\n", "a", "\u0301", "👨", "\u200d"], repeat=4):
        text = "".join(pieces)
        for size in (1, 2, 3):
            assert segmentation.cluster_starts(text, weights, size) == starts_one_by_one(text, size), text


def test_characters_that_take_no_units_fit_beside_one_that_the_weights_lack(kernel: str) -> None:
    weights = _kernel.Weights({ord("0"): 0, ord("z"): _kernel.OUTSIDE}, 1, 2)
    for text, room, fitting in [
        ("0000z", 5, 4),
        ("00a0z", 1, 4),
        ("00aaz", 1, 3),
        ("zaa", 1, 0),
        ("00", 0, 2),
    ]:
        assert weights.prefix(text, room) == fitting, text
