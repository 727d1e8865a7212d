"""Random texts of the bare standard: the library against the second oracle, which is written in C.

    python tests/slow/trust/standard_texts.py --minutes 2 [--seed N] [--texts N] [--record]

Encoding, units and billed segments of every text are compared, as a column; of every fourth also where each
segment ends, through `plan`. Beside them some texts are planned with national tables. The same seed draws the
same texts and gives the same sums, on any machine.
"""

from __future__ import annotations

import argparse
import random
import signal
import sys
import time
from collections import Counter
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from records import recorded
from standard import ENCODINGS, Answers, Standard, Texts

import septet

BATCH = 20_000
#: One in this many texts is planned, and its segments are compared.
PLANNED = 4
#: Texts for national tables, once in this many batches: each is planned with every pair of tables.
WITH_TABLES_EVERY, WITH_TABLES = 10, 300

WAP = (2948, 9200)  # ports of 16 bits: an element of 6 octets, TS 23.040, 9.2.3.24.4
ELEMENTS = b"\x70\x05abcde"  # an element of 7 octets, as a sender may add

LANGUAGES = ("tr", "es", "pt", "bn", "gu", "hi", "kn", "ml", "or", "pa", "ta", "te", "ur")


class Question(NamedTuple):
    """Options of the library, and what they mean to the standard: octets that are further in the header."""

    options: dict[str, Any]
    encoding: str
    further: int


QUESTIONS = (
    *[Question({}, "auto", 0)] * 5,
    Question({"encoding": "gsm7"}, "gsm7", 0),
    Question({"encoding": "ucs2"}, "ucs2", 0),
    Question({"ports": WAP}, "auto", 6),
    Question({"ports": (240, 255)}, "auto", 4),
    Question({"header": ELEMENTS}, "auto", 7),
    Question({"ports": WAP, "header": ELEMENTS}, "auto", 13),
)


class Disagreement(Exception):  # noqa: N818 (what is looked for)
    """The library and the oracle say different things of a text."""


class Sums:
    """What the texts of a run come to: the same for the same seed and number of texts."""

    def __init__(self) -> None:
        self.figures: Counter[str] = Counter()

    def add(self, answers: Answers) -> None:
        several = answers.segments > 1
        self.figures["texts"] += len(answers.units)
        self.figures["in_gsm7"] += int((answers.encodings == 0).sum())
        self.figures["of_several_segments"] += int(several.sum())
        self.figures["units"] += int(answers.units.sum())
        self.figures["segments"] += int(answers.segments.sum())
        # A segment that is full to the last unit: one more would have cost.
        self.figures["full"] += int((several & (answers.free_letters == 0)).sum())


