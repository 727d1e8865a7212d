"""Places in a text: counted in code points, as Python does, or in UTF-16 code units, as others do."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

CODE_POINTS, UTF_16 = "code-points", "utf-16"


def check_places(places: str) -> None:
    """Raises ValueError for an unknown unit of places."""
    if places not in (CODE_POINTS, UTF_16):
        # A value that is not a word may be a text in the wrong place, and a log keeps errors.
        is_a_word = isinstance(places, str) and places.rstrip("0123468").replace("-", "").isalpha()
        found = repr(places) if is_a_word else "what is neither"
        raise ValueError(f"places: expected {CODE_POINTS} or {UTF_16}, found {found}")


def placing(text: str, places: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """A function that converts `start` and `end` of a dict, which are places of a text, to `places`.

    It goes through the text once. Raises ValueError as `check_places` does.
    """
    check_places(places)
    if places == CODE_POINTS or text.isascii():
        return lambda found: found
    # Loaded on first use: the first text to count does not need it.
    import re
    from bisect import bisect_left

    # Each beyond the first plane takes two code units.
    wide = [match.start() for match in re.finditer("[\U00010000-\U0010ffff]", text)]

    def placed(found: dict[str, Any]) -> dict[str, Any]:
        if not wide or found["start"] is None:
            return found
        return found | {key: found[key] + bisect_left(wide, found[key]) for key in ("start", "end")}

    return placed
