"""The peers in Python, as the conformance suite asks them: `python python_peers.py smsutil`.

They are called by the functions that the benches time. What they do not return is left out, and what they do
not support (national tables, ports, a requested encoding) is reported.
"""

from __future__ import annotations

import json
import sys
from typing import Any


def ends(parts: list[str]) -> list[int]:
    """The places, in code points, at which consecutive parts end."""
    found, place = [], 0
    for part in parts:
        place += len(part)
        found.append(place)
    return found


def smsutil(text: str, encoding: str | None) -> dict[str, Any]:
    from smsutil import split

    if encoding:
        return {"cannot": "no encoding can be asked for"}
    found = split(text)
    return {
        "encoding": {"gsm0338": "gsm7", "utf_16_be": "ucs2"}[found.encoding],
        "segments": len(found.parts),
        "ends": ends([part.content for part in found.parts]),
    }


def sms_toolkit(text: str, encoding: str | None) -> dict[str, Any]:
    from sms_toolkit.messages.profiling import profile_message

    if encoding:
        return {"cannot": "no encoding can be asked for"}
    found = profile_message(text)
    encodings = {160: "gsm7", 153: "gsm7", 70: "ucs2", 67: "ucs2"}
    return {"encoding": encodings[found["max_segment_size"]], "segments": found["num_segments"]}


def smpplib(text: str, encoding: str | None) -> dict[str, Any]:
    from smpplib import consts
    from smpplib.gsm import make_parts

    parts, coding, _ = (
        make_parts(text, encoding=consts.SMPP_ENCODING_ISO10646) if encoding else make_parts(text)
    )
    return {
        "encoding": {consts.SMPP_ENCODING_DEFAULT: "gsm7", consts.SMPP_ENCODING_ISO10646: "ucs2"}[coding],
        "segments": len(parts),
    }


PEERS = {"smsutil": smsutil, "sms-toolkit": sms_toolkit, "smpplib": smpplib}


def answer(case: dict[str, Any]) -> dict[str, Any]:
    ask = case["ask"]
    if further := ask.keys() - {"encoding"}:
        return {"cannot": f"{sorted(further)} are not offered"}
    try:
        return PEERS[sys.argv[1]](case["text"], ask.get("encoding"))
    except Exception as error:  # whatever a peer raises is its answer
        return {"segments": -1, "error": repr(error)}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
