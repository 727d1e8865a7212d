"""What the load of `serve_load.py` goes to: the service, and beside it endpoints that answer nothing.

They have the same guards, models and way to the answer: what they take is not septet's own.
"""

from __future__ import annotations

import orjson
from fastapi import APIRouter, FastAPI, Response

from septet.serve import Settings, create
from septet.serve.asked import CountsAsked, PreviewAsked
from septet.serve.routes import OwnRoute

#: Texts of the large body.
TEXTS = 10_000


def application() -> FastAPI:
    """The service, with ``/empty`` and ``/zeros`` before all that it answers itself."""
    app = create(Settings(access_log=False, max_batch=TEXTS, max_body=1 << 23))
    router = APIRouter(route_class=OwnRoute)
    router.add_api_route("/empty", empty, methods=["POST"], response_class=Response)
    router.add_api_route("/zeros", zeros, methods=["POST"], response_class=Response)
    app.router.routes[:0] = router.routes
    return app


async def empty(body: PreviewAsked) -> Response:
    """Reads a body and answers nothing."""
    return Response(b"{}", media_type="application/json")


async def zeros(body: CountsAsked) -> Response:
    """Reads many texts and answers as many zeros."""
    answer = {"profile": body.get("profile"), "billed_segments": [0] * len(body["texts"])}
    return Response(orjson.dumps(answer), media_type="application/json")
