"""How hard the properties are tried: the same few examples each time, or many new ones.

`make test` tries the same examples each time, so that only a change can break it, and a quarter of those that
a property names. `SEPTET_EXPLORE=20` draws twenty times as many as it names, new ones each time;
`make test-properties` prints the seed.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings

EXPLORE = int(os.environ.get("SEPTET_EXPLORE", "0"))


def _tried(named: int) -> int:
    return named * EXPLORE if EXPLORE else max(named // 4, 1)


# The machine that runs the tests may be busy: nothing is timed. A failure prints how to repeat it.
settings.register_profile(
    "septet",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    derandomize=not EXPLORE,
    max_examples=_tried(100),
)
settings.load_profile("septet")


def examples(number: int, **others: Any) -> settings:
    """As many examples for one property, where it is not the usual hundred."""
    return settings(max_examples=_tried(number), **others)
