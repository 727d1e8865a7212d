"""The four vendors as their documents describe them, as HTTP servers on loopback.

Each checks the parameters that its document names, in the document's order and words, and returns the
documented answers. Written only from the documents: nothing of septet is used here.
"""

from __future__ import annotations

import base64
import csv
import email
import email.policy
import io
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import httpx


class Call(NamedTuple):
    """One request as it arrived."""

    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes


class Answer(NamedTuple):
    status: int
    content_type: str
    body: bytes


class Vendor:
    """A vendor's server: what it received, and the failures with which it is set to begin."""

    path: ClassVar[str]

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.accepted: list[dict[str, str | int]] = []
        self.failures: list[Answer] = []

    def answer(self, call: Call) -> Answer:
        self.calls.append(call)
        if call.path != self.path:
            return Answer(404, "text/html", b"<html>404</html>")
        return self.failures.pop(0) if self.failures else self.send(call)

    def send(self, call: Call) -> Answer:
        raise NotImplementedError


def form(octets: bytes, charset: str) -> dict[str, str]:
    """A form's parameters; one that comes twice, or is no name and value, is a fault of the client."""
    pairs = parse_qsl(
        octets.decode("ascii"), encoding=charset, errors="strict", strict_parsing=True, keep_blank_values=True
    )
    fields = dict(pairs)
    assert len(fields) == len(pairs), pairs
    return fields


class Smsmode(Vendor):
    """API HTTP 2.7, sections 2 and 15."""

    path = "/http/1.6/sendSMS.do"
    known: ClassVar = {
        *("message", "numero", "groupe", "classe_msg", "date_envoi", "refClient", "emetteur", "nbr_msg"),
        *("notification_url", "notification_url_reponse", "stop", "accessToken", "pseudo", "pass"),
    }
    # « La réponse à une requête d'envoi HTTP est de la forme : code_retour | description | smsID »
    codes: ClassVar = {
        0: "Accepté - le message a été accepté par le système et est en cours de traitement",
        31: "Erreur interne",
        32: "Erreur d'authentification",
        33: "Crédits insuffisants",
        35: "Paramètre obligatoire manquant",
        50: "Temporairement inaccessible",
    }

    @classmethod
    def says(cls, code: int, *further: str) -> Answer:
        text = " | ".join([str(code), cls.codes[code], *further])
        return Answer(200, "text/plain", text.encode("iso-8859-15"))

    def send(self, call: Call) -> Answer:
        octets = call.body if call.method == "POST" else call.query.encode("ascii")
        charset = "utf-8" if b"classe_msg=9" in octets.split(b"&") else "iso-8859-15"
        fields = form(octets, charset)
        assert fields.keys() <= self.known, fields
        if fields.get("accessToken") != "token":
            return self.says(32)
        if not fields.get("message") or not (fields.get("numero") or fields.get("groupe")):
            return self.says(35)
        numbers = fields.get("numero", "").split(",")
        assert all(re.fullmatch(r"0\d{9}|[1-9]\d{6,}", number) for number in numbers), numbers
        assert call.method == "POST" or len(numbers) <= 300
        sender = fields.get("emetteur", "")
        assert len(sender) <= 11, sender
        assert sender.isascii(), sender
        assert " " not in sender
        assert not (sender and fields.get("classe_msg") == "4")
        assert "date_envoi" not in fields or re.fullmatch(r"\d{8}-\d\d:\d\d", fields["date_envoi"])
        self.accepted.append(dict(fields))
        return self.says(0, "S7EpYZ5kmS87")


class SmsmodeBatch(Smsmode):
    """API HTTP 2.7, section 17."""

    path = "/http/1.6/sendSMSBatch.do"
    known: ClassVar = {
        *("classe_msg", "date_envoi", "refClient", "emetteur", "nbr_msg", "notification_url"),
        *("accessToken", "pseudo", "pass"),
    }

    def __init__(self) -> None:
        super().__init__()
        self.files: list[bytes] = []

    def send(self, call: Call) -> Answer:
        assert call.method == "POST"
        fields = form(call.query.encode("ascii"), "iso-8859-15")
        head = b"Content-Type: " + call.headers["content-type"].encode("ascii") + b"\r\n\r\n"
        message = email.message_from_bytes(head + call.body, policy=email.policy.HTTP)
        assert message.get_content_type() == "multipart/form-data"
        assert not message.defects
        octets = b""
        for part in message.iter_parts():  # type: ignore[attr-defined]
            assert not part.defects
            name = part.get_param("name", header="content-disposition")
            if name == "fichier":
                assert (part.get_content_type(), octets) == ("text/csv", b"")
                octets = part.get_payload(decode=True)
            else:
                assert name not in fields
                fields[name] = part.get_payload(decode=True).decode("iso-8859-15")
        assert fields.keys() <= self.known, fields
        if fields.get("accessToken") != "token":
            return self.says(32)
        if not octets:
            return self.says(35)
        header, *rows = csv.reader(io.StringIO(octets.decode("iso-8859-15"), newline=""), strict=True)
        assert header == ["numero", "message", "emetteur"]
        # « nbr_msg=1 : 160 caractères maximum, nbr_msg=2 : 306 caractères maximum, [...] coupé »
        most = int(fields.get("nbr_msg", "5"))
        assert 1 <= most <= 5
        assert fields.get("classe_msg", "2") in ("2", "4")
        assert "date_envoi" not in fields or re.fullmatch(r"\d{8}-\d\d:\d\d", fields["date_envoi"])
        for number, text, sender in rows:
            assert re.fullmatch(r"0\d{9}|[1-9]\d{6,}", number), number
            length = sum(2 if character in "^{}\\[~]|€" else 1 for character in text)
            assert 0 < length <= (160 if most == 1 else 153 * most)
            for shown in (sender, fields.get("emetteur", "")):
                assert len(shown) <= 11
                assert shown.isascii()
                assert " " not in shown
                assert not (shown and fields.get("classe_msg") == "4")
        self.accepted.append(dict(fields))
        self.files.append(octets)
        return self.says(0, "S7EpYZ5kmS87")


