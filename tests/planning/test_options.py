"""Options: strict types, and errors that name what is possible."""

from __future__ import annotations

import copy
import io
import pickle
from collections.abc import Callable
from typing import Any

import pytest

import septet
from septet.campaign import estimate
from septet.planning.options import NAMES


def test_the_names_are_those_that_a_type_checker_knows() -> None:
    assert {*septet.Options.__annotations__} == {*NAMES}


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("gsm", {"encoding": "utf-8"}, 'encoding: expected one of "auto", "gsm7", "ucs2", found \'utf-8\''),
    ("gsm", {"encoding": "GSM7"}, "encoding: expected"),
    ("gsm", {"encoding": ["gsm7"]}, "encoding: expected"),
    ("gsm", {"commercial": 1}, "commercial: expected True or False, found 1"),
    ("gsm", {"commercial": "yes"}, "commercial: expected True or False"),
    ("gsm", {"truncate": 0}, 'truncate: expected True, False or "words", found 0'),
    ("gsm", {"max_segments": True}, "max_segments: gsm takes a whole number from 1 to 255, found True"),
    ("gsm", {"max_segments": 0}, "from 1 to 255, found 0"),
    ("gsm", {"max_segments": 256}, "from 1 to 255, found 256"),
    ("gsm", {"max_segments": 2.0}, "found 2.0"),
    ("gsm", {"max_segments": "2"}, "found '2'"),
    ("smsmode", {"max_segments": 6}, "smsmode takes a whole number from 1 to 5, found 6"),
    ("envoyersmspro", {"max_segments": 4}, "from 1 to 3, found 4"),
    ("gsm", {"optout": "always"}, "gsm has no mention of its own; give it as optout_text"),
    ("gsm", {"optout": "if-free"}, "give it as optout_text"),
    ("gsm", {"optout": "sometimes"}, "optout for gsm, transactional: expected"),
    (
        "encom",
        {"optout": "always"},
        "optout for encom, transactional: expected one of \"never\", found 'always'",
    ),
    ("encom", {"optout": "never", "commercial": True}, 'encom, commercial: expected one of "always"'),
    ("smspartner", {"optout": "if-free"}, 'expected one of "never", "always"'),
    ("smspartner-eco", {"optout": "always", "commercial": True}, 'expected one of "never"'),
    ("envoyersmspro", {"optout": "if-free"}, 'expected one of "never", "always"'),
    ("gsm", {"optout_text": ""}, "optout_text: expected the mention's text"),
    ("gsm", {"optout_text": " "}, "optout_text: expected the mention's text"),
    ("gsm", {"optout_text": 36111}, "optout_text: expected the mention's text"),
    ("gsm", {"optout_text": "ARRÊT", "encoding": "gsm7"}, "U+00CA"),
    ("gsm", {"optout_text": "STOP\x1b"}, "U+001B"),
    ("smsmode", {"optout_text": "STOP ¤"}, "is not in the alphabet of smsmode"),
    # The documents fix these words.
    ("encom", {"optout_text": "STOP 36111"}, "encom has fixed words for its mention, 'STOP AU 36111'"),
    ("encom", {"commercial": True, "optout_text": "STOP 36111"}, "no others stand for them"),
    ("envoyersmspro", {"optout_text": "STOP 36111"}, "fixed words for its mention, 'STOP SMS au 36111'"),
    ("smspartner-eco", {"optout_text": "STOP 36111"}, "fixed words for its mention, 'NoPub=STOP'"),
    ("octopush", {"optout_text": "STOP au 36111"}, "fixed words for its mention, 'STOP au XXXXX'"),
    # The vendor would show something else.
    ("smspartner", {"optout_text": "[STOP]"}, "'[' (U+005B) becomes '(' at smspartner"),
    ("smspartner", {"optout_text": "ST^OP"}, "U+005E) is deleted by smspartner"),
    ("smspartner", {"optout_text": "[STOP]", "encoding": "ucs2"}, "becomes"),
    ("gsm", {"country": "FRA"}, "country: expected a country's ISO 3166-1 code"),
    ("gsm", {"country": "ZZ"}, "found 'ZZ'"),
    ("gsm", {"country": "F R"}, "country: expected"),
    ("gsm", {"country": 33}, "country: expected"),
    ("gsm", {"country": "ﬁ"}, "country: expected"),
    (
        "gsm",
        {"language": "fr"},
        'language for gsm: expected "auto", or one or a tuple of tr, es, pt, bn, gu, hi',
    ),
    ("gsm", {"language": "TR"}, "found 'TR'"),
    ("gsm", {"language": ["tr"]}, "language for gsm: expected"),
    ("gsm", {"language": ()}, "language: expected at least one language"),
    ("gsm", {"language": ("tr", 5)}, "language for gsm: expected"),
    ("gsm", {"language": True}, "language for gsm: expected"),
    ("encom", {"language": "tr"}, "language: encom offers no national language tables"),
    ("smsmode", {"language": "auto"}, "language: smsmode offers no national language tables"),
    ("gsm", {"ignore": "too-long"}, "ignore: too-long is an error, and cannot be ignored; expected one of"),
    ("gsm", {"ignore": ("truncated", "row-fields")}, "row-fields is an error"),
    (
        "gsm",
        {"ignore": "lossy-substitutions"},
        "no problem has the code 'lossy-substitutions' (did you mean \"lossy-substitution\"?)",
    ),
    ("gsm", {"ignore": ("",)}, "no problem has the code ''; expected one of lossy-substitution, "),
    ("gsm", {"ignore": ["truncated"]}, "ignore: expected the code of a problem, or a tuple of codes"),
    ("gsm", {"ignore": ("truncated", 1)}, "or a tuple of codes, found ('truncated', 1)"),
    ("gsm", {"ignore": True}, "or a tuple of codes, found True"),
]


