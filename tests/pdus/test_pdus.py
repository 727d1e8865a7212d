"""PDUs: what SMS-DELIVER, SMS-SUBMIT and SMS-STATUS-REPORT say, and those that are written."""

from __future__ import annotations

import contextlib
import copy
import json
import pickle
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import septet
from septet.errors import DecodeError
from septet.pdus.data_codings import CodingScheme, Indication, coding_of, coding_scheme
from septet.pdus.information_elements import Concatenation
from septet.pdus.pdu_reading import read_pdu
from septet.pdus.statuses import outcome, status_words

# "How are you?" from +31641600986, through +31624000000: quoted in many explanations of PDUs.
CENTRE = "07911326040000F0"
DELIVER = "040B911346610089F60000208062917314080CC8F71D14969741F977FD07"


def deliver(
    address: str = "0B911346610089F6", time: str = "20806291731408", rest: str = "0141", coding: str = "00"
) -> str:
    return f"04{address}00{coding}{time}{rest}"


def codes(pdu: septet.Pdu) -> list[str]:
    return [problem.code for problem in pdu.problems]


# --- delivered ------------------------------------------------------------------------------


def test_a_delivered_message() -> None:
    pdu = read_pdu(CENTRE + DELIVER)
    assert (pdu.kind, pdu.smsc, pdu.address, pdu.text) == (
        *("deliver", "+31624000000", "+31641600986"),
        "How are you?",
    )
    assert pdu.timestamp == datetime(2002, 8, 26, 19, 37, 41, tzinfo=UTC)
    assert (pdu.length, pdu.hex, pdu.octets.hex().upper()) == (len(DELIVER) // 2, *[CENTRE + DELIVER] * 2)
    assert (pdu.data_coding, pdu.protocol, pdu.message_class, pdu.message_reference) == (0, 0, None, None)
    assert not pdu.more_messages
    assert not pdu.problems
    assert pdu == read_pdu(pdu.octets) == pickle.loads(pickle.dumps(pdu)) == copy.deepcopy(pdu)
    json.dumps(pdu.to_dict())


def test_the_service_centre_is_found_or_said() -> None:
    for octets in (DELIVER, "00" + DELIVER, CENTRE + DELIVER):
        assert read_pdu(octets).text == "How are you?"
        assert read_pdu(octets.lower()).length == len(DELIVER) // 2
    assert read_pdu(DELIVER, smsc=False) == read_pdu(DELIVER)
    assert read_pdu("00" + DELIVER, smsc=True).smsc is None
    with pytest.raises(DecodeError):
        read_pdu(DELIVER, smsc=True)
    with pytest.raises(ValueError, match="smsc: expected True, False or None, found 1"):
        read_pdu(DELIVER, smsc=1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="octets_or_hex: expected bytes or a str"):
        read_pdu(7)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("address", "text", "is_unusual"),
    [
        ("0B911346610089F6", "+31641600986", False),
        ("0B811346610089F6", "31641600986", False),
        ("0AA16021436587", "0612345678", False),
        ("0B801346610089F6", "31641600986", False),  # type and plan unknown: a common one
        ("04B66387", "3678", False),  # type 3, plan 6
        ("14A1" + "21" * 10, "12" * 10, False),  # the longest
        ("0581C1D2F3", "1a2b3", False),
        ("0381A3F1", "3*1", False),
        ("0381B3F1", "3#1", False),
        ("0091", "", False),
        ("0B711346610089F6", "31641600986", True),  # no extension bit, and a reserved type
    ],
)
def test_addresses(address: str, text: str, is_unusual: bool) -> None:
    pdu = read_pdu(deliver(address))
    assert pdu.address == text
    assert pdu.address_type == int(address[2:4], 16)
    assert ("address-unusual" in codes(pdu)) is is_unusual