def rooms(further: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """About where the edges are: only to draw texts near them."""
    one = 140 - (further + 1 if further else 0)
    part = 140 - 6 - further
    return (one * 8 // 7, one // 2), (part * 8 // 7, part // 2)


def compare(texts: Texts, right: Answers, planner: septet.Planner, sums: Counter[str]) -> None:
    """Raises Disagreement for the first text for which the library gives another answer."""
    column = pa.StringArray.from_buffers(len(texts), pa.py_buffer(texts.offsets), pa.py_buffer(texts.data))
    measured = planner.measure_arrow(column)
    encodings = measured.column(0)
    known = {name: place for place, name in enumerate(ENCODINGS)}
    places = np.array([known.get(name, -1) for name in encodings.dictionary.to_pylist()])
    found = (places[encodings.indices.to_numpy()], *(measured.column(n).to_numpy() for n in (1, 2)))
    wrong = np.zeros(len(texts), bool)
    for mine, other in zip(found, (right.encodings, right.units, right.segments), strict=True):
        wrong |= mine != other
    if wrong.any():
        row = int(wrong.argmax())
        mine = [column[row].item() for column in found]
        raise Disagreement(f"{texts.text(row)!r}: the library says {mine}, the standard {answer(right, row)}")
    for row in range(0, len(texts), PLANNED):
        text = texts.text(row)
        plan = planner.plan(text)
        ends = right.ends[right.first_end[row] : right.first_end[row + 1]].tolist()
        pieces = plan.segments
        if [piece.end for piece in pieces] != ends or plan.remaining != right.free_letters[row]:
            mine = [piece.end for piece in pieces], plan.remaining
            raise Disagreement(
                f"{text!r}: cuts and free letters are {mine} for the library, "
                f"{ends, right.free_letters[row].item()} for the standard"
            )
        if sum(piece.units for piece in pieces) != right.units[row]:
            raise Disagreement(f"{text!r}: the segments come to {[piece.units for piece in pieces]} units")
        if planner.count(text) != right.segments[row]:
            raise Disagreement(f"{text!r}: counted by itself it is {planner.count(text)} segments")
        sums["cut"] += 1


def answer(right: Answers, row: int) -> list[Any]:
    return [right.encodings[row].item(), right.units[row].item(), right.segments[row].item()]


def compare_tables(standard: Standard, dice: random.Random, sums: Counter[str]) -> None:
    """With national tables: no other pair of them may do better than the one that was picked."""
    language = dice.choice(LANGUAGES)
    others = dice.sample(LANGUAGES, dice.choice([0, 0, 1, 2]))
    languages = (
        LANGUAGES if dice.random() < 0.2 else (language, *(other for other in others if other != language))
    )
    planner = septet.Planner("gsm", language=languages)
    texts = standard.drawn(dice.randrange(2**64), WITH_TABLES, (155, 70), (149, 67), language)
    for row in range(len(texts)):
        text = texts.text(row)
        plan = planner.plan(text)
        is_gsm7 = plan.encoding == "gsm7"
        found = standard.with_languages(text, languages, plan.tables if is_gsm7 else None)
        if not is_gsm7:
            if found.fewest != -1:
                raise Disagreement(
                    f"{text!r} with {languages}: UCS-2 for the library, {found} for the standard"
                )
            continue
        ends = [piece.end for piece in plan.segments]
        mine = (plan.billed_segments, plan.remaining, len(ends), plan.remaining, plan.units, ends)
        if mine != tuple(found):
            raise Disagreement(
                f"{text!r} with {languages}: {plan.tables} is {mine}, the standard says {found}"
            )
        sums["with_tables"] += 1


def run(seed: int, minutes: float, most: int, start: int) -> tuple[Counter[str], float]:
    """Batch after batch until the time is over, or enough texts are done, or someone ends it."""
    standard, sums = Standard(), Sums()
    planners = {
        number: septet.Planner("gsm", **question.options) for number, question in enumerate(QUESTIONS)
    }
    begun = time.monotonic()
    ended = [False]
    signal.signal(signal.SIGTERM, lambda *_: ended.__setitem__(0, True))
    signal.signal(signal.SIGINT, lambda *_: ended.__setitem__(0, True))
    batch = start
    while sums.figures["texts"] < most and time.monotonic() - begun < minutes * 60 and not ended[0]:
        dice = random.Random(f"{seed} {batch}")
        drawn = dice.randrange(2**64)
        number = batch % len(QUESTIONS)
        question = QUESTIONS[number]
        texts = standard.drawn(drawn, min(BATCH, most - sums.figures["texts"]), *rooms(question.further))
        right = standard.answers(texts, question.encoding, question.further)
        sums.add(right)
        try:
            compare(texts, right, planners[number], sums.figures)
            if batch % WITH_TABLES_EVERY == 0:
                compare_tables(standard, dice, sums.figures)
        except Disagreement as error:
            sys.exit(f"seed {seed}, batch {batch}, {question.options}: {error}")
        batch += 1
    sums.figures["batches"] = batch - start
    return sums.figures, time.monotonic() - begun


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare the library with the oracle in C.")
    parser.add_argument("--minutes", type=float, default=1e9)
    parser.add_argument("--texts", type=int, default=10**12, help="no more than these")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--start", type=int, default=0, help="the first batch, to go on where a run ended")
    parser.add_argument("--record", action="store_true", help="add a line to tests/record/texts.jsonl")
    asked = parser.parse_args()
    print(f"random texts of the bare standard, seed {asked.seed}", flush=True)
    sums, seconds = run(asked.seed, asked.minutes, asked.texts, asked.start)
    figures = {"suite": "standard", "seed": asked.seed, "first_batch": asked.start, **sums}
    print(f"{sums['texts']:,} texts, {sums['texts'] / seconds:,.0f} a second: no difference", dict(sums))
    if asked.record:
        recorded("texts", figures | {"seconds": round(seconds)})


if __name__ == "__main__":
    main()
