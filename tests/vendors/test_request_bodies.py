"""Where fields of a user's own request stand, what its answers say of each, and what is wrong with them."""

from __future__ import annotations

import json
import pickle
import re
from typing import Any

import pytest
from sources import ROOT

import septet

REQUEST = """
extends = "gsm"

[request]
url = "https://sms.example.com/{account}/send"
methods = ["POST"]
parameters = "PARAMETERS"
charset = { gsm7 = "UTF-8", ucs2 = "UTF-8" }
mention = "sender"
authentication = "a header"
headers = { "X-Call" = "send" }
source = "my own page"

[recipients]
most = { POST = 100 }
patterns = ["[1-9][0-9]{7,14}"]
expected = "numbers such as 33612345678"
plus = "dropped"
source = "my own page"
"""


def field(name: str, holds: str, *lines: str) -> str:
    return "\n".join(
        ["[[fields]]", f'name = "{name}"', f'holds = "{holds}"', 'source = "my own page"', *lines, ""]
    )


ACCOUNT = field("account", "free", 'place = "address"', "required = true")
TEXT = field("text", "text")
NUMBERS = ["33612345678", "+33612345679"]


def profile(*fields: str, parameters: str = "json", more: str = "") -> septet.Profile:
    return septet.Profile.from_toml(
        REQUEST.replace("PARAMETERS", parameters) + ACCOUNT + "\n".join(fields) + more
    )


def prepared(own: septet.Profile, **arguments: Any) -> septet.Request:
    return septet.prepare(own, "Bonjour", recipients=NUMBERS, **arguments).request


def test_each_place_that_the_readme_shows() -> None:
    part = README.partition("### The place of a field")[2].partition("\n###")[0]
    rows = re.findall(r"^\| (\(none\)|`[^`]+`) \| `(.+?)`(.*?) \|$", part, re.M)
    assert len(rows) == 5
    for at, shown, _ in rows:
        place = "to" if at == "(none)" else at.strip("`")
        text = field("text", "text", 'at = "messages[]/text"') if "…" in shown else TEXT
        request = prepared(profile(field("number", "recipients", f'at = "{place}"'), text))
        expected = json.loads("{" + shown.replace("…", '"text": "Bonjour"') + "}")
        assert {name: value for name, value in request.fields.items() if name != "text"} == expected
        assert json.loads(request.body()) == request.fields


README = (ROOT / "tables" / "README.md").read_text("utf-8")


def test_fields_of_other_kinds() -> None:
    own = profile(
        field("to", "recipients"),
        TEXT,
        field("sure", "free", "boolean = true", 'at = "options/sure"'),
        field(
            "unicode",
            "flag",
            "boolean = true",
            "when = { ucs2 = true, gsm7 = false }",
            'at = "options/unicode"',
        ),
        field("life", "free", "number = true", "smallest = 5", "largest = 60"),
        field("more", "structure"),
        field("X-Key", "free", 'place = "header"'),
        field("kind", "free", 'at = "body/kind"', 'with = { "body/version" = 2 }'),
    )
    request = prepared(
        own,
        vendor_fields={
            "account": "a/b c",
            "sure": "true",
            "life": 5,
            "more": {"a": [1, None, "é"]},
            "X-Key": "k1",
            "kind": "x",
        },
    )
    assert request.fields == {
        "to": "33612345678,33612345679",
        "text": "Bonjour",
        "options": {"sure": True, "unicode": False},
        "life": 5,
        "more": {"a": [1, None, "é"]},
        "body": {"version": 2, "kind": "x"},
    }
    assert request.url == request.address() == "https://sms.example.com/a%2Fb%20c/send"
    assert request.headers == {"Content-Type": "application/json", "X-Call": "send", "X-Key": "k1"}
    assert pickle.loads(pickle.dumps(request)) == request
    request.fields["options"]["sure"] = False  # a copy
    assert request.fields["options"]["sure"] is True
    for given in ({"life": 4}, {"life": 61}, {"sure": "yes"}, {"unicode": True}):
        found = septet.prepare(own, "Bonjour", recipients=NUMBERS, vendor_fields=given)
        assert {problem.code for problem in found.problems} & {"field-value", "field-conflict"}, given
    with pytest.raises(septet.errors.OptionError, match="more: expected what JSON holds"):
        septet.prepare(own, "Bonjour", vendor_fields={"more": {"a": {1, 2}}})


def test_an_address_that_lacks_the_account() -> None:
    request = prepared(profile(field("to", "recipients"), TEXT))
    assert request.url == "https://sms.example.com/{account}/send"
    assert request.missing == ("account",)
    with pytest.raises(ValueError, match="address: account is in the address and was not given"):
        request.address()
    assert request.address({"account": "a1"}) == "https://sms.example.com/a1/send"
    assert json.loads(request.body({"account": "a1"})) == request.fields