@pytest.mark.parametrize(("profile", "options", "message"), WRONG)
def test_a_wrong_value_is_a_value_error_that_says_what_is_possible(
    profile: str, options: dict[str, Any], message: str
) -> None:
    for call in (
        septet.Planner,
        lambda *a, **o: septet.plan("a", *a, **o),
        lambda *a, **o: septet.count("a", *a, **o),
    ):
        with pytest.raises(septet.OptionError) as error:
            call(profile, **options)
        assert message in str(error.value)
        assert isinstance(error.value, ValueError)
        assert error.value.option in options
        assert error.value.expected or error.value.option in ("language", "optout_text")


def test_a_kept_planner_does_not_hide_a_wrong_type() -> None:
    # True == 1 and hash(True) == hash(1): a careless memory would take one for the other.
    assert septet.count("a", commercial=True) == 1
    with pytest.raises(ValueError, match="commercial"):
        septet.count("a", commercial=1)  # type: ignore[arg-type]
    assert septet.count("a" * 161, max_segments=1) == 2
    with pytest.raises(ValueError, match="max_segments"):
        septet.count("a", max_segments=True)


def test_the_values_that_are_possible_are_told() -> None:
    with pytest.raises(septet.OptionError) as refused:
        septet.plan("a", "smsmode", max_segments=6)
    error = refused.value
    for same in (error, copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert type(same) is septet.OptionError
        assert (same.option, same.expected) == ("max_segments", (1, 2, 3, 4, 5))
        assert str(same) == "max_segments: smsmode takes a whole number from 1 to 5, found 6"
    with pytest.raises(septet.OptionError) as refused:
        septet.plan("a", country="FRA")
    assert refused.value.expected == "a country's ISO 3166-1 code of two letters, such as FR or BE"


@pytest.mark.parametrize(
    ("call", "option"),
    [
        (lambda: septet.prepare("smsmode", "a", method="PUT"), "method"),
        (lambda: septet.prepare("smsmode", "a", country="FRA"), "country"),
        (lambda: septet.prepare("smsmode", "a", send_at="tomorrow"), "send_at"),
        (lambda: septet.prepare("smsmode", "a", vendor_fields={"nbr": 1}), "vendor_fields"),
        (lambda: septet.prepare_batch(None, io.BytesIO(b""), max_segments=9), "max_segments"),
        (lambda: septet.batch_file([], io.BytesIO(), ignore="row-fields"), "ignore"),
        (lambda: septet.batch_file([], io.BytesIO(), sender="12"), "sender"),
        (lambda: estimate(["a"], price="a"), "price"),
        (lambda: estimate(["a"], optout_rate=2), "optout_rate"),
        (lambda: estimate(["a"], price=1, prices="a.csv", recipient="b"), "prices"),
        (lambda: estimate(["a"], currency="EUR"), "currency"),
        (lambda: estimate(["a"], column=""), "column"),
        (lambda: estimate(["a"], template="{"), "template"),
        (lambda: estimate(["a"], optout="sometimes"), "optout"),
        (lambda: estimate(["a"], format="xml"), "format"),
        (lambda: estimate(["a"], file_encoding="utf-9"), "file_encoding"),
        (lambda: septet.plan("a").cost("a"), "price"),
    ],
)
def test_so_are_those_of_other_calls(call: Callable[[], object], option: str) -> None:
    with pytest.raises(septet.OptionError) as refused:
        call()
    assert refused.value.option == option
    assert refused.value.expected


def test_an_option_that_no_one_knows() -> None:
    with pytest.raises(TypeError, match=r"'comercial' is not an option \(did you mean \"commercial\"\?\)"):
        septet.plan("a", comercial=True)  # type: ignore[call-arg]


def test_none_stands_for_the_default() -> None:
    nothing: dict[str, Any] = dict.fromkeys(NAMES)
    for name in septet.profiles():
        assert septet.plan("çé\n€" * 60, name, **nothing) == septet.plan("çé\n€" * 60, name)


@pytest.mark.parametrize("text", [None, 5, b"abc", ["abc"], object()])
def test_a_text_that_is_no_str_is_a_type_error(text: Any) -> None:
    planner = septet.Planner("smsmode", commercial=True)
    for call in (septet.plan, septet.count, planner.plan, planner.count, planner.measure):
        with pytest.raises(TypeError, match="text: expected a str"):
            call(text)
    with pytest.raises(TypeError, match="text: expected a str"):
        planner.count_many(["a", text])


def test_the_country_chooses_the_mention_in_any_case() -> None:
    for code, mention in (
        (None, " STOP 36034"),
        ("fr", " STOP 36034"),
        ("BE", " no-sms.eu"),
        ("be", " no-sms.eu"),
    ):
        plan = septet.plan("Bonjour", "smsmode", commercial=True, country=code)
        assert plan.optout == mention
    assert septet.plan("Bonjour", "encom", commercial=True, country="BE").optout == " STOP AU 36111"


def test_a_mention_of_ones_own_has_its_line_breaks_unified_where_the_profile_counts_them() -> None:
    plan = septet.plan("Bonjour", "smspartner", commercial=True, optout_text="STOP\r\n36000")
    assert plan.optout == " STOP\n36000"
    assert plan.units == 7 + 1 + 4 + 2 + 5


# --- what else is in the header -------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "single", "part", "units"),
    [
        # TS 23.040, 9.2.3.24: 140 octets less UDHL, the elements and, in several, 5 octets of concatenation.
        ({"ports": (2948, 9200)}, 152, 146, 7),
        ({"ports": (240, 255)}, 154, 148, 7),
        ({"ports": (239, 255)}, 152, 146, 7),
        ({"header": b"\x01\x02\x80\x05"}, 154, 148, 7),
        ({"header": b"\x01\x02\x80\x05", "ports": (1, 2)}, 147, 141, 7),
        ({"ports": (1, 2), "encoding": "ucs2"}, 66, 64, 16),
        ({"header": b"\x70\x00", "encoding": "latin1"}, 137, 132, 8),
    ],
)
def test_further_elements_shrink_every_segment(options: Any, single: int, part: int, units: int) -> None:
    planner = septet.Planner("smpp", **options)
    elements = (6 if "ports" in options else 0) + len(options.get("header", b""))
    if options.get("ports") == (240, 255):
        elements -= 2
    assert single == (140 - 1 - elements) * 8 // units
    assert part == (140 - 6 - elements) * 8 // units
    assert planner.plan("").remaining == single
    assert planner.plan("a" * single).segments[0].capacity == single
    assert [s.units for s in planner.plan("a" * (single + 1)).segments] == [part, single + 1 - part]
    assert planner.count_many(["a" * (2 * part), "a" * (2 * part + 1)]) == [2, 3]
    if options.get("encoding") != "latin1":
        for octets in planner.plan("a" * 300).user_data(7):
            assert len(octets.octets) <= 140
            assert len(octets.header) == len(options.keys() & {"ports", "header"}) + 1


