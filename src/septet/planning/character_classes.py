"""Character classes: sets of characters for RE2, the regular expressions that Arrow uses."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable


def ranges(characters: Iterable[str]) -> str:
    """The inside of a class of characters."""
    runs: list[list[int]] = []
    for ordinal in sorted(map(ord, characters)):
        if runs and runs[-1][1] == ordinal - 1:
            runs[-1][1] = ordinal
        else:
            runs.append([ordinal, ordinal])
    return "".join(f"\\x{{{first:X}}}-\\x{{{last:X}}}" for first, last in runs)
