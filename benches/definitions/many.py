"""What does counting a list of messages cost, beside taking the length of each?"""

from __future__ import annotations

from corpora import corpus, draw
from report import Bar, Report, Table, nanoseconds
from session import Session
from timing import interleaved, statement

import septet

MESSAGES = 10_000
CODE = ("list(map(len, texts))", "[count(text) for text in texts]", "count_many(texts)")


def measure(session: Session) -> Report:
    planner = septet.Planner()
    rows: dict[str, list[str]] = {code: [] for code in CODE}
    bars = []
    for name in ("ascii", "french"):
        # Each text once, so that caches are used as for a real list.
        texts = list(draw(name, MESSAGES))
        subjects = {
            code: statement(code, MESSAGES, texts=texts, count=planner.count, count_many=planner.count_many)
            for code in CODE
        }
        figures = interleaved(subjects, session.rounds, session.seconds)
        for code, figure in figures.items():
            rows[code].append(nanoseconds(figure))
        if name == "ascii":
            factor = figures["count_many(texts)"] / figures["list(map(len, texts))"]
            what = f"count_many, {corpus(name).title}, against list(map(len, texts))"
            bars.append(Bar(what, factor, 1, at_most=True))
    return Report(
        [
            Table(
                f"A list of {MESSAGES:,} messages, ns per message",
                ["code", "100 ASCII", "150 French"],
                [[code, *cells] for code, cells in rows.items()],
            )
        ],
        bars,
    )
