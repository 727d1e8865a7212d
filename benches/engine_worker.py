"""One Python engine in a process of its own: answers and times what `engines.py` asks for.

Run as ``python engine_worker.py NAME``; requests and answers are lines of JSON. A peer is called
by its fastest function that returns both the encoding and the number of segments, and only that
call is timed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib.metadata import version
from typing import Any, NamedTuple

from timing import Sampler, each

Answer = tuple[str, int]


class Engine(NamedTuple):
    version: str
    #: What is timed.
    call: Callable[[str], Any]
    #: Encoding and segments, for a text and the result of `call`.
    read: Callable[[str, Any], Answer]


def _septet(kernel: str) -> Engine:
    import septet

    if kernel != septet.KERNEL:
        raise ModuleNotFoundError(f"the {kernel} kernel is not there: build it with `pip install -e .`")
    planner = septet.Planner()
    return Engine(
        septet.__version__, planner.count, lambda text, count: (planner.measure(text).encoding, count)
    )


def _smsutil() -> Engine:
    import smsutil

    encodings = {"gsm0338": "gsm7", "utf_16_be": "ucs2"}
    return Engine(
        version("smsutil"), smsutil.split, lambda _, found: (encodings[found.encoding], len(found.parts))
    )


def _sms_toolkit() -> Engine:
    from sms_toolkit.messages.profiling import profile_message

    # Its profile only shows the encoding by how many units a segment holds.
    encodings = {160: "gsm7", 153: "gsm7", 70: "ucs2", 67: "ucs2"}
    return Engine(
        version("sms-toolkit"),
        profile_message,
        lambda _, found: (encodings[found["max_segment_size"]], found["num_segments"]),
    )


def _smpplib() -> Engine:
    from smpplib import consts
    from smpplib.gsm import make_parts

    encodings = {consts.SMPP_ENCODING_DEFAULT: "gsm7", consts.SMPP_ENCODING_ISO10646: "ucs2"}
    return Engine(version("smpplib"), make_parts, lambda _, found: (encodings[found[1]], len(found[0])))


ENGINES = {
    "septet": lambda: _septet("cython"),
    "septet, pure Python": lambda: _septet("python"),
    "smsutil": _smsutil,
    "sms-toolkit": _sms_toolkit,
    "smpplib": _smpplib,
}


def main() -> None:
    try:
        engine = ENGINES[sys.argv[1]]()
    except ImportError as error:
        _say({"missing": str(error)})
        return
    _say({"version": engine.version})
    loops: dict[str, Sampler] = {}
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "answer":
            _say([engine.read(text, engine.call(text)) for text in request["texts"]])
        elif request["do"] == "load":
            loops[request["name"]] = each("call(text)", tuple(request["texts"]), call=engine.call)
            _say(None)
        else:
            _say(loops[request["name"]](request["seconds"]))


def _say(answer: object) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
