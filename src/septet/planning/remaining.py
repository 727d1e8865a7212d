"""Remaining: how many more letters cost no further billed segment.

It is the largest number k such that the letter a, added j times at the end of the sender's text,
costs no further billed segment for any j up to k; limits and cuts do not count. A link that the vendor
rewrites stays the same link, though a letter right after it would be part of it.
"""

from __future__ import annotations

from .codings import LETTER
from .mentions import holds

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from .codings import Coding
    from .placeholders import Prepared
    from .terms import Terms

    class Message(Protocol):
        """What is asked of a `Composed`."""

        terms: Terms
        coding: Coding

        @property
        def billed_segments(self) -> int: ...
        @property
        def units(self) -> int: ...
        @property
        def sent(self) -> str: ...
        @property
        def prepared(self) -> Prepared: ...
        @property
        def optout(self) -> str: ...
        @property
        def optout_status(self) -> str: ...
        def free_in_the_last(self) -> int: ...


def free_letters(composed: Message, *, stays: bool) -> int:
    """How many letters are free after a message; with `stays`, if it keeps its coding.

    A text that shows nothing has a single message.
    """
    terms, coding, billed = composed.terms, composed.coding, composed.billed_segments
    if billed == 0:
        return coding.free(1, 0)
    mention = None if composed.optout_status == "not-required" else terms.settings.mention
    by_sums = billed == 1 or coding.by_units
    # Of national tables, those are taken that leave the most room.
    only = stays or (len(terms.groups) == 1 and (mention is None or not terms.languages))
    if only:
        if mention is None:
            if by_sums:
                return coding.free(billed, composed.units) // max(1, coding.shown_weights.units(LETTER))
            if coding.wholes is None and not terms.settings.suffix:
                return composed.free_in_the_last()
        # A mention that is added at any cost stays, unless the letters make another one.
        elif by_sums and composed.optout and terms.adds_mention and not mention.may_end_with(LETTER):
            return coding.free(billed, composed.units)
    # A text to which its mention was added is known to hold none.
    lacks_mention = composed.optout_status == "added"
    prepared, sent = composed.prepared, composed.sent
    if only:
        return _free(terms, coding, prepared, sent, billed, lacks_mention)
    # The cheapest of several ways is taken, so the way with the most room counts; where the mention only has
    # the place that is free, also one that cannot carry it.
    least = 0 if lacks_mention and terms.adds_mention else -1
    return max(
        _free(terms, coding, prepared, sent, billed, lacks_mention)
        if other is coding
        else _free(terms, other, prepared, other.show(prepared.text), billed, False)
        for other in _ways(terms, coding, prepared.text, least)
    )


def _ways(terms: Terms, coding: Coding, text: str, least: int) -> list[Coding]:
    """The codings that a text may have, and may still have with more letters.

    The mention weighs `least` in each of them; less than 0 where it does not have to be held.
    """
    if terms.languages is not None and (held := terms.languages.codings(text)):
        return held
    if len(terms.groups) == 1:
        return [coding]
    firsts = (
        next((one for one in group if one.weights.units(text) >= 0 and one.tail_units >= least), None)
        for group in terms.groups
    )
    return [one for one in firsts if one is not None]


def _free(
    terms: Terms, coding: Coding, prepared: Prepared, sent: str, billed: int, lacks_mention: bool
) -> int:
    """The free letters in one coding, within the segments that are billed now."""
    settings = terms.settings
    around = settings.prefix + sent
    alone = _room(coding, around, billed, settings.suffix)
    mention = settings.mention
    # A mention that is added only where it is free drops out when it is no longer free.
    if mention is None or not settings.searched or settings.optout != "always":
        return alone

    def is_held(letters: int) -> bool:
        more = LETTER * letters
        longer = prepared.followed_by(more)
        return holds(mention, longer, len(longer.text), sent + more)

    # Whether it stays: so many letters cannot be part of it, but may end it as a word.
    beyond = mention.longest + 1
    made_by_letters = mention.may_end_with(LETTER)
    if not (lacks_mention and not made_by_letters) and is_held(beyond):
        return alone
    free = max(0, _room(coding, around, billed, settings.suffix + settings.added))
    if made_by_letters:
        # With this number of letters only, the text may hold the mention.
        while free < min(beyond, alone) and is_held(free + 1):
            free += 1
    return free


def _room(coding: Coding, sent: str, billed: int, mention: str) -> int:
    """The letters that fit between a text, as it is shown, and what follows; below 0 if there is no room."""
    units_of = coding.shown_weights.units
    letter = max(1, units_of(LETTER))
    if billed == 1 or coding.by_units:
        if coding.dearer_above is not None:
            return coding.free(billed, units_of(sent) + units_of(mention))
        return (coding.room(billed) - units_of(sent) - units_of(mention)) // letter
    part = coding.part
    starts = coding.starts_in_parts(sent) or [0]
    left = billed - len(starts) + 1
    last = sent[starts[-1] :]
    most = (left * part - units_of(last) - units_of(mention)) // letter
    joins = coding.wholes is not None and coding.wholes.are_in(last + mention)
    if most <= 0 or not (mention or joins):
        return most

    def takes(letters: int) -> int:
        text = last + LETTER * letters + mention
        if joins:
            return len(coding.starts_in_parts(text))
        return coding.shown_weights.segments(text, part)

    # Pairs in a mention, clusters and words, which may not be cut, leave units unused.
    free = most
    while free >= 0 and takes(free) > left:
        free -= 1
    return free
