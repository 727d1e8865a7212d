"""No content of a request is in a log, a metric or a refusal."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from serving import Service

from septet.serve.answers import Answers
from septet.serve.observing import JsonFormatter, LineFormatter, QuietHandler

CANARY = "CANARY-7f3a"
JSON = {"content-type": "application/json"}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = QuietHandler(stream)
    handler.setFormatter(LineFormatter())
    # The client's own log names what it sends; only the service's log matters here.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    kept = [(logger := logging.getLogger(name), logger.level) for name in ("septet.serve", "")]
    for logger, _ in kept:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    yield stream
    for logger, level in kept:
        logger.removeHandler(handler)
        logger.setLevel(level)


def bodies() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each route with the canary in every place that a client may fill, in valid and invalid requests."""
    text = f"{CANARY} ç ’ 😀 {{x}}"
    for route in ("count", "plan", "check", "preview", "advise", "compare", "prepare", "split"):
        yield route, {"text": text}
        yield route, {"text": CANARY * 10_000}
        yield route, {"text": [CANARY]}
        yield route, {"text": text, CANARY: 1}
        yield route, {"text": text, "profile": CANARY}
        yield route, {"text": text, "price": CANARY}
        for option, value in (
            ("optout_text", CANARY),
            ("optout_text", f"{CANARY} ’😀"),
            ("truncate_mark", CANARY[:19]),
            ("prefix", CANARY),
            ("suffix", CANARY),
            ("substitute", CANARY),
            ("country", CANARY),
            ("language", CANARY),
            ("language", [CANARY]),
            ("encoding", CANARY),
            ("optout", CANARY),
            ("ignore", [CANARY]),
            ("header", CANARY),
            ("header", CANARY.encode().hex()),
            ("max_segments", CANARY),
            ("ports", [CANARY, CANARY]),
            ("link_length", CANARY),
            ("recipient_count", CANARY),
        ):
            yield route, {"text": text, option: value}
            yield route, {"text": text, "profile": "smsmode", option: value}
    yield "counts", {"texts": [CANARY]}
    yield "counts", {"texts": [CANARY, 5]}
    yield "counts", {"texts": [CANARY * 10_000]}
    yield "compare", {"text": text, "profiles": [CANARY]}
    yield "compare", {"text": text, "prices": {CANARY: "1"}}
    yield "compare", {"text": text, "prices": {CANARY: CANARY}}
    for name in ("sender", "tag", "send_at", "method"):
        yield "prepare", {"text": text, "profile": "smsmode", name: CANARY}
    yield "prepare", {"text": text, "profile": "smsmode", "recipients": [CANARY]}
    yield "prepare", {"text": text, "profile": "gsm", "vendor_fields": {"a": CANARY}}
    yield "prepare", {"text": text, "profile": "smsmode", "vendor_fields": {CANARY: "a"}}
    yield "prepare", {"text": text, "profile": "smsmode", "vendor_fields": {"pseudo": CANARY}}
    yield "bounds", {"template": text, "fields": {"x": {"least": 1, "most": 5}}}
    yield "bounds", {"template": CANARY + "{", "fields": {}}
    yield "bounds", {"template": f"{{{CANARY}}}", "fields": {}}
    yield "bounds", {"template": f"{{ {CANARY} }} {{{{", "fields": {}}
    yield "bounds", {"template": "{x}", "fields": {CANARY: {"least": 1, "most": 5}}}
    yield "bounds", {"template": "{x}", "fields": {"x": {CANARY: 1}}}
    yield "bounds", {"template": f"{{{CANARY}}}", "fields": {CANARY: {"least": 5, "most": 1}}}
    for name in ("numbering", "head", "at", "optout_in"):
        yield "split", {"text": text, name: CANARY}
    yield "split", {"text": CANARY * 9, "most": 1, "segments": 1, "head": CANARY}
    yield "split", {"text": CANARY, "characters": 1, "head": CANARY}
    yield "options", {"profile": CANARY}
    yield "options", {"profile": "smsmode", "optout_text": CANARY}


