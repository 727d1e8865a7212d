"""Questions for the kernels, drawn with `random`: tables, texts and columns that sit on the edges.

As a program it asks the compiled kernel and its twin for a while and prints the seed:

    python tests/oracle/kernel_texts.py [--seconds 20] [--seed N] [--path scalar]

It needs nothing but the two kernels, so that it also runs where pytest would be in the way: in an
interpreter under a sanitizer, or on an emulated processor.
"""

from __future__ import annotations

import argparse
import importlib
import random
import struct
import sys
import time
from array import array
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

OUTSIDE = 0xFF
CUT = 0x80

# Blocks have 32 characters, registers 16 or 32 octets.
BLOCK_EDGES = (0, 1, 2, 15, 16, 17, 31, 32, 33, 47, 48, 63, 64, 65, 95, 96, 97)
CAPACITIES = ((160, 153), (70, 67), (160, 146), (1, 1), (1, 2), (20, 3), (300, 150))

ASCII = [chr(ordinal) for ordinal in range(0x20, 0x7F)]
LATIN = [chr(ordinal) for ordinal in range(0x100)]
BMP = [*"€’ΩαЖ字\u00ff\u0100\u07ff\u0800\u2000\uffff\ufffe", *(chr(0x2000 + place) for place in range(64))]
SURROGATES = ["\ud800", "\udbff", "\udc00", "\udfff"]
ASTRAL = ["😀", "\U00010000", "\U0010ffff", "\U0001f1eb"]
LINE_BREAKS = ["\r", "\n", "\r\n"]
NEEDLES = (
    (),
    (),
    None,
    (("a",),),
    (("é",),),
    (("ab", "€"),),
    (("STOP", "3"), ("aaaa",)),
    (("\ud800",),),
    (("",),),
    ((),),
    ((("3", "6", "0123456789"),),),
    ((("Tt", "Oo", "Pp"), "3"), (("€"[:0], "a"),), (("a", "^]-", "\\"), ("b",))),
    (("é", ("aA", "aA")), ((), "ab")),
    (("  ",), (("\t\r\n",),), ("\xa0",), ("\u2003",), ("Ж",), ("😀",)),
    (("",), ("é",), ((("",),))),
)
POOLS = [ASCII, LATIN, BMP, SURROGATES, ASTRAL, LINE_BREAKS]


class Table(NamedTuple):
    """What `Weights` takes."""

    codes: dict[int, int]
    default: int
    astral: int


class Column(NamedTuple):
    """The arguments of `Meter.measure_column`, without the places to write to."""

    data: bytes
    offsets: array[int]
    validity: bytes | None
    first: int
    rows: int


class Question(NamedTuple):
    """Everything that the two kernels must answer alike."""

    tables: list[Table]
    joining: list[Table | None]
    capacities: list[tuple[int, int]]
    mentions: list[bytes]
    before: list[bytes]
    rules: dict[str, Any]
    texts: list[str]
    column: Column
    near: tuple[Any, ...]


def draw_table(draw: random.Random) -> Table:
    """An alphabet, UCS-2, or any table."""
    kind = draw.randrange(4)
    if kind == 0:
        codes = {ord(character): 1 for character in [*ASCII, *"\r\néàùÉäöñΩ"] if character != "`"}
        codes.update({ord(character): 2 for character in "^{}[~]|\\€"})
        if draw.randrange(2):
            codes[ord("\n")] = 2
        if draw.randrange(2):
            codes.update({ord("œ"): CUT | 2, ord("…"): CUT | 3, ord("’"): 1, ord("\u200b"): 0, ord("`"): 0})
        unknown = draw.choice([OUTSIDE, OUTSIDE, 1])
        return Table(codes, unknown, unknown)
    if kind == 1:
        return Table({ord("\n"): 2} if draw.randrange(2) else {}, 1, 2)
    odd = [0, 1, 2, 3, 127, CUT | 1, CUT | 2, CUT | 3, CUT | 126, OUTSIDE, draw.randrange(1, 128)]
    codes = {}
    for _ in range(draw.randrange(300)):
        character = draw.choice(draw.choice(POOLS))
        codes[ord(character[0])] = draw.choice([1, 1, 2, draw.choice(odd)])
    return Table(codes, draw.choice([1, 1, 2, 0, OUTSIDE, 5]), draw.choice([2, 2, 1, OUTSIDE, 4]))


