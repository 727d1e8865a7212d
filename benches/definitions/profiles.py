"""What do a vendor's substitutions and its opt-out mention cost on text that needs neither?

The text is within GSM 03.38, so that every profile counts the same characters.
"""

from __future__ import annotations

from corpora import corpus
from report import Bar, Report, Table, nanoseconds, ratio
from session import Session
from timing import each, interleaved

import septet

TEXTS = ("ascii", "french", "vendor")
# The profiles with a target: their tables replace characters.
SUBSTITUTING = ("smspartner", "smsmode")


def measure(session: Session) -> Report:
    planners = {name: septet.Planner(name) for name in septet.profiles()}
    planners |= {
        f"{name}, commercial": septet.Planner(name, commercial=True)
        for name in septet.profiles()
        if name != "gsm"
    }
    rows: dict[str, list[str]] = {name: [] for name in planners}
    bars = []
    for name in TEXTS:
        texts = corpus(name).texts
        subjects = {who: each("count(text)", texts, count=planner.count) for who, planner in planners.items()}
        figures = interleaved(subjects, session.rounds, session.seconds)
        plain = figures["gsm"]
        for who, figure in figures.items():
            rows[who].append(f"{nanoseconds(figure)} ({ratio(figure / plain)} ×)")
        bars += [
            Bar(f"{who}, {corpus(name).title}, against gsm", figures[who] / plain, 2, at_most=True)
            for who in SUBSTITUTING
        ]
    return Report(
        [
            Table(
                f"Counting for each vendor ({septet.KERNEL} kernel), ns per text",
                ["profile", *(corpus(name).title for name in TEXTS)],
                [[who, *cells] for who, cells in rows.items()],
            )
        ],
        bars,
    )
