"""How does counting a text compare with the libraries that others use, and are they right?

First every engine answers every corpus. An engine with any wrong answer is shown as wrong for that corpus,
and does not count as an exact peer anywhere: it does less. Each runs in its own process, with its loop in
its own language; the loops of all engines take turns.
"""

from __future__ import annotations

from contextlib import ExitStack

from comparison import Answer, exact_engines, fastest, in_words, wrong_answers
from corpora import FURTHER, MAIN, TIMED, corpus
from engines import KINDS, OURS, PURE, Engine, Missing
from report import Bar, Report, Table, nanoseconds, ratio
from session import Session
from timing import interleaved

import septet

# The exact peers that septet is compared with.
ANY = "any language"
PYTHON = "Python"


def right_answers(name: str) -> list[Answer]:
    """septet's answers for a corpus; the tests compare them with the oracle."""
    planner = septet.Planner()
    measured = map(planner.measure, corpus(name).texts)
    return [(answer.encoding, answer.billed_segments) for answer in measured]


def measure(session: Session) -> Report:
    notes = []
    with ExitStack() as stack:
        engines: dict[str, Engine] = {}
        for kind in KINDS:
            try:
                engines[kind.name] = stack.enter_context(Engine(kind))
            except Missing as missing:
                notes.append(f"{kind.name} is left out: {missing}")
        wrong = {
            (engine.name, name): wrong_answers(engine.answers(corpus(name).texts), right_answers(name))
            for engine in engines.values()
            for name in (*TIMED, "edges")
        }
        exact = [name for name in exact_engines(wrong, engines) if name not in (OURS, PURE)]
        times = {}
        for name in MAIN if session.quick else TIMED:
            subjects = {engine.name: engine.sampler(corpus(name)) for engine in engines.values()}
            times[name] = interleaved(subjects, session.rounds, session.seconds)
    tables = [
        _table(title, names, engines, times, wrong, exact)
        for title, names in (
            ("Counting, ns per text", MAIN),
            ("Counting, further texts, ns per text", FURTHER),
        )
        if names[0] in times
    ]
    tables.append(
        Table(
            "The engines, and their answers on the edges",
            ["engine", "language", "version", "exact", "wrong edges", "the first of them"],
            [
                [
                    name,
                    engine.language,
                    engine.version,
                    "yes" if name in (*exact, OURS, PURE) else "no",
                    f"{len(wrong[name, 'edges'])} of {len(corpus('edges').texts)}",
                    _first_mistake(wrong[name, "edges"]),
                ]
                for name, engine in engines.items()
            ],
        )
    )
    notes += [
        f"{name} answers {_first_mistake(found)} on {len(found)} of {len(corpus(text).texts)} texts of {text}"
        for (name, text), found in wrong.items()
        if found and text != "edges"
    ]
    return Report(tables, _bars(times, engines, exact), notes)


def _table(
    title: str,
    names: tuple[str, ...],
    engines: dict[str, Engine],
    times: dict[str, dict[str, float]],
    wrong: dict[tuple[str, str], list[tuple[Answer, Answer]]],
    exact: list[str],
) -> Table:
    rows = []
    for engine in engines:
        cells = ["wrong" if wrong[engine, name] else nanoseconds(times[name][engine]) for name in names]
        rows.append([engine + ("" if engine in (*exact, OURS, PURE) else " (not exact)"), *cells])
    for ours, language in ((OURS, ANY), (OURS, PYTHON), (PURE, PYTHON)):
        cells = []
        for name in names:
            factor = _factor(times[name], engines, exact, ours, language)
            cells.append("" if factor is None else f"{ratio(factor)} ×")
        rows.append([f"{ours}, against the fastest exact peer, {language}", *cells])
    return Table(title, ["engine", *(corpus(name).title for name in names)], rows)


def _factor(
    times: dict[str, float], engines: dict[str, Engine], exact: list[str], ours: str, language: str
) -> float | None:
    """How many times faster septet is than the fastest exact peer; None if one of them is missing."""
    peer = fastest(times, [name for name in exact if language in (ANY, engines[name].language)])
    return None if peer is None or ours not in times else times[peer] / times[ours]


def _bars(times: dict[str, dict[str, float]], engines: dict[str, Engine], exact: list[str]) -> list[Bar]:
    bars = []
    for ours, language, bar, names in (
        (OURS, ANY, 20, MAIN),
        (OURS, PYTHON, 300, MAIN),
        (PURE, PYTHON, 5, TIMED),
    ):
        for name in names:
            if name in times:
                # Without Node.js, the fastest peer in any language is unknown.
                there = language == PYTHON or any(engines[peer].language != PYTHON for peer in exact)
                factor = _factor(times[name], engines, exact, ours, language) if there else None
                what = f"{ours}, {corpus(name).title}, faster than the fastest exact peer, {language}"
                bars.append(Bar(what, factor, bar, compiled=ours == OURS))
    return bars


def _first_mistake(wrong: list[tuple[Answer, Answer]]) -> str:
    return f"{in_words(wrong[0][0])} for {in_words(wrong[0][1])}" if wrong else ""
