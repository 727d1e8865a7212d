"""A campaign from a spreadsheet to the bill, through one vendor; every figure is the same from end to end."""

from __future__ import annotations

import csv
import datetime
import io
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pyarrow as pa

import septet
from septet.campaign import PriceList, estimate
from septet.testing import PlayedVendor

ON = datetime.date(2026, 12, 1)


class Told(NamedTuple):
    """What was estimated, planned, received, billed and logged."""

    estimated: int
    planned: int
    received: int
    #: None where the vendor does not say what it billed.
    billed: int | None
    cost: Decimal
    charged: Decimal | None
    #: The vendor's log, held against what is planned.
    log: septet.Calibration


def campaign(
    sheet: Path, optouts: Path, prices: Path, vendor: PlayedVendor, each: Decimal, **options: Any
) -> Told:
    """Sends a spreadsheet's messages to all who have not opted out, and checks what it came to.

    `each` is what the vendor asks for a segment.
    """
    profile = vendor.profile
    sender = options.pop("sender", None)
    fields = options.pop("vendor_fields", None)
    options["commercial"] = True

    # 1. What will it cost, without those who wanted no more messages?
    batches: list[pa.RecordBatch] = []
    expected = estimate(
        sheet,
        profile=profile,
        recipient="mobile",
        exclude=optouts,
        prices=PriceList.load(prices),
        on=ON,
        sink=batches.append,
        **options,
    )
    (cost,) = expected.costs
    # Those who were left out are in no batch.
    rows = [row for batch in batches for row in batch.to_pylist()]

    # 2. The calls: one file for all where the vendor takes files of rows, otherwise one call for each row.
    if profile.rule("batch") is not None:
        planned, billed, charged = as_a_file(vendor, rows, sender, options)
    else:
        planned, billed, charged = one_by_one(vendor, rows, sender, fields, options)
    received = sum(call.segments * len(call.recipients) for call in vendor.received)
    assert all(not call.faults for call in vendor.received)

    # 3. Weeks later, the vendor's log: was each row billed as it is planned, at the price of the list?
    log = septet.calibrate(
        console_log(vendor, sheet.with_name("log.csv"), each),
        profile,
        text="Message",
        segments="Nb SMS",
        price="Prix",
        recipient="Destinataire",
        date="Date",
        prices=PriceList.load(prices),
        **options,
    )
    return Told(expected.segments, planned, received, billed, cost.amount, charged, log)


def as_a_file(
    vendor: PlayedVendor, rows: list[Any], sender: str | None, options: Any
) -> tuple[int, None, None]:
    """Writes the vendor's file, checks it once more as it stands, and sends it in one call."""
    file = io.BytesIO()
    report = septet.batch_file(
        [(row["mobile"], row["message"]) for row in rows],
        file,
        profile=vendor.profile,
        sender=sender,
        **options,
    )
    report.raise_for_problems()
    call = septet.prepare_batch(vendor.profile, io.BytesIO(file.getvalue()), sender=sender, **options)
    call.raise_for_problems()
    request = call.request
    address = request.address({"accessToken": "token"}, url=vendor.batch_url)
    answer = httpx.post(address, content=request.body(), headers=request.headers)
    assert vendor.profile.read_response(answer.content, http_status=answer.status_code).accepted
    return report.billed_segments, None, None


def one_by_one(
    vendor: PlayedVendor, rows: list[Any], sender: str | None, fields: Any, options: Any
) -> tuple[int, int | None, Decimal | None]:
    """Prepares each row, sends it, reads the answer, and holds what was billed against the plan."""
    planned, billed, charged = 0, 0, Decimal(0)
    tells_segments = tells_cost = True
    with httpx.Client() as client:
        for row in rows:
            message = septet.prepare(
                *(vendor.profile, row["message"]),
                recipients=row["mobile"],
                sender=sender,
                vendor_fields=fields,
                **options,
            )
            message.raise_for_problems()
            request = message.request
            answer = client.post(
                request.address(url=vendor.url), content=request.body(), headers=request.headers
            )
            response = vendor.profile.read_response(answer.content, http_status=answer.status_code)
            found = septet.reconcile(message, response)
            assert found.agrees is not False, found.note
            planned += message.plan.billed_segments
            tells_segments &= found.billed is not None
            tells_cost &= found.cost is not None
            billed += found.billed or 0
            charged += found.cost or 0
    return planned, billed if tells_segments else None, charged if tells_cost else None


def console_log(vendor: PlayedVendor, path: Path, each: Decimal) -> Path:
    """What a played vendor received, written as a vendor's console gives it: a CSV file with semicolons."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(("Date", "Destinataire", "Message", "Nb SMS", "Prix"))
        for call in vendor.received:
            price = str(each * call.segments).replace(".", ",")
            for recipient in call.recipients:
                rows.writerow((f"{ON:%d/%m/%Y}", recipient, call.written, call.segments, price))
    return path
