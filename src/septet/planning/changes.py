"""Changes: the characters that a phone shows otherwise than they were written."""

from __future__ import annotations

from septet.wording.records import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from .codings import Coding
    from .cuts import Cuts
    from .placeholders import Span


class Change(NamedTuple):
    """One character of the original (a CRLF, a cut or a placeholder counts as one) that is shown differently.

    `reason` is one of ``line-break``, ``substitution``, ``deletion``, ``lossy``, ``unmapped``,
    ``placeholder``, ``truncated``; the replacement of the last cut may be a mark. Replayed on the original,
    the changes give the text before the mention.
    """

    start: int
    end: int
    source: str
    replacement: str
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """All of it in plain JSON types."""
        start, end, source, replacement, reason = self
        return {"start": start, "end": end, "source": source, "replacement": replacement, "reason": reason}


def replayed(changes: Iterable[Change], original: str) -> str:
    """A text as its changes show it; the same string where nothing changes."""
    parts: list[str] = []
    place = 0
    for start, end, _, replacement, _ in changes:
        parts += original[place:start], replacement
        place = end
    return "".join([*parts, original[place:]]) if parts else original


def changes_of(
    original: str, coding: Coding, written: Iterable[tuple[int, int]], spans: Iterable[Span], cuts: Cuts
) -> tuple[Change, ...]:
    """The changes of a text that travels in a coding, in their order.

    `written` are its runs that are no placeholder and were not cut; `spans` are the placeholders that were
    not cut.
    """
    make = tuple.__new__  # skips the constructor of a named tuple: a text may have a change at each character
    found = [make(Change, change) for run in written for change in coding.changes(original, *run)]
    for start, end, replacement in spans:
        source = original[start:end]
        reason = "substitution" if source.isspace() else "placeholder"
        found.append(Change(start, end, source, replacement, reason))
    for start, end in cuts.spans:
        mark = cuts.mark if (start, end) == cuts.spans[-1] else ""
        found.append(Change(start, end, original[start:end], mark, "truncated"))
    found.sort()
    return tuple(found)
