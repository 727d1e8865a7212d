"""SMPP: what a data_coding means, receipts, and the texts of a plan in the three ways."""

from __future__ import annotations

import pickle
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import septet
from septet.errors import DecodeError
from septet.pdus.information_elements import Ports
from septet.pdus.user_data import SmppUserData, UserData

# --- data_coding ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data_coding", "octets", "text", "coding"),
    [
        # SMPP 3.4, 5.2.19.
        (0x00, b"\x00\x1b\x65", "@€", "gsm7"),
        (0x01, b"@$", "@$", "ascii"),
        (0x03, b"@\xe7\xff", "@çÿ", "latin1"),
        (0x06, "Привет".encode("iso8859-5"), "Привет", "iso8859-5"),
        (0x07, "שלום".encode("iso8859-8"), "שלום", "iso8859-8"),
        (0x08, "日本".encode("utf-16-be"), "日本", "ucs2"),
        # The groups of TS 23.038, clause 4.
        (0xF0, b"\x00", "@", "gsm7"),
        (0xC8, b"\x00", "@", "gsm7"),
        (0xE0, b"\x00@", "@", "ucs2"),
        (0x10, b"\x00", "@", "gsm7"),
    ],
)
def test_what_a_data_coding_means(data_coding: int, octets: bytes, text: str, coding: str) -> None:
    part = UserData.from_short_message(octets, data_coding=data_coding)
    assert (part.text, part.coding, part.short_message) == (text, coding, octets)
    assert pickle.loads(pickle.dumps(part)) == part
    header = bytes.fromhex("050003a70201")
    part = UserData.from_short_message(header + octets, udhi=True, data_coding=data_coding)
    assert (part.text, part.short_message) == (text, header + octets)


@pytest.mark.parametrize(("default", "text"), [("gsm7", "¡"), ("ascii", "@"), ("latin1", "@")])
def test_the_centres_own_alphabet_is_said(default: str, text: str) -> None:
    assert UserData.from_short_message(b"@", default=default).text == text
    assert septet.ShortMessage(b"@", 0).user_data(default).text == text


@pytest.mark.parametrize("default", ["utf8", "latin-1", None, 3])
def test_a_default_alphabet_that_is_none(default: Any) -> None:
    with pytest.raises(ValueError, match='default: expected one of "gsm7", "ascii", "latin1"'):
        UserData.from_short_message(b"@", default=default)


@pytest.mark.parametrize(
    ("data_coding", "octets", "message"),
    [
        (0x01, b"a\x80", r"octets \(TP-UD\) at offset 1: 0x80 is not a character of ascii"),
        (0x07, b"\xa1", "0xA1 is not a character of iso8859-8"),
        (0x04, b"ab", "8-bit data is not text"),
        (0x08, b"abc", "UCS-2 has two octets a unit, found 3"),
    ],
)
def test_octets_that_are_not_what_is_said(data_coding: int, octets: bytes, message: str) -> None:
    part = UserData.from_short_message(octets, data_coding=data_coding)
    with pytest.raises(DecodeError, match=message):
        _ = part.text


def test_packed_septets_on_request() -> None:
    for text in ("hellohello", "1234567", "12345678", ""):
        (part,) = septet.plan(text).user_data()
        assert UserData.from_short_message(part.octets, packed=True) == part
    for part in septet.plan("a" * 200).user_data(7):
        again = UserData.from_short_message(part.octets, udhi=True, packed=True)
        assert again.text == part.text


def test_a_header_and_140_octets_are_read() -> None:
    header, body = bytes.fromhex("050003a70201"), ("я" * 70).encode("utf-16-be")
    part = UserData.from_short_message(header + body, udhi=True, data_coding=8)
    assert (part.text, part.short_message) == ("я" * 70, header + body)
    with pytest.raises(DecodeError, match="one short message holds 140 octets, found 142"):
        UserData.from_short_message(header + body + b"\0a", udhi=True, data_coding=8)


