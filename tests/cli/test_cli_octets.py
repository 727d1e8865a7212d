"""The commands `encode` and `decode`: what they print, and that each wrong input is one line and exit 2."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sources import ROOT
from typer.testing import CliRunner

import septet
from septet.cli.app import app


@pytest.fixture(autouse=True, scope="module")
def plain_environment() -> Any:
    with pytest.MonkeyPatch.context() as patch:
        for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
            patch.delenv(name, raising=False)
        yield


def invoke(*arguments: str, stdin: bytes = b"") -> Any:
    return CliRunner().invoke(app, list(arguments), input=stdin)


def printed(*arguments: str, stdin: bytes = b"") -> str:
    result = invoke(*arguments, stdin=stdin)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return str(result.stdout)


def complaint(*arguments: str) -> str:
    """The message of a refused command: one line on standard error, and nothing on standard output."""
    result = invoke(*arguments)
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    return str(result.stderr).rstrip("\n")


def hex_of(text: str, reference: int = 0xA7, **options: Any) -> list[str]:
    return [part.octets.hex().upper() for part in septet.plan(text, **options).user_data(reference)]


# --- encode -----------------------------------------------------------------------------------


def test_encode_prints_a_line_for_one_segment() -> None:
    assert printed("encode", "hellohello") == "header -  octets E8329BFD4697D9EC37  length 10 septets\n"
    assert printed("encode", "Ç😀") == "header -  octets 00C7D83DDE00  length 6 octets\n"


def test_encode_prints_a_line_for_each_segment() -> None:
    text = "a" * 152 + "€" + "a" * 152
    lines = printed("encode", text, "--reference", "167").splitlines()
    assert lines == [
        f"header 050003A703{number:02X}  octets {octets}  length {length} septets"
        for number, octets, length in zip((1, 2, 3), hex_of(text), (159, 160, 8), strict=True)
    ]


def test_encode_takes_a_wide_reference() -> None:
    text = "я" * 66 + "😀" + "я" * 10
    lines = printed("encode", text, "--reference", "48879", "--wide-reference").splitlines()
    assert [line.split()[1] for line in lines] == ["060804BEEF0201", "060804BEEF0202"]


def test_encode_takes_the_text_like_the_other_commands() -> None:
    expected = printed("encode", "-20 %")
    assert printed("encode", "-", stdin=b"-20 %\n") == expected
    assert printed("encode", "--file", "-", stdin="-20 %".encode("latin-1")) == expected
    # The vendor's own rules hold: here a substitution.
    assert printed("encode", "œ", "--profile", "smspartner") == printed("encode", "oe")


def test_encode_takes_a_language() -> None:
    text = "çğış" * 20
    (line,) = printed("encode", text, "--language", "tr").splitlines()
    assert line.startswith("header 03250101  octets 03250101")
    assert line.endswith("  length 85 septets")
    assert f"  Text    {text}\n" in printed("decode", line.split()[3])


def test_encode_in_json() -> None:
    found = json.loads(printed("encode", "é" * 161, "--reference", "7", "--json"))
    assert [part["length"] for part in found] == [160, 15]
    assert found[1] == {
        "udhi": True,
        "data_coding": 0,
        "coding": "gsm7",
        "length": 15,
        "octets": hex_of("é" * 161, 7)[1],
        "short_message": "0500030702020505050505050505",
        "header": [{"identifier": 0, "kind": "concatenation", "data": "070202"}],
        "concatenation": {"reference": 7, "total": 2, "number": 2, "wide": False},
        "tables": {"locking": None, "single": None},
        "text": "é" * 8,
    }


def test_an_empty_text_has_one_part_of_length_0() -> None:
    assert printed("encode", "") == "header -  octets   length 0 septets\n"
    assert [part["length"] for part in json.loads(printed("encode", "", "--json"))] == [0]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ["a", "--reference", "256"],
            "septet: --reference: expected a whole number from 0 to 255",
        ),
        (["a", "--reference", "70000", "--wide-reference"], "septet: --reference: "),
        (["a", "--reference", "x"], "encode: "),
        (["a" * 306, "--wide-reference"], "septet: 2 segments are planned, and beside a wide "),
        (["voilà È", "-p", "smsmode"], 'septet: "È" (U+00C8 LATIN CAPITAL LETTER E WITH GRAVE) at place 6 '),
        (["a" * 40000], "septet: 262 segments cannot be numbered"),
        ([], "septet: no text"),
        (["a", "b"], "encode: "),
    ],
)
def test_encode_refuses(arguments: list[str], says: str) -> None:
    assert says in complaint("encode", *arguments)


# --- decode -----------------------------------------------------------------------------------


def test_decode_explains_one_short_message() -> None:
    assert printed("decode", "E8329BFD4697D9EC37") == (
        "One short message\n  Header  -\n  Coding  GSM-7, 10 septets in 9 octets\n  Text    hellohello\n"
    )


def test_decode_explains_and_joins_parts() -> None:
    text = "ab" * 80 + "c"
    first, second = hex_of(text)
    assert printed("decode", second, first) == (
        "Part 2 of 2, reference 167 (8 bits)\n"
        "  Header  050003A70202\n"
        "          0x00 concatenation: A70202\n"
        "  Coding  GSM-7, 15 septets in 14 octets\n"
        f"  Text    {text[153:]}\n"
        "Part 1 of 2, reference 167 (8 bits)\n"
        "  Header  050003A70201\n"
        "          0x00 concatenation: A70201\n"
        "  Coding  GSM-7, 160 septets in 140 octets\n"
        f"  Text    {text[:153]}\n"
        "The message\n"
        f"  Text    {text}\n"
    )


def test_decode_explains_tables_and_unknown_elements() -> None:
    shown = printed("decode", "092401010A010125010163", "--udhi")
    assert "          0x24 single shift: 01 (tr)\n" in shown
    assert "          0x0A not known here: 01\n" in shown
    assert "          0x25 locking shift: 01 (tr)\n" in shown


def test_decode_shows_one_part_of_several() -> None:
    assert "Part 1 of 2" in printed("decode", hex_of("a" * 200)[0])


def test_decode_in_every_form() -> None:
    assert "Text    Hi" in printed("decode", "0048 0069", "--coding", "ucs2")
    assert "Text    Hi" in printed("decode", "4869", "--unpacked")
    assert "Data    CAFE" in printed("decode", "060504158A0000cafe", "--coding", "8bit")
    assert "Text    Hello€" in printed("decode", "050003CC020148656c6c6f1b65", "--unpacked")


def test_decode_never_prints_what_a_terminal_would_act_on() -> None:
    shown = printed("decode", "001B005B00330031006D202E", "--coding", "ucs2")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "⟨U+202E⟩" in shown


def test_seven_zero_bits_at_the_end_are_spare_unless_the_length_says_otherwise() -> None:
    (octets,) = hex_of("1234567")
    assert octets == "31D98C56B3DD00"
    assert "Text    1234567\n" in printed("decode", octets)
    assert "Text    1234567@\n" in printed("decode", octets, "--length", "8")
    (whole,) = hex_of("12345678")
    assert "Text    12345678\n" in printed("decode", whole)


def test_a_header_is_looked_for_unless_it_is_said() -> None:
    octets = "050003A7020141"
    assert "Header  050003A70201" in printed("decode", octets, "--coding", "8bit")
    assert "Header  -" in printed("decode", octets, "--coding", "8bit", "--no-udhi")
    # Unknown elements are no sign of one.
    assert "Header  -" in printed("decode", "0370010041", "--unpacked")
    assert "Header  03700100" in printed("decode", "0370010041", "--unpacked", "--udhi")


def test_decode_in_json() -> None:
    parts = hex_of("😀" * 67)
    found = json.loads(printed("decode", *reversed(parts), "--coding", "ucs2", "--json"))
    assert found["text"] == "😀" * 67
    assert [part["concatenation"]["number"] for part in found["parts"]] == [3, 2, 1]
    assert [part["octets"] for part in found["parts"]] == parts[::-1]
    found = json.loads(printed("decode", "CAFE", "--coding", "8bit", "--json"))
    assert (found["text"], found["parts"][0]["text"]) == (None, None)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "decode: Missing argument 'HEX...'"),
        ([""], "septet: expected hexadecimal digits, found none"),
        (["E8329"], "septet: expected two hexadecimal digits for each octet, found 5 digits"),
        (["E8zz"], "septet: expected hexadecimal digits, found 'z' at digit 3"),
        (["E8٣٣"], "septet: expected hexadecimal digits, found '٣' at digit 3"),
        (["41", "4"], "septet: HEX 2: expected two"),
        (
            ["0500", "--udhi"],
            "septet: header length (UDHL) at offset 0: 5 octets are said to follow, and 1",
        ),
        (["050003A7"], "septet: header length (UDHL) at offset 0: 5 octets are said to follow, and 3 do"),
        (["050003A70203AA"], "septet: information element 0x00 (concatenation) at offset 5: part 3 of 2"),
        (["03240163AA"], "septet: information element 0x24 (single shift) at offset 3: national language"),
        (["FF", "--unpacked"], "septet: short_message at offset 0: expected a septet"),
        (["004800", "--coding", "ucs2"], "septet: octets (TP-UD) at offset 2: UCS-2 has two octets"),
        (["41" * 141], "septet: octets (TP-UD) at offset 140: one short message holds 140"),
        (["4141", "--length", "9"], "septet: length (TP-UDL) at offset 2: 9 septets take 8 octets, found 2"),
        (
            ["4141", "--length", "2", "--length", "2"],
            "septet: --length: expected once for each HEX, 1",
        ),
        (["41", "--length", "1", "--unpacked"], "septet: --length and --unpacked are both given"),
        (["41", "--coding", "utf8"], "septet: --coding: expected gsm7, ucs2 or 8bit, found 'utf8'"),
        (["41", "42"], "septet: concatenation: one of several parts has none"),
        (
            [*hex_of("a" * 200)[:1], *hex_of("a" * 200, 1)[1:]],
            "septet: concatenation reference: parts of",
        ),
        ([hex_of("a" * 400)[0], hex_of("a" * 400)[2]], "septet: parts: of 3 parts are missing: 2"),
    ],
)
def test_decode_refuses(arguments: list[str], says: str) -> None:
    assert says in complaint("decode", *arguments)


# From 33612345678, "hellohello" in GSM-7; to the same, and with the service centre's address in front.
DELIVER = "040B913316325476F80000624081220080000AE8329BFD4697D9EC37"
SUBMIT = "01000B913316325476F800000AE8329BFD4697D9EC37"


SUBMIT_VALID = "11" + SUBMIT[2:-20] + "AA" + SUBMIT[-20:]
CENTRE = "07913396050046F3"


@pytest.mark.parametrize(
    ("octets", "kind"),
    [
        (DELIVER, "DELIVER"),
        ("00" + DELIVER, "DELIVER"),
        (CENTRE + DELIVER, "DELIVER"),
        (SUBMIT, "SUBMIT"),
        ("00" + SUBMIT, "SUBMIT"),
        (SUBMIT_VALID, "SUBMIT"),
    ],
)
def test_decode_reads_a_whole_pdu(octets: str, kind: str) -> None:
    shown = printed("decode", octets)
    assert shown.startswith(f"SMS-{kind}\n")
    assert "+33612345678\n" in shown
    assert shown.endswith("  Text    hellohello\n")
    found = json.loads(printed("decode", octets.lower(), "--json"))
    assert (found["text"], found["pdus"][0]["address"]) == ("hellohello", "+33612345678")
    # The octets with which a SIM card fills its records are left out, with a note.
    assert "  Text    hellohello\n  Note    4 octets follow" in printed("decode", octets + "FF" * 4)
    # One octet more or less, and nothing is shown.
    for other in (octets + "00", octets[:-2], octets[:-8]):
        says = complaint("decode", other)
        assert "this begins like a whole PDU, and is none: " in says
        assert "--as user-data" in says
    assert "length (TP-UDL) at offset" in complaint("decode", octets[:-2], "--as", "pdu")
    for options in (["--coding", "gsm7"], ["--no-udhi"]):
        assert f"this is a whole PDU (SMS-{kind}, TS 23.040)" in complaint("decode", octets, *options)
    # The option overrides the guess.
    for options in (
        ["--length", str(len(octets) // 2 * 8 // 7)],
        ["--as", "user-data"],
        ["--coding", "8bit"],
    ):
        assert printed("decode", octets, *options).startswith("One short message\n")


def test_decode_shows_what_a_pdu_says() -> None:
    assert printed("decode", CENTRE + DELIVER) == (
        "SMS-DELIVER\n"
        "  Centre  +33695000643\n"
        "  From    +33612345678\n"
        "  Sent    2026-04-18 22:00:08+00:00\n"
        "  Coding  GSM-7, 10 septets in 9 octets\n"
        "  Text    hellohello\n"
    )
    shown = printed("decode", SUBMIT_VALID)
    assert "  Valid   for 4 d 0 h 0 min 0 s\n" in shown


CMGL = """AT+CMGL=4
+CMGL: 1,1,,{first}
{centre}{one}
+CMGL: 2,1,"",{second}

