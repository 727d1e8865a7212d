"""Samples: a few rows of a campaign to show, picked while all rows go by.

`Samples.add` is a `sink` of `estimate` and `Samples.reject` its `rejects`. Of equal rows the first is kept,
so that the same file gives the same samples. The kept rows do not grow with the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from septet import _kernel
from septet.gsm.characters import unify_line_breaks
from septet.gsm.segmentation import MOST_SEGMENTS
from septet.planning.character_classes import ranges

from .measured_rows import RENDERED
from .text_columns import texts_of
from .variants import characters_of, is_heavy

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa

    from septet.planning.planner import Planner

    from .estimators import Estimator
    from .rejects import Reject

#: The most rejected rows to keep for one reason, and the most octets of each.
REJECTS, OCTETS = 3, 240

#: The characters to show before and after an expensive one, and of a text that is only quoted.
AROUND, QUOTED = 30, 160

# Texts in Chinese have thousands; the most expensive ones are among the first.
_MOST_CHARACTERS = 1000

# The rows that are searched at once for a new character: few at first, when most are new.
_FIRST_ROWS, _MOST_ROWS = 32, 1 << 16


class Sample(NamedTuple):
    """A row: its text, and its recipient as written, where recipients decide how it is planned."""

    text: str
    recipient: str | None
    units: int
    billed_segments: int

    @property
    def excerpt(self) -> str:
        """The beginning of the text."""
        return self.text if len(self.text) <= QUOTED else self.text[:QUOTED] + "…"


class Example(NamedTuple):
    """A character in a text, with the text around it."""

    before: str
    character: str
    after: str


class Samples:
    """Rows to show, of all that `add` and `reject` are given."""

    def __init__(self, estimator: Estimator) -> None:
        self._estimator = estimator
        #: The message of fewest units, and the one of most billed segments.
        self.shortest: Sample | None = None
        self.longest: Sample | None = None
        #: The first message of each number of billed segments.
        self.by_length: dict[int, Sample] = {}
        #: The first message with each problem.
        self.by_problem: dict[str, Sample] = {}
        #: The first message with each character that may cost more than one unit, with the text around it.
        self.by_character: dict[str, Example] = {}
        #: The first rejected rows of each code, not longer than `OCTETS`.
        self.rejects: dict[str, list[Reject]] = {}
        self._unifies = estimator.profile.line_break_units > 0
        self._known = _cheap(estimator.planner)
        if self._unifies and "\n" not in self._known:
            self._known.discard("\r")
        self._pattern = _other_than(self._known)

    @property
    def planner(self) -> Planner:
        """The planner of a row whose recipient does not decide it."""
        return self._estimator.planner

    def planner_for(self, recipient: str | None) -> Planner:
        """The planner of a row with this recipient, as written; None where recipients decide nothing."""
        return self._estimator.planner_for(recipient)

    def reject(self, reject: Reject) -> None:
        """Looks at a row that could not be measured."""
        kept = self.rejects.setdefault(reject.code, [])
        if len(kept) < REJECTS:
            kept.append(reject._replace(row=reject.row[:OCTETS]))

    def add(self, batch: pa.RecordBatch) -> None:
        """Looks at the rows of a batch, which were measured."""
        if not batch.num_rows:
            return
        rows = MeasuredTexts(self._estimator, batch)
        self._lengths(rows)
        self._problems(rows)
        self._characters(rows)

    def _lengths(self, rows: MeasuredTexts) -> None:
        import numpy as np

        billed, units = rows.billed, rows.units
        # A text that shows nothing is not a message: it is refused, and reported as such.
        shown = np.flatnonzero(billed > 0)
        if not len(shown):
            return
        least = int(shown[units[shown].argmin()])
        if self.shortest is None or units[least] < self.shortest.units:
            self.shortest = rows.sample(least)
        longest = np.flatnonzero(billed == billed.max())
        most = int(longest[units[longest].argmax()])
        figures = int(billed[most]), int(units[most])
        if self.longest is None or figures > (self.longest.billed_segments, self.longest.units):
            self.longest = rows.sample(most)
        # Longer messages cannot be sent, and their texts are large.
        some = shown[billed[shown] <= MOST_SEGMENTS]
        for length, place in zip(*np.unique(billed[some], return_index=True), strict=True):
            if int(length) not in self.by_length:
                self.by_length[int(length)] = rows.sample(int(some[place]))

    def _problems(self, rows: MeasuredTexts) -> None:
        import pyarrow.compute as pc

        column = rows.batch.column("problems")
        for codes in pc.unique(column).to_pylist():
            for code in codes.split():
                if code not in self.by_problem:
                    self.by_problem[code] = rows.sample(pc.index(column, codes).as_py())

    def _characters(self, rows: MeasuredTexts) -> None:
        import pyarrow.compute as pc

        texts, start, size = rows.texts, 0, _FIRST_ROWS
        while start < len(texts) and len(self.by_character) < _MOST_CHARACTERS:
            some = texts.slice(start, size)
            found = pc.index(pc.match_substring_regex(some, self._pattern), True).as_py()
            if found < 0:
                start, size = start + size, min(2 * size, _MOST_ROWS)
                continue
            self._look(rows.text(start + found))
            start, size = start + found + 1, _FIRST_ROWS

    def _look(self, text: str) -> None:
        """Notes each new character of a text."""
        if self._unifies:
            text = unify_line_breaks(text)
            if "\n" in text:
                self._known.add("\r")
        for character in set(text) - self._known:
            place = text.index(character)
            before, after = text[max(0, place - AROUND) : place], text[place + 1 : place + 1 + AROUND]
            if place > AROUND:
                before = "…" + before
            if len(text) > place + 1 + AROUND:
                after += "…"
            self.by_character[character] = Example(before, character, after)
        self._known.update(text)
        self._pattern = _other_than(self._known)


def _cheap(planner: Planner) -> set[str]:
    """The characters that never cost more than one unit."""
    coding = planner.codings[0]
    listed = characters_of(coding, planner.profile)
    if coding.encoding == "ucs2":
        return {*map(chr, range(0x10000))} - {c for c, code in listed.items() if is_heavy(code)}
    return {c for c, code in listed.items() if code != _kernel.OUTSIDE and not is_heavy(code)}


def _other_than(known: set[str]) -> str:
    """A regular expression for any other character than these."""
    return f"[^{ranges(known)}]"


class MeasuredTexts:
    """The texts of a measured batch, with the results of each."""

    def __init__(self, estimator: Estimator, batch: pa.RecordBatch) -> None:
        import pyarrow as pa

        self.batch = batch
        self._estimator = estimator
        self.billed: np.ndarray[Any, Any] = batch.column("billed_segments").to_numpy()
        self.units: np.ndarray[Any, Any] = batch.column("units").to_numpy()
        if estimator.fit is not None or estimator.chooses_texts:
            # The measured columns show which text a row has.
            texts = batch.column(RENDERED)
        elif estimator.template is None:
            texts = texts_of(batch, estimator.columns_among(batch.schema.names)[0])
        else:
            # A column of the file may have the name of the rendered text.
            texts = estimator.template.render(batch)[0]
        #: Strings, since regular expressions would take bytes for Latin-1. They are UTF-8, since they were
        #: measured.
        self.texts = texts.cast(pa.large_string())

    @property
    def lengths(self) -> np.ndarray[Any, Any]:
        """How many characters each text has."""
        import pyarrow.compute as pc

        return pc.utf8_length(self.texts).to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]

    def dearest(self) -> tuple[int, Any]:
        """The most expensive row and its cost: in segments, where there is no price."""
        import pyarrow.compute as pc

        column = self.batch.column("cost")
        if column.null_count:
            return int(self.billed.argmax()), int(self.billed.max())
        most = pc.max(column)
        return int(pc.index(column, most).as_py()), most.as_py()

    def text(self, row: int) -> str:
        """The message of a row."""
        return str(self.texts[row].as_py())

    def sample(self, row: int) -> Sample:
        """A row to show."""
        recipient = None
        if self._estimator.recipient is not None:
            [*_, own] = self._estimator.columns_among(self.batch.schema.names)
            written = self.batch.column(own)[row].as_py()
            recipient = written.decode() if isinstance(written, bytes) else str(written)
        return Sample(self.text(row), recipient, int(self.units[row]), int(self.billed[row]))
