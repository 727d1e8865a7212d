"""Marked texts: the mark of each character of a composed text, and the legend that explains the marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from septet import _kernel

from .kinds import kind_of
from .legend import Legend
from .marks import (
    DELETED,
    FORCING,
    FORCING_AND_HEAVY,
    HEAVY,
    INVALID,
    INVALID_AND_FORCING,
    OPTOUT,
    PREFIX,
    RANKS,
    SUFFIX,
    VENDOR_TAG,
    cause_of,
)
from .shapes import LETTER, are_by_themselves, groups
from .sorts import PLAIN, sorts_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from septet.planning.changes import Change
    from septet.planning.composed import Composed
    from septet.wording.problems import Problem

    from .marks import Cause


class Style(NamedTuple):
    """How characters are drawn: their line of the legend, if any, their units, and whether in a box."""

    entry: int | None
    #: The units of what is drawn as one, if one of its characters has several; otherwise 0.
    cost: int
    boxed: bool


# The style of unmarked characters.
_PLAIN = "\0"
_SEVERAL_UNITS = re.compile(rb"[\x02-\x7f]+")


class Marked:
    """A composed text with its marks.

    `at` has one character for each one of the text; its code point is the place of the style in `styles`.
    """

    def __init__(self, composed: Composed, problems: Sequence[Problem]) -> None:
        self.text = composed.text
        self.legend = Legend()
        self.styles = [Style(None, 0, False)]
        #: Where something was deleted, with the line of the legend about it.
        self.deleted: dict[int, int] = {}
        #: The units of each character.
        self.units = composed.coding.shown_weights.codes(self.text)
        #: Whether any character costs several.
        self.heavy = composed.units != len(self.text)
        self._composed = composed
        self._known: dict[tuple[int | None, int, bool], str] = {(None, 0, False): _PLAIN}
        self._sorts = sorts_of(composed)
        # The sort of each character, and the characters of each sort with how often they occur.
        self._codes, self._groups = _kernel.grouped(self.text, self._sorts.codes, PLAIN)
        # The styles of sorts wherever their characters are.
        self._everywhere: dict[str, str] = {}
        # The marks of places, and whether the text there was added, so that what costs more is still marked.
        self._spans: list[tuple[int, int, int, bool]] = []
        self._read_characters(problems)
        self._read_changes()
        self._read_weights()
        self._read_added()
        self.at = self._styled()

    def _read_characters(self, problems: Sequence[Problem]) -> None:
        """Marks what cannot be sent though it stays in the text, and what forces UCS-2."""
        of = self._sorts.of
        deciding, forcing = self._forcing()
        self.forcing = sum([sum(alike.values()) for alike in forcing.values()])
        for code, alike in self._groups.items():
            if of[code].invalid:
                cause = INVALID_AND_FORCING if forcing.pop(code, None) else INVALID
                self._mark_everywhere(code, cause, 0, alike, self.text)
        self._read_tags(problems)
        for code, alike in forcing.items():
            if (units := of[code].units) > 1:
                self._mark_everywhere(code, FORCING_AND_HEAVY, units, alike, deciding)
            else:
                self._mark_everywhere(code, FORCING, 0, alike, deciding)

    def _forcing(self) -> tuple[str, dict[str, dict[str, int]]]:
        """The text that decides on the coding, and the characters of it that force UCS-2, by their sort."""
        sorts = self._sorts
        if not sorts.may_force:
            return "", {}
        deciding = self._composed.deciding
        is_all = deciding == self.text
        groups = self._groups if is_all else _kernel.grouped(deciding, sorts.codes, PLAIN)[1]
        forcing = sorts.forcing(groups)
        if not is_all:
            self._tell_apart(forcing)
        return deciding, forcing

    def _tell_apart(self, forcing: dict[str, dict[str, int]]) -> None:
        """Gives other sorts to characters of the text that look like forcing ones but did not decide."""
        others = {
            character
            for code, alike in forcing.items()
            for character in self._groups.get(code, {}).keys() - alike.keys()
        }
        if others:
            sorts = self._sorts
            codes = {character: sorts.codes[character] for character in {*self.text}}
            codes |= {character: sorts.without_forcing(character) for character in others}
            self._codes, self._groups = _kernel.grouped(self.text, codes, PLAIN)

    def _read_tags(self, problems: Sequence[Problem]) -> None:
        """Marks the vendor's own tags, which are sent as plain text."""
        composed, legend = self._composed, self.legend
        places: _Places | None = None
        for problem in problems:
            if problem.code == "vendor-tag" and problem.start is not None and problem.end is not None:
                places = places or _Places(composed.changes, len(composed.prefix))
                tag = composed.original[problem.start : problem.end]
                entry = legend.place(VENDOR_TAG, kind_of(tag))
                legend.entries[entry].add(tag, None, 1)
                for place in range(problem.start, problem.end):
                    if (shown := places.shown(place)) is not None:
                        self._spans.append((shown, shown + 1, entry, False))

    def _mark_everywhere(
        self, code: str, cause: Cause, cost: int, characters: dict[str, int], text: str
    ) -> None:
        """Marks all characters of a sort everywhere; those of a text, with how often they occur."""
        entry = self.legend.place(cause, self._sorts.of[code].kind, cost)
        self.legend.entries[entry].add_all(characters, text)
        self._everywhere[code] = self._style(entry, cost)

    def _read_changes(self) -> None:
        changes = self._composed.changes
        if not changes:
            return
        for place, change in _placed(changes, len(self._composed.prefix)):
            cause = cause_of(change)
            entry = self.legend.place(cause, kind_of(change.source))
            self.legend.entries[entry].add(change.source, change.replacement or None, 1)
            if cause.mark == DELETED:
                self.deleted.setdefault(place, entry)
            elif cause.mark is not None:
                self._spans.append((place, place + len(change.replacement), entry, False))

    def _read_weights(self) -> None:
        """Marks what costs more than one unit."""
        if not self.heavy:
            return
        of, marked = self._sorts.of, self._everywhere
        for code, alike in self._groups.items():
            if code not in marked and (units := of[code].units) > 1:
                self._mark_everywhere(code, HEAVY, units, alike, self.text)

    def _read_added(self) -> None:
        """Marks what is added before and after the text, without the blanks beside it."""
        composed, end = self._composed, len(self.text)
        if self.text == composed.sent:
            return
        prefix, suffix, optout = composed.prefix, composed.suffix, composed.optout
        if prefix:
            self._mark_added(PREFIX, prefix, 0, len(prefix.rstrip()))
        if suffix:
            behind = end - len(optout)
            self._mark_added(SUFFIX, suffix, behind - len(suffix.lstrip()), behind)
        if optout:
            self._mark_added(OPTOUT, optout, end - len(optout.lstrip()), end)

    def _mark_added(self, cause: Cause, text: str, start: int, end: int) -> None:
        entry = self.legend.place(cause, kind_of(text))
        self.legend.entries[entry].add(text.strip(), None, 1)
        self._spans.append((start, end, entry, True))

    def _styled(self) -> str:
        """The style of each character."""
        at = _kernel.recoded(self._codes, self._everywhere, _PLAIN) if self._groups else self._codes
        if self._spans:
            at = self._over_spans(at)
        letters = {code: self._sorts.of[code].letter for code in self._groups}
        if are_by_themselves(letters.values()):
            return at
        return self._joined(at, _kernel.recoded(self._codes, letters, LETTER))

    def _over_spans(self, before: str) -> str:
        """The same with the marks of places, which replace the marks of their characters everywhere."""
        text, units, at = self.text, self.units, [*before]
        for start, end, entry, is_added in self._spans:
            at[start:end] = self._style(entry, 0) * (end - start)
            if self.heavy:
                for found in _SEVERAL_UNITS.finditer(units, start, end):
                    for place in range(*found.span()):
                        cost = units[place]
                        told = self._heavy_entry(text[place], cost) if is_added else entry
                        at[place] = self._style(told, cost)
        return "".join(at)

    def _heavy_entry(self, character: str, cost: int) -> int:
        """The place in the legend of what costs more, even if only added texts have it."""
        place = self.legend.place(HEAVY, self._sorts.of[self._sorts.codes[character]].kind, cost)
        if not self.legend.entries[place].times:
            self.legend.entries[place].add(character, None, 1)
        return place

    def _joined(self, at: str, letters: str) -> str:
        """The same, with one style for what is drawn as one: the first mark, and all of its units."""
        starts = [segment.start for segment in self._composed.segments]
        if deleted := self.deleted:
            for begin, end, _ in groups().spans(letters, starts):
                for place in range(begin + 1, end):
                    if place in deleted:
                        deleted.setdefault(begin, deleted.pop(place))
        entries = self.legend.entries
        ranks = [RANKS[None if entry is None else entries[entry].cause.mark] for entry, _, _ in self.styles]
        return groups().joined(letters, starts, at, self.units, bytes(ranks), _Joined(self))

    def joined_style(self, style: str, cost: int, boxed: bool) -> str:
        """The style of what is drawn as one: this one, with other units, and in a box or not."""
        return self._style(self.styles[ord(style)].entry, cost, boxed)

    def _style(self, entry: int | None, cost: int, boxed: bool = False) -> str:
        key = entry, cost, boxed
        style = self._known.get(key)
        if style is None:
            style = self._known[key] = chr(len(self.styles))
            self.styles.append(Style(*key))
        return style


