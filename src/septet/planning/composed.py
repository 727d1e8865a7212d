"""Composed messages: one text as it travels, and all that follows from that."""

from __future__ import annotations

from itertools import pairwise

from septet.gsm.characters import unify_line_breaks
from septet.wording.records import NamedTuple

from .cuts import NO_CUTS, Cuts
from .placeholders import Prepared, Span, outside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any, Literal

    from septet.gsm.alphabets import Tables
    from septet.wording.problems import Problem

    from .changes import Change
    from .codings import Coding
    from .glances import Glance
    from .renderings import Rendering
    from .terms import Terms

    Encoding = Literal["gsm7", "ucs2", "latin1", "utf8"]
    OptoutStatus = Literal["added", "already-there", "not-added", "not-required", "missing"]


class Segment(NamedTuple):
    """One transmitted short message: its part of the text and the units that it uses."""

    text: str
    units: int
    capacity: int
    #: Places in `Plan.text`.
    start: int
    end: int


class Composed:
    """A text in one coding, with its opt-out mention and within its limit. Read-only.

    Parts that are rarely asked for are computed when they first are.
    """

    __slots__ = (
        "_billed_segments",
        "_changes",
        "_cuts",
        "_excess_units",
        "_optout",
        "_optout_status",
        "_original",
        "_problems",
        "_segments",
        "_shown",
        "_units",
        "coding",
        "glance",
        "placed",
        "rendering",
        "terms",
        "uncut_segments",
        "weighed",
    )

    def __init__(
        self,
        terms: Terms,
        coding: Coding,
        original: str,
        shown: str | None,
        cuts: Cuts,
        optout: str,
        optout_status: OptoutStatus,
        units: int,
        billed_segments: int,
        uncut_segments: int,
    ) -> None:
        #: The terms that it was planned by.
        self.terms = terms
        self.coding = coding
        self._original = original
        self._shown = shown  # None if nothing is cut and no placeholder is in it, or `weighed` is set
        #: The placeholders of the text, where they are known and nothing is cut.
        self.placed: tuple[Span, ...] | None = () if shown is None else None
        #: What was seen of the text, and the text as it is shown, where plans for several vendors share them.
        self.glance: Glance | None = None
        self.rendering: Rendering | None = None
        #: What is kept of the text, as it is weighed, where this is known.
        self.weighed: str | None = None
        self._cuts = cuts
        self._optout = optout
        self._optout_status: OptoutStatus = optout_status
        self._units = units
        self._billed_segments = billed_segments
        #: What the vendor would bill if nothing had been cut.
        self.uncut_segments = uncut_segments
        self._segments: tuple[Segment, ...] | None = None
        self._changes: tuple[Change, ...] | None = None
        self._excess_units: int | None = None
        # These are here for `Plan`, which makes them: a second `__init__` would slow down every plan.
        self._problems: tuple[Problem, ...] | None = None

    @property
    def profile(self) -> str:
        """The name of the profile."""
        return self.terms.profile.name

    @property
    def original(self) -> str:
        """The text as it was given."""
        return self._original

    @property
    def text(self) -> str:
        """The text as the phone will show it, with prefix, suffix and mention."""
        shown, settings = self.sent, self.terms.settings
        return (settings.prefix + shown + settings.suffix if shown else "") + self._optout

    @property
    def prefix(self) -> str:
        """What was added before the text, separator included; empty where nothing is shown."""
        prefix = self.terms.settings.prefix
        return prefix if prefix and self.sent else ""

    @property
    def suffix(self) -> str:
        """What was added after the text, before the mention; empty where nothing is shown."""
        suffix = self.terms.settings.suffix
        return suffix if suffix and self.sent else ""

    @property
    def sent(self) -> str:
        """The text as the phone will show it, without the prefix, suffix and mention that were added."""
        if self._shown is None:
            self._shown = self.rendering.sent if self.rendering else self.coding.show(self._weighed())
        return self._shown

    def _weighed(self) -> str:
        if self.weighed is None and self.terms.profile.line_break_units:
            return unify_line_breaks(self._original)
        return self._original if self.weighed is None else self.weighed

    @property
    def encoding(self) -> Encoding:
        """``"gsm7"``, ``"ucs2"``, ``"latin1"`` or ``"utf8"``; people know them as GSM-7, UCS-2 and so on."""
        return self.coding.encoding  # type: ignore[return-value]

    @property
    def tables(self) -> Tables:
        """The national shift tables in use, by language; None for the default ones, and in UCS-2."""
        return self.coding.tables

    @property
    def units(self) -> int:
        """Septets, UTF-16 code units or octets of `text`; a line break weighs what the vendor says."""
        return self._units

    @property
    def billed_segments(self) -> int:
        """The segments that the vendor charges for this plan, refused or not."""
        return self._billed_segments

    @property
    def remaining(self) -> int:
        """How many more letters, added at the end, cost no further billed segment: any number up to this.

        Only the text itself decides, without limits and cuts; an empty one has a single message. A
        mention that is added only where it is free may drop out.
        """
        return _free_letters(self, stays=bool(self._cuts.spans) and self.terms.settings.vendor_cuts)

    def free_in_coding(self) -> int:
        """The same, if the text keeps its coding."""
        return _free_letters(self, stays=True)

    def free_in_the_last(self) -> int:
        """How many units the last of several segments has left, without making the other segments."""
        text, coding = self.text, self.coding
        if coding.is_one_piece or self._segments is not None:
            last = self.segments[-1]
            return last.capacity - last.units
        return coding.part - coding.shown_weights.units(text[coding.starts_in_parts(text)[-1] :])

    @property
    def has_few_characters(self) -> bool:
        """Whether it certainly has no more characters than the vendor allows, however they are counted."""
        if (taken := self.terms.surely_taken) is None:
            return True
        most = 2 * len(self._original) if self.glance is None else self.glance.utf_16_units
        return most <= taken >= self._units

    @property
    def excess_units(self) -> int:
        """The fewest units to remove from the end of the text so that one segment less is billed.

        Its coding and its mention stay; limits and cuts do not count. 0 where one segment is billed,
        or none, and where no text would be left.
        """
        if self._billed_segments < 2:
            return 0
        if self._excess_units is None:
            fills = self.coding.wholes is None and not self.coding.by_units
            if self._billed_segments > 2 and fills and not self._optout:
                self._excess_units = self.segments[-1].units
            else:
                shown = self.prefix, self.sent, self.suffix + self._optout
                self._excess_units = _excess(self.coding, *shown, self._billed_segments)
        return self._excess_units

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The short messages that are transmitted; together their texts are `text`."""
        if self._segments is None:
            self._segments = self.segments_of(self.coding.part)
        return self._segments

    @property
    def transmitted(self) -> int:
        """How many short messages are transmitted."""
        coding = self.coding
        if self._segments is not None or coding.wholes is not None or coding.is_one_piece:
            return len(self.segments)
        if 0 < self._units <= coding.single:
            return 1
        return coding.shown_weights.segments(self.text, coding.part)

    def segments_of(self, part: int) -> tuple[Segment, ...]:
        """The segments if each of several holds `part` units: a wider header leaves fewer."""
        text, coding = self.text, self.coding
        if coding.is_one_piece and self._units:
            capacity = self._units + coding.free(self._billed_segments, self._units)
            return (Segment(text, self._units, capacity, 0, len(text)),)
        if 0 < self._units <= coding.single:
            return (Segment(text, self._units, coding.single, 0, len(text)),)
        starts, units = coding.starts(text, part), coding.shown_weights.units
        return tuple(
            Segment(text[start:end], units(text[start:end]), part, start, end)
            for start, end in pairwise([*starts, len(text)])
        )

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the phone shows otherwise than written; replayed they give the text before the mention."""
        if self.rendering:
            return self.rendering.changes
        if self._changes is None and self.sent is self._original and not self._cuts.spans:
            self._changes = ()  # it is shown as it was written
        if self._changes is None:
            spans = self._spans(self._cuts)
            self._changes = _changes_of(self._original, self.coding, self.written(), spans, self._cuts)
        return self._changes

    @property
    def cuts(self) -> tuple[tuple[int, int], ...]:
        """The parts of `original` that were cut, as (start, end), in their order."""
        return self._cuts.spans

    @property
    def runs(self) -> tuple[tuple[int, int], ...]:
        """The parts of `original` that were kept, as (start, end), in their order."""
        return tuple(self._cuts.runs(len(self._original)))

    def kept_from(self, place: int) -> int:
        """The end of the run that is kept from this place on; the place itself where it is cut."""
        return next((end for start, end in self.runs if start <= place < end), place)

    @property
    def kept(self) -> str:
        """The text as it was written, without what was cut, with the mark of the cut."""
        return self._cuts.kept(self._original)

    @property
    def prepared(self) -> Prepared:
        """What was kept, as it is weighed."""
        if self.placed is not None:
            return Prepared(self._original, self._weighed(), self.placed, self.terms.placeholders)
        return self.terms.placeholders.prepare(self.kept)

    @property
    def _is_written_whole(self) -> bool:
        """Whether the original has no placeholder, and nothing was cut."""
        return self.placed == () or not (self.terms.placeholders or self._cuts.spans)

    def written(self, *, cuts_too: bool = False) -> Iterator[tuple[int, int]]:
        """The runs of the original that are no placeholder and, unless asked for, were not cut."""
        if self._is_written_whole:
            yield 0, len(self._original)
            return
        cuts = NO_CUTS if cuts_too else self._cuts
        yield from outside(cuts.runs(len(self._original)), self._spans(cuts))

    def _spans(self, cuts: Cuts) -> tuple[Span, ...]:
        """The placeholders of what these cuts leave, at their places in the original."""
        if self.placed is not None:
            return self.placed
        spans = self.terms.placeholders.kept_spans(self._original, cuts)
        if not self._cuts.spans:
            self.placed = spans
        return spans

    @property
    def optout(self) -> str:
        """The opt-out mention as it was added, separator included; empty if none was."""
        return self._optout

    @property
    def optout_status(self) -> OptoutStatus:
        """Whether the opt-out mention was added, or why not."""
        return self._optout_status

    @property
    def truncated(self) -> int:
        """How many characters of the original were cut."""
        return self._cuts.characters if self._cuts.spans else 0

    @property
    def doubles(self) -> tuple[int, ...]:
        """The places in `text` of the characters that cost more than one unit."""
        return tuple(self.coding.heavy(self.text))

    @property
    def forcing(self) -> tuple[tuple[int, int], ...]:
        """The places in `original`, as (start, end), of what made the message UCS-2 by itself."""
        return () if self.left_coding is None else tuple((place, place + 1) for place in self.outsiders())

    @property
    def left_coding(self) -> Coding | None:
        """The coding that the text left for UCS-2 because of its characters; None if it left none.

        None also where another encoding was asked for, or where added text decides.
        """
        if self.coding.encoding == "gsm7" or self.terms.settings.encoding != "auto":
            return None
        first = self._first_group()[0]
        return first if first.encoding == "gsm7" else None

    @property
    def deciding(self) -> str:
        """The parts of the original that decide the coding, without placeholders and what was cut."""
        return "".join([self._original[start:end] for start, end in self._deciding()])

    def outsiders(self) -> tuple[int, ...]:
        """The places in `original` of what keeps it out of GSM-7, with any of the tables that may be used."""
        group, languages, original = self._first_group(), self.terms.languages, self._original
        found = [place for start, end in self._deciding() for place in group[0].forcing(original, start, end)]
        if languages is not None:
            # Where each one is in some table, the reason is that no pair of tables has them all.
            found = [place for place in found if not languages.holds(original[place])] or found
        return tuple(found)

    def _first_group(self) -> tuple[Coding, ...]:
        """The codings whose first would have taken the text if its alphabet held all of it."""
        for group in self.terms.groups:
            if self.coding in group:
                return group
        return self.terms.groups[0]

    def _deciding(self) -> Iterator[tuple[int, int]]:
        """The parts that decide the coding; where the sender cuts, the cut parts do not decide."""
        return self.written(cuts_too=self.terms.settings.vendor_cuts)


# Each of these loads the real function on its first call and replaces itself with it: a first count needs
# none of it, and an import within a function takes longer than a plan.


def _load_changes(*known: Any) -> tuple[Change, ...]:
    global _changes_of
    from .changes import changes_of

    _changes_of = changes_of
    return changes_of(*known)


def _load_free_letters(composed: Composed, *, stays: bool) -> int:
    global _free_letters
    from .remaining import free_letters

    _free_letters = free_letters
    return free_letters(composed, stays=stays)


def _load_excess(*known: Any) -> int:
    global _excess
    from .excess import excess

    _excess = excess
    return excess(*known)


_changes_of: Callable[..., tuple[Change, ...]] = _load_changes
_free_letters: Callable[..., int] = _load_free_letters
_excess: Callable[..., int] = _load_excess
