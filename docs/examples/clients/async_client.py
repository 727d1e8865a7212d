"""The same with httpx and asyncio: many messages at once, each sent once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import httpx

import septet

NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
PAUSES = (1.0, 5.0, 30.0)


async def send(
    client: httpx.AsyncClient, prepared: septet.Prepared, credentials: dict[str, str], url: str | None = None
) -> septet.Response:
    """Sends a prepared message; what may have been taken is never sent again, but raises what happened."""
    prepared.raise_for_problems()
    request, profile = prepared.request, septet.profile(prepared.plan.profile)
    for pause in (*PAUSES, None):
        try:
            answer = await client.request(
                request.method,
                request.address(credentials, url=url),
                content=request.body(credentials),
                headers=request.headers,
            )
        except NOT_SENT:
            if pause is None:
                raise
        else:
            response = profile.read_response(answer.content, http_status=answer.status_code)
            if not response.temporary or pause is None:
                return response
        await asyncio.sleep(pause)
    raise AssertionError("the last pause is none")


async def send_all(
    messages: Iterable[septet.Prepared], credentials: dict[str, str], url: str | None = None, at_once: int = 8
) -> list[septet.Response | BaseException]:
    """Sends all of them, so many at once; each has its answer, or what happened, at its place."""
    free = asyncio.Semaphore(at_once)

    async def one(message: septet.Prepared) -> septet.Response:
        async with free:
            return await send(client, message, credentials, url)

    async with httpx.AsyncClient(timeout=30) as client:
        return await asyncio.gather(*map(one, messages), return_exceptions=True)
