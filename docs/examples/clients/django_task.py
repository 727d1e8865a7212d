"""A task of Django: enqueued where a transaction commits, and tried once.

From Django 6.0 on, `task` comes from `django.tasks`; before, from the package django-tasks.
"""

from __future__ import annotations

import os
from functools import partial

import httpx
from django.db import transaction
from django_tasks import task

import septet


@task()
def send_sms(text: str, recipient: str) -> list[str]:
    """Sends a text; a task that fails stays as failed, with its reason, and is sent again by nobody."""
    prepared = septet.prepare("envoyersmspro", text, sender="Boutique", recipients=recipient)
    prepared.raise_for_problems()
    request = prepared.request
    answer = httpx.post(
        request.address(url=os.environ.get("ENVOYERSMSPRO_URL")),
        content=request.body(),
        headers=request.headers,
        auth=(os.environ["ENVOYERSMSPRO_LOGIN"], os.environ["ENVOYERSMSPRO_PASSWORD"]),
        timeout=30,
    )
    response = septet.profile("envoyersmspro").read_response(answer.content, http_status=answer.status_code)
    if not response.accepted:
        raise ValueError(f"refused with {response.code}: {response.message}")
    return list(response.message_ids)


def confirm(order: str, recipient: str) -> None:
    """Confirms an order, once what was written about it is there to stay."""
    transaction.on_commit(partial(send_sms.enqueue, f"Votre commande {order} vous attend.", recipient))
