"""A client with httpx that tries again where that is safe, and never sends twice."""

from __future__ import annotations

import time

import httpx

import septet

# Nothing has left this machine yet, so that the call may be made again.
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
PAUSES = (1.0, 5.0, 30.0)


class UnsettledError(Exception):
    """Nobody knows whether the message went out: look it up, and do not send it again."""


def send(
    client: httpx.Client, prepared: septet.Prepared, credentials: dict[str, str], url: str | None = None
) -> septet.Response:
    """Sends a prepared message; what the vendor refuses for a while is tried again."""
    prepared.raise_for_problems()
    request, profile = prepared.request, septet.profile(prepared.plan.profile)
    for pause in (*PAUSES, None):
        try:
            answer = client.request(
                request.method,
                request.address(credentials, url=url),
                content=request.body(credentials),
                headers=request.headers,
            )
            response = profile.read_response(answer.content, http_status=answer.status_code)
        except NOT_SENT:
            if pause is None:
                raise
        except (httpx.TransportError, septet.ResponseError) as error:
            # It was on its way, or was answered by no document: it may have been taken.
            raise UnsettledError(str(error)) from error
        else:
            # A documented refusal took nothing, so that the same call may be made again.
            if not response.temporary or pause is None:
                return response
        time.sleep(pause)
    raise AssertionError("the last pause is none")