def requests() -> list[tuple[str, str, dict[str, Any]]]:
    found = [("POST", f"/v1/{route}", {"json": body}) for route, body in bodies()]
    for content in (b'{"text": "' + CANARY.encode(), CANARY.encode(), CANARY.encode() * 200_000):
        found.append(("POST", "/v1/count", {"content": content, "headers": JSON}))
        found.append(("POST", "/v1/count", {"content": content, "headers": {"content-type": "text/plain"}}))
    # A text in an address is refused, and still not kept.
    for path in (f"/v1/plan?text={CANARY}", f"/{CANARY}", f"/v1/profiles/{CANARY}", f"/v1/schemas/{CANARY}"):
        found += [("GET", path, {}), ("POST", path, {"json": {"text": CANARY}}), (CANARY, path, {})]
    for name in ("x-request-id", "user-agent", "origin", "authorization", "if-none-match", "accept-language"):
        found.append(("POST", "/v1/count", {"json": {"text": CANARY}, "headers": {name: f"{CANARY} "}}))
    return found


def test_a_text_is_in_no_log_no_figure_and_no_refusal(log: io.StringIO) -> None:
    service = Service()
    asked = requests()
    answers = service.ask_all(asked)
    statuses = {answer.status_code for answer in answers}
    assert {200, 400, 404, 405, 413, 415, 422} <= statuses
    assert 500 not in statuses
    for (method, path, given), answer in zip(asked, answers, strict=True):
        if answer.status_code >= 400:
            assert CANARY not in answer.text, (method, path, given)
            assert CANARY.lower() not in answer.text.lower()
        assert CANARY not in str(answer.headers)
    assert log.getvalue().count("route=/v1/plan") > 20
    assert CANARY not in log.getvalue()
    figures = service.ask("GET", "/metrics").text
    assert 'septet_requests_total{route="/v1/plan",status="200"}' in figures
    assert 'septet_segments_planned_total{encoding="ucs2",profile="gsm"}' in figures
    assert CANARY not in figures
    for path in ("/", "/static/x", "/openapi.json"):
        service.ask("GET", path)
    figures = service.ask("GET", "/metrics").text
    for route, status in (("/", 200), ("/static/{path:path}", 404), ("/openapi.json", 200)):
        assert f'septet_requests_total{{route="{route}",status="{status}"}} 1.0' in figures
    # The number of metrics does not grow with the requests.
    assert len(figures.splitlines()) < 1000


def test_where_the_service_itself_fails_it_tells_where_and_not_what(
    log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(self: Answers, asked: Any) -> Any:
        raise RuntimeError(f"of {asked['text']}")

    for route in ("count", "advise"):
        monkeypatch.setattr(Answers, route, fails)
    service = Service()
    for route in ("count", "advise"):
        answer = service.post(f"/v1/{route}", text=CANARY)
        assert answer.status_code == 500
        assert CANARY not in answer.text
        request_id = answer.headers["x-request-id"]
        line = next(line for line in log.getvalue().splitlines() if "failure" in line and request_id in line)
        assert "RuntimeError" in line
        assert "test_serve_privacy.py" in line
    assert CANARY not in log.getvalue()


def test_a_line_of_the_log_is_plain_or_json(log: io.StringIO) -> None:
    record = logging.LogRecord("septet.serve", logging.INFO, "", 0, "request", (), None)
    record.septet = {"route": "/v1/count", "status": 200, "duration_ms": 1.5}
    line = LineFormatter().format(record)
    assert line.endswith("Z info request route=/v1/count status=200 duration_ms=1.500")
    told = json.loads(JsonFormatter().format(record))
    assert told.pop("time").endswith("Z")
    assert told == {"level": "info", "event": "request", **record.septet}


def test_a_log_that_cannot_be_written_stops_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    handler = QuietHandler(Full())
    logger = logging.getLogger("septet.serve")
    monkeypatch.setattr(logger, "handlers", [handler])
    # A level that is only assigned does not replace what the logger remembers of the one before.
    level, before = logger.level, QuietHandler.lost
    logger.setLevel(logging.INFO)
    try:
        assert Service().post("/v1/count", text="a").status_code == 200
    finally:
        logger.setLevel(level)
    assert QuietHandler.lost > before
