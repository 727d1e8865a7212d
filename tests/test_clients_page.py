"""The clients of docs/clients.md, unchanged, against played vendors."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

pytest.importorskip("httpx")
pytest.importorskip("defusedxml")

import httpx
from effort import EXPLORE
from sources import ROOT, module_at

import septet
from septet.testing import PlayedVendor

CLIENTS = ROOT / "docs" / "examples" / "clients"
MESSAGE: dict[str, Any] = {"recipients": ["0612345678"]}


def load(name: str) -> Any:
    return module_at(CLIENTS / f"{name}.py", f"page_{name}")


@pytest.fixture
def played(request: pytest.FixtureRequest) -> Any:
    with septet.testing.vendor(request.param) as vendor:
        yield vendor


@pytest.mark.parametrize("played", ["smsmode"], indirect=True)
def test_with_requests(played: PlayedVendor) -> None:
    requests = pytest.importorskip("requests")
    send = load("requests_client").send
    with requests.Session() as session:
        response = send(session, "Été : 10 €", ["0612345678"], token="x", url=played.url, sender="SEPTET")
        assert response.accepted
        played.fail("32")
        assert send(session, "Été", ["0612345678"], token="x", url=played.url).code == "32"
        with pytest.raises(septet.RejectedMessage):
            send(session, "", ["0612345678"], token="x", url=played.url)
    assert [(one.text, one.faults) for one in played.received] == [("Été : 10 €", ()), ("Été", ())]


#: What a text may hold that a client gets wrong: signs of charsets and of forms, what takes two, what is cut.
PIECES = [
    *("a", "é", "€", "[", "^", "œ", "ê", "’", "…", "😀", "👩‍👩‍👧", "e\u0301", "\n", "\r\n", " "),
    *("\t", "\u00a0", "STOP 36034", "%", "%41", "&", "=", "+", "#", "?", "\\", '"', "'", "<b>", "&amp;", "я"),
    *("漢", "\u200b", "\x0c", "http://ex.fr/a?b=c&d=e", "{{x}}", "ß", "Ç", "ç", "²", "à", "123456"),
    *("\u2028", "\ufeff", "|", "~", "$"),
]


def hostile(seed: int, many: int) -> list[str]:
    chosen = random.Random(seed)
    return [
        "".join(
            chosen.choice(PIECES) * chosen.choice((1, 1, 1, 2, 5, 30)) for _ in range(chosen.randint(1, 9))
        )
        for _ in range(many)
    ]


def send_hostile_texts(many: int) -> int:
    """Sends texts through the page's client, and holds what was received against what was planned."""
    send, sent = load("httpx_client").send, 0
    options: dict[str, dict[str, Any]] = {
        "smsmode": {"optout": "always", "commercial": True},
        "smspartner": {"sender": "Septet"},
        "envoyersmspro": {"sender": "Septet", "max_segments": 3, "recipients": ["33612345678"]},
        "encom": {"vendor_fields": {"customerAccount": "CL3578"}},
        "twilio": {"sender": "Septet", "recipients": ["+33612345678"]},
    }
    with httpx.Client() as client:
        for name, own in options.items():
            with septet.testing.vendor(name) as vendor:
                for text in hostile(len(name), many // len(options)):
                    prepared = septet.prepare(name, text, **(MESSAGE | own))
                    if not prepared.ok:
                        continue
                    credentials = {"AccountSid": "AC1"} if name == "twilio" else {}
                    assert send(client, prepared, credentials, vendor.url).accepted, (name, text)
                    received, plan = vendor.received[-1], prepared.plan
                    assert (received.text, received.segments) == (plan.text, plan.billed_segments), (
                        name,
                        text,
                    )
                    assert (received.encoding, received.faults) == (plan.encoding, ()), (name, text)
                    sent += 1
    return sent


def test_what_is_received_is_what_was_planned() -> None:
    many = 2000 if EXPLORE else 100
    assert send_hostile_texts(many) > many * 0.4


@pytest.mark.parametrize("played", ["smsmode"], indirect=True)
def test_with_httpx_nothing_is_sent_twice(played: PlayedVendor, monkeypatch: pytest.MonkeyPatch) -> None:
    module, pauses = load("httpx_client"), []
    monkeypatch.setattr(module.time, "sleep", pauses.append)
    prepared = septet.prepare("smsmode", "Bonjour", **MESSAGE)
    token = {"accessToken": "x"}
    with httpx.Client(timeout=1) as client:
        played.fail("50", times=2)
        assert module.send(client, prepared, token, played.url).accepted
        assert pauses == [1.0, 5.0]
        for failure in ({"half": True}, {"slow": 30}, {"status": 500}, {"code": "36"}):
            played.forget()
            played.fail(**failure)  # type: ignore[arg-type]
            with pytest.raises(module.UnsettledError):
                module.send(client, prepared, token, played.url)
            assert len(played.received) == 1
        played.fail("50", times=None)
        assert module.send(client, prepared, token, played.url).temporary
        with pytest.raises(httpx.ConnectError):
            module.send(client, prepared, token, "http://127.0.0.1:9/x")


@pytest.mark.parametrize("played", ["smspartner"], indirect=True)
def test_with_asyncio_each_is_sent_once(played: PlayedVendor) -> None:
    module = load("async_client")
    module.PAUSES = (0.0, 0.0)
    messages = [septet.prepare("smspartner", f"Bonjour {number}", **MESSAGE) for number in range(12)]
    messages.append(septet.prepare("smspartner", "", **MESSAGE))
    played.fail(half=True)
    answers = asyncio.run(module.send_all(messages, {"apiKey": "x"}, played.url))
    assert isinstance(answers[-1], septet.RejectedMessage)
    assert sum(isinstance(answer, httpx.TransportError) for answer in answers) == 1
    assert sum(isinstance(answer, septet.Response) and answer.accepted for answer in answers) == 11
    assert sorted(one.text for one in played.received) == sorted(f"Bonjour {number}" for number in range(12))


@pytest.mark.parametrize("played", ["smspartner"], indirect=True)
def test_with_celery(played: PlayedVendor, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("celery")
    from celery.exceptions import Retry

    monkeypatch.setenv("SMSPARTNER_API_KEY", "x")
    monkeypatch.setenv("SMSPARTNER_URL", played.url)
    task = load("celery_tasks").send_sms
    assert task.run("Bonjour", "0612345678", {"sender": "Septet"}) == ["307"]
    played.fail("11")
    with pytest.raises(ValueError, match="refused with 11: Manque de crédits"):
        task.run("Bonjour", "0612345678")
    played.fail(half=True)
    with pytest.raises(httpx.RemoteProtocolError):  # not a retry: it may have been taken
        task.run("Bonjour", "0612345678")
    monkeypatch.setenv("SMSPARTNER_URL", "http://127.0.0.1:9/")
    with pytest.raises((Retry, httpx.ConnectError)):
        task.run("Bonjour", "0612345678")
    assert len(played.received) == 3
    assert task.acks_late is False


@pytest.mark.parametrize("played", ["envoyersmspro"], indirect=True)
def test_with_djangos_tasks(played: PlayedVendor, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("django_tasks")
    import django_site  # noqa: F401  # sets Django up
    from django.test import override_settings

    monkeypatch.setenv("ENVOYERSMSPRO_LOGIN", "login")
    monkeypatch.setenv("ENVOYERSMSPRO_PASSWORD", "password")
    monkeypatch.setenv("ENVOYERSMSPRO_URL", played.url)
    backend = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    with override_settings(TASKS=backend):
        module = load("django_task")
        module.confirm("A-17", "33612345678")
        played.fail("5")
        result = module.send_sms.enqueue("Bonjour", "33612345678")
    assert [one.text for one in played.received] == ["Votre commande A-17 vous attend.", "Bonjour"]
    assert result.status.name == "FAILED"
    assert "refused with 5: Not enough SMS" in result.errors[0].traceback


@pytest.mark.parametrize("played", ["encom"], indirect=True)
def test_with_fastapi(played: PlayedVendor, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("fastapi")
    for name, value in {"CUSTOMER_ACCOUNT": "CL3578", "TOKEN": "x", "URL": played.url}.items():
        monkeypatch.setenv(f"ENCOM_{name}", value)
    app = load("fastapi_service").app

    async def ask(*messages: dict[str, Any]) -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://service") as client,
        ):
            return [await client.post("/messages", json=message) for message in messages]

    wanted = {"text": "Soldes", "recipient": "0612345678", "commercial": True}
    answer, refused = asyncio.run(ask(wanted, {"text": "", "recipient": "12"}))
    assert (answer.status_code, answer.json()) == (202, {"ids": ["20"], "segments": 1})
    assert refused.status_code == 422
    assert {one["code"] for one in refused.json()["detail"]} >= {"empty-message", "malformed-recipient"}
    assert [one.text for one in played.received] == ["Soldes STOP AU 36111"]