{centre}{two}
+CMGL: 7,0,,28
{centre}{other}

OK
"""


def parts_as_delivered(text: str, reference: int) -> list[str]:
    """An SMS-DELIVER for each part of a text."""
    return [
        f"{0x44:02X}0B913316325476F800{part.data_coding:02X}62408122008000{part.length:02X}{part.octets.hex()}"
        for part in septet.plan(text).user_data(reference)
    ]


def test_what_a_modem_wrote_is_read_and_joined() -> None:
    text = "Ça coûte 10 € ! " * 7
    one, two = parts_as_delivered(text, 7)
    lengths = {"first": len(two) // 2, "second": len(one) // 2}
    pasted = CMGL.format(**lengths, centre=CENTRE, one=two, two=one, other=DELIVER)
    for line_end in ("\n", "\r\n"):
        shown = printed("decode", stdin=pasted.replace("\n", line_end).encode())
        assert shown.count("SMS-DELIVER\n") == 3
        assert "  Part 2 of 2, reference 7 (8 bits)\n" in shown
        assert f"The message from +33612345678\n  Text    {text}\n" in shown
    found = json.loads(printed("decode", "-", "--json", stdin=pasted.encode()))
    assert [message["text"] for message in found["messages"]] == [text, "hellohello"]
    # The missing parts are reported.
    alone = f"+CMGL: 1,1,,{len(one) // 2}\n{CENTRE}{one}\n".encode()
    assert "The message from +33612345678\n  Missing 2\n" in printed("decode", stdin=alone)


@pytest.mark.parametrize(
    ("pasted", "says"),
    [
        (
            f"+CMGL: 1,1,,27\n{CENTRE}{DELIVER}",
            "line 2: length of the PDU at offset 36: 27 octets are ",
        ),
        (
            f"+CMGL: 1,1,,28\n{CENTRE}{DELIVER[:-2]}",
            "line 2: length (TP-UDL) at offset 26: 10 septets",
        ),
        ("+CMGL: 1,1,,28\n\nOK", "line 1: a PDU of 28 octets is said to follow, and none does"),
        ('+CMGL: 1,"REC READ","+336",,"26/04/18,02:22:00+08"\nhello', "line 1: the modem is in text mode"),
        ("hello", "line 1: expected hexadecimal digits, or what a modem writes, found 'hello'"),
        ("OK\n", "Missing argument 'HEX...'"),
        (f"{DELIVER}\nE8329BFD4697D9EC37", "some of the octets are whole PDUs and some are not"),
    ],
)
def test_what_a_modem_did_not_write_is_refused(pasted: str, says: str) -> None:
    result = invoke("decode", "-", stdin=pasted.encode())
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("text", ["Hello", "Привет", "été", "5 €", "Γειά σου", "שלום", "hi 😀"])
def test_decode_recognises_ucs2(text: str) -> None:
    octets = text.encode("utf-16-be").hex()
    for options in ([], ["--as", "ucs2"], ["--coding", "ucs2"]):
        assert f"Text    {text}" in printed("decode", octets, *options)
    assert f"Text    {text}" in printed("decode", "050003A70201" + octets)
    assert "look like text in UCS-2: give --coding ucs2" in complaint("decode", octets, "--coding", "gsm7")


def test_decode_reads_the_codings_of_smpp() -> None:
    for coding, text in (("latin1", "déjà vu"), ("ascii", "@home"), ("iso8859-5", "Привет")):
        charset = "latin-1" if coding == "latin1" else coding
        octets = "050003A70101" + text.encode(charset).hex()
        shown = printed("decode", octets, "--as", "short-message", "--coding", coding)
        assert f"  Text    {text}\n" in shown
    assert "only SMPP has latin1" in complaint("decode", "41", "--coding", "latin1")


def test_what_may_be_two_things_is_asked_for() -> None:
    octets = b"Hello, world".hex()
    assert "give --as short-message, to read each as a character, or --as user-data" in complaint(
        "decode", octets
    )
    assert "Text    Hello, world" in printed("decode", octets, "--as", "short-message")
    assert "Hello" not in printed("decode", octets, "--as", "user-data")
    assert "give --as short-message" in complaint("decode", b"Hello".hex())
    assert "one character of UCS-2 or two of GSM-7: give --as ucs2 or --as" in complaint("decode", "20AC")
    assert "Text    €\n" in printed("decode", "20AC", "--as", "ucs2")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["41", "--as", "mms"], "--as: expected pdu, user-data, ucs2 or short-message, found 'mms'"),
        ([DELIVER, "--as", "pdu", "--coding", "gsm7"], "--coding: a whole PDU says that itself"),
        ([DELIVER, "--as", "pdu", "--length", "9"], "--length: a whole PDU says that itself"),
        (["0041", "--as", "ucs2", "--coding", "gsm7"], "--coding: gsm7 and --as ucs2 are both given"),
        (["41", "--as", "short-message", "--length", "1"], "--length: SMPP has no such length"),
        (
            ["E8329B", "--as", "pdu"],
            "originating address (TP-OA) at offset 1: an address has 20",
        ),
    ],
)
def test_what_octets_are_is_said_once(arguments: list[str], says: str) -> None:
    assert says in complaint("decode", *arguments)


# --- for a modem ------------------------------------------------------------------------------


def test_encode_prints_what_a_modem_takes() -> None:
    assert printed("encode", "hellohello", "--to", "+33612345678") == (
        "AT+CMGS=22\n0001000B913316325476F800000AE8329BFD4697D9EC37\n"
    )
    options = ["--smsc", "+33695000643", "--validity", "4d", "--status-report", "--class", "0"]
    assert printed("encode", "hellohello", "--to", "+33612345678", *options) == (
        f"AT+CMGS=23\n{CENTRE}31000B913316325476F80010AA0AE8329BFD4697D9EC37\n"
    )


def test_what_encode_prints_is_read_again() -> None:
    text = "Ça coûte 10 € ! " * 7
    lines = printed("encode", text, "--to", "36000", "--reference", "300")
    assert lines.count("AT+CMGS=") == 2
    found = json.loads(printed("decode", "--json", stdin=lines.encode()))
    assert found["messages"] == [{"address": "36000", "text": text, "missing": []}]
    shapes = json.loads(printed("encode", text, "--to", "36000", "--reference", "300", "--json"))
    assert shapes == found["pdus"]


def test_encode_takes_ports_and_further_elements() -> None:
    (line,) = printed("encode", "a", "--ports", "2948,9200", "--header", "01028005").splitlines()
    assert line.startswith("header 0A05040B8423F001028005  ")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--to", ""], "septet: --to: expected a number or letters, found ''"),
        (["--to", "+33x"], "septet: --to: expected digits behind the +, found '+33x'"),
        (["--to", "1" * 21], "septet: --to: a number has 20 digits at most, found 21"),
        (["--to", "1", "--smsc", "x"], "septet: --smsc: expected a number"),
        (["--to", "1", "--validity", "7m"], "septet: --validity: 0:07:00 is not among the spans"),
        (["--to", "1", "--validity", "soon"], "septet: --validity: expected a number and m, h, d or w"),
        (["--to", "1", "--class", "4"], "septet: --class: expected a whole number from 0 to 3, found 4"),
        (["--to", "1", "--wide-reference"], "septet: --wide-reference: with --to, a --reference above 255"),
        (
            ["--to", "1", "--reference", "70000"],
            "septet: --reference: expected a whole number from 0 to ",
        ),
        (["--smsc", "1"], "septet: --smsc: only a PDU has it: expected --to NUMBER"),
        (["--status-report"], "septet: --status-report: only a PDU has it"),
        (["--ports", "1"], "septet: --ports: expected two numbers, such as 2948,9200, found '1'"),
        (["--ports", "1,65536"], "septet: --ports: expected the destination's and the source's port"),
        (["--header", "0"], "septet: --header: expected the elements in hexadecimal"),
        (
            ["--header", "0003A70201"],
            "septet: --header: information element 0x00 (concatenation)",
        ),
        (["--ports", "1,2", "-p", "smsmode"], "septet: --ports: smsmode takes no header of the sender's"),
    ],
)
def test_encode_refuses_what_no_modem_takes(arguments: list[str], says: str) -> None:
    assert says in complaint("encode", "a", *arguments)


@given(st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), min_size=1, max_size=160))
def test_decode_takes_what_is_gsm7(text: str) -> None:
    sent = septet.plan(text, encoding="gsm7")
    for part in sent.user_data(1):
        assert invoke("decode", part.octets.hex()).exit_code == 0


@given(st.binary(min_size=1, max_size=150), st.sampled_from(["gsm7", "ucs2", "8bit"]), st.booleans())
def test_any_octets_are_explained_or_refused(octets: bytes, coding: str, unpacked: bool) -> None:
    flags = ["--unpacked"] if unpacked else []
    result = invoke("decode", octets.hex(), "--coding", coding, *flags)
    assert result.exit_code in (0, 2), result.output
    assert (result.exit_code == 2) == (result.stdout == "")
    assert result.stderr.count("\n") == (result.exit_code == 2)


def test_the_real_command_goes_there_and_back() -> None:
    command = [sys.executable, "-m", "septet"]
    text = "Ça y est : -20 %, 10 € offerts ! " * 5
    encoded = subprocess.run([*command, "encode", "--json", text], capture_output=True, check=True)
    octets = [part["octets"] for part in json.loads(encoded.stdout)]
    assert len(octets) == 2
    decoded = subprocess.run([*command, "decode", "--json", *octets], capture_output=True, check=True)
    assert json.loads(decoded.stdout)["text"] == text


def test_the_documentation_shows_what_the_commands_print() -> None:
    page = (ROOT / "docs" / "pdu.md").read_text("utf-8")
    shown = re.findall(r"^```console\n\$ septet (.*?)\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(shown) >= 2
    for command, rest in shown:
        arguments, _, marker = command.partition(" <<")
        stdin, _, output = rest.partition(f"{marker[1:-1]}\n") if marker else ("", "", rest)
        assert printed(*shlex.split(arguments), stdin=stdin.encode()) == output