def test_160_characters_of_an_octet_each_are_read() -> None:
    for data_coding, charset in ((0x01, "ascii"), (0x03, "latin-1")):
        octets = ("a" * 160).encode(charset)
        assert UserData.from_short_message(octets, data_coding=data_coding).text == "a" * 160
    assert UserData.from_short_message(b"a" * 160, default="ascii").text == "a" * 160
    with pytest.raises(DecodeError, match="one short message holds 254 octets, found 255"):
        UserData.from_short_message(b"a" * 255, data_coding=1)


def test_ascii_under_ucs2_is_suspect() -> None:
    for octets in (b"id:0123456789 sub:001 stat:DELIVRD ", b"{[Hello}] #$%&*<=>", b"Hello!"):
        (problem,) = UserData.from_short_message(octets, data_coding=8).problems
        assert (problem.code, problem.details["probably"]) == ("suspect-encoding", octets.decode())
        assert UserData.from_short_message(octets, data_coding=1).problems == ()
    for text in ("你好", "О", "慢慢", "OK", "Hello!", "你好吗"):
        assert UserData.from_short_message(text.encode("utf-16-be"), data_coding=8).problems == ()


# --- receipts -------------------------------------------------------------------------------

EXAMPLE = (
    b"id:0123456789 sub:001 dlvrd:001 submit date:2604182200 done date:2604182201 stat:DELIVRD "
    b"err:000 text:Hello id:1"
)
AT, A_MINUTE_LATER = datetime(2026, 4, 18, 22, 0), datetime(2026, 4, 18, 22, 1)


@pytest.mark.parametrize("data_coding", [0x00, 0x03, 0x08])
@pytest.mark.parametrize("in_payload", [False, True])
def test_a_receipt(data_coding: int, in_payload: bool) -> None:
    message = septet.ShortMessage(EXAMPLE, data_coding, 0x04)
    if in_payload:
        message = septet.ShortMessage(b"", data_coding, 0x04, {"message_payload": EXAMPLE})
    receipt = message.receipt
    assert receipt is not None
    assert receipt[:-1] == (
        *("0123456789", "001", "001", AT, A_MINUTE_LATER),
        *("DELIVRD", "000", "Hello id:1"),
    )
    assert receipt.raw == EXAMPLE.decode()


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        # Spellings that centres have, as people report them of their clients.
        (b"id:a-b_c submit date:2411051159 done date:2411051159 stat:UNDELIV err:0a1", {"err": "0a1"}),
        (b"ID:7 SUB:1 DLVRD:1 STAT:EXPIRED ERR:4 TEXT:", {"stat": "EXPIRED", "text": "", "sub": "1"}),
        (b"id:7 submit_date:260418220000 done_date:260418220100 stat:DELIVRD", {"submit_date": AT}),
        (b"id:7 submit date:202604182200 done date:20260418220100", {"done_date": A_MINUTE_LATER}),
        (b"id:7 sub:000 done date:2604182201 DELIVRD err:000 Text:", {"stat": "DELIVRD", "err": "000"}),
        (b"id: 7 stat: REJECTD err: 0", {"id": "7", "stat": "REJECTD", "err": "0"}),
        (b"id:7, status:ACCEPTD, error:12\0", {"stat": "ACCEPTD", "err": "12"}),
        (b"id:7 submit date:0 done date:2613452200 stat:UNKNOWN", {"submit_date": None, "done_date": None}),
        ("id:7 stat:DELIVRD".encode("utf-16-be"), {"id": "7", "stat": "DELIVRD"}),
        (b"something else", {"id": None, "stat": None, "raw": "something else"}),
        (b"", {"id": None, "text": None}),
    ],
)
def test_the_spellings_of_receipts(octets: bytes, expected: dict[str, Any]) -> None:
    receipt = septet.ShortMessage(octets, 0, 0x04).receipt
    assert receipt is not None
    assert {name: getattr(receipt, name) for name in expected} == expected


