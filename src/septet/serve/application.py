"""The application: routes and guards put together."""

from __future__ import annotations

import gc
import inspect
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from septet.errors import OptionError
from septet.version import __version__
from septet.wording.extras import Needed

with Needed("septet.serve", "serve", "fastapi", "orjson", "prometheus_client", "starlette"):
    import orjson
    from fastapi import FastAPI
    from fastapi.exceptions import RequestValidationError
    from starlette.concurrency import run_in_threadpool
    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import Response

    from . import failures
    from .answers import Answers
    from .description import description
    from .failures import MEDIA_TYPE, Failure
    from .guards import Guard
    from .health import Health
    from .observing import Figures
    from .origins import open_to
    from .pages.site import page_routes
    from .refusals import Impossible, TooLong, UnknownName
    from .routes import Routes, kept
    from .settings import Settings

#: Seconds that a thread may compute before another has its turn: slow answers are computed in threads, and
#: the loop, which gives the quick ones, would wait for each of its steps as long as Python lets a thread
#: run.
_TURN = 0.0005


def create(settings: Settings | None = None) -> FastAPI:
    """The service as an ASGI application, for a server or for ``app.mount("/sms", create())``.

    Without `settings` they come from the environment (``SEPTET_SERVE_MAX_TEXT`` and so on; see
    docs/serve.md). Raises ValueError for invalid settings, ModuleNotFoundError without the extra `serve`.
    """
    settings = Settings.from_environment(os.environ) if settings is None else settings
    answers, figures = Answers(settings), Figures()
    health = Health(answers, figures)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        before = sys.getswitchinterval()
        sys.setswitchinterval(min(before, _TURN))
        health.warm()
        # What is loaded now stays. Each search for garbage would look through all of it, and hold up every
        # request for fifty milliseconds.
        gc.collect()
        gc.freeze()
        yield
        gc.unfreeze()
        sys.setswitchinterval(before)

    app = FastAPI(
        title="septet",
        version=__version__,
        description="What an SMS becomes before it is sent: segments, cost, and what reaches the phone.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        # A redirection would lead to http where a proxy ends the TLS.
        redirect_slashes=False,
        lifespan=lifespan,
        **_without_telemetry(),
    )
    app.state.health = health
    for kind in (
        Failure,
        HTTPException,
        RequestValidationError,
        OptionError,
        UnknownName,
        TooLong,
        Impossible,
    ):
        app.add_exception_handler(kind, _refused)
    # Added directly: an included router adds one more step to each of its routes.
    app.router.routes[:0] = [*Routes(answers, figures, settings.threads).router.routes, *health.router.routes]

    async def describe(request: Request) -> Response:
        # Made when it is first requested: few clients do, and its examples have to be answered.
        if app.openapi_schema is None:
            app.openapi_schema = await run_in_threadpool(description, app, answers)
        mounted = request.scope.get("root_path", "")
        servers = {"servers": [{"url": mounted}]} if mounted else {}
        return kept(request, app.openapi_schema | servers)

    app.add_api_route(
        "/openapi.json", describe, methods=["GET", "HEAD"], include_in_schema=False, response_class=Response
    )
    app.router.routes.extend(page_routes(answers))
    if settings.cors:
        app.add_middleware(open_to, origins=settings.cors)
    app.add_middleware(Guard, settings=settings, figures=figures)
    return app


def _without_telemetry() -> dict[str, Any]:
    """Later versions of FastAPI trace by default, and put refused values into traces."""
    if "telemetry" not in inspect.signature(FastAPI).parameters:
        return {}
    return {"telemetry": {"tracing": False, "metrics": False, "logs": False, "operation_spans": False}}


async def _refused(request: Request, error: Exception) -> Response:
    """The answer to a refused request."""
    failure = _failure(error)
    body = orjson.dumps(failure.to_dict(request.scope["septet"]["request_id"]))
    headers = {"cache-control": "no-store", **failure.headers}
    return Response(body, failure.status, headers, MEDIA_TYPE)


def _failure(error: Exception) -> Failure:
    match error:
        case Failure():
            return error
        case RequestValidationError():
            return failures.of_validation(error.errors())
        case HTTPException():
            return failures.of_status(error.status_code, error.headers)
        case OptionError():
            return failures.of_option(error)
        case UnknownName():
            return failures.of_name(error)
        case TooLong():
            return failures.of_length(error)
        case Impossible():
            return failures.of_sense(error)
    raise error
