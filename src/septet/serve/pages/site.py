"""The site: the routes of the page and its files."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from septet.wording.extras import Needed

from .assets import assets
from .document import document, language_asked

with Needed("septet.serve", "serve", "fastapi", "starlette"):
    from fastapi.routing import APIRoute
    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import Response

if TYPE_CHECKING:
    from septet.serve.answers import Answers

# A path changes with its content, so that a browser need never ask again.
_FOR_EVER = "public, max-age=31536000, immutable"


def page_routes(answers: Answers) -> list[APIRoute]:
    """The routes of the page: ``/`` and what is below ``/static/``, neither of which needs a token."""

    @lru_cache(maxsize=8)
    def page(lang: str) -> tuple[bytes, str]:
        content = document(lang, profiles=answers.known).encode("utf-8")
        return content, f'"{sha256(content).hexdigest()[:20]}"'

    # In a thread: the first page has to be built, which takes longer than a count.
    def index(request: Request) -> Response:
        lang = language_asked(request.query_params.get("lang"), request.headers.get("accept-language"))
        content, tag = page(lang)
        headers = {
            "Content-Language": lang,
            "Vary": "Accept-Language",
            "Cache-Control": "no-cache",
            "ETag": tag,
        }
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(content, media_type="text/html", headers=headers)

    def static(request: Request) -> Response:
        found = assets().get(request.path_params["path"])
        if found is None:
            raise HTTPException(404)
        content, media_type = found
        return Response(content, headers={"Content-Type": media_type, "Cache-Control": _FOR_EVER})

    # As routes of FastAPI, so that the log shows the route.
    told: dict[str, Any] = {"response_class": Response, "include_in_schema": False}
    return [
        APIRoute(path, endpoint, methods=["GET", "HEAD"], **told)
        for path, endpoint in (("/", index), ("/static/{path:path}", static))
    ]
