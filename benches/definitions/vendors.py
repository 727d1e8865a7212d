"""Is every vendor as quick as the plain rules, on short texts of which some have signs, emoji and clusters?

In the column, one row in six has typographic signs, emoji, families and marks, and each row has one
segment. It is estimated with every shipped profile, plain and commercial, and with profiles that each have
one rule that needs more than weights; the same texts are also counted in every way. Then the same with rows
that are cut between segments. Every figure is compared with `gsm` in the same run; the answers are those of
plans, made first.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from corpora import draw
from report import Bar, Report, Table, nanoseconds, ratio
from session import Session
from timing import interleaved, statement

import septet

ROWS, QUICK_ROWS = 6_000, 1_500
#: One row in this many is of the unusual kind.
ODD = 6
_SOURCE = 'source = "made for the bench"\n'
#: Each has a rule that the weights of one encoding cannot decide; the other rules are those of the extended
#: vendor.
MADE = {
    "if-it-saves-a-segment": f'[substitution]\npolicy = "if-it-saves-a-segment"\n{_SOURCE}',
    "all-or-nothing": f'[substitution]\npolicy = "all-or-nothing"\n{_SOURCE}',
    "always": f'[substitution]\npolicy = "always"\n{_SOURCE}',
    "whole clusters": f'[segments]\nreference = "8-bit"\ngrapheme_clusters = "whole"\n{_SOURCE}',
    "placeholders": (
        f'[[placeholders]]\ntext = "[STOP_CODE]"\nreplaced_by = "36xxx"\nmeaning = "a number"\n{_SOURCE}'
    ),
    "characters": f'[character_limit]\ngsm7 = 459\nucs2 = 459\ncounted = "characters"\n{_SOURCE}',
    "documented totals": (
        f'[[documented_totals]]\nencoding = "gsm7"\noptout = false\ntotals = [160, 300]\n{_SOURCE}'
        f'[[documented_totals]]\nencoding = "ucs2"\noptout = false\ntotals = [60, 134]\n{_SOURCE}'
    ),
}
COUNTING = {
    "count": "[count(text) for text in texts]",
    "count_many": "count_many(texts)",
    "measure": "[measure(text) for text in texts]",
    "measure_arrow": "measure_arrow(column)",
}


def measure(session: Session) -> Report:
    try:
        import pyarrow
    except ImportError:
        bar = Bar("estimating with the slowest profile, against gsm", None, 4, at_most=True)
        return Report([], [bar], ["pyarrow is not installed: no column is estimated"])
    rows = QUICK_ROWS if session.quick else ROWS
    with tempfile.TemporaryDirectory() as folder:
        planners = dict(_planners(Path(folder)))
    whole, bars = _one_segment(pyarrow, session, planners, rows)
    torn, more_bars = _to_be_cut(pyarrow, session, rows)
    return Report([whole, torn], [*bars, *more_bars])


def _planners(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in septet.profiles():
        yield name, {"profile": name}
        yield f"{name}, commercial", {"profile": name, "commercial": True}
    for name, rule in MADE.items():
        path = folder / f"{name}.toml"
        path.write_text(f'extends = "telnyx"\n{rule}', "utf-8")
        yield f"made: {name}", {"profile": septet.profile(path)}


def _texts(odd: str, rows: int) -> list[str]:
    """Short texts: in turn an unusual one and some plain ones."""
    plain, others = draw("short", 2000), draw(odd, 500)
    return [others[row // ODD % 500] if row % ODD == 0 else plain[row % 2000] for row in range(rows)]


def _subjects(pyarrow: Any, options: dict[str, Any], texts: list[str]) -> dict[str, Callable[[float], float]]:
    """Estimates and counts the texts; raises AssertionError if an answer differs from that of plans."""
    from septet.campaign import Estimator

    planner, estimator = septet.Planner(**options), Estimator(**options)
    column = pyarrow.array(texts)
    batch = pyarrow.RecordBatch.from_arrays([column], ["message"])
    plans = [planner.plan_the_long_way(text) for text in texts]
    billed = [plan.billed_segments for plan in plans]
    assert planner.count_many(texts) == [planner.count(text) for text in texts] == billed
    assert planner.measure_arrow(column).column("billed_segments").to_pylist() == billed
    tally = estimator.tally(batch)
    assert (tally.measured, tally.segments) == (len(texts), sum(billed))
    subjects = {"estimate": statement("tally(batch)", len(texts), tally=estimator.tally, batch=batch)}
    for what, code in COUNTING.items():
        given = {"count": planner.count, "count_many": planner.count_many, "measure": planner.measure}
        given["measure_arrow"] = planner.measure_arrow
        used = {what: given[what], "texts": texts, "column": column}
        subjects[what] = statement(code, len(texts), **used)
    return subjects


def _one_segment(
    pyarrow: Any, session: Session, planners: dict[str, dict[str, Any]], rows: int
) -> tuple[Table, list[Bar]]:
    texts = _texts("signs", rows)
    assert max(septet.Planner().count_many(texts)) == 1
    subjects = {who: _subjects(pyarrow, options, texts) for who, options in planners.items()}
    cells: dict[str, list[str]] = {who: [] for who in planners}
    slowest: dict[str, tuple[float, str]] = {}
    for what in ("estimate", *COUNTING):
        figures = interleaved(
            {who: each[what] for who, each in subjects.items()}, min(session.rounds, 7), session.seconds, 3
        )
        for who, figure in figures.items():
            cells[who].append(f"{nanoseconds(figure)} ({ratio(figure / figures['gsm'])} ×)")
        slowest[what] = max((figure / figures["gsm"], who) for who, figure in figures.items())
    bars = [
        Bar(
            f"{what}, slowest profile ({who}), against gsm",
            times,
            4 if what == "estimate" else 5,
            at_most=True,
        )
        for what, (times, who) in slowest.items()
    ]
    header = ["profile", "estimate", *COUNTING]
    table = Table(f"{rows:,} short texts, ns per text", header, [[who, *row] for who, row in cells.items()])
    return table, bars


def _to_be_cut(pyarrow: Any, session: Session, rows: int) -> tuple[Table, list[Bar]]:
    """Rows with clusters that must be cut between segments: the cost of one of them, and of another row."""
    # So few that a loop is short, and so many that the fixed cost of a column does not show.
    odd, short = list(draw("torn", 400)), list(draw("short", 2000))
    subjects = {}
    for who in ("gsm", "twilio"):
        for what, texts in (("rows to be cut", odd), ("the others", short)):
            found = _subjects(pyarrow, {"profile": who}, texts)
            subjects |= {f"{who}, {what}, {way}": found[way] for way in ("estimate", "count_many")}
    plan = septet.Planner().plan
    subjects["gsm, plan"] = statement("for text in texts:\n    plan(text)", len(odd), texts=odd, plan=plan)
    figures = interleaved(subjects, min(session.rounds, 7), session.seconds, 3)
    bars, lines = [], []
    for way in ("estimate", "count_many"):
        own = figures[f"twilio, rows to be cut, {way}"] / figures["gsm, plan"]
        others = figures[f"twilio, the others, {way}"] / figures[f"gsm, the others, {way}"]
        bars.append(Bar(f"{way}, a row cut at clusters, against a plan of gsm", own, 20, at_most=True))
        bars.append(Bar(f"{way}, the other rows, against gsm", others, 4, at_most=True))
    lines = [[who, nanoseconds(figure)] for who, figure in figures.items()]
    return Table("Where clusters are kept whole, ns per text", ["", "ns"], lines), bars