def test_entries_of_a_form_are_numbered() -> None:
    own = profile(
        field("to", "recipients"),
        TEXT,
        *(
            field(name, "free", 'at = "entry.#.value"', f'with = {{ "entry.#.name" = "{name}" }}')
            for name in ("first", "second", "third")
        ),
        parameters="form",
    )
    request = prepared(own, vendor_fields={"third": "c", "first": "a"})
    assert list(request.fields.items())[2:] == [
        ("entry.1.name", "first"),
        ("entry.1.value", "a"),
        ("entry.2.name", "third"),
        ("entry.2.value", "c"),
    ]


SENDER = """
[sender]
shortest = 1
longest = 11
characters = "[A-Za-z0-9]"
expected = "letters and digits"
numbers = "accepted"
longest_number = 15
plus = "dropped"
identifiers = "ID[0-9]+"
identifier_field = "pool"
source = "my own page"
"""


def test_a_sender_or_another_field_in_its_place() -> None:
    own = profile(
        field("to", "recipients"),
        TEXT,
        field("from", "sender", "required = true", 'instead = ["pool"]', "exclusive = true"),
        field("pool", "free", 'required_when = ["replies"]'),
        field("reply", "flag", "when = { replies = 1 }"),
        more=SENDER,
    )

    def asked(**arguments: Any) -> tuple[dict[str, Any], set[str]]:
        found = septet.prepare(own, "Bonjour", recipients=NUMBERS, **arguments)
        fields = found.request.fields
        return {name: fields[name] for name in ("from", "pool") if name in fields}, {
            problem.code for problem in found.problems
        }

    assert asked(sender="+33612345678") == ({"from": "33612345678"}, set())
    assert asked(sender="ID7") == ({"pool": "ID7"}, set())
    assert asked(vendor_fields={"pool": "x"}) == ({"pool": "x"}, set())
    assert asked() == ({}, {"sender-missing"})
    assert asked(sender="ACME", vendor_fields={"pool": "x"})[1] == {"field-conflict"}
    assert asked(sender="ACME", replies=True)[1] == {"field-missing"}


WRONG = [
    (field("to", "recipients", 'at = "a//b"'), "fields[1].at: expected a place such as"),
    (field("to", "recipients", 'at = "a[2]"'), "fields[1].at: expected a place such as"),
    (field("to", "recipients", 'at = "text"'), "fields[2].at: expected a place where no other field stands"),
    (
        field("to", "recipients", 'at = "text/to"'),
        "fields[2].at: expected a place where no other field stands",
    ),
    (field("to", "recipients", 'place = "header"'), 'fields[1].place: expected "body"'),
    (field("to", "recipients") + field("x", "free", 'place = "address"'), "expected {x} in request.url"),
    (
        field("to", "recipients") + field("x", "free", 'needs = ["y"]'),
        "fields[2].needs: expected the name of a field",
    ),
    (
        field("to", "recipients") + field("x", "free", "smallest = 2", "largest = 1"),
        "fields[2].smallest: expected at most",
    ),
    (
        field("to", "recipients") + field("x", "free", "number = true", "boolean = true"),
        "fields[2].boolean: expected false",
    ),
]


@pytest.mark.parametrize(("fields", "expected"), WRONG)
def test_what_is_wrong_is_named(fields: str, expected: str) -> None:
    with pytest.raises(septet.errors.ProfileError, match=re.escape(expected)):
        profile(fields, TEXT)


def test_a_form_has_no_places_in_one_another() -> None:
    with pytest.raises(septet.errors.ProfileError, match="expected a name, as parameters is not"):
        profile(field("to", "recipients", 'at = "a/b"'), TEXT, parameters="form")


ANSWERS = """
[[answers]]
format = "json"
outcome = "by-message"
when = { done = true }
messages = { list = "all", is = "recipient", accepted = { state = ["ok", 1] }, MORE }
source = "my own page"

[[answers]]
format = "json"
outcome = "refused"
code = "url"
code_pattern = "#([0-9]+)$"
message = "text"
errors = { list = "fields", keyed = true }
optional = ["message", "errors"]
source = "my own page"

[[codes]]
code = "7"
message = "stopped"
concerns = "opt-out"
source = "my own page"

[[codes]]
code = "8"
message = "busy"
temporary = true
concerns = "rate"
source = "my own page"
""".replace(
    "MORE",
    'recipient = "to", id = "id", billed_segments = "n", cost = "price", currency = "unit", code = "why"',
)


def read(*messages: dict[str, Any]) -> septet.Response:
    own = septet.Profile.from_toml('extends = "gsm"\n' + ANSWERS)
    return own.read_response(json.dumps({"done": True, "all": messages}).encode(), http_status=200)