@pytest.mark.parametrize(("semi_octets", "letters"), [(16, 9), (14, 8), (18, 10), (13, 7), (20, 11), (2, 1)])
@pytest.mark.parametrize("kind", [0xD0, 0xD1])
def test_letters_are_as_many_as_the_semi_octets_hold(semi_octets: int, letters: int, kind: int) -> None:
    # TS 23.040, 9.1.2.5: the length counts semi-octets in use, of seven-bit letters.
    name = "Septet & co"[:letters]
    octets = septet.pack(name.encode("gsm03.38")).ljust((semi_octets + 1) // 2, b"\0")
    address = bytes((semi_octets, kind)) + octets
    assert read_pdu(deliver(address.hex())).address == name


@pytest.mark.parametrize(
    ("time", "expected", "problem"),
    [
        # 9.2.3.11: quarters of an hour in decimal, bit 3 of the octet is the sign.
        ("62408122008004", "2026-04-18T22:00:08+10:00", None),
        ("6240812200800C", "2026-04-18T22:00:08-10:00", None),
        ("62408122008080", "2026-04-18T22:00:08+02:00", None),
        ("62408122008088", "2026-04-18T22:00:08-02:00", None),
        ("6240812200806B", "2026-04-18T22:00:08-09:00", None),
        ("62408122008000", "2026-04-18T22:00:08+00:00", None),
        ("99211332955900", None, "time-unreadable"),  # 31 December 1999, 23:59:95
        ("624081220080FF", "2026-04-18T22:00:08+00:00", "zone-unreadable"),
        ("00000000000000", None, "time-unreadable"),
        ("6A408122008000", None, "time-unreadable"),
        ("62209222008000", None, "time-unreadable"),  # 29 February
    ],
)
def test_times(time: str, expected: str | None, problem: str | None) -> None:
    pdu = read_pdu(deliver(time=time))
    assert (pdu.timestamp.isoformat() if pdu.timestamp else None) == expected
    assert codes(pdu) == ([problem] if problem else [])
    if problem:
        # The raw octets are kept.
        assert pdu.problems[0].details["octets"] in time


def test_flags_and_the_protocol() -> None:
    pdu = read_pdu("A0" + deliver()[2:-20] + "39" + deliver()[-18:])
    assert (pdu.more_messages, pdu.status_report, pdu.reply_path) == (True, True, True)
    pdu = read_pdu(deliver().replace("F600", "F639", 1))
    assert (pdu.protocol, pdu.text, pdu.problems) == (0x39, "A", ())


def test_parts_need_not_be_full_and_have_any_reference() -> None:
    # A reference of 16 bits, 66 units where 66 fit, other bits in the first octet.
    body = "я" * 65
    header = "06080400000201"
    octets = header + body.encode("utf-16-be").hex()
    pdu = read_pdu("44" + deliver(coding="08", rest=f"{len(octets) // 2:02X}{octets}")[2:])
    assert pdu.user_data is not None
    assert pdu.user_data.concatenation == Concatenation(0, 2, 1, wide=True)
    assert pdu.text == body


def test_a_part_with_half_a_code_unit_is_whole_when_it_is_joined() -> None:
    octets = "Привет, мир".encode("utf-16-be")
    parts = []
    for number, body in ((1, octets[:7]), (2, octets[7:])):
        user_data = bytes((5, 0, 3, 9, 2, number)) + body
        pdu = read_pdu("44" + deliver(coding="08", rest=f"{len(user_data):02X}{user_data.hex()}")[2:])
        with pytest.raises(DecodeError, match="two octets a unit"):
            _ = pdu.text
        assert pdu.to_dict()["text"] is None
        assert pdu.user_data is not None
        parts.append(pdu.user_data)
    assert septet.join(parts) == "Привет, мир"


def test_what_stands_behind_is_kept_and_said() -> None:
    pdu = read_pdu(CENTRE + DELIVER + "FFFFFF")
    assert (pdu.text, pdu.trailing, codes(pdu)) == ("How are you?", b"\xff" * 3, ["octets-behind"])
    assert pdu.octets + pdu.trailing == bytes.fromhex(CENTRE + DELIVER + "FFFFFF")
    assert "3 octets follow" in pdu.problems[0].message


def test_an_empty_header_is_said() -> None:
    # UDHI, and a header of 0 octets; then five fill bits' worth of septets.
    septets = septet.pack(b"Hi", 6)
    pdu = read_pdu("44" + deliver(rest="0400" + septets.hex())[2:])
    assert (pdu.text, codes(pdu)) == ("Hi", ["header-empty"])


def test_ascii_that_is_said_to_be_ucs2_is_suspect() -> None:
    octets = b"id:123 sub:001"
    pdu = read_pdu(deliver(coding="08", rest=f"{len(octets):02X}{octets.hex()}"))
    (problem,) = pdu.problems
    assert (problem.code, problem.details["probably"]) == ("suspect-encoding", "id:123 sub:001")
    assert pdu.user_data is not None
    assert pdu.user_data.problems == pdu.problems
    for text in ("Привет", "你好吗", "été 10", "OK"):
        octets = text.encode("utf-16-be")
        assert not read_pdu(deliver(coding="08", rest=f"{len(octets):02X}{octets.hex()}")).problems


# --- the data coding ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data_coding", "expected"),
    [
        (0x00, CodingScheme("gsm7")),
        (0x10, CodingScheme("gsm7", message_class=0)),
        (0x11, CodingScheme("gsm7", message_class=1)),
        (0x18, CodingScheme("ucs2", message_class=0)),
        (0x20, CodingScheme("gsm7", compressed=True)),
        (0x48, CodingScheme("ucs2", deleted_when_read=True)),
        (0xC8, CodingScheme("gsm7", indication=Indication("voicemail", True, False))),
        (0xD2, CodingScheme("gsm7", indication=Indication("e-mail", False, True))),
        (0xE9, CodingScheme("ucs2", indication=Indication("fax", True, True))),
        (0xF6, CodingScheme("8bit", message_class=2)),
    ],
)
def test_what_a_data_coding_says(data_coding: int, expected: CodingScheme) -> None:
    assert coding_scheme(data_coding) == expected


