"""How hard the properties are tried: the same examples each time, or many new ones.

`make test` repeats itself, so that a change alone can break it. `SEPTET_EXPLORE=20` draws
twenty times as many examples, new ones each time; `make test-properties` says by which seed.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings

EXPLORE = int(os.environ.get("SEPTET_EXPLORE", "0"))

# The machine that runs the tests may be busy: nothing is timed. A failure prints how to repeat it.
settings.register_profile(
    "septet",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    derandomize=not EXPLORE,
    max_examples=100 * max(EXPLORE, 1),
)
settings.load_profile("septet")


def examples(number: int, **others: Any) -> settings:
    """As many examples for one property, where it is not the usual hundred."""
    return settings(max_examples=number * max(EXPLORE, 1), **others)