def test_what_each_message_says_is_added() -> None:
    one = {"state": "ok", "to": "1", "id": "a", "n": 2, "price": "0.10", "unit": "EUR"}
    two = {"state": 1, "to": 2, "id": 7, "n": "3", "price": 0.2}
    both = read(one, two)
    assert (both.outcome, both.message_ids, both.billed_segments) == ("accepted", ("a", "7"), 5)
    assert (str(both.cost), both.currency, both.errors) == ("0.30", "EUR", ())
    partly = read(one, {"state": "no", "to": "3", "why": 7})
    assert (partly.accepted, partly.partly, partly.billed_segments) == (False, True, 2)
    assert partly.errors == (("7", "stopped", "3"),)
    assert (partly.temporary, partly.sends_twice) == (False, True)
    assert read(one, {**two, "n": None}).billed_segments is None  # one of them does not tell
    none = read({"state": "no", "to": "3", "why": 8}, {"state": "no", "to": "4", "why": 7})
    assert (none.outcome, none.code, none.message) == ("refused", "8", "busy")
    assert (none.temporary, none.concerns, none.sends_twice) == (True, "rate", False)
    with pytest.raises(septet.ResponseError, match="all: expected a list of messages"):
        read()


def test_an_address_as_a_code_and_errors_by_their_names() -> None:
    own = septet.Profile.from_toml('extends = "gsm"\n' + ANSWERS)
    body = {"url": "https://example.com/errors#7", "fields": {"to": ["wrong", "short"], "text": "empty"}}
    found = own.read_response(json.dumps(body).encode(), http_status=422)
    assert (found.code, found.message, found.concerns) == ("7", "stopped", "opt-out")
    assert found.errors == (("7", "wrong", "to"), ("7", "short", "to"), ("7", "empty", "text"))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('outcome = "by-message"', "messages: expected a table where outcome"),
        (
            'outcome = "accepted"\nmessages = { list = "a", is = "part", accepted = { b = 1 } }',
            "messages: expected",
        ),
        (
            'outcome = "by-message"\nmessages = { list = "a", is = "x", accepted = { b = 1 } }',
            "messages.is: expected",
        ),
        (
            'outcome = "by-message"\nmessages = { list = "a", is = "part", accepted = {} }',
            "messages.accepted",
        ),
        (
            'outcome = "by-message"\nmessages = { list = "a", is = "part", accepted = { b = 1 }, sum = "c" }',
            "messages.sum",
        ),
        (
            'outcome = "refused"\ncode = "a"\ncode_pattern = "x"',
            "code_pattern: expected a regular expression",
        ),
        (
            'outcome = "refused"\ncode = "a"\nerrors = { list = "b", keyed = false }',
            "errors.keyed: expected true",
        ),
        ('outcome = "accepted"\nmessage_ids = "a"\ntimes = "b"', "times: expected nothing"),
    ],
)
def test_what_is_wrong_with_an_answer_is_named(line: str, expected: str) -> None:
    text = f'extends = "gsm"\n[[answers]]\nformat = "json"\n{line}\nsource = "my own page"\n'
    with pytest.raises(septet.errors.ProfileError, match=re.escape(expected)):
        septet.Profile.from_toml(text)


def test_a_profile_without_a_file() -> None:
    own = septet.Profile.from_toml('\ufeffextends = "smspartner"\r\ntitle = "Mine"\r\n', name="mine")
    assert (own.name, own.title) == ("mine", "Mine")
    assert septet.count("Bonjour", own) == 1
    assert pickle.loads(pickle.dumps(own)) == own
    with pytest.raises(
        septet.errors.ProfileError, match=r"^own: titel: .*did you mean \"title\".*\(line 2\)$"
    ):
        septet.Profile.from_toml('extends = "gsm"\ntitel = "x"')
    with pytest.raises(TypeError, match="text: expected a str, found bytes"):
        septet.Profile.from_toml(b"")  # type: ignore[arg-type]


def test_the_remedy_is_named() -> None:
    text = 'extends = "gsm"\n[substitution]\npolicy = "always"\nsource = "my own page"\n'
    with pytest.raises(septet.errors.ProfileError, match=r'without = \["languages"\]'):
        septet.Profile.from_toml(text)
    assert septet.Profile.from_toml('without = ["languages"]\n' + text).policy == "always"


TEXTS = [
    "Your code is 482913",
    "482913",
    "Code 4821",
    "RDV 12/11 à 9h, code 4821",
    "https://example.com/reset?code=482913 expires",
    "Votre mot de passe : hunter2",
]


@pytest.mark.parametrize("text", TEXTS)
def test_no_error_repeats_a_text_that_stands_in_the_place_of_a_profile(text: str) -> None:
    calls = [
        lambda: septet.prepare(text, "twilio"),
        lambda: septet.plan("twilio", text),
        lambda: septet.count("twilio", text),
        lambda: septet.Planner(text),
        lambda: septet.profile(text),
        lambda: septet.check_sender("ACME", text),
    ]
    for call in calls:
        with pytest.raises(
            septet.errors.ProfileError, match="the text and the profile look swapped"
        ) as error:
            call()
        assert not any(word in str(error.value) for word in re.findall(r"\d{3,}|hunter2", text))
        assert error.value.__cause__ is None
        assert error.value.__suppress_context__ or error.value.__context__ is None