def draw_text(draw: random.Random) -> str:
    """A text of one width, that is mostly one character or of a few kinds."""
    length = draw.choice(
        [draw.choice(BLOCK_EDGES), draw.randrange(200), draw.randrange(200), draw.randrange(1500)]
    )
    pools = [draw.choice(POOLS) for _ in range(draw.randrange(1, 4))]
    main = draw.choice([*"aaaaé€α😀", ""])
    rate = draw.choice([0.01, 0.05, 0.3]) if main else 1.0
    characters = [draw.choice(draw.choice(pools)) if draw.random() < rate else main for _ in range(length)]
    return "".join(characters)[:length]


def draw_column(draw: random.Random, texts: list[str]) -> Column:
    """Rows of UTF-8, some of them made invalid, after octets that belong to no row."""
    rows = []
    for text in texts:
        row = bytearray(text.encode("utf-8", "surrogatepass"))
        for _ in range(draw.choice([0, 0, 0, 1, 2])):
            if row:
                place = draw.randrange(len(row))
                row[place] = draw.choice(
                    [0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, draw.randrange(0x80, 0x100)]
                )
        if draw.randrange(6) == 0:
            del row[draw.randrange(len(row) + 1) :]
        rows.append(bytes(row))
    before = draw.randrange(3)
    offsets = array(draw.choice("iq"), [0, before])
    for row in rows:
        offsets.append(offsets[-1] + len(row))
    validity = draw.choice([None, draw.randbytes(len(offsets) // 8 + 1)])
    first = draw.randrange(len(offsets))
    return Column(
        b"\xff" * before + b"".join(rows), offsets, validity, first, draw.randrange(len(offsets) - first)
    )


def draw_question(draw: random.Random) -> Question:
    """One set of tables and rules, some texts, and a column of them."""
    tables = [draw_table(draw) for _ in range(draw.randrange(1, 4))]
    mentions, before = [], []
    for table in tables:
        codes = sorted({*table.codes.values(), table.default} - {OUTSIDE}) or [1]
        mentions.append(bytes(draw.choice(codes) for _ in range(draw.choice([0, 0, 14]))))
        before.append(bytes(draw.choice(codes) for _ in range(draw.choice([0, 0, 0, 1, 9, 80]))))
    rules = {
        "physical": draw.randrange(3) > 0,
        "one_line_break": draw.randrange(2) > 0,
        "limit": draw.choice([0, 0, 1, 5]),
        "needles": draw.choice(NEEDLES),
        "second": draw.choice([0, draw.randrange(len(tables))]),
        "most": draw.choice([0, 0, 0, 40, 200]),
    }
    joining = [draw.choice([None, None, draw_table(draw)]) for _ in tables]
    rivals = sorted(draw.choices(range((rules["second"] or len(tables)) + 1), k=2))
    rules["rivals"] = draw.choice([(0, 0), tuple(rivals)])
    for place in range(*rules["rivals"]):
        joining[place] = None
    texts = [draw_text(draw) for _ in range(6)]
    capacities = [draw.choice(CAPACITIES) for _ in tables]
    near = draw_near(draw)
    column = draw_column(draw, texts * 2)
    return Question(tables, joining, capacities, mentions, before, rules, texts, column, near)


def draw_near(draw: random.Random) -> tuple[Any, ...]:
    """What a census of what is near looks for."""
    octets = [*b"0123abde .:=@", 0xA9, 0xC3]
    near = [bytes(draw.choices(octets, k=draw.randrange(5))) for _ in range(6)]
    stems = (b"a", *(bytes(draw.choices(b"abe", k=draw.randrange(1, 4))) for _ in range(draw.randrange(3))))
    return (*near, stems)


def answers(kernel: Any, question: Question) -> list[tuple[object, ...]]:
    """All answers of a kernel, each after its question."""
    found: list[tuple[object, ...]] = []
    all_weights = [kernel.Weights(*table) for table in question.tables]
    joining = [table and kernel.Weights(*table) for table in question.joining]
    candidates = tuple(
        kernel.Candidate(weights, *capacity, mention, joins, before)
        for weights, capacity, mention, joins, before in zip(
            all_weights, question.capacities, question.mentions, joining, question.before, strict=True
        )
    )
    meter = kernel.Meter(candidates, _long_way, clusters=_clusters, **question.rules)
    for text in question.texts:
        found += [("measure", text, meter.measure(text)), ("quick", text, meter.quick(text))]
        found.append(("count", text, meter.count(text)))
        for place, (weights, mention) in enumerate(zip(all_weights, question.mentions, strict=True)):
            found += [(place, *answer) for answer in _weighed(weights, text, mention)]
    found.append(("count_many", meter.count_many(question.texts)))
    marks = tuple(kernel.Weights(*_marks(table)) for table in question.tables)
    census = kernel.Census(meter, marks, (None, *[meter] * (len(marks) - 1)))
    marks = tuple(kernel.Weights(*_marks_of_near(table)) for table in question.tables)
    near = kernel.Census(meter, marks, None, question.near)
    return [
        *found,
        ("column", *measured(meter, question.column)),
        ("views", *measured_in_views(meter, question.column)),
        ("vouched for", *_of_valid_rows(measured(meter, question.column, is_utf8=True), question.column)),
        (
            "views vouched for",
            *_of_valid_rows(measured_in_views(meter, question.column, is_utf8=True), question.column),
        ),
        *(("views led astray", measured_astray(meter, question.column, seed)) for seed in range(4)),
        ("census", *surveyed(census, question.column)),
        ("census vouched for", surveyed_where_valid(census, question.column)),
        ("census of what is near", *surveyed(near, question.column, kernel.Pairs(*_PAIRS))),
        ("census of given rows", counted(census, question.column, len(marks))),
        ("repeated numbers", repeated(kernel, question.column.offsets)),
        ("digits", spelled(kernel, question.column.offsets)),
    ]


def _marks(table: Table) -> Table:
    """What weighs 1 unmarked, what is outside marked and not counted, everything else by its code."""

    def mark(code: int) -> int:
        return CUT | 4 if code == OUTSIDE else 0 if code == 1 else code

    codes = {ordinal: mark(code) for ordinal, code in table.codes.items()}
    return Table(codes, mark(table.default), mark(table.astral))


def _marks_of_near(table: Table) -> Table:
    """Some characters are to be near something, and some of these may have blanks between."""
    codes = {ordinal: CUT | (0x60 if ordinal % 2 else 0x20) for ordinal in table.codes if ordinal % 5}
    return Table(codes, 0, CUT | 0x20)


#: Pairs of octets that many texts hold, some of them behind leading ones.
_PAIRS = (
    (
        (b" ", b" "),
        (bytes(range(0x80, 0xC0)), bytes(range(0xC2, 0xF5))),
        (b"\xc3\xe2", b"\xa9\x82"),
        (b"a1", b"(b2"),
    ),
    *(" a\u00a0é\u2029", ((b".:", bytes(range(0x30, 0x7B))), (b"a", b"b")), 0b0110),
)


def surveyed(
    census: Any, column: Column, pairs: Any = None, is_utf8: bool = False
) -> tuple[list[Any], list[list[int]]]:
    """What a census counts of the rows that it measures, by three groups, and the columns written."""
    rows = len(column.offsets) - 1
    marks = array("H", bytes(2 * rows))
    encodings, flags = array("b", bytes(rows)), array("B", b"\7" * rows)
    figures = [array("q", b"\7" * 8 * rows) for _ in range(4)]
    found = census.measure(
        column.data,
        memoryview(column.offsets),
        column.validity,
        rows,
        memoryview(array("q", [row % 3 for row in range(rows)])),
        3,
        *map(memoryview, (encodings, *figures, flags)),
        pairs,
        memoryview(marks),
        is_utf8=is_utf8,
    )
    asked = (marks,) if pairs else ()
    return sorted(found), [list(written) for written in (encodings, *figures, flags, *asked)]


def surveyed_where_valid(census: Any, column: Column) -> list[list[int]]:
    """The columns that a census writes, of the rows that are UTF-8, if all are vouched for."""
    valid = _valid_rows(column, range(len(column.offsets) - 1))
    return [[values[row] for row in valid] for values in surveyed(census, column, None, True)[1]]


def counted(census: Any, column: Column, candidates: int) -> list[Any]:
    """What a census counts of rows that take turns with the candidates; all are of one group."""
    rows = len(column.offsets) - 1
    places = array("b", [row % (candidates + 2) - 1 for row in range(rows)])
    amounts = array("q", [row * row - 3 for row in range(rows)])
    offsets, *given = map(memoryview, (column.offsets, places, amounts))
    return sorted(census.count(column.data, offsets, rows, None, 1, *given))


def spelled(kernel: Any, numbers: Sequence[int]) -> list[Any]:
    """What rows spell: numbers of every length, in several ways, some with what no number has."""
    rows = []
    for place, number in enumerate(numbers):
        digits = b"%d" % (number + 1) ** (1 + place % 5)
        cut = place % (len(digits) + 1)
        rows += [
            digits,
            b"+" + digits,
            digits[:cut] + b" (" + digits[cut:],
            digits[:cut] + b":" + digits[cut:],
        ]
    data, offsets = b"".join(rows), memoryview(array("i", accumulate(map(len, rows), initial=0)))
    some = bytes((place * 37 + 11) & 0xFF for place in range(len(rows) // 8 + 1))
    found = []
    for validity, most, longest in ((None, 18, 250), (some, 9, 12)):
        written = array("q", [7] * len(rows)), bytearray(len(rows)), bytearray(len(rows))
        kernel.digits(data, offsets, validity, len(rows), b" (", most, longest, *map(memoryview, written))
        found += [each.tobytes() if isinstance(each, array) else bytes(each) for each in written]
    return found


def repeated(kernel: Any, numbers: Sequence[int]) -> list[int]:
    """Which numbers were met before; each of them comes several times, a hundred of its own in between."""
    found, met = kernel.NumberSet(), []
    for number in numbers:
        some = array("q", [number, *range(1000 * number, 1000 * number + 100)] * 2)
        again = bytearray(len(some))
        found.again(memoryview(some), memoryview(again))
        met += again
    return met


def _long_way(text: object) -> tuple[int, int, int]:
    return 9, len(text) if isinstance(text, str) else -1, 77


def _clusters(place: int, text: str) -> int:
    return 2 + (place + len(text)) % 7


def _weighed(weights: Any, text: str, mention: bytes) -> list[tuple[object, ...]]:
    codes = weights.codes(text)
    found: list[tuple[object, ...]] = [("units", text, weights.units(text))]
    for budget in (-1, 0, 1, 31, 153, 1000):
        found.append(("prefix", text, budget, weights.prefix(text, budget)))
    if OUTSIDE in codes:  # what follows is for texts that the weights hold
        return [*found, ("codes", text, "outside")]
    found.append(("codes", text, codes))
    shown = all(0 < code < CUT for code in codes)
    for capacity in (1, 2, 67, 153):
        found.append(("segments", text, capacity, weights.segments(text, capacity, mention)))
        if shown:
            found.append(("starts", text, capacity, weights.starts(text, capacity)))
    return found


Measured = tuple[list[int], list[int], list[int], list[int]]


def measured(meter: Any, column: Column, **vouching: bool) -> Measured:
    """The rows refused, and the three columns written."""
    encodings = array("b", bytes(column.rows))
    units, billed = array("q", bytes(8 * column.rows)), array("q", bytes(8 * column.rows))
    refused = meter.measure_column(
        column.data,
        memoryview(column.offsets),
        column.validity,
        column.first,
        column.rows,
        memoryview(encodings),
        memoryview(units),
        memoryview(billed),
        **vouching,
    )
    return refused, list(encodings), list(units), list(billed)


def _valid_rows(column: Column, rows: range) -> list[int]:
    """Those of the rows that are UTF-8."""
    valid = []
    for row in rows:
        try:
            column.data[column.offsets[row] : column.offsets[row + 1]].decode()
        except UnicodeDecodeError:
            continue
        valid.append(row)
    return valid


def _of_valid_rows(found: Measured, column: Column) -> Measured:
    """The answers for the rows that are UTF-8; others, if they are vouched for, may get any."""
    valid = [
        row - column.first for row in _valid_rows(column, range(column.first, column.first + column.rows))
    ]
    refused, *columns = found
    encodings, units, billed = ([values[place] for place in valid] for values in columns)
    return [place for place in refused if place in valid], encodings, units, billed


def as_views(column: Column) -> tuple[bytes, tuple[bytes, ...]]:
    """A column as Arrow has it in views: those, and the buffers that the longer texts are in."""
    views, parts = [bytes(range(16))] * column.first, [b"", b"\xff"]
    for row in range(column.first, column.first + column.rows):
        text = column.data[column.offsets[row] : column.offsets[row + 1]]
        if len(text) <= 12:
            views.append(struct.pack("=i12s", len(text), text))
        else:
            views.append(struct.pack("=i4sii", len(text), text[:4], row % 2, len(parts[row % 2])))
            parts[row % 2] += text
    return b"".join(views), tuple(parts)


def measured_in_views(meter: Any, column: Column, views: bytes | None = None, **vouching: bool) -> Measured:
    """The same as `measured`, of the same column in views, or in those given."""
    encodings = array("b", bytes(column.rows))
    units, billed = array("q", bytes(8 * column.rows)), array("q", bytes(8 * column.rows))
    found, parts = as_views(column)
    refused = meter.measure_views(
        found if views is None else views,
        parts,
        column.validity,
        column.first,
        column.rows,
        memoryview(encodings),
        memoryview(units),
        memoryview(billed),
        **vouching,
    )
    return refused, list(encodings), list(units), list(billed)


def measured_astray(meter: Any, column: Column, seed: int) -> object:
    """The same with some octets of the views changed: the answers, or the errors."""
    draw = random.Random(f"{seed} {column}")
    views = bytearray(as_views(column)[0])
    for _ in range(draw.randrange(1, 4) if views else 0):
        views[draw.randrange(len(views))] = draw.choice([0, 1, 12, 13, draw.randrange(256)])
    try:
        return measured_in_views(meter, column, bytes(views))
    except ValueError as error:
        return str(error)


def disagreement(question: Question, kernel: Any, twin: Any) -> str:
    """The differences between the answers of two kernels, in words; empty when there is none."""
    for mine, other in zip(answers(kernel, question), answers(twin, question), strict=True):
        if mine != other:
            return f"{mine!r} is not {other!r}, for {question!r}"
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description="Ask the compiled kernel and its twin the same questions.")
    parser.add_argument("--seconds", type=float, default=20, help="of processor time")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--path", help="one instruction set; all of them without it")
    asked = parser.parse_args()
    twin = importlib.import_module("septet._kernel.python")
    compiled: Any = importlib.import_module("septet._kernel.compiled")
    print(f"seed {asked.seed}", flush=True)
    for path in [asked.path] if asked.path else compiled.PATHS:
        compiled.PATH = path
        draw, questions, end = random.Random(asked.seed), 0, time.process_time() + asked.seconds
        while time.process_time() < end:
            if words := disagreement(draw_question(draw), compiled, twin):
                print(f"{path}, question {questions}: {words}")
                return 1
            questions += 1
        print(f"{path}: {questions} questions answered alike", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
