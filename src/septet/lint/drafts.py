"""Drafts: the finding of a rule about a text, before its place in the file and its cost are known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from septet.wording.messages import Words

from .findings import Segments

if TYPE_CHECKING:
    from septet.wording.problems import Severity


class Draft(NamedTuple):
    """The finding of a rule about an entry."""

    rule: str
    message: Words
    #: The characters of the entry's text that it is about; None: the whole text.
    start: int | None = None
    end: int | None = None
    #: The segments of the entry, and those it would take without the finding.
    segments: Segments | None = None
    without: Segments | None = None
    is_fixable: bool = False
    #: Set where the rule only informs in this case.
    severity: Severity | None = None

    @property
    def saved(self) -> int:
        """The billed segments per message that the finding costs."""
        if self.segments is None or self.without is None:
            return 0
        fewer = self.segments.fewest - self.without.fewest
        return max(0, self.segments.most - self.without.most) or max(0, fewer)