def test_a_scheme_has_the_coding_of_its_octet() -> None:
    refused = []
    for data_coding in range(256):
        try:
            scheme = coding_scheme(data_coding)
        except DecodeError as error:
            refused.append(error.reason)
            continue
        if not scheme.compressed:
            assert scheme.coding == coding_of(data_coding)
    # 00xx11xx eight times four, 1000 to 1011, and the upper half of 1111.
    assert len(refused) == 8 * 4 + 4 * 16 + 8
    assert all("reserved" in reason for reason in refused)


def test_compressed_text_is_said_and_not_read() -> None:
    pdu = read_pdu(deliver(coding="20", rest="03010203"))
    assert (codes(pdu), pdu.length) == (["text-compressed"], len(deliver()) // 2 + 2)
    assert pdu.to_dict()["user_data"] is None
    with pytest.raises(DecodeError, match="compressed text"):
        _ = pdu.text


def test_data_is_no_text() -> None:
    pdu = read_pdu(deliver(coding="04", rest="03010203"))
    assert pdu.user_data is not None
    assert (pdu.user_data.body, pdu.to_dict()["text"]) == (b"\1\2\3", None)
    with pytest.raises(DecodeError, match="8-bit data is not text"):
        _ = pdu.text


# --- status reports -------------------------------------------------------------------------

REPORT = "06A70B913316325476F8" + "62408122008080" + "62408122108080"


def test_a_status_report() -> None:
    pdu = read_pdu(CENTRE + REPORT + "00")
    assert (pdu.kind, pdu.address, pdu.message_reference) == ("status-report", "+33612345678", 0xA7)
    assert pdu.timestamp is not None
    assert pdu.discharged is not None
    assert pdu.discharged - pdu.timestamp == timedelta(minutes=1)
    assert (pdu.outcome, read_pdu(CENTRE + DELIVER).outcome) == ("delivered", None)
    assert (pdu.status, pdu.status_words) == (0, "delivered: received by the recipient")
    assert (pdu.text, pdu.user_data, pdu.data_coding) == ("", None, None)


def test_a_status_report_with_a_text() -> None:
    # 9.2.3.27: TP-PI shows which of TP-PID, TP-DCS and TP-UDL follow.
    pdu = read_pdu(REPORT + "46" + "07" + "3908" + "0400410042")
    assert (pdu.protocol, pdu.data_coding, pdu.text) == (0x39, 8, "AB")
    pdu = read_pdu(REPORT + "46" + "8400" + "0141")
    assert (pdu.protocol, pdu.data_coding, pdu.text) == (None, None, "A")
    # A SIM card's filling is no indicator.
    pdu = read_pdu(REPORT + "46" + "FFFF")
    assert (codes(pdu), pdu.trailing) == (["octets-behind"], b"\xff\xff")


@pytest.mark.parametrize(
    ("status", "words", "group"),
    [
        (0x01, "delivered: forwarded to the recipient, delivery not confirmed", "delivered"),
        (0x1F, "delivered: a reason of this service centre's own (0x1F)", "delivered"),
        (
            0x22,
            "not yet delivered, the service centre is still trying: no response from the recipient",
            "trying",
        ),
        (0x46, "not delivered, the service centre has given up: validity period expired", "failed"),
        (0x4B, "not delivered, the service centre has given up: a reserved reason (0x4B)", "failed"),
        (
            0x65,
            "not delivered, the service centre no longer tries: error in the recipient's",
            "failed",
        ),
        (0x80, "reserved status 0x80", "unknown"),
    ],
)
def test_statuses_in_words(status: int, words: str, group: str) -> None:
    assert status_words(status).startswith(words)
    assert outcome(status) == group


# --- submitted ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flags", "period", "expected"),
    [
        # 9.2.3.12.1.
        ("11", "00", timedelta(minutes=5)),
        ("11", "8F", timedelta(hours=12)),
        ("11", "90", timedelta(hours=12, minutes=30)),
        ("11", "A7", timedelta(days=1)),
        ("11", "A8", timedelta(days=2)),
        ("11", "C4", timedelta(days=30)),
        ("11", "C5", timedelta(weeks=5)),
        ("11", "FF", timedelta(weeks=63)),
        # 9.2.3.12.2.
        ("19", "62408122008080", datetime(2026, 4, 18, 22, 0, 8, tzinfo=timezone(timedelta(hours=2)))),
        # 9.2.3.12.3: as relative, in seconds, as hours, minutes and seconds, and none.
        ("09", "01000000000000", timedelta(minutes=5)),
        ("09", "421E0000000000", timedelta(seconds=30)),
        ("09", "03213040000000", timedelta(hours=12, minutes=3, seconds=4)),
        ("09", "00000000000000", None),
        ("09", "80000000000000", None),
        ("01", "", None),
    ],
)
def test_validity(flags: str, period: str, expected: Any) -> None:
    pdu = read_pdu(f"{flags}000B913316325476F80000{period}0141", smsc=False)
    assert (pdu.kind, pdu.validity, pdu.text) == ("submit", expected, "A")


