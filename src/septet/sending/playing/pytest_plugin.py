"""The pytest fixture `septet_vendor`, which pytest finds by itself where septet is installed.

Pytest imports it in every project when it starts: so nothing of septet is imported until a test needs it.
PYTEST_DONT_REWRITE
"""

from __future__ import annotations

from contextlib import ExitStack

import pytest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from .vendors import PlayedVendor


@pytest.fixture
def septet_vendor() -> Iterator[Callable[..., PlayedVendor]]:
    """Plays vendors until the test ends: ``vendor = septet_vendor("smsmode")``."""
    from .vendors import vendor

    with ExitStack() as stack:

        def played(profile: Any, **options: Any) -> PlayedVendor:
            return stack.enter_context(vendor(profile, **options))

        yield played
