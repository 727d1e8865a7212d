"""Encodings: restores a text that was read in the wrong charset."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from septet.planning.changes import Change
from septet.planning.misreadings import misreading

from .notes import note_of_encoding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.planning.plans import Plan


class Mending(NamedTuple):
    """A garbled text as it was; `text` is None if that is unknown."""

    text: str | None
    changes: tuple[Change, ...]
    note: str


def mending(plan: Plan) -> Mending | None:
    """How to restore a text that is most likely garbled; None for any other."""
    original = plan.original
    found = misreading(original, plan.terms.profile.substitutions)
    if found is None:
        return None
    text = found.mended(original)
    if text is None:
        return Mending(None, (), "")
    changes = tuple(
        Change(start, end, original[start:end], meant, "encoding") for start, end, meant in found.repairs
    )
    counted = Counter((change.source, change.replacement) for change in changes)
    return Mending(text, changes, note_of_encoding(found.mistake, counted))
