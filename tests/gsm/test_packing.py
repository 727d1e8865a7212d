"""Septets into octets and back: as the standard draws it, as others publish it, for every length."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from septet.errors import DecodeError
from septet.gsm.packing import pack, unpack

SEPTETS = st.binary(max_size=200).map(lambda octets: bytes(octet & 0x7F for octet in octets))
FILLS = st.integers(0, 6)

# TS 23.038, 6.1.2.1.1, as drawn: a row per octet, its highest bit first; "2g" is the lowest bit of
# the second character, since a character's bits are named a (b7) to g (b1).
DRAWN = {
    1: "0 1a 1b 1c 1d 1e 1f 1g",
    2: """2g 1a 1b 1c 1d 1e 1f 1g
          0 0 2a 2b 2c 2d 2e 2f""",
    3: """2g 1a 1b 1c 1d 1e 1f 1g
          3f 3g 2a 2b 2c 2d 2e 2f
          0 0 0 3a 3b 3c 3d 3e""",
    7: """2g 1a 1b 1c 1d 1e 1f 1g
          3f 3g 2a 2b 2c 2d 2e 2f
          4e 4f 4g 3a 3b 3c 3d 3e
          5d 5e 5f 5g 4a 4b 4c 4d
          6c 6d 6e 6f 6g 5a 5b 5c
          7b 7c 7d 7e 7f 7g 6a 6b
          0 0 0 0 0 0 0 7a""",
    8: """2g 1a 1b 1c 1d 1e 1f 1g
          3f 3g 2a 2b 2c 2d 2e 2f
          4e 4f 4g 3a 3b 3c 3d 3e
          5d 5e 5f 5g 4a 4b 4c 4d
          6c 6d 6e 6f 6g 5a 5b 5c
          7b 7c 7d 7e 7f 7g 6a 6b
          8a 8b 8c 8d 8e 8f 8g 7a""",
}

# Text (the characters here are their own septets), fill bits, octets.
PUBLISHED = [
    # "SMS messages and the PDU format", dreamfabric.com/sms: TP-UD of an SMS-DELIVER; quoted ever since.
    (b"hellohello", 0, "E8329BFD4697D9EC37"),
    # The same author's page on TP-UD.
    (b"How are you?", 0, "C8F71D14969741F977FD07"),
    # cloudhopper-commons-charset, GsmPackedCharsetWithUdhTest: every number of fill bits.
    (b"hello world", 0, "E8329BFD06DDDF723619"),
    (b"hello world", 1, "D06536FB0DBABFE56C32"),
    (b"hello world", 2, "A0CB6CF61B747FCBD964"),
    (b"hello world", 3, "4097D9EC37E8FE96B3C9"),
    (b"hello world", 4, "802EB3D96FD0FD2D679301"),
    (b"hello world", 5, "005D66B3DFA0FB5BCE2603"),
    (b"hello world", 6, "00BACC66BF41F7B79C4D06"),
    # libosmocore, tests/ussd/ussd_test.c: eight septets, so that USSD's padding changes nothing.
    (b"01234567", 0, "B0986C46ABD96E"),
]

# libosmocore, tests/ussd/ussd_test.c: text, octets, and the text that a receiver reads.
PUBLISHED_USSD = [
    (b"01234567", "B0986C46ABD96E", b"01234567"),
    (b"0123456", "B0986C46ABD91A", b"0123456"),
    (b"01234567\r", "B0986C46ABD96E0D", b"01234567\r"),
    (b"0123456\r", "B0986C46ABD91A0D", b"0123456\r\r"),
    (b"012345\r", "B0986C46AB351A", b"012345\r"),
    (b"forty-two", "E6B79C9E6FD1EF6F", b"forty-two"),
    (b"", "", b""),
]


def bit_by_bit(septets: bytes, fill_bits: int) -> bytes:
    """Packing in another way: the bits in a row, lowest first, cut into octets."""
    bits = "0" * fill_bits + "".join(f"{septet:07b}"[::-1] for septet in septets)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[place : place + 8][::-1], 2) for place in range(0, len(bits), 8))


@pytest.mark.parametrize("count", DRAWN)
def test_octets_are_those_that_the_standard_draws(count: int) -> None:
    for seed in range(20):
        septets = random.Random(seed).randbytes(count).translate(bytes(range(128)) * 2)
        expected = bytearray()
        for row in DRAWN[count].splitlines():
            bits = ""
            for cell in row.split():
                bits += cell if cell == "0" else f"{septets[int(cell[0]) - 1]:07b}"["abcdefg".index(cell[1])]
            expected.append(int(bits, 2))
        assert pack(septets) == bytes(expected)


@pytest.mark.parametrize(("text", "fill_bits", "octets"), PUBLISHED)
def test_published_octets(text: bytes, fill_bits: int, octets: str) -> None:
    assert pack(text, fill_bits).hex().upper() == octets
    assert unpack(bytes.fromhex(octets), len(text), fill_bits) == text


@pytest.mark.parametrize(("text", "octets", "received"), PUBLISHED_USSD)
def test_published_octets_of_ussd(text: bytes, octets: str, received: bytes) -> None:
    packed = pack(text, padding="ussd")
    assert packed.hex().upper() == octets
    assert unpack(packed, len(packed) * 8 // 7, padding="ussd") == received


@pytest.mark.parametrize("fill_bits", range(7))
def test_every_length_comes_back(fill_bits: int) -> None:
    source = random.Random(fill_bits)
    for count in range(201):
        some = bytes(source.randrange(128) for _ in range(count))
        for septets in (some, bytes(count), b"\x7f" * count):
            octets = pack(septets, fill_bits)
            assert octets == bit_by_bit(septets, fill_bits)
            assert len(octets) == -(-(fill_bits + 7 * count) // 8)
            assert unpack(octets, count, fill_bits) == septets


def test_seven_spare_bits_are_zero_in_sms_and_the_count_tells() -> None:
    seven, eight = pack(b"1234567"), pack(b"1234567\0")
    assert seven == eight
    assert unpack(seven, 7) == b"1234567"
    assert unpack(seven, 8) == b"1234567\0"


@pytest.mark.parametrize("count", range(1, 41))
def test_ussd_pads_only_seven_spare_bits_or_after_a_carriage_return(count: int) -> None:
    plain = b"x" * count
    ended = b"x" * (count - 1) + b"\r"
    padded = pack(plain, padding="ussd")
    if count % 8 == 7:
        assert padded == pack(plain + b"\r")
    else:
        assert padded == pack(plain)
    if count % 8 in (7, 0):
        assert pack(ended, padding="ussd") == pack(ended + b"\r")
    else:
        assert pack(ended, padding="ussd") == pack(ended)
    assert unpack(padded, len(padded) * 8 // 7, padding="ussd") == plain


def test_any_iterable_of_numbers_packs() -> None:
    assert pack(list(b"hello")) == pack(bytearray(b"hello")) == pack(iter(b"hello")) == pack(b"hello")
    assert unpack(bytearray(pack(b"hello")), 5) == unpack(memoryview(pack(b"hello")), 5) == b"hello"


@given(SEPTETS, FILLS)
def test_unpacking_undoes_packing(septets: bytes, fill_bits: int) -> None:
    assert unpack(pack(septets, fill_bits), len(septets), fill_bits) == septets


@given(st.binary(max_size=200), FILLS, st.integers(0, 300))
def test_any_octets_unpack_or_say_that_they_are_too_few(octets: bytes, fill_bits: int, count: int) -> None:
    if count and fill_bits + 7 * count > 8 * len(octets):
        with pytest.raises(DecodeError):
            unpack(octets, count, fill_bits)
    else:
        septets = unpack(octets, count, fill_bits)
        number = int.from_bytes(octets, "little") >> fill_bits
        assert septets == bytes(number >> 7 * place & 0x7F for place in range(count))


@pytest.mark.parametrize("septet", [128, 255, 256, -1])
def test_a_septet_beyond_seven_bits_is_refused_with_its_place(septet: int) -> None:
    with pytest.raises(ValueError, match=r"septets: .* at place 2"):
        pack([1, 2, septet])


@pytest.mark.parametrize("fill_bits", [-1, 7, 8, True, 1.0, "1", None])
def test_other_fill_bits_are_refused(fill_bits: int) -> None:
    with pytest.raises(ValueError, match="fill_bits: expected 0 to 6"):
        pack(b"a", fill_bits)
    with pytest.raises(ValueError, match="fill_bits: expected 0 to 6"):
        unpack(b"aa", 1, fill_bits)


@pytest.mark.parametrize("padding", ["sms", "USSD", "", 0, True])
def test_another_padding_is_refused(padding: str) -> None:
    with pytest.raises(ValueError, match='padding: expected None or "ussd"'):
        pack(b"a", padding=padding)
    with pytest.raises(ValueError, match='padding: expected None or "ussd"'):
        unpack(b"a", 1, padding=padding)


@pytest.mark.parametrize("count", [-1, True, 1.0, "1", None])
def test_another_count_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="count: expected a number of septets"):
        unpack(b"aaaa", count)


def test_text_is_no_septets() -> None:
    with pytest.raises(TypeError, match="septets: expected bytes or numbers, found str"):
        pack("hello")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="octets: expected bytes, found str"):
        unpack("hello", 5)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="octets: expected bytes, found list"):
        unpack([104], 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("octets", "count", "fill_bits", "held"), [(b"", 1, 0, 0), (b"\0" * 7, 9, 0, 8), (b"\0" * 7, 8, 1, 7)]
)
def test_octets_that_hold_fewer_septets_are_named(
    octets: bytes, count: int, fill_bits: int, held: int
) -> None:
    with pytest.raises(DecodeError, match=f"{count} septets expected, {held} found") as caught:
        unpack(octets, count, fill_bits)
    assert (caught.value.field, caught.value.offset) == ("octets", len(octets))
    assert f"octets at offset {len(octets)}" in str(caught.value)
