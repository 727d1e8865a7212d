"""A check for schemathesis: what the description allows is only refused for a vendor's reasons."""

from __future__ import annotations

from typing import Any

import schemathesis

#: A valid request may request something that a vendor does not support.
ALLOWED = ("urn:septet:problem:invalid-option", "urn:septet:problem:unknown-profile")


@schemathesis.check
def refused_for_a_vendors_reasons(context: Any, response: Any, case: Any) -> None:
    """Fails if a valid request is refused for another reason."""
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code != 422:
        return
    kind = response.json()["type"]
    assert kind in ALLOWED, f"a request that is as its schema says is refused: {kind}"
