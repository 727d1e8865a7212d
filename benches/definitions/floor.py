"""How near is counting to the cost of reading the text at all?

The peers are ``len(text)``, which reads nothing, and ``text.encode()``, which copies it, both as a caller
would write them: with the name of a local variable, loop included.
"""

from __future__ import annotations

from corpora import MAIN, corpus
from report import Bar, Report, Table, nanoseconds, ratio
from session import Session
from timing import each, interleaved

import septet

# The code, and its names; the empty loop is part of every figure.
CODE = ("pass", "len(text)", "text.encode()", "count(text)", "measure(text)", "septet.count(text)")


def measure(session: Session) -> Report:
    planner = septet.Planner()
    names = {"count": planner.count, "measure": planner.measure, "septet": septet}
    rows: dict[str, list[str]] = {code: [] for code in CODE}
    bars = []
    for name in MAIN:
        texts = corpus(name).texts
        subjects = {code: each(code, texts, **names) for code in CODE}
        taken = interleaved(subjects, session.rounds, session.seconds)
        for code in CODE:
            rows[code].append(nanoseconds(taken[code]))
        if name == "ascii":
            count = taken["count(text)"]
            bars = [
                Bar("count, 100 ASCII, against len(text)", count / taken["len(text)"], 3, at_most=True),
                Bar(
                    "count, 100 ASCII, against text.encode()",
                    count / taken["text.encode()"],
                    1.5,
                    at_most=True,
                ),
            ]
        rows.setdefault("count(text) / len(text)", []).append(
            ratio(taken["count(text)"] / taken["len(text)"])
        )
        rows.setdefault("count(text) / text.encode()", []).append(
            ratio(taken["count(text)"] / taken["text.encode()"])
        )
    return Report(
        [
            Table(
                "Counting and reading, ns per text",
                ["code", *(corpus(name).title for name in MAIN)],
                [[code, *cells] for code, cells in rows.items()],
            )
        ],
        bars,
    )
