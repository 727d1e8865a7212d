"""The part of a vendor file that describes requests: a user's own, and what is said when it is wrong."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import parse_qsl

import holidays
import pytest
from clocks import WEDNESDAY, stop_at
from sources import ROOT

import septet
from septet.sending import quiet_hours

Write = Callable[[str], Path]

HEAD = 'extends = "gsm"\ncountry = "FR"\n'

REQUEST = """
[request]
url = "https://sms.example.com/v2/send"
methods = ["POST"]
parameters = "json"
charset = { gsm7 = "UTF-8", ucs2 = "UTF-8" }
mention = "sender"
authentication = "the field key"
credentials = ["key"]
fixed = { version = 2 }
source = "my own page"
"""

RECIPIENTS = """
[recipients]
most = { POST = 2 }
patterns = ["\\\\+[1-9][0-9]{7,14}"]
expected = "numbers such as +33612345678"
plus = "kept"
separator = ";"
dedupe = "unique"
source = "my own page"
"""

SENDER = """
[sender]
shortest = 2
longest = 8
characters = "[A-Z]"
expected = "capitals"
numbers = "refused"
source = "my own page"
"""

SCHEDULE = """
[schedule]
step = 15
zone = "Asia/Kathmandu"
source = "my own page"
"""

QUIET = """
[quiet_hours]
country = "FR"
zone = "Europe/Paris"
opens = "09:30"
closes = "18:00"
source = "my own page"
"""


def field(name: str, holds: str, *lines: str) -> str:
    return "\n".join(
        ["[[fields]]", f'name = "{name}"', f'holds = "{holds}"', 'source = "my own page"', *lines, ""]
    )


FIELDS = "".join(
    [
        field("to", "recipients"),
        field("body", "text"),
        field("from", "sender"),
        field("at", "date-time", 'format = "%Y-%m-%dT%H:%M:%S"'),
        field("version", "free", "number = true"),
        field("unique", "flag", "given = true", "values = [1]", "number = true"),
        field("unicode", "flag", "when = { ucs2 = 1 }", "number = true"),
        field("parts", "segments", "number = true"),
        field("report", "address", "longest = 40"),
        field("priority", "free", "number = true"),
    ]
)

REFUSALS = """
[[refusals]]
problem = "schedule-past"
code = "E7"
message = "too late: {at}"
element = "at"
source = "my own page"
"""

TEXT_ALONE = field("to", "recipients") + field("body", "text")
WHOLE = HEAD + REQUEST + RECIPIENTS + SENDER + SCHEDULE + QUIET + FIELDS + REFUSALS
SMALL = (
    HEAD + REQUEST.replace("fixed = { version = 2 }\n", "") + RECIPIENTS.replace('dedupe = "unique"\n', "")
)


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    stop_at(WEDNESDAY, monkeypatch)

    def written(text: str) -> Path:
        path = tmp_path / "my-vendor.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_a_users_own_request_from_end_to_end(write: Write) -> None:
    path = write(WHOLE)
    about: dict[str, Any] = {
        "recipients": ["+33612345678", "+33612345678"],
        "sender": "ABC",
        "send_at": "2026-06-18T10:00Z",
        "vendor_fields": {"unique": True, "report": "https://example.com/r", "priority": "07"},
    }
    prepared = septet.prepare(path, "Привет, Ann\r\nà demain", **about)
    assert prepared.problems == ()
    assert prepared.recipients == ("+33612345678",)
    request = prepared.request
    assert (request.method, request.url) == ("POST", "https://sms.example.com/v2/send")
    assert json.loads(request.body({"key": "k"})) == {
        "to": "+33612345678;+33612345678",
        "body": "Привет, Ann\r\nà demain",
        "from": "ABC",
        "at": "2026-06-18T15:45:00",  # Kathmandu is 5:45 ahead
        "version": 2,
        "unique": 1,
        "unicode": 1,
        "parts": 1,
        "report": "https://example.com/r",
        "priority": 7,
        "key": "k",
    }


@pytest.mark.parametrize(
    ("text", "arguments", "codes"),
    [
        ("Bonjour", {"recipients": "+33612345678,+33612345679,+33612345670"}, ["too-many-recipients"]),
        ("Bonjour", {"recipients": "061234567"}, ["malformed-recipient"]),
        ("Bonjour", {"sender": "a"}, ["sender-characters", "sender-length"]),
        ("Bonjour", {"sender": "12"}, ["sender-characters", "sender-number"]),
        ("Bonjour", {"send_at": "2026-06-18T10:10+05:45"}, ["schedule-step"]),
        ("Bonjour", {"send_at": "2026-06-17T13:30"}, ["schedule-past"]),
        ("Bonjour", {"vendor_fields": {"at": "2026-06-18T10:00"}}, ["schedule-malformed"]),
        ("Bonjour", {"vendor_fields": {"at": "2026-06-18T10:00:60"}}, ["schedule-malformed"]),
        ("Bonjour", {"vendor_fields": {"at": "2026-06-18T10:00:00"}}, []),
        ("Bonjour", {"vendor_fields": {"report": "https://example.com/" + "r" * 21}}, ["field-value"]),
        ("Bonjour", {"vendor_fields": {"version": 3}}, ["field-conflict"]),
        ("Bonjour", {"vendor_fields": {"parts": 2}}, ["field-conflict"]),
        ("Bonjour", {"vendor_fields": {"unique": 2}}, ["field-value"]),
        ("Bonjour", {"vendor_fields": {"priority": "high"}}, ["field-value"]),
        ("Bonjour", {"vendor_fields": {"priority": -1}}, ["field-value"]),
        ("Bonjour", {"tag": "a"}, ["not-offered"]),
        ("Bonjour", {"replies": True}, ["not-offered"]),
        ("Soldes", {"commercial": True, "send_at": "2026-06-18T22:00"}, ["quiet-hours"]),  # 18:15 in Paris
        ("Soldes", {"commercial": True, "send_at": "2026-06-18T21:30"}, []),
        ("Soldes", {"commercial": True, "send_at": "2026-06-21T15:45"}, []),  # Sundays are open here
    ],
)
def test_a_users_own_rules_hold(text: str, arguments: dict[str, Any], codes: list[str], write: Write) -> None:
    prepared = septet.prepare(write(WHOLE), text, **{"recipients": "+33612345678"} | arguments)
    assert sorted(problem.code for problem in prepared.problems) == codes
    if codes == ["schedule-past"]:
        (problem,) = prepared.problems
        assert (problem.vendor_code, problem.vendor_message) == ("E7", "too late: 2026-06-17T13:30:00")
        assert problem.details["element"] == "at"


def test_another_charset_and_another_line_break(write: Write) -> None:
    text = SMALL + TEXT_ALONE
    text = text.replace('"json"', '"form"').replace('gsm7 = "UTF-8"', 'gsm7 = "cp1252"')
    path = write(text.replace('mention = "sender"', 'mention = "sender"\nline_break = "<br>"'))
    request = septet.prepare(path, "é\r\n€\rù", recipients="+33612345678").request
    assert request.charset == "cp1252"
    assert request.body() == b"to=%2B33612345678&body=%E9%3Cbr%3E%80%3Cbr%3E%F9"
    request = septet.prepare(path, "я", recipients="+33612345678").request
    assert dict(parse_qsl(request.body().decode()))["body"] == "я"


def test_a_known_vendor_with_an_address_of_ones_own(write: Write) -> None:
    text = (ROOT / "tables" / "vendors" / "smsmode.toml").read_text("utf-8")
    start, end = text.index("\n[request]"), text.index("\n[sender]")
    request = text[start:end].replace("api.smsmode.com", "sms.example.com")
    path = write('extends = "smsmode"\n' + request)
    own = septet.prepare(path, "Bonjour", recipients="0612345678").request
    known = septet.prepare("smsmode", "Bonjour", recipients="0612345678").request
    assert own.url == "https://sms.example.com/http/1.6/sendSMS.do"
    assert own.fields == known.fields


def test_an_unknown_zone_is_said_in_one_line(write: Write) -> None:
    path = write(WHOLE.replace("Asia/Kathmandu", "Mars/Olympus"))
    with pytest.raises(ModuleNotFoundError, match=r"^no time zone Mars/Olympus is known"):
        septet.prepare(path, "Bonjour", recipients="+33612345678", send_at="2026-06-18T10:00")
    assert septet.prepare(path, "Bonjour", recipients="+33612345678").ok


def test_holidays_of_a_country_that_no_package_has(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(country: str, years: object) -> NoReturn:
        raise NotImplementedError(f"Country {country} not available")

    monkeypatch.setattr(holidays, "country_holidays", unknown)
    quiet_hours._holidays.cache_clear()
    path = write(WHOLE.replace("[quiet_hours]", "[quiet_hours]\nholidays = true"))
    prepared = septet.prepare(path, "Soldes", recipients="+33612345678", commercial=True)
    assert [problem.message for problem in prepared.problems] == [
        "Public holidays were not checked: the package holidays has none for FR."
    ]


FAULTS = {
    "recipients without a request": (HEAD + RECIPIENTS, "recipients: expected a table [request]"),
    "a schedule without a request": (HEAD + SCHEDULE, "schedule: expected a table [request]"),
    "fields without a request": (HEAD + TEXT_ALONE, "fields: expected a table [request]"),
    "a request without recipients": (
        HEAD + REQUEST + FIELDS,
        "recipients: expected a table [recipients], as there is a [request]",
    ),
    "no field for the text": (
        SMALL + field("to", "recipients"),
        'fields: expected a field that holds "text"',
    ),
    "no field for the recipients": (
        SMALL + field("body", "text"),
        'fields: expected a field that holds "recipients"',
    ),
    "one name twice": (
        SMALL + TEXT_ALONE + field("to", "free"),
        "fields[2].name: expected a name that no other field has",
    ),
    "one content twice": (
        SMALL + TEXT_ALONE + field("message", "text"),
        'fields[1].holds: expected "text" once only',
    ),
    "a content that no one knows": (
        SMALL + TEXT_ALONE + field("colour", "colour"),
        'fields[2].holds: expected one of "text", "recipients"',
    ),
    "a sender without its field": (
        SMALL + SENDER + TEXT_ALONE,
        'sender: expected a table [sender] and a field that holds "sender", or neither',
    ),
    "a field without its sender": (
        SMALL + TEXT_ALONE + field("from", "sender"),
        'sender: expected a table [sender] and a field that holds "sender", or neither',
    ),
    "a field without its tag": (
        SMALL + TEXT_ALONE + field("label", "tag"),
        'tag: expected a table [tag] and a field that holds "tag", or neither',
    ),
    "a schedule without its fields": (
        SMALL + SCHEDULE + TEXT_ALONE,
        "schedule: expected a table [schedule] and fields that hold the moment, or neither",
    ),
    "a moment without a schedule": (
        SMALL + TEXT_ALONE + field("at", "date-time", 'format = "%Y%m%d%H%M"'),
        "schedule: expected a table [schedule] and fields that hold the moment, or neither",
    ),
    "a moment without a format": (
        SMALL + SCHEDULE + TEXT_ALONE + field("at", "date-time"),
        'fields[2].format: expected a format such as "%Y%m%d" where a field holds a moment',
    ),
    "a format without a moment": (
        SMALL + TEXT_ALONE + field("at", "free", 'format = "%Y%m%d%H%M"'),
        'such as "%Y%m%d" where a field holds a moment, and none elsewhere',
    ),
    "a directive that no one knows": (
        SMALL + SCHEDULE + TEXT_ALONE + field("at", "date-time", 'format = "%y%m%d%H%M"'),
        "fields[2].format: expected %Y, %m, %d, %H, %M, %S, each once in all fields together",
    ),
    "a directive cut off": (
        SMALL + SCHEDULE + TEXT_ALONE + field("at", "date-time", 'format = "%Y%m%d%H%M%"'),
        "fields[2].format: expected %Y, %m, %d, %H, %M, %S, each once in all fields together",
    ),
    "a directive twice": (
        SMALL
        + SCHEDULE
        + TEXT_ALONE
        + field("day", "date", 'format = "%Y%m%d"')
        + field("hour", "time", 'format = "%H%M%d"'),
        "fields[3].format: expected %Y, %m, %d, %H, %M, %S, each once in all fields together",
    ),
    "a moment without its minutes": (
        SMALL + SCHEDULE + TEXT_ALONE + field("at", "date-time", 'format = "%Y%m%d%H"'),
        "fields: expected fields that together hold %Y, %m, %d, %H and %M",
    ),
    "a number of several parts": (
        SMALL + SCHEDULE + TEXT_ALONE + field("at", "date-time", 'format = "%Y%m%d%H%M"', "number = true"),
        'fields[2].format: expected one directive such as "%H" alone, as the field is a number',
    ),
    "a condition that no one knows": (
        SMALL + TEXT_ALONE + field("x", "flag", "when = { night = 1 }"),
        "fields[2].when: expected a table of values by what sets them: transactional, commercial",
    ),
    "a value that is none": (
        SMALL + TEXT_ALONE + field("x", "flag", "values = [1.5]"),
        "fields[2].values: expected a list of values",
    ),
    "no charset for what is offered": (
        SMALL.replace(', ucs2 = "UTF-8"', "") + TEXT_ALONE,
        "request.charset: expected a charset for ucs2, which is offered",
    ),
    "a charset that no one knows": (
        SMALL.replace('ucs2 = "UTF-8"', 'ucs2 = "UTF-9"') + TEXT_ALONE,
        "request.charset: expected a table with the charset's name for gsm7",
    ),
    "a codec that is no charset": (
        SMALL.replace('ucs2 = "UTF-8"', 'ucs2 = "rot13"') + TEXT_ALONE,
        "request.charset: expected a table with the charset's name for gsm7",
    ),
    "a codec without an answer for all texts": (
        SMALL.replace('ucs2 = "UTF-8"', 'ucs2 = "idna"') + TEXT_ALONE,
        "request.charset: expected a table with the charset's name for gsm7",
    ),
    "a charset for an encoding of no one": (
        SMALL.replace('ucs2 = "UTF-8"', 'ucs2 = "UTF-8", utf8 = "UTF-8"') + TEXT_ALONE,
        "request.charset: expected a table with the charset's name for gsm7",
    ),
    "an address with a query": (
        SMALL.replace("/v2/send", "/v2/send?lang=fr") + TEXT_ALONE,
        "request.url: expected an address that starts with https:// and has no query",
    ),
    "an address of no host": (
        SMALL.replace("https://sms.example.com", "https://") + TEXT_ALONE,
        "request.url: expected an address that starts with https://",
    ),
    "an address without a scheme": (
        SMALL.replace("https://", "") + TEXT_ALONE,
        "request.url: expected an address that starts with https://",
    ),
    "an address with a line break": (
        SMALL.replace("/v2/send", "/v2\\n/send") + TEXT_ALONE,
        "request.url: expected an address that starts with https://",
    ),
    "a method of no one": (
        SMALL.replace('["POST"]', '["PUT"]') + TEXT_ALONE,
        'request.methods: expected a list with some of "GET", "POST"',
    ),
    "parameters nowhere": (
        SMALL.replace('"json"', '"xml"') + TEXT_ALONE,
        'request.parameters: expected one of "form", "json", "query"',
    ),
    "a mention by no one": (
        SMALL.replace('mention = "sender"', 'mention = "nobody"') + TEXT_ALONE,
        'request.mention: expected one of "vendor", "sender"',
    ),
    "a credential that is a field": (
        SMALL.replace('["key"]', '["to"]') + TEXT_ALONE,
        'request.credentials: expected no name of a field, which "to" is',
    ),
    "a fixed value of no field": (
        SMALL.replace('["key"]', '["key"]\nfixed = { a = 1 }') + TEXT_ALONE,
        'request.fixed: expected the name of a field, which "a" is not',
    ),
    "a dedupe of no field": (
        SMALL.replace('separator = ";"', 'separator = ";"\ndedupe = "a"') + TEXT_ALONE,
        'recipients.dedupe: expected the name of a field, which "a" is not',
    ),
    "a way through of no field": (
        SMALL.replace('separator = ";"', 'separator = ";"\nallow_malformed = "a"') + TEXT_ALONE,
        'recipients.allow_malformed: expected the name of a field, which "a" is not',
    ),
    "most recipients by no method": (
        SMALL.replace("{ POST = 2 }", "{ PUT = 2 }") + TEXT_ALONE,
        "recipients.most: expected a table with the most recipients by GET or POST",
    ),
    "most recipients none": (
        SMALL.replace("{ POST = 2 }", "{ POST = 0 }") + TEXT_ALONE,
        "recipients.most: expected a table with the most recipients by GET or POST",
    ),
    "a pattern that is none": (
        SMALL.replace("[0-9]{7,14}", "[0-9") + TEXT_ALONE,
        "recipients.patterns: expected a list of regular expressions, one at least",
    ),
    "no pattern": (
        SMALL.replace('["\\\\+[1-9][0-9]{7,14}"]', "[]") + TEXT_ALONE,
        "recipients.patterns: expected a list of regular expressions, one at least, found []",
    ),
    "a sender whose shortest is longer": (
        SMALL + SENDER.replace("shortest = 2", "shortest = 9") + TEXT_ALONE + field("from", "sender"),
        "sender.shortest: expected at most sender.longest",
    ),
    "a sender's pattern that is none": (
        SMALL + SENDER.replace('"[A-Z]"', '"[A-Z"') + TEXT_ALONE + field("from", "sender"),
        "sender.characters: expected a regular expression",
    ),
    "a step that is none": (
        SMALL + SCHEDULE.replace("15", "0") + TEXT_ALONE,
        "schedule.step: expected a whole number from 1 to 60",
    ),
    "hours that are none": (
        SMALL + QUIET.replace("18:00", "24:00") + TEXT_ALONE,
        'quiet_hours.closes: expected a time of day such as "08:00"',
    ),
    "hours that close before they open": (
        SMALL + QUIET.replace("18:00", "09:30") + TEXT_ALONE,
        "quiet_hours.opens: expected a time before quiet_hours.closes",
    ),
    "a text cut by the vendor, who is not told its encoding": (
        SMALL + '[limit]\nceiling = 5\ntruncate = true\ncut_by = "vendor"\nsource = "x"\n' + TEXT_ALONE,
        'limit.cut_by: expected "sender", or a field for UCS-2',
    ),
    "hours of a country that is none": (
        SMALL + QUIET.replace('"FR"', '"fr"') + TEXT_ALONE,
        "quiet_hours.country: expected a country code in capitals",
    ),
    "hours of no country": (
        SMALL + QUIET.replace('"FR"', '"ZZ"') + TEXT_ALONE,
        "quiet_hours.country: expected a country's ISO 3166-1 code, such as FR or BE, found 'ZZ'",
    ),
    "a territory of no country": (
        SMALL + '[territories]\ncounted_as = { FR = ["ZZ"] }\nsource = "x"\n' + TEXT_ALONE,
        "territories.counted_as: expected a country's ISO 3166-1 code, such as FR or BE, found 'ZZ'",
    ),
    "a territory that is none": (
        SMALL + '[territories]\ncounted_as = { FR = ["Reunion"] }\nsource = "x"\n' + TEXT_ALONE,
        "territories.counted_as: expected a table of countries, each with those that count as it",
    ),
    "a refusal of no problem": (
        SMALL + TEXT_ALONE + REFUSALS.replace("schedule-past", "schedule-late"),
        'refusals[0].problem: expected one of "empty-message"',
    ),
    "a field without a source": (
        SMALL + TEXT_ALONE.replace('source = "my own page"\n', "", 1),
        "fields[0].source: expected a text, found nothing",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_file_key_and_expectation(fault: str, write: Write) -> None:
    text, expected = FAULTS[fault]
    path = write(text)
    with pytest.raises(septet.ProfileError) as error:
        septet.profile(path)
    assert expected in str(error.value)
    assert str(error.value).startswith(f"{path}: ")
    assert "\n" not in str(error.value)


def test_what_the_faults_start_from_is_without_fault(write: Write) -> None:
    for text in (WHOLE, SMALL + TEXT_ALONE, SMALL + QUIET + TEXT_ALONE):
        septet.profile(write(text))
