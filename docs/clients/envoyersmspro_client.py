"""Sends a message through Envoyer SMS Pro (HTTP REST 2.10.0).

Login and password come from ENVOYERSMSPRO_LOGIN and ENVOYERSMSPRO_PASSWORD; with several accounts,
ENVOYERSMSPRO_ACCOUNT says which one is billed.

    python envoyersmspro_client.py 33600000001 Societe "Votre commande est prête."
"""

from __future__ import annotations

import os
import sys
import time
from typing import Any

import httpx

import septet

PROFILE = septet.profile("envoyersmspro")
# « HTTP Status Codes »: after a 503, « Merci de réessayer plus tard ». No other code asks for that.
PAUSES = (5.0, 30.0, 120.0)


def send(
    client: httpx.Client, text: str, recipients: list[str], sender: str, **options: Any
) -> septet.Response:
    """Sends a text; raises `septet.RejectedMessage` before anything that would be refused is sent."""
    prepared = septet.prepare(PROFILE, text, sender=sender, recipients=recipients, **options)
    prepared.raise_for_problems()
    for pause in PAUSES:
        try:
            return post(client, prepared.request)
        except septet.ResponseError as error:
            # An overloaded server answers with its status, and with no document of the vendor's.
            if not error.temporary:
                raise
            time.sleep(pause)
    return post(client, prepared.request)


def post(client: httpx.Client, request: septet.Request) -> septet.Response:
    """One call, by HTTP Basic, which the document calls the safest."""
    password = os.environ["ENVOYERSMSPRO_PASSWORD"]
    if account := os.environ.get("ENVOYERSMSPRO_ACCOUNT"):
        # login:password:accountid; the field accountid is for those who do not use HTTP Basic.
        password = f"{password}:{account}"
    login = httpx.BasicAuth(os.environ["ENVOYERSMSPRO_LOGIN"], password)
    answer = client.post(
        request.url,
        content=request.body(),
        headers={"Content-Type": str(request.content_type)},
        auth=login,
    )
    return PROFILE.read_response(answer.content, http_status=answer.status_code)


if __name__ == "__main__":
    with httpx.Client(timeout=30) as client:
        number, sender, text = sys.argv[1:]
        print(send(client, text, [number], sender))
