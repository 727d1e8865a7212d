"""Drafts: possible advice, before it is compared with the text as it is."""

from __future__ import annotations

from typing import NamedTuple

from septet.wording.messages import joined

from .chains import chained, still_seen
from .foldings import loss_of
from .notes import note_of_ways
from .rewriting import changes, rewritten

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from septet.planning.changes import Change
    from septet.planning.plans import Plan

    from .spots import Way


class Draft(NamedTuple):
    """A text written otherwise, the way to it, and what its reader will see of it."""

    kind: str
    text: str
    ways: Sequence[Way]
    note: str
    #: National tables that it needs.
    language: tuple[str, ...] | None = None
    #: The plan with these tables.
    plan: Plan | None = None
    #: Whether it comes last, because a phone may show other characters.
    is_risky: bool = False

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of the text as it was given."""
        return changes(self.ways)


def draft_of(text: str, ways: Sequence[Way], note: str) -> Draft:
    """The draft of a text with some of its places written otherwise."""
    kind = "+".join(sorted({way.step for way in ways}, key=loss_of))
    return Draft(kind, rewritten(text, ways), ways, note)


def upon(text: str, mended: Sequence[Way], draft: Draft) -> Draft:
    """Turns a draft about the repaired text into one about the text itself."""
    if not mended:
        return draft
    ways = chained(text, mended, draft.ways)
    seen = still_seen(mended, ways)
    steps = {way.step for way in seen}.union(draft.kind.split("+"))
    notes = [note_of_ways(seen), draft.note] if seen else [draft.note]
    return draft._replace(
        kind="+".join(sorted(steps, key=loss_of)),
        ways=ways,
        note=joined(" ", reversed(notes) if draft.is_risky else notes),
    )
