"""Guards: checks before every answer, which may refuse a request before its body is read."""

from __future__ import annotations

import asyncio
import hmac
import re
import secrets
import time
from collections import OrderedDict
from typing import Any

import orjson
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import observing
from .failures import MEDIA_TYPE, Failure
from .headers import security_headers
from .observing import Figures
from .origins import open_to
from .settings import Settings

_REQUEST_ID = re.compile(rb"[\w-]{1,64}", re.ASCII)

#: Paths that need no token: the page, which asks for one, and the requests of a supervisor.
OPEN_PATHS = ("/", "/livez", "/readyz")
OPEN_FOLDER = "/static/"

#: The most clients that are told apart where the rate of each is limited.
_MOST_CLIENTS = 10_000


class _Gone(Exception):  # noqa: N818 (nothing went wrong here)
    """The client went away before its body had arrived."""


class Guard:
    """Around an application: identity, headers, limits and the log of each request; safe in one loop."""

    def __init__(self, app: ASGIApp, settings: Settings, figures: Figures) -> None:
        self._app = app
        self._settings = settings
        self._figures = figures
        self._headers = security_headers(settings.frame_ancestors)
        self._hosts = frozenset(host.lower() for host in settings.hosts)
        self._tokens = settings.tokens()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        headers = _Headers(scope)
        request_id = headers.request_id
        scope["septet"] = facts = {"request_id": request_id}
        answer = _Answer(send, self._headers, request_id)
        self._running += 1
        try:
            body = await self._admitted(scope, headers, receive)
            await self._app(scope, _replaying(body, receive), answer)
        except _Gone:
            answer.status = 499
        except Failure as failure:
            if headers.has_body:
                # The unread part of the body is not waited for.
                failure.headers.setdefault("connection", "close")
            await self._refuse(failure, scope, receive, answer)
        except Exception as error:
            observing.log_failure(request_id, error)
            await self._refuse(Failure("internal"), scope, receive, answer)
        finally:
            self._running -= 1
            self._observe(scope, facts, answer, time.perf_counter() - began, headers)

    async def _refuse(self, failure: Failure, scope: Scope, receive: Receive, answer: _Answer) -> None:
        """Sends a failure, unless an answer has begun: then the connection ends within it."""
        if answer.status:
            return
        refused = _refusal(failure, scope["septet"]["request_id"])
        # A page of an allowed origin may also read why it is refused.
        if self._settings.cors and scope["method"] != "OPTIONS":
            refused = open_to(refused, self._settings.cors)
        await refused(scope, receive, answer)

    async def _admitted(self, scope: Scope, headers: _Headers, receive: Receive) -> bytes:
        """The body of an admitted request. Raises Failure."""
        settings = self._settings
        if self._hosts and headers.host not in self._hosts:
            raise Failure(
                "host-not-allowed", "Expected a host that the service is set to answer to (--allow-host)."
            )
        if self._running > settings.concurrency:
            raise Failure("overloaded", headers={"retry-after": "1"})
        if settings.rate is not None:
            self._take_one(scope, settings.rate)
        if self._tokens and not _is_open(scope) and not self._knows(headers.authorization):
            raise Failure("unauthorized", headers={"www-authenticate": 'Bearer realm="septet"'})
        if headers.length is not None and headers.length > settings.max_body:
            raise self._too_large()
        if not headers.has_body:
            return b""
        try:
            async with asyncio.timeout(settings.body_seconds):
                return await self._read(receive)
        except TimeoutError:
            raise Failure("timeout") from None

    async def _read(self, receive: Receive) -> bytes:
        parts, size = [], 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise _Gone
            part: bytes = message.get("body", b"")
            size += len(part)
            if size > self._settings.max_body:
                raise self._too_large()
            parts.append(part)
            if not message.get("more_body", False):
                return parts[0] if len(parts) == 1 else b"".join(parts)

    def _too_large(self) -> Failure:
        limit = self._settings.max_body
        return Failure("too-large", f"Expected at most {limit} octets.", limit=limit)

    def _knows(self, authorization: bytes) -> bool:
        scheme, _, token = authorization.partition(b" ")
        if scheme.lower() != b"bearer":
            return False
        # Each token is compared, so that the time does not show which one was near.
        return sum(hmac.compare_digest(token.strip(), known) for known in self._tokens) > 0

    def _take_one(self, scope: Scope, rate: float) -> None:
        """Takes a token from the client's bucket, which fills as time goes by. Raises Failure."""
        client, now = (scope.get("client") or ("", 0))[0], time.monotonic()
        most = max(1.0, rate)
        left, before = self._buckets.pop(client, (most, now))
        left = min(most, left + (now - before) * rate)
        if left < 1:
            self._buckets[client] = left, now
            raise Failure("rate-limited", headers={"retry-after": str(max(1, round((1 - left) / rate)))})
        self._buckets[client] = left - 1, now
        if len(self._buckets) > _MOST_CLIENTS:
            self._buckets.popitem(last=False)

    def _observe(
        self, scope: Scope, facts: dict[str, Any], answer: _Answer, seconds: float, headers: _Headers
    ) -> None:
        route = getattr(scope.get("route"), "path", "unmatched")
        self._figures.answered(route, answer.status, seconds)
        if self._settings.access_log:
            record = {
                "request_id": facts["request_id"],
                "method": scope["method"] if scope["method"] in _METHODS else "OTHER",
                "route": route,
                "status": answer.status,
                "duration_ms": round(seconds * 1000, 3),
                "bytes_in": headers.length or 0,
                "bytes_out": answer.size,
                "profile": facts.get("profile", "-"),
            }
            observing.log_request(record)


