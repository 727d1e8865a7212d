"""What one segment holds: 140 octets less its header, in whole units of the encoding."""

from __future__ import annotations

import pytest

from septet.gsm.segmentation import capacity, header_octets


@pytest.mark.parametrize(
    ("reference", "shifts", "further", "octets"),
    [
        # TS 23.040, 9.2.3.24: no element needs no header, not even the octet of its length.
        (None, 0, 0, 0),
        ("none", 0, 0, 0),
        # 9.2.3.24.1 and 9.2.3.24.8: identifier, length, a reference of one octet or two, total, number.
        ("8-bit", 0, 0, 1 + 5),
        ("16-bit", 0, 0, 1 + 6),
        # 9.2.3.24.15 and 9.2.3.24.16: three octets for each table.
        (None, 1, 0, 1 + 3),
        (None, 2, 0, 1 + 6),
        ("8-bit", 2, 0, 1 + 5 + 6),
        # 9.2.3.24.4: ports of two octets each take six octets in all.
        (None, 0, 6, 1 + 6),
        ("none", 0, 6, 1 + 6),
        ("8-bit", 0, 6, 1 + 5 + 6),
        (None, 1, 6, 1 + 3 + 6),
        ("16-bit", 2, 6, 1 + 6 + 6 + 6),
    ],
)
def test_the_header_has_a_length_and_its_elements(
    reference: str | None, shifts: int, further: int, octets: int
) -> None:
    assert header_octets(reference, shifts, further) == octets


@pytest.mark.parametrize(
    ("encoding", "whole", "joined"),
    [("gsm7", 160, 153), ("ucs2", 70, 67), ("latin1", 140, 134), ("utf8", 140, 134)],
)
def test_a_segment_holds_whole_units(encoding: str, whole: int, joined: int) -> None:
    assert (capacity(encoding), capacity(encoding, 6)) == (whole, joined)
