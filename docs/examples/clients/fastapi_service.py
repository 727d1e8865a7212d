"""A service with FastAPI that sends messages: what would be refused is answered with 422, and not sent."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from fastapi import FastAPI, HTTPException, Request
from pydantic import BaseModel

import septet

PROFILE = septet.profile("encom")


class Message(BaseModel):
    """A message and whom it is for."""

    text: str
    recipient: str
    commercial: bool = False


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    async with httpx.AsyncClient(timeout=30) as client:
        app.state.client = client
        yield


app = FastAPI(lifespan=lifespan)


@app.post("/messages", status_code=202)
async def send(message: Message, asked: Request) -> dict[str, Any]:
    """Sends a message, and says in how many segments."""
    prepared = septet.prepare(
        PROFILE,
        message.text,
        recipients=message.recipient,
        commercial=message.commercial,
        vendor_fields={"customerAccount": os.environ["ENCOM_CUSTOMER_ACCOUNT"]},
    )
    if not prepared.ok:
        raise HTTPException(422, [problem.to_dict() for problem in prepared.problems])
    request = prepared.request
    answer = await asked.app.state.client.request(
        request.method,
        request.address(url=os.environ.get("ENCOM_URL")),
        headers=request.headers | {"Authorization": f"Bearer {os.environ['ENCOM_TOKEN']}"},
    )
    response = PROFILE.read_response(answer.content, http_status=answer.status_code)
    return {"ids": response.message_ids, "segments": prepared.plan.billed_segments}
