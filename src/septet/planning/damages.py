"""Damages: the problems of links, codes, numbers and the like that a vendor's table changes or a cut drops.

What must stay whole is recognised in the original. The changes show the result, and for links the
sent text does too: where a sign after a link is deleted, a phone takes what follows for a part of
the link.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from septet.wording.messages import said
from septet.wording.problems import Problem
from septet.wording.quoting import printable

from .equivalence import is_alike, is_nothing, says_the_same

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from septet.wording.messages import Message

    from .changes import Change
    from .composed import Composed
    from .things.nearness import Near
    from .things.thing import Thing

_LINKS = ("link", "email")
# Links are longer than other things that messages quote.
_MOST = 80


def damages(composed: Composed) -> Iterator[Problem]:
    """A problem for each thing of the original that reaches the phone changed, or not whole."""
    original = composed.original
    if composed.sent == original:
        return
    changes = composed.changes
    telling = [change for change in changes if not is_nothing(change)]
    if not telling:
        return
    glance = composed.glance
    near = _near(original) if glance is None else glance.near
    if not near.may_be_touched(telling):
        return
    from .things.recognition import things

    if found := things(original) if glance is None else glance.things:
        yield from _Damages(composed, changes, found).problems()


def _load_near(text: str) -> Near:
    """Loads the real class, with the signs of things, on the first call, and replaces itself with it."""
    global _near
    from .things.nearness import Near

    _near = Near
    return Near(text)


_near: Callable[[str], Near] = _load_near


class _Damages:
    """The things of a text, and its changes, in their order."""

    def __init__(self, composed: Composed, changes: Sequence[Change], found: Sequence[Thing]) -> None:
        self._composed = composed
        self._original, self._shown = composed.original, composed.sent
        self._changes, self._found = changes, found
        self._starts = [change.start for change in changes]
        self._ends = [change.end for change in changes]
        # How much longer the text has become after each change.
        longer = (len(change.replacement) - (change.end - change.start) for change in changes)
        self._longer = [0, *accumulate(longer)]
        self._links: tuple[list[Thing], list[Thing]] | None = None
        # A long text has the same thing many times, with the same problem, so its sentence is made once.
        self._told: dict[tuple[str, str, str], Problem] = {}

    def problems(self) -> Iterator[Problem]:
        """The problems, in their order."""
        met = 0
        for place, thing in enumerate(self._found):
            first = bisect_left(self._ends, thing.start)
            last = bisect_right(self._starts, thing.end)
            # Changes at its ends too: what they leave out may have separated it from its neighbours.
            near = [change for change in self._changes[first:last] if not is_nothing(change)]
            if not near or thing.end <= met:
                continue
            if any(change.reason == "truncated" for change in _within(near, thing.start, thing.end)):
                yield from self._cut(thing)
            elif thing.kind in _LINKS:
                yield from self._link(thing, near)
            else:
                joined = self._joined(place)
                met = joined[1]
                yield from self._value(thing, near, joined)

    def _cut(self, thing: Thing) -> Iterator[Problem]:
        kept = self._shown_of(thing.start, thing.end)
        if kept or self._original[thing.start : thing.end] not in self._mention():
            code = "link-cut" if thing.kind in _LINKS else "value-cut"
            yield self._problem(_about_a_cut(code, kept), code, thing.start, thing.end, kept)

    def _mention(self) -> str:
        """The mention that the phone shows: it has the number even where a mention in the text was cut."""
        mention = self._composed.terms.settings.mention
        shown = self._composed.optout_status in ("added", "already-there")
        return mention.text if mention is not None and shown else ""

    def _link(self, thing: Thing, near: Sequence[Change]) -> Iterator[Problem]:
        start, end = self._place(thing.start), self._place(thing.end)
        changed = any(
            not says_the_same(thing, change, self._original)
            for change in _within(near, thing.start, thing.end)
        )
        before, now = (
            _covering(links, at) for links, at in zip(self._taken(), (thing.start, start), strict=True)
        )
        if before and now and (self._place(before.start), self._place(before.end)) != (now.start, now.end):
            changed = True
            start, end = min(start, now.start), max(end, now.end)
        if changed:
            about = _about_an_address if thing.kind == "email" else _about_a_link
            yield self._problem(about, "link-changed", thing.start, thing.end, self._shown[start:end])

    def _value(self, thing: Thing, near: Sequence[Change], joined: tuple[int, int]) -> Iterator[Problem]:
        start, end = joined
        changed = any(
            not says_the_same(thing, change, self._original)
            for change in _within(near, thing.start, thing.end)
        )
        if changed or joined != (thing.start, thing.end):
            shown = self._shown[self._place(start) : self._place(end)]
            yield self._problem(_about_a_value, "value-changed", start, end, shown)

    def _joined(self, place: int) -> tuple[int, int]:
        """The start and end of a thing with those after it that make one value with it in the sent text.

        What lay between was left out, so that digits meet, or it is sent as signs that join digits.
        """
        _, start, end = self._found[place]
        while (place := place + 1) < len(self._found):
            behind = self._found[place]
            before, at = self._place(end), self._place(behind.start)
            if behind.start <= end or not self._shown[before - 1 : before].isdecimal():
                break
            if not self._shown[at : at + 1].isdecimal() or (
                at > before and not self._is_joint(end, behind.start, self._shown[before:at])
            ):
                break
            end = behind.end
        return start, end

    def _is_joint(self, start: int, end: int, shown: str) -> bool:
        """Whether all that lies between two things is sent as signs that join digits."""
        between = self._changes[bisect_left(self._starts, start) : bisect_right(self._ends, end)]
        if sum(change.end - change.start for change in between) < end - start:
            return False
        from .things.numbers import joins

        return all(map(joins, shown)) and not all(map(is_alike, between))

    def _taken(self) -> tuple[list[Thing], list[Thing]]:
        """The links of the original and of the sent text, as phones take them."""
        if self._links is None:
            self._links = _links_of(self._original), _links_of(self._shown)
        return self._links

    def _place(self, place: int) -> int:
        """Where a place of the original, outside all changes, is in the sent text."""
        return place + self._longer[bisect_right(self._ends, place)]

    def _shown_of(self, start: int, end: int) -> str:
        """What is left of a part of the original, without the mark of a cut."""
        parts, place = [], start
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end)
        for change in self._changes[first:last]:
            parts.append(self._original[place : change.start])
            parts.append("" if change.reason == "truncated" else change.replacement)
            place = change.end
        return "".join([*parts, self._original[place:end]])

    def _problem(
        self, about: Callable[[str, str], Message], code: str, start: int, end: int, became: str
    ) -> Problem:
        thing = self._original[start:end]
        told = self._told.get((code, thing, became))
        if told is None:
            message = about(printable(thing, _MOST), printable(became, _MOST))
            told = Problem.of(code, message, thing=thing, became=became)
            self._told[code, thing, became] = told
        return told.at(start, end)


def _about_a_link(thing: str, became: str) -> Message:
    return said(
        'The link "%(thing)s" becomes "%(became)s", which leads elsewhere. Use characters that this vendor '
        "sends unchanged, or another link.",
        thing=thing,
        became=became,
    )


def _about_an_address(thing: str, became: str) -> Message:
    return said(
        'The address "%(thing)s" becomes "%(became)s", which is another address. Use characters that this '
        "vendor sends unchanged, or give another address.",
        thing=thing,
        became=became,
    )


def _about_a_value(thing: str, became: str) -> Message:
    return said(
        '"%(thing)s" becomes "%(became)s". Use characters that this vendor sends unchanged.',
        thing=thing,
        became=became,
    )


def _about_a_cut(code: str, kept: str) -> Callable[[str, str], Message]:
    return {
        ("link-cut", True): _about_a_cut_link,
        ("link-cut", False): _about_a_dropped_link,
        ("value-cut", True): _about_a_cut_value,
        ("value-cut", False): _about_a_dropped_value,
    }[code, bool(kept)]


def _about_a_cut_link(thing: str, became: str) -> Message:
    return said(
        'The link "%(thing)s" is cut: the phone only shows "%(became)s". Shorten the text so that the link '
        "stays whole.",
        thing=thing,
        became=became,
    )


def _about_a_dropped_link(thing: str, became: str) -> Message:
    return said(
        'The link "%(thing)s" is cut off. Shorten the text, or move the link to a place that is kept.',
        thing=thing,
    )


def _about_a_cut_value(thing: str, became: str) -> Message:
    return said(
        '"%(thing)s" is cut: the phone only shows "%(became)s". Shorten the text so that it stays whole.',
        thing=thing,
        became=became,
    )


def _about_a_dropped_value(thing: str, became: str) -> Message:
    return said('"%(thing)s" is cut off. Shorten the text, or move it to a place that is kept.', thing=thing)


def _links_of(text: str) -> list[Thing]:
    from .things.links import emails, links

    return sorted([*links(text), *emails(text)], key=lambda thing: (thing.start, -thing.end))


def _within(changes: Sequence[Change], start: int, end: int) -> Iterator[Change]:
    return (change for change in changes if change.end > start and change.start < end)


def _covering(found: list[Thing], place: int) -> Thing | None:
    """The thing that contains a character, among things in their order."""
    at = bisect_right(found, place, key=lambda thing: thing.start) - 1
    return found[at] if at >= 0 and place < found[at].end else None
