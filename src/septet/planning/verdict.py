"""The verdict: whether a message has an error, without making its sentence.

Each condition is that of a problem of severity ``error`` in `diagnosis`, which says what is wrong.
"""

from __future__ import annotations

from septet.gsm.characters import holds_invalid
from septet.gsm.segmentation import MOST_SEGMENTS

from .sums import sum_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .composed import Composed


def has_error(composed: Composed) -> bool:
    """Whether a message should not be sent."""
    settings, billed = composed.terms.settings, composed.billed_segments
    return (
        not 0 < billed <= settings.limit
        or settings.unicode_unavailable
        or composed.optout_status == "missing"
        or (settings.commercial and _is_refused_marketing(composed))
        # Transmitted segments can be more than the billed ones, but never twice as many.
        or (composed.coding.by_units and 2 * billed > MOST_SEGMENTS < composed.transmitted)
        or (settings.character_limit is not None and too_many_characters(composed) is not None)
        or _loses_characters(composed)
    )


def too_many_characters(composed: Composed) -> tuple[int, int] | None:
    """How many characters the vendor allows and how many it counts in the message, if these are too many."""
    allowed = composed.terms.settings.character_limit
    most = allowed.most(composed.coding) if allowed else None
    if allowed is None or most is None:
        return None
    kept = composed.prepared.text
    actual = allowed.count(composed.coding, kept, composed.optout)
    return (most, actual) if actual > most else None


def _is_refused_marketing(composed: Composed) -> bool:
    rule = composed.terms.profile.rule("commercial")
    return rule is not None and bool(rule["refused"])


def _loses_characters(composed: Composed) -> bool:
    """Whether it has a character that cannot be sent, or for which the vendor states no replacement."""
    coding, original, glance = composed.coding, composed.original, composed.glance
    rendering = composed.rendering
    if coding.surely_carries(original) if rendering is None else rendering.is_taken:
        return False
    if coding.carries_all or coding.is_lossy:
        if not (holds_invalid(original) if glance is None else glance.is_invalid):
            return False
        # Such a character may be in a placeholder, may have been cut, or the vendor may replace it.
        places = (place for run in composed.written() for place in coding.outsiders(original, *run))
        return any(map(holds_invalid, (original[place] for place in places)))
    if rendering is not None:
        return rendering.outsiders > 0
    return sum_of(composed, coding.missed.outsiders) > 0
