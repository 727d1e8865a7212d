"""Marked texts: the mark of each character of a composed text, and the legend that explains the marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

from septet import _kernel
from septet.gsm.characters import holds_invalid, is_invalid

from .kinds import kind_of, kinds_of
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
from .shapes import LETTER, clusters, letters_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence
    from typing import TypeVar

    from septet.planning.changes import Change
    from septet.planning.composed import Composed
    from septet.wording.problems import Problem

    from .marks import Cause

    _Key = TypeVar("_Key", bound=Hashable)


class Style(NamedTuple):
    """How characters are drawn: their line of the legend, if any, their units, and whether in a box."""

    entry: int | None
    #: The units of what is drawn as one, if one of its characters has several; otherwise 0.
    cost: int
    boxed: bool
    #: The place of its mark among all.
    rank: int


_rank = attrgetter("rank")

# The style of unmarked characters.
_PLAIN = "\0"
_SEVERAL_UNITS = re.compile(rb"[\x02-\x7f]+")
_HEAVY = bytes(1 < code < 0x80 for code in range(256))


class Marked:
    """A composed text with its marks.

    `at` has one character for each one of the text; its code point is the place of the style in `styles`.
    """

    def __init__(self, composed: Composed, problems: Sequence[Problem]) -> None:
        self.text = composed.text
        self.legend = Legend()
        self.styles = [Style(None, 0, False, RANKS[None])]
        #: Where something was deleted, with the line of the legend about it.
        self.deleted: dict[int, int] = {}
        #: The units of each character.
        self.units = composed.coding.shown_weights.codes(self.text)
        #: Whether any character costs several.
        self.heavy = composed.units != len(self.text)
        self._composed = composed
        self._known: dict[tuple[int | None, int, bool], str] = {(None, 0, False): _PLAIN}
        self._different = _kernel.different(self.text)
        # The marks of characters wherever they are.
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
        composed = self._composed
        forcing = self._forcing()
        self.forcing = sum(forcing.values())
        if composed.encoding == "ucs2" and holds_invalid(composed.sent):
            for character, times in _kernel.different("".join(filter(is_invalid, composed.sent))).items():
                cause = INVALID_AND_FORCING if forcing.pop(character, 0) else INVALID
                self._mark_everywhere(cause, kind_of(character), 0, {character: times})
        self._read_tags(problems)
        for (kind, units), alike in self._by_kind(forcing, kinds_of(forcing)).items():
            if units > 1:
                self._mark_everywhere(FORCING_AND_HEAVY, kind, units, alike)
            else:
                self._mark_everywhere(FORCING, kind, 0, alike)

    def _forcing(self) -> dict[str, int]:
        """The characters that force UCS-2, with how often they occur."""
        left = self._composed.left_coding
        if left is None:
            return {}
        deciding = self._composed.deciding
        different = self._different if deciding == self.text else _kernel.different(deciding)
        return self._composed.forcing_among(left.touched(different))

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

    def _by_kind(self, characters: dict[str, int], kinds: list[str]) -> dict[tuple[str, int], dict[str, int]]:
        """Characters, with how often they occur, by their kind and the units of each."""
        # What was cut may cost more, though nothing of the text does.
        if not self.heavy and characters.keys() <= self._different.keys():
            if len(set(kinds)) == 1:
                return {(kinds[0], 1): characters}
            return {(kind, 1): alike for kind, alike in _grouped(kinds, characters).items()}
        units_of = self._composed.coding.shown_weights.units
        return _grouped([*zip(kinds, map(units_of, characters), strict=True)], characters)

    def _mark_everywhere(self, cause: Cause, kind: str, cost: int, characters: dict[str, int]) -> None:
        """Marks all characters of a kind everywhere, with how often they occur."""
        entry = self.legend.place(cause, kind, cost)
        self.legend.entries[entry].add_all(characters)
        self._everywhere.update(dict.fromkeys(characters, self._style(entry, cost)))

    def _read_changes(self) -> None:
        for place, change in _placed(self._composed.changes, len(self._composed.prefix)):
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
        codes = self._composed.coding.shown_weights.codes("".join(self._different))
        heavy = compress(self._different.items(), codes.translate(_HEAVY))
        left = {c: times for c, times in heavy if c not in self._everywhere}
        kinds = [*map(self._heavy_kind, left)]
        for (kind, units), alike in self._by_kind(left, kinds).items():
            self._mark_everywhere(HEAVY, kind, units, alike)

    def _heavy_kind(self, character: str) -> str:
        """The kind of a character that costs more: in GSM-7 this depends on its table."""
        is_extension = self._composed.coding.encoding == "gsm7" and character != "\n"
        return "extension" if is_extension else kind_of(character)

    def _read_added(self) -> None:
        """Marks what is added before and after the text, without the blanks beside it."""
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
        self._spans.append((start, end, entry, True))

    def _styled(self) -> str:
        """The style of each character."""
        at = _kernel.recoded(self.text, self._everywhere, _PLAIN)
        if self._spans:
            at = self._over_spans(at)
        letters = letters_of(self._different)
        return self._joined(at, _kernel.recoded(self.text, letters, LETTER)) if letters else at

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
        place = self.legend.place(HEAVY, self._heavy_kind(character), cost)
        if not self.legend.entries[place].times:
            self.legend.entries[place].add(character, None, 1)
        return place

    def _joined(self, at: str, letters: str) -> str:
        """The same, with one style for what is drawn as one: the first mark, and all of its units."""
        spans = clusters(letters, [segment.start for segment in self._composed.segments])
        if deleted := self.deleted:
            for begin, end, _ in spans:
                for place in range(begin + 1, end):
                    if place in deleted:
                        deleted.setdefault(begin, deleted.pop(place))
        return _kernel.joined(at, self.units, spans, _Joined(self))

    def style_of(self, styles: str, weights: bytes, boxed: bool) -> str:
        """The style of what is drawn as one, by those of its characters."""
        cost = sum(weights) if self.heavy and max(weights) > 1 else 0
        return self._style(self._first_entry(styles), cost, boxed)

    def _first_entry(self, at: str) -> int | None:
        """Among the lines of the legend about some characters, the one whose mark comes first."""
        return min([self.styles[ord(style)] for style in at], key=_rank).entry

    def _style(self, entry: int | None, cost: int, boxed: bool = False) -> str:
        style = self._known.get((entry, cost, boxed))
        if style is None:
            style = self._known[entry, cost, boxed] = chr(len(self.styles))
            mark = None if entry is None else self.legend.entries[entry].cause.mark
            self.styles.append(Style(entry, cost, boxed, RANKS[mark]))
        return style


class _Joined(dict[tuple[str, bytes, bool], str]):
    """The style of each that is drawn as one, by the styles and units of its characters, in a box or not."""

    def __init__(self, marked: Marked) -> None:
        super().__init__()
        self._marked = marked

    def __missing__(self, key: tuple[str, bytes, bool]) -> str:
        style = self[key] = self._marked.style_of(*key)
        return style


def _grouped(keys: Sequence[_Key], characters: dict[str, int]) -> dict[_Key, dict[str, int]]:
    """Characters that each have a number, by the key of each."""
    found: dict[_Key, dict[str, int]] = {key: {} for key in dict.fromkeys(keys)}
    for key, (character, times) in zip(keys, characters.items(), strict=True):
        found[key][character] = times
    return found


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
