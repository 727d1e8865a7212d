"""Sends a message through sMsmode (API HTTP 2.7). The access token comes from SMSMODE_ACCESS_TOKEN.

python smsmode_client.py 0623123457 "Votre commande est prête."
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import httpx

import septet

PROFILE = septet.profile("smsmode")
# Section 2, « Réponse »: code 50 is « Temporairement inaccessible », the only one worth another try.
PAUSES = (1.0, 5.0, 30.0)


def send(client: httpx.Client, text: str, recipients: list[str], **options: Any) -> septet.Response:
    """Sends a text; raises `septet.RejectedMessage` before anything that would be refused is sent."""
    prepared = septet.prepare(PROFILE, text, recipients=recipients, **options)
    prepared.raise_for_problems()
    response = post(client, prepared.request)
    for pause in PAUSES:
        if not response.temporary:
            break
        time.sleep(pause)
        response = post(client, prepared.request)
    return response


def post(client: httpx.Client, request: septet.Request) -> septet.Response:
    """One call; the token travels in the body, where no log of addresses keeps it."""
    token = {"accessToken": os.environ["SMSMODE_ACCESS_TOKEN"]}
    answer = client.post(
        request.url, content=request.body(token), headers={"Content-Type": str(request.content_type)}
    )
    return PROFILE.read_response(answer.content, http_status=answer.status_code)


if __name__ == "__main__":
    with httpx.Client(timeout=30) as client:
        number, text = sys.argv[1:]
        print(send(client, text, [number]))