def test_a_receipt_by_its_parameters() -> None:
    optional = {"receipted_message_id": b"7220bb\0", "message_state": 5}
    receipt = septet.ShortMessage(b"", 0, 0x04, optional).receipt
    assert receipt is not None
    assert (receipt.id, receipt.stat) == ("7220bb", "UNDELIV")


@pytest.mark.parametrize(("esm_class", "is_one"), [(0x00, False), (0x40, False), (0x04, True), (0x20, True)])
def test_what_is_a_receipt(esm_class: int, is_one: bool) -> None:
    assert (septet.ShortMessage(EXAMPLE, 0, esm_class).receipt is not None) is is_one


# --- the three ways -------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("a€[é я😀\x1b"), max_size=400)


@given(
    TEXTS,
    st.sampled_from(["udh", "sar", "payload"]),
    st.sampled_from(["auto", "latin1"]),
    st.integers(0, 999),
)
@example("", "udh", "auto", 1)
@example("]" * 153, "sar", "auto", 300)
@example("😀" * 80, "udh", "auto", 300)
def test_what_is_planned_arrives(text: str, way: str, encoding: Any, reference: int) -> None:
    plan = septet.plan(text, "smpp", encoding=encoding)
    try:
        messages = plan.short_messages(reference=reference, way=way)
    except ValueError as error:
        assert "16-bit" in str(error)  # noqa: PT017 (a wide reference may need one segment more)
        return
    assert len(messages) == (1 if way == "payload" else max(1, len(plan.segments)))
    for message in messages:
        assert message.data_coding == {"gsm7": 0, "latin1": 3, "ucs2": 8}[plan.encoding]
        assert message.esm_class == (0x40 if way == "udh" and len(messages) > 1 else 0)
        assert message.fields["short_message"] == message.short_message
        assert set(message.fields) == {"short_message", "data_coding", "esm_class", *message.optional}
        if way != "payload":
            assert len(message.short_message) <= 160
    assert septet.join(messages) == plan.text
    reassembler = septet.Reassembler()
    assert [reassembler.add(message, "x") for message in reversed(messages)][-1] == plan.text


def test_a_payload_stands_alone() -> None:
    (message,) = septet.plan("я" * 100).short_messages(way="payload")
    assert message.short_message == b""
    assert message.optional == {"message_payload": ("я" * 100).encode("utf-16-be")}
    (long,) = septet.plan("a" * 39_000).short_messages(way="payload")
    assert long.text == "a" * 39_000
    with pytest.raises(DecodeError, match="a short_message is there too"):
        _ = message._replace(short_message=b"a").text
    with pytest.raises(DecodeError, match="it holds 65535 octets at most, found 65536"):
        UserData.from_payload(b"a" * 65536)
    with pytest.raises(TypeError, match="message_payload: expected bytes"):
        UserData.from_payload("a")  # type: ignore[arg-type]


def sar_of(*parameters: int | None) -> dict[str, int | None]:
    return dict(zip(("sar_msg_ref_num", "sar_total_segments", "sar_segment_seqnum"), parameters, strict=True))


def test_sar_parameters_are_complete_and_true() -> None:
    first, second = septet.plan("a" * 200).short_messages(reference=300, way="sar")
    assert second.optional == {
        "sar_msg_ref_num": 300,
        "sar_total_segments": 2,
        "sar_segment_seqnum": 2,
    }
    assert isinstance(first.user_data(), SmppUserData)  # 153 septets with a header of 16 bits
    for wrong, field in (
        ({"sar_msg_ref_num": 1}, "sar_total_segments"),
        ({"sar_msg_ref_num": 1, "sar_total_segments": 1, "sar_segment_seqnum": 2}, "sar_segment_seqnum"),
        ({"sar_msg_ref_num": "1", "sar_total_segments": 2, "sar_segment_seqnum": 2}, "sar_segment_seqnum"),
    ):
        with pytest.raises(DecodeError) as caught:
            first._replace(optional=wrong).user_data()
        assert caught.value.field == field
    header = bytes.fromhex("050003a70201")
    part = UserData.from_short_message(header + b"a", udhi=True, **sar_of(1, 2, 1))
    assert part.short_message == header + b"a"
    with pytest.raises(DecodeError, match="the header says part 1 of 2, the parameters 2 of 2"):
        UserData.from_short_message(header + b"a", udhi=True, **sar_of(1, 2, 2))


