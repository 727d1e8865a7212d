"""The kernel's census in Python: which marked characters the rows of a column hold."""

from __future__ import annotations

from .measuring import Meter
from .nearness import Near
from .rows import rows_of
from .weighing import CUT, OUTSIDE, UNCOUNTED, UNITS, Weights

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing_extensions import Buffer

    from .pairs import Pairs

    Counted = tuple[int, int, int, int, int, int, int]


# A mark that only holds for a row if its character is near what is asked for.
_NEAR = 0x20
# With that one: a number that blanks separate from the character is near too.
_PARTED = 0x40


class Census:
    """Measures columns, and counts for each marked character the rows that hold it.

    `marks` has, for each candidate of the meter, the marks of its characters in place of codes: one
    whose mark is not 0 is looked for in the rows of that candidate, and counted unless the mark has
    the bit `CUT`. No mark has the bit `UNCOUNTED`. Where the meter has one line break, so does the
    census. Where units alone do not say what a row costs, that is what it is billed more than the
    meter would bill it that `instead` has for its candidate.

    `near` has six strings of octets, and stems of words; with it the bit 0x20 of a mark holds for a row
    only where its character has around it, words being parted by the octets up to 0x20: one of the first
    in its word before it; of the second in its word behind it; of the third there, but not at the end; of
    the fourth at the end of the word before, if one of the six last words holds a stem (capitals of ASCII
    are its small letters); or of the sixth in the word before, if just one of the fifth stands before it
    in its own. What is more than 64 octets long has each. Of a mark with the bits 0x60, that one is
    near as well whose word only blanks part from one of the sixth: in the word before, in the one before
    that if what is between has two octets at most, or at the beginning of the word behind.

    Both methods answer a list of (group, candidate, code point, rows, amount, rows alone, amount
    alone). A row adds its amount to each character it holds. `groups` (int64) says which group a
    row is of, from 0 to below `group_count`; None: all are of the first.
    """

    def __init__(
        self,
        meter: Meter,
        marks: tuple[Weights, ...],
        instead: tuple[Meter | None, ...] | None = None,
        near: tuple[bytes, bytes, bytes, bytes, bytes, bytes, tuple[bytes, ...]] | None = None,
    ) -> None:
        instead = (None,) * len(marks) if instead is None else instead
        if not len(marks) == len(instead) == len(meter._candidates):
            raise ValueError(f"{len(meter._candidates)} candidates, not {len(marks)}, {len(instead)}")
        self._meter = meter
        self._marks = marks
        self._instead = instead
        self._near = None if near is None else Near(*near)
        together = any(
            code & CUT == 0 and code > 1 for c in meter._candidates for code in c.before + c.mention
        )
        self._units_decide = (
            len(meter._groups) == 1 and 0 not in meter._rivals and not (meter._physical and together)
        )

    def measure(
        self,
        data: Buffer,
        offsets: memoryview,
        validity: Buffer | None,
        rows: int,
        groups: memoryview | None,
        group_count: int,
        encodings: memoryview,
        units: memoryview,
        billed: memoryview,
        transmitted: memoryview,
        alone: memoryview,
        flags: memoryview,
        pairs: Pairs | None = None,
        marks: memoryview | None = None,
        *,
        is_utf8: bool = False,
    ) -> list[Counted]:
        """Measures rows as `Meter.measure_column` does; what is counted of those whose cost is known.

        That of a row is what it is billed more because its marked characters take more than one unit
        each. Written as well are `transmitted` (int64), the segments on the air, `alone` (int64),
        those that would be billed without the mention, both as billed where weights did not decide
        (the latter where clusters did, too), and `flags` (uint8), the marks that were met, or-ed. A row
        has the flag `UNCOUNTED` where its cost is for `count` to be told. `marks` are what
        `Pairs.mark` writes, where `pairs` are given. The caller may vouch for all rows with `is_utf8`, too.
        """
        counts = _Counts(groups, group_count, rows)
        written = (encodings, units, billed, transmitted, alone)
        meter = self._meter
        left = []
        for place, octets in rows_of(data, offsets, validity, 0, rows, (*written, flags)):
            flags[place] = 0
            answer = (-1, 0, 0, 0, 0)
            if octets is not None and (text := _text(octets)) is not None:
                found = meter._in_detail(text)
                if found is None:
                    left.append((place, text))
                    flags[place] = UNCOUNTED
                else:
                    answer = found[:5]
                    flags[place] = self._take(counts, place, text, found)
            for column, figure in zip(written, answer, strict=True):
                column[place] = figure
        for place, text in left:
            candidate, *figures = meter._long_way(text)
            for column, figure in zip(written, (candidate, *figures, figures[-1], figures[-1]), strict=True):
                column[place] = figure
        if pairs is not None and marks is not None:
            pairs.mark(data, offsets, rows, marks)
        return counts.found()

    def count(
        self,
        data: Buffer,
        offsets: memoryview,
        rows: int,
        groups: memoryview | None,
        group_count: int,
        candidates: memoryview,
        amounts: memoryview,
    ) -> list[Counted]:
        """What is counted of rows whose `candidates` (int8) and `amounts` (int64) are given.

        A row that has no such candidate is not looked at, and what is no UTF-8 is passed over.
        ValueError for a buffer that is too short and for an offset that decreases or leads out of
        the data.
        """
        counts = _Counts(groups, group_count, rows)
        for place, octets in rows_of(data, offsets, None, 0, rows, (candidates, amounts)):
            if octets is not None and 0 <= candidates[place] < len(self._marks):
                marked = self._marked(candidates[place], str(octets, "utf-8", "ignore"))
                counts.settle(place, candidates[place], marked, amounts[place])
        return counts.found()

    def _marked(self, candidate: int, text: str) -> list[tuple[str, int]]:
        """The marked characters of a text, with their marks."""
        text = self._meter._with_one_line_break(text)
        marks = self._marks[candidate].codes(text)
        return [(character, mark) for character, mark in zip(text, marks, strict=True) if mark]

    def _take(
        self, counts: _Counts, place: int, text: str, answer: tuple[int, int, int, int, int, bool]
    ) -> int:
        """Counts a row if its cost is known; its flags."""
        candidate, _, billed, *_, by_clusters = answer
        marked = self._marked(candidate, text)
        flags = 0
        for character, mark in marked:
            if mark & _NEAR and not flags & _NEAR and self._near:
                is_near = self._near.is_around(text.encode(), character.encode(), mark & _PARTED != 0)
                mark = mark if is_near else mark & ~_NEAR
            flags |= mark & ~_PARTED
        other = self._instead[candidate]
        if by_clusters:
            return flags | UNCOUNTED
        if billed == 1 or (candidate == 0 and self._units_decide):
            instead = self._with_one_unit_each(answer, marked)
        elif other and (found := other._chosen(text, None)):
            instead = found[2]
        else:
            return flags | UNCOUNTED
        counts.settle(place, candidate, marked, max(billed - instead, 0))
        return flags

    def _with_one_unit_each(
        self, answer: tuple[int, int, int, int, int, bool], marked: list[tuple[str, int]]
    ) -> int:
        """The segments of a text whose marked characters took one unit each."""
        candidate, units = self._meter._candidates[answer[0]], answer[1]
        codes = [candidate.weights.codes(character)[0] for character, _ in marked]
        units -= sum((code & UNITS) - 1 for code in codes if code not in (0, OUTSIDE))
        return 1 if units <= candidate.single else -(-units // candidate.part)


class _Counts:
    """What a census has counted so far."""

    def __init__(self, groups: memoryview | None, group_count: int, rows: int) -> None:
        if rows < 0:
            raise ValueError(f"no rows: {rows}")
        if group_count < 1:
            raise ValueError(f"no groups: {group_count}")
        if groups is not None:
            if len(groups) < rows:
                raise ValueError(f"{len(groups)} items, not {rows}")
            for place, group in enumerate(groups[:rows]):
                if not 0 <= group < group_count:
                    raise ValueError(f"row {place}: no such group: {group}")
        self._groups = groups
        self._found: dict[tuple[int, int, int], list[int]] = {}

    def settle(self, place: int, candidate: int, marked: list[tuple[str, int]], amount: int) -> None:
        """Counts a row for each of its characters."""
        group = 0 if self._groups is None else self._groups[place]
        counted = {character for character, mark in marked if not mark & CUT}
        for character in counted:
            entry = self._found.setdefault((group, candidate, ord(character)), [0, 0, 0, 0])
            of_row = 1, amount
            for figure, more in enumerate((*of_row, *(of_row if len(counted) == 1 else (0, 0)))):
                entry[figure] += more

    def found(self) -> list[Counted]:
        """All counts, sorted."""
        return [(*key, entry[0], entry[1], entry[2], entry[3]) for key, entry in sorted(self._found.items())]


def _text(octets: memoryview) -> str | None:
    """A row as a text; None where it is not UTF-8."""
    try:
        return str(octets, "utf-8")
    except UnicodeDecodeError:
        return None
