"""Posted: a route for a JSON body of one type, which answers in JSON."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, get_type_hints

import orjson
from fastapi.routing import APIRoute
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from . import failures
from .guards import path_of

JSON = "application/json"

#: Caches on the way never keep the answer to a POST.
_HEADERS = ((b"content-type", JSON.encode()), (b"cache-control", b"no-store"))

_MOST_FAULTS = 1_000

#: Answers a body of its annotated type, in plain JSON types.
Endpoint = Callable[[Any, Request], Awaitable[Any]]


class PostedRoute(APIRoute):
    """A route from a path without parts that vary to an `Endpoint`.

    FastAPI describes it as any other. Only the necessary steps are between the request and its endpoint:
    the body is read once, by orjson, strictly and with no half of a character, and checked once.
    FastAPI's own way, with its dependencies and stacks, takes many times as long as a count.
    """

    def __init__(self, path: str, endpoint: Endpoint, **described: Any) -> None:
        described |= {"methods": ["POST"], "response_class": Response, "response_model": None}
        super().__init__(path, endpoint, **described)
        self._checked = TypeAdapter(get_type_hints(endpoint, include_extras=True)["body"]).validate_python
        self.app = self._answer

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether the request has exactly its path."""
        if scope["type"] != "http" or path_of(scope) != self.path:
            return Match.NONE, {}
        match = Match.FULL if scope["method"] == "POST" else Match.PARTIAL
        return match, {"endpoint": self.endpoint, "path_params": {}, "route": self}

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        answer = orjson.dumps(await self.endpoint(self._body(request, await request.body()), request))
        headers = [*_HEADERS, (b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _body(self, request: Request, sent: bytes) -> Any:
        """The body in its type. Raises Failure."""
        if not _is_json(request):
            raise failures.Failure(
                "unsupported-media-type", "Expected the header Content-Type: application/json."
            )
        try:
            return self._checked(orjson.loads(sent) if sent else None)
        except orjson.JSONDecodeError as error:
            raise failures.of_json(error) from None
        except ValidationError as error:
            # To report half a million of them would take seconds, in which no other request is answered.
            if error.error_count() > _MOST_FAULTS:
                raise failures.Failure(
                    "invalid-request", f"More than {_MOST_FAULTS} values are not as the schema has them."
                ) from None
            raise failures.of_validation(error.errors(include_url=False, include_input=False)) from None


def _is_json(request: Request) -> bool:
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return media == JSON or (media.startswith("application/") and media.endswith("+json"))
