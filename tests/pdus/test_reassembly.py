"""Reassembly: parts in any order, twice, mixed with others, late or never, and parts that contradict."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise, permutations
from typing import Any

import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

import septet
from septet.errors import DecodeError
from septet.pdus.information_elements import InformationElement, encode_header
from septet.pdus.reassembly import DroppedMessage, OpenMessage, Reassembler, join
from septet.pdus.user_data import UserData

GSM7, EIGHT_BIT, UCS2 = 0x00, 0x04, 0x08


def parts_of(text: str, reference: int = 1, **options: Any) -> tuple[UserData, ...]:
    return septet.plan(text, **options).user_data(reference)


def part(
    body: bytes, number: int, total: int, reference: int = 1, coding: int = GSM7, shift: str | None = None
) -> UserData:
    """A part as some sender made it, cut at any place."""
    elements = [InformationElement.for_concatenation(reference, total, number)]
    elements += [InformationElement.for_single_shift(shift)] if shift else []
    short_message = encode_header(elements) + body
    return UserData.from_short_message(short_message, udhi=True, data_coding=coding)


LONG = "".join(map(chr, range(0x61, 0x7B))) * 15
THREE = parts_of(LONG)


def test_the_text_is_long_enough() -> None:
    assert len(THREE) == 3


# --- join -------------------------------------------------------------------------------------


def test_join_takes_any_order_and_repetitions() -> None:
    for order in permutations(THREE):
        assert join(order) == LONG
        assert join([*order, order[0], order[1]]) == LONG
    assert join(iter(THREE)) == LONG


def test_join_takes_one_part_without_header() -> None:
    (alone,) = parts_of("hello")
    assert join([alone]) == "hello"
    assert join([alone, alone]) == "hello"
    assert join([part(b"hello", 1, 1)]) == "hello"


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ([], "parts"),
        (THREE[:2], "parts"),
        (THREE[1:], "parts"),
        ([*THREE[:2], parts_of(LONG, 2)[2]], "concatenation reference"),
        ([*THREE[:2], septet.plan("b" * 160 * 2).user_data(1)[0]], "concatenation number"),
        ([*THREE[:2], part(b"c", 3, 4)], "concatenation total"),
        ([*THREE, part(b"c", 3, 3)], "concatenation number"),
        ([*THREE[:2], part(b"\0c", 3, 3, coding=UCS2)], "data coding (TP-DCS)"),
        ([*THREE, *parts_of("alone")], "concatenation"),
        ([*parts_of("alone"), *THREE], "concatenation"),
        ([*parts_of("alone"), *parts_of("alone too")], "concatenation"),
        ([part(b"a", 1, 2, coding=EIGHT_BIT), part(b"b", 2, 2, coding=EIGHT_BIT)], "data coding (TP-DCS)"),
        ([part(b"a", 1, 2, coding=UCS2), part(b"bc", 2, 2, coding=UCS2)], "octets (TP-UD)"),
    ],
)
def test_parts_that_are_not_one_message(parts: list[UserData], field: str) -> None:
    with pytest.raises(DecodeError) as caught:
        join(parts)
    assert caught.value.field == field
    assert field in str(caught.value)


def test_an_8_bit_reference_is_not_the_same_number_in_16_bits() -> None:
    wide = InformationElement.for_concatenation(1, 2, 2, wide=True)
    other = UserData.from_short_message(encode_header([wide]) + b"b", udhi=True)
    with pytest.raises(DecodeError, match=r"1 \(8 bits\) and 1 \(16 bits\)"):
        join([part(b"a", 1, 2), other])


def test_many_missing_parts_are_told_briefly() -> None:
    with pytest.raises(DecodeError, match=r"^parts: of 255 parts are missing: 2, 3, 4, 5, 6, 7, 8, 9 …$"):
        join([part(b"a", 1, 255)])


@pytest.mark.parametrize("wrong", [None, b"abc", (False, 0, 0, b"")])
def test_parts_are_user_data(wrong: Any) -> None:
    with pytest.raises(TypeError, match="expected a UserData"):
        join([wrong])
    with pytest.raises(TypeError, match="expected a UserData"):
        Reassembler().add(wrong)


# --- text that a bad sender cut in two -------------------------------------------------------------


def by_join(parts: list[UserData]) -> str:
    return join(parts)


def by_reassembler(parts: list[UserData]) -> str:
    texts = [text for text in map(Reassembler().add, reversed(parts)) if text is not None]
    assert len(texts) <= 1
    reassembler = Reassembler()
    answers = [reassembler.add(one) for one in parts]
    assert answers[:-1] == [None] * (len(parts) - 1)
    assert answers[-1] is not None
    assert texts == [answers[-1]]
    return answers[-1]


@pytest.mark.parametrize("together", [by_join, by_reassembler])
@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ([part(b"\0a\xd8\x3d", 1, 2, coding=UCS2), part(b"\xde\0\0b", 2, 2, coding=UCS2)], "a😀b"),
        ([part(b"10 \x1b", 1, 2), part(b"e!", 2, 2)], "10 €!"),
        # An empty part between the two changes nothing.
        ([part(b"10 \x1b", 1, 3), part(b"", 2, 3), part(b"e!", 3, 3)], "10 €!"),
        # Two escapes are a space (TS 23.038, 6.2.1.1) and need nothing after them; a third does.
        ([part(b"a\x1b\x1b", 1, 2), part(b"e", 2, 2)], "a e"),
        ([part(b"a\x1b\x1b\x1b", 1, 2), part(b"e", 2, 2)], "a €"),
        ([part(b"a\x1b", 1, 2), part(b"\x1be", 2, 2)], "a e"),
        # Every part has its own tables: 0x63 after an escape is ç in Turkish, and c without it.
        ([part(b"\x1bc", 1, 3, shift="tr"), part(b"\x1bc", 2, 3), part(b"\x1bc", 3, 3, shift="tr")], "çcç"),
        ([part(b"a\x1b", 1, 2, shift="tr"), part(b"c", 2, 2, shift="tr")], "aç"),
    ],
)
def test_what_was_cut_is_whole_again(
    together: Callable[[list[UserData]], str], parts: list[UserData], text: str
) -> None:
    assert together(parts) == text


@given(st.text(st.sampled_from("a€]😀я"), min_size=2, max_size=100), st.data())
def test_a_text_that_is_cut_anywhere_is_joined_right(text: str, data: st.DataObject) -> None:
    gsm7 = septet.plan(text).encoding == "gsm7"
    whole = b"".join(one.body for one in parts_of(text))
    step = 1 if gsm7 else 2
    places = range(0, len(whole) + 1, step)
    cuts = sorted(data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=6)))
    bounds = [0, *cuts, len(whole)]
    pieces = [whole[start:end] for start, end in pairwise(bounds)]
    size = 153 if gsm7 else 134
    if any(len(piece) > size for piece in pieces):
        pieces = [whole[start : start + size] for start in range(0, len(whole), size)]
    coding = GSM7 if gsm7 else UCS2
    parts = [part(piece, number, len(pieces), coding=coding) for number, piece in enumerate(pieces, 1)]
    assert join(data.draw(st.permutations(parts))) == text


# --- as they arrive -----------------------------------------------------------------------------


def test_a_message_of_one_part_is_its_text_at_once() -> None:
    reassembler = Reassembler()
    assert reassembler.add(parts_of("hello")[0]) == "hello"
    assert reassembler.add(parts_of("hello")[0]) == "hello"
    assert len(reassembler) == 0


def test_every_order_of_arrival() -> None:
    for order in permutations(THREE):
        reassembler = Reassembler()
        assert [reassembler.add(one) for one in order] == [None, None, LONG]


def test_a_part_that_arrives_twice_changes_nothing() -> None:
    reassembler = Reassembler()
    first, second, third = THREE
    answers = [reassembler.add(one) for one in (second, second, first, second, third, third, first)]
    assert answers == [None, None, None, None, LONG, None, None]
    assert len(reassembler) == 3


def test_senders_and_references_are_told_apart() -> None:
    reassembler = Reassembler()
    texts = {("33600000001", 1): "a" * 200, ("33600000001", 2): "b" * 200, ("33600000002", 1): "c" * 200}
    found = {}
    for number in (1, 0):
        for (sender, reference), text in texts.items():
            answer = reassembler.add(parts_of(text, reference)[number], sender)
            if answer is not None:
                found[sender, reference] = answer
    assert found == texts


def test_a_reference_that_comes_round_again_begins_a_new_message() -> None:
    reassembler = Reassembler()
    old, new = parts_of("a" * 200), parts_of("b" * 200)
    assert reassembler.add(old[0]) is None
    # The second part of the old one never came.
    assert [reassembler.add(one) for one in new] == [None, "b" * 200]
    # One that differs from a whole message begins a new one as well.
    assert [reassembler.add(one) for one in parts_of("c" * 200)] == [None, "c" * 200]
    assert len(reassembler) == 2


def test_another_number_of_parts_or_coding_is_another_message() -> None:
    reassembler = Reassembler()
    assert reassembler.add(part(b"a", 1, 2)) is None
    assert reassembler.add(part(b"b", 2, 3)) is None
    assert reassembler.add(part(b"\0b", 2, 2, coding=UCS2)) is None
    assert reassembler.add(part(b"b", 2, 2)) == "ab"


def test_what_waits_too_long_is_given_up() -> None:
    reassembler = Reassembler(expiry=10)
    first, second, third = THREE
    assert reassembler.add(first, now=100) is None
    assert reassembler.add(second, now=109.5) is None  # the time counts from the latest part
    assert len(reassembler) == 2
    assert reassembler.add(third, now=119.5) is None
    assert len(reassembler) == 1
    assert reassembler.add(first, now=120) is None
    assert reassembler.add(second, now=121) == LONG


def test_a_whole_message_is_forgotten_too() -> None:
    reassembler = Reassembler(expiry=10)
    for one in THREE:
        reassembler.add(one, now=0)
    assert len(reassembler) == 3
    assert reassembler.add(THREE[0], now=11) is None
    assert len(reassembler) == 1


def test_the_clock_of_the_system_is_taken_when_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 5.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    reassembler = Reassembler(expiry=10)
    reassembler.add(THREE[0])
    now = 16.0
    reassembler.add(THREE[1])
    assert len(reassembler) == 1


def test_memory_is_bounded() -> None:
    reassembler = Reassembler(limit=255)
    whole = parts_of("b" * 200, reference=9)
    for one in whole:
        reassembler.add(one, "first")
    for number in range(1000):
        reassembler.add(part(b"a", 1, 2), number)
        assert len(reassembler) <= 255
    # The latest are kept, the oldest are not.
    assert reassembler.add(part(b"b", 2, 2), 999) == "ab"
    assert reassembler.add(part(b"b", 2, 2), 0) is None
    assert reassembler.add(whole[0], "first") is None


def test_whole_messages_make_room_first() -> None:
    reassembler = Reassembler(limit=255)
    reassembler.add(part(b"a", 1, 2), "waits")
    for number in range(1000):
        for one in parts_of("b" * 200):
            reassembler.add(one, number)
    assert reassembler.add(part(b"b", 2, 2), "waits") == "ab"


def test_the_longest_message_fits_the_smallest_limit() -> None:
    reassembler = Reassembler(limit=255)
    reassembler.add(part(b"a", 1, 2), "another")
    text = "ab" * (153 * 255 // 2)
    parts = parts_of(text)
    assert len(parts) == 255
    assert [reassembler.add(one) for one in reversed(parts)][-1] == text


def test_a_bad_part_is_refused_and_leaves_nothing() -> None:
    reassembler = Reassembler()
    bad = [
        UserData(False, GSM7, 100, b"a"),
        part(b"a", 1, 2, coding=EIGHT_BIT),
        part(b"a", 1, 1, coding=UCS2),
        UserData.from_short_message(bytes.fromhex("050003a7020361"), udhi=True),
        UserData.from_short_message(bytes.fromhex("080003a7020124010e61"), udhi=True),
    ]
    for one in bad:
        with pytest.raises(DecodeError):
            reassembler.add(one)
    assert len(reassembler) == 0


@pytest.mark.parametrize("limit", [254, 0, -1, True, 1000.0, None, "1000"])
def test_a_limit_is_a_number_of_parts(limit: Any) -> None:
    with pytest.raises(ValueError, match="limit: expected a whole number of 255 or more"):
        Reassembler(limit=limit)


@pytest.mark.parametrize("expiry", [0, -1, float("nan"), True, None, "60"])
def test_an_expiry_is_a_number_of_seconds(expiry: Any) -> None:
    with pytest.raises(ValueError, match="expiry: expected a number of seconds above 0"):
        Reassembler(expiry=expiry)


@pytest.mark.parametrize("now", [float("nan"), float("inf"), True, "0"])
def test_now_is_a_number_of_seconds(now: Any) -> None:
    with pytest.raises(ValueError, match="now: expected a number of seconds"):
        Reassembler().add(THREE[0], now=now)


def test_it_says_what_it_keeps() -> None:
    reassembler = Reassembler()
    reassembler.add(THREE[0])
    assert repr(reassembler) == "<septet.Reassembler: 1 parts kept, 1 messages waiting>"


def test_it_lists_what_is_open() -> None:
    reassembler = Reassembler()
    reassembler.add(THREE[1], sender="a", now=10.0)
    reassembler.add(part(b"x", 2, 2, reference=7), sender=("b", 1), now=11.0)
    reassembler.add(THREE[0], sender="a", now=12.5)
    assert reassembler.open == (
        OpenMessage(("b", 1), 7, 2, (1,), 11.0, 11.0),
        OpenMessage("a", 1, 3, (3,), 10.0, 12.5),
    )
    reassembler.add(THREE[2], sender="a", now=13.0)
    assert [message.reference for message in reassembler.open] == [7]


def test_it_says_what_it_dropped_and_why() -> None:
    reassembler = Reassembler(limit=255, expiry=100)
    reassembler.add(THREE[0], sender="late", now=0)
    reassembler.add(part(b"x", 1, 2, reference=9), sender="again", now=50)
    reassembler.add(part(b"y", 1, 2, reference=9), sender="again", now=60)
    reassembler.add(part(b"a", 1, 2, coding=UCS2), sender="torn", now=100)
    with pytest.raises(DecodeError, match="UCS-2 has two octets a unit, found 3"):
        reassembler.add(part(b"bc", 2, 2, coding=UCS2), sender="torn", now=100)
    assert reassembler.dropped == (
        DroppedMessage("again", 9, 2, (1,), "replaced"),
        DroppedMessage("late", 1, 3, (1,), "expired"),
        DroppedMessage("torn", 1, 2, (1, 2), "unreadable"),
    )
    for sender in range(400):
        reassembler.add(part(b"x", 1, 2), sender=sender, now=110)
    assert len(reassembler) == 255
    # All are counted, the latest hundred kept. A message that became whole is not among them.
    assert reassembler.dropped_count == 3 + 1 + 400 - 255
    assert len(reassembler.dropped) == 100
    assert {message.reason for message in reassembler.dropped} == {"limit"}
    assert reassembler.dropped[-1].sender == 400 - 255 - 1


def test_octets_are_bounded_as_parts_are() -> None:
    reassembler = Reassembler(octets=255 * 140)
    # Parts of SMPP may be long: so many are few octets, or many.
    long = UserData.from_payload(encode_header([ELEMENT]) + b"a" * 10_000, udhi=True)
    for sender in range(10):
        reassembler.add(long, sender=sender)
    assert len(reassembler) == 255 * 140 // len(long.octets) == 4
    assert [message.sender for message in reassembler.open] == [6, 7, 8, 9]
    assert reassembler.dropped_count == 6


ELEMENT = InformationElement.for_concatenation(1, 2, 1)


@pytest.mark.parametrize("octets", [255 * 140 - 1, 0, True, 1e6, None])
def test_octets_are_a_number(octets: Any) -> None:
    with pytest.raises(ValueError, match="octets: expected a whole number of 35700 or more"):
        Reassembler(octets=octets)


TEXTS = ["a" * 200, "€" * 200, "я" * 100, "b" * 400]


class Traffic(RuleBasedStateMachine):
    """Parts of a few messages in any order: a text comes out exactly when its last part goes in."""

    def __init__(self) -> None:
        super().__init__()
        self.reassembler = Reassembler(limit=255, expiry=1000)
        self.arrived: dict[tuple[int, int], set[int]] = {}

    @rule(text=st.integers(0, len(TEXTS) - 1), sender=st.integers(0, 2), number=st.integers(0, 3))
    def a_part_arrives(self, text: int, sender: int, number: int) -> None:
        parts = parts_of(TEXTS[text], reference=text)
        number %= len(parts)
        arrived = self.arrived.setdefault((sender, text), set())
        completes = number not in arrived and len(arrived) == len(parts) - 1
        arrived.add(number)
        answer = self.reassembler.add(parts[number], sender, now=0)
        assert answer == (TEXTS[text] if completes else None)

    @invariant()
    def it_keeps_each_part_once(self) -> None:
        assert len(self.reassembler) == sum(map(len, self.arrived.values()))


TestTraffic = Traffic.TestCase
TestTraffic.settings = examples(30, stateful_step_count=40)
