"""Grapheme clusters, window by window, are those of the whole text."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

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
    place = min(place, len(text))
    boundaries = [match.start() for match in regex.finditer(r"\X", text)] + [len(text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(segmentation, "_WINDOW", window)
        found = segmentation.grapheme_boundary(text, place)
    assert found == max(boundary for boundary in boundaries if boundary <= place)
