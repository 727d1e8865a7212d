"""Composition: a text in the coding that its profile's policy chooses, with its mention, within its limit."""

from __future__ import annotations

from septet.gsm.segmentation import grapheme_boundary
from septet.vendors.policies import saves

from .cuts import NO_CUTS, behind
from .mentions import holds
from .truncation import longest_alone, longest_fitting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    from .codings import Coding
    from .composed import Composed, OptoutStatus
    from .cuts import Cuts
    from .placeholders import Prepared
    from .terms import Terms

    Kind = TypeVar("Kind", bound=Composed)


def composed(kind: type[Kind], terms: Terms, text: str) -> Kind:
    """A text as it travels, as this kind of message, in the way that the profile's policy chooses."""
    prepared = terms.placeholders.prepare(text)
    settings = terms.settings
    if settings.truncate and not settings.vendor_cuts:
        return _cut_by_sender(kind, terms, prepared)
    return _composed(kind, terms, prepared, cuts=settings.truncate)


def _composed(kind: type[Kind], terms: Terms, prepared: Prepared, *, cuts: bool) -> Kind:
    """A prepared text as it travels; with `cuts`, cut in the coding that all of it has."""
    if terms.languages is not None:
        codings = terms.languages.different(prepared.text)
        messages = (_in_coding(kind, terms, coding, prepared, cuts) for coding in codings)
        candidates = [message for message in messages if message is not None]
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            return _cheapest(candidates)
    found = []
    for group in terms.groups:
        for coding in group:
            message = _in_coding(kind, terms, coding, prepared, cuts)
            if message is not None:
                found.append(message)
                break
    written, *substituted = found
    if substituted and saves(written.uncut_segments, substituted[0].uncut_segments):
        return substituted[0]
    return written


def _cheapest(candidates: list[Kind]) -> Kind:
    """The first of those that lose and cost the least and, of these, have the mention and the most room."""
    ranks = [(one.truncated, one.billed_segments, not one.optout) for one in candidates]
    best = min(ranks)
    candidates = [one for one, rank in zip(candidates, ranks, strict=True) if rank == best]
    return candidates[0] if len(candidates) == 1 else max(candidates, key=lambda one: one.free_in_coding())


def _ways(terms: Terms, text: str, *, adding: bool = False) -> list[list[Coding]]:
    """The codings that carry a text: the best one of each list, the policy choosing between two lists.

    With `adding` only those that carry the mention as well.
    """
    least = 0 if adding else -1
    tables = () if terms.languages is None else terms.languages.codings(text)
    if codings := [one for one in tables if one.tail_units >= least]:
        return [codings]
    firsts = (
        next((one for one in group if one.weights.units(text) >= 0 and one.tail_units >= least), None)
        for group in terms.groups
    )
    return [[coding] for coding in firsts if coding is not None]


def _cut_by_sender(kind: type[Kind], terms: Terms, prepared: Prepared) -> Kind:
    """All of a text where it fits, or the longest beginning that fits when planned by itself."""
    original, text = prepared.original, prepared.text
    ways = _ways(terms, text)
    whole = None
    if any(_fits(terms, coding, text, "") for codings in ways for coding in codings):
        whole = _composed(kind, terms, prepared, cuts=False)
        if whole.units == 0 or _fits(terms, whole.coding, text, whole.optout):
            return whole
    found = (
        _abridged(kind, terms, prepared) if terms.settings.cuts_words else _beginning(kind, terms, prepared)
    )
    if found is None:
        return whole or _composed(kind, terms, prepared, cuts=False)
    kept, cuts = found
    added = bool(kept.optout)
    if added:
        ways = _ways(terms, text, adding=True)
    uncut = [min(coding.billed_segments(text, added) for coding in codings) for codings in ways]
    return kind(
        terms,
        kept.coding,
        original,
        kept.sent,
        cuts,
        kept.optout,
        kept.optout_status,
        kept.units,
        kept.billed_segments,
        uncut[-1] if saves(uncut[0], uncut[-1]) else uncut[0],
    )


def _beginning(kind: type[Kind], terms: Terms, prepared: Prepared) -> tuple[Kind, Cuts] | None:
    """The longest beginning that fits, planned by itself; None where no character does."""
    original = prepared.original
    end = prepared.place_in_original(longest_alone(terms, prepared))
    if end == 0:
        return None
    kept = _composed(kind, terms, terms.placeholders.prepare(original[:end]), cuts=False)
    return kept, behind(end, len(original))