def test_ports_stand_beside_national_tables() -> None:
    plan = septet.plan("ğ" * 200, language="tr", ports=(2948, 9200))
    parts = plan.user_data(7)
    assert [element.kind for element in parts[0].header] == ["concatenation", "locking shift", "ports"]
    assert septet.join(parts) == plan.text
    assert plan.segments[0].capacity == (140 - 6 - 3 - 6) * 8 // 7


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"ports": (1,)}, "ports: expected the destination's and the source's port"),
        ({"ports": [1, 2]}, "ports: expected"),
        ({"ports": (True, 2)}, "ports: expected"),
        ({"ports": (-1, 2)}, "ports: expected"),
        ({"ports": (1, 65536)}, "ports: expected"),
        ({"header": "01028005"}, "header: expected the octets of information elements"),
        ({"header": b""}, "header: expected the octets"),
        ({"header": b"\x01"}, r"header: information element 0x01 at offset 1: .* UDHL, is not given"),
        ({"header": b"\x01\x03\x80\x05"}, "header: length of information element 0x01"),
        (
            {"header": b"\x00\x03\x01\x02\x01"},
            r"header: information element 0x00 \(concatenation\) is written",
        ),
        ({"header": b"\x08\x04\0\x01\x02\x01"}, "header: information element 0x08"),
        ({"header": b"\x24\x01\x01"}, "header: information element 0x24"),
        ({"header": b"\x05\x04\0\x01\0\x02", "ports": (1, 2)}, "header: ports are given twice"),
        ({"header": b"\x70\x81" + bytes(129)}, "header: a header of 137 octets leaves a segment .* no room"),
        ({"header": bytes(140)}, "header: 140 octets"),
        ({"profile": "smsmode", "ports": (1, 2)}, "ports: smsmode takes no header of the sender's"),
        ({"profile": "twilio", "header": b"\x70\0"}, "header: twilio takes no header of the sender's"),
    ],
)
def test_wrong_further_elements_are_refused(options: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        septet.plan("a", **options)


# --- Latin-1 --------------------------------------------------------------------------------


def test_latin_1_is_for_those_who_offer_it() -> None:
    plan = septet.plan("à" * 141, "smpp", encoding="latin1")
    assert (plan.encoding, plan.units, [s.units for s in plan.segments]) == ("latin1", 141, [134, 7])
    assert septet.Planner("smpp", encoding="latin1").measure("ç").encoding == "latin1"
    assert septet.plan("ç", "smpp").encoding == "ucs2"
    with pytest.raises(ValueError, match=r'encoding: expected one of "auto", "gsm7", "ucs2", found'):
        septet.plan("a", encoding="latin1")
    with pytest.raises(ValueError, match=r"optout_text: .* is not in Latin-1"):
        septet.plan("a", "smpp", encoding="latin1", optout_text="10 €")
    assert "latin1" in septet.profile("smpp").rule("encodings")["offered"]


def test_latin_1_has_no_character_beyond() -> None:
    plan = septet.plan("a€\x1b\x80", "smpp", encoding="latin1")
    assert plan.text == "a??\x80"
    found = [(problem.code, problem.start, problem.end) for problem in plan.problems]
    assert found[:2] == [("unmapped-character", 1, 2), ("invalid-character", 2, 3)]
    assert "is not in Latin-1" in plan.problems[0].message
