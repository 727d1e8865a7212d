"""Every problem code: a text that raises it, its severity, its page in the documentation."""

from __future__ import annotations

import json
import re
import sys
from typing import Any

import pytest
from batch_examples import OF_ROWS
from clocks import WEDNESDAY, stop_at
from raised_problems import RAISED
from sources import ROOT

import septet
from septet.planning.planner import forget_planners
from septet.sending import quiet_hours
from septet.wording.problems import OF_OCTETS, SEVERITIES

DOCUMENTATION = ROOT / "docs" / "problems.md"

TO = {"recipients": "33612345678"}
FROM = {"sender": "Societe", **TO}
ADVERTISING = {"commercial": True, **TO}

# Of a request: code, profile, arguments beside the text, details
REQUESTED: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("recipients-missing", "smsmode", {}, {"fault": "absent"}),
    ("recipients-missing", "smsmode", {"recipients": ""}, {"fault": "empty"}),
    ("too-many-recipients", "encom", {"recipients": "33612345678,33612345679"}, {"limit": 1, "actual": 2}),
    ("malformed-recipient", "envoyersmspro", {"recipients": "06 1,336"}, {"numbers": ("06 1", "336")}),
    (
        "mixed-countries",
        "smsmode",
        {"recipients": "33612345678,32470123456", "commercial": True, "encoding": "ucs2", "country": "BE"},
        {"groups": (("33612345678",), ("32470123456",))},
    ),
    (
        "mentions-differ",
        "smsmode",
        {"recipients": "32470123456,33612345678", "commercial": True},
        {
            "mentions": ("no-sms.eu", "STOP 36034"),
            "planned": "STOP 36034",
            "groups": (("32470123456",), ("33612345678",)),
        },
    ),
    ("sender-missing", "envoyersmspro", TO, {"fault": "absent"}),
    ("sender-missing", "envoyersmspro", {"sender": "", **TO}, {"fault": "empty"}),
    ("sender-length", "smspartner", {"sender": "ab"}, {"fault": "short", "limit": 3, "actual": 2}),
    ("sender-length", "smsmode", {"sender": "a" * 12}, {"fault": "long", "limit": 11, "actual": 12}),
    ("sender-characters", "smsmode", {"sender": "Ma société"}, {"characters": " é"}),
    ("sender-number", "smsmode", {"sender": "+33612"}, {}),
    ("sender-with-replies", "smsmode", {"sender": "Societe", "replies": True}, {}),
    ("replies-with-unicode", "smsmode", {"replies": True, "encoding": "ucs2"}, {"field": "classe_msg"}),
    ("tag-length", "envoyersmspro", {"tag": ""}, {"fault": "empty", "limit": 1, "actual": 0}),
    ("tag-length", "envoyersmspro", {"tag": "a" * 21}, {"fault": "long", "limit": 20, "actual": 21}),
    ("tag-characters", "smspartner", {"tag": "Promo Été"}, {"characters": "P É"}),
    ("tag-characters", "smsmode", {"tag": "été 日"}, {"characters": "日"}),
    ("schedule-incomplete", "smsmode", {"send_at": "2026-06-18"}, {"fault": "time"}),
    (
        "schedule-malformed",
        "smsmode",
        {"vendor_fields": {"date_envoi": "18062026-24:00"}},
        {"fault": "hours", "field": "date_envoi"},
    ),
    ("schedule-malformed", "smsmode", {"send_at": "2027-03-28T02:30"}, {"fault": "skipped"}),
    ("schedule-step", "smspartner", {"send_at": "2026-06-18T10:07"}, {"limit": 5, "actual": 7}),
    ("schedule-past", "smsmode", {"send_at": "2026-06-17T09:59"}, {}),
    ("field-missing", "encom", TO, {"fault": "absent", "field": "customerAccount"}),
    ("field-value", "smspartner", {"vendor_fields": {"_format": "CSV"}}, {"field": "_format"}),
    ("field-conflict", "smsmode", {"vendor_fields": {"nbr_msg": 2}}, {"field": "nbr_msg"}),
    ("not-offered", "encom", {"sender": "Societe"}, {"fault": "sender"}),
    (
        "billed-malformed-recipient",
        "envoyersmspro",
        {"recipients": "06", "vendor_fields": {"allnumberallowed": 1}},
        {"numbers": ("06",)},
    ),
    ("unknown-recipient", "smsmode", {"recipients": "3363123456"}, {"numbers": ("3363123456",)}),
    (
        "duplicate-recipient",
        "smspartner",
        {"recipients": "0612345678,33612345679,+33612345678"},
        {"numbers": ("+33612345678",)},
    ),
    ("sender-without-optout", "smsmode", FROM, {}),
    (
        "quiet-hours",
        "smspartner",
        {"send_at": "2026-06-18T20:00", **ADVERTISING},
        {"goes_out": "2026-06-19T08:00:00+02:00"},
    ),
    (
        "recipient-hours",
        "smsmode",
        {**ADVERTISING, "recipients": "+262692123456", "send_at": "2026-06-18T20:30"},
        {
            "numbers": ("+262692123456",),
            "local": "2026-06-18T22:30:00+04:00",
            "zone": "Indian/Reunion",
        },
    ),
    ("not-checked", "smspartner", ADVERTISING, {"fault": "holidays"}),
    ("request-unknown", "gsm", {}, {}),
    ("sender-changed", "plivo", {"sender": "ACME Ltd", "recipients": "+33612345678"}, {}),
    (
        "schedule-window",
        "twilio",
        {"sender": "MG" + "a" * 32, "recipients": "+33612345678", "send_at": "2026-07-22T08:01Z"},
        {"fault": "late", "limit": 50400, "actual": 50401},
    ),
    (
        "field-without-effect",
        "messagebird-rest",
        {"recipients": "+33612345678", "vendor_fields": {"reportUrl": "https://example.com/"}},
        {"field": "reportUrl"},
    ),
]


