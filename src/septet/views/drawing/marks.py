"""Marks: which characters of a plan deserve a second look, and the legend that explains them."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from .glyphs import Glyph, stand_in, visible
from .screen import Screen

if TYPE_CHECKING:
    from septet.planning.codings import Change
    from septet.planning.plans import Plan
    from septet.vendors.profiles import Profile

_CONTROL_WORDS = {
    "\r": "CARRIAGE RETURN",
    "\n": "LINE FEED",
    "\t": "TAB",
    "\x1b": "ESCAPE",
    "\f": "FORM FEED",
}
_NAMELESS = {"Cc": "control character", "Cs": "lone surrogate", "Co": "private use", "Cn": "unassigned"}


class Mark(Enum):
    """Why a character is marked: the sign written under it, and the style of both.

    Where a character has several marks, the one that stands first here is shown.
    """

    LOST = ("!", "bold red")
    FORCES_UCS2 = ("^", "bold magenta")
    CHANGED = ("~", "bold cyan")
    COSTS_MORE = ("2", "bold yellow")
    DELETED = ("x", "bold red")
    MENTION = ("=", "green")

    @property
    def sign(self) -> str:
        return self.value[0]

    @property
    def style(self) -> str:
        return self.value[1]


_RANK = {mark: rank for rank, mark in enumerate(Mark)}


class Entry(NamedTuple):
    """One line of the legend: a sign and its style, what it stands under, what it says, how often."""

    sign: str
    style: str
    shown: str
    words: str
    times: int


class Marks:
    """The marks of one plan, by places in its text, and their legend."""

    def __init__(self, plan: Plan, profile: Profile, screen: Screen) -> None:
        self._screen = screen
        self._text = plan.text
        self._mention = plan.optout
        self._line_break_units = profile.line_break_units or 1
        self._doubles = frozenset(plan.doubles)
        self._mention_start = len(self._text) - len(self._mention.lstrip())
        self._marks: dict[int, Mark] = {}
        # What the legend tells, in the order in which the text meets it first, with how often.
        self._changes: Counter[tuple[Mark | None, str, str]] = Counter()
        self._forcing: Counter[str] = Counter()
        self._invalid: Counter[str] = Counter()
        self._tags: Counter[str] = Counter()
        self._read(plan)
        self.legend = tuple(self._entries())

    def of(self, glyph: Glyph) -> Mark | None:
        """The mark of a glyph; of several, the one that stands first in `Mark`."""
        found = [mark for place in range(glyph.start, glyph.end) for mark in self._at(place)]
        return min(found, key=_RANK.__getitem__) if found else None

    def signs(self, glyph: Glyph) -> str:
        """What is written under a glyph, as wide as the glyph; blank where it has no mark."""
        mark = self.of(glyph)
        if mark is None:
            return " " * glyph.cells
        if mark is Mark.COSTS_MORE:
            return self.sign(glyph) * glyph.cells
        return self.sign(glyph).ljust(2, mark.sign) if glyph.cells == 2 else mark.sign * glyph.cells

    def sign(self, glyph: Glyph) -> str:
        """The sign of a glyph's mark, with what the glyph costs if that is more than one; or nothing."""
        mark = self.of(glyph)
        if mark is None:
            return ""
        return self._cost_sign(glyph) if mark is Mark.COSTS_MORE else mark.sign + self._cost_sign(glyph)

    def behind(self, place: int) -> Mark | None:
        """The mark behind the text's last character, where something was deleted at its end."""
        return self._marks.get(place)

    def _at(self, place: int) -> Iterator[Mark]:
        mark = self._marks.get(place)
        if mark is not None:
            yield mark
        if place in self._doubles:
            yield Mark.COSTS_MORE
        if place >= self._mention_start:
            yield Mark.MENTION

    def _cost_sign(self, glyph: Glyph) -> str:
        if not any(place in self._doubles for place in range(glyph.start, glyph.end)):
            return ""
        return str(self._units(self._text[glyph.start]))

    def _units(self, heavy: str) -> int:
        return self._line_break_units if heavy == "\n" and self._line_break_units > 1 else 2

    def _read(self, plan: Plan) -> None:
        for place, change in _placed(plan.changes):
            mark = mark_of(change)
            self._changes[mark, change.source, change.replacement] += 1
            if mark is not None:
                for shown in range(place, place + max(1, len(change.replacement))):
                    self._marks.setdefault(shown, mark)
        places = _Places(plan.changes)
        for start, end in plan.forcing:
            for place in range(start, end):
                self._forcing[plan.original[place]] += 1
                self._put(places.shown(place), Mark.FORCES_UCS2)
        # Characters that stay in the text as they are, so that no change tells of them.
        for problem in plan.problems:
            if problem.start is None or problem.end is None:
                continue
            if problem.code == "invalid-character":
                for place in range(problem.start, problem.end):
                    if (kept := places.shown(place)) is not None:
                        self._invalid[plan.original[place]] += 1
                        self._marks[kept] = Mark.LOST
            elif problem.code == "vendor-tag":
                self._tags[plan.original[problem.start : problem.end]] += 1
                for place in range(problem.start, problem.end):
                    self._put(places.shown(place), Mark.LOST)

    def _put(self, place: int | None, mark: Mark) -> None:
        if place is not None:
            self._marks[place] = mark

    def _entries(self) -> Iterator[Entry]:
        arrow = f" {self._screen.symbols.arrow} "
        heavy = Counter(map(self._text.__getitem__, sorted(self._doubles)))
        for character, times in self._invalid.items():
            also = ", forces UCS-2" if self._forcing.pop(character, 0) else ""
            words = f"{self._name(character)} is in no alphabet{also}"
            yield self._entry(Mark.LOST, self._show(character), words, times)
        for tag, times in self._tags.items():
            yield self._entry(Mark.LOST, self._show(tag), "a tag of the vendor's, sent as plain text", times)
        for character, times in self._forcing.items():
            also = ", costs 2" if heavy.pop(character, 0) else ""
            words = f"{self._name(character)} forces UCS-2{also}"
            yield self._entry(Mark.FORCES_UCS2, self._show(character), words, times)
        for (mark, source, replacement), times in self._changes.items():
            words = self._name(source)
            if mark is Mark.LOST:
                words += " cannot be sent"
            elif mark is Mark.DELETED:
                words += " is deleted"
            elif mark is None:
                words = "written as the vendor writes a line break"
            elif not words:
                words = "a placeholder, weighed as this"
            became = arrow + self._show(replacement) if replacement else ""
            yield self._entry(mark, self._show(source) + became, words, times)
        for character, times in heavy.items():
            units = self._units(character)
            words = (
                f"a line break costs {units}"
                if character == "\n"
                else f"{self._name(character)} costs {units}"
            )
            yield Entry(str(units), Mark.COSTS_MORE.style, self._show(character), words, times)
        if self._mention:
            mention = visible(self._mention.strip(), self._screen)
            yield self._entry(Mark.MENTION, mention, "the opt-out mention, added at the end", 1)

    def _entry(self, mark: Mark | None, shown: str, words: str, times: int) -> Entry:
        return Entry(mark.sign if mark else " ", mark.style if mark else "", shown, words, times)

    def _show(self, characters: str) -> str:
        shown = visible(characters, self._screen)
        if shown.isspace():  # a space that is not the ordinary one
            shown = "".join(stand_in(character, self._screen) for character in characters)
        return shown

    def _name(self, character: str) -> str:
        if len(character) != 1:
            return "CR LF" if character == "\r\n" else ""
        name = unicodedata.name(character, "") or _CONTROL_WORDS.get(character, "")
        return f"U+{ord(character):04X} {name or _NAMELESS.get(unicodedata.category(character), 'unnamed')}"


class _Places:
    """Places of the original, as places of the shown text."""

    def __init__(self, changes: tuple[Change, ...]) -> None:
        self._starts = [change.start for change in changes]
        self._ends = [change.end for change in changes]
        self._moved: list[int] = []
        moved = 0
        for change in changes:
            moved += len(change.replacement) - (change.end - change.start)
            self._moved.append(moved)

    def shown(self, place: int) -> int | None:
        """Where an unchanged character is shown; None for one that was changed or cut."""
        index = bisect_right(self._starts, place) - 1
        if index < 0:
            return place
        return None if place < self._ends[index] else place + self._moved[index]


def _placed(changes: tuple[Change, ...]) -> Iterator[tuple[int, Change]]:
    """Each change of characters, with the place in the shown text where it begins."""
    moved = 0
    for change in changes:
        if change.reason != "truncated":
            yield change.start + moved, change
        moved += len(change.replacement) - (change.end - change.start)


def mark_of(change: Change) -> Mark | None:
    """How a change is marked; a line break that is written otherwise is not."""
    if change.reason == "line-break":
        return None
    if change.reason in ("lossy", "unmapped"):
        return Mark.LOST
    return Mark.CHANGED if change.replacement else Mark.DELETED
