"""Drafts: what a rule says of a text, before its place in the file and its cost are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from septet.wording.messages import Words

from .findings import Segments

if TYPE_CHECKING:
    from septet.wording.problems import Severity


class Draft(NamedTuple):
    """What a rule says of an entry."""

    rule: str
    message: Words
    #: The characters of the entry's text that are meant; None: all of it.
    start: int | None = None
    end: int | None = None
    #: What the entry takes, and what it would take without what was found.
    segments: Segments | None = None
    without: Segments | None = None
    is_fixable: bool = False
    #: Where in this case it only informs.
    severity: Severity | None = None

    @property
    def saved(self) -> int:
        """Billed segments of each message that what was found costs."""
        if self.segments is None or self.without is None:
            return 0
        fewer = self.segments.fewest - self.without.fewest
        return max(0, self.segments.most - self.without.most) or max(0, fewer)