def _abridged(kind: type[Kind], terms: Terms, prepared: Prepared) -> tuple[Kind, Cuts] | None:
    """The text that is kept where words are left out, planned by itself; None where no character fits."""
    from .abridging import Abridging  # it knows links and numbers, and few callers cut words

    def alone(kept: str) -> Kind | None:
        text = terms.placeholders.prepare(kept)
        found = _composed(kind, terms, text, cuts=False)
        return found if _fits(terms, found.coding, text.text, found.optout) else None

    return Abridging(terms, prepared, alone).longest()


def _fits(terms: Terms, coding: Coding, text: str, mention: str) -> bool:
    """Whether all of a text, with its mention where one is added, is within the limits."""
    settings = terms.settings
    if not coding.fits(text, bool(mention), settings.limit):
        return False
    allowed = settings.character_limit
    return allowed is None or allowed.prefix(coding, text, mention) >= len(text)


def _in_coding(kind: type[Kind], terms: Terms, coding: Coding, prepared: Prepared, cuts: bool) -> Kind | None:
    """The message in a coding; None if it does not hold the text, or the mention to be added."""
    settings = terms.settings
    original, text = prepared.original, prepared.text
    uncut = units = coding.weights.units(text)
    if units < 0:
        return None
    if units == 0:
        return kind(terms, coding, original, "", NO_CUTS, "", "not-required", 0, 0, 0)

    end = _cut(terms, coding, prepared, cuts, with_mention=False)
    status: OptoutStatus = "not-required"
    mention = settings.mention if settings.searched else None
    shown: str | None = None
    if mention is not None:
        shown = coding.show(text[:end])
        if holds(mention, prepared, end, shown):
            status = "already-there"
        elif settings.optout == "always":
            if coding.tail_units < 0:
                return None
            status = "added"
            kept = end
            end = _cut(terms, coding, prepared, cuts, with_mention=True)
            if end != kept:
                shown = coding.show(text[:end])
            # Without room for the mention nothing is cut, and the whole text may hold it.
            if end > kept and holds(mention, prepared, end, shown):
                status = "already-there"
        elif settings.optout == "if-free" and _is_free(terms, coding, text[:end]):
            status = "added"
        else:
            status = "missing" if settings.commercial else "not-added"
    added = settings.added if status == "added" else ""
    if end < len(text):
        units = coding.weights.units(text[:end])
    billed = coding.billed_segments(text[:end], bool(added), units)
    message = kind(
        terms,
        coding,
        original,
        shown,
        behind(prepared.place_in_original(end), len(original)) if end < len(text) else NO_CUTS,
        added,
        status,
        units + coding.around(bool(added)),
        billed,
        billed if end == len(text) else coding.billed_segments(text, bool(added), uncut),
    )
    message.weighed = text[:end]
    message.placed = prepared.found if end == len(text) else None
    return message


def _cut(terms: Terms, coding: Coding, prepared: Prepared, cuts: bool, *, with_mention: bool) -> int:
    """How much of the text is kept; nothing is cut if nothing would be left."""
    settings, text = terms.settings, prepared.text
    if cuts:
        most = len(text)
        if settings.character_limit is not None:
            mention = settings.added if with_mention else ""
            most = settings.character_limit.prefix(coding, text, mention)
        if most < len(text) or not coding.fits(text, with_mention, settings.limit):
            end = longest_fitting(coding, text, with_mention, settings.limit, most)
            if end != (begin := prepared.outside_placeholders(end)):
                end = grapheme_boundary(text, begin)
            if coding.weights.units(text[:end]):
                return end
    return len(text)


def _is_free(terms: Terms, coding: Coding, text: str) -> bool:
    """Whether the mention after the text adds no billed segment and passes no limit or stated threshold.

    A mention that the coding does not hold would decide the encoding, and is not free.
    """
    if coding.tail_units < 0:
        return False
    billed = coding.billed_segments(text, with_mention=True)
    if billed != coding.billed_segments(text, with_mention=False):
        return False
    allowed = terms.settings.character_limit
    most = allowed.most(coding) if allowed else None
    # Beyond that the vendor would refuse the message, or some of the sender's own text would be cut.
    if allowed and most is not None and allowed.count(coding, text, terms.settings.added) > most:
        return False
    threshold = terms.profile.rule("optout")["if_free"].get(coding.encoding)
    if threshold is None:
        return True
    if "text_units" in threshold:
        return coding.weights.units(text) <= int(threshold["text_units"])
    return billed <= int(threshold["segments"])
