"""Changes: what a phone shows otherwise than it was written."""

from __future__ import annotations

from septet.wording.records import NamedTuple


class Change(NamedTuple):
    """One character of the original (a CRLF is one, a cut or placeholder too) that is shown otherwise.

    `reason` is one of ``line-break``, ``substitution``, ``deletion``, ``lossy``, ``unmapped``,
    ``placeholder``, ``truncated``; of the last cut the replacement may be a mark. Replayed on the original,
    the changes give the text before the mention.
    """

    start: int
    end: int
    source: str
    replacement: str
    reason: str
