"""The application for `serve_load.py`: the service, and endpoints that answer nothing.

They have the same guards and models. ``/empty`` is an endpoint as FastAPI makes one; ``/nothing`` and
``/zeros`` use the service's own short way.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response

from septet.serve import Settings, create
from septet.serve.asked import CountsAsked, PreviewAsked
from septet.serve.posted import PostedRoute

#: Texts of the large body.
TEXTS = 10_000


def application() -> FastAPI:
    """The service, with these endpoints before its own."""
    app = create(Settings(access_log=False, max_batch=TEXTS, max_body=1 << 23))
    router = APIRouter()
    router.add_api_route("/empty", empty, methods=["POST"], response_class=Response)
    short = [PostedRoute("/nothing", nothing), PostedRoute("/zeros", zeros)]
    app.router.routes[:0] = [*router.routes, *short]
    return app


async def empty(body: PreviewAsked) -> Response:
    """Reads a body and answers nothing."""
    return Response(b"{}", media_type="application/json")


async def nothing(body: PreviewAsked, request: Request) -> Any:
    """The same, by the short way."""
    return {}


async def zeros(body: CountsAsked, request: Request) -> Any:
    """Reads many texts and answers as many zeros."""
    return {"profile": body.get("profile"), "billed_segments": [0] * len(body["texts"])}
