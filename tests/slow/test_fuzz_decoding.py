"""A million octet strings, random or mutated, through every decoder: only `DecodeError`, and never much.

SEPTET_CASES says how many, SEPTET_SEED which ones; the seed is printed.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from typing import Any

import septet
from septet.errors import DecodeError
from septet.gsm.alphabets import Tables, languages
from septet.gsm.codec import decode_septets
from septet.gsm.packing import unpack
from septet.pdus.data_codings import coding_of
from septet.pdus.information_elements import decode_header, read_header
from septet.pdus.reassembly import Reassembler, join
from septet.pdus.user_data import UserData

CASES = int(os.environ.get("SEPTET_CASES", "1000000"))

# What one short message can show at most: 160 characters; joined, 255 of them.
MOST_CHARACTERS = 160
MOST_PARTS = 255

SEEDS = [
    part
    for text, options in (
        ("hello", {}),
        ("1234567", {}),
        ("a" * 152 + "€" * 30, {}),
        ("]" * 153, {}),
        ("я" * 150, {}),
        ("😀" * 67, {}),
        ("ğüşiöç" * 60, {"language": "tr"}),
        ("नमस्ते" * 50, {"language": "hi"}),
    )
    for part in septet.plan(text, **options).user_data(0xA7)  # type: ignore[arg-type]
]

# The octets that headers are made of, so that mutations often hit on one.
TELLING = bytes(
    (0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x08, 0x0D, 0x0E, 0x1B, 0x24, 0x25, 0x7F, 0x80, 0xFF)
)


def random_octets(dice: random.Random) -> bytes:
    length = dice.choice((0, 1, 2, 3, 6, 7, 8, 12, 139, 140, 141, dice.randint(0, 160)))
    octets = dice.randbytes(length)
    if dice.random() < 0.5:
        octets = bytes(dice.choice(TELLING) if dice.random() < 0.5 else octet for octet in octets)
    return octets


def mutated(dice: random.Random, octets: bytes) -> bytes:
    changed = bytearray(octets)
    for _ in range(dice.randint(1, 3)):
        place = dice.randrange(len(changed) + 1)
        kind = dice.random()
        if kind < 0.4 and place < len(changed):
            changed[place] = dice.choice(TELLING) if kind < 0.2 else dice.randrange(256)
        elif kind < 0.5 and place < len(changed):
            changed[place] ^= 1 << dice.randrange(8)
        elif kind < 0.65:
            del changed[place:]
        elif kind < 0.75:
            del changed[place : place + dice.randint(1, 4)]
        else:
            changed[place:place] = bytes(dice.choice(TELLING) for _ in range(dice.randint(1, 4)))
    return bytes(changed)


def random_part(dice: random.Random) -> UserData:
    """Random octets, or a true part with something changed."""
    if dice.random() < 0.3:
        octets = random_octets(dice)
        data_coding = dice.choice((0x00, 0x04, 0x08, dice.randrange(-1, 257)))
        length = dice.choice((len(octets), len(octets) * 8 // 7, dice.randint(-1, 170)))
        return UserData(dice.random() < 0.5, data_coding, length, octets)
    part = dice.choice(SEEDS)
    kind = dice.random()
    if kind < 0.7:
        octets = mutated(dice, part.octets)
        fitting = len(octets) * 8 // 7 if part.data_coding == 0x00 else len(octets)
        part = part._replace(octets=octets, length=fitting if dice.random() < 0.8 else part.length)
    elif kind < 0.8:
        part = part._replace(length=part.length + dice.choice((-8, -1, 1, 8)))
    elif kind < 0.9:
        part = part._replace(data_coding=dice.randrange(256))
    elif kind < 0.95:
        part = part._replace(udhi=not part.udhi)
    return part


def attempt(decoder: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
    """What a decoder answers; None where it refuses, as only a `DecodeError` may."""
    try:
        return decoder(*arguments, **options)
    except DecodeError as error:
        if not error.field or error.field not in str(error):
            raise AssertionError(f"no field in {error!r}") from error
        return None


def test_a_million_octet_strings_are_read_or_refused() -> None:
    seed = int(os.environ.get("SEPTET_SEED", random.randrange(2**32)))
    print(f"\n{CASES} octet strings, SEPTET_SEED={seed}")
    dice = random.Random(seed)
    pairs = [Tables(dice.choice([None, "tr", "hi", "ur"]), code) for code in (None, *languages())]
    reassembler = Reassembler(limit=MOST_PARTS, expiry=500)
    recent: list[UserData] = []
    read = 0
    for number in range(CASES):
        part = random_part(dice)
        where = (seed, number, part)
        try:
            attempt(lambda part: part.header, part)
            attempt(lambda part: part.concatenation, part)
            text = attempt(lambda part: part.text, part)
            short_message = attempt(lambda part: part.short_message, part)
            attempt(decode_header, part.octets)
            attempt(read_header, part.octets)
            attempt(coding_of, part.data_coding)
            attempt(unpack, part.octets, max(part.length, 0), dice.randrange(7))
            received = attempt(
                UserData.from_short_message, part.octets, udhi=part.udhi, data_coding=part.data_coding
            )
            shown = attempt(decode_septets, bytes(octet & 0x7F for octet in part.octets), dice.choice(pairs))
            answer = attempt(reassembler.add, part, dice.randrange(4), number)
            recent = [*recent[-3:], part]
            joined = attempt(join, dice.sample(recent, dice.randint(0, len(recent))))
        except Exception as error:
            raise AssertionError(where) from error
        read += text is not None
        assert text is None or len(text) <= MOST_CHARACTERS, where
        assert short_message is None or len(short_message) <= MOST_CHARACTERS, where
        assert shown is not None, where
        assert len(shown) <= len(part.octets), where
        for whole in (answer, joined):
            assert whole is None or len(whole) <= MOST_PARTS * MOST_CHARACTERS, where
        assert len(reassembler) <= MOST_PARTS, where
        if received is not None:
            assert attempt(lambda part: part.short_message, received) in (None, part.octets), where
        if text is not None and part.coding == "gsm7" and short_message is not None:
            # What was understood is understood again on the other way.
            # Below 0x10, SMPP has codings of its own, and 0x00 alone is GSM-7 in both.
            coding = part.data_coding if part.data_coding >= 0x10 else 0x00
            again = UserData.from_short_message(short_message, udhi=part.udhi, data_coding=coding)
            assert again.text == text, where
    # Cases that are all refused, or all read, would say little.
    assert CASES * 0.2 < read < CASES * 0.9