def test_ports_go_beside_the_text_where_there_is_no_header() -> None:
    plan = septet.plan("a", "smpp", ports=(2948, 9200))
    (with_header,) = plan.short_messages()
    assert with_header.esm_class == 0x40
    assert with_header.short_message == bytes.fromhex("0605040b8423f061")
    for way in ("sar", "payload"):
        (message,) = plan.short_messages(way=way)
        assert (message.optional["destination_port"], message.optional["source_port"]) == (2948, 9200)
    with pytest.raises(ValueError, match=r'way: information element 0x01 stands in a header.*"udh"'):
        septet.plan("a", header=b"\x01\x02\x80\x05").short_messages(way="sar")
    with pytest.raises(ValueError, match="way: information element 0x25"):
        septet.plan("ğ" * 90, language="tr").short_messages(reference=1, way="payload")


@pytest.mark.parametrize("way", ["UDH", "", None, 1])
def test_a_way_that_is_none(way: Any) -> None:
    with pytest.raises(ValueError, match="way: expected one of 'udh', 'sar', 'payload'"):
        septet.plan("a").short_messages(way=way)
    with pytest.raises(ValueError, match="way: expected one of"):
        septet.recut(b"a", 0, way=way)


def test_several_segments_need_a_reference() -> None:
    for way in ("udh", "sar"):
        with pytest.raises(ValueError, match=r"reference: 2 segments need a number.*septet\.References"):
            septet.plan("a" * 161).short_messages(way=way)


def test_a_centre_with_another_default_alphabet(tmp_path: Path) -> None:
    path = tmp_path / "centre.toml"
    path.write_text(
        'extends = "smpp"\n[octets]\nheader = true\ndefault_alphabet = "latin1"\nsource = "our contract"\n'
    )
    plan = septet.plan("à la maison @", path)
    (message,) = plan.short_messages()
    assert (message.short_message, message.data_coding) == (b"\xe0 la maison @", 0)
    assert message.user_data("latin1").text == plan.text
    with pytest.raises(ValueError, match=r"EURO SIGN\) at place 3 of the text is not in latin1"):
        septet.plan("10 €", path).short_messages()


def test_latin1_is_no_pdu() -> None:
    with pytest.raises(ValueError, match="Latin-1 has no data coding of its own in a PDU"):
        septet.plan("é", "smpp", encoding="latin1").user_data()


# --- octets of a gateway --------------------------------------------------------------------

# What is uncompressed GSM-7, and UCS-2: SMPP 3.4, 5.2.19, and where it leaves the value to GSM, 3GPP TS
# 23.038, section 4: classes, texts that are deleted once read, and those that tell of waiting messages.
GSM7_CODINGS = {
    0x00,
    *(first + place for first in (0x10, 0x40, 0x50, 0xF0) for place in range(4)),
    *range(0xC0, 0xE0),
}
UCS2_CODINGS = {
    0x08,
    *(first + place for first in (0x18, 0x48, 0x58) for place in range(4)),
    *range(0xE0, 0xF0),
}


