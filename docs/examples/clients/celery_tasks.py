"""A task of Celery. It is acknowledged before it runs, so that a worker that dies sends nothing twice."""

from __future__ import annotations

import os
from typing import Any

import httpx
from celery import Celery

import septet

app = Celery("messages")
PROFILE = septet.profile("smspartner")


@app.task(bind=True, acks_late=False, max_retries=5)
def send_sms(self: Any, text: str, recipient: str, options: dict[str, Any] | None = None) -> list[str]:
    """Sends a text and gives the vendor's identifiers; a message that would be refused fails at once."""
    prepared = septet.prepare(PROFILE, text, recipients=recipient, **(options or {}))
    prepared.raise_for_problems()
    request, key = prepared.request, {"apiKey": os.environ["SMSPARTNER_API_KEY"]}
    address = request.address(url=os.environ.get("SMSPARTNER_URL"))
    try:
        answer = httpx.post(address, content=request.body(key), headers=request.headers, timeout=30)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise self.retry(exc=error, countdown=60) from error  # it was never sent
    response = PROFILE.read_response(answer.content, http_status=answer.status_code)
    if response.temporary:
        raise self.retry(countdown=60)
    if not response.accepted:
        raise ValueError(f"refused with {response.code}: {response.message}")
    return list(response.message_ids)
