"""Sends a message through Encom. ENCOM_TOKEN is your token, ENCOM_CUSTOMER_ACCOUNT the account.

python encom_client.py 0623123457 "Votre commande est prête."
"""

from __future__ import annotations

import os
import sys
from typing import Any

import httpx

import septet

PROFILE = septet.profile("encom")


def send(client: httpx.Client, text: str, recipient: str, **options: Any) -> septet.Response:
    """Sends a text to one number; raises `septet.RejectedMessage` before anything is refused.

    The document names no error at all: any other answer is a `septet.ResponseError`, without the
    address, which holds the message. Nothing is tried twice.
    """
    account = {"customerAccount": os.environ["ENCOM_CUSTOMER_ACCOUNT"]}
    prepared = septet.prepare(PROFILE, text, recipients=recipient, vendor_fields=account, **options)
    prepared.raise_for_problems()
    # Every parameter travels in the address, as in the document's own examples.
    answer = client.post(
        prepared.request.address(), headers={"Authorization": f"Bearer {os.environ['ENCOM_TOKEN']}"}
    )
    return PROFILE.read_response(answer.content, http_status=answer.status_code)


if __name__ == "__main__":
    with httpx.Client(timeout=30) as client:
        number, text = sys.argv[1:]
        print(send(client, text, number))
