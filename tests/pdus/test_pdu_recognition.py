"""Recognition: what octets are that come without a word, and what a modem wrote."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import septet
from septet.errors import DecodeError
from septet.pdus.modem_lines import Line, hex_lines, pdu_of
from septet.pdus.recognition import is_ucs2, may_be_one_character, may_be_printable, pdu_in

CENTRE = "07913396050046F3"
DELIVER = "040B913316325476F80000624081220080000AE8329BFD4697D9EC37"
REPORT = "06A70B913316325476F8624081220080806240812210808000"
SUBMIT = "01000B913316325476F800000AE8329BFD4697D9EC37"


@pytest.mark.parametrize("octets", [DELIVER, REPORT, SUBMIT])
@pytest.mark.parametrize("centre", [CENTRE, "00", ""])
@pytest.mark.parametrize("filling", ["", "FF" * 7])
def test_a_pdu_is_one_with_or_without_the_service_centre(octets: str, centre: str, filling: str) -> None:
    pdu = pdu_in(bytes.fromhex(centre + octets + filling))
    assert pdu is not None
    assert pdu.address == "+33612345678"
    assert pdu.octets.hex().upper() == centre + octets


@pytest.mark.parametrize("octets", [DELIVER, SUBMIT])
@pytest.mark.parametrize("centre", [CENTRE, "00", ""])
def test_what_is_cut_off_is_no_user_data(octets: str, centre: str) -> None:
    whole = bytes.fromhex(centre + octets)
    behind_number = len(bytes.fromhex(centre)) + 9 + octets.startswith("01")
    for end in range(behind_number, len(whole)):
        with pytest.raises(DecodeError):
            pdu_in(whole[:end])
    with pytest.raises(DecodeError, match="1 octets follow that are not FF"):
        pdu_in(whole + b"\0")


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), min_size=1, max_size=160))
@example("a" * 160)
def test_user_data_is_no_pdu(text: str) -> None:
    for part in septet.plan(text, encoding="gsm7").user_data(1):
        assert pdu_in(part.octets) is None


@pytest.mark.parametrize("octets", [b"", b"\0", b"\x07", b"\x91" * 12])
def test_few_octets_are_none(octets: bytes) -> None:
    assert pdu_in(octets) is None


def test_a_pdu_without_a_time_is_one() -> None:
    octets = "040B913316325476F80000000000000000000AE8329BFD4697D9EC37"
    pdu = pdu_in(bytes.fromhex(octets))
    assert pdu is not None
    assert [problem.code for problem in pdu.problems] == ["time-unreadable"]


def test_a_pdu_from_a_name_is_one() -> None:
    name = septet.pack("Septet 1".encode("gsm03.38")).hex()
    octets = bytes.fromhex(f"040ED0{name}00086240812200800C0400410042")
    pdu = pdu_in(octets)
    assert pdu is not None
    assert pdu.address == "Septet 1"
    with pytest.raises(DecodeError, match="length"):
        pdu_in(octets[:-1])


def test_text_is_told_from_septets() -> None:
    assert is_ucs2("Привет".encode("utf-16-be"))
    assert not is_ucs2(septet.plan("Hello, world").user_data()[0].octets)
    for text in ("Hello, world", "Hello", "Code 1234"):
        assert may_be_printable(text.encode())
        assert not may_be_printable(septet.plan(text).user_data()[0].octets)
    assert may_be_one_character("€".encode("utf-16-be"))
    for text in ("ab", "A1", "OK", "1€"[:1] + "9"):
        assert not may_be_one_character(septet.plan(text).user_data()[0].octets)


def test_the_lines_of_a_modem() -> None:
    text = (
        f'at+cmgl=4\r\n+CMGL: 1,1,,28\r\n{CENTRE}{DELIVER}\r\n\r\n+CMTI: "SM",3\r\n+CDS: 25\r\n{REPORT}\r\n'
        f"OK\r\nAT+CMGS=21\r\n> 00{SUBMIT}\x1a\r\n+CMGS: 4\r\n{DELIVER.lower()}\r\n"
    )
    assert hex_lines(text) == (
        Line(3, CENTRE + DELIVER, 28),
        Line(7, REPORT, 25),
        Line(10, "00" + SUBMIT, 21),
        Line(12, DELIVER.lower(), None),
    )


def test_a_line_that_a_terminal_broke_is_one() -> None:
    text = (
        f"+CMGL: 1,1,,28\n{CENTRE}{DELIVER[:20]}\n{DELIVER[20:50]}\n{DELIVER[50:]}\n+CMGL: 2,1,,28\n{DELIVER}"
    )
    first, second = hex_lines(text)
    assert (first.digits, second.digits) == (CENTRE + DELIVER, DELIVER)
    # Without the modem's header line, each line is a PDU.
    assert len(hex_lines(f"{DELIVER}\n{DELIVER}")) == 2


def test_what_a_modem_announces_has_to_agree() -> None:
    line = Line(2, CENTRE + DELIVER, 28)
    assert pdu_of(line).text == "hellohello"
    with pytest.raises(DecodeError, match=r"27 octets are announced .* found 28"):
        pdu_of(line._replace(length=27))
    with pytest.raises(DecodeError, match=r"length .TP-UDL. at offset 26"):
        pdu_of(line._replace(digits=line.digits[:-2]))
    # What fills the record of a SIM card is announced too, or not at all.
    for length in (28, 30, None):
        assert pdu_of(Line(1, CENTRE + DELIVER + "FFFF", length)).trailing == b"\xff\xff"


@given(
    st.text(max_size=200) | st.lists(st.sampled_from(["+CMGL: 1,1,,28", DELIVER, "OK", ""])).map("\n".join)
)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        lines = hex_lines(text)
    except DecodeError as error:
        assert error.field.startswith("line ")  # noqa: PT017 (each has its line)
        return
    assert all(set(line.digits.upper()) <= set("0123456789ABCDEF \t\n\r\x0b\x0c") for line in lines)