class _Joined(dict[tuple[str, int, bool], str]):
    """The style of each that is drawn as one, by its first mark, its units, and whether it is in a box."""

    def __init__(self, marked: Marked) -> None:
        super().__init__()
        self._marked = marked

    def __missing__(self, key: tuple[str, int, bool]) -> str:
        style = self[key] = self._marked.joined_style(*key)
        return style


class _Places:
    """Maps places of the original to places of the shown text; the original begins at the place `first`."""

    def __init__(self, changes: tuple[Change, ...], first: int) -> None:
        self._first = first
        self._starts = [change.start for change in changes]
        self._ends = [change.end for change in changes]
        self._moved: list[int] = []
        moved = first
        for change in changes:
            moved += len(change.replacement) - (change.end - change.start)
            self._moved.append(moved)

    def shown(self, place: int) -> int | None:
        """Where an unchanged character is shown; None for a character that was changed or cut."""
        index = bisect_right(self._starts, place) - 1
        if index < 0:
            return place + self._first
        return None if place < self._ends[index] else place + self._moved[index]


def _placed(changes: tuple[Change, ...], first: int) -> Iterator[tuple[int, Change]]:
    """Each change of characters, with the place in the shown text where it begins."""
    moved = first
    for change in changes:
        if change.reason != "truncated":
            yield change.start + moved, change
        moved += len(change.replacement) - (change.end - change.start)
