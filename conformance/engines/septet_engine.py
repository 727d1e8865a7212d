"""septet, as the conformance suite asks it."""

from __future__ import annotations

import json
import sys
from typing import Any

import septet


def answer(text: str, ask: dict[str, Any]) -> dict[str, Any]:
    options = dict(ask)
    vendor = options.pop("vendor", "gsm")
    if "languages" in options:
        options["language"] = tuple(options.pop("languages"))
    if "ports" in options:
        options["ports"] = tuple(options["ports"])
    plan = septet.plan(text, vendor, **options)
    return {
        "encoding": plan.encoding,
        "units": plan.units,
        "segments": plan.billed_segments,
        "ends": [segment.end for segment in plan.segments],
        "shown": plan.text,
        "remaining": plan.remaining,
        "truncated": plan.truncated,
    }


for line in sys.stdin:
    case = json.loads(line)
    print(json.dumps(answer(case["text"], case["ask"])), flush=True)
