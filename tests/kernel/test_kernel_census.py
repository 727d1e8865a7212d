"""The census: measured rows, and the marked characters they hold, against going through them one by one."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import Any, NamedTuple

import kernel_texts
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from kernel_texts import CUT, OUTSIDE, Column

FORCING, DOUBLE, SILENT = 1, 2, CUT | 4
UNCOUNTED = 0x40


SINGLE, PART, MENTION = 40, 30, 3
#: What the long way answers here.
PLANNED = (7, 70, 7)
LISTED = {"a": 1, "é": 1, "[": 2, "]": 2, "€": 2, "\n": 2}


class Case(NamedTuple):
    """The rules of a meter: segments on the air are billed; a weight of the mention is kept together;
    CRLF is one line break; and other texts than those of candidate 0 are compared with "a" for each."""

    physical: bool = False
    together: bool = False
    one_line_break: bool = False
    compared: bool = False

    @property
    def mention(self) -> list[int]:
        return [1, 2] if self.together else [1, 1, 1]


def census(kernel: Any, case: Case = Case()) -> Any:  # noqa: B008 (immutable)
    """In candidate 0, what weighs 2 is DOUBLE; in candidate 1, what 0 lacks is FORCING, and U+001B SILENT."""

    def meter(*weights: Any) -> Any:
        return kernel.Meter(
            tuple(kernel.Candidate(one, SINGLE, PART, bytes(case.mention)) for one in weights),
            lambda text: PLANNED,
            physical=case.physical,
            one_line_break=case.one_line_break,
            limit=0,
            needles=(),
        )

    listed = {ord(character): weight for character, weight in LISTED.items()}
    first, second = kernel.Weights(listed, OUTSIDE, OUTSIDE), kernel.Weights({}, 1, 2)
    doubles = {ordinal: DOUBLE for ordinal, weight in listed.items() if weight == 2}
    others = dict.fromkeys(listed, 0) | {0x1B: SILENT}
    marks = kernel.Weights(doubles, 0, 0), kernel.Weights(others, FORCING, FORCING)
    instead = meter(kernel.Weights(listed, 1, 1)) if case.compared else None
    return kernel.Census(meter(first, second), marks, (None, instead))


def column(rows: list[bytes], wide: bool = False) -> Column:
    offsets = array("q" if wide else "i", [0])
    for row in rows:
        offsets.append(offsets[-1] + len(row))
    return Column(b"".join(rows), offsets, None, 0, len(rows))


def segments(weights: list[int]) -> int:
    """The segments on the air: no weight is cut."""
    if sum(weights) <= SINGLE:
        return 1
    count, room = 0, 0
    for weight in weights:
        if weight > room:
            count, room = count + 1, PART
        room -= weight
    return count


def billed(weights: list[int], case: Case) -> int:
    if case.physical:
        return segments(weights)
    return 1 if sum(weights) <= SINGLE else -(-sum(weights) // PART)


def marked(text: str, candidate: int) -> list[str]:
    return [c for c in text if (LISTED.get(c) == 2 if candidate == 0 else c not in LISTED)]


class Tally:
    """What is counted, one row after the other."""

    def __init__(self) -> None:
        self.entries: dict[tuple[int, int, int], Counter[str]] = {}

    def add(self, group: int, candidate: int, text: str, amount: int) -> None:
        counted = set(marked(text, candidate)) - ({"\x1b"} if candidate else set())
        for character in counted:
            entry = self.entries.setdefault((group, candidate, ord(character)), Counter())
            entry.update(rows=1, amount=amount)
            if len(counted) == 1:
                entry.update(alone=1, alone_amount=amount)

    def found(self) -> list[tuple[int, ...]]:
        return [
            (*key, entry["rows"], entry["amount"], entry["alone"], entry["alone_amount"])
            for key, entry in sorted(self.entries.items())
        ]


def row_by_row(rows: list[bytes], case: Case) -> Any:
    """What `kernel_texts.surveyed` would answer."""
    tally = Tally()
    written = []
    for row, octets in enumerate(rows):
        try:
            text = octets.decode()
        except UnicodeDecodeError:
            written.append((-1, 0, 0, 0, 0, 0))
            continue
        if case.one_line_break:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        candidate = 0 if all(character in LISTED for character in text) else 1
        weights = [(LISTED[c] if candidate == 0 else 1 + (c > "\uffff")) for c in text]
        if not weights:
            written.append((*PLANNED, PLANNED[2], PLANNED[2], UNCOUNTED))
            continue
        bill = billed(weights + case.mention, case)
        flags = 0
        for character in marked(text, candidate):
            flags |= DOUBLE if candidate == 0 else SILENT if character == "\x1b" else FORCING
        if bill == 1 or (candidate == 0 and not (case.physical and case.together)):
            cheaper = [1] * len(weights) if candidate == 0 else weights
            tally.add(row % 3, candidate, text, bill - billed(cheaper + case.mention, case))
        elif candidate == 1 and case.compared:
            cheaper = [LISTED.get(c, 1) for c in text]
            tally.add(row % 3, candidate, text, max(0, bill - billed(cheaper + case.mention, case)))
        else:
            flags |= UNCOUNTED
        units = sum(weights) + MENTION
        written.append(
            (candidate, units, bill, segments(weights + case.mention), billed(weights, case), flags)
        )
    return tally.found(), [list(of_rows) for of_rows in zip(*written, strict=True)] or [[]] * 6


ALPHABET = "aaaaaaaé[]€’Ж字😀\x1b\uffff\U0010ffff\r\n"
texts = st.one_of(
    st.text(st.sampled_from(ALPHABET), max_size=100),
    st.text(st.sampled_from("aaaaaaaaé[€\r\n"), max_size=150),
    st.text(st.sampled_from("Жé😀a"), min_size=60, max_size=150),
)
cases = st.builds(Case, *[st.booleans()] * 4)

#: More segments with the weights of candidate 0 than with those of candidate 1: nothing is spared.
DEARER = "[" * 45 + "Ж"


@given(rows=st.lists(texts.map(str.encode), max_size=12), case=cases, wide=st.booleans())
@example(rows=[DEARER.encode()], case=Case(compared=True), wide=False)
def test_measured_rows_are_counted_as_one_by_one(
    either: Any, rows: list[bytes], case: Case, wide: bool
) -> None:
    assert kernel_texts.surveyed(census(either, case), column(rows, wide)) == row_by_row(rows, case)


@given(rows=st.lists(st.text("a[\u200b", min_size=20, max_size=90).map("a{}".format), max_size=8))
def test_a_marked_character_that_is_deleted_spares_nothing(either: Any, rows: list[str]) -> None:
    weights = either.Weights({ord("["): 2, 0x200B: 0}, 1, 1)
    marks = either.Weights({ord("["): DOUBLE, 0x200B: SILENT}, 0, 0)
    candidate = either.Candidate(weights, SINGLE, PART, b"")
    rules = {"physical": False, "one_line_break": False, "limit": 0, "needles": ()}
    meter = either.Meter((candidate,), lambda text: PLANNED, **rules)
    tally = Tally()
    for place, row in enumerate(rows):
        sent = row.replace("\u200b", "")
        bill, cheaper = (billed([heavy if c == "[" else 1 for c in sent], Case()) for heavy in (2, 1))
        tally.add(place % 3, 0, row, bill - cheaper)
    of_rows = column([row.encode() for row in rows])
    assert kernel_texts.surveyed(either.Census(meter, (marks,)), of_rows)[0] == tally.found()


@given(rows=st.lists(st.one_of(st.binary(max_size=40), texts.map(str.encode)), max_size=8))
def test_what_is_no_utf8_is_not_measured(either: Any, rows: list[bytes]) -> None:
    assert kernel_texts.surveyed(census(either), column(rows)) == row_by_row(rows, Case())


@given(rows=st.lists(texts, max_size=12), wide=st.booleans())
def test_given_rows_are_counted_as_one_by_one(either: Any, rows: list[str], wide: bool) -> None:
    tally = Tally()
    for row, text in enumerate(rows):
        if (candidate := row % 4 - 1) in (0, 1):
            tally.add(0, candidate, text, row * row - 3)
    found = kernel_texts.counted(census(either), column([r.encode() for r in rows], wide), 2)
    assert found == tally.found()


@given(rows=st.lists(st.binary(max_size=40), max_size=8))
def test_what_is_no_utf8_is_passed_over(either: Any, rows: list[bytes]) -> None:
    tally = Tally()
    for row, octets in enumerate(rows):
        if (candidate := row % 4 - 1) in (0, 1):
            tally.add(0, candidate, octets.decode("utf-8", "ignore"), row * row - 3)
    assert kernel_texts.counted(census(either), column(rows), 2) == tally.found()


@pytest.mark.parametrize("offsets", [[0, 4, 3], [0, 4, 6], [-1, 3, 5], [2, 1, 5]])
@pytest.mark.parametrize("ask", [kernel_texts.surveyed, lambda one, of: kernel_texts.counted(one, of, 2)])
def test_offsets_that_lead_astray_are_refused(either: Any, ask: Any, offsets: list[int]) -> None:
    astray = Column(b"abcde", array("i", offsets), None, 0, 2)
    with pytest.raises(ValueError, match=r"row [01]: its offsets lead out of the data"):
        ask(census(either), astray)


def buffers(short: int, *kinds: str) -> list[memoryview]:
    """Room for two rows in each, in one of them for less."""
    found = [array("i", [0, 1, 2]), *(array(kind, [0, 0]) for kind in kinds)]
    found[short] = found[short][:-1]
    return [memoryview(one) for one in found]


@pytest.mark.parametrize("short", range(8))
def test_buffers_that_are_too_short_to_measure_are_refused(either: Any, short: int) -> None:
    offsets, *others, groups = buffers(short, *"bqqqqB", "q")
    with pytest.raises(ValueError, match=r"\d items, not \d"):
        census(either).measure(b"ab", offsets, None, 2, groups, 1, *others)


@pytest.mark.parametrize("short", range(4))
def test_buffers_that_are_too_short_to_count_are_refused(either: Any, short: int) -> None:
    offsets, candidates, amounts, groups = buffers(short, *"bqq")
    with pytest.raises(ValueError, match=r"\d items, not \d"):
        census(either).count(b"ab", offsets, 2, groups, 1, candidates, amounts)


def test_no_rows_no_groups_and_too_few_marks(either: Any) -> None:
    nothing = memoryview(array("q"))
    offsets, candidates, amounts, groups = map(
        memoryview, (array("i", [0, 1]), array("b", [0]), array("q", [0]), array("q", [2]))
    )
    one = census(either)
    assert one.count(b"", nothing, 0, None, 1, nothing, nothing) == []
    assert one.measure(b"", nothing, None, 0, None, 1, *[nothing] * 6) == []
    with pytest.raises(ValueError, match="no rows: -1"):
        one.count(b"", nothing, -1, None, 1, nothing, nothing)
    with pytest.raises(ValueError, match="no rows: -1"):
        one.measure(b"", nothing, None, -1, None, 1, *[nothing] * 6)
    with pytest.raises(ValueError, match="no groups: 0"):
        one.count(b"a", offsets, 1, None, 0, candidates, amounts)
    with pytest.raises(ValueError, match="row 0: no such group: 2"):
        one.count(b"a", offsets, 1, groups, 2, candidates, amounts)
    meter = either.Meter((), len, physical=False, one_line_break=False, limit=0, needles=())
    with pytest.raises(ValueError, match="0 candidates, not 1"):
        either.Census(meter, (either.Weights({}, 0, 0),))
