"""Encodings: a text that was read in the wrong charset, as it was before that."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from septet.planning.codings import Change
from septet.planning.misreadings import UTF_8, UTF_16, WINDOWS_1252, misreading
from septet.wording.messages import said

from .notes import examples, with_examples

TYPE_CHECKING = False
if TYPE_CHECKING:
    from septet.planning.plans import Plan


class Mending(NamedTuple):
    """A garbled text as it was; `text` is None where that cannot be told."""

    text: str | None
    changes: tuple[Change, ...]
    note: str


_SENTENCES = {
    UTF_8: said("The text is read as UTF-8, which it was before it was read in another charset"),
    UTF_16: said("The text is read as UTF-16, which it was before it was read otherwise"),
    WINDOWS_1252: said("The text is read as Windows-1252, which it was before it was read as ISO-8859"),
}


def mending(plan: Plan) -> Mending | None:
    """How to mend a text that is most likely garbled; None for any other."""
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
    return Mending(text, changes, with_examples(_SENTENCES[found.mistake], examples(counted)))
