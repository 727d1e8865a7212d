"""What the kernel finds in octets: whether they are UTF-8, how many are alike, whether quotes hide rows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

SEQUENCES = [b"a", b"bc", "é".encode(), "€".encode(), "😀".encode(), b"\xed\x9f\xbf", b"\xee\x80\x80"]
#: Ill-formed, TS 10646 and RFC 3629: surrogates, overlong forms, too large, cut short, continued alone.
BROKEN = [
    *(b"\xed\xa0\x80", b"\xc0\x80", b"\xc1\xbf", b"\xe0\x80\x80", b"\xe0\x9f\xbf", b"\xf0\x80\x80\x80"),
    *(b"\xf0\x8f\xbf\xbf", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xf8\x88\x80\x80\x80", b"\xff"),
    *(b"\x80", b"\xbf", b"\xc3", b"\xe2\x82", b"\xe2", b"\xf0\x9f\x98", b"\xf0\x9f", b"\xf0"),
]


@given(
    octets=st.one_of(
        st.lists(st.sampled_from(SEQUENCES), max_size=80).map(b"".join),
        st.lists(st.sampled_from([*SEQUENCES * 4, *BROKEN]), max_size=80).map(b"".join),
        st.binary(max_size=100),
    )
)
def test_utf8_is_what_python_decodes(either: Any, octets: bytes) -> None:
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError:
        assert not either.is_utf8(octets)
    else:
        assert either.is_utf8(octets)


@pytest.mark.parametrize("before", [0, 1, 28, 29, 30, 31, 32, 61, 62, 63, 64])
def test_each_broken_sequence_is_found_wherever_it_stands(either: Any, before: int) -> None:
    for broken in BROKEN:
        for behind in (0, 1, 31, 32):
            assert not either.is_utf8(b"x" * before + broken + b"y" * behind), (broken, behind)
    for whole in SEQUENCES:
        assert either.is_utf8(b"x" * before + whole)
        for length in range(1, len(whole)):
            assert len(whole) == 1 or whole.isascii() or not either.is_utf8(b"x" * before + whole[:length])


@given(octets=st.lists(st.sampled_from(b'a"\n;'), max_size=200).map(bytes), start=st.integers(0, 40))
def test_octets_are_counted(either: Any, octets: bytes, start: int) -> None:
    for octet in b'"\nz':
        assert either.count_octet(memoryview(octets)[start:], octet) == octets[start:].count(octet)


def torn(octets: bytes) -> bool:
    """One octet after the other."""
    place, begins = 0, True
    while place < len(octets):
        if not (begins and octets[place] == ord('"')):
            begins = octets[place] in b";\r\n"
            place += 1
            continue
        start = place
        place += 1
        while place < len(octets):
            if octets[place : place + 2] == b'""':
                place += 2
            elif octets[place] == ord('"'):
                break
            else:
                place += 1
        if place >= len(octets):
            return False
        place += 1
        several = any(octet in b"\r\n" for octet in octets[start:place])
        if several and place < len(octets) and octets[place] not in b";\r\n":
            return True
        begins = False
    return False


@given(octets=st.lists(st.sampled_from(b'aa;;""""\n\r'), max_size=40).map(bytes))
def test_quotes_that_hide_rows_are_found(either: Any, octets: bytes) -> None:
    assert either.quotes_torn(octets, ord(";")) == torn(octets)
