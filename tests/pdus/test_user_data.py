"""User data: the octets of a plan's segments, their headers, and what is read back of octets."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import septet
from septet.errors import DecodeError
from septet.gsm.alphabets import DEFAULT_TABLES, Tables, characters_by_septet, languages
from septet.pdus.data_codings import coding_of
from septet.pdus.information_elements import (
    Concatenation,
    InformationElement,
    Ports,
    decode_header,
    encode_header,
    read_header,
)
from septet.pdus.reassembly import join
from septet.pdus.user_data import UserData

GSM7, EIGHT_BIT, UCS2 = 0x00, 0x04, 0x08

# Text that is awkward for octets: any character, many escapes, surrogates with and without their pair.
TEXTS = st.text(st.sampled_from("a@€[]^\x0c\r\n é") | st.characters(), max_size=400)


def bits_of(octets: bytes) -> str:
    """The bits of octets in the order in which TS 23.038, 6.1.2.1.1, fills them: the lowest first."""
    return "".join(f"{octet:08b}"[::-1] for octet in octets)


def packed_by_hand(header: bytes, septets: Sequence[int]) -> bytes:
    """Header, fill bits and septets, as strings of bits."""
    bits = bits_of(header)
    bits += "0" * (-len(bits) % 7)
    bits += "".join(f"{septet:07b}"[::-1] for septet in septets)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[place : place + 8][::-1], 2) for place in range(0, len(bits), 8))


def parts_of(text: str, reference: int = 0x2A, **options: Any) -> tuple[UserData, ...]:
    return septet.plan(text, **options).user_data(reference)


# --- from a plan ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(False, GSM7, 0, "")]),
        # Quoted in many explanations of PDUs, such as the manual of smspdudecoder.
        ("hellohello", [(False, GSM7, 10, "E8329BFD4697D9EC37")]),
        ("How are you?", [(False, GSM7, 12, "C8F71D14969741F977FD07")]),
        ("2 € par mois", [(False, GSM7, 13, "32D0A60C8287E5A0F63B3D07")]),
        # Seven spare bits: zero in SMS, where the length tells (TS 23.038, 6.1.2.1.1).
        ("1234567", [(False, GSM7, 7, "31D98C56B3DD00")]),
        ("Ç😀", [(False, UCS2, 6, "00C7D83DDE00")]),
    ],
)
def test_one_segment(text: str, expected: list[tuple[bool, int, int, str]]) -> None:
    found = septet.plan(text).user_data()
    assert [tuple(part) for part in found] == [
        (udhi, coding, length, bytes.fromhex(octets)) for udhi, coding, length, octets in expected
    ]


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("a" * 161, [160, 15]),
        # 153 septets are an odd number: no pair is cut, and one septet of each part stays free.
        ("]" * 153, [159, 159, 9]),
        ("a" * 152 + "€" + "a" * 152, [159, 160, 8]),
        # 67 UTF-16 code units are an odd number too.
        ("😀" * 67, [138, 138, 10]),
        ("я" * 71, [140, 14]),
    ],
)
def test_the_lengths_of_parts(text: str, lengths: list[int]) -> None:
    parts = parts_of(text)
    assert [part.length for part in parts] == lengths
    assert [part.octets[:6].hex() for part in parts] == [
        f"0500032a{len(parts):02x}{number:02x}" for number in range(1, len(parts) + 1)
    ]
    assert all(part.udhi for part in parts)
    assert all(len(part.octets) <= 140 for part in parts)
    assert join(parts) == text


@given(TEXTS, st.sampled_from([None, "tr", "pt", "auto"]))
@example("]" * 153, None)
@example("ç" * 200, "tr")
def test_octets_are_those_that_a_naive_packing_gives(text: str, language: str | None) -> None:
    plan = septet.plan(text, language=language)
    basic, extension = characters_by_septet(plan.tables)
    parts = plan.user_data(1)
    if not plan.segments:
        assert parts == (UserData(False, GSM7, 0, b""),)
        return
    for part, segment in zip(parts, plan.segments, strict=True):
        assert part.udhi is bool(part.header_octets)
        if plan.encoding == "ucs2":
            octets = b"".join(
                ord(unit).to_bytes(2, "big") for character in segment.text for unit in _code_units(character)
            )
            assert part.octets == part.header_octets + octets
            assert (part.length, part.data_coding) == (len(part.octets), UCS2)
            continue
        septets: list[int] = []
        for character in segment.text:
            if character in basic:
                septets.append(basic.index(character))
            else:
                septets += [0x1B, extension.index(character)]
        assert part.octets == packed_by_hand(part.header_octets, septets)
        header = -(-len(part.header_octets) * 8 // 7)
        assert (part.length, part.data_coding) == (header + len(septets), GSM7)
        assert part.body == bytes(septets)
        assert part.short_message == part.header_octets + bytes(septets)


def _code_units(character: str) -> str:
    point = ord(character)
    if point < 0x10000:
        return character
    return chr(0xD800 + (point - 0x10000 >> 10)) + chr(0xDC00 + (point - 0x10000 & 0x3FF))


@given(TEXTS, st.sampled_from([None, "auto"]))
def test_the_parts_give_the_text_again(text: str, language: str | None) -> None:
    plan = septet.plan(text, language=language)
    parts = plan.user_data(200)
    # Two single surrogates next to each other cannot be distinguished from a pair in transit.
    assert join(parts) == plan.text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    if not plan.segments:
        assert parts == (UserData(False, GSM7, 0, b""),)
        return
    for part, segment in zip(parts, plan.segments, strict=True):
        again = UserData.from_short_message(part.short_message, udhi=part.udhi, data_coding=part.data_coding)
        assert again == part
        assert len(part.octets) <= 140
        assert len(part.body) == segment.units * (2 if plan.encoding == "ucs2" else 1)


@pytest.mark.parametrize(
    ("language", "text", "header", "single", "several"),
    [
        # TS 23.040, 9.2.3.24.15 and 9.2.3.24.16; Turkish is 1, Spanish 2, Hindi 6 (TS 23.038, 6.2.1.2.4).
        ("tr", "ğ", "03250101", 155, 149),
        ("es", "ú", "03240102", 155, 149),
        ("hi", "अ", "03250106", 155, 149),
    ],
)
def test_national_tables_are_named_in_the_header(
    language: str, text: str, header: str, single: int, several: int
) -> None:
    plan = septet.plan(text * (60 if language == "es" else 100), language=language)
    (part,) = plan.user_data()
    assert part.octets.startswith(bytes.fromhex(header))
    assert part.tables == plan.tables
    assert plan.segments[0].capacity == single
    plan = septet.plan(text * 160, language=language)
    first, *_ = parts = plan.user_data(0x2A)
    assert first.header_octets == bytes.fromhex(f"080003 2a{len(parts):02x}01") + bytes.fromhex(header)[1:]
    assert first.length == 11 + plan.segments[0].units
    assert plan.segments[0].capacity == several
    assert join(parts) == plan.text


def test_each_pair_of_tables_reads_its_own_octets() -> None:
    for locking in (None, *(code for code in languages() if code != "es")):
        for single in (None, *languages()):
            tables = Tables(locking, single)
            elements = [InformationElement.for_single_shift(single)] if single else []
            elements += [InformationElement.for_locking_shift(locking)] if locking else []
            header = encode_header(elements)
            basic, extension = characters_by_septet(tables)
            code = 0x65
            octets = packed_by_hand(header, [code, 0x1B, code])
            length = -(-len(header) * 8 // 7) + 3
            part = UserData(bool(header), GSM7, length, octets)
            assert part.tables == tables
            expected = extension[code] if extension[code] != "\ufffe" else basic[code]
            assert part.text == basic[code] + expected


def test_a_wide_reference() -> None:
    # One septet of the first part stays free, which is what the wider header takes.
    text = "a" * 152 + "€" * 5
    first, second = septet.plan(text).user_data(0xBEEF, wide_reference=True)
    assert first.header_octets == bytes.fromhex("060804beef0201")
    assert second.concatenation == Concatenation(0xBEEF, 2, 2, wide=True)
    # Seven octets end on a septet boundary: no fill bit.
    assert first.octets == packed_by_hand(first.header_octets, b"a" * 152)
    assert first.length == 8 + 152
    assert join([second, first]) == text


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "reference: 2 segments need a number from 0 to 255"),
        ({"reference": None, "wide_reference": True}, "reference: 2 segments need a number from 0 to 65535"),
        ({"reference": 256}, "reference: expected a whole number from 0 to 255, found 256"),
        ({"reference": -1}, "reference: expected"),
        ({"reference": True}, "reference: expected"),
        ({"reference": 1.0}, "reference: expected"),
        ({"reference": "1"}, "reference: expected"),
        ({"reference": 65536, "wide_reference": True}, "from 0 to 65535, found 65536"),
        ({"reference": 1, "wide_reference": 1}, "wide_reference: expected True or False, found 1"),
    ],
)
def test_wrong_references_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        septet.plan("a" * 200).user_data(**options)


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("a" * 200, [152, 48]),  # (140 - 7) * 8 // 7 septets with a header of 7 octets
        ("a" * 151 + "€" + "a" * 20, [151, 22]),  # the pair does not fit into the one that is left
        ("я" * 100, [2 * 66, 2 * 34]),  # (140 - 7) // 2 code units
    ],
)
def test_a_wide_reference_cuts_the_text_anew(text: str, bodies: list[int]) -> None:
    parts = septet.plan(text).user_data(reference=0xABCD, wide_reference=True)
    assert [len(part.body) for part in parts] == bodies
    assert [part.concatenation.reference for part in parts if part.concatenation] == [0xABCD, 0xABCD]
    assert septet.join(reversed(parts)) == text


@pytest.mark.parametrize("text", ["a" * 306, "я" * 134])
def test_a_wide_reference_takes_no_more_segments_than_are_planned(text: str) -> None:
    with pytest.raises(ValueError, match=r'2 segments are planned, and .* takes 3: plan with .*"16-bit"'):
        septet.plan(text).user_data(reference=1, wide_reference=True)


def test_a_character_without_septet_is_named_with_its_place() -> None:
    plan = septet.plan("voilà È", profile="smsmode")
    assert plan.encoding == "gsm7"
    with pytest.raises(ValueError, match=r'^"È" \(U\+00C8 LATIN .*\) at place 6 of the text has no septet'):
        plan.user_data()


def test_the_place_counts_from_the_first_segment() -> None:
    plan = septet.plan("a" * 170 + "È", profile="smsmode")
    with pytest.raises(ValueError, match="at place 170 of the text"):
        plan.user_data(1)


def vendor_file(folder: Path, name: str, rules: str) -> str:
    path = folder / f"{name}.toml"
    path.write_text(f'extends = "gsm"\ntitle = "Mine"\ndocument = "Mine"\n{rules}', "utf-8")
    return str(path)


def test_a_profile_with_wide_references_leaves_their_room(tmp_path: Path) -> None:
    rules = '[segments]\nreference = "16-bit"\ngrapheme_clusters = "cut"\nsource = "Mine"\n'
    for text in ("a" * 400, "я" * 200):
        plan = septet.plan(text, vendor_file(tmp_path, "wide", rules))
        assert join(plan.user_data(0xBEEF, wide_reference=True)) == text
        # A narrow one leaves some of the room free.
        assert join(plan.user_data(0xEF)) == text


def test_a_profile_that_counts_too_little_for_a_character(tmp_path: Path) -> None:
    rules = '[alphabet]\nbase = "default"\nadd = "€"\nsource = "Mine"\n'
    plan = septet.plan("€" * 100, vendor_file(tmp_path, "cheap", rules))
    assert plan.billed_segments == 1
    with pytest.raises(ValueError, match=r"segment 1 of 1: 200 septets, and 160 fit .*counts fewer"):
        plan.user_data()


def test_more_segments_than_can_be_numbered() -> None:
    with pytest.raises(ValueError, match="256 segments cannot be numbered"):
        septet.plan("a" * (153 * 255 + 1)).user_data(1)
    assert len(septet.plan("a" * (153 * 255)).user_data(1)) == 255


# --- headers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "octets"),
    [
        (InformationElement.for_concatenation(0xCC, 2, 1), "0003cc0201"),
        (InformationElement.for_concatenation(0xBEEF, 255, 255, wide=True), "0804beefffff"),
        (InformationElement.for_ports(0x23F4, 0), "050423f40000"),
        (InformationElement.for_ports(240, 241, wide=False), "0402f0f1"),
        (InformationElement.for_single_shift("ur"), "24010d"),
        (InformationElement.for_locking_shift("pt"), "250103"),
        (InformationElement(0x70, b""), "7000"),
    ],
)
def test_elements_and_their_octets(element: InformationElement, octets: str) -> None:
    header = bytes.fromhex(f"{len(octets) // 2:02x}{octets}")
    assert encode_header([element]) == header
    assert decode_header(header) == (element,)
    # The octets after a header are not part of it.
    assert decode_header(header + b"text") == (element,)


def test_a_header_of_several_elements_keeps_unknown_ones_and_order() -> None:
    elements = (
        InformationElement(0x0A, b"\x00\x05\x10"),
        InformationElement.for_concatenation(1, 2, 2),
        InformationElement(0xFF, bytes(20)),
        InformationElement.for_ports(5, 6),
    )
    header = encode_header(elements)
    assert decode_header(header) == elements
    reading = read_header(header)
    assert (reading.concatenation, reading.ports) == (Concatenation(1, 2, 2), Ports(5, 6))
    assert [element.kind for element in elements] == [None, "concatenation", None, "ports"]


def test_no_element_is_no_header() -> None:
    assert encode_header([]) == b""
    assert decode_header(b"\x00") == ()


def test_of_elements_of_one_kind_the_last_holds() -> None:
    # TS 23.040, 9.2.3.24: repeated, or excluding each other, "the last occurrence […] shall be used".
    header = encode_header(
        [
            InformationElement.for_concatenation(7, 2, 1),
            InformationElement.for_single_shift("es"),
            InformationElement.for_concatenation(0x1234, 3, 2, wide=True),
            InformationElement.for_single_shift("pt"),
        ]
    )
    reading = read_header(header)
    assert reading.concatenation == Concatenation(0x1234, 3, 2, wide=True)
    assert reading.tables == Tables(None, "pt")


def test_spanish_as_a_locking_shift_is_the_default_alphabet() -> None:
    assert read_header(bytes.fromhex("03250102")).tables == DEFAULT_TABLES


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: InformationElement.for_concatenation(256, 2, 1), "reference: .* to 255, found 256"),
        (lambda: InformationElement.for_concatenation(1, 0, 0), "total: .*found 0"),
        (lambda: InformationElement.for_concatenation(1, 2, 3), "number: .*from 1 to 2, found 3"),
        (lambda: InformationElement.for_concatenation(True, 2, 1), "reference: .*found True"),
        (lambda: InformationElement.for_ports(65536, 0), "destination: "),
        (lambda: InformationElement.for_ports(0, 256, wide=False), "source: .* to 255"),
        (lambda: InformationElement.for_single_shift("fr"), "language: 'fr' has no single shift table"),
        (lambda: InformationElement.for_locking_shift("es"), "language: 'es' has no locking shift table"),
        (lambda: encode_header([InformationElement(256, b"")]), "identifier: .*found 256"),
        (lambda: encode_header([InformationElement(0x70, bytes(256))]), "length of information element 0x70"),
        (lambda: encode_header([InformationElement(0x70, bytes(138))]), "header: 141 octets"),
    ],
)
def test_what_fits_no_field_is_refused(make: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    ("octets", "field", "offset"),
    [
        ("", "header length (UDHL)", 0),
        ("05", "header length (UDHL)", 0),
        ("050003a702", "header length (UDHL)", 0),
        ("0100", "information element 0x00", 1),
        ("0200ff", "length of information element 0x00", 2),
        ("050004a70201", "length of information element 0x00", 2),
        ("060003a7020124", "information element 0x24", 6),
    ],
)
def test_headers_that_their_octets_belie(octets: str, field: str, offset: int) -> None:
    with pytest.raises(DecodeError) as caught:
        decode_header(bytes.fromhex(octets))
    assert (caught.value.field, caught.value.offset) == (field, offset)
    assert str(caught.value).startswith(f"{field} at offset {offset}: ")


@pytest.mark.parametrize(
    ("octets", "field", "offset"),
    [
        ("040002a702", "length of information element 0x00 (concatenation)", 2),
        ("050003a70003", "information element 0x00 (concatenation)", 4),
        ("050003a70203", "information element 0x00 (concatenation)", 5),
        ("050003a70200", "information element 0x00 (concatenation)", 5),
        ("060804a7a70001", "information element 0x08 (concatenation)", 5),
        ("060804a7a70203", "information element 0x08 (concatenation)", 6),
        ("0770020000240100", "information element 0x24 (single shift)", 7),
        ("0325010e", "information element 0x25 (locking shift)", 3),
        ("0424020101", "length of information element 0x24 (single shift)", 2),
        ("050503010203", "length of information element 0x05 (ports)", 2),
    ],
)
def test_elements_that_cannot_be(octets: str, field: str, offset: int) -> None:
    content = bytes.fromhex(octets)
    decode_header(content)  # still well formed
    with pytest.raises(DecodeError) as caught:
        read_header(content)
    assert (caught.value.field, caught.value.offset) == (field, offset)


# --- from octets ------------------------------------------------------------------------------


def test_every_data_coding() -> None:
    # TS 23.038, clause 4, group by group; None is reserved or compressed.
    general = ["gsm7"] * 4 + ["8bit"] * 4 + ["ucs2"] * 4 + [None] * 4
    expected: list[str | None] = []
    for _ in ("00xx", "01xx"):
        expected += general * 2 + [None] * 32
    expected += [None] * 64  # 1000 to 1011
    expected += ["gsm7"] * 32 + ["ucs2"] * 16  # 1100, 1101, 1110
    expected += ["gsm7"] * 4 + ["8bit"] * 4 + [None] * 8  # 1111
    assert len(expected) == 256
    for data_coding, coding in enumerate(expected):
        if coding is None:
            with pytest.raises(DecodeError, match=r"^data coding \(TP-DCS\): 0x"):
                coding_of(data_coding)
        else:
            assert coding_of(data_coding) == coding


@pytest.mark.parametrize("data_coding", [-1, 256, True, 0.0, None, "0"])
def test_a_data_coding_is_one_octet(data_coding: Any) -> None:
    with pytest.raises(DecodeError, match="expected one octet"):
        coding_of(data_coding)


@pytest.mark.parametrize(
    ("part", "field", "offset"),
    [
        (UserData(False, GSM7, 11, bytes(9)), "length (TP-UDL)", 9),
        (UserData(False, GSM7, 9, bytes(9)), "length (TP-UDL)", 8),
        (UserData(False, GSM7, -1, b""), "length (TP-UDL)", None),
        (UserData(False, GSM7, True, b"a"), "length (TP-UDL)", None),
        (UserData(False, UCS2, 4, bytes(3)), "length (TP-UDL)", 3),
        (UserData(False, UCS2, 3, bytes(3)), "octets (TP-UD)", 2),
        (UserData(True, UCS2, 7, bytes.fromhex("050003a7020141")), "octets (TP-UD)", 6),
        (UserData(False, UCS2, 142, bytes(142)), "octets (TP-UD)", 140),
        (UserData(False, GSM7, 161, bytes(141)), "octets (TP-UD)", 140),
        (UserData(False, EIGHT_BIT, 2, b"ab"), "data coding (TP-DCS)", None),
        (UserData(False, 0x0C, 0, b""), "data coding (TP-DCS)", None),
        (UserData(True, GSM7, 0, b""), "header length (UDHL)", 0),
        (UserData(True, UCS2, 1, b"\x05"), "header length (UDHL)", 0),
        (UserData(True, GSM7, 6, bytes.fromhex("050003a70201")), "length (TP-UDL)", None),
        (
            UserData(True, GSM7, 6, bytes.fromhex("0424010e0000")),
            "information element 0x24 (single shift)",
            3,
        ),
    ],
)
def test_user_data_that_lies(part: UserData, field: str, offset: int | None) -> None:
    with pytest.raises(DecodeError) as caught:
        _ = part.text
    assert (caught.value.field, caught.value.offset) == (field, offset)
    assert field in str(caught.value)


@pytest.mark.parametrize("octets", [bytearray(b"ab"), "ab", None])
def test_octets_are_bytes(octets: Any) -> None:
    with pytest.raises(TypeError, match="octets: expected bytes"):
        _ = UserData(False, UCS2, 2, octets).text


def test_a_decode_error_can_be_copied_and_pickled() -> None:
    error = DecodeError("2 of 1", "concatenation", 4)
    for again in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert str(again) == "concatenation at offset 4: 2 of 1"
        assert (again.reason, again.field, again.offset) == ("2 of 1", "concatenation", 4)
    assert str(DecodeError("none", "parts")) == "parts: none"
    assert isinstance(error, ValueError)


def test_8_bit_data_has_a_header_and_octets() -> None:
    part = UserData(True, EIGHT_BIT, 9, bytes.fromhex("060504158a0000cafe"))
    assert part.header == (InformationElement.for_ports(0x158A, 0),)
    assert (part.coding, part.body) == ("8bit", b"\xca\xfe")
    assert part.short_message == part.octets


def test_a_short_message_of_smpp() -> None:
    # SMPP 3.4, 5.2.12 and 5.2.22: UDHI in esm_class, the header first, then a septet in each octet.
    received = bytes.fromhex("050003cc0201") + b"Hello\x1be"
    part = UserData.from_short_message(received, udhi=True)
    assert part.text == "Hello€"
    assert part.short_message == received
    assert part.length == 7 + 7
    assert part.octets == packed_by_hand(received[:6], received[6:])


@pytest.mark.parametrize(
    ("short_message", "options", "field", "offset"),
    [
        (b"ab\x80", {}, "short_message", 2),
        (bytes.fromhex("050003cc020141ff"), {"udhi": True}, "short_message", 7),
        (b"a" * 161, {}, "short_message", 160),
        (bytes.fromhex("050003cc0201") + b"a" * 154, {"udhi": True}, "short_message", 159),
        (b"", {"udhi": True}, "header length (UDHL)", 0),
        (b"", {"data_coding": 0x30}, "data coding (TP-DCS)", None),
    ],
)
def test_short_messages_that_are_none(
    short_message: bytes, options: dict[str, Any], field: str, offset: int | None
) -> None:
    with pytest.raises(DecodeError) as caught:
        UserData.from_short_message(short_message, **options)
    assert (caught.value.field, caught.value.offset) == (field, offset)


@pytest.mark.parametrize("data_coding", [2, 5, 9, 10, 11, 12, 13, 14, 15])
def test_codings_of_smpp_that_are_not_read_are_refused_by_name(data_coding: int) -> None:
    with pytest.raises(DecodeError, match=f"data_coding: 0x{data_coding:02X} is .* in SMPP") as caught:
        UserData.from_short_message(b"a@b", data_coding=data_coding)
    assert caught.value.field == "data_coding"


@pytest.mark.parametrize(
    ("data_coding", "coding"), [(0, "gsm7"), (4, "8bit"), (8, "ucs2"), (0x11, "gsm7"), (0xF5, "8bit")]
)
def test_codings_that_mean_the_same_in_both_are_read(data_coding: int, coding: str) -> None:
    assert UserData.from_short_message(b"ab", data_coding=data_coding).coding == coding


@pytest.mark.parametrize("short_message", ["ab", bytearray(b"ab"), None])
def test_a_short_message_is_bytes(short_message: Any) -> None:
    with pytest.raises(TypeError, match="short_message: expected bytes"):
        UserData.from_short_message(short_message)


def test_lone_surrogates_stay_code_units() -> None:
    part = UserData(False, UCS2, 6, bytes.fromhex("d83d0061de00"))
    assert part.text == "\ud83da\ude00"
    (again,) = septet.plan("\ud83da\ude00").user_data()
    assert again == part


@given(st.binary(max_size=150), st.integers(-1, 170), st.sampled_from(range(256)), st.booleans())
def test_any_octets_are_read_or_refused(octets: bytes, length: int, data_coding: int, udhi: bool) -> None:
    part = UserData(udhi, data_coding, length, octets)
    for name in ("text", "header", "concatenation", "tables", "body", "short_message"):
        refused: DecodeError | None = None
        try:
            getattr(part, name)
        except DecodeError as error:
            refused = error
        if refused is not None:
            assert refused.field
            assert refused.offset is None or 0 <= refused.offset <= len(octets)
