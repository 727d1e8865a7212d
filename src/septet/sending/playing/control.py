"""Control over HTTP: what a test in another language asks of a played vendor, beside the vendor's calls.

``GET /septet/received`` gives the calls so far, ``DELETE`` forgets them; ``POST /septet/fail`` takes the
arguments of `PlayedVendor.fail` as JSON, ``DELETE`` takes back what is still to come.
"""

from __future__ import annotations

import json

from .calls import Answer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    from .calls import Call, Received

    class Controlled(Protocol):
        """A vendor that is played."""

        @property
        def received(self) -> tuple[Received, ...]:
            """The calls so far."""

        def forget(self) -> None:
            """Forgets them."""

        def recover(self) -> None:
            """Takes back the failures that are still to come."""

        @property
        def fail(self) -> Any:
            """Lets the next call fail."""


RECEIVED, FAIL = "/septet/received", "/septet/fail"
_ARGUMENTS = ("code", "message", "status", "slow", "half", "times")


def controlled(vendor: Controlled, call: Call) -> Answer | None:
    """The answer to a call of this control; None to a call of the vendor's."""
    if call.path not in (RECEIVED, FAIL):
        return None
    if (call.method, call.path) == ("GET", RECEIVED):
        return _json(200, {"received": [one.to_dict() for one in vendor.received]})
    if (call.method, call.path) == ("DELETE", RECEIVED):
        vendor.forget()
        return _json(200, {"received": []})
    if (call.method, call.path) == ("DELETE", FAIL):
        vendor.recover()
        return _json(200, {})
    if (call.method, call.path) != ("POST", FAIL):
        return _json(405, {"error": f"{call.path}: expected {_methods(call.path)}, found {call.method}"})
    try:
        arguments = json.loads(call.body)
        if not isinstance(arguments, dict) or not arguments.keys() <= {*_ARGUMENTS}:
            raise ValueError(f"expected JSON with some of {', '.join(_ARGUMENTS)}")
        vendor.fail(arguments.pop("code", None), **arguments)
    except (TypeError, ValueError, RecursionError) as error:
        return _json(400, {"error": str(error)})
    return _json(200, {})


def _methods(path: str) -> str:
    return "GET or DELETE" if path == RECEIVED else "POST or DELETE"


def _json(status: int, content: dict[str, Any]) -> Answer:
    return Answer(status, "application/json", json.dumps(content).encode("ascii"))