class EnvoyerSmsPro(Vendor):
    """HTTP REST 2.10.0, « Fonction nouveau message » and « Messages d'erreur »."""

    path = "/api/message/send"
    known: ClassVar = {
        *("login", "password", "accountid", "text", "recipients", "sendername", "senddate", "sendtime"),
        *("allnumberallowed", "messagetruncationallowed", "longmessageallowed", "stopsms", "tag", "dedupe"),
        "responsestatusid",
    }

    @staticmethod
    def fails(error: int, message: str, status: int = 400) -> Answer:
        text = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<envoyersmspro>\n  <status>fail</status>\n  <error>\n'
            f"    <request>/message/send</request>\n    <error_id>{error}</error_id>\n"
            f"    <error_message> {message} </error_message>\n  </error>\n</envoyersmspro>\n"
        )
        return Answer(status, "text/xml; charset=utf-8", text.encode())

    def send(self, call: Call) -> Answer:
        fields = form(call.body if call.method == "POST" else call.query.encode("ascii"), "utf-8")
        assert fields.keys() <= self.known, fields
        basic = "Basic " + base64.b64encode(b"login:password").decode()
        if call.headers.get("authorization") != basic:
            return self.fails(1, "Authentication failed", 401)
        for name, error, message in (
            ("recipients", 2, "Missing parameters - Recipients are missing"),
            ("text", 2, "Missing parameters - Text is missing"),
            ("sendername", 2, "Missing parameters - Sendername is missing"),
        ):
            if name not in fields:
                return self.fails(error, message)
        wrong = "Bad value of parameters - "
        sender, text = fields["sendername"], fields["text"]
        numbers = fields["recipients"].split(",")
        if len(sender) < 3:
            return self.fails(3, wrong + "Sendername must be longer than 2 characters")
        if len(sender) > 11:
            return self.fails(3, wrong + "Sendername must be shorter than 12 characters")
        if len(numbers) > (1000 if call.method == "POST" else 100):
            return self.fails(3, wrong + "Too many recipients")
        bad = [number for number in numbers if not re.fullmatch(r"[1-9]\d{6,}", number)]
        if bad and "allnumberallowed" not in fields:
            return self.fails(3, wrong + "Wrong numbers : " + ",".join(bad))
        # « les caractères spéciaux et les retours à la ligne comptent pour 2 caractères »
        length = sum(2 if character in "^{}\\[~]|€\n" else 1 for character in text)
        length += 19 if "stopsms" in fields else 0
        if length > (459 if "longmessageallowed" in fields else 160) and (
            "messagetruncationallowed" not in fields
        ):
            return self.fails(4, "Message too long")
        each = 1 if length <= 160 else -(-length // 153)
        sent = each * len(dict.fromkeys(numbers) if "dedupe" in fields else numbers)
        self.accepted.append(dict(fields))
        text = (
            '<?xml version="1.0" encoding="UTF-8"?>\n<envoyersmspro>\n  <status>success</status>\n'
            f"  <message>\n    <message_id>879</message_id>\n    <sms_sent>{sent}</sms_sent>\n"
            "    <sms_remaing>564</sms_remaing>\n  </message>\n</envoyersmspro>\n"
        )
        return Answer(200, "text/xml; charset=utf-8", text.encode())


class SmsPartner(Vendor):
    """« Envoi unitaire »."""

    path = "/v1/send"
    known: ClassVar = {
        *("apiKey", "phoneNumbers", "message", "gamme", "sender", "tag", "scheduledDeliveryDate", "time"),
        *("minute", "urlResponse", "urlDlr", "isStopSms", "isUnicode", "sandbox", "_format", "webhookUrl"),
        "virtualNumber",
    }
    codes: ClassVar = {
        1: "La Clé API est requise",
        2: "Le numéro de téléphone est requis",
        10: "Clé API incorrecte",
        11: "Manque de crédits",
    }

    @classmethod
    def fails(cls, code: int) -> Answer:
        content = {"success": False, "code": code, "message": cls.codes[code]}
        return Answer(200, "application/json", json.dumps(content).encode())

    @staticmethod
    def violates(*errors: tuple[str, str]) -> Answer:
        content = {
            "success": False,
            "code": 9,
            "errors": [
                {"elementId": f"children[{element}].data", "message": message} for element, message in errors
            ],
        }
        return Answer(400, "application/json", json.dumps(content).encode())

    def send(self, call: Call) -> Answer:
        assert call.method == "POST"
        assert call.headers["content-type"].startswith("application/json")
        fields = json.loads(call.body, object_pairs_hook=_only_once)
        assert fields.keys() <= self.known, fields
        if "apiKey" not in fields:
            return self.fails(1)
        if fields["apiKey"] != "key":
            return self.fails(10)
        if not fields.get("phoneNumbers"):
            return self.fails(2)
        numbers = fields["phoneNumbers"].split(",")
        assert len(numbers) <= 500
        errors = []
        if not fields.get("message"):
            errors.append(("message", "Le message est requis"))
        errors += [
            ("phoneNumbers", f"Ce numero de telephone n'est pas valide ({number})")
            for number in numbers
            if not re.fullmatch(r"\+?\d{9,}", number)
        ]
        if len(fields.get("sender", "abc")) > 11:
            errors.append(("sender", "L'emetteur ne peut pas etre plus long que 11 caracteres"))
        if "scheduledDeliveryDate" in fields:
            assert re.fullmatch(r"\d\d/\d\d/\d{4}", fields["scheduledDeliveryDate"])
            if "minute" not in fields:
                errors.append(("minute", "La minute est requise"))
            if "time" not in fields:
                errors.append(("time", "L'heure est requise"))
        if errors:
            return self.violates(*errors)
        # « 160 caractères maximum par SMS (au delà, [...] par tranche de 153 caractères) »; :br: counts two
        length = len(fields["message"].replace(":br:", "##")) + fields["message"].count("€")
        each = 1 if length <= 160 else -(-length // 153)
        self.accepted.append(fields)
        nb_sms = each * len(numbers)
        if fields.get("_format", "json").lower() == "xml":
            entries = ["true", "200", "306", str(nb_sms), f"{0.038 * nb_sms:.3f}", "\n<![CDATA[EUR]]>\n"]
            rows = "".join(f"<entry>{entry}</entry>" for entry in entries)
            text = f"<?xml version='1.0' encoding='UTF-8'?>\n<result>{rows}</result>"
            return Answer(200, "text/xml", text.encode())
        content = {"success": True, "code": 200, "message_id": 307, "nb_sms": nb_sms}
        content |= {"cost": round(0.038 * nb_sms, 3), "currency": "EUR"}
        return Answer(200, "application/json", json.dumps(content).encode())


def _only_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    assert len(found) == len(pairs), pairs
    return found


class Encom(Vendor):
    """« Messages unitaires »."""

    path = "/api/v1/sms/singleMessage"
    known: ClassVar = {"customerAccount", "recipient", "message", "type", "idSend", "listener"}

    def send(self, call: Call) -> Answer:
        assert (call.method, call.body) == ("POST", b"")
        if call.headers.get("authorization") != "Bearer token":
            return Answer(401, "application/json", b'{"message": "Unauthenticated."}')
        fields = form(call.query.encode("ascii"), "utf-8")
        assert fields.keys() <= self.known, fields
        assert all(fields.get(name) for name in ("customerAccount", "recipient", "message", "type")), fields
        assert fields["type"] in ("t", "m")
        assert "," not in fields["recipient"]
        self.accepted.append(dict(fields))
        return Answer(201, "application/json", b'{\n  "store": 20\n}')


class _Loopback(httpx.HTTPTransport):
    """Sends every call to the server on loopback, for any host in the vendor's address."""

    def __init__(self, port: int) -> None:
        super().__init__()
        self._port = port

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=self._port)
        return super().handle_request(request)


@contextmanager
def serving(vendor: Vendor) -> Iterator[httpx.Client]:
    """A client whose calls all reach this vendor, over real HTTP."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self._serve()

        def do_GET(self) -> None:
            self._serve()

        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            try:
                answer = vendor.answer(Call(self.command, parts.path, parts.query, headers, body))
            except Exception as error:
                faults.append(error)
                answer = Answer(500, "text/plain", b"")
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *arguments: object) -> None:
            """Nothing is to be logged."""

    faults: list[Exception] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        with httpx.Client(transport=_Loopback(server.server_port), timeout=10) as client:
            yield client
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        if faults:
            raise faults[0]
