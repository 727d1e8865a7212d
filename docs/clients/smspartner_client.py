"""Sends a message through SMS Partner. The key comes from SMSPARTNER_API_KEY.

python smspartner_client.py +33623123457 "Votre commande est prête."
"""

from __future__ import annotations

import os
import sys
from typing import Any

import httpx

import septet

PROFILE = septet.profile("smspartner")


def send(client: httpx.Client, text: str, recipients: list[str], **options: Any) -> septet.Response:
    """Sends a text; raises `septet.RejectedMessage` before anything that would be refused is sent.

    The document names no error that passes by itself, so that nothing is tried twice.
    """
    prepared = septet.prepare(PROFILE, text, recipients=recipients, **options)
    prepared.raise_for_problems()
    request = prepared.request
    answer = client.post(
        request.url,
        content=request.body({"apiKey": os.environ["SMSPARTNER_API_KEY"]}),
        headers={"Content-Type": str(request.content_type)},
    )
    response = PROFILE.read_response(answer.content, http_status=answer.status_code)
    if response.accepted:
        bill = septet.reconcile(prepared, response)
        if bill.agrees is False:
            print(bill.note, file=sys.stderr)
    return response


if __name__ == "__main__":
    with httpx.Client(timeout=30) as client:
        number, text = sys.argv[1:]
        print(send(client, text, [number]))
