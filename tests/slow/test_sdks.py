"""The vendors' own clients send messages to a server on loopback: what arrives is what `prepare` says.

Run by ``make test-sdks``, which installs the clients of sdks/requirements.txt into an environment of their
own; SEPTET_SDKS is its Python. Apart from credentials, a client may add fields of its own: they are listed
here.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import pytest

import septet

HERE = Path(__file__).parent
VECTORS = HERE.parent / "vectors" / "responses"
PYTHON = os.environ.get("SEPTET_SDKS", "")
pytestmark = pytest.mark.skipif(not PYTHON, reason="make test-sdks installs the vendors' clients")

TEXT = "Colis arrivé, à retirer « demain »\nFrais 5 €, {code} ~ & 1+1 = \\2 🎉"
GSM = "Colis arrivé, à retirer.\nFrais 5 €, [code] ~ & 1+1 = \\2"
FIRST, SECOND = "+33639980001", "+33639980002"


class Arrived(NamedTuple):
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def fields(self) -> Any:
        """The fields of a form, or the content of JSON."""
        if "json" in self.headers["content-type"]:
            return json.loads(self.body)
        pairs = parse_qsl(self.body.decode("ascii"), keep_blank_values=True, strict_parsing=True)
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)


class Vendor(HTTPServer):
    """A server instead of the vendor's, which gives a documented answer."""

    answer: tuple[int, bytes, str]

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.arrived: list[Arrived] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Vendor

    def do_GET(self) -> None:  # OVHcloud's client asks for the time first
        self._answer(200, b"1796000000", "application/json")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.arrived.append(Arrived(self.command, self.path, headers, body))
        self._answer(*self.server.answer)

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def vendor() -> Iterator[Vendor]:
    server = Vendor()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class Case(NamedTuple):
    """One message, for the client and for `prepare`."""

    vendor: str
    #: What the client is given.
    sdk: dict[str, Any]
    #: What `prepare` is given.
    ours: dict[str, Any]
    text: str = TEXT
    #: The fields that the client adds, to the body and to each message in it.
    added: tuple[str, ...] = ()


ACCOUNT = "AC0123456789abcdef0123456789abcdef"
CASES = [
    Case(
        "twilio",
        {"to": FIRST, "sender": "Septet", "account": ACCOUNT},
        {"vendor_fields": {"AccountSid": ACCOUNT}},
    ),
    Case(
        "twilio",
        {
            "to": FIRST,
            "account": ACCOUNT,
            "more": {
                "messaging_service_sid": "MG" + "a" * 32,
                "schedule_type": "fixed",
                "send_at": "2030-01-02T08:30:00Z",
                "validity_period": 90,
                "shorten_urls": True,
            },
        },
        {
            "sender": "MG" + "a" * 32,
            "send_at": "2030-01-02T09:30:00+01:00",
            "vendor_fields": {"AccountSid": ACCOUNT, "ValidityPeriod": 90, "ShortenUrls": True},
        },
    ),
    Case(
        "vonage",
        {"to": "33639980001", "sender": "Septet", "more": {"ttl": 90}},
        {"vendor_fields": {"ttl": 90}},
    ),
    Case(
        "vonage",
        {"to": "33639980001", "sender": "Septet", "more": {"sms": {"encoding_type": "unicode"}}},
        {"encoding": "ucs2"},
    ),
    Case("vonage-sms", {"to": "33639980001", "sender": "Septet"}, {}, GSM),
    Case(
        "vonage-sms",
        {
            "to": "33639980001",
            "sender": "Septet",
            "more": {"type": "unicode", "ttl": 90000, "client_ref": "r 1"},
        },
        {"encoding": "ucs2", "vendor_fields": {"ttl": 90000, "client-ref": "r 1"}},
    ),
    Case("aws", {"to": FIRST, "sender": "Septet"}, {}),
    Case(
        "aws",
        {"to": FIRST, "sender": "Septet", "more": {"MaxPrice": "0.10", "TimeToLive": 3600, "DryRun": True}},
        {"vendor_fields": {"MaxPrice": "0.10", "TimeToLive": 3600, "DryRun": True}},
    ),
    Case(
        "aws-sns",
        {"to": FIRST, "sender": "Septet", "more": {"AWS.SNS.SMS.SMSType": "Transactional"}},
        {"vendor_fields": {"AWS.SNS.SMS.SMSType": "Transactional"}},
    ),
    Case(
        "infobip",
        {"to": ["33639980001", "33639980002"], "sender": "Septet"},
        {"recipients": [FIRST, SECOND], "vendor_fields": {"base": "x.api.infobip.com"}},
    ),
    Case("telnyx", {"to": FIRST, "sender": "+33700000000"}, {"sender": "+33700000000"}, GSM),
    Case(
        "clicksend",
        {"to": [FIRST, SECOND], "sender": "Septet", "more": {"custom_string": "r1", "schedule": 1893576600}},
        {
            "recipients": [FIRST, SECOND],
            "send_at": "2030-01-02T09:30:00Z",
            "vendor_fields": {"custom_string": "r1"},
        },
        added=("source",),
    ),
    Case(
        "ovhcloud",
        {
            "to": [FIRST, SECOND],
            "sender": "Septet",
            "account": "sms-ab12345-1",
            "more": {"noStopClause": True, "priority": "high", "charset": "UTF-8"},
        },
        {
            "recipients": [FIRST, SECOND],
            "vendor_fields": {"serviceName": "sms-ab12345-1", "priority": "high", "charset": "UTF-8"},
        },
    ),
    Case(
        "brevo",
        {
            "to": "33639980001",
            "sender": "Septet",
            "more": {"type": "transactional", "unicode_enabled": True, "tag": "t1"},
        },
        {"encoding": "ucs2", "tag": "t1"},
    ),
    Case("mailjet", {"to": FIRST, "sender": "Septet"}, {}),
    Case(
        "sinch",
        {
            "to": [FIRST, SECOND],
            "sender": "Septet",
            "account": "plan1",
            "more": {"delivery_report": "summary", "client_reference": "r1"},
        },
        {
            "recipients": [FIRST, SECOND],
            "vendor_fields": {
                "region": "eu",
                "service_plan_id": "plan1",
                "delivery_report": "summary",
                "client_reference": "r1",
            },
        },
        GSM,
    ),
    Case(
        "messagebird-rest",
        {"to": ["33639980001", "33639980002"], "sender": "Septet", "more": {"datacoding": "auto"}},
        {"recipients": [FIRST, SECOND], "encoding": "auto"},
    ),
    Case(
        "bird-sms",
        {
            "to": FIRST,
            "sender": "Septet",
            "account": "eu1",
            "more": {
                "category": "authentication",
                "smart_encoding": False,
                "tags": [{"name": "c", "value": "1"}],
            },
        },
        {
            "vendor_fields": {
                "region": "eu1",
                "category": "authentication",
                "smart_encoding": False,
                "tags": [{"name": "c", "value": "1"}],
            }
        },
    ),
    Case(
        "plivo",
        {"to": "33639980001<33639980002", "sender": "33700000000", "account": "MA0123456789ABCDEFGH"},
        {
            "recipients": [FIRST, SECOND],
            "sender": "+33700000000",
            "vendor_fields": {"auth_id": "MA0123456789ABCDEFGH"},
        },
        added=("type", "method", "log", "trackable"),
    ),
]