def test_a_submitted_message_is_written() -> None:
    (pdu,) = septet.plan("hellohello").submit_pdus("+33612345678")
    assert pdu.hex == "0001000B913316325476F800000AE8329BFD4697D9EC37"
    assert (pdu.length, pdu.kind, pdu.smsc) == (22, "submit", None)
    (pdu,) = septet.plan("яa").submit_pdus(
        "06 12 34 56 78", smsc="+33695000643", validity=timedelta(days=4), status_report=True, message_class=0
    )
    assert pdu.hex == "07913396050046F3" + "31000A816021436587" + "0018AA" + "04044F0061"
    assert (pdu.message_class, pdu.status_report, pdu.validity) == (0, True, timedelta(days=4))


def test_a_recipient_of_letters_is_written() -> None:
    (pdu,) = septet.plan("a").submit_pdus("Septet & co")
    assert pdu.address == "Septet & co"
    assert pdu.octets[3:5] == b"\x14\xd0"


def test_parts_are_written() -> None:
    plan = septet.plan("я" * 100)
    pdus = plan.submit_pdus("36000", reference=7)
    assert [pdu.user_data for pdu in pdus] == list(plan.user_data(7))
    assert septet.join(pdu.user_data for pdu in pdus if pdu.user_data) == plan.text
    # TS 23.040, 9.2.3.24.1: any octet is a reference, 0 as well.
    assert plan.user_data(0)[0].concatenation == Concatenation(0, 2, 1)
    # Above 255 a reference takes 16 bits.
    (first, _) = septet.plan("a" * 200).submit_pdus("36000", reference=300)
    assert first.user_data is not None
    assert first.user_data.concatenation == Concatenation(300, 2, 1, wide=True)
    with pytest.raises(ValueError, match="16-bit"):
        septet.plan("a" * 306).submit_pdus("36000", reference=300)
    with pytest.raises(ValueError, match="reference: 2 segments need a number"):
        plan.submit_pdus("36000")


def test_an_empty_text_has_one_part_of_length_0() -> None:
    (pdu,) = septet.plan("").submit_pdus("36000")
    assert (pdu.text, pdu.hex) == ("", "00010005816300F0000000")


def test_an_absolute_validity_keeps_its_zone() -> None:
    for zone in (UTC, timezone(timedelta(hours=-9, minutes=-30)), timezone(timedelta(hours=5, minutes=45))):
        until = datetime(2026, 4, 18, 22, 0, 8, tzinfo=zone)
        (pdu,) = septet.plan("a").submit_pdus("36000", validity=until)
        assert pdu.validity == until
        assert pdu.validity.utcoffset() == until.utcoffset()  # type: ignore[union-attr]
    odd = datetime(1999, 12, 31, 23, 59, tzinfo=timezone(timedelta(minutes=7)))
    assert septet.plan("a").submit_pdus("36000", validity=odd)[0].validity == odd


