"""Drafts: possible advice, before it is compared with the text as it is."""

from __future__ import annotations

from typing import NamedTuple

from septet.wording.messages import joined

from .chains import chained, still_seen
from .foldings import loss_of
from .notes import note_of_ways
from .rewriting import changes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from septet.planning.changes import Change
    from septet.planning.plans import Plan

    from .ways import Way


class Draft(NamedTuple):
    """A text written otherwise, the way to it, and what its reader will see of it."""

    kind: str
    plan: Plan
    ways: Sequence[Way]
    note: str
    #: National tables that it needs, and that its plan has.
    language: tuple[str, ...] | None = None
    #: Whether it comes last, because a phone may show other characters.
    is_risky: bool = False

    @property
    def text(self) -> str:
        """The text written otherwise."""
        return self.plan.original

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of the text as it was given."""
        return changes(self.ways)


def draft_of(plan: Plan, ways: Sequence[Way], note: str) -> Draft:
    """The draft with the plan of a text that is written otherwise in some places."""
    return Draft("+".join(sorted({way.step for way in ways}, key=loss_of)), plan, ways, note)


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
