"""Composition: one text in one coding, with its opt-out mention and within its limit."""

from __future__ import annotations

from .plans import Plan
from .segmentation import grapheme_boundary
from .truncation import longest_fitting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from .codings import Coding
    from .optout import Mention
    from .placeholders import Prepared
    from .planning import Planner
    from .plans import OptoutStatus


def compose(planner: Planner, coding: Coding, prepared: Prepared) -> Plan:
    """The plan of a text in a coding."""
    settings = planner.settings
    original, text, _ = prepared
    if coding.weights.units(text) == 0:
        return Plan(planner, coding, original, "", len(original), "", "not-required", 0, 0, 0)

    end, shown = _cut(planner, coding, prepared, with_mention=False)
    status: OptoutStatus = "not-required"
    mention = settings.mention if settings.searched else None
    if mention is not None:
        if _holds(mention, prepared, end, shown):
            status = "already-there"
        elif settings.optout == "always":
            status = "added"
            kept = end
            end, shown = _cut(planner, coding, prepared, with_mention=True)
            # With no room for the mention nothing is cut, and all of the text may hold it.
            if end > kept and _holds(mention, prepared, end, shown):
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
        prepared.place_in_original(end),
        added,
        status,
        coding.weights.units(text[:end]) + (coding.tail_units if added else 0),
        billed,
        billed if end == len(text) else coding.billed_segments(text, bool(added)),
    )


def _holds(mention: Mention, prepared: Prepared, end: int, shown: str) -> bool:
    """Whether the text up to `end` holds the mention: as it is shown, or as it is written."""
    if mention.as_written:
        return mention.is_in(prepared.original[: prepared.place_in_original(end)])
    return mention.is_in(shown)


def _cut(planner: Planner, coding: Coding, prepared: Prepared, *, with_mention: bool) -> tuple[int, str]:
    """How much of the text is kept, and how that is shown; nothing is cut if nothing would be left."""
    settings, text = planner.settings, prepared.text
    if settings.truncate:
        most = len(text)
        if settings.character_limit is not None:
            mention = settings.mention.added if with_mention and settings.mention else ""
            most = settings.character_limit.prefix(coding, text, mention)
        if most < len(text) or not coding.fits(text, with_mention, settings.limit):
            end = longest_fitting(coding, text, with_mention, settings.limit, most)
            if end != (begin := prepared.outside_placeholders(end)):
                end = grapheme_boundary(text, begin)
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