@pytest.mark.parametrize(
    ("recipient", "options", "message"),
    [
        ("", {}, "recipient: expected a number or letters"),
        ("+33x", {}, r"recipient: expected digits behind the \+"),
        ("1" * 21, {}, "recipient: a number has 20 digits at most, found 21"),
        ("twelve chars", {}, "recipient: letters take 11 septets at most, found 12"),
        ("東京", {}, "recipient: character 1 is not in the GSM alphabet"),
        ("1", {"smsc": "centre"}, "smsc: expected a number"),
        ("1", {"validity": timedelta(minutes=7)}, "validity: 0:07:00 is not among .*: 0:05:00, 0:10:00"),
        ("1", {"validity": timedelta(0)}, "validity: .* the nearest: 0:05:00"),
        ("1", {"validity": datetime(2026, 1, 1)}, "validity: expected a time with its zone"),
        ("1", {"status_report": 1}, "status_report: expected True or False, found 1"),
        ("1", {"message_class": True}, "message_class: expected a whole number from 0 to 3, found True"),
        ("1", {"message_class": 4}, "message_class: expected a whole number from 0 to 3, found 4"),
        ("1", {"reference": 65536}, "reference: expected a whole number from 0 to 65535, found 65536"),
    ],
)
def test_what_cannot_be_written_is_refused(recipient: str, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        septet.plan("a").submit_pdus(recipient, **options)


@pytest.mark.parametrize(
    ("recipient", "options"), [(33612345678, {}), ("1", {"smsc": 7}), ("1", {"validity": 3600})]
)
def test_wrong_types_are_refused(recipient: Any, options: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        septet.plan("a").submit_pdus(recipient, **options)


# --- not PDUs --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("octets", "field", "offset"),
    [
        ("0", "hexadecimal digits", None),
        ("0g", "hexadecimal digits", None),
        (CENTRE, "first octet", 8),
        (CENTRE + DELIVER[:10], "originating address (TP-OA)", 9),
        (CENTRE + DELIVER[:22], "time stamp (TP-SCTS)", 19),
        (CENTRE + DELIVER[:36], "length (TP-UDL)", 26),
        (CENTRE + DELIVER[:-2], "length (TP-UDL)", 26),
        (CENTRE + deliver("15A1" + "21" * 11), "originating address (TP-OA)", 9),
        (CENTRE + "07" + DELIVER[2:], "first octet", 8),
        (CENTRE + deliver(rest="A1" + "00" * 141), "length (TP-UDL)", 26),
        (CENTRE + deliver(coding="08", rest="8D" + "00" * 141), "length (TP-UDL)", 26),
        (CENTRE + deliver(coding="8C"), "data coding (TP-DCS)", None),
        (CENTRE + REPORT, "status (TP-ST)", 32),
        (CENTRE + "11000B913316325476F80000", "validity period (TP-VP)", 20),
    ],
)
def test_pdus_that_are_none(octets: str, field: str, offset: int | None) -> None:
    with pytest.raises(DecodeError) as caught:
        read_pdu(octets)
    assert (caught.value.field, caught.value.offset) == (field, offset)
    # The error names what was expected and found.
    assert any(character.isdigit() for character in caught.value.reason)


@given(st.binary(max_size=200), st.sampled_from([None, True, False]))
def test_any_octets_are_read_or_refused(octets: bytes, smsc: bool | None) -> None:
    with contextlib.suppress(DecodeError):
        pdu = read_pdu(octets, smsc=smsc)
        assert pdu.octets + pdu.trailing == octets
        pdu.to_dict()


@given(
    st.text(max_size=400), st.integers(0, 255), st.sampled_from(["+33612345678", "36000", "Septet", "*31#"])
)
def test_what_is_written_is_read_again(text: str, reference: int, recipient: str) -> None:
    plan = septet.plan(text)
    pdus = plan.submit_pdus(recipient, reference=reference)
    for pdu in pdus:
        assert read_pdu(pdu.hex) == pdu
        assert read_pdu(pdu.octets[1:], smsc=False)._replace(octets=pdu.octets) == pdu
        assert (pdu.address, pdu.length) == (recipient, len(pdu.octets) - 1)
    text = septet.join(pdu.user_data for pdu in pdus if pdu.user_data is not None)
    assert text == plan.text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
