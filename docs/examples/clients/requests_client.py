"""A client with requests: one call, checked before and read after."""

from __future__ import annotations

from typing import Any

import requests

import septet

PROFILE = septet.profile("smsmode")


def send(
    session: requests.Session,
    text: str,
    recipients: list[str],
    *,
    token: str,
    url: str | None = None,
    **options: Any,
) -> septet.Response:
    """Sends a text; raises `septet.RejectedMessage` before anything that would be refused is sent."""
    prepared = septet.prepare(PROFILE, text, recipients=recipients, **options)
    prepared.raise_for_problems()
    request = prepared.request
    answer = session.request(
        request.method,
        request.address(url=url),  # the vendor's own; a test gives that of a played one
        data=request.body({"accessToken": token}),
        headers=request.headers,
        timeout=30,
    )
    return PROFILE.read_response(answer.content, http_status=answer.status_code)
