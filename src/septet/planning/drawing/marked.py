"""Marked texts: what each character of a composed text is marked with, and the legend that explains it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import NamedTuple

from septet.gsm.characters import holds_invalid, is_invalid

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
from .shapes import clusters, is_odd

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from septet.planning.changes import Change
    from septet.planning.composed import Composed
    from septet.wording.problems import Problem

    from .marks import Cause


class Style(NamedTuple):
    """How characters are drawn: by which line of the legend, if any, with which units, whether in a box."""

    entry: int | None
    #: The units of what is drawn as one, where a character of it has several; or 0.
    cost: int
    boxed: bool


_PLAIN = Style(None, 0, False)
_SEVERAL_UNITS = re.compile(rb"[\x02-\x7f]", re.DOTALL)


class Marked:
    """A composed text with its marks.

    `at` has one character for each of the text, whose code point is the place of its style in `styles`.
    """

    def __init__(self, composed: Composed, problems: Sequence[Problem]) -> None:
        self.text = composed.text
        self.legend = Legend()
        self.styles: list[Style] = [_PLAIN]
        #: Where something was deleted, with the line of the legend that tells of it.
        self.deleted: dict[int, int] = {}
        #: The units of each character.
        self.units = composed.coding.shown_weights.codes(self.text)
        #: Whether any character costs several.
        self.heavy = composed.units != len(self.text)
        self._composed = composed
        self._known: dict[Style, int] = {_PLAIN: 0}
        # What marks a character wherever it stands, and what marks these places.
        self._everywhere: dict[int, str] = {}
        self._spans: list[tuple[int, int, int]] = []
        # What was added, where a character that costs more is told of as such.
        self._added: list[tuple[int, int]] = []
        is_plain = self.text.isascii() and self.text.isprintable()
        # All different characters, few however long the text is; none where nothing is to be told of them.
        self._characters = {} if is_plain and composed.encoding == "gsm7" else dict.fromkeys(self.text)
        self._read_characters(problems)
        self._read_changes()
        self._read_weights()
        self._read_added()
        self.at = self._styled()

    def _read_characters(self, problems: Sequence[Problem]) -> None:
        """What cannot be sent though it stays in the text, and what forces UCS-2."""
        composed, legend = self._composed, self.legend
        original = composed.original
        forcing = composed.forcing_among(self._characters if self.text is original else None)
        self.forcing = sum(forcing.values())
        if composed.encoding == "ucs2" and holds_invalid(composed.sent):
            for character, times in Counter(filter(is_invalid, composed.sent)).items():
                cause = INVALID_AND_FORCING if forcing.pop(character, 0) else INVALID
                self._mark_everywhere(cause, kind_of(character), 0, {character: times})
        places: _Places | None = None
        for problem in problems:
            if problem.code == "vendor-tag" and problem.start is not None and problem.end is not None:
                places = places or _Places(composed.changes, len(composed.prefix))
                tag = original[problem.start : problem.end]
                entry = legend.place(VENDOR_TAG, kind_of(tag))
                legend.entries[entry].add(tag, None, 1)
                for place in range(problem.start, problem.end):
                    if (shown := places.shown(place)) is not None:
                        self._spans.append((shown, shown + 1, entry))
        for (kind, units), alike in self._by_kind(forcing).items():
            if units > 1:
                self._mark_everywhere(FORCING_AND_HEAVY, kind, units, alike)
            else:
                self._mark_everywhere(FORCING, kind, 0, alike)

    def _by_kind(self, characters: Mapping[str, int]) -> dict[tuple[str, int], dict[str, int]]:
        """Characters, with how often they are met, by their kind and the units of each."""
        units_of = self._composed.coding.shown_weights.units
        found: dict[tuple[str, int], dict[str, int]] = {}
        for character, times in characters.items():
            key = kind_of(character), units_of(character)
            if key in found:
                found[key][character] = times
            else:
                found[key] = {character: times}
        return found

    def _mark_everywhere(self, cause: Cause, kind: str, cost: int, characters: dict[str, int]) -> None:
        """Marks all characters of a kind, with how often they are met, wherever they stand."""
        entry = self.legend.place(cause, kind, cost)
        self.legend.entries[entry].add_all(characters)
        self._everywhere |= dict.fromkeys(map(ord, characters), chr(self._style(entry, cost)))

    def _read_changes(self) -> None:
        for place, change in _placed(self._composed.changes, len(self._composed.prefix)):
            cause = cause_of(change)
            entry = self.legend.place(cause, kind_of(change.source))
            self.legend.entries[entry].add(change.source, change.replacement or None, 1)
            if cause.mark == DELETED:
                self.deleted.setdefault(place, entry)
            elif cause.mark is not None:
                self._spans.append((place, place + len(change.replacement), entry))

    def _read_weights(self) -> None:
        """What costs more than one unit."""
        if not self.heavy:
            return
        text, units = self.text, self.units
        heavy = Counter([text[found.start()] for found in _SEVERAL_UNITS.finditer(units)])
        for character, times in heavy.items():
            if ord(character) not in self._everywhere:
                cost = units[text.index(character)]
                self._mark_everywhere(HEAVY, self._heavy_kind(character), cost, {character: times})

    def _heavy_kind(self, character: str) -> str:
        """What a character that costs more is called: in GSM-7 by the table that it is from."""
        is_extension = self._composed.coding.encoding == "gsm7" and character != "\n"
        return "extension" if is_extension else kind_of(character)

    def _read_added(self) -> None:
        """What is added before and behind the text; blanks beside it are not marked."""
        composed, end = self._composed, len(self.text)
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
        self._spans.append((start, end, entry))
        self._added.append((start, end))

    def _styled(self) -> str:
        """The style of each character."""
        text, everywhere = self.text, self._everywhere
        # Those that are not seen by themselves: most often none.
        odd = set(filter(is_odd, self._characters))
        if not everywhere and not self._spans and not odd:
            return "\0" * len(text)
        at = text
        if everywhere:
            table = dict.fromkeys(map(ord, self._characters or set(text)), "\0")
            at = text.translate(table | everywhere)
        if not self._spans and not odd:
            return at
        styles = [*map(ord, at)] if everywhere else [0] * len(text)
        self._mark_spans(styles)
        if odd:
            self._join(styles, odd)
        return "".join(map(chr, styles))

    def _mark_spans(self, at: list[int]) -> None:
        """What is marked where it stands: over what marks its characters everywhere."""
        text, units = self.text, self.units
        for start, end, entry in self._spans:
            is_added = (start, end) in self._added
            for place in range(start, end):
                cost = units[place]
                if cost > 1 and is_added:
                    weight = self.legend.place(HEAVY, self._heavy_kind(text[place]), cost)
                    if not self.legend.entries[weight].times:
                        self.legend.entries[weight].add(text[place], None, 1)
                    at[place] = self._style(weight, cost)
                else:
                    at[place] = self._style(entry, cost if cost > 1 else 0)

    def _join(self, at: list[int], odd: set[str]) -> None:
        """What is drawn as one has one style: the mark that comes first, and the units of all of it."""
        text, styles, units, entries = self.text, self.styles, self.units, self.legend.entries
        places = [place for place, character in enumerate(text) if character in odd]
        starts = {segment.start for segment in self._composed.segments}
        for begin, end, boxed in _within(clusters(text, places), starts):
            found = {styles[style].entry for style in at[begin:end]}
            entry = min(found, key=lambda entry: RANKS[None if entry is None else entries[entry].cause.mark])
            cost = sum(units[begin:end]) if max(units[begin:end]) > 1 else 0
            at[begin:end] = [self._style(entry, cost, boxed)] * (end - begin)
            if self.deleted:
                for place in range(begin + 1, end):
                    if place in self.deleted:
                        self.deleted.setdefault(begin, self.deleted.pop(place))

    def _style(self, entry: int | None, cost: int, boxed: bool = False) -> int:
        style = Style(entry, cost, boxed)
        place = self._known.get(style)
        if place is None:
            place = self._known[style] = len(self.styles)
            self.styles.append(style)
        return place


def _within(
    found: Iterable[tuple[int, int, bool]], starts: Container[int]
) -> Iterator[tuple[int, int, bool]]:
    """What is drawn as one, parted where a segment starts within it: what follows there has no letter."""
    for begin, end, boxed in found:
        first = begin
        for place in range(begin + 1, end):
            if place in starts:
                if place - first > 1 or boxed:
                    yield first, place, boxed
                first = place
        if first > begin:
            yield first, end, True
        else:
            yield begin, end, boxed


class _Places:
    """Places of the original, as places of the shown text; the original begins at the place `first`."""

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
        """Where an unchanged character is shown; None for one that was changed or cut."""
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
