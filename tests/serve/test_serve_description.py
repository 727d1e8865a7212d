"""The description of the service: septet's schemas, and examples that are answered so."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
from serving import Service

import septet
from septet.schemas.lookup import names

SERVICE = Service()
DESCRIPTION = SERVICE.ask("GET", "/openapi.json").json()
SCHEMAS = DESCRIPTION["components"]["schemas"]


def check(value: Any, schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator({**schema, "components": DESCRIPTION["components"]}).validate(value)


def test_every_example_is_answered_as_it_says() -> None:
    posted = 0
    for path, operations in DESCRIPTION["paths"].items():
        for method, operation in operations.items():
            content = operation["responses"]["200"]["content"]
            (media,) = content
            if method == "post":
                posted += 1
                asked = operation["requestBody"]["content"]["application/json"]
                check(asked["example"], asked["schema"])
                answer = SERVICE.ask("POST", path, json=asked["example"])
                assert answer.json() == content[media]["example"], path
            else:
                assert method == "get"
                answer = SERVICE.ask("GET", path.replace("{name}", "plan" if "schemas" in path else "gsm"))
            assert answer.status_code == 200
            assert answer.headers["content-type"].startswith(media)
            check(answer.json(), content[media]["schema"])
    assert posted == len([path for path in DESCRIPTION["paths"] if "{" not in path]) - 2


def test_its_parts_are_the_schemas_of_the_library() -> None:
    assert DESCRIPTION["openapi"].startswith("3.1")
    for name in names():
        found = SCHEMAS["".join(part.capitalize() for part in name.split("-"))]
        own = septet.schema(name)
        assert found["title"] == own["title"]
        assert set(found.get("properties", {})) == set(own.get("properties", {}))
    assert "urn:septet:schema" not in json.dumps(DESCRIPTION)
    assert "HTTPValidationError" not in json.dumps(DESCRIPTION)


def test_refusals_are_described_as_they_are() -> None:
    for operations in DESCRIPTION["paths"].values():
        for operation in operations.values():
            for statuses in ("4XX", "5XX"):
                (media,) = operation["responses"][statuses]["content"]
                assert media == "application/problem+json"
    for body in ({}, {"text": 5}, {"text": "x" * 50_000}, {"text": "x", "profile": "y"}):
        answer = SERVICE.ask("POST", "/v1/count", json=body)
        check(answer.json(), SCHEMAS["ProblemDetails"])


def test_the_limits_of_a_service_are_in_its_description() -> None:
    described = Service(max_text=77, max_batch=5, max_advise=9).ask("GET", "/openapi.json").json()
    schemas = described["components"]["schemas"]
    assert schemas["CountAsked"]["properties"]["text"]["maxLength"] == 77
    assert schemas["AdviseAsked"]["properties"]["text"]["maxLength"] == 9
    assert schemas["CountsAsked"]["properties"]["texts"]["maxItems"] == 5


def test_what_is_asked_most_stands_first() -> None:
    # Routes are tried in turn.
    paths = [getattr(route, "path", "") for route in SERVICE.app.routes]
    assert paths[:4] == ["/v1/count", "/v1/plan", "/v1/preview", "/v1/counts"]
