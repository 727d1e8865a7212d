"""The description of the service (OpenAPI 3.1): its routes, with the JSON schemas that septet comes with."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from functools import partial
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from septet.schemas.lookup import names, schema

from . import page_answers
from .answers import Answers
from .failures import MEDIA_TYPE
from .posted import JSON
from .refusals import TooLong
from .routes import SCHEMA_JSON
from .settings import Settings
from .shapes import ANSWERS, COMPONENTS, EXAMPLES, FOUND, PROBLEM, component, priced_advice

#: The vendors that the example of a comparison shows: each answers at length.
_FEW = 2

_KEPT_SCHEMA = "urn:septet:schema:"


def description(app: FastAPI, answers: Answers) -> dict[str, Any]:
    """All of it, in plain JSON types; examples are answered here and now."""
    found = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        description=app.description,
        routes=[_asked_one_way(route) for route in app.routes],
    )
    schemas = found["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    _limit(schemas, answers.settings)
    schemas |= {component(name): _rewritten(schema(name)) for name in names()}
    schemas["PricedAdvice"] = priced_advice(schemas["Advice"])
    schemas["ProblemDetails"] = dict(PROBLEM)
    problem = {"schema": {"$ref": f"{COMPONENTS}ProblemDetails"}}
    refused = {"description": "Refused.", "content": {MEDIA_TYPE: problem}}
    failed = {"description": "The service failed.", "content": {MEDIA_TYPE: problem}}
    for path, operations in found["paths"].items():
        for method, operation in operations.items():
            operation["operationId"] = path.removeprefix("/v1/").replace("/{name}", "").replace("/", "_") + (
                "_one" if "{name}" in path else ""
            )
            answer = _answer(path, answers) if method == "post" else _found(path)
            operation["responses"] = {"200": answer, "4XX": refused, "5XX": failed}
            if method == "get":
                operation["responses"]["304"] = {"description": "As it was, by its ETag."}
            elif path in EXAMPLES:
                operation["requestBody"]["content"][JSON]["example"] = example(path, answers)
    if answers.settings.token_file is not None:
        found["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        found["security"] = [{"token": []}]
    return found


def _asked_one_way(route: BaseRoute) -> BaseRoute:
    """A route without HEAD, which goes without saying where there is GET."""
    if not isinstance(route, APIRoute) or "GET" not in (route.methods or ()):
        return route
    one = copy(route)
    one.methods = {"GET"}
    return one


def example(path: str, answers: Answers) -> dict[str, Any]:
    """The request that shows what a route answers."""
    asked = EXAMPLES[path]
    if path == "/v1/compare":
        asked = asked | {"profiles": list(answers.known)[:_FEW]}
    return asked


def _answer(path: str, answers: Answers) -> dict[str, Any]:
    content: dict[str, Any] = {"schema": ANSWERS.get(path, {"type": "object"})}
    if path in EXAMPLES:
        name = path.rpartition("/")[2]
        answer = getattr(answers, name, None) or partial(getattr(page_answers, name), answers)
        # A service may be set to take less than an example has.
        with suppress(TooLong):
            content["example"] = answer(example(path, answers))
    return {"description": "The answer.", "content": {JSON: content}}


def _found(path: str) -> dict[str, Any]:
    media = SCHEMA_JSON if path.startswith("/v1/schemas/") else JSON
    return {"description": "What there is.", "content": {media: {"schema": FOUND.get(path, {})}}}


def _limit(schemas: Mapping[str, Any], settings: Settings) -> None:
    """Writes the limits of this service to the values that they limit."""
    limits = {
        "text": ("maxLength", settings.max_text),
        "template": ("maxLength", settings.max_advise),
        "texts": ("maxItems", settings.max_batch),
    }
    shorter = {
        **dict.fromkeys(("PreviewAsked", "PrepareAsked", "SplitAsked"), settings.max_preview),
        **dict.fromkeys(("AdviseAsked", "CompareAsked", "ReportAsked"), settings.max_advise),
    }
    for name, found in schemas.items():
        for field, (keyword, limit) in limits.items():
            if field in found.get("properties", {}):
                most = min(limit, shorter.get(name, limit)) if field == "text" else limit
                found["properties"][field][keyword] = most
        if "texts" in found.get("properties", {}):
            found["properties"]["texts"]["items"]["maxLength"] = settings.max_text
    recipients = schemas.get("PrepareAsked", {}).get("properties", {}).get("recipients", {})
    for choice in recipients.get("anyOf", ()):
        if choice.get("type") == "array":
            choice["maxItems"] = settings.max_recipients


def _rewritten(part: Any) -> Any:
    """A schema of septet with its references turned into those of this description."""
    if isinstance(part, list):
        return [_rewritten(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    found = {
        name: _rewritten(inner) for name, inner in part.items() if name not in ("$schema", "$id", "$defs")
    }
    if str(found.get("$ref", "")).startswith(_KEPT_SCHEMA):
        found["$ref"] = COMPONENTS + component(found["$ref"].removeprefix(_KEPT_SCHEMA))
    return found
