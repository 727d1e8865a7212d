"""Origins: lets pages of other origins send requests and read the answers (CORS)."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

# The methods and headers that a page of another origin may use, and the headers of an answer that it may see.
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_HEADERS = ("Authorization", "Content-Type", "X-Request-Id")
_SEEN = ("ETag", "Retry-After", "X-Request-Id")


def open_to(app: ASGIApp, origins: Sequence[str]) -> ASGIApp:
    """An application that pages of these origins may use as well; never with credentials."""
    return CORSMiddleware(
        app, allow_origins=origins, allow_methods=_METHODS, allow_headers=_HEADERS, expose_headers=_SEEN
    )
