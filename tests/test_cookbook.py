"""The clients of the cookbook, run against servers that play the documented vendors."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytest.importorskip("httpx")

import httpx
from sources import ROOT, module_at
from vendor_servers import Answer, Encom, EnvoyerSmsPro, Smsmode, SmsPartner, Vendor, serving

import septet

CLIENTS = ROOT / "docs" / "clients"


def load(name: str) -> Any:
    return module_at(CLIENTS / f"{name}.py", f"cookbook_{name}")


@pytest.fixture(autouse=True)
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SMSMODE_ACCESS_TOKEN": "token",
        "ENVOYERSMSPRO_LOGIN": "login",
        "ENVOYERSMSPRO_PASSWORD": "password",
        "SMSPARTNER_API_KEY": "key",
        "ENCOM_TOKEN": "token",
        "ENCOM_CUSTOMER_ACCOUNT": "CL3578",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that a client makes, noted instead of waited for."""
    found: list[float] = []
    monkeypatch.setattr("time.sleep", found.append)
    return found


@pytest.fixture
def smsmode() -> Iterator[tuple[Smsmode, httpx.Client, ModuleType]]:
    vendor = Smsmode()
    with serving(vendor) as client:
        yield vendor, client, load("smsmode_client")


@pytest.fixture
def envoyersmspro() -> Iterator[tuple[EnvoyerSmsPro, httpx.Client, ModuleType]]:
    vendor = EnvoyerSmsPro()
    with serving(vendor) as client:
        yield vendor, client, load("envoyersmspro_client")


@pytest.fixture
def smspartner() -> Iterator[tuple[SmsPartner, httpx.Client, ModuleType]]:
    vendor = SmsPartner()
    with serving(vendor) as client:
        yield vendor, client, load("smspartner_client")


@pytest.fixture
def encom() -> Iterator[tuple[Encom, httpx.Client, ModuleType]]:
    vendor = Encom()
    with serving(vendor) as client:
        yield vendor, client, load("encom_client")


# --- sMsmode --------------------------------------------------------------------------------


def test_smsmode_gets_the_text_in_iso_8859_15(smsmode: Any) -> None:
    vendor, client, module = smsmode
    response = module.send(
        client, "Été : 10 € & plus = mieux", ["0623123457"], sender="PERSO", optout="always"
    )
    assert (response.accepted, response.message_ids) == (True, ("S7EpYZ5kmS87",))
    assert vendor.accepted == [
        {
            # É is accepted (%C9); € takes the place that ISO-8859-15 has for it.
            "message": "Été : 10 € & plus = mieux",
            "numero": "0623123457",
            "emetteur": "PERSO",
            "nbr_msg": "1",
            "stop": "2",
            "accessToken": "token",
        }
    ]
    assert b"%A4" in vendor.calls[0].body
    assert b"token" not in vendor.calls[0].query.encode()


def test_smsmode_gets_unicode_in_utf_8(smsmode: Any) -> None:
    vendor, client, module = smsmode
    # 15 Envoi de SMS Unicode: the document's own example, ☺ as %E2%98%BA with classe_msg=9.
    assert module.send(client, "☺", ["3363123456", "0623123457"], encoding="ucs2").accepted
    assert (vendor.accepted[0]["message"], vendor.accepted[0]["classe_msg"]) == ("☺", "9")
    assert b"%E2%98%BA" in vendor.calls[0].body


@pytest.mark.parametrize("code", [31, 32, 33, 35])
def test_smsmode_errors_that_stay_are_not_tried_again(smsmode: Any, pauses: list[float], code: int) -> None:
    vendor, client, module = smsmode
    vendor.failures = [vendor.says(code)]
    response = module.send(client, "Bonjour", ["0623123457"])
    assert (response.accepted, response.code, response.message) == (False, str(code), vendor.codes[code])
    assert (len(vendor.calls), pauses) == (1, [])


