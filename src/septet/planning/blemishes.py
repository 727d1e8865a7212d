"""Blemishes: the problems that the writers of a text left in it.

These are HTML, blanks at its ends, and a link that goes on without a blank. Every text is looked at, so
the check for single signs comes first: most texts have none, and nothing more is loaded or done.
"""

from __future__ import annotations

import re

from septet.wording.messages import counted, said
from septet.wording.problems import Problem
from septet.wording.quoting import printable

from .composed import Composed
from .composition import composed as compose
from .misreadings import may_be_misread
from .things.signs import STRANGE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from septet.wording.messages import Message

# HTML begins with these; and a link may be glued to brackets, emoji and letters of other scripts.
_SIGN = re.compile(rf"[&<()\[\]{{}}{STRANGE}]")
# A link has one of these before it.
_LINK = re.compile(r"://|\.[^\W_]")
_MOST = 80


def may_be_blemished(text: str) -> bool:
    """Whether a text has the signs that `blemishes` looks for; most texts have none."""
    if text[:1].isspace() or text[-1:].isspace() or "  " in text:
        return True
    return _SIGN.search(text) is not None and _may_be_glued_or_marked_up(text)


def _may_be_glued_or_marked_up(text: str) -> bool:
    """Whether a text with a sign has something that a link could be glued to, or the end of markup."""
    return ";" in text or ">" in text or _LINK.search(text) is not None


def may_have_faults(composed: Composed) -> bool:
    """Whether `diagnosis` may find anything in a text's own characters, or miss its mention.

    The other problems that it finds are about length, coding and what a vendor changes.
    """
    original = composed.original
    return (
        composed.optout_status == "missing"
        or not composed.coding.surely_carries(original)
        or may_be_misread(original)
        or may_be_blemished(original)
    )


def blemishes(composed: Composed) -> Iterator[Problem]:
    """The problems of a text at any vendor, without those that are ignored."""
    original = composed.original
    if not original:
        return
    ignored = composed.terms.settings.ignored
    if "outer-blanks" not in ignored:
        # A text that is all blanks has no blanks around it.
        if (original[0].isspace() or original[-1].isspace()) and not original.isspace():
            yield from _outer_blanks(composed)
        if "  " in original:
            yield from _padding(composed)
    if _SIGN.search(original) is None:
        return
    if "glued-link" not in ignored and _LINK.search(original) is not None:
        yield from _glued(composed)
    if "suspect-markup" not in ignored and (";" in original or ">" in original):
        yield from _markup(composed)


def _glued(composed: Composed) -> Iterator[Problem]:
    from .things.links import glued

    original = composed.original
    for link in glued(original):
        kept = composed.kept_from(link.start)
        if link.end < kept:
            thing = original[link.start : link.end]
            behind = _WORD.match(original, link.end, kept)
            became = thing + (behind.group() if behind else "")
            message = said(
                'The text continues directly after the link "%(thing)s": phones may open "%(became)s". Put '
                "a blank after the link.",
                thing=printable(thing, _MOST),
                became=printable(became, _MOST),
            )
            yield Problem.of("glued-link", message, link.start, link.end, thing=thing, became=became)


# What follows a link up to the next blank; limited, as a word may consist of a million links.
_WORD = re.compile(r"\S{0,60}+")


def _markup(composed: Composed) -> Iterator[Problem]:
    from .things.markup import markup_in

    original = composed.original
    start = end = -1
    meant = ""
    told: dict[str, Problem] = {}  # repeated markup shares one sentence
    for found in (*markup_in(original), None):
        if found is not None and found.start == end:
            end, meant = found.end, meant + found.meant
            continue
        if 0 <= start < composed.kept_from(start):
            shown = original[start:end]
            if shown not in told:
                message = _about_markup(printable(shown, _MOST), meant)
                told[shown] = Problem.of("suspect-markup", message, thing=shown, meant=meant)
            yield told[shown].at(start, end)
        if found is not None:
            start, end, meant = found


