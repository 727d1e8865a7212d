"""The service as tests ask it: without a server, through its own door."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Sequence
from typing import Any

import httpx
from vector_files import VECTORS, text_of

from septet.serve import Settings, create

PROBLEM = "application/problem+json"


class Service:
    """A service with these settings; each question is answered by itself, or many in a row."""

    def __init__(self, **settings: Any) -> None:
        self.app = create(Settings(**settings))

    def ask(self, method: str, path: str, **given: Any) -> httpx.Response:
        """One answer."""
        (answer,) = self.ask_all([(method, path, given)])
        return answer

    def post(self, path: str, **body: Any) -> httpx.Response:
        """The answer to a body of JSON."""
        return self.ask("POST", path, json=body)

    def ask_all(self, asked: Iterable[tuple[str, str, dict[str, Any]]]) -> list[httpx.Response]:
        """The answers to several questions."""
        return asyncio.run(self._asked(asked))

    async def _asked(self, asked: Iterable[tuple[str, str, dict[str, Any]]]) -> list[httpx.Response]:
        transport = httpx.ASGITransport(self.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return [await client.request(method, path, **given) for method, path, given in asked]


def problem_of(answer: httpx.Response) -> dict[str, Any]:
    """The problem details of a refusal, after what each of them must be was looked at."""
    assert answer.headers["content-type"] == PROBLEM, answer.text
    found: dict[str, Any] = answer.json()
    assert found["status"] == answer.status_code >= 400
    assert found["type"].startswith("urn:septet:problem:")
    assert found["request_id"] == answer.headers["x-request-id"]
    assert found["title"]
    assert found["detail"]
    return found


def kind_of(answer: httpx.Response) -> str:
    """The kind of a refusal, in one word."""
    kind: str = problem_of(answer)["type"].removeprefix("urn:septet:problem:")
    return kind


def vectors(step: int = 1) -> list[dict[str, Any]]:
    """Bodies of requests: each vector (or every so many) as its profile, options and text."""
    found = []
    for path in sorted(VECTORS.glob("*.json")):
        for vector in json.loads(path.read_text("utf-8")):
            text = text_of(vector["text"])
            # JSON in UTF-8 has no half of a character.
            if not any("\ud800" <= character <= "\udfff" for character in text):
                found.append({**_as_json(vector["options"]), "profile": vector["profile"], "text": text})
    return found[::step]


def options_in(body: dict[str, Any]) -> dict[str, Any]:
    """The options of such a body as `septet.plan` takes them."""
    options = {name: value for name, value in body.items() if name not in ("profile", "text")}
    if "header" in options:
        options["header"] = bytes.fromhex(options["header"])
    return {name: tuple(value) if isinstance(value, list) else value for name, value in options.items()}


def _as_json(options: dict[str, Any]) -> dict[str, Any]:
    return {name: _listed(name, value) for name, value in options.items()}


def _listed(name: str, value: Any) -> Any:
    if name == "ignore" and isinstance(value, str):
        return [value]
    return list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
