"""A decoder of another make reads our octets: smspdudecoder, for plain GSM and UCS-2 parts."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from oracle_profiles import DEFAULT_ALPHABET
from smspdudecoder.easy import read_incoming_sms

import septet
from septet.pdus.user_data import UserData

# The other one looks for the text after the header by characters, not by septets: an escape
# character in a part of several would shift what it shows.
PLAIN = DEFAULT_ALPHABET.replace("\x1b", "")


def deliver(part: UserData) -> str:
    """An SMS-DELIVER with this user data: TS 23.040, 9.2.2.1."""
    first = 0x44 if part.udhi else 0x04  # TP-MTI, TP-MMS and TP-UDHI
    sender = "0B915155214365F7"
    time = "99309251619580"
    fields = f"00{first:02X}{sender}00{part.data_coding:02X}{time}{part.length:02X}"
    return fields + part.octets.hex().upper()


def read(part: UserData) -> Any:
    return read_incoming_sms(deliver(part))


@pytest.mark.parametrize("length", [*range(1, 33), 159, 160])
def test_one_segment_of_every_length(length: int) -> None:
    text = (PLAIN * 2)[:length]
    (part,) = septet.plan(text).user_data()
    found = read(part)
    assert (found["content"], found["partial"], found["sender"]) == (text, False, "+15551234567")


def test_extension_characters_in_one_segment() -> None:
    text = "\x0c^{}\\[~]|€"
    assert read(septet.plan(text).user_data()[0])["content"] == text


@given(st.text(st.sampled_from(PLAIN), min_size=161, max_size=600), st.sampled_from([0, 1, 0x2A, 0xA7, 0xFF]))
@example("a" * 161, 0)
@example("@" * 320, 0xA7)
def test_parts_in_gsm7(text: str, reference: int) -> None:
    _agrees(text, reference)


@given(st.text(st.sampled_from("aé€я中क😀"), min_size=70, max_size=300), st.integers(0, 255))
@example("я" * 71, 7)
@example("😀" * 67, 7)
def test_parts_in_ucs2(text: str, reference: int) -> None:
    _agrees("я" + text, reference)


def _agrees(text: str, reference: int) -> None:
    plan = septet.plan(text)
    parts = plan.user_data(reference)
    for number, (part, segment) in enumerate(zip(parts, plan.segments, strict=True), 1):
        found = read(part)
        assert found["content"] == segment.text
        assert found["partial"] == {
            "reference": f"{reference}-{len(parts)}",
            "parts_count": len(parts),
            "part_number": number,
        }


def test_a_wide_reference() -> None:
    # As many units as leave room for the wider header.
    plan = septet.plan("я" * 66 + "😀" + "я" * 60)
    for number, part in enumerate(plan.user_data(0xBEEF, wide_reference=True), 1):
        assert read(part)["partial"] == {
            "reference": f"{0xBEEF}-2",
            "parts_count": 2,
            "part_number": number,
        }
