"""A check for schemathesis: what the description allows is refused for a vendor's reasons alone."""

from __future__ import annotations

from typing import Any

import schemathesis

#: A request that is as its schema says may ask a vendor for what it does not do.
ALLOWED = ("urn:septet:problem:invalid-option", "urn:septet:problem:unknown-profile")


@schemathesis.check
def refused_for_a_vendors_reasons(context: Any, response: Any, case: Any) -> None:
    """Fails where a request of the schema is refused for another reason."""
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code != 422:
        return
    kind = response.json()["type"]
    assert kind in ALLOWED, f"a request that is as its schema says is refused: {kind}"
