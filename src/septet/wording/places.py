"""Places in a text: counted in code points, as Python does, or in UTF-16 code units, as others do."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

CODE_POINTS, UTF_16 = "code-points", "utf-16"


def check_places(places: str) -> None:
    """Raises ValueError for what places are not counted in."""
    if places not in (CODE_POINTS, UTF_16):
        raise ValueError(f"places: expected {CODE_POINTS} or {UTF_16}")


def placing(text: str, places: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """What counts `start` and `end` of a dict in `places`, where they are places of a text.

    The text is gone through once. Raises ValueError as `check_places` does.
    """
    check_places(places)
    if places == CODE_POINTS or text.isascii():
        return lambda found: found
    # Loaded when asked for: a first text to count is not.
    import re
    from bisect import bisect_left

    # Each beyond the first plane takes two code units.
    wide = [match.start() for match in re.finditer("[\U00010000-\U0010ffff]", text)]

    def placed(found: dict[str, Any]) -> dict[str, Any]:
        if not wide or found["start"] is None:
            return found
        return found | {key: found[key] + bisect_left(wide, found[key]) for key in ("start", "end")}

    return placed
