"""Composition: one text in one coding, with its opt-out mention and within its limit."""

from __future__ import annotations

from .characters import place_in_original
from .plans import Plan
from .truncation import longest_fitting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .codings import Coding
    from .planning import Planner
    from .plans import OptoutStatus


def compose(planner: Planner, coding: Coding, original: str, text: str) -> Plan:
    """The plan of a text in a coding; `text` is the original with its line breaks unified if need be."""
    settings = planner.settings
    if coding.weights.units(text) == 0:
        return Plan(planner, coding, original, "", len(original), "", "not-required", 0, 0, 0)

    end, shown = _cut(planner, coding, text, with_mention=False)
    status: OptoutStatus = "not-required"
    mention = settings.mention if settings.searched else None
    if mention is not None:
        if mention.is_in(shown):
            status = "already-there"
        elif settings.optout == "always":
            status = "added"
            kept = end
            end, shown = _cut(planner, coding, text, with_mention=True)
            # With no room for the mention nothing is cut, and all of the text may hold it.
            if end > kept and mention.is_in(shown):
                status = "already-there"
        elif settings.optout == "if-free" and _is_free(planner, coding, text[:end]):
            status = "added"
        else:
            status = "missing" if settings.commercial else "not-added"
    added = mention.added if mention is not None and status == "added" else ""
    billed = coding.billed_segments(text[:end], bool(added))
    return Plan(
        planner,
        coding,
        original,
        shown,
        end if text is original else place_in_original(original, end),
        added,
        status,
        coding.weights.units(text[:end]) + (coding.tail_units if added else 0),
        billed,
        billed if end == len(text) else coding.billed_segments(text, bool(added)),
    )


def _cut(planner: Planner, coding: Coding, text: str, *, with_mention: bool) -> tuple[int, str]:
    """How much of the text is kept, and how that is shown; nothing is cut if nothing would be left."""
    settings = planner.settings
    if settings.truncate and not coding.fits(text, with_mention, settings.limit):
        end = longest_fitting(coding, text, with_mention, settings.limit)
        if shown := coding.show(text[:end]):
            return end, shown
    return len(text), coding.show(text)


def _is_free(planner: Planner, coding: Coding, text: str) -> bool:
    """Whether the mention behind the text adds no billed segment, nor passes a stated threshold."""
    billed = coding.billed_segments(text, with_mention=True)
    if billed != coding.billed_segments(text, with_mention=False):
        return False
    threshold = planner.profile.rule("optout")["if_free"].get(coding.encoding)
    if threshold is None:
        return True
    if "text_units" in threshold:
        return coding.weights.units(text) <= int(threshold["text_units"])
    return billed <= int(threshold["segments"])
