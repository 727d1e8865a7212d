"""Checks before every answer: limits, hosts, tokens, headers and the same kind of refusal everywhere."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from serving import Service, kind_of, problem_of

from septet.serve.failures import KINDS
from septet.serve.headers import security_headers

SERVICE = Service()
TEXT = "Ça y est"
JSON = {"content-type": "application/json"}


def post(content: bytes | AsyncIterator[bytes], service: Service = SERVICE, **headers: str) -> Any:
    return service.ask("POST", "/v1/count", content=content, headers=JSON | headers)


@pytest.mark.parametrize(
    ("body", "kind", "pointer"),
    [
        ({}, "invalid-request", "/text"),
        ({"text": 5}, "invalid-request", "/text"),
        ({"text": TEXT, "max_segments": "2"}, "invalid-request", "/max_segments"),
        ({"text": TEXT, "max_segments": True}, "invalid-request", "/max_segments"),
        ({"text": TEXT, "max_segments": 2.5}, "invalid-request", "/max_segments"),
        ({"text": TEXT, "commercial": 1}, "invalid-request", "/commercial"),
        ({"text": TEXT, "country": "00"}, "invalid-request", "/country"),
        ({"text": TEXT, "country": "ZZ"}, "invalid-option", "/country"),
        ({"text": TEXT, "language": "tr", "profile": "smsmode"}, "invalid-option", "/language"),
        ({"text": TEXT, "encoding": "latin1"}, "invalid-option", "/encoding"),
        ({"text": TEXT, "optout": "always"}, "invalid-option", "/optout"),
        ({"text": TEXT, "profile": "smsmode", "max_segments": 200}, "invalid-option", "/max_segments"),
        ({"text": TEXT, "txet": TEXT}, "invalid-request", ""),
        ({"text": "x" * 40_001}, "too-long", "/text"),
        ([], "invalid-request", ""),
    ],
)
def test_what_is_wrong_with_a_request_is_said_with_its_place(body: Any, kind: str, pointer: str) -> None:
    answer = SERVICE.ask("POST", "/v1/count", json=body)
    assert kind_of(answer) == kind
    assert problem_of(answer)["errors"][0]["pointer"] == pointer


def test_a_whole_number_may_be_written_with_a_point() -> None:
    assert SERVICE.post("/v1/count", text=TEXT, max_segments=3.0).status_code == 200


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "invalid-request"),
        (b"{", "malformed-json"),
        (b'{"text": NaN}', "malformed-json"),
        (b"\xff", "malformed-json"),
        (b"[" * 100_000, "malformed-json"),
        (b'{"text": "' + b"x" * 100, "malformed-json"),
        (b'{"text": "\\ud800"}', "not-well-formed"),
        (b'{"text": "a", "optout_text": "\\udc00"}', "not-well-formed"),
    ],
)
def test_what_is_no_json_is_refused(content: bytes, kind: str) -> None:
    assert kind_of(post(content)) == kind


def test_of_faults_without_number_few_are_told() -> None:
    unknown = {"text": TEXT, **{f"field{number}": 1 for number in range(5_000)}}
    for route, body, most in (
        ("count", unknown, 0),
        ("count", dict(list(unknown.items())[:200]), 50),
        ("counts", {"texts": [1] * 100_000}, 1),
        ("prepare", {"text": TEXT, "recipients": [1] * 100_000}, 1),
        ("prepare", {"text": TEXT, "vendor_fields": {f"field{number}": [] for number in range(5_000)}}, 0),
    ):
        answer = SERVICE.post(f"/v1/{route}", **body)
        assert kind_of(answer) == "invalid-request"
        assert len(problem_of(answer).get("errors", ())) == most


def test_a_body_must_say_that_it_is_json() -> None:
    body = json.dumps({"text": TEXT}).encode()
    # A form of another site could send these without asking.
    for media in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        answer = SERVICE.ask("POST", "/v1/count", content=body, headers={"content-type": media})
        assert kind_of(answer) == "unsupported-media-type"
    assert kind_of(SERVICE.ask("POST", "/v1/count", content=body)) == "unsupported-media-type"
    answer = SERVICE.ask(
        "POST", "/v1/count", content=body, headers={"content-type": "application/json; charset=utf-8"}
    )
    assert answer.status_code == 200


def test_a_large_body_is_refused_alike_with_its_length_and_without() -> None:
    service = Service(max_body=1000)
    large = json.dumps({"text": "x" * 1000}).encode()

    async def in_parts() -> AsyncIterator[bytes]:
        for place in range(0, len(large), 100):
            yield large[place : place + 100]

    known, chunked = post(large, service), post(in_parts(), service)
    for answer in (known, chunked):
        assert kind_of(answer) == "too-large"
        assert answer.headers["connection"] == "close"
    without = [{**problem_of(answer), "request_id": ""} for answer in (known, chunked)]
    assert without[0] == without[1]
    assert post(large[:900] + b'"}', service).status_code == 200


def test_a_length_of_a_thousand_digits_is_too_large() -> None:
    assert kind_of(post(b"{}", **{"content-length": "9" * 10_000})) == "too-large"


def test_what_is_refused_unread_is_not_waited_for() -> None:
    service = Service(hosts=("sms.example",))
    assert post(b"{}", service).headers["connection"] == "close"
    assert "connection" not in service.ask("GET", "/livez").headers


def test_later_versions_of_http_need_no_header_for_a_body() -> None:
    async def asked() -> list[Any]:
        sent: list[Any] = []
        scope = {
            "type": "http",
            "http_version": "2",
            "method": "POST",
            "path": "/v1/count",
            "query_string": b"",
            "headers": [(b"content-type", b"application/json")],
            "client": None,
            "root_path": "",
        }

        async def receive() -> Any:
            return {"type": "http.request", "body": b'{"text": "a"}', "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        await SERVICE.app(scope, receive, send)
        return sent

    assert asyncio.run(asked())[0]["status"] == 200


def test_a_body_that_comes_too_slowly_is_refused() -> None:
    async def slow() -> AsyncIterator[bytes]:
        yield b'{"text": '
        await asyncio.sleep(5)
        yield b'"a"}'

    assert kind_of(post(slow(), Service(body_seconds=0.05))) == "timeout"


def test_texts_and_lists_have_the_limits_that_are_set() -> None:
    service = Service(max_text=10, max_batch=2, max_advise=5, max_preview=8, max_recipients=1)
    for route, body in (
        ("count", {"text": "x" * 11}),
        ("plan", {"text": "x" * 11}),
        ("check", {"text": "x" * 11}),
        ("preview", {"text": "x" * 9}),
        ("compare", {"text": "x" * 6}),
        ("prepare", {"text": "x" * 9}),
        ("split", {"text": "x" * 9}),
        ("prepare", {"text": "x", "recipients": ["33612345678", "33612345679"]}),
        ("advise", {"text": "x" * 6}),
        ("bounds", {"template": "x" * 6}),
        ("counts", {"texts": ["x"] * 3}),
        ("counts", {"texts": ["x", "x" * 11]}),
    ):
        answer = service.post(f"/v1/{route}", **body)
        assert kind_of(answer) == "too-long", route
        assert problem_of(answer)["limit"] < 12
    assert service.post("/v1/advise", text="x" * 5).status_code == 200


def test_another_method_is_told_which_one_is_meant() -> None:
    for method in ("GET", "PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "SECRET"):
        answer = SERVICE.ask(method, "/v1/count")
        assert kind_of(answer) == "method-not-allowed", method
        assert answer.headers["allow"] == "POST"
    answer = SERVICE.ask("POST", "/v1/profiles")
    assert {"GET", "HEAD"} >= set(answer.headers["allow"].replace(" ", "").split(",")) >= {"GET"}
    assert SERVICE.ask("HEAD", "/v1/count").status_code == 405
    assert SERVICE.ask("HEAD", "/v1/profiles").status_code == 200
    assert kind_of(SERVICE.ask("GET", "/nowhere")) == "not-found"


def test_every_answer_has_the_headers_that_keep_a_browser_from_doing_anything() -> None:
    wanted = {name.decode(): value.decode() for name, value in security_headers()}
    assert "default-src 'none'" in wanted["content-security-policy"]
    broken = Service(max_body=1000)
    broken.app.add_route("/broken", _breaks, methods=["GET"])
    asked = [
        ("GET", "/livez", {}),
        ("GET", "/v1/profiles", {}),
        ("GET", "/nowhere", {}),
        ("GET", "/v1/count", {}),
        ("POST", "/v1/count", {"json": {"text": TEXT}}),
        ("POST", "/v1/count", {"json": {"text": 5}}),
        ("POST", "/v1/count", {"content": b"x" * 2000, "headers": JSON}),
        ("GET", "/broken", {}),
    ]
    answers = broken.ask_all(asked)
    assert [answer.status_code for answer in answers] == [200, 200, 404, 405, 200, 422, 413, 500]
    for answer in answers:
        assert wanted.items() <= dict(answer.headers).items()
        assert answer.headers["x-request-id"]
        assert "server" not in answer.headers


async def _breaks(request: Any) -> Any:
    raise RuntimeError("CANARY of a text")


def test_a_request_may_bring_an_identity() -> None:
    for given, is_taken in (
        ("abc-DEF_1", True),
        ("x" * 64, True),
        ("x" * 65, False),
        ("a b", False),
        ("é", False),
    ):
        answer = SERVICE.ask("GET", "/livez", headers={"x-request-id": given.encode()})
        assert (answer.headers["x-request-id"].encode("latin-1") == given.encode()) is is_taken
    first, second = (SERVICE.ask("GET", "/livez").headers["x-request-id"] for _ in range(2))
    assert first != second


def test_only_the_hosts_that_are_named_are_answered() -> None:
    service = Service(hosts=("localhost", "127.0.0.1", "[::1]"))
    for host in ("localhost", "localhost:8042", "127.0.0.1:1", "[::1]:8042", "LOCALHOST"):
        assert service.ask("GET", "/livez", headers={"host": host}).status_code == 200, host
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8042", ""):
        answer = service.ask("POST", "/v1/count", json={"text": TEXT}, headers={"host": host})
        assert kind_of(answer) == "host-not-allowed", host


def test_a_token_is_asked_for_wherever_something_is_told(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("first-token\nsecond-token\n", "utf-8")
    service = Service(token_file=str(tmp_path / "tokens"))
    for method, path in (
        *(("GET", "/v1/profiles"), ("GET", "/metrics"), ("GET", "/version"), ("GET", "/openapi.json")),
        *(("POST", "/v1/count"), ("GET", "/nowhere"), ("GET", "/static/../v1/profiles")),
    ):
        for given in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Basic first-token"}):
            answer = service.ask(method, path, headers=given)
            assert kind_of(answer) == "unauthorized", path
            assert answer.headers["www-authenticate"].startswith("Bearer")
    for token in ("first-token", "second-token"):
        headers = {"authorization": f"Bearer {token}"}
        assert service.ask("POST", "/v1/count", json={"text": TEXT}, headers=headers).status_code == 200
    for path in ("/livez", "/readyz"):
        assert service.ask("GET", path).status_code == 200
    described = service.ask("GET", "/openapi.json", headers={"authorization": "Bearer first-token"}).json()
    assert described["security"] == [{"token": []}]


def test_pages_of_other_origins_may_ask_only_where_they_are_named() -> None:
    asked = {
        "origin": "https://shop.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    assert "access-control-allow-origin" not in SERVICE.ask("OPTIONS", "/v1/count", headers=asked).headers
    service = Service(cors=("https://shop.example",))
    answer = service.ask("OPTIONS", "/v1/count", headers=asked)
    assert answer.headers["access-control-allow-origin"] == "https://shop.example"
    assert "access-control-allow-credentials" not in answer.headers
    other = service.ask("OPTIONS", "/v1/count", headers={**asked, "origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers
    found = service.ask("POST", "/v1/count", json={"text": TEXT}, headers={"origin": "https://shop.example"})
    assert found.headers["access-control-allow-origin"] == "https://shop.example"


def test_a_page_that_may_ask_may_read_why_it_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tokens").write_text("token", "utf-8")
    named = ("https://shop.example",)
    bearer, large = {"authorization": "Bearer token"}, {"json": {"text": "x" * 1000}}
    for kind, service, asked in (
        ("unauthorized", Service(cors=named, token_file=str(tmp_path / "tokens")), {"json": {"text": TEXT}}),
        ("too-large", Service(cors=named, max_body=100), large),
        ("too-large", Service(cors=named, max_body=100, token_file=str(tmp_path / "tokens")), large),
        ("invalid-request", Service(cors=named), {"json": {"text": 5}}),
        ("host-not-allowed", Service(cors=named, hosts=("sms.example",)), {"json": {"text": TEXT}}),
    ):
        for origin, may in (("https://shop.example", True), ("https://evil.example", False)):
            headers = {"origin": origin, **(bearer if kind == "too-large" else {})}
            answer = service.ask("POST", "/v1/count", headers=headers, **asked)
            assert kind_of(answer) == kind
            assert answer.headers.get("access-control-allow-origin") == (origin if may else None)
            assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_client_may_ask_so_often_and_no_more() -> None:
    service = Service(rate=2.0)
    answers = service.ask_all([("GET", "/livez", {})] * 4)
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert kind_of(answers[2]) == "rate-limited"
    assert int(answers[2].headers["retry-after"]) >= 1


def test_so_many_are_answered_at_the_same_time_and_one_more_is_turned_away() -> None:
    service = Service(concurrency=2)

    async def asked() -> list[int]:
        import httpx

        started = asyncio.Event()
        wait = asyncio.Event()

        async def waits(request: Any) -> Any:
            from starlette.responses import Response

            started.set()
            await wait.wait()
            return Response("")

        service.app.add_route("/waits", waits, methods=["GET"])
        transport = httpx.ASGITransport(service.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            first = [asyncio.create_task(client.get("/waits")) for _ in range(2)]
            await started.wait()
            await asyncio.sleep(0)
            turned_away = await client.get("/livez")
            assert kind_of(turned_away) == "overloaded"
            wait.set()
            return [(await task).status_code for task in first] + [(await client.get("/livez")).status_code]

    assert asyncio.run(asked()) == [200, 200, 200]


def test_it_may_be_mounted_into_another_application() -> None:
    from starlette.applications import Starlette
    from starlette.routing import Mount

    service = Service()
    service.app = Starlette(routes=[Mount("/sms", service.app)])  # type: ignore[assignment]
    assert service.post("/sms/v1/count", text=TEXT).status_code == 200
    assert service.ask("GET", "/sms/readyz").status_code == 200
    assert kind_of(service.post("/sms/v1/count", text=5)) == "invalid-request"


def test_a_mounted_service_is_described_where_it_is_mounted() -> None:
    from starlette.applications import Starlette
    from starlette.routing import Mount

    service = Service()
    assert "servers" not in service.ask("GET", "/openapi.json").json()
    service.app = Starlette(routes=[Mount("/sms", service.app)])  # type: ignore[assignment]
    assert service.ask("GET", "/sms/openapi.json").json()["servers"] == [{"url": "/sms"}]


def test_nobody_is_sent_elsewhere() -> None:
    # It would be to http, with the text, where a proxy has taken the TLS away.
    for path in ("/v1/count/", "/v1/profiles/", "/v1//count"):
        assert kind_of(SERVICE.ask("POST", path, json={"text": TEXT})) == "not-found"


def test_a_mounted_service_asks_for_its_token_where_it_is_mounted(tmp_path: Path) -> None:
    from starlette.applications import Starlette
    from starlette.routing import Mount

    (tmp_path / "tokens").write_text("token", "utf-8")
    service = Service(token_file=str(tmp_path / "tokens"))
    service.app = Starlette(routes=[Mount("/sms", service.app)])  # type: ignore[assignment]
    assert service.ask("GET", "/sms/livez").status_code == 200
    assert kind_of(service.ask("GET", "/sms/v1/profiles")) == "unauthorized"


def test_a_service_that_is_about_to_end_is_not_ready() -> None:
    service = Service()
    assert service.ask("GET", "/readyz").status_code == 200
    service.app.state.health.is_ending = True
    assert kind_of(service.ask("GET", "/readyz")) == "overloaded"
    assert service.ask("GET", "/livez").status_code == 200


def test_every_kind_of_refusal_has_a_status_of_its_kind() -> None:
    assert all(400 <= status < 600 and title for status, title in KINDS.values())