_MOST_DIGITS = 18

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"})


class _Headers:
    """The headers of a request that a guard reads."""

    __slots__ = ("authorization", "has_body", "host", "length", "request_id")

    def __init__(self, scope: Scope) -> None:
        self.authorization = b""
        # Later versions of HTTP need no header for a body.
        self.has_body = scope["http_version"] > "1.1" and scope["method"] not in ("GET", "HEAD")
        self.host = ""
        self.length: int | None = None
        given = b""
        for name, value in scope["headers"]:
            if name == b"content-length":
                # Any number of a thousand digits is too large.
                self.length = int(value[:_MOST_DIGITS]) if value.isdigit() else None
                self.has_body = self.length != 0
            elif name == b"host":
                self.host = _host(value)
            elif name == b"authorization":
                self.authorization = value
            elif name == b"transfer-encoding":
                self.has_body = True
            elif name == b"x-request-id":
                given = value
        self.request_id = given.decode() if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)


def _host(value: bytes) -> str:
    """The name in a Host header, without its port; an address of IPv6 in its brackets."""
    name = value.decode("latin-1").lower()
    return name.partition("]")[0] + "]" if name.startswith("[") else name.partition(":")[0]


class _Answer:
    """The sent messages, with the headers of every answer."""

    __slots__ = ("_headers", "_request_id", "_send", "size", "status")

    def __init__(self, send: Send, headers: list[tuple[bytes, bytes]], request_id: str) -> None:
        self._send = send
        self._headers = headers
        self._request_id = request_id
        self.status = 0
        self.size = 0

    async def __call__(self, message: Message) -> None:
        """Sends a message of the application."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            own = {name for name, _ in message["headers"]}
            message["headers"] = [
                *message["headers"],
                *(pair for pair in self._headers if pair[0] not in own),
                (b"x-request-id", self._request_id.encode()),
            ]
        else:
            self.size += len(message.get("body", b""))
        await self._send(message)


def _refusal(failure: Failure, request_id: str) -> ASGIApp:
    """An application that answers every request with a failure."""
    body = orjson.dumps(failure.to_dict(request_id))
    headers = {
        "content-type": MEDIA_TYPE,
        "content-length": str(len(body)),
        "cache-control": "no-store",
        **failure.headers,
    }
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def refused(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": failure.status, "headers": pairs})
        await send({"type": "http.response.body", "body": body})

    return refused


def path_of(scope: Scope) -> str:
    """The path within this application, wherever it is mounted."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root) :] or "/" if root and path.startswith(root) else path


def _is_open(scope: Scope) -> bool:
    # With OPTIONS, a browser asks whether it may send a token.
    path = path_of(scope)
    return path in OPEN_PATHS or path.startswith(OPEN_FOLDER) or scope["method"] == "OPTIONS"


def _replaying(body: bytes, receive: Receive) -> Receive:
    """Gives an application a body that was already read, and then the messages after it."""
    is_given = False

    async def replayed() -> Message:
        nonlocal is_given
        if is_given:
            return await receive()
        is_given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed
