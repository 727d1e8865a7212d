"""Composition: a text in the coding that its profile's policy chooses, with its mention, within its limit."""

from __future__ import annotations

from septet.gsm.segmentation import grapheme_boundary
from septet.vendors.policies import saves

from .truncation import longest_fitting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from .codings import Coding
    from .composed import Composed, OptoutStatus
    from .mentions import Mention
    from .placeholders import Prepared
    from .terms import Terms

    Kind = TypeVar("Kind", bound=Composed)


def composed(kind: type[Kind], terms: Terms, text: str) -> Kind:
    """A text as it travels, of this kind: in the way that the profile's policy takes for it."""
    prepared = terms.placeholders.prepare(text)
    if terms.languages is not None:
        codings = terms.languages.codings(prepared.text, terms.settings.added)
        if candidates := [_in_coding(kind, terms, coding, prepared) for coding in codings]:
            return min(candidates, key=lambda one: (one.truncated, one.billed_segments, -one.remaining))
    found = []
    for group in terms.groups:
        coding = next((coding for coding in group if coding.weights.units(prepared.text) >= 0), None)
        if coding is not None:
            found.append(_in_coding(kind, terms, coding, prepared))
    written, *substituted = found
    if substituted and saves(written.uncut_segments, substituted[0].uncut_segments):
        return substituted[0]
    return written


def _in_coding(kind: type[Kind], terms: Terms, coding: Coding, prepared: Prepared) -> Kind:
    settings = terms.settings
    original, text, _ = prepared
    if coding.weights.units(text) == 0:
        return kind(terms, coding, original, "", len(original), "", "not-required", 0, 0, 0)

    end, shown = _cut(terms, coding, prepared, with_mention=False)
    status: OptoutStatus = "not-required"
    mention = settings.mention if settings.searched else None
    if mention is not None:
        if _holds(mention, prepared, end, shown):
            status = "already-there"
        elif settings.optout == "always":
            status = "added"
            kept = end
            end, shown = _cut(terms, coding, prepared, with_mention=True)
            # With no room for the mention nothing is cut, and all of the text may hold it.
            if end > kept and _holds(mention, prepared, end, shown):
                status = "already-there"
        elif settings.optout == "if-free" and _is_free(terms, coding, text[:end]):
            status = "added"
        else:
            status = "missing" if settings.commercial else "not-added"
    added = settings.added if status == "added" else ""
    billed = coding.billed_segments(text[:end], bool(added))
    return kind(
        terms,
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


def _cut(terms: Terms, coding: Coding, prepared: Prepared, *, with_mention: bool) -> tuple[int, str]:
    """How much of the text is kept, and how that is shown; nothing is cut if nothing would be left."""
    settings, text = terms.settings, prepared.text
    if settings.truncate:
        most = len(text)
        if settings.character_limit is not None:
            mention = settings.added if with_mention else ""
            most = settings.character_limit.prefix(coding, text, mention)
        if most < len(text) or not coding.fits(text, with_mention, settings.limit):
            end = longest_fitting(coding, text, with_mention, settings.limit, most)
            if end != (begin := prepared.outside_placeholders(end)):
                end = grapheme_boundary(text, begin)
            if shown := coding.show(text[:end]):
                return end, shown
    return len(text), coding.show(text)


def _is_free(terms: Terms, coding: Coding, text: str) -> bool:
    """Whether the mention behind the text adds no billed segment, nor passes a stated threshold."""
    billed = coding.billed_segments(text, with_mention=True)
    if billed != coding.billed_segments(text, with_mention=False):
        return False
    threshold = terms.profile.rule("optout")["if_free"].get(coding.encoding)
    if threshold is None:
        return True
    if "text_units" in threshold:
        return coding.weights.units(text) <= int(threshold["text_units"])
    return billed <= int(threshold["segments"])
