"""Two million octet strings, random or mutated, through every decoder: only `DecodeError`, little memory.

One million as user data, one as PDUs, what a modem wrote, and short messages of SMPP. SEPTET_CASES is the
number of each, SEPTET_SEED decides which ones; the seed is printed. All cores take a share.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from typing import Any

import septet
from septet.errors import DecodeError
from septet.gsm.alphabets import Tables, languages
from septet.gsm.codec import decode_septets
from septet.gsm.packing import unpack
from septet.pdus.data_codings import coding_of
from septet.pdus.information_elements import decode_header, read_header
from septet.pdus.modem_lines import hex_lines, pdu_of
from septet.pdus.pdu_reading import read_pdu
from septet.pdus.reassembly import Reassembler, join
from septet.pdus.recognition import pdu_in
from septet.pdus.user_data import UserData

CASES = int(os.environ.get("SEPTET_CASES", "1000000"))

# The most that one short message can show: 160 characters; 255 of them when joined.
MOST_CHARACTERS = 160
MOST_PARTS = 255

#: The number of shares of the cases, and the kilobytes that each may take on average.
SHARES = 20
MOST_GROWTH = 30_000

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

# The octets of headers, so that mutations often make one.
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
    """Random octets, or a valid part with a change."""
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
    """The answer of a decoder; None if it refuses with a `DecodeError`."""
    try:
        return decoder(*arguments, **options)
    except DecodeError as error:
        if not error.field or error.field not in str(error):
            raise AssertionError(f"no field in {error!r}") from error
        return None


def in_shares(work: Callable[[str, int], int], what: str) -> int:
    """The sum of a function's answers for shares of the cases, on all cores, each with its own seed."""
    seed = int(os.environ.get("SEPTET_SEED", random.randrange(2**32)))
    print(f"\n{CASES} {what}, SEPTET_SEED={seed}")
    shares = max(1, min(SHARES, CASES // 1000))
    cases = [CASES // shares + (share < CASES % shares) for share in range(shares)]
    # Each worker is a separate process, whose use of memory is known when it is done.
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        answers = pool.map(_share, [work] * shares, [f"{seed}/{share}" for share in range(shares)], cases)
        read, grown = map(sum, zip(*answers, strict=True))
    print(f"{read} were read")
    assert grown / shares < MOST_GROWTH
    return read


def _share(work: Callable[[str, int], int], seed: str, cases: int) -> tuple[int, int]:
    """The answer for a share, and by how many kilobytes its process grew."""
    before = _kilobytes()
    return work(seed, cases), _kilobytes() - before


def _kilobytes() -> int:
    try:
        import resource
    except ImportError:  # Windows has none
        return 0
    # In bytes on macOS, in kilobytes elsewhere.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def decode_user_data(seed: str, cases: int) -> int:
    """How many of the cases were read; an AssertionError names the first that goes wrong."""
    dice = random.Random(seed)
    pairs = [Tables(dice.choice([None, "tr", "hi", "ur"]), code) for code in (None, *languages())]
    reassembler = Reassembler(limit=MOST_PARTS, expiry=500)
    recent: list[UserData] = []
    read = 0
    for number in range(cases):
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
            # What was read can be read again after it was written.
            # Below 0x10, SMPP has codings of its own, and 0x00 alone is GSM-7 in both.
            coding = part.data_coding if part.data_coding >= 0x10 else 0x00
            again = UserData.from_short_message(short_message, udhi=part.udhi, data_coding=coding)
            assert again.text == text, where
    return read


def test_a_million_octet_strings_are_read_or_refused() -> None:
    read = in_shares(decode_user_data, "octet strings")
    # Cases that are all refused, or all read, would say little.
    assert CASES * 0.2 < read < CASES * 0.9


# --- PDUs and short messages ----------------------------------------------------------------

PDUS = [
    pdu.octets
    for text, fields in (
        ("hello", {}),
        ("a" * 152 + "€" * 30, {"smsc": "+33695000643", "validity": timedelta(days=4)}),
        ("я" * 150, {"message_class": 0, "status_report": True}),
        ("😀" * 40, {"validity": datetime(2026, 4, 18, 22, tzinfo=UTC)}),
        ("a", {"smsc": "36000"}),
    )
    for pdu in septet.plan(text).submit_pdus("+33612345678", reference=0xA7, **fields)  # type: ignore[arg-type]
] + [
    bytes.fromhex(octets)
    for octets in (
        "07911326040000F0040B911346610089F60000208062917314080CC8F71D14969741F977FD07",
        "00440DD0D432BB2C2F970100086240812200800C0A0500030902010041FFFFFF",
        "06A70B913316325476F86240812200808062408122108080460739080400410042",
        "07913396050046F306A70B913316325476F8624081220080806240812210808000",
    )
]
RECEIPT = (
    b"id:0123456789 sub:001 dlvrd:001 submit date:2604182200 done date:2604182201 stat:DELIVRD "
    b"err:000 text:Hi"
)
MESSAGES = [
    message
    for text, options in (
        ("hello", {}),
        ("10 € " * 40, {}),
        ("я" * 100, {}),
        ("é" * 150, {"encoding": "latin1"}),
    )
    for way in ("udh", "sar", "payload")
    for message in septet.plan(text, "smpp", **options).short_messages(reference=7, way=way)  # type: ignore[arg-type]
] + [septet.ShortMessage(RECEIPT, 0, 0x04), septet.ShortMessage(RECEIPT, 8, 0x04)]

# The most that one message can have: its payload, at one octet a character.
MOST_TEXT = 0x10000


def random_message(dice: random.Random) -> septet.ShortMessage:
    """A valid message with a change, or with random octets instead of its own."""
    message = dice.choice(MESSAGES)
    kind = dice.random()
    if kind < 0.5:
        message = message._replace(short_message=mutated(dice, message.short_message))
    elif kind < 0.6:
        message = message._replace(short_message=random_octets(dice))
    if dice.random() < 0.4:
        message = message._replace(data_coding=dice.choice((0, 1, 3, 4, 6, 7, 8, dice.randrange(-1, 257))))
    if dice.random() < 0.3:
        message = message._replace(esm_class=dice.choice((0x00, 0x40, 0x04, 0x44, dice.randrange(256))))
    if dice.random() < 0.3:
        optional: dict[str, Any] = dict(message.optional)
        for name in ("sar_msg_ref_num", "sar_total_segments", "sar_segment_seqnum"):
            if dice.random() < 0.7:
                optional[name] = dice.choice((0, 1, 2, 3, 255, 256, 65535, 65536, -1))
        if dice.random() < 0.2:
            optional["message_payload"] = random_octets(dice)
        message = message._replace(optional=optional)
    return message


def pasted(dice: random.Random, octets: bytes) -> str:
    """The output of a modem for a PDU, pasted with a little missing, or a little too much."""
    digits = octets.hex().upper()
    if dice.random() < 0.3:
        place = dice.randrange(len(digits) + 1)
        digits = (
            digits[:place] + dice.choice(("", "G", " ", "\n", "+", "é")) + digits[place + dice.randrange(3) :]
        )
    head = dice.choice(("+CMGL: 1,1,,{}\n", "+CMT: ,{}\r\n", "AT+CMGS={}\n", "+CMGL: 1,1\n", ""))
    return (
        head.format(dice.choice((len(octets) - 8, len(octets) - 1, dice.randrange(300)))) + digits + "\nOK\n"
    )


def decode_pdus_and_messages(seed: str, cases: int) -> int:
    """As `decode_user_data`, of PDUs and what a modem wrote, of short messages, and of what is recut."""
    dice = random.Random(seed)
    reassembler = Reassembler(limit=MOST_PARTS, expiry=500, octets=100_000)
    read = 0
    for number in range(cases):
        kind = dice.random()
        given: Any = None
        try:
            if kind < 0.5:
                octets = given = mutated(dice, dice.choice(PDUS)) if kind < 0.45 else random_octets(dice)
                pdu = attempt(read_pdu, octets, smsc=dice.choice((None, None, True, False)))
                attempt(pdu_in, octets)
                if kind < 0.1:
                    given = pasted(dice, octets)
                    for line in attempt(hex_lines, given) or ():
                        attempt(pdu_of, line)
                if pdu is not None:
                    read += 1
                    assert pdu.octets + pdu.trailing == octets
                    text = attempt(lambda pdu: pdu.text, pdu)
                    assert text is None or len(text) <= MOST_CHARACTERS
                    if kind < 0.15:
                        attempt(pdu.to_dict)
            elif kind < 0.95:
                message = given = random_message(dice)
                part = attempt(
                    message.user_data, dice.choice(("gsm7", "ascii", "latin1")), dice.random() < 0.1
                )
                read += part is not None
                if part is not None:
                    text = attempt(lambda part: part.text, part)
                    assert text is None or len(text) <= MOST_TEXT
                    attempt(lambda part: part.problems, part)
                receipt = message.receipt
                assert receipt is None or len(receipt.raw) <= MOST_TEXT
                answer = attempt(reassembler.add, message, dice.randrange(4), number)
                assert answer is None or len(answer) <= MOST_PARTS * MOST_CHARACTERS
                assert len(reassembler) <= MOST_PARTS
                assert len(reassembler.dropped) <= 100
                assert len(reassembler.open) <= len(reassembler)
            else:
                octets = random_octets(dice) * dice.choice((1, 1, 3))
                data_coding = dice.randrange(256)
                given = octets, data_coding
                bodies = [message.short_message for message in septet.recut(octets, data_coding)]
                start = 6 if len(bodies) > 1 else 0
                assert b"".join(body[start:] for body in bodies) == octets
                assert all(len(body) <= MOST_CHARACTERS for body in bodies)
                read += 1
        except Exception as error:
            raise AssertionError((seed, number, given)) from error
    return read


def test_a_million_pdus_and_short_messages_are_read_or_refused() -> None:
    read = in_shares(decode_pdus_and_messages, "PDUs and short messages")
    assert CASES * 0.2 < read < CASES * 0.9