@given(
    st.binary(max_size=700) | TEXTS.map(lambda text: text.encode("utf-16-be", "surrogatepass")),
    st.integers(0, 255),
    st.sampled_from(["udh", "sar", "payload"]),
)
@example(b"\x1b\x65" * 200, 0x00, "udh")
@example(b"\x1b" * 500, 0x00, "sar")
@example("😀".encode("utf-16-be") * 100, 0x08, "udh")
@example(b"\0a" * 100 + b"\0", 0x08, "udh")
@example(b"a" * 150, 0x10, "udh")
@example(b"\x1b\x65" * 100, 0xC8, "sar")
@example("😀".encode("utf-16-be") * 40, 0xE0, "udh")
def test_any_octets_are_recut(octets: bytes, data_coding: int, way: str) -> None:
    messages = septet.recut(octets, data_coding, way=way)
    bodies = []
    for message in messages:
        assert message.data_coding == data_coding
        start = 6 if message.esm_class else 0
        assert (message.esm_class, message.short_message[:1]) in (
            *((0, message.short_message[:1]), (0x40, b"\x05")),
        )
        bodies.append(message.short_message[start:] or message.optional.get("message_payload", b""))
        assert message.problems == messages[0].problems
    assert b"".join(bodies) == octets
    if way == "payload":
        return
    is_gsm7 = not messages[0].problems and data_coding in GSM7_CODINGS
    single, part = (160, 153) if is_gsm7 else (140, 134)
    assert (len(messages) == 1) == (len(octets) <= single)
    assert all(len(body) <= (part if len(messages) > 1 else single) for body in bodies)
    for body in bodies[:-1]:
        if is_gsm7:
            assert (len(body) - len(body.rstrip(b"\x1b"))) % 2 == 0
        elif data_coding in UCS2_CODINGS:
            assert len(body) % 2 == 0


def test_recut_keeps_characters_whole() -> None:
    for data_coding, octets, most in (
        (0x00, b"\x1b\x65" * 100, [152, 48]),
        (0x08, "😀".encode("utf-16-be") * 40, [132, 28]),
        (0x03, b"\xe7" * 150, [134, 16]),
        (0x04, b"\x00" * 150, [134, 16]),
    ):
        messages = septet.recut(octets, data_coding, reference=7)
        assert [len(message.short_message) - 6 for message in messages] == most
        assert [message.short_message[:6].hex() for message in messages] == ["050003070201", "050003070202"]
        assert not messages[0].problems


@pytest.mark.parametrize(
    ("octets", "data_coding", "says"),
    [
        (b"a" * 141, 0x05, "The data coding 0x05 is not supported"),
        (b"a", 0x0E, "The data coding 0x0E is not supported"),
        (b"a", 0x9F, "The data coding 0x9F is not supported"),
        (b"a\x80", 0x00, "one of them is not a septet"),
        (b"abc", 0x08, "their number is odd"),
    ],
)
def test_recut_says_what_it_does_not_know(octets: bytes, data_coding: int, says: str) -> None:
    for message in septet.recut(octets, data_coding):
        (problem,) = message.problems
        assert problem.code == "cut-by-octets"
        assert says in problem.message


def test_recut_has_one_part_of_nothing() -> None:
    assert septet.recut(b"", 8) == (septet.ShortMessage(b"", 8),)


def test_recut_refuses_what_is_no_octets() -> None:
    with pytest.raises(TypeError, match="octets: expected bytes, found str"):
        septet.recut("a", 0)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="data_coding: expected one octet"):
        septet.recut(b"a", 256)
    with pytest.raises(ValueError, match="octets: 256 parts cannot be numbered"):
        septet.recut(b"a" * (134 * 255 + 1), 4)
    assert len(septet.recut(b"a" * (134 * 255 + 1), 4, way="payload")) == 1


def test_recut_takes_references() -> None:
    references = septet.References(250)
    numbers = [septet.recut(b"a" * 200, 4, reference=references)[0].short_message[3] for _ in range(8)]
    assert numbers == [250, 251, 252, 253, 254, 255, 0, 1]
    wide = septet.recut(b"a" * 200, 4, reference=0xBEEF)
    assert wide[0].short_message[:7].hex() == "060804beef0201"
    # Without one, each message has the next number of this process.
    first, second = (septet.recut(b"a" * 200, 4)[0].short_message[3] for _ in range(2))
    assert second == (first + 1) % 256


def test_ports_of_a_header_are_read() -> None:
    (part,) = septet.plan("a", ports=(240, 255)).user_data()
    assert part.header[0].kind == "ports"
    assert part.header[0].data == bytes(Ports(240, 255))