def answer_of(name: str) -> tuple[int, bytes, str]:
    """The first answer of acceptance that the vendor's document shows."""
    for vector in json.loads((VECTORS / f"{name}.json").read_text("utf-8")):
        if vector["expect"].get("accepted"):
            body = vector["body"].encode()
            return vector["status"], body, "text/xml" if body.startswith(b"<") else "application/json"
    raise AssertionError(name)


def without(fields: Any, added: tuple[str, ...]) -> Any:
    """The fields without those that a client adds, in the body and in each message."""
    if isinstance(fields, dict):
        return {name: without(value, added) for name, value in fields.items() if name not in added}
    return [without(value, added) for value in fields] if isinstance(fields, list) else fields


@pytest.mark.parametrize("case", CASES, ids=[f"{case.vendor}-{place}" for place, case in enumerate(CASES)])
def test_a_vendors_client_sends_what_is_prepared(case: Case, vendor: Vendor) -> None:
    vendor.answer = answer_of(case.vendor)
    given = json.dumps({**case.sdk, "text": case.text})
    done = subprocess.run(
        [PYTHON, str(HERE / "sdks" / "send.py"), case.vendor, vendor.url],
        input=given,
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"},
    )
    assert vendor.arrived, done.stderr[-2000:]
    arrived = vendor.arrived[0]

    about = {"sender": case.sdk.get("sender"), "recipients": [FIRST], **case.ours}
    if can_switch(case.vendor):
        about["substitute"] = False
    request = septet.prepare(case.vendor, case.text, **about).request
    account = dict.fromkeys(request.missing, "x")
    path = "/" + request.address(account).split("/", 3)[3]
    assert (arrived.method, arrived.path) == (request.method, path)
    assert arrived.headers["content-type"].split(";")[0] == (request.content_type or "").split(";")[0]
    for name, value in request.headers.items():
        if name != "Content-Type":
            assert arrived.headers[name.lower()] == value
    fields = without(arrived.fields(), case.added)
    if case.vendor == "messagebird-rest":
        # Its client writes a list of numbers as one text with commas; the API takes either.
        fields["recipients"] = fields["recipients"].split(",")
    assert fields == without(request.fields, case.added)


def can_switch(name: str) -> bool:
    """Whether the vendor's replacements can be switched off: its client sends the text as it is written."""
    return bool((septet.profile(name).rule("substitution") or {}).get("switch"))


def test_the_clients_are_those_that_are_recorded() -> None:
    wanted = {}
    for line in (HERE / "sdks" / "requirements.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, version = line.partition("==")
            wanted[name] = version
    code = (
        "import importlib.metadata as m, json, sys; "
        "print(json.dumps({name: m.version(name) for name in json.load(sys.stdin)}))"
    )
    done = subprocess.run(
        [PYTHON, "-c", code], input=json.dumps(list(wanted)), capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == wanted


def test_the_words_of_amazons_codes_are_those_of_its_models() -> None:
    code = (
        "import botocore.session, json, re; "
        "loaded = botocore.session.get_session().get_component('data_loader'); "
        "models = {name: loaded.load_service_model(service, 'service-2') for name, service in "
        "(('aws', 'pinpoint-sms-voice-v2'), ('aws-sns', 'sns'))}; "
        "print(json.dumps({name: [{"
        "shape.get('error', {}).get('code', key): re.sub('<[^>]+>', '', shape.get('documentation', ''))"
        " for key, shape in model['shapes'].items() if shape.get('exception')},"
        "[word for shape in model['shapes'].values() for word in shape.get('enum', [])]]"
        " for name, model in models.items()}))"
    )
    done = subprocess.run([PYTHON, "-c", code], capture_output=True, text=True, check=True)
    for name, (words, reasons) in json.loads(done.stdout).items():
        for row in septet.profile(name).rule("codes"):
            if row["code"] in words:
                assert words[row["code"]].startswith(row["message"].rstrip(".")), row["code"]
            else:  # a reason, or only what is known of the code
                assert row["assumed"], row["code"]
                assert row["code"] in reasons or name == "aws-sns", row["code"]