def _about_markup(thing: str, meant: str) -> Message:
    if meant.strip():
        return said(
            'HTML was left in the text: phones show "%(thing)s" as it is. Write "%(meant)s".',
            thing=thing,
            meant=printable(meant),
        )
    if meant:
        return said(
            'HTML was left in the text: phones show "%(thing)s" as it is. Write a line break or a blank.',
            thing=thing,
        )
    return said('HTML was left in the text: phones show "%(thing)s" as it is. Remove it.', thing=thing)


def _outer_blanks(composed: Composed) -> Iterator[Problem]:
    from .things.blanks import outer_blanks

    original = composed.original
    found = outer_blanks(original)
    if found is None or not composed.billed_segments:
        return
    end = len(original)
    ends = [(_about_the_beginning, 0, found.before)]
    if composed.kept_from(end - 1) == end:
        ends.append((_about_the_end, end - found.behind, end))
    costs = [(*one, _units(composed, *one[1:])) for one in ends if one[1] < one[2]]
    if not any(units for *_, units in costs):
        return
    inner = compose(Composed, composed.terms, original[found.before : end - found.behind])
    spared = max(0, composed.billed_segments - inner.billed_segments)
    for about, start, stop, units in costs:
        if units and start < composed.kept_from(start):
            figures = {"blanks": stop - start, "units": units, "segments": spared}
            problem = Problem.of("outer-blanks", about(stop - start, units, spared), start, stop, **figures)
            # Where no segment can be saved, there is nothing to do about them.
            yield problem if spared else problem.as_notice()


def _padding(composed: Composed) -> Iterator[Problem]:
    from .things.blanks import padding

    original = composed.original
    found = [(start, end) for start, end in padding(original) if start < composed.kept_from(start)]
    if not found or not composed.billed_segments:
        return
    starts, ends = [0, *(end for _, end in found)], [*(start for start, _ in found), len(original)]
    inner = "".join(original[start:end] for start, end in zip(starts, ends, strict=True))
    spared = max(0, composed.billed_segments - compose(Composed, composed.terms, inner).billed_segments)
    told: dict[int, Problem] = {}  # equal numbers of blanks share one sentence
    for start, end in found:
        blanks = end - start
        if blanks not in told:
            units = _units(composed, start, end)
            figures = {"blanks": blanks, "units": units, "segments": spared}
            told[blanks] = Problem.of("outer-blanks", _about_padding(blanks, units, spared), **figures)
        yield told[blanks].at(start, end)


def _about_padding(blanks: int, units: int, segments: int) -> Message:
    return counted(
        "There is one blank too many next to a value (units: %(units)s, billed segments: %(segments)s). "
        "Remove it.",
        "There are %(number)s blanks too many next to values (units: %(units)s, billed segments: "
        "%(segments)s). Remove them.",
        blanks,
        units=units,
        segments=segments,
    )


def _about_the_beginning(blanks: int, units: int, segments: int) -> Message:
    return counted(
        "The text begins with a blank or a line break (units: %(units)s, billed segments: %(segments)s). "
        "Leave it out.",
        "The text begins with %(number)s blanks or line breaks (units: %(units)s, billed segments: "
        "%(segments)s). Leave them out.",
        blanks,
        units=units,
        segments=segments,
    )


def _about_the_end(blanks: int, units: int, segments: int) -> Message:
    return counted(
        "The text ends with a blank or a line break (units: %(units)s, billed segments: %(segments)s). "
        "Leave it out.",
        "The text ends with %(number)s blanks or line breaks (units: %(units)s, billed segments: "
        "%(segments)s). Leave them out.",
        blanks,
        units=units,
        segments=segments,
    )


def _units(composed: Composed, start: int, end: int) -> int:
    blanks = composed.terms.placeholders.prepare(composed.original[start:end]).text
    return max(0, composed.coding.weights.units(blanks))