@pytest.mark.parametrize(("code", "profile", "options", "text", "start", "end", "details"), RAISED)
def test_a_problem_with_its_place_and_figures(
    code: str,
    profile: str,
    options: dict[str, Any],
    text: str,
    start: int | None,
    end: int | None,
    details: dict[str, Any],
) -> None:
    plan = septet.plan(text, profile, **options)
    found = [problem for problem in plan.problems if problem.code == code]
    assert len(found) == 1
    problem = found[0]
    assert (problem.start, problem.end, problem.details) == (start, end, details)
    # Blanks that cost no segment only inform.
    assert problem.severity == ("notice" if details.get("segments") == 0 else SEVERITIES[code])
    assert problem.message.endswith(".")
    assert problem.message.isprintable()
    assert plan.ok == all(problem.severity != "error" for problem in plan.problems)
    json.dumps(plan.to_dict())


@pytest.mark.parametrize(("code", "profile", "arguments", "details"), REQUESTED)
def test_a_problem_of_a_request_with_its_figures(
    code: str,
    profile: str,
    arguments: dict[str, Any],
    details: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stop_at(WEDNESDAY, monkeypatch)
    if code == "not-checked":
        monkeypatch.setitem(sys.modules, "holidays", None)
        quiet_hours._holidays.cache_clear()
        forget_planners()  # and with them the orders, which keep an answer for a minute
    prepared = septet.prepare(profile, "Bonjour", **arguments)
    (problem,) = (problem for problem in prepared.problems if problem.code == code)
    assert (problem.start, problem.end) == (None, None)
    assert {name: problem.details[name] for name in problem.details if name != "element"} == details
    assert problem.severity == SEVERITIES[code]
    assert problem.message.endswith(".")
    assert problem.message.isprintable()
    assert prepared.ok == all(problem.severity != "error" for problem in prepared.problems)
    json.dumps(prepared.to_dict())


# Raised in tests/campaign/test_files_as_people_have_them.py and test_campaign_people.py.
OF_CAMPAIGNS = ["unread-tag", "not-mobile"]
# And one of senders by themselves: see test_checking_senders.
OF_SENDERS = ["sender-country"]


def test_every_code_is_raised_by_a_test() -> None:
    raised = {row[0] for row in [*RAISED, *REQUESTED]} | set(OF_ROWS) | set(OF_CAMPAIGNS) | set(OF_SENDERS)
    assert raised == set(SEVERITIES)


def test_every_code_is_documented_with_its_severity() -> None:
    text = DOCUMENTATION.read_text("utf-8")
    for code, severity in [*SEVERITIES.items(), *OF_OCTETS.items()]:
        assert f"| `{code}` | {severity} |" in text, code


def test_each_severity_but_an_errors_has_its_reason() -> None:
    part = (
        DOCUMENTATION.read_text("utf-8")
        .partition("\n## What each severity is worth\n")[2]
        .partition("\n## ")[0]
    )
    given = dict(re.findall(r"^\| `([a-z-]+)` \| (warning|notice) \| [A-Z].+\. \|$", part, re.M))
    assert given == {code: severity for code, severity in SEVERITIES.items() if severity != "error"}


# A PDU with each of them; what `recut` says has no PDU.
ODD_PDUS = {
    "address-unusual": "040B711346610089F60000208062917314080141",
    "header-empty": "440B911346610089F60000208062917314080400006804",
    "octets-behind": "040B911346610089F60000208062917314080141FF",
    "suspect-encoding": "040B911346610089F6000820806291731408066F6B6F6B6F6B",
    "text-compressed": "040B911346610089F60020208062917314080141",
    "time-unreadable": "040B911346610089F60000000000000000000141",
    "zone-unreadable": "040B911346610089F60000208062917314FF0141",
}


@pytest.mark.parametrize("code", OF_OCTETS)
def test_a_problem_of_octets_is_found(code: str) -> None:
    if code == "cut-by-octets":
        (problem,) = septet.recut(b"x", 0x05)[0].problems
    else:
        (problem,) = septet.read_pdu(ODD_PDUS[code]).problems
    assert (problem.code, problem.severity) == (code, OF_OCTETS[code])
    assert problem.message.endswith(".")
    assert problem.message.isprintable()
    json.dumps(problem.to_dict())


def test_the_vendor_refuses_only_where_it_does() -> None:
    def refused(segments: int | None, length: int) -> list[tuple[str | None, str | None]]:
        plan = septet.plan("a" * length, "envoyersmspro", max_segments=segments)
        return [(p.vendor_code, p.vendor_message) for p in plan.problems if p.code == "too-long"]

    vendor = [("4", "Message too long")]
    # Envoyer SMS Pro 2.10.0: 160 without longmessageallowed, 459 with it; error 4.
    assert refused(None, 160) == []
    assert refused(None, 161) == vendor
    assert refused(2, 307) == [(None, None)]
    assert refused(2, 460) == vendor
    assert refused(3, 459) == []
    assert refused(3, 460) == vendor


def test_the_vendors_own_codes() -> None:
    def refused(text: str, profile: str, **options: Any) -> list[tuple[str, str | None, str | None]]:
        plan = septet.plan(text, profile, **options)
        return [(p.code, p.vendor_code, p.vendor_message) for p in plan.problems if p.vendor_code]

    exceeds = "The concatenated message body exceeds the 1600 character limit"
    assert refused("a" * 1600, "twilio") == []
    assert refused("a" * 1601, "twilio") == [("too-many-characters", "21617", exceeds)]
    # An emoji counts as two: "special characters such as emojis [...] as multiple characters".
    assert refused("😀" * 800, "twilio") == []
    assert refused("😀" * 801, "twilio") == [("too-many-characters", "21617", exceeds)]
    # "would be divided into 11 parts. The maximum is 10."
    assert refused("a" * 1530, "telnyx") == []
    assert refused("a" * 1531, "telnyx") == [("too-long", "40302", None)]
    assert refused("a" * 1531, "aws") == [("too-many-characters", "Invalid Message Exception", None)]
    (octopush,) = refused("Promo ! stop au XXXXX", "octopush", commercial=True)
    assert octopush[:2] == ("optout-missing", "121")
    assert refused("Promo ! STOP au XXXXX", "octopush", commercial=True) == []


def test_a_message_shows_no_character_that_a_terminal_would_act_on() -> None:
    for text in ("\x1b[31m", "\x07\x00", "\u202eabc", "\ud800"):
        for problem in septet.plan(text, "smsmode").problems:
            assert problem.message.isprintable()
