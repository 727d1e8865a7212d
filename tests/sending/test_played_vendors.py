"""Played vendors: what they take and refuse, and what they answer, over real HTTP and without it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

pytest.importorskip("defusedxml")
pytest.importorskip("httpx")

import httpx
from hypothesis import given
from hypothesis import strategies as st
from vector_files import VECTORS
from vendor_servers import Call as OtherCall
from vendor_servers import Encom, EnvoyerSmsPro, Smsmode, SmsPartner

import septet
import septet.testing
from septet.sending.playing.calls import Call
from septet.sending.playing.elements import after
from septet.sending.playing.failures import failure
from septet.sending.playing.playing import Play
from septet.sending.playing.written import XmlAnswer

PLAYED = [name for name in septet.profiles() if septet.profile(name).rule("request") is not None]
#: What some need to be sent at all.
GIVEN: dict[str, dict[str, Any]] = {
    "bird-sms": {"vendor_fields": {"category": "service"}},
    "encom": {"vendor_fields": {"customerAccount": "CL3578"}},
    "telnyx": {"vendor_fields": {"messaging_profile_id": "m1"}},
    "telnyx-shortcode": {"vendor_fields": {"messaging_profile_id": "m1"}},
}


def number(profile: str, last: int = 1) -> str:
    plus = septet.profile(profile).rule("recipients")["patterns"][0].startswith("\\+")
    return f"{'+' if plus else ''}3361234567{last}"


def prepared(profile: str, text: str, recipients: list[str] | None = None, **options: Any) -> septet.Prepared:
    """A message with all that its vendor needs."""
    if septet.profile(profile).rule("sender") is not None:
        options.setdefault("sender", "Septet")
    options = GIVEN.get(profile, {}) | options
    return septet.prepare(profile, text, recipients=recipients or [number(profile)], **options)


def call_of(request: septet.Request, **credentials: str) -> Call:
    """A request as it arrives."""
    credentials |= dict.fromkeys(request.missing, "x")
    parts = urlsplit(request.address(credentials))
    headers = {name.lower(): value for name, value in request.headers.items()}
    mine = {name: value for name, value in credentials.items() if name not in request.missing}
    return Call(request.method, parts.path, parts.query, headers, request.body(mine))


#: One client for all: making one for each call takes longer than the call.
CLIENT = httpx.Client(timeout=10)


def sent(vendor: septet.testing.PlayedVendor, request: septet.Request) -> httpx.Response:
    """A request sent over HTTP, as any client would."""
    address = request.address(dict.fromkeys(request.missing, "x"), url=vendor.url)
    return CLIENT.request(request.method, address, content=request.body(), headers=request.headers)


def posted(vendor: septet.testing.PlayedVendor, octets: bytes, kind: str, url: str = "") -> httpx.Response:
    return CLIENT.post(url or vendor.url, content=octets, headers={"Content-Type": kind})


FORM, JSON = "application/x-www-form-urlencoded", "application/json"


@pytest.fixture(scope="module")
def everyone() -> Iterator[dict[str, septet.testing.PlayedVendor]]:
    """All of them, played as long as the tests of this module."""
    played = {name: septet.testing.vendor(name) for name in PLAYED}
    for vendor in played.values():
        vendor.__enter__()
    yield played
    for vendor in played.values():
        vendor.__exit__(None, None, None)
    CLIENT.close()


def test_each_vendor_with_a_request_takes_what_was_prepared_for_it(everyone: Any) -> None:
    for name, vendor in everyone.items():
        vendor.forget()
        message = prepared(name, "Ça va ? 10 €, [à 20 h]\n" * (1 if "voice" in name else 4))
        if not message.ok:  # a single segment may be the vendor's default
            message = prepared(name, "Ça va ? 10 €\n")
        answer = sent(vendor, message.request)
        (received,) = vendor.received
        assert (received.faults, received.outcome) == ((), "accepted"), name
        assert (received.text, received.segments) == (message.plan.text, message.plan.billed_segments), name
        assert received.recipients == message.recipients, name
        json.dumps(received.to_dict())
        response = septet.profile(name).read_response(answer.content, http_status=answer.status_code)
        assert response.accepted, name
        assert septet.reconcile(message, response).agrees is not False, name
        # The next message is another one.
        again = sent(vendor, message.request)
        ids = septet.profile(name).read_response(again.content, http_status=again.status_code).message_ids
        assert ids != response.message_ids, name
    assert len({vendor.url for vendor in everyone.values()}) == len(PLAYED)


#: Around the ends of segments, with a character that decides the encoding before and after the cut.
HOSTILE = (
    "a" * 400 + "€" + "b" * 130 + "Ж",
    "é" * 130 + "Ж" + "x" * 900,
    ("Ligne\r\n[ici] ^" * 30)[:305] + "\r\n€",
    "x" * 152 + "€" + "y" * 152 + "{z}",
    "😀👩‍👩‍👧e\u0301" * 25,
    "a" * 1300 + "ç",
    "“Été”\u00a0– œuvre… " * 12,
)


@pytest.mark.parametrize("options", [{"truncate": True}, {"truncate": True, "max_segments": 2}])
def test_hostile_texts_are_counted_as_they_were_planned(options: dict[str, Any]) -> None:
    lossless = 0
    for name in PLAYED:
        play = Play(septet.profile(name), None, None)
        if options.get("max_segments", 1) > septet.profile(name).rule("limit")["ceiling"]:
            continue
        for place, text in enumerate(HOSTILE):
            message = prepared(name, text, **options)
            if not message.ok:
                continue
            (received,) = play.reply(call_of(message.request)).received
            found = received.text, received.encoding, received.segments, received.faults
            plan = message.plan
            assert found == (plan.text, plan.encoding, plan.billed_segments, ()), (name, place)
            lossless += 1
    assert lossless > 100


# --- the documents' own examples -------------------------------------------------------------

#: Calls that the documents answer, each with the vector of the answer.
EXAMPLES: list[tuple[str, str, bytes, str, str]] = [
    ("smsmode", FORM, b"accessToken=x&message=test&numero=0612345678", "", "accepted, UTF-8"),
    (
        "envoyersmspro",
        FORM,
        b"text=Ceci+est+un+test&recipients=33600000001%2C33600000002&sendername=Societe",
        "",
        "accepted",
    ),
    ("smspartner", JSON, b'{"phoneNumbers": "+33612345678", "message": "test"}', "", "accepted, JSON"),
    (
        "smspartner",
        JSON,
        b'{"phoneNumbers": "+33612345678", "message": "test", "_format": "XML"}',
        "",
        "accepted, XML",
    ),
    (
        "encom",
        FORM,
        b"",
        "?customerAccount=CL3578&recipient=0612345678&message=test&type=t",
        "a message that is planned",
    ),
]


@pytest.mark.parametrize(("profile", "kind", "body", "query", "label"), EXAMPLES)
def test_a_documents_example_is_answered_octet_for_octet(
    profile: str, kind: str, body: bytes, query: str, label: str
) -> None:
    documented = json.loads((VECTORS / "responses" / f"{profile}.json").read_text("utf-8"))
    (vector,) = [one for one in documented if one["label"] == label]
    with septet.testing.vendor(profile) as vendor:
        answer = posted(vendor, body, kind, vendor.url + query)
        assert vendor.received[0].faults == ()
    assert answer.content == vector["body"].encode("utf-8")


def test_the_documents_refusals_are_answered_octet_for_octet() -> None:
    # As the document shows the call that it quotes, and each of its codes with the words that it has.
    quoted = b"text=test&sendername=Societe&recipients=33600000000"
    for profile, body, kind in (
        ("envoyersmspro", quoted, FORM),
        ("smsmode", b"message=test&numero=0612345678", FORM),
        ("smspartner", b'{"phoneNumbers": "+33612345678", "message": "test"}', JSON),
    ):
        path = VECTORS / "responses" / f"{profile}.json"
        bodies = {vector["body"] for vector in json.loads(path.read_text("utf-8"))}
        with septet.testing.vendor(profile) as vendor:
            rows = [row for row in septet.profile(profile).rule("codes") if row["code"] != "0"]
            assert len(rows) == 5
            for row in rows:
                vendor.fail(row["code"])
                answer = posted(vendor, body, kind)
                assert answer.text in bodies, answer.text
                response = septet.profile(profile).read_response(answer.content)
                assert (response.accepted, response.code) == (False, row["code"])


def test_the_six_faults_of_the_documents_example_are_answered_as_it_shows_them() -> None:
    content = {"phoneNumbers": "922264", "message": "", "sender": "Bien trop long"}
    content |= {"scheduledDeliveryDate": "21/11/2014"}
    documented = json.loads((VECTORS / "responses" / "smspartner.json").read_text("utf-8"))
    (vector,) = [one for one in documented if one["label"] == "refused, JSON"]
    with septet.testing.vendor("smspartner") as vendor:
        answer = posted(vendor, json.dumps(content).encode(), JSON)
    assert answer.content == vector["body"].encode("utf-8")


# --- compared with the servers that the tests have from the documents only --------------------


ALIKE: list[tuple[Any, str, str, dict[str, Any]]] = [
    (Smsmode, "smsmode", "accessToken=token", {}),
    (EnvoyerSmsPro, "envoyersmspro", "", {"authorization": "Basic bG9naW46cGFzc3dvcmQ="}),
    (SmsPartner, "smspartner", "", {}),
    (Encom, "encom", "", {"authorization": "Bearer token"}),
]
TEXTS = ("test", "Été : 10 €", "a" * 161, "[" * 81, "une\nligne", "€" * 80, "x" * 400)


@pytest.mark.parametrize(("other", "profile", "credential", "headers"), ALIKE)
def test_both_played_vendors_answer_alike(
    other: Any, profile: str, credential: str, headers: dict[str, str]
) -> None:
    ours, theirs = Play(septet.profile(profile), None, None), other()
    name, _, value = credential.partition("=")
    credentials = {name: value} if name else {}
    if profile == "smspartner":
        credentials = {"apiKey": "key"}
    recipients = [["33612345678"], ["33612345678", "33612345679"]]
    calls = []
    for text in TEXTS:
        for numbers in recipients[:1] if profile == "encom" else recipients:
            international = [
                number.replace("06", "336", 1) if len(number) == 10 else number for number in numbers
            ]
            # Theirs do not count a mention, which makes no difference to a short text.
            for options in ({}, {"commercial": True}) if len(text) < 20 else ({},):
                request = prepared(profile, text, international, **options).request
                calls.append(call_of(request, **credentials))
    # The calls that a document refuses, and how.
    for body in {
        "smsmode": ("message=test", "numero=0612345678", "message=&numero=0612345678"),
        "envoyersmspro": (
            "text=test&sendername=Societe",
            "text=test&recipients=33600000000",
            "recipients=33600000000&sendername=Societe",
            "text=test&recipients=33600000000&sendername=ab",
            "text=test&recipients=33600000000&sendername=abcdefghijkl",
            "text=test&recipients=3360000000x&sendername=Societe",
            f"text={'a' * 161}&recipients=33600000000&sendername=Societe",
            f"text={'a' * 460}&recipients=33600000000&sendername=Societe&longmessageallowed=1",
        ),
    }.get(profile, ()):
        calls.append(call_of(prepared(profile, "test").request, **credentials)._replace(body=body.encode()))
        if profile == "smsmode":
            calls[-1] = calls[-1]._replace(body=calls[-1].body + b"&accessToken=token")
    one = {"phoneNumbers": "0612345678", "message": "a"}
    contents: tuple[dict[str, str], ...] = (
        *({"message": "test"}, one | {"phoneNumbers": ""}, one | {"phoneNumbers": "12"}),
        *(one | {"message": ""}, {"phoneNumbers": "0612345678"}, one | {"sender": "abcdefghijkl"}),
        one | {"_format": "xml"},
    )
    for content in contents if profile == "smspartner" else ():
        body = json.dumps(content | {"apiKey": "key"}).encode()
        calls.append(calls[0]._replace(body=body))
    read = septet.profile(profile).read_response
    outcomes = set()
    for call in calls:
        reply = ours.reply(call).answer
        answer = theirs.answer(
            OtherCall(call.method, call.path, call.query, call.headers | headers, call.body)
        )
        found, expected = (read(one.body, http_status=one.status) for one in (reply, answer))
        same = ("accepted", "code", "message", "billed_segments", "cost", "currency", "errors", "outcome")
        assert {key: getattr(found, key) for key in same} == {key: getattr(expected, key) for key in same}, (
            call
        )
        outcomes.add(found.outcome)
    assert outcomes == ({"accepted"} if profile == "encom" else {"accepted", "refused"})


# --- failures on demand -----------------------------------------------------------------------


def test_a_code_is_refused_once_or_as_often_as_asked(everyone: Any) -> None:
    vendor = everyone["smsmode"]
    request = prepared("smsmode", "Bonjour").request
    vendor.forget()
    vendor.fail("50", times=2)
    vendor.fail(33)
    said = [sent(vendor, request).text.partition(" ")[0] for _ in range(4)]
    assert said == ["50", "50", "33", "0"]
    assert [one.outcome for one in vendor.received] == ["refused"] * 3 + ["accepted"]
    # One that no document lists is what a vendor may say as well.
    vendor.fail("36")
    assert sent(vendor, request).text == "36"
    vendor.fail("36", message="Sous maintenance", times=None)
    assert [sent(vendor, request).text for _ in range(3)] == ["36 | Sous maintenance"] * 3
    vendor.recover()
    assert sent(vendor, request).text.startswith("0 | ")


def test_each_vendor_refuses_with_each_of_its_codes(everyone: Any) -> None:
    for name, vendor in everyone.items():
        profile = septet.profile(name)
        refusals = [one for one in profile.rule("answers") if one["outcome"] != "accepted"]
        if not refusals:
            with pytest.raises(septet.OptionError, match="no document says how"):
                vendor.fail("1")
            continue
        play = Play(profile, None, None)
        call = call_of(prepared(name, "Bonjour").request)
        for row in profile.rule("codes"):
            if name.startswith("smsmode") and row["code"] == "0":
                continue
            play.fail(failure(profile, row["code"], None, None, 0, False), 1)
            answer = play.reply(call).answer
            response = profile.read_response(answer.body, http_status=answer.status)
            assert response.outcome == "refused", (name, row)
            if refusals[0]["code"] or refusals[0]["messages"]:
                assert response.code == row["code"], (name, row, answer.body)
                passes = row["temporary"] or answer.status in _passing(profile)
                assert response.temporary is passes, (name, row)


def _passing(profile: septet.Profile) -> set[int]:
    return {row["status"] for row in profile.rule("http_statuses") if row["temporary"]}


def test_a_server_that_fails_is_late_or_breaks_off(everyone: Any) -> None:
    vendor = everyone["smspartner"]
    request = prepared("smspartner", "Bonjour").request
    vendor.forget()
    vendor.fail(status=500)
    answer = sent(vendor, request)
    assert (answer.status_code, answer.headers["content-type"]) == (500, "text/html")
    vendor.fail(half=True)
    with pytest.raises(httpx.RemoteProtocolError):
        sent(vendor, request)
    vendor.fail(slow=60)
    with pytest.raises(httpx.ReadTimeout):
        CLIENT.post(vendor.url, content=request.body(), headers=request.headers, timeout=0.05)
    # It took the two that it did not answer, which is what makes them dangerous.
    assert [one.outcome for one in vendor.received] == ["refused", "accepted", "accepted"]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, "fail: expected a code of the vendor, a status, slow or half"),
        ({"code": "31", "times": 0}, "times: expected 1 or more"),
        ({"status": 99}, "status: expected 200 to 599"),
        ({"slow": -1}, "slow: expected seconds from 0 to 3600"),
    ],
)
def test_what_cannot_be_played_is_refused(everyone: Any, arguments: dict[str, Any], expected: str) -> None:
    with pytest.raises(septet.OptionError, match=expected):
        everyone["smsmode"].fail(**arguments)


@pytest.mark.parametrize(
    "arguments",
    [
        {"code": 1.5},
        {"code": True},
        {"status": "500"},
        {"slow": "1"},
        {"half": 1},
        {"code": "1", "times": "2"},
        {"code": "1", "message": 2},
    ],
)
def test_wrong_types_are_refused(everyone: Any, arguments: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="expected"):
        everyone["smsmode"].fail(**arguments)


def test_who_cannot_be_played_is_said() -> None:
    with pytest.raises(septet.OptionError, match="profile gsm describes no request: expected one of aws, "):
        septet.testing.vendor("gsm")
    with pytest.raises(septet.ProfileError):
        septet.testing.vendor("no-such")
    with pytest.raises(septet.OptionError, match="port: expected 0 to 65535"):
        septet.testing.vendor("smsmode", port=70000)
    with pytest.raises(TypeError, match=r"port: expected a number, found str$"):
        septet.testing.vendor("smsmode", port="80")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="price"):
        septet.testing.vendor("smsmode", price="x")
    vendor = septet.testing.vendor("encom")
    with pytest.raises(RuntimeError, match="within a with statement"):
        _ = vendor.url
    with pytest.raises(ValueError, match="has no batch files"):
        _ = vendor.batch_url


# --- what was wrong ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("profile", "kind", "body", "status", "fault"),
    [
        # UTF-8 where the document asks for ISO-8859-15: the phone would show "Ã©".
        ("smsmode", FORM, "message=é&numero=0612345678".encode(), 200, "suspect-encoding"),
        ("smsmode", FORM, b"message=a&numero=0612345678&message=b", 400, "message has no value"),
        ("smsmode", FORM, b"message=a&numero=0612345678&urgent=1", 400, "urgent is not a field of this call"),
        ("smsmode", JSON, b"message=a&numero=0612345678", 400, "Content-Type is application/json"),
        ("smsmode", FORM, b"message=a&numero=06+12+34+56+78", 400, "malformed-recipient"),
        ("smsmode", FORM, b"message=a&numero=%2B33612345678", 400, "malformed-recipient"),
        ("smsmode", FORM, b"message=a&numero=0612345678&stop=3", 400, "stop: expected"),
        ("smsmode", FORM, b"message=a&numero=0612345678&nbr_msg=9", 400, "max_segments"),
        (
            "smsmode",
            FORM,
            b"message=%FF%FE&numero=0612345678&classe_msg=9",
            400,
            "message is not written in UTF-8",
        ),
        ("smsmode", FORM, b"message=" + b"a" * 161 + b"&numero=0612345678&nbr_msg=1", 200, "truncated"),
        ("smsmode", FORM, b"message=%EA&numero=0612345678", 200, "lossy-substitution"),
        ("smspartner", JSON, b'{"phoneNumbers": "0612345678", "message": "a" "b"}', 400, "not JSON"),
        ("smspartner", JSON, b'{"phoneNumbers": "0612345678", "message": "a", "message": "b"}', 400, "twice"),
        ("smspartner", JSON, b'["a"]', 400, "not an object with fields"),
        (
            "smspartner",
            JSON,
            b'{"phoneNumbers": "0612345678", "message": "a", "gamme": 2}',
            400,
            "field-conflict",
        ),
        ("vonage", JSON, b'{"to": "33612345678", "from": "Septet", "text": "a"}', 202, ""),
        ("vonage", JSON, b'{"to": ["33612345678"], "from": "Septet", "text": "a"}', 422, "to is not a field"),
        (
            "vonage",
            JSON,
            b'{"to": "33612345678", "from": "Septet", "text": "a", "sms": {"x": 1}}',
            400,
            "sms/x",
        ),
        ("aws-sns", FORM, b"PhoneNumber=%2B33612345678&Message=a&Action=Publish&Version=2010-03-31", 200, ""),
    ],
)
def test_what_was_wrong_is_said(
    everyone: Any, profile: str, kind: str, body: bytes, status: int, fault: str
) -> None:
    vendor = everyone[profile]
    vendor.forget()
    answer = posted(vendor, body, kind)
    (received,) = vendor.received
    assert answer.status_code == status, answer.text
    assert fault in " ".join(received.faults)
    assert bool(fault) == bool(received.faults)
    # A fault that the vendor refuses has its code, or only an HTTP status; none looks like a success.
    assert received.outcome == ("accepted" if status in (200, 202) else "refused")


def test_another_address_and_another_method_are_told(everyone: Any) -> None:
    vendor = everyone["smspartner"]
    vendor.forget()
    assert CLIENT.get(vendor.url + "s").status_code == 404
    assert CLIENT.get(vendor.url).status_code == 400
    assert [bool(one.faults) for one in vendor.received] == [True, True]
    assert "/v1/sends is not an address of this vendor" in vendor.received[0].faults[0]


def test_some_recipients_are_refused_where_the_answer_can_say_so(everyone: Any) -> None:
    good, bad = 1, 0
    for name in ("clicksend", "infobip", "ovhcloud", "plivo"):
        vendor = everyone[name]
        vendor.forget()
        request = prepared(name, "Bonjour", [number(name, 1), number(name, 2)]).request
        body = request.body().replace(number(name, 2).encode(), b"12")
        parts = request.address(dict.fromkeys(request.missing, "x"), url=vendor.url)
        answer = CLIENT.post(parts, content=body, headers=request.headers)
        response = septet.profile(name).read_response(answer.content, http_status=answer.status_code)
        assert response.outcome == "partly", name
        assert vendor.received[0].outcome == "partly"
        assert [error.element in (None, "12") for error in response.errors] == [True] * (good + bad), name


def test_a_price_is_what_the_answer_costs() -> None:
    with septet.testing.vendor("smspartner", price="0.045", currency="CHF") as vendor:
        message = prepared("smspartner", "a" * 161, ["0612345678", "0612345679"])
        answer = sent(vendor, message.request)
    response = septet.profile("smspartner").read_response(answer.content)
    assert (response.cost, response.currency, response.billed_segments) == (Decimal("0.18"), "CHF", 4)


def test_what_is_left_goes_down_by_what_was_billed() -> None:
    with septet.testing.vendor("envoyersmspro") as vendor:
        request = prepared("envoyersmspro", "test", ["33600000001", "33600000002"]).request
        read = septet.profile("envoyersmspro").read_response
        assert [read(sent(vendor, request).content).remaining for _ in range(3)] == [564, 562, 560]


OWN = """
extends = "gsm"
title = "Mine"
[request]
url = "https://sms.example.org/{account}/send"
methods = ["POST"]
parameters = "json"
charset = { gsm7 = "UTF-8", ucs2 = "UTF-8" }
mention = "sender"
authentication = "none"
source = "my own page"
[recipients]
most = { POST = 2 }
patterns = ["[1-9][0-9]{6,14}"]
expected = "digits"
plus = "dropped"
source = "my own page"
[[fields]]
name = "account"
holds = "free"
place = "address"
source = "my own page"
[[fields]]
name = "to"
holds = "recipients"
at = "message/to[]"
required = true
source = "my own page"
[[fields]]
name = "text"
holds = "text"
at = "message/text"
required = true
source = "my own page"
[[answers]]
format = "json"
outcome = "accepted"
when = { "result/state" = ["ok", "queued"] }
message_ids = "result/ids[1]"
billed_segments = "result/parts"
source = "my own page"
[[answers]]
format = "json"
outcome = "refused"
when = { "result/state" = "bad" }
code = "result/code"
message = "result/why"
optional = ["message"]
source = "my own page"
[[codes]]
code = "77"
message = "No credit"
concerns = "credit"
source = "my own page"
"""


def test_a_profile_of_ones_own_is_played(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(OWN, "utf-8")
    for own in (str(path), path, septet.Profile.from_toml(OWN)):
        with septet.testing.vendor(own) as vendor:
            profile = vendor.profile
            message = septet.prepare(profile, "é" * 80 + "€" * 41, recipients=["33612345678"])
            request = message.request
            answer = CLIENT.post(request.address({"account": "a/b"}, url=vendor.url), json=request.fields)
            response = profile.read_response(answer.content, http_status=answer.status_code)
            assert (response.accepted, response.billed_segments) == (True, 2)
            assert vendor.received[0].fields["account"] == "a/b"
            vendor.fail("77")
            answer = CLIENT.post(request.address({"account": "a"}, url=vendor.url), json=request.fields)
            assert profile.read_response(answer.content).message == "No credit"


# --- files of rows ----------------------------------------------------------------------------


def batch_sent(vendor: septet.testing.PlayedVendor, rows: bytes, **arguments: Any) -> httpx.Response:
    batch = septet.prepare_batch("smsmode", io.BytesIO(rows), **arguments)
    request = batch.request
    address = request.address({"accessToken": "x"}, url=vendor.batch_url)
    return CLIENT.post(address, content=request.body(), headers=request.headers)


def test_a_batch_is_received_row_by_row(everyone: Any) -> None:
    vendor = everyone["smsmode"]
    vendor.forget()
    rows = (
        '"numero","message","emetteur"\n"0612345678","Été 10 €",""\n"33612345679","[' + "a" * 160 + '","B"\n'
    )
    answer = batch_sent(vendor, rows.encode("iso-8859-15"), sender="SEPTET", tag="mai")
    assert septet.profile("smsmode").read_response(answer.content).accepted
    assert [
        (one.text[:6], one.recipients, one.segments, one.sender, one.faults) for one in vendor.received
    ] == [
        ("Été 10", ("0612345678",), 1, "SEPTET", ()),
        ("[aaaaa", ("33612345679",), 2, "B", ()),
    ]
    assert vendor.received[0].fields == {"refClient": "mai", "emetteur": "SEPTET", "nbr_msg": "2"}
    # If one row is wrong, the vendor accepts none.
    vendor.forget()
    vendor.fail("33")
    batch_sent(vendor, rows.encode("iso-8859-15"))
    answer = batch_sent(vendor, rows.replace("0612345678", "12").encode("iso-8859-15"))
    assert answer.status_code == 400
    assert [one.outcome for one in vendor.received] == ["refused"] * 4
    assert [bool(one.faults) for one in vendor.received] == [False, False, True, False]


def test_a_file_that_is_none_is_told(everyone: Any) -> None:
    vendor = everyone["smsmode"]
    vendor.forget()
    kind = "multipart/form-data; boundary=b"
    part = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n--b--'
    for body, fault in (
        (b"", "no file in fichier"),
        (part % (b"file", b"a"), "no file in fichier"),
        (part % (b"fichier", b"a,b\n"), "expected the header"),
    ):
        assert posted(vendor, body, kind, vendor.batch_url).status_code == 400
        assert fault in vendor.received[-1].faults[0]


# --- whatever comes ---------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *(
            b"message=",
            b"numero=",
            b"&",
            b"=",
            b"%",
            b"%zz",
            b"%E9",
            b"\xff",
            b"+",
            b"0612345678",
            b"{",
            b"}",
        ),
        *(b"[", b"]", b'"message":', b'"phoneNumbers":', b'"0612345678"', b"null", b"1e999", b",", b"[1]"),
        *(b'"\\ud800"', b"{}", b"-1", b"classe_msg=9", b"date_envoi=", b"nbr_msg=", b"\n", b"--b"),
        b"Content-Disposition: form-data; name=fichier",
    ]
)
HEADERS = st.sampled_from(
    ["", FORM, JSON, "multipart/form-data; boundary=b", "multipart/form-data", "\u00ff/;;"]
)


@given(
    st.sampled_from(PLAYED),
    st.sampled_from(["GET", "POST", "PUT"]),
    st.lists(PIECES, max_size=12).map(b"".join) | st.binary(max_size=60),
    st.lists(PIECES, max_size=8).map(b"".join),
    HEADERS,
    st.booleans(),
)
def test_whatever_comes_is_answered(
    profile: str, method: str, body: bytes, query: bytes, kind: str, batch: bool
) -> None:
    found = septet.profile(profile)
    rule = found.rule("batch") if batch and found.rule("batch") else found.rule("request")
    play = Play(found, None, None)
    call = Call(
        method, urlsplit(rule["url"]).path or "/", query.decode("latin-1"), {"content-type": kind}, body
    )
    answer = play.reply(call).answer
    assert answer.status >= 200
    (received,) = play.received[:1]
    assert received.faults or received.outcome == "accepted"
    json.dumps(received.to_dict())


# --- the example of each documented answer ------------------------------------------------------


def test_the_examples_in_the_vendor_files_are_those_of_the_vectors_and_read_as_their_answer() -> None:
    shown = 0
    for name in PLAYED:
        profile = septet.profile(name)
        path = VECTORS / "responses" / f"{name}.json"
        for answer in profile.rule("answers"):
            if answer["example"] is None:
                continue
            shown += 1
            response = profile.read_response(answer["example"].encode(), http_status=answer["status"])
            wanted = {"accepted": ("accepted",), "refused": ("refused",)}.get(
                answer["outcome"], ("accepted", "partly", "refused")
            )
            assert response.outcome in wanted, name
            if path.exists():
                bodies = [vector["body"] for vector in json.loads(path.read_text("utf-8"))]
                assert answer["example"] in bodies, (name, answer["example"])
    assert shown > 40


def test_a_test_in_another_language_asks_over_http() -> None:
    content = {"phoneNumbers": "0612345678", "message": "Bonjour"}
    with septet.testing.vendor("smspartner") as vendor, httpx.Client(timeout=10) as client:
        host = vendor.url.removesuffix("/v1/send")
        assert client.get(f"{host}/septet/received").json() == {"received": []}
        assert client.post(f"{host}/septet/fail", json={"code": 11, "times": 2}).json() == {}
        assert client.post(vendor.url, json=content).json()["code"] == 11
        assert client.delete(f"{host}/septet/fail").json() == {}
        assert client.post(vendor.url, json=content).json()["success"] is True
        assert client.post(f"{host}/septet/fail", json={"status": 503}).status_code == 200
        assert client.post(vendor.url, json=content).status_code == 503
        assert client.get(f"{host}/septet/received").json() == {
            "received": [one.to_dict() for one in vendor.received]
        }
        assert [one.outcome for one in vendor.received] == ["refused", "accepted", "refused"]
        assert client.delete(f"{host}/septet/received").json() == {"received": []}
        assert vendor.received == ()
        for wrong, says in (
            (b"{", "Expecting"),
            (b'{"x": 1}', "expected JSON with some of"),
            (b"[]", "JSON"),
        ):
            answer = client.post(f"{host}/septet/fail", content=wrong)
            assert answer.status_code == 400
            assert says in answer.json()["error"]
        for path, methods in (("received", "GET or DELETE"), ("fail", "POST or DELETE")):
            answer = client.put(f"{host}/septet/{path}")
            assert answer.status_code == 405
            assert answer.json()["error"] == f"/septet/{path}: expected {methods}, found PUT"


def test_a_body_in_chunks_is_read_as_a_whole() -> None:
    whole = json.dumps({"phoneNumbers": "0612345678", "message": "Bonjour"}).encode()
    with septet.testing.vendor("smspartner") as vendor:
        answer = httpx.post(
            vendor.url,
            content=iter((whole[:10], whole[10:40], whole[40:])),
            headers={"Content-Type": "application/json"},
        )
        assert answer.json()["success"] is True
        assert [(one.text, one.faults) for one in vendor.received] == [("Bonjour", ())]


@pytest.mark.parametrize(
    ("example", "number", "identifier"),
    [
        *((None, 0, "message-1"), (None, 1, "message-2"), ("", 9, "message-10")),
        *((7, 0, 7), (7, 2, 9), ("a", 0, "a"), ("a", 1, "a2"), ("a9", 1, "a10"), ("007", 2, "009")),
    ],
)
def test_identifiers_follow_that_of_the_example(example: object, number: int, identifier: object) -> None:
    assert after(example, number) == identifier


@pytest.mark.parametrize(
    ("example", "path"),
    [
        ('<all count="2"><m><id>1</id></m><m><id>2</id></m></all>', "m"),
        ('<r><all count="2"><m><id>1</id></m><m><id>2</id></m></all></r>', "all/m"),
    ],
)
def test_elements_of_xml_are_replaced_and_counted(example: str, path: str) -> None:
    answer = XmlAnswer.of(example)
    found = answer.elements(path)
    assert [one.get("id") for one in found] == ["1", "2"]
    assert answer.elements("no") == answer.elements("no/m") == []
    answer.put_elements(path, [found[1]])
    assert answer.text() == example.replace("<m><id>1</id></m>", "").replace('"2"', '"1"')
    assert [one.get("id") for one in answer.elements(path)] == ["2"]