def test_smsmode_is_tried_again_while_it_is_unavailable(smsmode: Any, pauses: list[float]) -> None:
    vendor, client, module = smsmode
    vendor.failures = [vendor.says(50), vendor.says(50)]
    assert module.send(client, "Bonjour", ["0623123457"]).accepted
    assert (len(vendor.calls), len(pauses)) == (3, 2)
    assert len({call.body for call in vendor.calls}) == 1


def test_smsmode_is_given_up_at_last(smsmode: Any, pauses: list[float]) -> None:
    vendor, client, module = smsmode
    vendor.failures = [vendor.says(50)] * 9
    response = module.send(client, "Bonjour", ["0623123457"])
    assert (response.accepted, response.temporary, len(vendor.calls)) == (False, True, len(pauses) + 1)


def test_a_wrong_token_is_an_answer(smsmode: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _, client, module = smsmode
    monkeypatch.setenv("SMSMODE_ACCESS_TOKEN", "another")
    assert module.send(client, "Bonjour", ["0623123457"]).code == "32"


# --- Envoyer SMS Pro ------------------------------------------------------------------------


def test_envoyersmspro_gets_line_breaks_and_bills_as_planned(envoyersmspro: Any) -> None:
    vendor, client, module = envoyersmspro
    recipients = ["33600000001", "352000000077"]  # the document's own
    text = "Bonjour,\r\nceci est un test. " + "x" * 300
    prepared = septet.prepare(
        "envoyersmspro", text, recipients=recipients, sender="Societe", max_segments=3, commercial=True
    )
    response = module.send(client, text, recipients, "Societe", max_segments=3, commercial=True)
    assert vendor.accepted[0]["text"] == text.replace("\r\n", "\n")
    assert b"Bonjour%2C%0Aceci" in vendor.calls[0].body
    assert (vendor.accepted[0]["longmessageallowed"], vendor.accepted[0]["stopsms"]) == ("1", "1")
    # The server counts by the document's own words: 2 for a line break, 19 for the mention.
    assert response.billed_segments == 2 * prepared.plan.billed_segments
    assert septet.reconcile(prepared, response).agrees is True
    assert response.remaining == 564


def test_envoyersmspro_bills_duplicates_once_with_dedupe(envoyersmspro: Any) -> None:
    _, client, module = envoyersmspro
    recipients = ["33600000001", "33600000001"]
    options: dict[str, Any] = {"vendor_fields": {"dedupe": 1}}
    response = module.send(client, "Bonjour", recipients, "Societe", **options)
    prepared = septet.prepare("envoyersmspro", "Bonjour", sender="Societe", recipients=recipients, **options)
    assert (response.billed_segments, prepared.recipients) == (1, ("33600000001",))
    assert septet.reconcile(prepared, response).agrees is True


@pytest.mark.parametrize(
    ("error", "message", "status"),
    [
        (1, "Authentication failed", 401),
        (2, "Missing parameters - Text is missing", 400),
        (3, "Bad value of parameters - Wrong numbers : 12", 400),
        (4, "Message too long", 400),
        (5, "Not enough SMS", 403),
    ],
)
def test_envoyersmspro_errors_are_answers(
    envoyersmspro: Any, pauses: list[float], error: int, message: str, status: int
) -> None:
    vendor, client, module = envoyersmspro
    vendor.failures = [vendor.fails(error, message, status)]
    response = module.send(client, "Bonjour", ["33600000001"], "Societe")
    assert (response.accepted, response.code, response.message) == (False, str(error), message)
    assert (len(vendor.calls), pauses) == (1, [])


def test_envoyersmspro_is_tried_again_after_503_alone(envoyersmspro: Any, pauses: list[float]) -> None:
    vendor, client, module = envoyersmspro
    vendor.failures = [Answer(503, "text/html", b"<html>overloaded</html>")] * 2
    assert module.send(client, "Bonjour", ["33600000001"], "Societe").accepted
    assert len(pauses) == 2
    vendor.failures = [Answer(502, "text/html", b"<html>stopped</html>")]
    with pytest.raises(septet.ResponseError, match="502"):
        module.send(client, "Bonjour", ["33600000001"], "Societe")
    assert len(pauses) == 2


# --- SMS Partner ----------------------------------------------------------------------------


def test_smspartner_gets_what_the_phone_shows(smspartner: Any, capsys: pytest.CaptureFixture[str]) -> None:
    vendor, client, module = smspartner
    text = 'Ça y est,\n"garçon" : 10 €'
    response = module.send(client, text, ["+33623123457"], sender="mycompany", tag="soldes")
    assert vendor.accepted == [
        {
            "apiKey": "key",
            "phoneNumbers": "+33623123457",
            "message": 'Ça y est,:br:"garÇon" : 10 €',
            "gamme": 1,
            "sender": "mycompany",
            "tag": "soldes",
        }
    ]
    assert (response.billed_segments, response.cost, response.currency) == (1, Decimal("0.038"), "EUR")
    assert capsys.readouterr().err == ""


def test_smspartner_answers_in_xml_where_asked(smspartner: Any) -> None:
    _, client, module = smspartner
    options: dict[str, Any] = {"vendor_fields": {"_format": "xml"}}
    response = module.send(client, "x" * 161, ["+33623123457"], **options)
    assert (response.accepted, response.message_ids, response.billed_segments) == (True, ("306",), 2)


def test_smspartner_tells_when_it_billed_otherwise(
    smspartner: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    vendor, client, module = smspartner
    other = b'{"success":true,"code":200,"message_id":307,"nb_sms":2,"cost":0.076,"currency":"EUR"}'
    vendor.failures = [Answer(200, "application/json", other)]
    module.send(client, "Bonjour", ["+33623123457"])
    assert capsys.readouterr().err.count("\n") == 1


@pytest.mark.parametrize("code", [1, 2, 10, 11])
def test_smspartner_errors_are_answers(smspartner: Any, code: int) -> None:
    vendor, client, module = smspartner
    vendor.failures = [vendor.fails(code)]
    response = module.send(client, "Bonjour", ["+33623123457"])
    assert (response.accepted, response.code, response.message) == (False, str(code), vendor.codes[code])
    assert len(vendor.calls) == 1


def test_smspartner_names_the_element(smspartner: Any) -> None:
    vendor, client, module = smspartner
    vendor.failures = [vendor.violates(("message", "Le message est requis"), ("time", "L'heure est requise"))]
    response = module.send(client, "Bonjour", ["+33623123457"])
    assert [(error.element, error.message) for error in response.errors] == [
        ("children[message].data", "Le message est requis"),
        ("children[time].data", "L'heure est requise"),
    ]


# --- Encom ----------------------------------------------------------------------------------


def test_encom_gets_everything_in_the_address(encom: Any) -> None:
    vendor, client, module = encom
    response = module.send(client, "Hello World!", "0612345678")
    assert (response.accepted, response.message_ids) == (True, ("20",))
    module.send(client, "Soldes & co", "0612345678", commercial=True)
    account = {"customerAccount": "CL3578", "recipient": "0612345678"}
    # The vendor adds the mention itself when the message is of type m.
    assert vendor.accepted == [
        {**account, "message": "Hello World!", "type": "t"},
        {**account, "message": "Soldes & co", "type": "m"},
    ]


def test_encom_refuses_a_wrong_token(encom: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    _, client, module = encom
    monkeypatch.setenv("ENCOM_TOKEN", "another")
    with pytest.raises(septet.ResponseError, match="Unauthenticated") as refused:
        module.send(client, "Hello World!", "0612345678")
    assert "Hello" not in str(refused.value)


# --- all of them ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("vendor", "name", "arguments"),
    [
        (Smsmode, "smsmode_client", (["12"],)),
        (EnvoyerSmsPro, "envoyersmspro_client", (["12"], "Societe")),
        (SmsPartner, "smspartner_client", (["12"],)),
        (Encom, "encom_client", ("12",)),
    ],
)
def test_what_would_be_refused_is_never_sent(vendor: type[Vendor], name: str, arguments: Any) -> None:
    played = vendor()
    with serving(played) as client, pytest.raises(septet.RejectedMessage, match="malformed-recipient"):
        load(name).send(client, "Bonjour", *arguments)
    assert played.calls == []


# --- the queue ------------------------------------------------------------------------------


def test_the_queue_sends_each_message_once(smsmode: Any, tmp_path: Path) -> None:
    vendor, client, module = smsmode
    module.PAUSES = ()  # here it is the queue that waits
    queue_module = load("queue_worker")
    path = str(tmp_path / "messages.sqlite")
    with queue_module.Queue(path) as queue:
        share_the_queue(vendor, client, module, queue_module, queue, path)


def share_the_queue(
    vendor: Smsmode, client: httpx.Client, module: Any, queue_module: Any, queue: Any, path: str
) -> None:
    with pytest.raises(septet.RejectedMessage):
        queue.put("Bonjour", "not a number")
    for number in range(20):
        queue.put(f"Message {number}", "0623123457")
    clock = [0.0]
    vendor.failures = [vendor.says(50), vendor.says(33)]

    def send(text: str, recipient: str) -> septet.Response:
        response: septet.Response = module.send(client, text, [recipient])
        return response

    # The first waits, the second is refused for good; both workers share the rest.
    accepted: list[int] = []
    assert queue_module.work(queue, send, now=lambda: clock[0]) == 18

    def worker() -> None:
        with queue_module.Queue(path) as own:
            accepted.append(queue_module.work(own, send, now=lambda: 61.0))

    threads = [threading.Thread(target=worker) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(accepted) == 1
    sent = [fields["message"] for fields in vendor.accepted]
    assert sorted(sent) == sorted(f"Message {number}" for number in range(20) if number != 1)
    assert queue.unsettled() == []


def test_the_queue_tries_again_after_an_error_page_that_will_pass(envoyersmspro: Any, tmp_path: Path) -> None:
    vendor, client, module = envoyersmspro
    module.PAUSES = ()  # here it is the queue that waits
    queue_module = load("queue_worker")

    def send(text: str, recipient: str) -> septet.Response:
        response: septet.Response = module.send(client, text, [recipient], "Societe")
        return response

    with queue_module.Queue(str(tmp_path / "messages.sqlite"), "envoyersmspro", sender="Societe") as queue:
        numbers = [queue.put(text, "33600000001") for text in ("Bonjour", "Merci", "Bonsoir")]
        vendor.failures = [Answer(503, "text/html", b"<html>overloaded</html>")]
        assert queue_module.work(queue, send, now=lambda: 0.0) == 2
        assert queue.unsettled() == []
        assert queue_module.work(queue, send, now=lambda: 59.0) == 0
        # Whether a message went out is not known of a page that the vendor does not document.
        vendor.failures = [Answer(502, "text/html", b"<html>stopped</html>")]
        with pytest.raises(septet.ResponseError, match="502"):
            queue_module.work(queue, send, now=lambda: 61.0)
        assert [message.number for message in queue.unsettled()] == numbers[:1]
    assert [fields["text"] for fields in vendor.accepted] == ["Merci", "Bonsoir"]


def test_a_message_whose_worker_died_is_not_sent_again(tmp_path: Path) -> None:
    queue_module = load("queue_worker")
    with queue_module.Queue(str(tmp_path / "messages.sqlite")) as queue:
        lose_a_worker(queue_module, queue)


def lose_a_worker(queue_module: Any, queue: Any) -> None:
    number = queue.put("Bonjour", "0623123457")

    def die(text: str, recipient: str) -> septet.Response:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        queue_module.work(queue, die)
    sent: list[str] = []
    assert queue_module.work(queue, lambda text, recipient: sent.append(text)) == 0
    assert sent == []
    assert [message.number for message in queue.unsettled()] == [number]
