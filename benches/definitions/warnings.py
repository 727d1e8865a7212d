"""What do the warnings about every text of a campaign cost, beside an estimate without them?

Each row is searched for links without a blank after them, HTML, blanks at the ends, and text that was read in
the wrong charset. With `ignore` this is left out, and costs nothing. What it takes beside this to look for
links and values that a vendor's table changes, in the rows that it changes, is shown too, without a bar. The
column is in memory, as a table of Arrow, and one thread goes through it; the time is that of the processor,
so other work on the machine matters little. No text has a warning: a warning costs a plan.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

from corpora import draw
from report import Bar, Report, Table, nanoseconds, ratio
from session import Session
from timing import interleaved

import septet

ROWS, QUICK_ROWS = 200_000, 50_000
#: The warnings about every text, and those about what a vendor changes.
EVERY = ("glued-link", "suspect-markup", "outer-blanks", "suspect-encoding")
CHANGED = ("link-changed", "value-changed")
CODES = EVERY + CHANGED
#: How many of a hundred rows are French, have a link at the end, have emoji, or are ASCII.
COLUMNS = {
    "French": ("notices", 0, False),
    "French, 1 in 20 with emoji": ("notices", 5, False),
    "French, a link in each": ("notices", 0, True),
    "ASCII": ("ascii", 0, False),
}
PLANNERS: dict[str, dict[str, Any]] = {
    "gsm": {},
    "smsmode, commercial": {"profile": "smsmode", "commercial": True},
}
#: Offers with prices, links and letters that these vendors replace or lose.
OFFERS = {"French offers": ("offers", 0, False), "French offers, a link in each": ("offers", 0, True)}
LOSING: dict[str, dict[str, Any]] = {
    name: {"profile": name} for name in ("smsmode", "octopush", "smspartner", "brevo")
}
SUBJECTS = [
    *((column, who) for column in COLUMNS for who in PLANNERS),
    *((column, who) for column in OFFERS for who in LOSING),
]
MOST = 1.3


def measure(session: Session) -> Report:
    try:
        import pyarrow
    except ImportError:
        bars = [_bar(column, who, None) for column, who in SUBJECTS]
        return Report([], bars, ["pyarrow is not installed: no campaign is estimated"])
    from septet.campaign import estimate

    rows, bars, lines = QUICK_ROWS if session.quick else ROWS, [], []
    processors = pyarrow.cpu_count()
    pyarrow.set_cpu_count(1)
    try:
        for column, who in SUBJECTS:
            name, emoji, linked = (COLUMNS | OFFERS)[column]
            options = (PLANNERS | LOSING)[who]
            texts = _texts(name, emoji, linked, rows)
            table = pyarrow.table({"message": texts})
            _check(estimate(table, **options), texts, options)
            subjects = {
                said: _once(partial(estimate, table, ignore=ignored, **options))
                for said, ignored in (("without", CODES), ("with", CHANGED), ("changed too", ()))
            }
            taken = interleaved(subjects, min(session.rounds, 7), session.seconds, loops=3)
            factor = taken["with"] / taken["without"]
            per_row = [nanoseconds(taken[said] / rows) for said in subjects]
            lines.append(
                [column, who, *per_row, ratio(factor), ratio(taken["changed too"] / taken["without"])]
            )
            bars.append(_bar(column, who, factor))
    finally:  # for the benches after this one
        pyarrow.set_cpu_count(processors)
    header = [
        "rows of",
        "planner",
        "ns per row without",
        "with",
        "and what is changed",
        "factor",
        "with both",
    ]
    return Report([Table(f"Estimating {rows:,} rows", header, lines)], bars)


def _bar(column: str, who: str, factor: float | None) -> Bar:
    return Bar(f"{column}, {who}: warnings about every text, against none", factor, MOST, at_most=True)


def _texts(name: str, emoji: int, linked: bool, rows: int) -> list[str]:
    """Rows with a number each, so that all are different."""
    chance = random.Random(name)
    pool, others = [text.strip() for text in draw(name, 2000)], [text.strip() for text in draw("emoji", 200)]
    texts = []
    for number in range(rows):
        text = chance.choice(others if chance.randrange(100) < emoji else pool)
        texts.append(f"{text} https://ex.fr/{number}" if linked else f"{text} Ref {number}")
    return texts


def _check(found: Any, texts: list[str], options: dict[str, Any]) -> None:
    """Raises AssertionError unless the estimate equals the counts and plans of the texts."""
    planner = septet.Planner(**{"profile": "gsm", **options})
    assert (found.rows, found.rejected) == (len(texts), 0)
    assert found.segments == sum(planner.count_many(texts))
    some = texts[:: len(texts) // 500]
    assert not {problem.code for text in some for problem in planner.plan(text).problems} & {*CODES}
    assert not {*CODES} & {*found.to_dict()["problems"]}


def _once(run: Callable[[], Any]) -> Callable[[float], float]:
    def sample(seconds: float) -> float:
        start = time.process_time_ns()
        run()
        return float(time.process_time_ns() - start)

    return sample
