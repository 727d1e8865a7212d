"""Blemishes: the problems of what was left in a text by those who made it.

That is HTML, blanks at its ends, and a link that goes on without a blank. Every text is looked at, so
single signs are asked for first: most texts have none of them, and nothing more is loaded or done.
"""

from __future__ import annotations

import re

from septet.wording.messages import said
from septet.wording.problems import Problem
from septet.wording.quoting import printable

from .composed import Composed
from .composition import composed as compose

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

# What HTML begins with; brackets, emoji and letters of other scripts, which a link may be glued to.
_SIGN = re.compile(r"[&<()\[\]{}\x80-\x9f\xa9\xae\u0370-\u1dff\u203c\u2049\u20e0-\U0010ffff]")
# Only behind one of these is there a link.
_LINK = re.compile(r"://|\.[^\W_]")
_MOST = 80


def blemishes(composed: Composed) -> Iterator[Problem]:
    """The problems of a text that hold whatever its vendor makes of it."""
    original = composed.original
    if not original:
        return
    if original[0].isspace() or original[-1].isspace():
        yield from _outer_blanks(composed)
    if _SIGN.search(original) is None:
        return
    if _LINK.search(original) is not None:
        yield from _glued(original, composed.cut)
    if ";" in original or ">" in original:
        yield from _markup(composed)


def _glued(original: str, cut: int) -> Iterator[Problem]:
    from .things.links import glued

    for link in glued(original):
        if link.end < cut:
            thing = original[link.start : link.end]
            behind = _WORD.match(original, link.end, cut)
            became = thing + (behind.group() if behind else "")
            shown = {"thing": printable(thing, _MOST), "became": printable(became, _MOST)}
            message = said("glued-link", **shown)
            yield Problem.of("glued-link", message, link.start, link.end, thing=thing, became=became)


# What stands behind a link up to the next blank: of a word of a million links not all of it for each.
_WORD = re.compile(r"\S{0,60}+")


def _markup(composed: Composed) -> Iterator[Problem]:
    from .things.markup import markup_in

    original = composed.original
    start = end = -1
    meant = ""
    for found in (*markup_in(original), None):
        if found is not None and found.start == end:
            end, meant = found.end, meant + found.meant
            continue
        if 0 <= start < composed.cut:
            shown = original[start:end]
            form = "suspect-markup" if meant.strip() else f"suspect-markup/{'break' if meant else 'nothing'}"
            message = said(form, thing=printable(shown, _MOST), meant=printable(meant))
            yield Problem.of("suspect-markup", message, start, end, thing=shown, meant=meant)
        if found is not None:
            start, end, meant = found


def _outer_blanks(composed: Composed) -> Iterator[Problem]:
    from .things.blanks import outer_blanks

    original = composed.original
    found = outer_blanks(original)
    if found is None or not composed.billed_segments:
        return
    end = len(original)
    ends = [("outer-blanks", 0, found.before)]
    if composed.cut == end:
        ends.append(("outer-blanks/behind", end - found.behind, end))
    costs = [(form, start, stop, _units(composed, start, stop)) for form, start, stop in ends if start < stop]
    if not any(units for *_, units in costs):
        return
    inner = compose(Composed, composed.terms, original[found.before : end - found.behind])
    spared = max(0, composed.billed_segments - inner.billed_segments)
    for form, start, stop, units in costs:
        if units and start < composed.cut:
            figures = {"blanks": stop - start, "units": units, "segments": spared}
            yield Problem.of("outer-blanks", said(form, **figures), start, stop, **figures)


def _units(composed: Composed, start: int, end: int) -> int:
    blanks = composed.terms.placeholders.prepare(composed.original[start:end]).text
    return max(0, composed.coding.weights.units(blanks))
