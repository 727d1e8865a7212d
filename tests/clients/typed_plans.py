"""How a client uses plans, only for mypy --strict: `make lint` checks it, nothing runs it.

A line with an ignore must be an error, otherwise mypy reports an unused ignore.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, assert_type

import septet


def plans() -> None:
    plan = septet.plan("text", profile="gsm", max_segments=2)
    assert_type(plan, septet.Plan)
    assert_type(plan.cost("0.038"), Decimal)
    assert_type(plan.segments, tuple[septet.Segment, ...])
    assert_type(plan.problems, tuple[septet.Problem, ...])
    assert_type(plan.problems[0].start, int | None)
    assert_type(plan.to_dict(), dict[str, Any])
    assert_type(septet.Planner("gsm").count("text"), int)
    assert_type(septet.Planner("gsm", language=("tr", "es")).measure("text").units, int)
    assert_type(septet.schema("plan"), dict[str, Any])


def octets() -> None:
    plan = septet.plan("text", "smpp", encoding="latin1", ports=(2948, 9200), header=b"\x70\x00")
    references = septet.References()
    assert_type(references.next("33612345678", wide=True), int)
    assert_type(plan.user_data(references), tuple[septet.UserData, ...])
    assert_type(plan.submit_pdus("36000", reference=7), tuple[septet.Pdu, ...])
    messages = plan.short_messages(reference=references, way="sar")
    assert_type(messages, tuple[septet.ShortMessage, ...])
    assert_type(messages[0].fields, dict[str, Any])
    assert_type(messages[0].receipt, septet.Receipt | None)
    assert_type(septet.recut(b"octets", 3), tuple[septet.ShortMessage, ...])
    pdu = septet.read_pdu("00", smsc=True)
    assert_type(pdu.address, str)
    assert_type(pdu.timestamp, datetime | None)
    assert_type(septet.Reassembler().add(messages[0], sender="a"), str | None)


def mistakes() -> None:
    septet.plan(b"text")  # type: ignore[arg-type]
    septet.plan("text", "gsm", max_segment=2)  # type: ignore[call-arg]
    septet.plan("text", encoding="utf-8")  # type: ignore[arg-type]
    septet.plan("text").units = 3  # type: ignore[misc]
    septet.plan("text").problems[0].code = "other"  # type: ignore[misc]
