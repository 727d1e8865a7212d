"""Ways: one replacement in a text, with what its reader will see of it."""

from __future__ import annotations

from typing import NamedTuple


class Way(NamedTuple):
    """One way to write ``text[start:end]`` otherwise; the less `loss`, the less a reader sees of it."""

    start: int
    end: int
    source: str
    replacement: str
    step: str
    loss: int

    def at(self, start: int) -> Way:
        """The same way in another text, that many characters further on."""
        # Skips the constructor: a text may have a way at each character.
        return tuple.__new__(Way, (self[0] + start, self[1] + start, *self[2:]))
